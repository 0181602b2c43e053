#include "air/plot.h"

#include <math.h>

#include "base/err.h"
#include "support/support.h"

static struct plot polar(void)
{
    return (struct plot){.time = {1000}, .arrival = {2000}, .source = 0x1481, .kind = PLOT_POLAR, .polar = {.range_m = 50e3, .azimuth_rad = 1.0}};
}

static struct plot geodetic(void)
{
    return (struct plot){.time = {1000},
                         .arrival = {2000},
                         .kind = PLOT_GEODETIC,
                         .geodetic = {.at = {0.7, -1.6, 0.0}, .cov_ee_m2 = 100.0, .cov_nn_m2 = 400.0, .cov_en_m2 = -200.0}};
}

START_TEST(good_plots_of_every_kind_pass)
{
    struct plot p = polar();
    ck_assert_int_eq(plot_check(&p), 0);
    p.kind = PLOT_POLAR_LEVEL;
    p.level = (struct level){.pressure_m = 3000.0, .flags = LEVEL_PRESSURE};
    ck_assert_int_eq(plot_check(&p), 0);
    p.kind = PLOT_POLAR_3D;
    p.level = (struct level){.hae_m = 3000.0, .flags = LEVEL_HEIGHT};
    ck_assert_int_eq(plot_check(&p), 0);
    p = geodetic();
    ck_assert_int_eq(plot_check(&p), 0);
    p.kind = PLOT_TRACK;
    p.flags = PLOT_VELOCITY;
    ck_assert_int_eq(plot_check(&p), 0);
}
END_TEST

START_TEST(a_kind_without_its_height_is_refused)
{
    struct plot p = polar();
    p.kind = PLOT_POLAR_LEVEL;
    ck_assert_int_eq(plot_check(&p), ERR_MISSING);
    p.kind = PLOT_POLAR_3D;
    ck_assert_int_eq(plot_check(&p), ERR_MISSING);
    p.kind = PLOT_KINDS;
    ck_assert_int_eq(plot_check(&p), ERR_UNKNOWN);
}
END_TEST

static const double impossible[] = {NAN, INFINITY, -INFINITY, 1e300};

START_TEST(numbers_that_cannot_be_are_refused_in_every_member)
{
    double bad = impossible[_i];
    struct plot p = polar(), q = geodetic();
    double *of_polar[] = {&p.polar.range_m, &p.polar.azimuth_rad, &p.polar.sigma_range_m, &p.polar.sigma_azimuth_rad, &p.polar.doppler_mps,
                          &p.polar.platform.lat_rad, &p.polar.platform.lon_rad, &p.polar.platform.hae_m, &p.level.pressure_m, &p.level.hae_m,
                          &p.level.sigma_height_m};
    p.flags = PLOT_MOVING | PLOT_DOPPLER;
    p.level.flags = LEVEL_PRESSURE | LEVEL_HEIGHT;
    ck_assert_int_eq(plot_check(&p), 0);
    for (size_t k = 0; k < sizeof of_polar / sizeof *of_polar; k++) {
        double good = *of_polar[k];
        *of_polar[k] = bad;
        ck_assert_msg(plot_check(&p) == ERR_RANGE, "polar member %zu", k);
        *of_polar[k] = good;
    }
    double *of_geodetic[] = {&q.geodetic.at.lat_rad, &q.geodetic.at.lon_rad, &q.geodetic.at.hae_m, &q.geodetic.cov_ee_m2, &q.geodetic.cov_en_m2,
                             &q.geodetic.cov_nn_m2, &q.geodetic.east_mps, &q.geodetic.north_mps, &q.geodetic.up_mps, &q.geodetic.sigma_velocity_mps};
    q.flags = PLOT_VELOCITY;
    for (size_t k = 0; k < sizeof of_geodetic / sizeof *of_geodetic; k++) {
        double good = *of_geodetic[k];
        *of_geodetic[k] = bad;
        ck_assert_msg(plot_check(&q) == ERR_RANGE, "geodetic member %zu", k);
        *of_geodetic[k] = good;
    }
}
END_TEST

START_TEST(limits_are_where_the_contract_says)
{
    struct plot p = polar();
    p.polar.range_m = 0.0;
    ck_assert_int_eq(plot_check(&p), ERR_RANGE);
    p.polar.range_m = 1000e3;
    ck_assert_int_eq(plot_check(&p), 0);
    p.polar.range_m = 1000e3 + 1.0;
    ck_assert_int_eq(plot_check(&p), ERR_RANGE);
    p = geodetic();
    p.geodetic.at.lat_rad = 1.5708; /* beyond the pole */
    ck_assert_int_eq(plot_check(&p), ERR_RANGE);
    p = geodetic();
    p.geodetic.cov_en_m2 = 201.0; /* no covariance: correlation above 1 */
    ck_assert_int_eq(plot_check(&p), ERR_RANGE);
    p = polar();
    p.time = INSTANT_NONE;
    ck_assert_int_eq(plot_check(&p), ERR_RANGE);
    p = polar();
    p.ident.mode_a = 010000;
    ck_assert_int_eq(plot_check(&p), ERR_RANGE);
}
END_TEST

Suite *test_plot_suite(void)
{
    Suite *suite = suite_create("plot");
    TCase *t = tcase_create("check");
    tcase_add_test(t, good_plots_of_every_kind_pass);
    tcase_add_test(t, a_kind_without_its_height_is_refused);
    tcase_add_loop_test(t, numbers_that_cannot_be_are_refused_in_every_member, 0, 4);
    tcase_add_test(t, limits_are_where_the_contract_says);
    suite_add_tcase(suite, t);
    return suite;
}
