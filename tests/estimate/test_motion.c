#include "estimate/motion.h"

#include <math.h>

#include "support/support.h"

static const struct motion *straight = &motion_models[0], *turning = &motion_models[1];

static struct kalman moving(double turn)
{
    struct kalman k = {.x = {1000, 2000, 200, -100, turn, 9000}};
    const double sigma[KALMAN_STATES] = {100, 150, 10, 12, 0.01, 3000};
    for (unsigned i = 0; i < KALMAN_STATES; i++)
        k.p[kalman_at(i, i)] = sigma[i] * sigma[i];
    return k;
}

START_TEST(a_straight_leg_goes_straight_and_its_doubt_grows_by_the_formula)
{
    struct kalman k = moving(0.0);
    motion_predict(straight, &k, 5, 10.0);
    ck_assert_double_eq_tol(k.x[KALMAN_E], 3000.0, 1e-9);
    ck_assert_double_eq_tol(k.x[KALMAN_N], 1000.0, 1e-9);
    ck_assert_double_eq_tol(k.p[kalman_at(KALMAN_E, KALMAN_E)], 100 * 100 + 100 * 100 + 0.5 * 1000 / 3.0, 1e-6);
    ck_assert_double_eq_tol(k.p[kalman_at(KALMAN_E, KALMAN_VE)], 100 * 10 + 0.5 * 100 / 2.0, 1e-6);
    ck_assert_double_eq_tol(k.p[kalman_at(KALMAN_VN, KALMAN_VN)], 144 + 5.0, 1e-9);
}
END_TEST

START_TEST(a_turn_keeps_the_speed_and_closes_its_circle)
{
    double w = 0.05, period = 2.0 * 3.14159265358979 / w;
    struct kalman k = moving(w);
    for (int i = 0; i < 100; i++) {
        motion_predict(turning, &k, 5, period / 100.0);
        ck_assert_double_eq_tol(hypot(k.x[KALMAN_VE], k.x[KALMAN_VN]), hypot(200, 100), 1e-9);
    }
    ck_assert_double_eq_tol(k.x[KALMAN_E], 1000.0, 1e-6);
    ck_assert_double_eq_tol(k.x[KALMAN_N], 2000.0, 1e-6);
}
END_TEST

START_TEST(a_positive_rate_turns_from_east_to_north)
{
    struct kalman k = {.x = {0, 0, 100, 0, 0.01, 0}};
    motion_predict(turning, &k, 5, 10.0);
    ck_assert(k.x[KALMAN_VN] > 9.0 && k.x[KALMAN_N] > 0.0);
}
END_TEST

START_TEST(the_series_and_the_formula_meet)
{
    struct kalman a = moving(0.00099999), b = moving(0.00100001);
    motion_predict(turning, &a, 6, 10.0); /* just below and above the limit of 0.01 rad */
    motion_predict(turning, &b, 6, 10.0);
    ck_assert_double_eq_tol(a.x[KALMAN_E], b.x[KALMAN_E], 1e-3);
    for (unsigned c = 0; c < KALMAN_COVS; c++)
        ck_assert_double_eq_tol(a.p[c], b.p[c], 1e-3 * (1.0 + fabs(b.p[c])));
}
END_TEST

/* Prediction of the covariance against the spread of states moved one by one: the Jacobian is the derivative. */
START_TEST(the_turns_jacobian_is_the_derivative)
{
    const double step[KALMAN_STATES] = {1, 1, 0.01, 0.01, 1e-6, 1};
    double t = 12.0, f[KALMAN_STATES][5];
    struct kalman k = moving(0.03), q = {.x = {1000, 2000, 200, -100, 0.03, 9000}};
    for (unsigned c = 0; c < 5; c++) {
        struct kalman up = moving(0.03), down = moving(0.03);
        up.x[c] += step[c];
        down.x[c] -= step[c];
        motion_predict(turning, &up, 5, t);
        motion_predict(turning, &down, 5, t);
        for (unsigned r = 0; r < 5; r++)
            f[r][c] = (up.x[r] - down.x[r]) / (2.0 * step[c]);
    }
    struct kalman before = k;
    motion_predict(turning, &k, 5, t);
    motion_predict(turning, &q, 5, t); /* from no doubt: the process noise alone */
    for (unsigned i = 0; i < 5; i++)
        for (unsigned j = i; j < 5; j++) {
            double sum = q.p[kalman_at(i, j)];
            for (unsigned c = 0; c < 5; c++)
                sum += f[i][c] * before.p[kalman_at(c, c)] * f[j][c];
            ck_assert_double_eq_tol(k.p[kalman_at(i, j)], sum, 1e-4 * (1.0 + fabs(sum)));
        }
}
END_TEST

START_TEST(two_steps_are_one)
{
    for (unsigned m = 0; m < MOTION_MODELS; m += 2) { /* the models without a turn are linear */
        struct kalman one = moving(0.0), two = moving(0.0);
        motion_predict(&motion_models[m], &one, 6, 8.0);
        motion_predict(&motion_models[m], &two, 6, 3.0);
        motion_predict(&motion_models[m], &two, 6, 5.0);
        for (unsigned c = 0; c < KALMAN_COVS; c++)
            ck_assert_double_eq_tol(one.p[c], two.p[c], 1e-6 * (1.0 + fabs(one.p[c])));
    }
}
END_TEST

Suite *test_motion_suite(void)
{
    Suite *suite = suite_create("motion");
    TCase *vectors = tcase_create("vectors");
    tcase_add_test(vectors, a_straight_leg_goes_straight_and_its_doubt_grows_by_the_formula);
    tcase_add_test(vectors, a_turn_keeps_the_speed_and_closes_its_circle);
    tcase_add_test(vectors, a_positive_rate_turns_from_east_to_north);
    tcase_add_test(vectors, the_series_and_the_formula_meet);
    tcase_add_test(vectors, the_turns_jacobian_is_the_derivative);
    tcase_add_test(vectors, two_steps_are_one);
    suite_add_tcase(suite, vectors);
    return suite;
}
