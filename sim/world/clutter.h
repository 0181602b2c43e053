/* clutter: plots of nothing: what a primary radar reports where no aircraft is. */
#ifndef SIM_WORLD_CLUTTER_H
#define SIM_WORLD_CLUTTER_H

#include "sim/world/radar.h"

/* The false plots of the radar's present turn: a Poisson number with the site's mean, evenly spread over the area within its primary range.
 * At most max are written to out; returns how many. A radar without primary has none. */
unsigned clutter_turn(const struct radar *r, struct radar_plot *out, unsigned max);

#endif
