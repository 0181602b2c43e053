#include "geo/frame.h"

#include "base/rng.h"
#include "base/unit.h"
#include <math.h>
#include <proj.h>
#include <stdio.h>

#include "support/support.h"

#define SEED 31

static struct geodetic random_point(struct rng *r, double max_hae_m)
{
    return (struct geodetic){asin(2 * rng_uniform(r) - 1), UNIT_PI * (2 * rng_uniform(r) - 1), max_hae_m * rng_uniform(r) - 1000.0};
}

static double distance(struct vec3 a, struct vec3 b)
{
    return mat_norm3(mat_sub3(a, b));
}

/* Known values of the definition: semi-axes and the height of a pole. */
START_TEST(axes_of_the_ellipsoid)
{
    struct vec3 v = frame_ecef((struct geodetic){0, 0, 0});
    ck_assert_double_eq(v.x, 6378137.0);
    v = frame_ecef((struct geodetic){0, UNIT_PI / 2, 100});
    ck_assert_double_eq_tol(v.y, 6378237.0, 1e-8);
    v = frame_ecef((struct geodetic){UNIT_PI / 2, 1, 0});
    ck_assert_double_eq_tol(v.z, 6356752.314245, 1e-6);
}
END_TEST

START_TEST(ecef_agrees_with_proj_to_nanometres)
{
    struct rng r = rng_init(SEED);
    PJ *cart = proj_create(PJ_DEFAULT_CTX, "+proj=cart +ellps=WGS84");
    ck_assert_ptr_nonnull(cart);
    for (int i = 0; i < 2000; i++) {
        struct geodetic g = random_point(&r, 50e3);
        PJ_COORD c = proj_trans(cart, PJ_FWD, proj_coord(g.lon_rad, g.lat_rad, g.hae_m, 0));
        ck_assert_double_lt(distance(frame_ecef(g), (struct vec3){c.xyz.x, c.xyz.y, c.xyz.z}), 5e-9);
    }
    proj_destroy(cart);
}
END_TEST

START_TEST(enu_agrees_with_proj_topocentric)
{
    struct rng r = rng_init(SEED + 1);
    for (int i = 0; i < 200; i++) {
        struct geodetic at = random_point(&r, 5e3), g = random_point(&r, 50e3);
        struct frame f = frame_at(at);
        char text[200];
        snprintf(text, sizeof text, "+proj=topocentric +ellps=WGS84 +lon_0=%.17g +lat_0=%.17g +h_0=%.17g", at.lon_rad / UNIT_DEG, at.lat_rad / UNIT_DEG,
                 at.hae_m);
        PJ *topocentric = proj_create(PJ_DEFAULT_CTX, text);
        ck_assert_ptr_nonnull(topocentric);
        struct vec3 v = frame_ecef(g);
        PJ_COORD c = proj_trans(topocentric, PJ_FWD, proj_coord(v.x, v.y, v.z, 0));
        ck_assert_double_lt(distance(frame_to_enu(&f, v), (struct vec3){c.xyz.x, c.xyz.y, c.xyz.z}), 1e-7);
        proj_destroy(topocentric);
    }
}
END_TEST

START_TEST(geodetic_undoes_ecef_from_ocean_floor_to_orbit)
{
    struct rng r = rng_init(SEED + 2);
    printf("SEED=%d\n", SEED + 2);
    static const double ceilings[] = {20e3, 400e3, 4e7};
    for (int i = 0; i < 30000; i++) {
        struct geodetic g = random_point(&r, ceilings[i % 3]), back = frame_geodetic(frame_ecef(g));
        ck_assert_double_lt(distance(frame_ecef(back), frame_ecef(g)), 2e-6 * (1 + g.hae_m / FRAME_A));
        ck_assert_double_eq_tol(back.hae_m, g.hae_m, 1e-8 + 1e-15 * g.hae_m);
        ck_assert_double_eq_tol(back.lat_rad, g.lat_rad, 3e-13); /* 2 um on the ground */
        ck_assert_double_eq_tol(frame_angle(back.lon_rad - g.lon_rad) * cos(g.lat_rad), 0, 3e-15);
    }
}
END_TEST

START_TEST(poles_and_antimeridian_are_nothing_special)
{
    struct geodetic g = frame_geodetic((struct vec3){0, 0, 6356752.314245179 + 10});
    ck_assert_double_eq_tol(g.lat_rad, UNIT_PI / 2, 1e-15);
    ck_assert_double_eq_tol(g.hae_m, 10, 1e-8);
    g = frame_geodetic((struct vec3){0, 0, -6356752.314245179});
    ck_assert_double_eq_tol(g.lat_rad, -UNIT_PI / 2, 1e-15);
    ck_assert_double_eq(frame_geodetic((struct vec3){-6378137, -0.0, 0}).lon_rad, UNIT_PI);
    ck_assert_double_eq_tol(frame_geodetic((struct vec3){-6378137, 1, 0}).lon_rad, UNIT_PI - 1 / 6378137.0, 1e-15);
}
END_TEST

START_TEST(the_centre_of_the_earth_has_no_latitude)
{
    frame_geodetic((struct vec3){10, 20, 30});
}
END_TEST

START_TEST(height_needs_only_a_rough_guess)
{
    struct rng r = rng_init(SEED + 3);
    for (int i = 0; i < 20000; i++) {
        struct geodetic g = random_point(&r, 30e3);
        struct vec3 up, v = frame_ecef(g);
        double guess = g.hae_m + 20e3 * (rng_uniform(&r) - 0.5);
        ck_assert_double_eq_tol(frame_height(v, guess, &up), g.hae_m, 1e-3);
        ck_assert_double_eq_tol(frame_height(v, g.hae_m + 100.0, NULL), g.hae_m, 1e-6);
        struct frame f = frame_at(g);
        ck_assert_double_eq_tol(mat_norm3(up), 1, 1e-15);
        ck_assert_double_lt(mat_norm3(mat_sub3(mat_mul3(&f.axes, up), (struct vec3){0, 0, 1})), 2e-5);
    }
}
END_TEST

START_TEST(enu_and_back_is_the_same_point)
{
    struct rng r = rng_init(SEED + 4);
    for (int i = 0; i < 1000; i++) {
        struct frame f = frame_at(random_point(&r, 5e3));
        struct vec3 v = frame_ecef(random_point(&r, 20e3));
        ck_assert_double_lt(distance(frame_from_enu(&f, frame_to_enu(&f, v)), v), 1e-8);
        ck_assert_double_lt(mat_norm3(mat_sub3(frame_turn_from_enu(&f, frame_turn_to_enu(&f, v)), v)), 1e-8);
        ck_assert_double_lt(mat_norm3(frame_to_enu(&f, f.origin)), 1e-9);
    }
}
END_TEST

START_TEST(the_rotation_between_frames_turns_velocities)
{
    struct rng r = rng_init(SEED + 5);
    for (int i = 0; i < 1000; i++) {
        struct frame a = frame_at(random_point(&r, 5e3)), b = frame_at(random_point(&r, 5e3));
        struct mat3 between = frame_between(&a, &b);
        struct vec3 v = {rng_normal(&r), rng_normal(&r), rng_normal(&r)};
        struct vec3 direct = mat_mul3(&between, v), around = frame_turn_to_enu(&b, frame_turn_from_enu(&a, v));
        ck_assert_double_lt(mat_norm3(mat_sub3(direct, around)), 1e-14);
    }
}
END_TEST

START_TEST(a_point_on_a_height_surface_has_that_height)
{
    struct rng r = rng_init(SEED + 6);
    for (int i = 0; i < 5000; i++) {
        struct frame f = frame_at(random_point(&r, 5e3));
        double east = 600e3 * (rng_uniform(&r) - 0.5), north = 600e3 * (rng_uniform(&r) - 0.5), hae = 20e3 * rng_uniform(&r);
        struct vec3 enu = frame_on_height(&f, east, north, hae);
        ck_assert_double_eq(enu.x, east);
        ck_assert_double_eq(enu.y, north);
        ck_assert_double_eq_tol(frame_geodetic(frame_from_enu(&f, enu)).hae_m, hae, 1e-3);
    }
}
END_TEST

START_TEST(radii_of_curvature_at_equator_and_pole)
{
    double m, n;
    frame_radii(0, &m, &n);
    ck_assert_double_eq_tol(m, 6335439.327, 1e-3); /* a (1 - e2) */
    ck_assert_double_eq(n, 6378137.0);
    frame_radii(UNIT_PI / 2, &m, &n);
    ck_assert_double_eq_tol(m, 6399593.6258, 1e-3); /* TR8350.2 table 3.3: polar radius of curvature */
    ck_assert_double_eq_tol(n, 6399593.6258, 1e-3);
}
END_TEST

START_TEST(angles_fold_into_their_interval)
{
    static const double turns[] = {0, 0.25, 0.5, 0.75, 1, -0.25, -0.5, -0.75, -1, 7.25, -7.25};
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        double rad = turns[i] * 2 * UNIT_PI, azimuth = frame_azimuth(rad), angle = frame_angle(rad);
        ck_assert(azimuth >= 0 && azimuth < 2 * UNIT_PI);
        ck_assert(angle > -UNIT_PI && angle <= UNIT_PI);
        ck_assert_double_eq_tol(remainder(azimuth - rad, 2 * UNIT_PI), 0, 1e-13);
        ck_assert_double_eq_tol(remainder(angle - rad, 2 * UNIT_PI), 0, 1e-13);
    }
    ck_assert_double_eq(frame_azimuth(-1e-20), 0);
    ck_assert_double_eq(frame_angle(-UNIT_PI), UNIT_PI);
}
END_TEST

Suite *test_frame_suite(void)
{
    Suite *suite = suite_create("frame");
    TCase *vectors = tcase_create("vectors");
    tcase_add_test(vectors, axes_of_the_ellipsoid);
    tcase_add_test(vectors, ecef_agrees_with_proj_to_nanometres);
    tcase_add_test(vectors, enu_agrees_with_proj_topocentric);
    tcase_add_test(vectors, poles_and_antimeridian_are_nothing_special);
    tcase_add_test(vectors, radii_of_curvature_at_equator_and_pole);
    tcase_add_test(vectors, angles_fold_into_their_interval);
    support_add_abort_test(vectors, the_centre_of_the_earth_has_no_latitude);
    suite_add_tcase(suite, vectors);
    TCase *property = tcase_create("property");
    tcase_add_test(property, geodetic_undoes_ecef_from_ocean_floor_to_orbit);
    tcase_add_test(property, height_needs_only_a_rough_guess);
    tcase_add_test(property, enu_and_back_is_the_same_point);
    tcase_add_test(property, the_rotation_between_frames_turns_velocities);
    tcase_add_test(property, a_point_on_a_height_surface_has_that_height);
    suite_add_tcase(suite, property);
    return suite;
}
