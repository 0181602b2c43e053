/* orbit: where a flying sensor is that keeps station: a racetrack at one height and speed.
 *
 * Two straight legs side by side, joined by half circles, flown clockwise; both points given are where the legs of one side begin and end, the
 * other side lies two turning radii to the right of it. With both points the same it is a circle. Distances are arcs on the ground about the middle of the
 * track (azimuthal equidistant), so that the speed is true to 1e-4 on tracks of up to 400 km. The radius follows from the bank: v^2 / (g tan bank). */
#ifndef SENSOR_ORBIT_H
#define SENSOR_ORBIT_H

#include "geo/frame.h"

struct orbit {
    struct frame middle;
    double heading_rad;          /* of the leg that is flown first */
    double half_m, radius_m;     /* half a leg; of the turns */
    double hae_m, speed_mps;
};

/* speed_mps > 0, 0 < bank_rad < pi/2; the points' heights do not count. */
struct orbit orbit_init(struct geodetic from, struct geodetic to, double hae_m, double speed_mps, double bank_rad);
/* Of one lap. */
double orbit_period_s(const struct orbit *o);
/* Where it is at a time (0: at the first point) and, where heading_rad is not NULL, whither it flies. */
struct geodetic orbit_at(const struct orbit *o, double time_s, double *heading_rad);

#endif
