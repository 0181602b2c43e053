#include "air/track.h"

#include <math.h>

#include "base/rng.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include "support/support.h"

static struct track track_of(double lat_deg, double lon_deg, double east_mps, double north_mps)
{
    struct track t = {.number = 7, .time = {1000000000}, .at = {lat_deg * UNIT_DEG, lon_deg * UNIT_DEG, 10000.0}, .east_mps = east_mps, .north_mps = north_mps};
    t.cov[TRACK_EE] = t.cov[TRACK_NN] = 100.0 * 100.0;
    t.cov[TRACK_VEVE] = t.cov[TRACK_VNVN] = 4.0;
    return t;
}

START_TEST(straight_flight_follows_a_geodesic)
{
    struct track t = track_of(49.0, -110.0, 220.0, 60.0), start = t;
    track_predict(&t, instant_add(t.time, 60.0), 0.0);
    double there = 0.0, distance_m = geodesic_inverse(start.at, t.at, NULL, &there);
    double speed = hypot(220.0, 60.0), scale = (FRAME_A + 10000.0) / FRAME_A;
    ck_assert_double_eq_tol(distance_m, speed * 60.0 / scale, 15.0);
    ck_assert_double_eq_tol(track_heading_rad(&t), there, 1e-4);
    ck_assert_double_eq_tol(track_speed_mps(&t), speed, 1e-9);
    ck_assert_double_eq(t.at.hae_m, 10000.0);
    ck_assert_int_eq(instant_cmp(t.time, instant_add(start.time, 60.0)), 0);
}
END_TEST

START_TEST(a_full_circle_comes_back)
{
    struct track t = track_of(32.0, -115.0, 150.0, 0.0), start = t;
    t.turn_rad_s = 3.0 * UNIT_DEG;
    for (int k = 0; k < 120; k++)
        track_predict(&t, instant_add(t.time, 1.0), 0.0);
    ck_assert_double_lt(geodesic_inverse(start.at, t.at, NULL, NULL), 5.0);
    ck_assert_double_eq_tol(frame_angle(track_heading_rad(&t) - UNIT_PI / 2.0), 0.0, 1e-3);
}
END_TEST

START_TEST(a_right_turn_turns_right)
{
    struct track t = track_of(45.0, -75.0, 0.0, 100.0);
    t.turn_rad_s = 3.0 * UNIT_DEG;
    track_predict(&t, instant_add(t.time, 10.0), 0.0);
    ck_assert_double_eq_tol(track_heading_rad(&t), 30.0 * UNIT_DEG, 1e-3);
    ck_assert_double_gt(t.at.lon_rad, -75.0 * UNIT_DEG);
}
END_TEST

START_TEST(covariance_of_a_straight_line_is_that_of_the_book)
{
    struct track t = track_of(40.0, -90.0, 200.0, 0.0);
    track_predict(&t, instant_add(t.time, 10.0), 3.0);
    ck_assert_double_eq_tol(t.cov[TRACK_EE], 1e4 + 4.0 * 100.0 + 3.0 * 1000.0 / 3.0, 1e-6);
    ck_assert_double_eq_tol(t.cov[TRACK_EVE], 4.0 * 10.0 + 3.0 * 100.0 / 2.0, 1e-6);
    ck_assert_double_eq_tol(t.cov[TRACK_VEVE], 4.0 + 3.0 * 10.0, 1e-6);
    ck_assert_double_eq_tol(t.cov[TRACK_EN], 0.0, 1e-6);
}
END_TEST

START_TEST(prediction_keeps_covariance_positive_and_composes)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    struct track t = track_of(-60.0 + 120.0 * rng_uniform(&r), -179.0 + 358.0 * rng_uniform(&r), 300.0 * rng_normal(&r), 300.0 * rng_normal(&r));
    t.turn_rad_s = 0.05 * rng_normal(&r);
    struct track once = t, twice = t;
    track_predict(&once, instant_add(t.time, 8.0), 0.0);
    track_predict(&twice, instant_add(t.time, 3.0), 0.0);
    track_predict(&twice, instant_add(t.time, 8.0), 0.0);
    ck_assert_double_lt(geodesic_inverse(once.at, twice.at, NULL, NULL), 2.0);
    for (int k = 0; k < TRACK_COVS; k++)
        ck_assert_double_eq_tol(once.cov[k], twice.cov[k], 1e-6 * (fabs(once.cov[k]) + 1.0));
    ck_assert_double_gt(once.cov[TRACK_EE] * once.cov[TRACK_NN] - once.cov[TRACK_EN] * once.cov[TRACK_EN], 0.0);
    ck_assert_double_gt(once.cov[TRACK_VEVE] * once.cov[TRACK_VNVN] - once.cov[TRACK_VEVN] * once.cov[TRACK_VEVN], 0.0);
}
END_TEST

START_TEST(climb_moves_height_and_its_error)
{
    struct track t = track_of(40.0, -90.0, 200.0, 0.0);
    t.flags = TRACK_CLIMB | TRACK_HEIGHT;
    t.climb_mps = -5.0;
    t.sigma_climb_mps = 2.0;
    t.sigma_height_m = 15.0;
    track_predict(&t, instant_add(t.time, 10.0), 0.0);
    ck_assert_double_eq_tol(t.at.hae_m, 9950.0, 1e-9);
    ck_assert_double_eq_tol(t.sigma_height_m, 25.0, 1e-9);
}
END_TEST

Suite *test_track_suite(void)
{
    Suite *suite = suite_create("track");
    TCase *t = tcase_create("prediction");
    tcase_add_test(t, straight_flight_follows_a_geodesic);
    tcase_add_test(t, a_full_circle_comes_back);
    tcase_add_test(t, a_right_turn_turns_right);
    tcase_add_test(t, covariance_of_a_straight_line_is_that_of_the_book);
    tcase_add_loop_test(t, prediction_keeps_covariance_positive_and_composes, 0, 50);
    tcase_add_test(t, climb_moves_height_and_its_error);
    suite_add_tcase(suite, t);
    return suite;
}
