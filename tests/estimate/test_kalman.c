#include "estimate/kalman.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "support/support.h"

#define N KALMAN_STATES

/* A random state with a positive definite covariance A A'. */
static struct kalman random_state(struct rng *r)
{
    struct kalman k = {0};
    double a[N][N];
    const double scale[N] = {300, 300, 20, 20, 0.02, 2000};
    for (unsigned i = 0; i < N; i++) {
        k.x[i] = scale[i] * rng_normal(r);
        for (unsigned j = 0; j < N; j++)
            a[i][j] = scale[i] * rng_normal(r);
    }
    for (unsigned j = 0; j < N; j++)
        for (unsigned i = 0; i <= j; i++)
            for (unsigned c = 0; c < N; c++)
                k.p[kalman_at(i, j)] += a[i][c] * a[j][c];
    return k;
}

static struct measure random_measure(struct rng *r, const struct kalman *k)
{
    return (struct measure){.east_m = k->x[0] + 200 * rng_normal(r), .north_m = k->x[1] + 200 * rng_normal(r), .r = {10000, 2000, 40000},
                            .slope_e = 0.2, .slope_n = -0.4, .height_m = 3000, .height_var_m2 = 0};
}

static double full(const struct kalman *k, unsigned i, unsigned j)
{
    return k->p[i <= j ? kalman_at(i, j) : kalman_at(j, i)];
}

/* The textbook with whole matrices: S = H P H' + R, K = P H' S^-1, x + K y, P - K S K'. */
static void textbook(struct kalman *k, unsigned n, const struct measure *z)
{
    double h[2][N] = {{1}, {0, 1}}, ph[N][2] = {{0}}, s[2][2], gain[N][2], y[2] = {z->east_m, z->north_m};
    struct kalman out = *k;
    s[0][0] = z->r.xx, s[0][1] = s[1][0] = z->r.xy, s[1][1] = z->r.yy;
    if (n == N) {
        h[0][KALMAN_H] = -z->slope_e;
        h[1][KALMAN_H] = -z->slope_n;
        y[0] -= z->slope_e * z->height_m;
        y[1] -= z->slope_n * z->height_m;
    }
    for (unsigned c = 0; c < 2; c++)
        for (unsigned j = 0; j < n; j++) {
            y[c] -= h[c][j] * k->x[j];
            for (unsigned i = 0; i < n; i++)
                ph[i][c] += full(k, i, j) * h[c][j];
        }
    for (unsigned a = 0; a < 2; a++)
        for (unsigned b = 0; b < 2; b++)
            for (unsigned i = 0; i < n; i++)
                s[a][b] += h[a][i] * ph[i][b];
    double det = s[0][0] * s[1][1] - s[0][1] * s[1][0];
    double inverse[2][2] = {{s[1][1] / det, -s[0][1] / det}, {-s[1][0] / det, s[0][0] / det}};
    for (unsigned i = 0; i < n; i++)
        for (unsigned c = 0; c < 2; c++)
            gain[i][c] = ph[i][0] * inverse[0][c] + ph[i][1] * inverse[1][c];
    for (unsigned j = 0; j < n; j++) {
        out.x[j] += gain[j][0] * y[0] + gain[j][1] * y[1];
        for (unsigned i = 0; i <= j; i++)
            out.p[kalman_at(i, j)] -= gain[i][0] * ph[j][0] + gain[i][1] * ph[j][1];
    }
    *k = out;
}

START_TEST(an_update_is_the_textbooks)
{
    struct rng r = rng_init(7);
    for (int round = 0; round < 200; round++) {
        unsigned n = round % 2 ? 5 : 6;
        struct kalman k = random_state(&r), expected = k;
        struct measure z = random_measure(&r, &k);
        struct kalman_innovation in;
        ck_assert(kalman_innovation(&k, n, &z, &in));
        kalman_update(&k, n, &in);
        textbook(&expected, n, &z);
        for (unsigned j = 0; j < n; j++) {
            ck_assert_double_eq_tol(k.x[j], expected.x[j], 1e-6 * (1.0 + fabs(expected.x[j])));
            for (unsigned i = 0; i <= j; i++)
                ck_assert_double_eq_tol(full(&k, i, j), full(&expected, i, j), 1e-6 * sqrt(full(&expected, i, i) * full(&expected, j, j)) + 1e-12);
        }
    }
}
END_TEST

START_TEST(doubt_about_the_height_widens_the_innovation_along_its_slope)
{
    struct rng r = rng_init(8);
    struct kalman k = random_state(&r);
    struct measure z = random_measure(&r, &k);
    struct kalman_innovation sure, unsure;
    ck_assert(kalman_innovation(&k, 5, &z, &sure));
    z.height_var_m2 = 1e6;
    ck_assert(kalman_innovation(&k, 5, &z, &unsure));
    ck_assert_double_eq_tol(unsure.s.xx - sure.s.xx, 0.04e6, 1e-3);
    ck_assert_double_eq_tol(unsure.s.xy - sure.s.xy, -0.08e6, 1e-3);
    ck_assert_double_eq_tol(unsure.s.yy - sure.s.yy, 0.16e6, 1e-3);
    ck_assert(unsure.nis < sure.nis);
}
END_TEST

START_TEST(a_measured_height_settles_the_height_state)
{
    struct rng r = rng_init(9);
    struct kalman k = random_state(&r);
    kalman_update_height(&k, 5000.0, 1.0);
    ck_assert_double_eq_tol(k.x[KALMAN_H], 5000.0, 1.0);
    ck_assert_double_le(k.p[kalman_at(KALMAN_H, KALMAN_H)], 1.0);
}
END_TEST

START_TEST(a_state_that_is_no_covariance_is_refused)
{
    struct kalman k = {0};
    struct measure z = {.r = {1, 2, 1}}; /* |correlation| > 1 */
    struct kalman_innovation in;
    ck_assert(!kalman_innovation(&k, 5, &z, &in));
}
END_TEST

Suite *test_kalman_suite(void)
{
    Suite *suite = suite_create("kalman");
    TCase *property = tcase_create("property");
    tcase_add_test(property, an_update_is_the_textbooks);
    tcase_add_test(property, doubt_about_the_height_widens_the_innovation_along_its_slope);
    tcase_add_test(property, a_measured_height_settles_the_height_state);
    tcase_add_test(property, a_state_that_is_no_covariance_is_refused);
    suite_add_tcase(suite, property);
    return suite;
}
