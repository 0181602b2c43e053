/* kalman: one Gaussian state of an aircraft in the horizontal plane of its own local frame, and its correction by a position.
 *
 * The state is (east, north, east velocity, north velocity, turn rate, height), m, m/s and rad/s; the turn rate is anticlockwise positive
 * (from east to north), the height is above the ellipsoid. How many of them are estimated is `states`: 5 where the height is known from
 * elsewhere (Mode C, a 3-D radar), 6 where it has to come out of slant ranges. The covariance is the upper triangle packed by columns, so
 * that the covariance of five states is the beginning of that of six. Kalman, J. Basic Eng. 82 (1960); notation of Bar-Shalom, Li,
 * Kirubarajan, "Estimation with Applications to Tracking and Navigation" (2001), called BLK below. */
#ifndef ESTIMATE_KALMAN_H
#define ESTIMATE_KALMAN_H

#include "estimate/measure.h"
#include <stdbool.h>

enum kalman_state { KALMAN_E, KALMAN_N, KALMAN_VE, KALMAN_VN, KALMAN_TURN, KALMAN_H, KALMAN_STATES };

#define KALMAN_COVS (KALMAN_STATES * (KALMAN_STATES + 1) / 2)

struct kalman {
    double x[KALMAN_STATES];
    double p[KALMAN_COVS + 1]; /* the last is always 0: an even number of doubles goes through vector registers without a remainder */
};

/* Place of element (i, j), i <= j, in the packed covariance, and how many elements n states have. */
static inline unsigned kalman_at(unsigned i, unsigned j)
{
    return i + j * (j + 1) / 2;
}
static inline unsigned kalman_covs(unsigned states)
{
    return states * (states + 1) / 2;
}

/* The elements of the packed covariance in their order, X(i, j): those of five states, and what the sixth adds. For loops that the compiler
 * would otherwise run with indices. */
#define KALMAN_PAIRS(X) X(0, 0) X(0, 1) X(1, 1) X(0, 2) X(1, 2) X(2, 2) X(0, 3) X(1, 3) X(2, 3) X(3, 3) X(0, 4) X(1, 4) X(2, 4) X(3, 4) X(4, 4)
#define KALMAN_PAIRS_HEIGHT(X) X(0, 5) X(1, 5) X(2, 5) X(3, 5) X(4, 5) X(5, 5)

/* The innovation of a position measurement: residual, its covariance S, the inverse of S, and what follows from them. */
struct kalman_innovation {
    double east_m, north_m;
    struct sym2 s, inverse;
    double nis;            /* normalised innovation squared, chi-square with 2 degrees of freedom when all is well */
    double det;            /* of S */
    double cross_e[KALMAN_STATES], cross_n[KALMAN_STATES]; /* columns of P H' */
};

/* False where S is not positive definite (numerically impossible states; the caller leaves the plot alone). */
bool kalman_innovation(const struct kalman *k, unsigned states, const struct measure *z, struct kalman_innovation *out);

/* Corrects k by the measurement whose innovation against the same k is `in`. BLK (5.2.3-13..17). */
void kalman_update(struct kalman *k, unsigned states, const struct kalman_innovation *in);

/* Corrects k by a radial speed; *residual and *s: what it was off by, and the variance of that, before. BLK (5.2.3-13..17), scalar. */
void kalman_update_radial(struct kalman *k, unsigned states, const struct measure_radial *z, double *residual, double *s);

/* Corrects the state's height (6 states) by a measured one. */
void kalman_update_height(struct kalman *k, double height_m, double variance_m2);

#endif
