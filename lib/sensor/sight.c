/* Slant range over the earth of radius a = k R (2): r^2 = (a + h)^2 + (a + h1)^2 - 2 (a + h)(a + h1) cos theta, whose bent path is taken as long as its
 * straight chord there (10 m at 400 km). */
#include "sensor/sight.h"

#include "base/unit.h"
#include <math.h>

#define PFA 1e-6
#define USUAL_RCS_M2 2.0
#define USUAL_PART 0.85
#define USUAL_MIN (-1 * UNIT_DEG)
#define USUAL_MAX (45 * UNIT_DEG)

struct sight_type sight_type_usual(const struct site *s)
{
    return (struct sight_type){.elevation_min_rad = USUAL_MIN, .elevation_max_rad = USUAL_MAX, .reference_detection = s->primary.detection,
                               .reference_rcs_m2 = USUAL_RCS_M2, .reference_range_m = USUAL_PART * s->primary.range_max_m};
}

/* Signal to noise, for a Swerling 1 target, that gives a probability. */
static double snr_of(double detection)
{
    return log(PFA) / log(detection) - 1;
}

double sight_detection(const struct sight_type *t, double rcs_m2, double range_m)
{
    double ratio = t->reference_range_m / range_m;
    double snr = snr_of(t->reference_detection) * (rcs_m2 / t->reference_rcs_m2) * ratio * ratio * ratio * ratio;

    return t->reference_detection > 0 ? pow(PFA, 1 / (1 + snr)) : 0;
}

struct sight sight_of(const struct site *s, const struct sight_type *t, const struct sight_target *target)
{
    struct sight out = {.nearest_m = t->nearest_m, .over_horizon = t->over_horizon, .sector_from_rad = t->sector_from_rad,
                        .sector_width_rad = frame_azimuth(t->sector_to_rad - t->sector_from_rad)};

    out.tangent_min = tan(fmax(t->elevation_min_rad, -89 * UNIT_DEG));
    out.tangent_max = tan(fmin(t->elevation_max_rad, 89.9 * UNIT_DEG));
    if ((s->flags & SITE_PRIMARY) && t->reference_detection > 0) {
        double ratio = snr_of(t->reference_detection) / snr_of(target->detection) * target->rcs_m2 / t->reference_rcs_m2;
        out.range_m[SIGHT_ECHO] = fmin(s->primary.range_max_m, t->reference_range_m * sqrt(sqrt(fmax(ratio, 0))));
    }
    if ((s->flags & SITE_SECONDARY) && s->secondary.detection >= target->detection)
        out.range_m[SIGHT_REPLY] = s->secondary.range_max_m;
    if (s->flags & SITE_POSITIONS) /* what they hear are replies; their range stands where a sensor without interrogator has its own */
        out.range_m[SIGHT_REPLY] = fmax(s->primary.range_max_m, s->secondary.range_max_m);
    return out;
}

double sight_reach_m(const struct sight *s)
{
    return fmax(s->range_m[SIGHT_ECHO], s->range_m[SIGHT_REPLY]);
}

struct sight_span sight_span(const struct sight *s, enum sight_kind kind, double k, double antenna_m, struct horizon_place at, double lowest_m)
{
    static const struct sight_span nothing = {1, 0};
    double a = k * HORIZON_EARTH_M, theta = at.arc_m / a, range = s->range_m[kind], across = (a + antenna_m) * sin(theta);

    if (s->sector_width_rad > 0 && frame_azimuth(at.azimuth_rad - s->sector_from_rad) > s->sector_width_rad)
        return nothing;
    if (s->over_horizon)
        return at.arc_m >= s->nearest_m && at.arc_m <= range ? (struct sight_span){0, 1e6} : nothing;
    if (!(range > across))
        return nothing;
    double middle = (a + antenna_m) * cos(theta) - a, half = sqrt(range * range - across * across); /* (2) solved for h */
    double beam_low = horizon_height_at(k, antenna_m, s->tangent_min, at.arc_m), beam_high = horizon_height_at(k, antenna_m, s->tangent_max, at.arc_m);
    struct sight_span span = {fmax(fmax(lowest_m, beam_low), middle - half), fmin(middle + half, beam_high)};
    if (s->nearest_m > across) /* within the blind range on both sides of the antenna's height: the part above counts */
        span.low_m = fmax(span.low_m, middle + sqrt(s->nearest_m * s->nearest_m - across * across));
    return span;
}
