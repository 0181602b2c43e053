/* clutter: plots of nothing: what a primary radar reports where no aircraft is.
 *
 * Of four sorts, each a Poisson number a turn: spread evenly over the area within range (the site's false_plots); of fixed places near the site;
 * of patches of the sea; of storms (weather.h). Means are those of the site and of its quirks. */
#ifndef SIM_WORLD_CLUTTER_H
#define SIM_WORLD_CLUTTER_H

#include "geo/terrain.h"
#include "sim/world/radar.h"
#include "sim/world/weather.h"

#define CLUTTER_PLACES 48
#define CLUTTER_PATCHES 4

/* What a radar's ground and sea are: drawn once. */
struct clutter {
    struct clutter_place { double range_m, azimuth_rad; } ground[CLUTTER_PLACES];
    struct clutter_place sea[CLUTTER_PATCHES];
    unsigned patches;
};

/* Sea is where the terrain is not above 0; with terrain NULL everywhere. */
struct clutter clutter_init(const struct radar *r, const struct terrain *terrain);
/* The false plots of the radar's present turn. clutter and weather may be NULL: then there is none of those sorts. At most max are written to
 * out; returns how many. A radar without primary has none. */
unsigned clutter_turn(const struct radar *r, const struct clutter *clutter, const struct weather *weather, struct radar_plot *out, unsigned max);

#endif
