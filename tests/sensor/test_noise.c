#include "sensor/noise.h"

#include "base/rng.h"
#include "base/unit.h"
#include <math.h>

#include "support/support.h"

#define SIGMA_RANGE_M 70.0
#define SIGMA_AZIMUTH_RAD 0.0014

/* Turns of one radar with one aircraft on a straight way at 120 km, the noise being so many times what is stated. */
static struct noise seen(double range, double azimuth, double swerving, unsigned turns)
{
    static const double none[EQUATION_TERMS];
    struct site s = site_usual(SITE_MODE_S, 12.0);
    site_place(&s, (struct geodetic){40 * UNIT_DEG, -90 * UNIT_DEG, 200.0});
    struct frame f = frame_at((struct geodetic){41 * UNIT_DEG, -89.5 * UNIT_DEG, 0.0});
    struct rng rng = rng_init(5);
    struct noise n;
    noise_init(&n);
    struct equation_plot last[3];
    for (unsigned i = 0; i < turns; i++) {
        double t = 12.0 * i, leg = 12.0 * (i % 20) - 120.0;
        struct vec3 enu = frame_on_height(&f, 200.0 * leg, 100.0 * leg, 9000.0);
        if (rng_uniform(&rng) < swerving)
            enu.x += 2000.0;
        struct slant_look l = slant_look(&s, frame_to_enu(&s.frame, frame_from_enu(&f, enu)));
        struct plot p = {.time = {(int64_t)(t * 1e9)}, .kind = PLOT_POLAR_LEVEL, .flags = PLOT_SECONDARY};
        p.polar = (struct plot_polar){.range_m = l.range_m + range * SIGMA_RANGE_M * rng_normal(&rng), .azimuth_rad = l.azimuth_rad};
        p.polar.azimuth_rad += azimuth * SIGMA_AZIMUTH_RAD * rng_normal(&rng);
        p.polar.sigma_range_m = SIGMA_RANGE_M;
        p.polar.sigma_azimuth_rad = SIGMA_AZIMUTH_RAD;
        noise_apply(&n, &p);
        struct slant_place at;
        ck_assert_int_eq(slant_place(&s, &p.polar, (struct slant_height){9000.0, 0.0}, &at), 0);
        last[i % 3] = equation_polar(0, &s, &p, &at, none);
        if (i % 20 >= 2)
            noise_add(&n, &last[(i + 1) % 3], &last[(i + 2) % 3], &last[i % 3]);
    }
    return n;
}

START_TEST(stated_noise_is_left_as_it_is)
{
    struct noise n = seen(1.0, 1.0, 0.0, 4000);
    struct noise_factor f = noise_factor(&n);
    ck_assert_double_eq_tol(f.range, 1.0, 0.1);
    ck_assert_double_eq_tol(f.azimuth, 1.0, 0.1);
}
END_TEST

START_TEST(what_a_sensor_states_wrongly_is_found)
{
    struct noise n = seen(2.0, 0.6, 0.0, 6000);
    struct noise_factor f = noise_factor(&n);
    ck_assert_double_eq_tol(f.range, 2.0, 0.2);
    ck_assert_double_eq_tol(f.azimuth, 0.6, 0.06);
}
END_TEST

START_TEST(aircraft_that_turn_now_and_then_are_no_noise)
{
    struct noise n = seen(1.0, 1.0, 0.03, 4000);
    struct noise_factor f = noise_factor(&n);
    ck_assert_double_lt(f.range, 1.25);
    ck_assert_double_lt(f.azimuth, 1.25);
}
END_TEST

START_TEST(a_band_that_nobody_flew_in_stays_nominal)
{
    struct noise n = seen(2.0, 2.0, 0.0, 2000);
    struct plot near = {.kind = PLOT_POLAR, .flags = PLOT_SECONDARY, .polar = {.range_m = 30e3, .sigma_range_m = 70, .sigma_azimuth_rad = 0.001}}, here = near;
    here.polar.range_m = 120e3;
    noise_apply(&n, &near);
    noise_apply(&n, &here);
    ck_assert_double_eq(near.polar.sigma_range_m, 70.0);
    ck_assert_double_gt(here.polar.sigma_range_m, 100.0);
    ck_assert_double_gt(here.polar.sigma_azimuth_rad, 0.0014);
}
END_TEST

Suite *test_noise_suite(void)
{
    Suite *suite = suite_create("noise");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, stated_noise_is_left_as_it_is);
    tcase_add_test(claims, what_a_sensor_states_wrongly_is_found);
    tcase_add_test(claims, aircraft_that_turn_now_and_then_are_no_noise);
    tcase_add_test(claims, a_band_that_nobody_flew_in_stays_nominal);
    suite_add_tcase(suite, claims);
    return suite;
}
