/* Racetracks: that they pass their points, keep their speed, their height and their right hand, and close. */
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sensor/orbit.h"
#include "support/support.h"
#include <math.h>

Suite *test_orbit_suite(void);

static const struct geodetic gulf_a = {25.0 * UNIT_DEG, -92.0 * UNIT_DEG, 0}, gulf_b = {25.5 * UNIT_DEG, -89.5 * UNIT_DEG, 0};

START_TEST(a_racetrack_begins_at_one_point_and_passes_the_other)
{
    struct orbit o = orbit_init(gulf_a, gulf_b, 8800, 180, 20 * UNIT_DEG);
    double leg_m = geodesic_inverse(gulf_a, gulf_b, NULL, NULL), course;

    geodesic_inverse(gulf_a, gulf_b, &course, NULL);
    ck_assert_double_le(geodesic_inverse(orbit_at(&o, 0, NULL), gulf_a, NULL, NULL), 60);
    ck_assert_double_le(geodesic_inverse(orbit_at(&o, leg_m / 180, NULL), gulf_b, NULL, NULL), 120);
    double heading;
    orbit_at(&o, 0, &heading);
    ck_assert_double_le(fabs(frame_angle(heading - course)), 0.02);
    ck_assert_double_eq_tol(o.radius_m, 180 * 180 / (9.80665 * tan(20 * UNIT_DEG)), 1e-6);
}
END_TEST

START_TEST(it_closes_and_keeps_speed_height_and_its_right_hand)
{
    struct orbit o = orbit_init(gulf_a, gulf_b, 8800, 180, 20 * UNIT_DEG);
    double period = orbit_period_s(&o), before, turned = 0;
    struct geodetic last = orbit_at(&o, 0, &before);

    for (double t = 1; t <= period; t += 1) {
        double heading, bearing;
        struct geodetic at = orbit_at(&o, t, &heading);
        ck_assert_double_eq_tol(geodesic_inverse(last, at, &bearing, NULL), 180, 0.2);
        ck_assert_double_le(fabs(frame_angle(heading - bearing)), 0.03);
        ck_assert_double_eq(at.hae_m, 8800);
        ck_assert_double_ge(frame_angle(heading - before), -1e-9);
        turned += frame_angle(heading - before);
        last = at;
        before = heading;
    }
    ck_assert_double_eq_tol(turned, 2 * UNIT_PI, 0.05);
    ck_assert_double_le(geodesic_inverse(orbit_at(&o, period, NULL), orbit_at(&o, 0, NULL), NULL, NULL), 1e-3);
    ck_assert_double_le(geodesic_inverse(orbit_at(&o, -3, NULL), orbit_at(&o, period - 3, NULL), NULL, NULL), 1e-3);
}
END_TEST

START_TEST(one_point_alone_is_circled)
{
    struct orbit o = orbit_init(gulf_a, gulf_a, 8800, 150, 15 * UNIT_DEG);

    ck_assert_double_eq_tol(orbit_period_s(&o), 2 * UNIT_PI * o.radius_m / 150, 1e-6);
    for (double t = 0; t < orbit_period_s(&o); t += 10) {
        struct geodetic at = orbit_at(&o, t, NULL);
        ck_assert_double_eq_tol(geodesic_inverse(at, o.middle.at, NULL, NULL), o.radius_m, 5);
    }
}
END_TEST

Suite *test_orbit_suite(void)
{
    Suite *s = suite_create("orbit");
    TCase *t = tcase_create("orbit");

    tcase_add_test(t, a_racetrack_begins_at_one_point_and_passes_the_other);
    tcase_add_test(t, it_closes_and_keeps_speed_height_and_its_right_hand);
    tcase_add_test(t, one_point_alone_is_circled);
    suite_add_tcase(s, t);
    return s;
}
