/* motion: see the header. Both models move states by sparse matrices; products are written out for what is not zero. */
#include "estimate/motion.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* The primary-only height is a random walk: a climb of 10 m/s for 100 s in a fifth of the time is 2 * 0.2 * 10^2 * 100 m2/s. */
#define HEIGHT_PSD_M2_S 2000.0
/* Below this turn angle the series replaces sin(w t)/w: the first term left out is 1e-5 of the path. */
#define TURN_SMALL_RAD 1e-2

const struct motion motion_models[MOTION_MODELS] = {
    {.name = "constant velocity", .psd_m2_s3 = 0.5, .sojourn_s = 90.0, .share = 0.6},
    {.name = "coordinated turn", .turn = true, .psd_m2_s3 = 5.0, .turn_psd = 2e-5, .sojourn_s = 30.0, .share = 0.2},
    {.name = "high noise", .psd_m2_s3 = 60.0, .sojourn_s = 30.0, .share = 0.2},
};

const struct motion motion_violent = {.name = "violent", .psd_m2_s3 = 1500.0, .sojourn_s = 30.0, .share = MOTION_VIOLENT_SHARE};

#define P(i, j) k->p[kalman_at(KALMAN_##i, KALMAN_##j)]

static void motion_noise(struct kalman *k, unsigned states, double psd, double t)
{
    double q3 = psd * t * t * t / 3.0, q2 = psd * t * t / 2.0, q1 = psd * t; /* BLK (6.2.2-12) */
    P(E, E) += q3;
    P(N, N) += q3;
    P(E, VE) += q2;
    P(N, VN) += q2;
    P(VE, VE) += q1;
    P(VN, VN) += q1;
    if (states == KALMAN_STATES)
        P(H, H) += HEIGHT_PSD_M2_S * t;
}

static void motion_straight(struct kalman *k, unsigned states, double t)
{
    k->x[KALMAN_E] += t * k->x[KALMAN_VE];
    k->x[KALMAN_N] += t * k->x[KALMAN_VN];
    k->x[KALMAN_TURN] = 0.0;
    double ev = P(E, VE), nv = P(N, VN);
    P(E, E) += t * (2.0 * ev + t * P(VE, VE));
    P(N, N) += t * (2.0 * nv + t * P(VN, VN));
    P(E, N) += t * (P(E, VN) + P(N, VE) + t * P(VE, VN));
    P(E, VE) += t * P(VE, VE);
    P(E, VN) += t * P(VE, VN);
    P(N, VE) += t * P(VE, VN);
    P(N, VN) += t * P(VN, VN);
    P(E, TURN) = P(N, TURN) = P(VE, TURN) = P(VN, TURN) = 0.0;
    P(TURN, TURN) = MOTION_TURN_PRIOR * MOTION_TURN_PRIOR;
    if (states == KALMAN_STATES) {
        P(E, H) += t * P(VE, H);
        P(N, H) += t * P(VN, H);
        P(TURN, H) = 0.0;
    }
}

/* The part of the transition's Jacobian that is not the identity: rows E, N, VE, VN; columns VE, VN, TURN. BLK (11.7.1-4..8). */
static void motion_turn_matrix(struct kalman *k, double t, double f[4][3])
{
    double w = k->x[KALMAN_TURN], ve = k->x[KALMAN_VE], vn = k->x[KALMAN_VN], a = w * t;
    double s = sin(a), c = cos(a), sw, cw, dsw, dcw; /* sin/w, (1-cos)/w and their derivatives by w */
    if (fabs(a) < TURN_SMALL_RAD) {
        sw = t * (1.0 - a * a / 6.0);
        cw = t * a / 2.0;
        dsw = -t * t * a / 3.0;
        dcw = t * t * (0.5 - a * a / 8.0);
    } else {
        sw = s / w;
        cw = (1.0 - c) / w;
        dsw = (t * c - sw) / w;
        dcw = (t * s - cw) / w;
    }
    f[0][0] = sw, f[0][1] = -cw, f[0][2] = ve * dsw - vn * dcw;
    f[1][0] = cw, f[1][1] = sw, f[1][2] = ve * dcw + vn * dsw;
    f[2][0] = c, f[2][1] = -s, f[2][2] = -t * (ve * s + vn * c);
    f[3][0] = s, f[3][1] = c, f[3][2] = t * (ve * c - vn * s);
    k->x[KALMAN_E] += sw * ve - cw * vn;
    k->x[KALMAN_N] += cw * ve + sw * vn;
    k->x[KALMAN_VE] = c * ve - s * vn;
    k->x[KALMAN_VN] = s * ve + c * vn;
}

static void motion_turn(struct kalman *k, unsigned states, double t)
{
    double f[4][3], full[KALMAN_STATES][KALMAN_STATES], fp[4][KALMAN_STATES];
    assert(states == 5 || states == KALMAN_STATES);
    motion_turn_matrix(k, t, f);
    for (unsigned j = 0; j < states; j++)
        for (unsigned i = 0; i <= j; i++)
            full[i][j] = full[j][i] = k->p[kalman_at(i, j)];
    for (unsigned i = 0; i < 4; i++) /* the first four rows of F P */
        for (unsigned j = 0; j < states; j++)
            fp[i][j] = (i < 2 ? full[i][j] : 0.0) + f[i][0] * full[2][j] + f[i][1] * full[3][j] + f[i][2] * full[4][j];
    for (unsigned j = 0; j < 4; j++) /* times F' */
        for (unsigned i = 0; i <= j; i++)
            k->p[kalman_at(i, j)] = (j < 2 ? fp[i][j] : 0.0) + fp[i][2] * f[j][0] + fp[i][3] * f[j][1] + fp[i][4] * f[j][2];
    for (unsigned j = 4; j < states; j++)
        for (unsigned i = 0; i < 4; i++)
            k->p[kalman_at(i, j)] = fp[i][j];
    k->x[KALMAN_TURN] = fmax(-MOTION_TURN_MAX, fmin(MOTION_TURN_MAX, k->x[KALMAN_TURN]));
}

void motion_predict(const struct motion *m, struct kalman *k, unsigned states, double seconds)
{
    if (m->turn) {
        motion_turn(k, states, seconds);
        P(TURN, TURN) += m->turn_psd * seconds;
    } else {
        motion_straight(k, states, seconds);
    }
    motion_noise(k, states, m->psd_m2_s3, seconds);
}
