#include "estimate/measure.h"

#include <math.h>

#include "support/support.h"

START_TEST(a_cartesian_measurement_knows_no_height)
{
    struct measure z = measure_cartesian(3.0, -4.0, 2.0);
    ck_assert_double_eq(z.east_m, 3.0);
    ck_assert_double_eq(z.north_m, -4.0);
    ck_assert_double_eq(z.r.xx, 4.0);
    ck_assert_double_eq(z.r.yy, 4.0);
    ck_assert_double_eq(z.r.xy, 0.0);
    ck_assert(z.slope_e == 0.0 && z.slope_n == 0.0 && z.height_var_m2 == 0.0);
}
END_TEST

START_TEST(turning_there_and_back_changes_nothing)
{
    struct measure z = {.east_m = 100, .north_m = -40, .r = {900, 120, 400}, .slope_e = 0.3, .slope_n = -0.1, .height_m = 9000}, before = z;
    measure_turn(&z, cos(0.7), sin(0.7));
    ck_assert(fabs(z.east_m - before.east_m) > 1.0);
    ck_assert_double_eq_tol(z.r.xx + z.r.yy, 1300.0, 1e-9); /* the trace of a covariance does not turn */
    measure_turn(&z, cos(0.7), -sin(0.7));
    ck_assert_double_eq_tol(z.east_m, before.east_m, 1e-9);
    ck_assert_double_eq_tol(z.north_m, before.north_m, 1e-9);
    ck_assert_double_eq_tol(z.r.xx, before.r.xx, 1e-9);
    ck_assert_double_eq_tol(z.r.xy, before.r.xy, 1e-9);
    ck_assert_double_eq_tol(z.slope_e, before.slope_e, 1e-12);
}
END_TEST

START_TEST(a_quarter_turn_takes_east_to_north)
{
    struct measure z = {.east_m = 1, .r = {9, 0, 1}};
    measure_turn(&z, 0.0, 1.0);
    ck_assert_double_eq_tol(z.east_m, 0.0, 1e-12);
    ck_assert_double_eq_tol(z.north_m, 1.0, 1e-12);
    ck_assert_double_eq_tol(z.r.yy, 9.0, 1e-12);
}
END_TEST

START_TEST(a_point_of_constant_height_falls_below_the_tangent_plane)
{
    double radius = 6371000.0, height = 10000.0;
    for (double d = 0; d <= 60000; d += 10000) {
        double exact = sqrt((radius + height) * (radius + height) - d * d) - radius;
        ck_assert_double_eq_tol(measure_up(0.6 * d, 0.8 * d, height, radius), exact, 0.05);
    }
}
END_TEST

Suite *test_measure_suite(void)
{
    Suite *suite = suite_create("measure");
    TCase *vectors = tcase_create("vectors");
    tcase_add_test(vectors, a_cartesian_measurement_knows_no_height);
    tcase_add_test(vectors, turning_there_and_back_changes_nothing);
    tcase_add_test(vectors, a_quarter_turn_takes_east_to_north);
    tcase_add_test(vectors, a_point_of_constant_height_falls_below_the_tangent_plane);
    suite_add_tcase(suite, vectors);
    return suite;
}
