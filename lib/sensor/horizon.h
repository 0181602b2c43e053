/* horizon: how low a sensor sees, in every direction and at every distance, over terrain and a curved earth.
 *
 * Rays bend as over an earth of k times its radius (k = 4/3 in the standard atmosphere; Skolnik, Introduction to Radar Systems, 8.4). From the
 * antenna, rays in equal steps of azimuth go outwards over the terrain; each keeps, step by step, the steepest elevation that the ground has
 * had so far (the radial sweep of Franklin & Ray, Higher isn't Necessarily Better (1994)). The sea between two steps is met exactly: beyond the
 * antenna's own horizon no elevation is below the dip. Distances are arcs on the ground; heights are above mean sea level. */
#ifndef SENSOR_HORIZON_H
#define SENSOR_HORIZON_H

#include "geo/frame.h"
#include "geo/terrain.h"

#define HORIZON_EARTH_M 6371008.8 /* mean radius */
#define HORIZON_FOUR_THIRDS (4.0 / 3.0)

/* Where a place lies as the antenna sees it: direction, and distance along the ground. Good to 10 m and 1e-4 rad within 600 km. */
struct horizon_place {
    double azimuth_rad, arc_m;
};
struct horizon_place horizon_locate(const struct frame *antenna, double lat_rad, double lon_rad);
/* The place itself: the other way round. */
struct geodetic horizon_place_at(const struct frame *antenna, double azimuth_rad, double arc_m);

/* Over an earth of radius k * HORIZON_EARTH_M: the arc at which two heights lose sight of each other over the sea (exact). */
double horizon_range_m(double k, double height1_m, double height2_m);
/* Tangent of the elevation at which a height is seen, and the height that is seen at it: infinite where the ray leaves the earth before the arc ends. */
double horizon_tangent(double k, double antenna_m, double height_m, double arc_m);
double horizon_height_at(double k, double antenna_m, double tangent, double arc_m);

struct horizon;

/* Room for sweeps of at most range_m (to be used for many antennas, one after the other). NULL when memory is short. */
struct horizon *horizon_new(double range_m);
void horizon_free(struct horizon *h);
/* Sweeps out to range_m from an antenna (hae_m: its height above mean sea level; lifted to 1 m above the ground where the grid says it is buried). */
void horizon_sweep(struct horizon *h, const struct terrain *ground, struct geodetic antenna, double k, double range_m);
/* The lowest height in sight at a place of the last sweep (beyond its range: of its edge). */
double horizon_lowest_m(const struct horizon *h, struct horizon_place at);
/* The antenna's height as the sweep used it. */
double horizon_antenna_m(const struct horizon *h);

/* The same by a profile of its own along the straight line to one place, in steps of step_m: slow, to check the sweep. */
double horizon_profile_m(const struct terrain *ground, struct geodetic antenna, double k, struct horizon_place at, double step_m);

#endif
