/* sight: what a sensor can see of a stated target: between which heights, at a place whose horizon is known.
 *
 * Echoes follow the radar equation for a Swerling 1 target: Pd = Pfa^(1 / (1 + snr)), snr ~ rcs / range^4 (Skolnik, Introduction to Radar Systems,
 * 2.8 and 1.2), fixed by one point: the probability for a stated cross-section at a stated range. Replies have the site's probability
 * within the instrumented range. Both are bounded by the lowest and highest elevation of the beam: above is the cone of silence. */
#ifndef SENSOR_SIGHT_H
#define SENSOR_SIGHT_H

#include "sensor/horizon.h"
#include "sensor/site.h"
#include <stdbool.h>

/* What is to be seen, and how surely. */
struct sight_target {
    double rcs_m2;
    double detection; /* least probability per scan that counts as seeing, 0..1 */
};
#define SIGHT_TARGET_USUAL ((struct sight_target){2.0, 0.8})

/* What a type of sensor is specified for, beyond its site's figures. */
struct sight_type {
    double elevation_min_rad, elevation_max_rad;
    double reference_detection, reference_rcs_m2, reference_range_m; /* of echoes */
    double nearest_m;     /* blind range */
    bool over_horizon;    /* by the ionosphere: neither horizon nor elevation bound it, and it needs its own doctrine of heights: none */
    double sector_from_rad, sector_to_rad; /* azimuths, clockwise; equal: all around */
};
/* Where nothing is said: -1 to 45 degrees; the site's probability for 2 m2 at 85 % of the primary range. */
struct sight_type sight_type_usual(const struct site *s);

enum sight_kind { SIGHT_ECHO, SIGHT_REPLY, SIGHT_KINDS }; /* non-cooperative, cooperative */

/* Probability per scan of an echo; the rcs and range are positive. */
double sight_detection(const struct sight_type *t, double rcs_m2, double range_m);

struct sight {
    double range_m[SIGHT_KINDS]; /* slant range within which the target is seen surely enough; 0: never */
    double nearest_m;
    double tangent_min, tangent_max;
    bool over_horizon;
    double sector_from_rad, sector_width_rad;
};
struct sight sight_of(const struct site *s, const struct sight_type *t, const struct sight_target *target);
/* The greatest of its ranges. */
double sight_reach_m(const struct sight *s);

struct sight_span {
    double low_m, high_m; /* above mean sea level; low > high: nothing */
};
/* Heights seen at a place by echoes or replies, its lowest height in sight (horizon_lowest_m) being known. */
struct sight_span sight_span(const struct sight *s, enum sight_kind kind, double k, double antenna_m, struct horizon_place at, double lowest_m);

#endif
