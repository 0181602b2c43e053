/* latency: how long things take: until an aircraft has its first track, until it has one again. */
#ifndef SCORE_LATENCY_H
#define SCORE_LATENCY_H

#include <stdint.h>

/* Mean of `count` values; NaN of none. */
double latency_mean(const double *values, uint32_t count);
/* The percentile of a share in [0, 1], linear between ranks; NaN of none. The values are put in order. */
double latency_percentile(double *values, uint32_t count, double share);

#endif
