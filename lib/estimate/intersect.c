/* intersect: see the header. Moving the mixture: with P = L L' and P' = K K' of position and velocity, T = K L^-1 takes covariance P to P'. */
#include "estimate/intersect.h"

#include <math.h>
#include <string.h>

#define N INTERSECT_STATES
#define SIZE SOLVE_SIZE(N)

/* The mixture's mean and covariance of the first n states. */
static void mixture(const struct imm *m, unsigned n, double x[N], double p[SIZE])
{
    struct kalman k;
    imm_combine(m, &k);
    for (unsigned i = 0; i < n; i++) {
        x[i] = k.x[i];
        for (unsigned j = 0; j <= i; j++)
            p[solve_at(i, j)] = k.p[kalman_at(j, i)];
    }
}

/* Inverse and determinant of a packed symmetric matrix. */
static bool invert(const double p[SIZE], unsigned n, double out[SIZE], double *det)
{
    double l[SIZE];
    memcpy(l, p, sizeof l);
    if (!solve_factor(l, n))
        return false;
    *det = 1.0;
    for (unsigned c = 0; c < n; c++) {
        double e[N] = {0.0};
        e[c] = 1.0;
        solve_forward(l, n, e);
        solve_backward(l, n, 0, e);
        *det *= l[solve_at(c, c)] * l[solve_at(c, c)];
        for (unsigned i = c; i < n; i++)
            out[solve_at(i, c)] = e[i];
    }
    return true;
}

static double element(const double p[SIZE], unsigned i, unsigned j)
{
    return p[i >= j ? solve_at(i, j) : solve_at(j, i)];
}

double intersect_distance(const struct imm *m, const struct intersect *z)
{
    double x[N] = {0.0}, s[SIZE] = {0.0}, d[N], distance = 0.0;
    unsigned n = z->states;
    mixture(m, n, x, s);
    for (unsigned i = 0; i < SOLVE_SIZE(n); i++)
        s[i] += z->p[i];
    if (!solve_factor(s, n))
        return HUGE_VAL;
    for (unsigned i = 0; i < n; i++)
        d[i] = z->x[i] - x[i];
    solve_forward(s, n, d);
    for (unsigned i = 0; i < n; i++)
        distance += d[i] * d[i];
    return distance;
}

/* T = K L^-1, both lower triangles, and so T. */
static void map_between(const double l[SIZE], const double k[SIZE], unsigned n, double t[SIZE])
{
    for (unsigned i = 0; i < n; i++)
        for (unsigned j = i + 1; j-- > 0;) {
            double sum = k[solve_at(i, j)];
            for (unsigned c = j + 1; c <= i; c++)
                sum -= t[solve_at(i, c)] * l[solve_at(c, j)];
            t[solve_at(i, j)] = sum / l[solve_at(j, j)];
        }
}

/* x' = to + T (x - from), P' = T P T' for the first n states; the others keep their own and go along in the covariances between. */
static void move(struct kalman *k, unsigned states, unsigned n, const double t[SIZE], const double from[N], const double to[N])
{
    double whole[KALMAN_STATES][KALMAN_STATES], left[KALMAN_STATES][KALMAN_STATES], x[N];
    for (unsigned i = 0; i < states; i++)
        for (unsigned j = 0; j < states; j++)
            left[i][j] = whole[i][j] = k->p[i <= j ? kalman_at(i, j) : kalman_at(j, i)];
    for (unsigned i = 0; i < n; i++) {
        x[i] = to[i];
        memset(left[i], 0, sizeof left[i]);
        for (unsigned c = 0; c <= i; c++) {
            x[i] += t[solve_at(i, c)] * (k->x[c] - from[c]);
            for (unsigned j = 0; j < states; j++)
                left[i][j] += t[solve_at(i, c)] * whole[c][j];
        }
    }
    memcpy(k->x, x, n * sizeof x[0]);
    for (unsigned j = 0; j < states; j++)
        for (unsigned i = 0; i <= j; i++) {
            double sum = j < n ? 0.0 : left[i][j];
            for (unsigned c = 0; j < n && c <= j; c++)
                sum += left[i][c] * t[solve_at(j, c)];
            k->p[kalman_at(i, j)] = sum;
        }
}

bool intersect_update(struct imm *m, const struct intersect *z)
{
    unsigned n = z->states;
    double x[N] = {0.0}, p[SIZE] = {0.0}, a[SIZE] = {0.0}, b[SIZE] = {0.0}, sum[SIZE] = {0.0}, fused[SIZE] = {0.0}, unused[SIZE];
    double y[N] = {0.0}, to[N] = {0.0}, det_p, det_b, det_sum, det, t[SIZE];
    mixture(m, n, x, p);
    if (!invert(p, n, a, &det_p) || !invert(z->p, n, b, &det_b))
        return false;
    for (unsigned i = 0; i < SOLVE_SIZE(n); i++)
        sum[i] = a[i] + b[i];
    if (!invert(sum, n, unused, &det_sum))
        return false;
    double w = fmin(fmax((det_sum - 1.0 / det_b + 1.0 / det_p) / (2.0 * det_sum), 0.0), 1.0); /* eq. 18: informations' determinants */
    for (unsigned i = 0; i < SOLVE_SIZE(n); i++)
        sum[i] = w * a[i] + (1.0 - w) * b[i];
    for (unsigned i = 0; i < n; i++)
        for (unsigned j = 0; j < n; j++)
            y[i] += w * element(a, i, j) * x[j] + (1.0 - w) * element(b, i, j) * z->x[j];
    if (!invert(sum, n, fused, &det))
        return false;
    for (unsigned i = 0; i < n; i++)
        for (unsigned j = 0; j < n; j++)
            to[i] += element(fused, i, j) * y[j];
    if (!solve_factor(p, n) || !solve_factor(fused, n))
        return false;
    map_between(p, fused, n, t);
    for (unsigned i = 0; i < MOTION_MODELS; i++)
        move(&m->model[i], m->states, n, t, x, to);
    return true;
}

void intersect_shift(struct intersect *z, const struct imm_shift *s)
{
    const double r[2][2] = {{s->ee, s->en}, {s->ne, s->nn}};
    double p[SIZE] = {0.0}, x[N] = {0.0};
    for (unsigned i = 0; i < z->states; i++)
        for (unsigned k = 0; k < 2; k++)
            x[i] += r[i % 2][k] * z->x[i / 2 * 2 + k];
    for (unsigned i = 0; i < z->states; i++)
        for (unsigned j = 0; j <= i; j++)
            for (unsigned k = 0; k < 4; k++)
                p[solve_at(i, j)] += r[i % 2][k / 2] * r[j % 2][k % 2] * element(z->p, i / 2 * 2 + k / 2, j / 2 * 2 + k % 2);
    memcpy(z->p, p, sizeof p);
    memcpy(z->x, x, sizeof x);
    z->x[KALMAN_E] += s->east_m;
    z->x[KALMAN_N] += s->north_m;
}
