/* crossing: a tracker of points in a plane, made of the library's own parts, for published benchmarks that have no radar in them: hypothesis and cost
 * of lib/associate, existence of lib/track, kalman, motion and the Cartesian row of measure of lib/estimate.
 *
 * It is the Poisson multi-Bernoulli mixture of Williams, IEEE TAES 51(3), 2015: targets not seen yet are a Poisson density, every plot that
 * may be the first of one begins a track. Units of length are the benchmark's own. */
#ifndef TESTS_CROSSING_H
#define TESTS_CROSSING_H

#include <stdint.h>

struct crossing_model {
    double psd;                /* of the white acceleration, length2/s3 */
    double sigma;              /* of a plot, per axis */
    double detection, survival; /* probabilities per scan */
    double clutter;            /* false plots per scan and area */
    double birth, birth_first; /* new targets per scan, and those there before the first */
    double birth_at, birth_sigma, birth_speed_sigma; /* where, on both axes */
    uint32_t globals;          /* hypotheses kept */
};

struct crossing_point {
    double x, y;
};

struct crossing;

struct crossing *crossing_new(const struct crossing_model *m);
void crossing_free(struct crossing *c);
/* One scan, a second after the last one. Returns the number of targets that the heaviest hypothesis believes in, at most `most` written to out. */
uint32_t crossing_scan(struct crossing *c, const struct crossing_point *plots, uint32_t count, struct crossing_point *out, uint32_t most);

#endif
