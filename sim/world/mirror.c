/* mirror: images of aircraft in surfaces near a secondary radar (part of radar.h).
 *
 * A surface stands upright at F, with unit normal n, and reaches `half` to both sides. An aircraft at A is seen in it where the line from the antenna's image
 * R' = 2 (F.n) n to A goes through the surface, at P: the beam then points at P, and the path has the length of R'A (Stevens, Secondary Surveillance Radar,
 * 1988, ch. 6: reflections). Two dimensions are enough: the surface is upright. */
#include "base/unit.h"
#include "sensor/slant.h"
#include "sim/world/radar.h"
#include <math.h>
#include <string.h>

#define MIRRORS ((uint64_t)1 << 43) /* a stream apart from those of looks */
#define NEAR_M 300.0
#define FAR_M 4000.0
#define HALF_LEAST_M 15.0
#define HALF_MOST_M 60.0
#define TILT_MOST_RAD (60 * UNIT_DEG)
#define STREAM_IMAGES ((uint32_t)1 << 23) /* of a turn's looks: beside those of flights, which count from 1 */

void radar_place_mirrors(struct radar *r)
{
    struct rng rng = rng_stream(r->seed, MIRRORS | radar_source(r));

    r->reflectors = r->site.site.flags & SITE_SECONDARY && !r->site.moving ? (unsigned)r->site.quirks.reflectors : 0;
    for (unsigned i = 0; i < r->reflectors; i++) {
        double azimuth = 2 * UNIT_PI * rng_uniform(&rng), distance_m = NEAR_M + (FAR_M - NEAR_M) * rng_uniform(&rng);
        double facing = azimuth + UNIT_PI + TILT_MOST_RAD * (2 * rng_uniform(&rng) - 1); /* towards the antenna, more or less */
        r->reflector[i] = (struct radar_reflector){distance_m * sin(azimuth), distance_m * cos(azimuth), sin(facing), cos(facing),
                                                   HALF_LEAST_M + (HALF_MOST_M - HALF_LEAST_M) * rng_uniform(&rng)};
    }
}

/* Where the beam points at the image, and how far it seems; false: not in this mirror. */
static bool image(const struct radar_reflector *m, struct vec3 a, double *azimuth_rad, double *range_m)
{
    double behind = m->x_m * m->normal_x + m->y_m * m->normal_y;         /* F.n: negative, n looks at the antenna */
    double front = (a.x - m->x_m) * m->normal_x + (a.y - m->y_m) * m->normal_y;
    double from_x = 2 * behind * m->normal_x, from_y = 2 * behind * m->normal_y;
    double part = -behind / (front - behind);                            /* of the way from R' to A: at the surface */
    double x = from_x + part * (a.x - from_x), y = from_y + part * (a.y - from_y);

    *azimuth_rad = frame_azimuth(atan2(x, y));
    *range_m = sqrt((a.x - from_x) * (a.x - from_x) + (a.y - from_y) * (a.y - from_y) + a.z * a.z);
    return front > 0 && hypot(x - m->x_m, y - m->y_m) <= m->half_m;
}

/* The aircraft as seen in one mirror during this turn. */
static bool look(const struct radar *r, const struct aircraft *t, const struct radar_reflector *m, struct radar_plot *out, struct rng *rng)
{
    const struct site *s = &r->site.site;
    double azimuth = frame_azimuth(atan2(m->x_m, m->y_m)), range_m = 0, time_s = 0;
    struct vec3 at, enu = {0, 0, 0};

    for (int round = 0; round < 4; round++) { /* the beam at the middle of the mirror, then where the image is; at north that may be a turn apart */
        time_s = r->north_s + azimuth / (2 * UNIT_PI) * s->period_s;
        if (!aircraft_motion(t, time_s, &at, NULL))
            return false;
        enu = frame_to_enu(&s->frame, at);
        if (!image(m, enu, &azimuth, &range_m))
            return false;
    }
    if (!aircraft_answers(t, time_s) || !radar_site_works(&r->site, time_s) || range_m > s->secondary.range_max_m || rng_uniform(rng) >= r->site.quirks.reflection)
        return false;
    struct geodetic place = frame_geodetic(at);
    if (radar_sight(r, s, time_s, enu, place) != RADAR_SEEN)
        return false;
    *out = (struct radar_plot){.plot = {.time = instant_add(r->start, time_s), .source = radar_source(r), .kind = PLOT_POLAR}, .origin = t->flight.number,
                               .kind = RADAR_PLOT_REFLECTED};
    radar_reply(r, t, place.hae_m, &out->plot);
    radar_measure(r, range_m + slant_look(s, enu).range_m - mat_norm3(enu), azimuth, rng, &out->plot); /* bent as the direct ray is */
    return true;
}

unsigned radar_images(const struct radar *r, const struct aircraft *t, struct radar_plot *out)
{
    struct rng rng = radar_stream(r, t->flight.number ^ STREAM_IMAGES);
    unsigned images = 0;

    for (unsigned i = 0; i < r->reflectors; i++)
        images += look(r, t, &r->reflector[i], &out[images], &rng);
    return images;
}
