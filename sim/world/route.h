/* route: where an aircraft means to go: points joined by geodesics.
 *
 * Plain data, a copy. Heights of the points are those of the ground there (departure and destination) and mean nothing in between. */
#ifndef SIM_WORLD_ROUTE_H
#define SIM_WORLD_ROUTE_H

#include "base/rng.h"
#include "geo/frame.h"
#include <stdbool.h>

#define ROUTE_POINTS 12

struct route {
    unsigned count;
    struct geodetic point[ROUTE_POINTS];
    char name[ROUTE_POINTS][8]; /* of the fix, "" without one */
    double to_go_m[ROUTE_POINTS]; /* along the route from this point to its end */
};

/* An empty route. */
struct route route_init(void);
/* Appends a point; false when there is no room or it is nearer than 100 m to the last one (nothing changes then). */
bool route_add(struct route *r, struct geodetic point);

/* From one place to another along the geodesic, with two or three points aside of it by some kilometres, as airways do. */
struct route route_between(struct geodetic from, struct geodetic to, struct rng *rng);
/* From a place around in its neighbourhood and back: points at random within radius_m. */
struct route route_around(struct geodetic home, double radius_m, struct rng *rng);

double route_length_m(const struct route *r);
/* The place at a distance from the start (folded into the route), the direction of flight there, and the point it leads to (>= 1). */
struct geodetic route_at(const struct route *r, double from_start_m, double *azimuth_rad, unsigned *next);

#endif
