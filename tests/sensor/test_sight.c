#include "sensor/sight.h"

#include "base/unit.h"
#include <math.h>

#include "support/support.h"

static struct site radar(void)
{
    struct site s = site_usual(SITE_PSR_3D, 12);

    s.primary.range_max_m = 400e3;
    s.secondary.range_max_m = 460e3;
    return s;
}

START_TEST(the_probability_is_the_stated_one_at_the_stated_range)
{
    struct site s = radar();
    struct sight_type t = sight_type_usual(&s);

    ck_assert_double_eq_tol(sight_detection(&t, 2, 0.85 * 400e3), s.primary.detection, 1e-12);
    ck_assert_double_eq_tol(sight_detection(&t, 32, 2 * 0.85 * 400e3), s.primary.detection, 1e-12); /* the fourth power */
    ck_assert_double_lt(sight_detection(&t, 2, 400e3), s.primary.detection);
}
END_TEST

START_TEST(the_range_is_where_the_probability_falls_below_the_threshold)
{
    struct site s = radar();
    struct sight_type t = sight_type_usual(&s);

    for (double rcs = 0.01; rcs < 3; rcs *= 3) {
        struct sight_target target = {rcs, 0.9};
        struct sight sight = sight_of(&s, &t, &target);
        ck_assert_double_gt(sight.range_m[SIGHT_ECHO], 0);
        ck_assert_double_eq_tol(sight_detection(&t, rcs, sight.range_m[SIGHT_ECHO]), 0.9, 1e-9);
    }
    struct sight_target large = {1000, 0.8};
    struct sight sight = sight_of(&s, &t, &large);
    ck_assert_double_eq(sight.range_m[SIGHT_ECHO], 400e3);
    ck_assert_double_eq(sight.range_m[SIGHT_REPLY], 460e3);
    large.detection = 0.999;
    ck_assert_double_eq(sight_of(&s, &t, &large).range_m[SIGHT_REPLY], 0); /* replies are not so sure */
}
END_TEST

/* At both ends of the span the slant range is the range or the elevation is the limit. */
START_TEST(the_span_ends_at_range_and_beam)
{
    struct site s = radar();
    struct sight_type t = sight_type_usual(&s);
    struct sight_target target = {1000, 0.8};
    struct sight sight = sight_of(&s, &t, &target);
    double k = HORIZON_FOUR_THIRDS, a = k * HORIZON_EARTH_M, antenna = 500;

    for (double arc = 5e3; arc < 400e3; arc += 5e3) {
        struct sight_span span = sight_span(&sight, SIGHT_ECHO, k, antenna, (struct horizon_place){1, arc}, 0);
        double theta = arc / a, b = a + antenna, c = a + span.high_m, slant = sqrt(b * b + c * c - 2 * b * c * cos(theta));
        double elevation = atan(horizon_tangent(k, antenna, span.high_m, arc)) / UNIT_DEG;
        ck_assert(fabs(slant - 400e3) < 0.01 || fabs(elevation - 45) < 1e-6);
        ck_assert(slant <= 400e3 + 0.01 && elevation <= 45 + 1e-6);
        ck_assert_double_ge(span.low_m, 0);
    }
    struct sight_span beyond = sight_span(&sight, SIGHT_ECHO, k, antenna, (struct horizon_place){1, 401e3}, 0);
    ck_assert_double_gt(beyond.low_m, beyond.high_m);
}
END_TEST

START_TEST(over_the_horizon_sees_a_sector_beyond_its_blind_range)
{
    struct site s = radar();
    struct sight_type t = sight_type_usual(&s);
    struct sight_target target = {1000, 0.8};
    s.primary.range_max_m = t.reference_range_m = 3000e3;
    t.over_horizon = true;
    t.nearest_m = 900e3;
    t.sector_from_rad = 350 * UNIT_DEG;
    t.sector_to_rad = 54 * UNIT_DEG;
    struct sight sight = sight_of(&s, &t, &target);

    static const struct { double azimuth, arc; bool seen; } cases[] = {{0, 1000e3, true}, {340, 1000e3, false}, {53, 2900e3, true}, {55, 2900e3, false}, {0, 800e3, false}, {0, 3100e3, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sight_span span = sight_span(&sight, SIGHT_ECHO, 1, 0, (struct horizon_place){cases[i].azimuth * UNIT_DEG, cases[i].arc}, 1e5);
        ck_assert_int_eq(span.low_m <= span.high_m, cases[i].seen);
    }
}
END_TEST

Suite *test_sight_suite(void)
{
    Suite *suite = suite_create("sight");
    TCase *tc = tcase_create("vectors");

    tcase_add_test(tc, the_probability_is_the_stated_one_at_the_stated_range);
    tcase_add_test(tc, the_range_is_where_the_probability_falls_below_the_threshold);
    tcase_add_test(tc, the_span_ends_at_range_and_beam);
    tcase_add_test(tc, over_the_horizon_sees_a_sector_beyond_its_blind_range);
    suite_add_tcase(suite, tc);
    return suite;
}
