/* error: how far tracks are from the aircraft they hold: position, along and across the course, velocity, height.
 *
 * Percentiles come from a histogram of ERROR_BINS up to the gate, so that memory does not grow: they are exact to a bin. */
#ifndef SCORE_ERROR_H
#define SCORE_ERROR_H

#include "score/match.h"
#include <stdint.h>

#define ERROR_BINS 50000
#define ERROR_LARGE_M 926.0  /* 0.5 NM: EUROCONTROL-SPEC-147 (ESASSP) counts correlated errors above it for 5 NM separation */
#define ERROR_GROSS_M 2100.0
#define ERROR_LEVEL_M 91.44  /* 300 ft: ESASSP calls a larger one incorrect */

struct error {
    double gate_m; /* no error is larger */
    uint64_t count, large, gross, motions, velocities, heights, heights_wrong;
    double sum_m, sum_m2, along_m2, across_m2;
    double velocity_mps, velocity_m2_s2, speed_m2_s2, heading_rad2, height_m;
    uint32_t bin[ERROR_BINS];
};

void error_init(struct error *e, double gate_m);
/* distance_m is that of the pair; what either side does not know is not judged. */
void error_input(struct error *e, const struct match_state *truth, const struct match_state *track, double distance_m);

/* NaN where nothing was judged. share in [0, 1]; linear between ranks, as everybody's spreadsheets do. */
double error_percentile_m(const struct error *e, double share);
double error_mean(double sum, uint64_t count);
double error_rms(double sum_of_squares, uint64_t count);

#endif
