#include "estimate/vertical.h"

#include <math.h>

#include "base/rng.h"
#include "support/support.h"

static struct instant at(double s)
{
    return instant_add((struct instant){0}, s);
}

START_TEST(a_climb_is_found_within_half_a_minute)
{
    struct vertical v = {0};
    for (int t = 0; t <= 32; t += 4)
        vertical_update(&v, at(t), 3000.0 + 10.0 * t, 400.0);
    ck_assert_double_eq_tol(v.climb_mps, 10.0, 1.5);
    ck_assert_double_eq_tol(v.height_m, 3320.0, 20.0);
}
END_TEST

START_TEST(one_garbled_height_is_left_out_and_a_second_one_believed)
{
    struct vertical v = {0};
    for (int t = 0; t <= 20; t += 4)
        vertical_update(&v, at(t), 9000.0, 400.0);
    ck_assert(!vertical_update(&v, at(24), 2000.0, 400.0));
    ck_assert_double_eq_tol(v.height_m, 9000.0, 30.0);
    ck_assert(vertical_update(&v, at(28), 9000.0, 400.0));
    ck_assert(!vertical_update(&v, at(32), 2000.0, 400.0));
    ck_assert(vertical_update(&v, at(36), 2000.0, 400.0));
    ck_assert_double_eq_tol(v.height_m, 2000.0, 1e-9);
}
END_TEST

START_TEST(an_equal_height_speaks_for_it_and_a_far_one_against)
{
    struct vertical v = {0}, empty = {0};
    for (int t = 0; t <= 20; t += 4)
        vertical_update(&v, at(t), 9000.0, 400.0);
    ck_assert_double_gt(vertical_log_ratio(&v, at(24), 9010.0, 400.0), 3.0);
    ck_assert_double_lt(vertical_log_ratio(&v, at(24), 7000.0, 400.0), -4.0);
    ck_assert_double_eq(vertical_log_ratio(&empty, at(24), 7000.0, 400.0), 0.0);
}
END_TEST

/* 200 flights that follow the filter's own model; the squared error over its variance must average 1 (two thirds of the 99.9 % band of 200 draws: 0.69 to 1.37). */
START_TEST(its_doubt_is_what_its_errors_are)
{
    struct rng r = rng_init(3);
    double sum = 0.0;
    for (int flight = 0; flight < 200; flight++) {
        struct vertical v = {0};
        double h = 5000.0 + 1000.0 * rng_normal(&r), climb = 10.0 * rng_normal(&r);
        for (int t = 0; t <= 60; t += 4) {
            vertical_update(&v, at(t), h + 20.0 * rng_normal(&r), 400.0);
            double a = rng_normal(&r) * sqrt(1.5 * 4.0), b = rng_normal(&r) * sqrt(1.5 * 64.0 / 12.0); /* exact discretisation of white acceleration */
            if (t < 60) {
                h += 4.0 * climb + 2.0 * a + b;
                climb += a;
            }
        }
        sum += (v.height_m - h) * (v.height_m - h) / v.hh;
    }
    ck_assert_double_gt(sum / 200.0, 0.69);
    ck_assert_double_lt(sum / 200.0, 1.37);
}
END_TEST

Suite *test_vertical_suite(void)
{
    Suite *suite = suite_create("vertical");
    TCase *vectors = tcase_create("vectors"), *statistical = tcase_create("statistical");
    tcase_add_test(vectors, a_climb_is_found_within_half_a_minute);
    tcase_add_test(vectors, one_garbled_height_is_left_out_and_a_second_one_believed);
    tcase_add_test(vectors, an_equal_height_speaks_for_it_and_a_far_one_against);
    tcase_add_test(statistical, its_doubt_is_what_its_errors_are);
    suite_add_tcase(suite, vectors);
    suite_add_tcase(suite, statistical);
    return suite;
}
