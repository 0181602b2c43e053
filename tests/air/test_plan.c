/* Plans: what cannot be is refused; times are filled in; the way is a great circle. */
#include "air/plan.h"
#include "base/err.h"
#include "base/unit.h"
#include "support/support.h"
#include <math.h>
#include <string.h>

Suite *test_plan_suite(void);

#define T0 INT64_C(1800000000000000000)

/* Along the equator eastwards, then due north: 10 degrees each, an hour each. */
static struct plan corner(void)
{
    struct plan p = {.number = 7, .points = 3, .cruise_mps = 250, .cruise_pressure_m = 9000};

    for (unsigned i = 0; i < 3; i++) {
        p.route[i].at = (struct geodetic){(i == 2 ? 10 : 0) * UNIT_DEG, (i ? 10 : 0) * UNIT_DEG, 0};
        p.route[i].over.ns = T0 + i * INT64_C(3600000000000);
        p.route[i].pressure_m = 9000;
    }
    return p;
}

START_TEST(a_plan_that_cannot_be_is_refused)
{
    struct plan p = corner();
    ck_assert_int_eq(plan_check(&p), 0);
    p.points = PLAN_ROUTE_POINTS + 1;
    ck_assert_int_eq(plan_check(&p), ERR_RANGE);
    p = corner();
    p.route[1].at.lat_rad = NAN;
    ck_assert_int_eq(plan_check(&p), ERR_RANGE);
    p = corner();
    p.route[2].over = p.route[0].over;
    ck_assert_int_eq(plan_check(&p), ERR_RANGE);
    p = corner();
    p.route[1].over = INSTANT_NONE;
    ck_assert_int_eq(plan_check(&p), 0);
    p.number = 0;
    ck_assert_int_eq(plan_check(&p), ERR_RANGE);
    p = corner();
    p.action = PLAN_ACTIONS;
    ck_assert_int_eq(plan_check(&p), ERR_RANGE);
    p = corner();
    p.cruise_mps = INFINITY;
    ck_assert_int_eq(plan_check(&p), ERR_RANGE);
}
END_TEST

START_TEST(missing_times_follow_from_the_filed_speed)
{
    struct plan p = corner();
    double leg_s = 10 * UNIT_DEG * 6371008.8 / 250;
    struct instant begin, end;
    p.route[0].over = p.route[2].over = INSTANT_NONE;
    ck_assert(!plan_span(&p, &begin, &end));
    ck_assert(plan_complete(&p));
    ck_assert_double_eq_tol(instant_diff(p.route[1].over, p.route[0].over), leg_s, 1);
    ck_assert_double_eq_tol(instant_diff(p.route[2].over, p.route[1].over), leg_s, 1);
    ck_assert(plan_span(&p, &begin, &end));
    ck_assert_int_eq(plan_check(&p), 0);
    for (unsigned i = 0; i < 3; i++)
        p.route[i].over = INSTANT_NONE;
    ck_assert(!plan_complete(&p));
}
END_TEST

START_TEST(half_an_hour_of_an_hours_leg_is_half_way)
{
    struct plan p = corner();
    struct plan_place at;
    ck_assert(plan_at(&p, (struct instant){T0 + INT64_C(1800000000000)}, &at));
    ck_assert_double_eq_tol(at.at.lon_rad, 5 * UNIT_DEG, 1e-9);
    ck_assert_double_eq_tol(at.at.lat_rad, 0, 1e-9);
    ck_assert_double_eq_tol(at.course_rad, UNIT_PI / 2, 1e-9);
    ck_assert_double_eq_tol(at.at.hae_m, 9000, 1e-6);
    ck_assert_double_eq_tol(at.to_go_m, 15 * UNIT_DEG * 6371008.8, 1);
    ck_assert_double_eq_tol(at.ground_mps, 10 * UNIT_DEG * 6371008.8 / 3600, 0.01);
    ck_assert_uint_eq(at.next, 1);
    ck_assert(!plan_at(&p, (struct instant){T0 - 1}, &at));
    ck_assert(!plan_at(&p, (struct instant){T0 + INT64_C(7200000000001)}, &at));
}
END_TEST

START_TEST(the_nearest_place_is_abeam_right_positive)
{
    struct plan p = corner();
    struct plan_place near;
    ck_assert(plan_near(&p, (struct geodetic){-1 * UNIT_DEG, 2.5 * UNIT_DEG, 0}, &near)); /* south of an eastbound leg: right */
    ck_assert_double_eq_tol(near.aside_m, 1 * UNIT_DEG * 6371008.8, 1);
    ck_assert_double_eq_tol(instant_diff(near.over, p.route[0].over), 900, 1);
    ck_assert(plan_near(&p, (struct geodetic){5 * UNIT_DEG, 9 * UNIT_DEG, 0}, &near)); /* west of a northbound leg: left */
    ck_assert_double_lt(near.aside_m, -100e3);
    ck_assert_uint_eq(near.next, 2);
    ck_assert_double_eq_tol(near.course_rad, 0, 1e-6);
    p.points = 1;
    ck_assert(!plan_near(&p, p.route[0].at, &near));
}
END_TEST

Suite *test_plan_suite(void)
{
    Suite *s = suite_create("plan");
    TCase *t = tcase_create("vectors");

    tcase_add_test(t, a_plan_that_cannot_be_is_refused);
    tcase_add_test(t, missing_times_follow_from_the_filed_speed);
    tcase_add_test(t, half_an_hour_of_an_hours_leg_is_half_way);
    tcase_add_test(t, the_nearest_place_is_abeam_right_positive);
    suite_add_tcase(s, t);
    return s;
}
