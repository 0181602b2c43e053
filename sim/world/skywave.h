/* skywave: a radar over the horizon, by the ionosphere: what it makes of an aircraft in its band of ranges and its sector.
 *
 * It comes back to a target only every revisit, measures to kilometres, knows no height, and all it says is off by what it does not know of the ionosphere at
 * the time (registration). No horizon and no ground stand in its way. Plots are positions with their covariance. */
#ifndef SIM_WORLD_SKYWAVE_H
#define SIM_WORLD_SKYWAVE_H

#include "sim/world/radar.h"

/* As station_look: 0 or 1 plots of this turn. */
unsigned skywave_look(struct radar *r, const struct aircraft *a, struct radar_plot *out);
/* False plots of the turn, evenly over band and sector; at most max. */
unsigned skywave_noise(const struct radar *r, struct radar_plot *out, unsigned max);

#endif
