#include "score/error.h"

#include "base/rng.h"
#include "base/unit.h"
#include "score/sight.h"
#include <stdlib.h>

#define GATE_M 5000.0
#define COUNT 999

static struct error error;

static void setup(void)
{
    error_init(&error, GATE_M);
}

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

START_TEST(percentiles_are_those_of_the_sorted_errors_to_a_bin)
{
    struct rng r = rng_init(3);
    struct match_state at = sight(0, 0, 0);
    double all[COUNT], sum2 = 0;
    for (int i = 0; i < COUNT; i++) {
        all[i] = GATE_M * pow(rng_uniform(&r), 3);
        sum2 += all[i] * all[i];
        error_input(&error, &at, &at, all[i]);
    }
    qsort(all, COUNT, sizeof *all, by_value);
    ck_assert_double_eq_tol(error_percentile_m(&error, 0.5), all[499], GATE_M / ERROR_BINS);
    ck_assert_double_eq_tol(error_percentile_m(&error, 0.95), all[948] + 0.1 * (all[949] - all[948]), GATE_M / ERROR_BINS);
    ck_assert_double_eq_tol(error_percentile_m(&error, 1), all[COUNT - 1], GATE_M / ERROR_BINS);
    ck_assert_double_eq_tol(error_rms(error.sum_m2, error.count), sqrt(sum2 / COUNT), 1e-6);
}
END_TEST

START_TEST(an_offset_falls_apart_along_and_across_the_course)
{
    struct match_state truth = sight(0, 0, 0), track = sight(0, 300, 400);
    truth.north_mps = 0;
    truth.east_mps = 200;
    track.north_mps = 200;
    track.east_mps = 0;
    error_input(&error, &truth, &track, 500);
    ck_assert_double_eq_tol(error_rms(error.along_m2, error.motions), 300, 0.1);
    ck_assert_double_eq_tol(error_rms(error.across_m2, error.motions), 400, 0.1);
    ck_assert_double_eq_tol(error_mean(error.velocity_mps, error.velocities), 200 * sqrt(2), 1e-9);
    ck_assert_double_eq_tol(error_rms(error.speed_m2_s2, error.velocities), 0, 1e-9);
    ck_assert_double_eq_tol(error_rms(error.heading_rad2, error.velocities), 0.5 * UNIT_PI, 1e-12);
}
END_TEST

START_TEST(what_is_not_known_is_not_judged)
{
    struct match_state truth = sight(0, 0, 0), track = truth;
    truth.alt_m = 3000;
    error_input(&error, &truth, &track, 0);
    ck_assert_uint_eq(error.motions + error.velocities + error.heights, 0);
    ck_assert(isnan(error_mean(error.height_m, error.heights)));
    track.alt_m = 3100;
    error_input(&error, &truth, &track, 0);
    ck_assert_uint_eq(error.heights_wrong, 1); /* 100 m are more than 300 ft */
    ck_assert_double_eq(error_mean(error.height_m, error.heights), 100);
}
END_TEST

Suite *test_error_suite(void)
{
    Suite *suite = suite_create("error");
    TCase *property = tcase_create("property"), *vectors = tcase_create("vectors");
    tcase_add_checked_fixture(property, setup, NULL);
    tcase_add_checked_fixture(vectors, setup, NULL);
    tcase_add_test(property, percentiles_are_those_of_the_sorted_errors_to_a_bin);
    tcase_add_test(vectors, an_offset_falls_apart_along_and_across_the_course);
    tcase_add_test(vectors, what_is_not_known_is_not_judged);
    suite_add_tcase(suite, property);
    suite_add_tcase(suite, vectors);
    return suite;
}
