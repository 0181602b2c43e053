#include "track/quality.h"

#include <math.h>

#include "base/unit.h"
#include "kit.h"
#include "support/support.h"
#include "track/life.h"

/* A track whose anchor stands 40 km west of it: east and north there are not those of the anchor. */
static struct store_track away(void)
{
    struct site radar = kit_site(1, 60.0 * UNIT_DEG, -90.0 * UNIT_DEG);
    struct geodetic target = {60.2 * UNIT_DEG, -89.0 * UNIT_DEG, 9000.0};
    struct store_track t = {0};
    struct filter_plot p = kit_plot(&radar, 0, target, true);
    filter_start(&t, &p);
    struct frame old = t.anchor;
    t.anchor = frame_at((struct geodetic){60.2 * UNIT_DEG, -89.72 * UNIT_DEG, 0.0});
    struct vec3 enu = frame_to_enu(&t.anchor, p.at.ecef);
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        t.imm.model[j].x[KALMAN_E] = enu.x;
        t.imm.model[j].x[KALMAN_N] = enu.y;
        struct vec3 v = frame_turn_to_enu(&t.anchor, frame_turn_from_enu(&old, (struct vec3){0.0, 200.0, 0.0})); /* due north at the aircraft */
        t.imm.model[j].x[KALMAN_VE] = v.x;
        t.imm.model[j].x[KALMAN_VN] = v.y;
    }
    return t;
}

START_TEST(position_and_velocity_are_the_aircrafts_own_east_and_north)
{
    struct store_track t = away();
    struct track out;
    quality_report(&t, &t.imm, &out);
    ck_assert_double_eq_tol(out.at.lat_rad, 60.2 * UNIT_DEG, 1.0 / FRAME_A);
    ck_assert_double_eq_tol(out.at.lon_rad, -89.0 * UNIT_DEG, 2.0 / FRAME_A);
    ck_assert_double_eq_tol(out.at.hae_m, 9000.0, 1e-6);
    ck_assert_double_eq_tol(out.north_mps, 200.0, 0.05);
    ck_assert_double_eq_tol(out.east_mps, 0.0, 0.05);
}
END_TEST

START_TEST(the_covariance_turns_with_them_and_keeps_its_trace)
{
    struct store_track t = away();
    struct track out;
    struct kalman k;
    imm_combine(&t.imm, &k);
    quality_report(&t, &t.imm, &out);
    double before = k.p[kalman_at(0, 0)] + k.p[kalman_at(1, 1)], after = out.cov[TRACK_EE] + out.cov[TRACK_NN];
    ck_assert_double_eq_tol(after, before, 1e-3);
    ck_assert(fabs(out.cov[TRACK_EN] - k.p[kalman_at(0, 1)]) > 1.0);
    ck_assert_double_gt(out.cov[TRACK_EE] * out.cov[TRACK_NN], out.cov[TRACK_EN] * out.cov[TRACK_EN]);
}
END_TEST

START_TEST(sensors_are_told_latest_first_and_their_support_with_them)
{
    struct store_track t = away();
    struct track out;
    t.life = LIFE_CONFIRMED;
    t.flags = STORE_SENSED;
    for (uint16_t i = 0; i < 3; i++) {
        struct store_look *l = store_add_look(&t, i);
        l->source = (uint16_t)(100 + i);
        l->hit = kit_at(i == 1 ? 9.0 : i);
        l->misses = i == 1 ? 0 : 2;
    }
    quality_report(&t, &t.imm, &out);
    ck_assert_uint_eq(out.sensors, 3);
    ck_assert_uint_eq(out.sensor[0].source, 101);
    ck_assert_uint_eq(out.sensor[1].source, 102);
    ck_assert_uint_eq(out.flags & (TRACK_CONFIRMED | TRACK_MONOSENSOR | TRACK_COASTING | TRACK_FOREIGN_ONLY), TRACK_CONFIRMED | TRACK_MONOSENSOR);
    t.look[1].misses = 1;
    quality_report(&t, &t.imm, &out);
    ck_assert(out.flags & TRACK_COASTING);
    t.flags = 0;
    quality_report(&t, &t.imm, &out);
    ck_assert(out.flags & TRACK_FOREIGN_ONLY);
}
END_TEST

START_TEST(a_left_turn_is_anticlockwise_and_reported_negative)
{
    struct store_track t = away();
    struct track out;
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        t.imm.model[j].x[KALMAN_TURN] = 0.03;
    quality_report(&t, &t.imm, &out);
    ck_assert_double_eq_tol(out.turn_rad_s, -0.03, 1e-12);
}
END_TEST

Suite *test_quality_suite(void)
{
    Suite *suite = suite_create("quality");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, position_and_velocity_are_the_aircrafts_own_east_and_north);
    tcase_add_test(claims, the_covariance_turns_with_them_and_keeps_its_trace);
    tcase_add_test(claims, sensors_are_told_latest_first_and_their_support_with_them);
    tcase_add_test(claims, a_left_turn_is_anticlockwise_and_reported_negative);
    suite_add_tcase(suite, claims);
    return suite;
}
