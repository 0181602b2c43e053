/* weather: storms that move over the earth, the same for all radars: what clutter they make (clutter.h), and whom they bring down.
 *
 * A storm is a round patch on a great circle at one speed. It can be anywhere; only near radars does it matter, so each begins beside one. */
#ifndef SIM_WORLD_WEATHER_H
#define SIM_WORLD_WEATHER_H

#include "sim/world/scenario.h"

struct weather_storm {
    struct vec3 from, along; /* unit vectors at a right angle, ECEF */
    double speed_rad_s, radius_m;
};
struct weather {
    unsigned storms;
    struct weather_storm storm[SCENARIO_STORMS];
};

/* The scenario's storms; radar: its radars, s->radars of them. */
struct weather weather_init(const struct scenario *s, const struct radar *radar);
/* One that begins at a place and goes on a course. */
struct weather_storm weather_storm(struct geodetic at, double course_rad, double speed_mps, double radius_m);
/* The unit vector of where its middle stands, seconds after the start. */
struct vec3 weather_middle(const struct weather_storm *s, double time_s);
/* Whether a storm's middle is so near the site then. */
bool weather_near(const struct weather *w, const struct site *s, double time_s, double within_m);
/* Outages of a radar that gives way to storms (its quirks), as long as one is near, as many as there is room for. */
void weather_bring_down(const struct weather *w, struct radar_site *r, double duration_s);

#endif
