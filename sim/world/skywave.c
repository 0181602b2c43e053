/* Errors along and across the path; the registration's part of them is one draw for the scenario, half as great as that of each plot. Echoes follow the radar
 * equation as those of other radars do (sensor/sight); the path is twice as lossy with every doubling of the range, one way, which is the same law. */
#include "sim/world/skywave.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sensor/horizon.h"
#include <math.h>

#define REGISTRATION ((uint64_t)1 << 47) /* a stream apart from those of looks */
#define PART 0.5

static bool in_sector(const struct sight_type *t, double azimuth_rad)
{
    double width = frame_azimuth(t->sector_to_rad - t->sector_from_rad);

    return !(width > 0) || frame_azimuth(azimuth_rad - t->sector_from_rad) <= width;
}

static void measure(const struct radar *r, double time_s, struct horizon_place true_place, struct rng *rng, struct plot *p)
{
    const struct site *s = &r->site.site;
    struct rng registration = rng_stream(r->seed, REGISTRATION | radar_source(r));
    double along_m = s->primary.sigma_range_m, angle = s->primary.sigma_azimuth_rad;
    double arc_m = true_place.arc_m + along_m * (PART * rng_normal(&registration) + rng_normal(rng));
    double azimuth = true_place.azimuth_rad + angle * (PART * rng_normal(&registration) + rng_normal(rng)), course;
    struct geodetic at = horizon_place_at(&s->frame, azimuth, arc_m);

    geodesic_inverse(s->at, at, NULL, &course);
    double inflate = 1 + PART * PART, a2 = along_m * along_m * inflate, c2 = arc_m * angle * arc_m * angle * inflate, e = sin(course), n = cos(course);
    *p = (struct plot){.time = instant_add(r->start, time_s), .source = radar_source(r), .kind = PLOT_GEODETIC, .flags = PLOT_PRIMARY};
    p->geodetic = (struct plot_geodetic){.at = {at.lat_rad, at.lon_rad, 0},
                                         .cov_ee_m2 = a2 * e * e + c2 * n * n,
                                         .cov_en_m2 = (a2 - c2) * e * n,
                                         .cov_nn_m2 = a2 * n * n + c2 * e * e};
}

static enum radar_outcome listen(const struct radar *r, const struct aircraft *a, double time_s, struct rng *rng, struct plot *p)
{
    const struct site *s = &r->site.site;
    struct vec3 ecef;

    if (!aircraft_motion(a, time_s, &ecef, NULL))
        return RADAR_AWAY;
    struct geodetic at = frame_geodetic(ecef);
    struct horizon_place place = horizon_locate(&s->frame, at.lat_rad, at.lon_rad);
    if (place.arc_m > s->primary.range_max_m)
        return RADAR_FAR;
    if (place.arc_m < r->site.type.nearest_m)
        return RADAR_NEAR;
    if (!in_sector(&r->site.type, place.azimuth_rad))
        return RADAR_BLANKED;
    if (!radar_site_works(&r->site, time_s))
        return RADAR_OUTAGE;
    if (rng_uniform(rng) >= sight_detection(&r->site.type, a->flight.rcs_m2, place.arc_m))
        return RADAR_CHANCE;
    measure(r, time_s, place, rng, p);
    return RADAR_SEEN;
}

unsigned skywave_look(struct radar *r, const struct aircraft *a, struct radar_plot *out)
{
    struct rng rng = radar_stream(r, a->flight.number);
    uint32_t turns = (uint32_t)fmax(1, round(r->site.revisit_s / r->site.site.period_s));
    double time_s = r->north_s + rng_uniform(&rng) * r->site.site.period_s;
    bool its_turn = (r->turn + a->flight.number) % turns == 0;
    enum radar_outcome outcome = its_turn ? listen(r, a, time_s, &rng, &out->plot) : RADAR_AWAY;

    radar_note(r, a, time_s, outcome);
    out->target = out->origin = a->flight.number;
    out->kind = RADAR_PLOT_TARGET;
    return outcome == RADAR_SEEN;
}

unsigned skywave_noise(const struct radar *r, struct radar_plot *out, unsigned max)
{
    struct rng rng = radar_stream(r, RADAR_STREAM_CLUTTER);
    const struct sight_type *t = &r->site.type;
    double width = frame_azimuth(t->sector_to_rad - t->sector_from_rad), near_m = t->nearest_m, far_m = r->site.site.primary.range_max_m;
    unsigned count = 0;

    for (unsigned n = rng_poisson(&rng, r->site.site.false_plots); n > 0 && count < max; n--, count++) {
        double azimuth = t->sector_from_rad + (width > 0 ? width : 2 * UNIT_PI) * rng_uniform(&rng), time_s = r->north_s + rng_uniform(&rng) * r->site.site.period_s;
        double arc_m = sqrt(near_m * near_m + rng_uniform(&rng) * (far_m * far_m - near_m * near_m));
        out[count] = (struct radar_plot){.kind = RADAR_PLOT_NOISE};
        measure(r, time_s, (struct horizon_place){azimuth, arc_m}, &rng, &out[count].plot);
    }
    return count;
}
