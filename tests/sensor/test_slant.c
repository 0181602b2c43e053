#include "sensor/slant.h"

#include "base/err.h"
#include "base/rng.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include <math.h>
#include <stdio.h>

#include "support/support.h"

#define SEED 61

static struct site random_site(struct rng *r)
{
    struct site s = site_usual(SITE_COMBINED, 12);
    double lat = (10 + 65 * rng_uniform(r)) * UNIT_DEG * (rng_below(r, 5) ? 1 : -1);
    site_place(&s, (struct geodetic){lat, UNIT_PI * (2 * rng_uniform(r) - 1), 3000 * rng_uniform(r)});
    return s;
}

/* A target from near the antenna out to 470 km. */
static struct geodetic random_target(struct rng *r, const struct site *s)
{
    struct geodetic g = geodesic_direct(s->at, 2 * UNIT_PI * rng_uniform(r), 470e3 * rng_uniform(r) * rng_uniform(r) + 2000, NULL);
    g.hae_m = 15e3 * rng_uniform(r);
    return g;
}

static struct plot_polar measure(const struct site *s, struct geodetic g)
{
    struct slant_look look = slant_look(s, frame_to_enu(&s->frame, frame_ecef(g)));
    return (struct plot_polar){.range_m = look.range_m, .azimuth_rad = look.azimuth_rad, .sigma_range_m = 70, .sigma_azimuth_rad = 0.08 * UNIT_DEG};
}

static struct vec3 at_range_azimuth_elevation(const struct site *s, double range, double azimuth, double elevation)
{
    struct vec3 enu = {range * cos(elevation) * sin(azimuth), range * cos(elevation) * cos(azimuth), range * sin(elevation)};
    return frame_from_enu(&s->frame, enu);
}

START_TEST(a_plot_leads_back_to_the_target_within_a_millimetre_or_two)
{
    printf("SEED=%d\n", SEED);
    struct rng r = rng_init(SEED);
    for (int i = 0; i < 50000; i++) {
        struct site s = random_site(&r);
        struct geodetic g = random_target(&r, &s);
        struct plot_polar polar = measure(&s, g);
        struct slant_place p;
        ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){g.hae_m, 30}, &p), 0);
        if (p.elevation_rad > 1.3)
            continue; /* a millimetre of height is more on the ground: see the zenith */
        ck_assert_double_lt(mat_norm3(mat_sub3(p.ecef, frame_ecef(g))), 5e-3);
        ck_assert_double_lt(mat_norm3(mat_sub3(frame_ecef(p.at), p.ecef)), 1e-5);
        ck_assert_double_eq_tol(p.at.hae_m, g.hae_m, 1e-3);
    }
}
END_TEST

/* The same by the geometry itself, without slant_look: range and elevation are chosen, height and place follow. */
START_TEST(range_azimuth_and_elevation_are_kept)
{
    struct rng r = rng_init(SEED + 1);
    for (int i = 0; i < 10000; i++) {
        struct site s = random_site(&r);
        double range = 1000 + 400e3 * rng_uniform(&r), azimuth = 2 * UNIT_PI * rng_uniform(&r), elevation = 1.2 * rng_uniform(&r) * 30e3 / (30e3 + range);
        struct vec3 target = at_range_azimuth_elevation(&s, range, azimuth, elevation);
        struct plot_polar polar = {.range_m = range, .azimuth_rad = azimuth, .sigma_range_m = 50, .sigma_azimuth_rad = 1e-3};
        struct slant_place p;
        ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){frame_geodetic(target).hae_m, 30}, &p), 0);
        ck_assert_double_lt(mat_norm3(mat_sub3(p.ecef, target)), 5e-3);
        ck_assert_double_eq_tol(p.elevation_rad, elevation, 5e-3 / range + 1e-12);
    }
}
END_TEST

/* Place as east and north of the unperturbed place. */
static struct vec3 moved(const struct site *s, const struct frame *f, struct plot_polar polar, double height)
{
    struct slant_place p;
    ck_assert_int_eq(slant_place(s, &polar, (struct slant_height){height, 30}, &p), 0);
    return frame_to_enu(f, p.ecef);
}

START_TEST(the_covariance_is_the_jacobian_of_the_place)
{
    struct rng r = rng_init(SEED + 2);
    for (int i = 0; i < 2000; i++) {
        struct site s = random_site(&r);
        struct geodetic g = random_target(&r, &s);
        struct plot_polar polar = measure(&s, g), more = polar, less = polar;
        struct slant_place p;
        ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){g.hae_m, 30}, &p), 0);
        if (p.elevation_rad > 1.0)
            continue;
        struct frame f = frame_at(p.at);
        double dr = 20, da = 1e-4, dh = 20;
        more.range_m += dr;
        less.range_m -= dr;
        struct vec3 by_r = mat_scale3(0.5 / dr, mat_sub3(moved(&s, &f, more, g.hae_m), moved(&s, &f, less, g.hae_m)));
        more = less = polar;
        more.azimuth_rad += da;
        less.azimuth_rad -= da;
        struct vec3 by_a = mat_scale3(0.5 / da, mat_sub3(moved(&s, &f, more, g.hae_m), moved(&s, &f, less, g.hae_m)));
        struct vec3 by_h = mat_scale3(0.5 / dh, mat_sub3(moved(&s, &f, polar, g.hae_m + dh), moved(&s, &f, polar, g.hae_m - dh)));
        double sr = polar.sigma_range_m, sa = polar.sigma_azimuth_rad;
        double xx = sr * sr * by_r.x * by_r.x + sa * sa * by_a.x * by_a.x, xy = sr * sr * by_r.x * by_r.y + sa * sa * by_a.x * by_a.y;
        double yy = sr * sr * by_r.y * by_r.y + sa * sa * by_a.y * by_a.y, size = xx + yy;
        ck_assert_double_eq_tol(p.r.xx, xx, 2e-3 * size);
        ck_assert_double_eq_tol(p.r.xy, xy, 2e-3 * size);
        ck_assert_double_eq_tol(p.r.yy, yy, 2e-3 * size);
        ck_assert_double_eq_tol(p.slope_e, by_h.x, 2e-3 * (1 + fabs(by_h.x)) + 1e-4);
        ck_assert_double_eq_tol(p.slope_n, by_h.y, 2e-3 * (1 + fabs(by_h.y)) + 1e-4);
    }
}
END_TEST

/* 20 000 noisy measurements of one target: the sample covariance of the places is slant_spread, within four standard errors. */
START_TEST(noise_spreads_as_the_covariance_says)
{
    struct rng r = rng_init(SEED + 3);
    struct site s = random_site(&r);
    struct geodetic g = geodesic_direct(s.at, 0.8, 40e3, NULL);
    g.hae_m = 9000;
    struct plot_polar polar = measure(&s, g);
    struct slant_place p;
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){g.hae_m, 60}, &p), 0);
    struct frame f = frame_at(p.at);
    struct sym2 wanted = slant_spread(&p), got = {0, 0, 0};
    const int n = 20000;
    for (int i = 0; i < n; i++) {
        struct plot_polar noisy = polar;
        noisy.range_m += noisy.sigma_range_m * rng_normal(&r);
        noisy.azimuth_rad += noisy.sigma_azimuth_rad * rng_normal(&r);
        struct vec3 at = moved(&s, &f, noisy, g.hae_m + 60 * rng_normal(&r));
        got.xx += at.x * at.x / n;
        got.xy += at.x * at.y / n;
        got.yy += at.y * at.y / n;
    }
    ck_assert_double_eq_tol(got.xx, wanted.xx, 4 * wanted.xx * sqrt(2.0 / n));
    ck_assert_double_eq_tol(got.yy, wanted.yy, 4 * wanted.yy * sqrt(2.0 / n));
    ck_assert_double_eq_tol(got.xy, wanted.xy, 4 * sqrt((wanted.xx * wanted.yy + wanted.xy * wanted.xy) / n));
}
END_TEST

START_TEST(a_target_overhead_stands_at_the_limit_of_elevation)
{
    struct site s = site_usual(SITE_COMBINED, 12);
    site_place(&s, (struct geodetic){0.7, -1.4, 100});
    struct plot_polar polar = {.range_m = 9800, .azimuth_rad = 1, .sigma_range_m = 70, .sigma_azimuth_rad = 1e-3};
    struct slant_place p;
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){10000, 30}, &p), 0); /* needs 9900 m of range */
    ck_assert_double_eq_tol(p.elevation_rad, SLANT_ELEVATION_MAX, 1e-9);
    ck_assert_double_lt(geodesic_inverse(s.at, p.at, NULL, NULL), 9800 * 0.021);
    ck_assert_double_gt(slant_spread(&p).xx + slant_spread(&p).yy, 1000.0 * 1000.0); /* it could be anywhere near */
    ck_assert(isfinite(p.r.xx) && isfinite(p.slope_e));
}
END_TEST

START_TEST(a_valley_below_a_mountain_is_seen)
{
    struct site s = site_usual(SITE_COMBINED, 12);
    site_place(&s, (struct geodetic){0.6, -2, 3500});
    struct geodetic g = geodesic_direct(s.at, 2, 8000, NULL);
    g.hae_m = 600;
    struct plot_polar polar = measure(&s, g);
    struct slant_place p;
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){600, 30}, &p), 0);
    ck_assert_double_lt(p.elevation_rad, -0.3);
    ck_assert_double_lt(mat_norm3(mat_sub3(p.ecef, frame_ecef(g))), 5e-3);
}
END_TEST

START_TEST(heights_out_of_reach_are_refused)
{
    struct site s = site_usual(SITE_COMBINED, 12);
    site_place(&s, (struct geodetic){0.7, -1.4, 100});
    struct plot_polar polar = {.range_m = 5000, .azimuth_rad = 1, .sigma_range_m = 70, .sigma_azimuth_rad = 1e-3};
    struct slant_place p = {.elevation_rad = 42};
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){10000, 30}, &p), ERR_NUMERIC);
    ck_assert_double_eq(p.elevation_rad, 42);
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){NAN, 30}, &p), ERR_NUMERIC);
    polar.range_m = 0;
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){100, 30}, &p), ERR_NUMERIC);
    polar.range_m = 5000;
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){6000, 30}, &p), 0); /* 900 m too high: weather */
}
END_TEST

START_TEST(bent_rays_shift_the_ground_by_tens_of_metres_and_lead_back)
{
    struct rng r = rng_init(SEED + 4);
    for (int i = 0; i < 2000; i++) {
        struct site s = random_site(&r);
        s.refraction = SITE_FOUR_THIRDS;
        struct geodetic g = random_target(&r, &s);
        struct plot_polar polar = measure(&s, g);
        struct slant_place p;
        ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){g.hae_m, 30}, &p), 0);
        if (p.elevation_rad < 1.3)
            ck_assert_double_lt(mat_norm3(mat_sub3(p.ecef, frame_ecef(g))), 5e-3);
    }
    struct site straight = site_usual(SITE_SSR, 12), bent;
    site_place(&straight, (struct geodetic){0.7, -1.4, 50});
    bent = straight;
    bent.refraction = SITE_FOUR_THIRDS;
    struct plot_polar polar = {.range_m = 300e3, .azimuth_rad = 1, .sigma_range_m = 70, .sigma_azimuth_rad = 1e-3};
    struct slant_place a, b;
    ck_assert_int_eq(slant_place(&straight, &polar, (struct slant_height){10000, 30}, &a), 0);
    ck_assert_int_eq(slant_place(&bent, &polar, (struct slant_height){10000, 30}, &b), 0);
    double shift = geodesic_inverse(a.at, b.at, NULL, NULL);
    ck_assert(shift > 20 && shift < 100);
}
END_TEST

START_TEST(delayed_ranges_lead_back)
{
    struct rng r = rng_init(SEED + 6);
    for (int i = 0; i < 2000; i++) {
        struct site s = random_site(&r);
        s.refraction = SITE_EXPONENTIAL;
        struct geodetic g = random_target(&r, &s);
        struct plot_polar polar = measure(&s, g);
        struct slant_place p;
        ck_assert_double_gt(polar.range_m, mat_norm3(mat_sub3(frame_ecef(g), s.frame.origin)));
        ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){g.hae_m, 30}, &p), 0);
        if (p.elevation_rad < 1.3)
            ck_assert_double_lt(mat_norm3(mat_sub3(p.ecef, frame_ecef(g))), 5e-3);
    }
}
END_TEST

/* A ray traced by Bouguer's rule, n (R + h) cos e = const, in steps of 50 m through n = 1 + 315e-6 exp(-h / 7350 m): its optical length less the chord to where
 * it ended, against what the site says of a target there. At the horizon the ray bends otherwise than over 4/3 of the earth, which is worth some percent. */
START_TEST(the_delay_is_that_of_a_ray_traced_through_the_air)
{
    static const double elevation_deg[] = {0.3, 1, 3, 10, 40};
    const double earth = 6371008.8, step = 50, antenna = 200;
    for (int k = 0; k < 5; k++) {
        double h = antenna, arc = 0, optical = 0, e = elevation_deg[k] * UNIT_DEG;
        double constant = (1 + 315e-6 * exp(-h / 7350)) * (earth + h) * cos(e);
        while (optical < 350e3 && h < 15e3) {
            double n = 1 + 315e-6 * exp(-(h + 0.5 * step * sin(e)) / 7350);
            h += step * sin(e) + 0.5 * step * step * cos(e) * cos(e) / (earth + h);
            arc += step * cos(e) / (earth + h);
            optical += n * step;
            e = acos(fmin(1, constant / ((1 + 315e-6 * exp(-h / 7350)) * (earth + h))));
        }
        double x = (earth + h) * sin(arc), y = (earth + h) * cos(arc) - earth - antenna, chord = hypot(x, y);
        struct site s = site_usual(SITE_SSR, 12);
        site_place(&s, (struct geodetic){0.7, -1.4, antenna});
        s.refraction = SITE_EXPONENTIAL;
        struct vec3 enu = {x, 0, y};
        enu.z += h - frame_geodetic(frame_from_enu(&s.frame, enu)).hae_m; /* at the same height over the ellipsoid */
        double added = slant_look(&s, enu).range_m - mat_norm3(enu);
        ck_assert_msg(fabs(added - (optical - chord)) < 0.5 + 0.04 * added, "%g degrees: %g m traced, %g m said", elevation_deg[k], optical - chord, added);
        ck_assert_double_gt(added, 2);
    }
}
END_TEST

START_TEST(looking_gradients_are_those_of_range_and_azimuth)
{
    struct rng r = rng_init(SEED + 5);
    struct site s = random_site(&r);
    for (int i = 0; i < 1000; i++) {
        double v[3] = {100e3 * rng_normal(&r), 100e3 * rng_normal(&r), 1000 + 3e3 * rng_normal(&r)};
        struct slant_look look = slant_look(&s, (struct vec3){v[0], v[1], v[2]});
        double dr[3] = {look.d_range.x, look.d_range.y, look.d_range.z}, da[3] = {look.d_azimuth.x, look.d_azimuth.y, look.d_azimuth.z};
        for (int k = 0; k < 3; k++) {
            double up[3] = {v[0], v[1], v[2]}, down[3] = {v[0], v[1], v[2]};
            up[k] += 1;
            down[k] -= 1;
            struct slant_look plus = slant_look(&s, (struct vec3){up[0], up[1], up[2]}), minus = slant_look(&s, (struct vec3){down[0], down[1], down[2]});
            ck_assert_double_eq_tol(dr[k], 0.5 * (plus.range_m - minus.range_m), 1e-6);
            ck_assert_double_eq_tol(da[k], 0.5 * frame_angle(plus.azimuth_rad - minus.azimuth_rad), 1e-8 + 1e-3 * fabs(da[k]));
        }
    }
    struct slant_look zenith = slant_look(&s, (struct vec3){0, 0, 5000});
    ck_assert_double_eq(zenith.range_m, 5000);
    ck_assert_double_eq(zenith.azimuth_rad, 0);
    ck_assert_double_eq(zenith.d_azimuth.x, 0);
}
END_TEST

START_TEST(a_view_takes_track_coordinates_to_the_site)
{
    struct rng r = rng_init(SEED + 6);
    for (int i = 0; i < 500; i++) {
        struct site s = random_site(&r);
        struct geodetic anchor = random_target(&r, &s);
        struct frame track = frame_at(anchor);
        struct slant_view view = slant_view(&s, &track);
        struct vec3 enu = {10e3 * rng_normal(&r), 10e3 * rng_normal(&r), 1e3 * rng_normal(&r)};
        struct vec3 direct = frame_to_enu(&s.frame, frame_from_enu(&track, enu)), viewed = mat_add3(mat_mul3(&view.turn, enu), view.offset);
        ck_assert_double_lt(mat_norm3(mat_sub3(direct, viewed)), 1e-7);
    }
}
END_TEST

/* Against the sums of the cut-off bell itself. */
START_TEST(the_height_prior_has_the_moments_of_what_the_range_admits)
{
    static const double ranges[] = {200, 1000, 3000, 8000, 15e3, 30e3, 400e3};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        struct site s = site_usual(SITE_PSR, 12);
        site_place(&s, (struct geodetic){0.7, -1.4, 500});
        struct slant_height h = slant_prior(&s, ranges[i]);
        double high = 500 + 0.98 * ranges[i], mass = 0, sum = 0, square = 0;
        for (int k = 0; k < 200000; k++) {
            double x = (k + 0.5) * fmin(high, 40e3) / 200000, z = (x - 8000) / 3500, w = exp(-0.5 * z * z);
            mass += w;
            sum += w * x;
            square += w * x * x;
        }
        double mean = sum / mass, sigma = sqrt(square / mass - mean * mean);
        ck_assert_double_eq_tol(h.hae_m, mean, high < 1500 ? 0.02 * high : 0.5);
        ck_assert_double_eq_tol(h.sigma_m, sigma, high < 1500 ? 0.02 * high : 0.5);
        ck_assert_double_lt(h.hae_m, high);
    }
}
END_TEST

START_TEST(the_limit_of_elevation_is_one_number)
{
    struct site s = site_usual(SITE_PSR, 12);
    struct plot_polar polar = {.range_m = 100, .azimuth_rad = 0, .sigma_range_m = 70, .sigma_azimuth_rad = 1e-3};
    struct slant_place p;
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){500, 30}, &p), 0);
    ck_assert_double_eq_tol(sin(p.elevation_rad), sin(SLANT_ELEVATION_MAX), 1e-15);
    ck_assert_int_eq(slant_place(&s, &polar, (struct slant_height){-500, 30}, &p), 0);
    ck_assert_double_eq_tol(p.elevation_rad, -SLANT_ELEVATION_MAX, 1e-9);
}
END_TEST

Suite *test_slant_suite(void)
{
    Suite *suite = suite_create("slant");
    TCase *place = tcase_create("place");
    tcase_add_test(place, a_plot_leads_back_to_the_target_within_a_millimetre_or_two);
    tcase_add_test(place, range_azimuth_and_elevation_are_kept);
    tcase_add_test(place, a_valley_below_a_mountain_is_seen);
    tcase_add_test(place, bent_rays_shift_the_ground_by_tens_of_metres_and_lead_back);
    tcase_add_test(place, delayed_ranges_lead_back);
    tcase_add_test(place, the_delay_is_that_of_a_ray_traced_through_the_air);
    suite_add_tcase(suite, place);
    TCase *covariance = tcase_create("covariance");
    tcase_add_test(covariance, the_covariance_is_the_jacobian_of_the_place);
    tcase_add_test(covariance, noise_spreads_as_the_covariance_says);
    tcase_add_test(covariance, looking_gradients_are_those_of_range_and_azimuth);
    tcase_add_test(covariance, a_view_takes_track_coordinates_to_the_site);
    suite_add_tcase(suite, covariance);
    TCase *limits = tcase_create("limits");
    tcase_add_test(limits, a_target_overhead_stands_at_the_limit_of_elevation);
    tcase_add_test(limits, heights_out_of_reach_are_refused);
    tcase_add_test(limits, the_height_prior_has_the_moments_of_what_the_range_admits);
    tcase_add_test(limits, the_limit_of_elevation_is_one_number);
    suite_add_tcase(suite, limits);
    return suite;
}
