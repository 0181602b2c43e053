/* airways: ways that many flights share: points with names, and the chain of them from one place to another.
 *
 * The points are this project's own, not published ones: one at every airport of the traffic (where in truth a beacon of that name stands) and one in every cell
 * of a lattice of 2.5 degrees over North America, off its middle by a fixed amount. From where it is a way goes on to the point that lengthens it least. */
#ifndef SIM_WORLD_AIRWAYS_H
#define SIM_WORLD_AIRWAYS_H

#include "sim/world/route.h"

struct airways;

/* Beacons: `count` places and their names (up to 7 characters; copied). NULL when memory is short. */
struct airways *airways_new(const struct geodetic *place, const char (*name)[8], uint32_t count);
void airways_free(struct airways *a);

/* From one place to another, at most ROUTE_POINTS points with the names of those in between. */
struct route airways_route(const struct airways *a, struct geodetic from, struct geodetic to);

#endif
