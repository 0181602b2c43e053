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

static double dot3(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* P = F P F' in blocks, p for position, v for velocity and turn rate: F = [1 A; 0 B], hence with L = Ppv + A Pvv
 *   Ppp' = Ppp + L A' + A Ppv'   Ppv' = L B'   Pvv' = B Pvv B' */
static void motion_turn_covariance(struct kalman *k, double f[4][3])
{
    const double pv[2][3] = {{P(E, VE), P(E, VN), P(E, TURN)}, {P(N, VE), P(N, VN), P(N, TURN)}};
    const double vv[3][3] = {{P(VE, VE), P(VE, VN), P(VE, TURN)}, {P(VE, VN), P(VN, VN), P(VN, TURN)}, {P(VE, TURN), P(VN, TURN), P(TURN, TURN)}};
    const double *a0 = f[0], *a1 = f[1], *b0 = f[2], *b1 = f[3];
    const double l0[3] = {pv[0][0] + dot3(a0, vv[0]), pv[0][1] + dot3(a0, vv[1]), pv[0][2] + dot3(a0, vv[2])};
    const double l1[3] = {pv[1][0] + dot3(a1, vv[0]), pv[1][1] + dot3(a1, vv[1]), pv[1][2] + dot3(a1, vv[2])};
    const double m0[3] = {dot3(b0, vv[0]), dot3(b0, vv[1]), dot3(b0, vv[2])}; /* rows of B Pvv */
    const double m1[3] = {dot3(b1, vv[0]), dot3(b1, vv[1]), dot3(b1, vv[2])};
    P(E, E) += dot3(l0, a0) + dot3(a0, pv[0]);
    P(E, N) += dot3(l0, a1) + dot3(a0, pv[1]);
    P(N, N) += dot3(l1, a1) + dot3(a1, pv[1]);
    P(E, VE) = dot3(l0, b0);
    P(E, VN) = dot3(l0, b1);
    P(E, TURN) = l0[2];
    P(N, VE) = dot3(l1, b0);
    P(N, VN) = dot3(l1, b1);
    P(N, TURN) = l1[2];
    P(VE, VE) = dot3(m0, b0);
    P(VE, VN) = dot3(m0, b1);
    P(VE, TURN) = m0[2];
    P(VN, VN) = dot3(m1, b1);
    P(VN, TURN) = m1[2];
}

static void motion_turn(struct kalman *k, unsigned states, double t)
{
    double f[4][3];
    motion_turn_matrix(k, t, f);
    motion_turn_covariance(k, f);
    if (states == KALMAN_STATES) {
        const double vh[3] = {P(VE, H), P(VN, H), P(TURN, H)};
        P(E, H) += dot3(f[0], vh);
        P(N, H) += dot3(f[1], vh);
        P(VE, H) = dot3(f[2], vh);
        P(VN, H) = dot3(f[3], vh);
    }
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
