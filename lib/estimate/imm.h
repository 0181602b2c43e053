/* imm: interacting multiple models: one Gaussian state per motion model, mixed before each prediction.
 *
 * Blom, Bar-Shalom, IEEE TAC 33(8), 1988; BLK 11.6.6. Transition probabilities follow from the models' mean sojourn times and the actual
 * time between plots (a continuous-time Markov chain), because plots of several radars come at any spacing. The three models always run:
 * skipping improbable ones never pays, since honest transition rates keep every model above half a percent. */
#ifndef ESTIMATE_IMM_H
#define ESTIMATE_IMM_H

#include "base/instant.h"
#include "estimate/motion.h"
#include <stdint.h>

struct imm {
    struct instant time; /* the states hold at this instant */
    double probability[MOTION_MODELS];
    struct kalman model[MOTION_MODELS];
    uint32_t states;     /* 5, or 6 where the height is estimated too */
    uint32_t unused;
};

/* What a first plot says: its place, any velocity with sigma sigma_speed_mps per axis about (ve, vn). With states = 6 the height begins
 * at z->height_m with variance height_var_m2, and z's own height_var_m2 is not used. */
struct imm_start {
    uint32_t states;
    double ve_mps, vn_mps, sigma_speed_mps;
    double height_var_m2;
};
void imm_start(struct imm *m, struct instant time, const struct measure *z, const struct imm_start *s);

/* m taken on to `to` (mixing, then each model's own motion); `to` before m->time changes nothing but the instant is kept. */
void imm_predict(struct imm *m, struct instant to);
/* The same with motion_violent in the place of the high-noise model. */
void imm_predict_violent(struct imm *m, struct instant to);

/* A measurement against a predicted m: each model's innovation and share, and of the mixture the log likelihood and the least NIS. */
struct imm_look {
    struct kalman_innovation model[MOTION_MODELS];
    double weight[MOTION_MODELS];
    double log_likelihood, nis;
};
/* False where a model has no solution; log_likelihood is then -HUGE_VAL and nis HUGE_VAL. */
bool imm_look(const struct imm *m, const struct measure *z, struct imm_look *look);

/* Corrects m by the measurement that look is of. */
void imm_update(struct imm *m, const struct imm_look *look);

/* The radial speed that came with the measurement. False, m as it was, where no model is within IMM_RADIAL_NIS of it: folded, or of a rotor. */
#define IMM_RADIAL_NIS 16.0
bool imm_update_radial(struct imm *m, const struct measure_radial *z);

/* The height, measured by other means (6 states). */
void imm_update_height(struct imm *m, double height_m, double variance_m2);

/* Mean and covariance of the mixture. */
void imm_combine(const struct imm *m, struct kalman *out);
/* Mean of the mixture alone. */
void imm_mean(const struct imm *m, double x[KALMAN_STATES]);

/* From 6 states to 5: the height is known from elsewhere now. */
void imm_forget_height(struct imm *m);

/* The same states in another tangent frame: position = turn * (position, up of each) + offset, velocities turned. For re-anchoring. */
struct imm_shift {
    double ee, en, ne, nn; /* horizontal part of the rotation: e' = ee e + en n + east */
    double east_m, north_m;
};
void imm_shift(struct imm *m, const struct imm_shift *s);

#endif
