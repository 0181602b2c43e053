#include "picture/station.h"

#include <math.h>

#include "base/unit.h"
#include "kit.h"
#include "support/support.h"

START_TEST(a_target_beyond_range_or_horizon_is_not_expected)
{
    struct site s = kit_radar(1, 40, -90, 12.0);
    struct geodetic near = {40.5 * UNIT_DEG, -90 * UNIT_DEG, 9000}, low = {42 * UNIT_DEG, -90 * UNIT_DEG, 300}, far = {50 * UNIT_DEG, -90 * UNIT_DEG, 12000};
    ck_assert_double_gt(station_detection(&s, true, near), 0.5);
    ck_assert_double_eq(station_detection(&s, true, low), 0.0);
    ck_assert_double_eq(station_detection(&s, true, far), 0.0);
    ck_assert_double_le(station_detection(&s, false, near), station_detection(&s, true, near));
}
END_TEST

START_TEST(a_target_in_the_cone_of_silence_is_not_expected)
{
    struct site s = kit_radar(1, 40, -90, 12.0);
    struct geodetic above = {40.05 * UNIT_DEG, -90 * UNIT_DEG, 9000}, beside = {40.15 * UNIT_DEG, -90 * UNIT_DEG, 9000};
    ck_assert_double_eq(station_detection(&s, true, above), 0.0);
    ck_assert_double_gt(station_detection(&s, true, beside), 0.5);
}
END_TEST

START_TEST(echoes_are_false_more_often_than_replies)
{
    struct site s = kit_radar(1, 40, -90, 12.0);
    struct station t;
    station_init(&t, &s);
    struct plot echo = {.flags = PLOT_PRIMARY}, reply = {.flags = PLOT_SECONDARY};
    ck_assert_double_gt(station_density(&t, &s, &echo), 5.0 * station_density(&t, &s, &reply));
}
END_TEST

START_TEST(the_count_of_false_plots_is_learned)
{
    struct site s = kit_radar(1, 40, -90, 10.0);
    s.false_plots = 20.0;
    struct station t;
    station_init(&t, &s);
    for (int i = 0; i < 60 * 50; i++) /* sixty a turn, for fifty turns */
        station_add_false(&t, sky_instant(i * 10.0 / 60.0));
    ck_assert_double_eq_tol(t.false_plots, 60.0, 3.0);
}
END_TEST

START_TEST(latency_and_lateness_are_measured)
{
    struct site s = kit_radar(1, 40, -90, 12.0);
    struct station t;
    station_init(&t, &s);
    for (int i = 0; i < 500; i++) {
        double late = i % 10 == 9 ? 1.5 : 0.0;
        struct plot p = {.time = sky_instant(i - late), .arrival = sky_instant(i + 0.8)};
        station_hear(&t, &p);
    }
    ck_assert_double_eq_tol(t.latency_s, 0.95, 0.15);
    ck_assert_double_eq_tol(t.late_s, 0.5, 0.05);
    ck_assert_int_eq(instant_cmp(t.seen, sky_instant(498)), 0);
    ck_assert_uint_eq(t.plots, 500);
}
END_TEST

Suite *test_station_suite(void)
{
    Suite *suite = suite_create("station");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, a_target_beyond_range_or_horizon_is_not_expected);
    tcase_add_test(claims, a_target_in_the_cone_of_silence_is_not_expected);
    tcase_add_test(claims, echoes_are_false_more_often_than_replies);
    tcase_add_test(claims, the_count_of_false_plots_is_learned);
    tcase_add_test(claims, latency_and_lateness_are_measured);
    suite_add_tcase(suite, claims);
    return suite;
}
