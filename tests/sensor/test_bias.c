#include "sensor/bias.h"

#include "base/unit.h"
#include <math.h>

#include "support/support.h"

static struct plot polar_plot(double range_m, double azimuth_rad)
{
    return (struct plot){.time = {1000000000}, .kind = PLOT_POLAR, .polar = {.range_m = range_m, .azimuth_rad = azimuth_rad}};
}

START_TEST(no_bias_changes_nothing)
{
    struct bias none = {0};
    struct plot p = polar_plot(12345.6, 1.5), before = p;
    bias_remove(&none, &p);
    ck_assert_mem_eq(&p, &before, sizeof p);
}
END_TEST

START_TEST(removing_undoes_adding)
{
    struct bias b = {.range_m = 193, .gain = 2e-4, .azimuth_rad = 0.53 * UNIT_DEG, .time_s = -1.25};
    for (double azimuth = 0; azimuth < 6.28; azimuth += 0.1) {
        struct plot p = polar_plot(200e3, azimuth);
        bias_add(&b, &p);
        ck_assert_double_eq_tol(p.polar.range_m, 200e3 * 1.0002 + 193, 1e-9);
        ck_assert_int_eq(p.time.ns, -250000000);
        bias_remove(&b, &p);
        ck_assert_double_eq_tol(p.polar.range_m, 200e3, 1e-9);
        ck_assert_double_eq_tol(p.polar.azimuth_rad, azimuth, 1e-12);
        ck_assert_int_eq(p.time.ns, 1000000000);
    }
}
END_TEST

START_TEST(azimuth_stays_in_its_interval_and_range_positive)
{
    struct bias b = {.range_m = 500, .azimuth_rad = 0.1};
    struct plot p = polar_plot(100, 0.05);
    bias_remove(&b, &p);
    ck_assert_double_eq(p.polar.range_m, 0);
    ck_assert_double_eq_tol(p.polar.azimuth_rad, 2 * UNIT_PI - 0.05, 1e-12);
}
END_TEST

START_TEST(doubt_about_the_bias_widens_stated_sigmas_only)
{
    struct bias b = {.var_range_m2 = 900, .var_gain = 1e-8, .var_azimuth_rad2 = 4e-6};
    struct plot p = polar_plot(400e3, 1);
    bias_remove(&b, &p);
    ck_assert_double_eq(p.polar.sigma_range_m, 0);
    p.polar.sigma_range_m = 40;
    p.polar.sigma_azimuth_rad = 0.0015;
    bias_remove(&b, &p);
    ck_assert_double_eq_tol(p.polar.sigma_range_m, sqrt(1600 + 900 + 1600), 1e-9);
    ck_assert_double_eq_tol(p.polar.sigma_azimuth_rad, 0.0025, 1e-12);
}
END_TEST

START_TEST(positions_lose_their_time_error_alone)
{
    struct bias b = {.range_m = 100, .time_s = 0.5};
    struct plot p = {.time = {1000000000}, .kind = PLOT_GEODETIC, .geodetic = {.at = {0.5, 1, 0}}};
    bias_remove(&b, &p);
    ck_assert_int_eq(p.time.ns, 500000000);
    ck_assert_double_eq(p.geodetic.at.lat_rad, 0.5);
    bias_add(&b, &p);
    ck_assert_int_eq(p.time.ns, 1000000000);
}
END_TEST

Suite *test_bias_suite(void)
{
    Suite *suite = suite_create("bias");
    TCase *plots = tcase_create("plots");
    tcase_add_test(plots, no_bias_changes_nothing);
    tcase_add_test(plots, removing_undoes_adding);
    tcase_add_test(plots, azimuth_stays_in_its_interval_and_range_positive);
    tcase_add_test(plots, doubt_about_the_bias_widens_stated_sigmas_only);
    tcase_add_test(plots, positions_lose_their_time_error_alone);
    suite_add_tcase(suite, plots);
    return suite;
}
