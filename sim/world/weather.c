/* Rejected: storms that grow and fade (nothing that is asked of a tracker or a planner depends on it). */
#include "sim/world/weather.h"
#include "base/unit.h"
#include "sensor/horizon.h"
#include <math.h>

#define STORMS ((uint64_t)1 << 45) /* a stream apart from those of flights and radars */
#define AWAY_M 300e3               /* from a radar, when they begin */
#define COURSE_RAD (15 * UNIT_DEG)
#define STEP_S 10.0

struct weather weather_init(const struct scenario *s, const struct radar *radar)
{
    struct rng rng = rng_stream(s->seed, STORMS);
    struct weather w = {.storms = s->radars ? s->storms : 0};

    for (unsigned i = 0; i < w.storms; i++) {
        const struct site *site = &radar[rng_below(&rng, s->radars)].site.site;
        double azimuth = 2 * UNIT_PI * rng_uniform(&rng), away_m = AWAY_M * sqrt(rng_uniform(&rng));
        struct geodetic at = horizon_place_at(&site->frame, azimuth, away_m);
        w.storm[i] = weather_storm(at, s->storm_course_rad + COURSE_RAD * rng_normal(&rng), s->storm_speed_mps, s->storm_radius_m);
    }
    return w;
}

struct weather_storm weather_storm(struct geodetic at, double course_rad, double speed_mps, double radius_m)
{
    struct vec3 e = frame_ecef((struct geodetic){at.lat_rad, at.lon_rad, 0});
    struct frame f = frame_at(at);
    struct vec3 from = mat_scale3(1 / mat_norm3(e), e), way = frame_turn_from_enu(&f, (struct vec3){sin(course_rad), cos(course_rad), 0});
    struct vec3 along = mat_sub3(way, mat_scale3(mat_dot3(way, from), from)); /* at a right angle to `from` */

    return (struct weather_storm){from, mat_scale3(1 / mat_norm3(along), along), speed_mps / HORIZON_EARTH_M, radius_m};
}

struct vec3 weather_middle(const struct weather_storm *s, double time_s)
{
    double angle = s->speed_rad_s * time_s;

    return mat_add3(mat_scale3(cos(angle), s->from), mat_scale3(sin(angle), s->along));
}

bool weather_near(const struct weather *w, const struct site *s, double time_s, double within_m)
{
    double radius_m = mat_norm3(s->frame.origin);

    for (unsigned i = 0; i < w->storms; i++)
        if (mat_norm3(mat_sub3(mat_scale3(radius_m, weather_middle(&w->storm[i], time_s)), s->frame.origin)) < within_m)
            return true;
    return false;
}

void weather_bring_down(const struct weather *w, struct radar_site *r, double duration_s)
{
    bool down = false;

    for (double t = 0; t < duration_s && r->quirks.storm_m > 0; t += STEP_S) {
        bool near = weather_near(w, &r->site, t, r->quirks.storm_m);
        if (near && !down && r->outages == RADAR_OUTAGES)
            return;
        if (near && !down)
            r->outage[r->outages++] = (struct radar_outage){t, HUGE_VAL};
        else if (!near && down)
            r->outage[r->outages - 1].to_s = t;
        down = near;
    }
}
