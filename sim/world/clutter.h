/* clutter: plots of nothing: what a primary radar reports where no aircraft is.
 *
 * Of four sorts, each a Poisson number a turn: spread evenly over the area within range (the site's false_plots); of fixed places near the site;
 * of patches of the sea; of storms, which move and are the same for all radars. Means are those of the site and of its quirks. */
#ifndef SIM_WORLD_CLUTTER_H
#define SIM_WORLD_CLUTTER_H

#include "geo/terrain.h"
#include "sim/world/radar.h"

#define CLUTTER_STORMS 64
#define CLUTTER_PLACES 48
#define CLUTTER_PATCHES 4

/* Along a great circle. */
struct clutter_storm {
    struct vec3 from, along; /* unit vectors, ECEF */
    double speed_rad_s, radius_m;
};
struct clutter_weather {
    unsigned storms;
    struct clutter_storm storm[CLUTTER_STORMS];
};

/* What a radar's ground and sea are: drawn once. */
struct clutter {
    struct clutter_place { double range_m, azimuth_rad; } ground[CLUTTER_PLACES];
    struct clutter_place sea[CLUTTER_PATCHES];
    unsigned patches;
};

/* Sea is where the terrain is not above 0; with terrain NULL everywhere. */
struct clutter clutter_init(const struct radar *r, const struct terrain *terrain);
/* One that begins at a place and goes on a course. */
struct clutter_storm clutter_storm(struct geodetic at, double course_rad, double speed_mps, double radius_m);

/* The false plots of the radar's present turn. clutter and weather may be NULL: then there is none of those sorts. At most max are written to
 * out; returns how many. A radar without primary has none. */
unsigned clutter_turn(const struct radar *r, const struct clutter *clutter, const struct clutter_weather *weather, struct radar_plot *out, unsigned max);

#endif
