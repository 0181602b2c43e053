/* motion: how aircraft move between two plots: a table of models, each taking a Gaussian state some seconds on.
 *
 * Constant velocity with white acceleration (BLK 6.2.2) and the coordinated turn with estimated rate (BLK 11.7.1). Figures come from what
 * aircraft do: on a straight leg gusts and heading corrections leave some 0.7 m/s of velocity after a second (0.5 m2/s3); in a turn the
 * turn-rate state carries the manoeuvre and white acceleration the remainder; the high-noise model has to bridge what neither explains, a
 * speed change or roll-in of up to 1 g over some seconds: (0.8 g)^2 * 1 s = 60 m2/s3. Straight legs last minutes, manoeuvres half of one. */
#ifndef ESTIMATE_MOTION_H
#define ESTIMATE_MOTION_H

#include "estimate/kalman.h"

struct motion {
    const char *name;
    bool turn;             /* the turn rate is a state; otherwise it is zero with MOTION_TURN_PRIOR of doubt */
    double psd_m2_s3;      /* power spectral density of the white acceleration per axis */
    double turn_psd;       /* rad2/s3, random walk of the turn rate */
    double sojourn_s;      /* mean time an aircraft stays in this model */
    double share;          /* of all flying time: the probability a new track begins with */
};

#define MOTION_MODELS 3
extern const struct motion motion_models[MOTION_MODELS];

/* What stands in for the high-noise model where a plot is too far off for it: 17 m/s2 (60 degrees of bank) held for some 5 s. Noise level
 * adjustment, BLK 11.3.1: a fourth model that is run only when the others have failed. */
extern const struct motion motion_violent;
#define MOTION_VIOLENT_SHARE 0.01 /* of all looks */

/* Doubt about the turn rate, 1 sigma, rad/s, where it is not estimated: standard rate is 0.052 (3 degrees/s), en route less. */
#define MOTION_TURN_PRIOR 0.03
#define MOTION_TURN_MAX 0.25 /* rad/s: a fighter at 65 degrees of bank and 85 m/s */

/* Takes k seconds >= 0 on. states as in kalman.h. */
void motion_predict(const struct motion *m, struct kalman *k, unsigned states, double seconds);

#endif
