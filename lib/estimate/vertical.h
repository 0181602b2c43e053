/* vertical: height and climb rate out of measured heights: a two-state Kalman filter with white vertical acceleration (BLK 6.2.2).
 *
 * Heights of one datum only (pressure altitude, or height above the ellipsoid): the caller keeps one filter per datum. A single value far
 * off the prediction is taken for a garbled code and left out; a second one in a row is believed and the filter begins anew there. */
#ifndef ESTIMATE_VERTICAL_H
#define ESTIMATE_VERTICAL_H

#include "base/instant.h"
#include <stdbool.h>
#include <stdint.h>

struct vertical {
    struct instant time;
    double height_m, climb_mps;
    double hh, hv, vv; /* covariance */
    uint32_t plots;    /* 0: nothing known */
    uint32_t refused;  /* in a row */
};

/* Taken on to `to`; nothing happens to an empty filter or for an earlier instant. */
void vertical_predict(struct vertical *v, struct instant to);
/* One measured height with its variance. True when it was used. Earlier than the filter's time: taken at the filter's time. */
bool vertical_update(struct vertical *v, struct instant time, double height_m, double variance_m2);
/* Log likelihood ratio of a measured height: from this aircraft, against any height an aircraft may have. 0 for an empty filter. */
double vertical_log_ratio(const struct vertical *v, struct instant time, double height_m, double variance_m2);

#endif
