#include "base/solve.h"

#include "base/rng.h"
#include <math.h>

#include "support/support.h"

#define N 12u

/* A = B B' + 1, whole, and packed. */
static void random_system(uint64_t seed, double whole[N][N], double packed[SOLVE_SIZE(N)])
{
    struct rng r = rng_init(seed);
    double b[N][N];
    for (unsigned i = 0; i < N; i++)
        for (unsigned j = 0; j < N; j++)
            b[i][j] = rng_normal(&r);
    for (unsigned i = 0; i < N; i++)
        for (unsigned j = 0; j < N; j++) {
            whole[i][j] = i == j ? 1.0 : 0.0;
            for (unsigned k = 0; k < N; k++)
                whole[i][j] += b[i][k] * b[j][k];
            if (j <= i)
                packed[solve_at(i, j)] = whole[i][j];
        }
}

START_TEST(a_solved_system_gives_back_its_right_hand_side)
{
    double a[N][N], l[SOLVE_SIZE(N)], x[N];
    random_system((uint64_t)_i + 1, a, l);
    for (unsigned i = 0; i < N; i++)
        x[i] = i + 1.0;
    ck_assert(solve_factor(l, N));
    solve_forward(l, N, x);
    solve_backward(l, N, 0, x);
    for (unsigned i = 0; i < N; i++) {
        double y = 0.0;
        for (unsigned k = 0; k < N; k++)
            y += a[i][k] * x[k];
        ck_assert_double_eq_tol(y, i + 1.0, 1e-9);
    }
}
END_TEST

START_TEST(the_last_unknowns_need_no_others)
{
    double a[N][N], l[SOLVE_SIZE(N)], all[N], last[N];
    random_system(7, a, l);
    for (unsigned i = 0; i < N; i++)
        all[i] = last[i] = sin(i);
    ck_assert(solve_factor(l, N));
    solve_forward(l, N, all);
    solve_backward(l, N, 0, all);
    solve_forward(l, N, last);
    solve_backward(l, N, N - 4, last);
    for (unsigned i = N - 4; i < N; i++)
        ck_assert_double_eq(all[i], last[i]);
}
END_TEST

START_TEST(variances_are_the_diagonal_of_the_inverse)
{
    double a[N][N], l[SOLVE_SIZE(N)], var[4];
    random_system(8, a, l);
    ck_assert(solve_factor(l, N));
    solve_variances(l, N, N - 4, var);
    for (unsigned i = N - 4; i < N; i++) {
        double unit[N] = {0.0};
        unit[i] = 1.0;
        solve_forward(l, N, unit);
        solve_backward(l, N, 0, unit);
        ck_assert_double_eq_tol(var[i - (N - 4)], unit[i], 1e-12);
    }
}
END_TEST

START_TEST(what_is_not_positive_definite_is_refused)
{
    double l[SOLVE_SIZE(2)] = {1.0, 2.0, 1.0};
    ck_assert(!solve_factor(l, 2));
}
END_TEST

Suite *test_solve_suite(void)
{
    Suite *suite = suite_create("solve");
    TCase *claims = tcase_create("claims");
    tcase_add_loop_test(claims, a_solved_system_gives_back_its_right_hand_side, 0, 8);
    tcase_add_test(claims, the_last_unknowns_need_no_others);
    tcase_add_test(claims, variances_are_the_diagonal_of_the_inverse);
    tcase_add_test(claims, what_is_not_positive_definite_is_refused);
    suite_add_tcase(suite, claims);
    return suite;
}
