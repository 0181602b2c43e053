#include "wire/clock.h"

#include <math.h>

#include "base/rng.h"
#include "support/support.h"

#define TOLERANCE_S 10.0
static const struct instant noon = {INT64_C(1800014400000000000) - INT64_C(1800014400000000000) % INSTANT_DAY_NS + INSTANT_DAY_NS / 2};

/* A statement made by a clock that is `wrong_s` off, for a true time, arriving latency_s later. */
static struct clock_reading say(struct clock *c, struct instant truth, double wrong_s, double period_s, double latency_s)
{
    double tod_s = floor(instant_time_of_day(instant_add(truth, wrong_s)) * 128.0) / 128.0;
    return clock_read(c, fmod(tod_s, period_s), period_s, instant_add(truth, latency_s), TOLERANCE_S);
}

START_TEST(right_clocks_are_taken_at_their_word_across_midnight)
{
    struct clock c = clock_init();
    struct rng r = rng_init(1);
    for (int k = 0; k < 2000; k++) {
        struct instant truth = instant_add(noon, 43200.0 - 100.0 + k * 0.1);
        struct clock_reading got = say(&c, truth, 0.0, 86400.0, 0.5 + 0.8 * rng_uniform(&r));
        ck_assert(!got.estimated);
        ck_assert_double_lt(fabs(instant_diff(got.time, truth)), 1.0 / 127.0);
        ck_assert_uint_eq(got.change, CLOCK_SAME);
    }
    ck_assert_double_eq_tol(c.latency_s, 0.9, 0.25);
}
END_TEST

static const double wrongs[] = {1581.7, -1581.7, 40.0, -12.0, 43000.0, -43190.0, 7200.0};

START_TEST(a_wrong_clock_is_recognised_once_and_corrected_to_half_a_second)
{
    struct clock c = clock_init();
    struct rng r = rng_init(2);
    int turns = 0;
    for (int k = 0; k < 500; k++) {
        struct instant truth = instant_add(noon, k * 0.37);
        struct clock_reading got = say(&c, truth, wrongs[_i], 86400.0, 0.5 + 0.8 * rng_uniform(&r));
        turns += got.change != CLOCK_SAME;
        ck_assert(got.estimated || k == 0);
        ck_assert_double_lt(fabs(instant_diff(got.time, truth)), 1.0);
        if (got.change != CLOCK_SAME) {
            ck_assert_uint_eq(got.change, CLOCK_TURNED_WRONG);
            ck_assert_double_eq_tol(got.offset_s, -wrongs[_i], 1.0);
            ck_assert_int_eq(k, CLOCK_WINDOW - 1);
        }
    }
    ck_assert_int_eq(turns, 1);
}
END_TEST

START_TEST(plots_of_one_scan_keep_their_distance_in_time)
{
    struct clock c = clock_init();
    struct rng r = rng_init(3);
    double least = 10.0, most = -10.0;
    for (int k = 0; k < 2000; k++) {
        struct instant truth = instant_add(noon, k * 0.05);
        struct clock_reading got = say(&c, truth, 1581.7, 86400.0, 1.2 + 0.1 * rng_normal(&r));
        if (k < 2 * CLOCK_WINDOW)
            continue;
        least = fmin(least, instant_diff(got.time, truth));
        most = fmax(most, instant_diff(got.time, truth));
    }
    ck_assert_double_lt(most - least, 0.3); /* the offset in force hardly moves, whatever the line's jitter */
}
END_TEST

START_TEST(a_wrong_clock_that_drifts_is_followed_without_further_notice)
{
    struct clock c = clock_init();
    struct rng r = rng_init(7);
    int turns = 0;
    for (int k = 0; k < 20000; k++) { /* tracks of another system: up to six seconds old; the clock gains 0.1 ms per message */
        struct instant truth = instant_add(noon, k * 0.05);
        struct clock_reading got = say(&c, truth, 7273.0 + k * 1e-4, 86400.0, 0.5 + 6.0 * rng_uniform(&r));
        turns += got.change != CLOCK_SAME;
        if (k > 1000)
            ck_assert_double_lt(fabs(instant_diff(got.time, truth) - 2.7), 1.5);
    }
    ck_assert_int_eq(turns, 1);
}
END_TEST

START_TEST(a_clock_that_is_set_right_is_recognised)
{
    struct clock c = clock_init();
    int right = 0;
    for (int k = 0; k < 100; k++) {
        struct instant truth = instant_add(noon, k);
        struct clock_reading got = say(&c, truth, k < 50 ? 1581.7 : 0.0, 86400.0, 0.7);
        right += got.change == CLOCK_TURNED_RIGHT;
        ck_assert_double_lt(fabs(instant_diff(got.time, truth)), 1.0);
        if (k >= 50 + CLOCK_WINDOW)
            ck_assert(!got.estimated);
    }
    ck_assert_int_eq(right, 1);
}
END_TEST

START_TEST(a_line_that_was_held_up_does_not_make_a_clock_wrong)
{
    struct clock c = clock_init();
    for (int k = 0; k < 100; k++)
        (void)say(&c, instant_add(noon, k * 0.5), 0.0, 86400.0, 0.7);
    for (int k = 0; k < 120; k++) { /* a minute of data in one burst */
        struct instant truth = instant_add(noon, 50.0 + k * 0.5);
        struct clock_reading got = say(&c, truth, 0.0, 86400.0, 60.0 - k * 0.5 + 0.7);
        ck_assert_uint_eq(got.change, CLOCK_SAME);
        ck_assert(!got.estimated);
        ck_assert_double_lt(fabs(instant_diff(got.time, truth)), 0.01);
    }
}
END_TEST

START_TEST(single_absurd_times_cost_only_themselves)
{
    struct clock c = clock_init();
    for (int k = 0; k < 200; k++) {
        struct instant truth = instant_add(noon, k * 0.5);
        struct clock_reading got = say(&c, truth, k % 10 == 9 ? -20000.0 * (k % 3) + 9999.0 : 0.0, 86400.0, 0.7);
        ck_assert_uint_eq(got.change, CLOCK_SAME);
        if (k % 10 != 9)
            ck_assert_double_lt(fabs(instant_diff(got.time, truth)), 0.01);
    }
}
END_TEST

START_TEST(truncated_times_are_unfolded_also_when_the_clock_is_wrong)
{
    double wrong_s = _i ? 1581.7 : 0.0;
    struct clock c = clock_init();
    for (int k = 0; k < 4000; k++) {
        struct instant truth = instant_add(noon, 42000.0 + k * 0.9); /* through midnight */
        struct clock_reading got = say(&c, truth, wrong_s, 512.0, 0.8);
        ck_assert_msg(fabs(instant_diff(got.time, truth)) < 0.3, "%d: %g", k, instant_diff(got.time, truth));
    }
}
END_TEST

START_TEST(without_a_time_the_usual_latency_is_taken_off)
{
    struct clock c = clock_init();
    ck_assert_double_eq_tol(instant_diff(noon, clock_without(&c, noon)), CLOCK_LATENCY_S, 1e-9);
    for (int k = 0; k < 300; k++)
        (void)say(&c, instant_add(noon, k), 0.0, 86400.0, 1.3);
    ck_assert_double_eq_tol(instant_diff(noon, clock_without(&c, noon)), 1.3, 0.02);
}
END_TEST

START_TEST(unwrapping_follows_midnight_and_bears_disorder)
{
    struct clock_front f = clock_front_init();
    struct instant date = instant_midnight(noon);
    struct rng r = rng_init(4);
    for (int k = 0; k < 40000; k++) {
        double t = 86000.0 + k * 4.0 + 3.0 * rng_normal(&r);
        struct instant got = clock_unwrap(&f, fmod(t, 86400.0), 86400.0, date);
        ck_assert_double_eq_tol(instant_diff(got, date), t, 1e-6);
    }
}
END_TEST

START_TEST(one_time_far_ahead_does_not_move_the_front_but_a_gap_does)
{
    struct clock_front f = clock_front_init();
    struct instant date = instant_midnight(noon);
    (void)clock_unwrap(&f, 1000.0, 86400.0, date);
    (void)clock_unwrap(&f, 30000.0, 86400.0, date);
    ck_assert_double_eq_tol(instant_diff(f.front, date), 1000.0, 1e-9);
    (void)clock_unwrap(&f, 1001.0, 86400.0, date);
    ck_assert_double_eq_tol(instant_diff(f.front, date), 1001.0, 1e-9);
    (void)clock_unwrap(&f, 9000.0, 86400.0, date);
    (void)clock_unwrap(&f, 9000.5, 86400.0, date);
    ck_assert_double_eq_tol(instant_diff(f.front, date), 9000.5, 1e-9);
}
END_TEST

Suite *test_clock_suite(void)
{
    Suite *suite = suite_create("clock");
    TCase *t = tcase_create("arrival");
    tcase_add_test(t, right_clocks_are_taken_at_their_word_across_midnight);
    tcase_add_loop_test(t, a_wrong_clock_is_recognised_once_and_corrected_to_half_a_second, 0, 7);
    tcase_add_test(t, plots_of_one_scan_keep_their_distance_in_time);
    tcase_add_test(t, a_wrong_clock_that_drifts_is_followed_without_further_notice);
    tcase_add_test(t, a_clock_that_is_set_right_is_recognised);
    tcase_add_test(t, a_line_that_was_held_up_does_not_make_a_clock_wrong);
    tcase_add_test(t, single_absurd_times_cost_only_themselves);
    tcase_add_loop_test(t, truncated_times_are_unfolded_also_when_the_clock_is_wrong, 0, 2);
    tcase_add_test(t, without_a_time_the_usual_latency_is_taken_off);
    suite_add_tcase(suite, t);
    t = tcase_create("unwrapping");
    tcase_add_test(t, unwrapping_follows_midnight_and_bears_disorder);
    tcase_add_test(t, one_time_far_ahead_does_not_move_the_front_but_a_gap_does);
    suite_add_tcase(suite, t);
    return suite;
}
