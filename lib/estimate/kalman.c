/* kalman: see the header. The measurement matrix is H = [1 0 0 0 0 -slope_e; 0 1 0 0 0 -slope_n]: the converted place moves with the height
 * that the state believes in. With five states the height's own uncertainty goes into the noise instead. */
#include "estimate/kalman.h"

#include <assert.h>

/* Columns of P H' for the two components. */
static void kalman_cross(const struct kalman *k, unsigned states, const struct measure *z, double e[KALMAN_STATES], double n[KALMAN_STATES])
{
    for (unsigned i = 0; i < states; i++) {
        e[i] = k->p[i <= KALMAN_E ? kalman_at(i, KALMAN_E) : kalman_at(KALMAN_E, i)];
        n[i] = k->p[i <= KALMAN_N ? kalman_at(i, KALMAN_N) : kalman_at(KALMAN_N, i)];
    }
    if (states == KALMAN_STATES)
        for (unsigned i = 0; i < states; i++) {
            double h = k->p[kalman_at(i, KALMAN_H)];
            e[i] -= z->slope_e * h;
            n[i] -= z->slope_n * h;
        }
}

bool kalman_innovation(const struct kalman *k, unsigned states, const struct measure *z, struct kalman_innovation *out)
{
    double *e = out->cross_e, *n = out->cross_n;
    kalman_cross(k, states, z, e, n);
    out->east_m = z->east_m - k->x[KALMAN_E];
    out->north_m = z->north_m - k->x[KALMAN_N];
    out->s = (struct sym2){e[KALMAN_E] + z->r.xx, e[KALMAN_N] + z->r.xy, n[KALMAN_N] + z->r.yy};
    double height_var = z->height_var_m2;
    if (states == KALMAN_STATES) {
        double dh = k->x[KALMAN_H] - z->height_m;
        out->east_m += z->slope_e * dh;
        out->north_m += z->slope_n * dh;
        out->s.xx -= z->slope_e * e[KALMAN_H];
        out->s.xy -= z->slope_n * e[KALMAN_H];
        out->s.yy -= z->slope_n * n[KALMAN_H];
    }
    out->s.xx += z->slope_e * z->slope_e * height_var;
    out->s.xy += z->slope_e * z->slope_n * height_var;
    out->s.yy += z->slope_n * z->slope_n * height_var;
    if (!mat_inv2(out->s, &out->inverse, &out->det))
        return false;
    double ye = out->east_m, yn = out->north_m;
    out->nis = ye * ye * out->inverse.xx + 2.0 * ye * yn * out->inverse.xy + yn * yn * out->inverse.yy;
    return true;
}

void kalman_update(struct kalman *k, unsigned states, const struct kalman_innovation *in)
{
    const double *e = in->cross_e, *n = in->cross_n;
    double ge[KALMAN_STATES], gn[KALMAN_STATES];
    assert(states == KALMAN_STATES || states == KALMAN_STATES - 1);
    for (unsigned i = 0; i < states; i++) {
        ge[i] = e[i] * in->inverse.xx + n[i] * in->inverse.xy;
        gn[i] = e[i] * in->inverse.xy + n[i] * in->inverse.yy;
        k->x[i] += ge[i] * in->east_m + gn[i] * in->north_m;
    }
#define X(i, j) k->p[(i) + (j) * ((j) + 1) / 2] -= ge[i] * e[j] + gn[i] * n[j];
    KALMAN_PAIRS(X)
    if (states == KALMAN_STATES) {
        KALMAN_PAIRS_HEIGHT(X)
    }
#undef X
}

void kalman_update_radial(struct kalman *k, unsigned states, const struct measure_radial *z, double *residual, double *s)
{
    double h[KALMAN_STATES] = {0};
    for (unsigned i = 0; i < states; i++)
        h[i] = z->along_e * k->p[i <= KALMAN_VE ? kalman_at(i, KALMAN_VE) : kalman_at(KALMAN_VE, i)] +
               z->along_n * k->p[i <= KALMAN_VN ? kalman_at(i, KALMAN_VN) : kalman_at(KALMAN_VN, i)];
    *residual = z->speed_mps - z->along_e * k->x[KALMAN_VE] - z->along_n * k->x[KALMAN_VN];
    *s = z->along_e * h[KALMAN_VE] + z->along_n * h[KALMAN_VN] + z->var_m2_s2;
    for (unsigned j = 0; j < states; j++) {
        k->x[j] += h[j] / *s * *residual;
        for (unsigned i = 0; i <= j; i++)
            k->p[kalman_at(i, j)] -= h[i] * h[j] / *s;
    }
}

void kalman_update_height(struct kalman *k, double height_m, double variance_m2)
{
    double h[KALMAN_STATES], s = k->p[kalman_at(KALMAN_H, KALMAN_H)] + variance_m2, y = height_m - k->x[KALMAN_H];
    for (unsigned i = 0; i < KALMAN_STATES; i++)
        h[i] = k->p[kalman_at(i, KALMAN_H)];
    for (unsigned j = 0; j < KALMAN_STATES; j++) {
        k->x[j] += h[j] / s * y;
        for (unsigned i = 0; i <= j; i++)
            k->p[kalman_at(i, j)] -= h[i] * h[j] / s;
    }
}
