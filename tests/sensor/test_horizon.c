#include "sensor/horizon.h"

#include "base/rng.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/support.h"

static struct geodetic place(double lat, double lon, double msl_m)
{
    return (struct geodetic){lat * UNIT_DEG, lon * UNIT_DEG, msl_m};
}

/* The field's rule of thumb: 1.23 NM per root foot on each side (Skolnik 8.4), within its rounding. */
START_TEST(the_smooth_horizon_is_the_known_one)
{
    ck_assert_double_eq_tol(horizon_range_m(HORIZON_FOUR_THIRDS, 0, 10000 * UNIT_FT) / UNIT_NM, 1.23 * 100, 0.6);
    ck_assert_double_eq_tol(horizon_range_m(HORIZON_FOUR_THIRDS, 100 * UNIT_FT, 900 * UNIT_FT) / UNIT_NM, 1.23 * 40, 0.3);
    double a = HORIZON_EARTH_M, h = 25;
    ck_assert_double_eq_tol(horizon_range_m(1, h, 0), a * acos(a / (a + h)), 1e-2); /* acos loses digits */
}
END_TEST

START_TEST(height_and_tangent_are_inverse)
{
    struct rng r = rng_init(3);

    for (int i = 0; i < 1000; i++) {
        double antenna = 4000 * rng_uniform(&r), height = 30000 * rng_uniform(&r), arc = 100 + 6e5 * rng_uniform(&r);
        double tangent = horizon_tangent(HORIZON_FOUR_THIRDS, antenna, height, arc);
        ck_assert_double_eq_tol(horizon_height_at(HORIZON_FOUR_THIRDS, antenna, tangent, arc), height, 1e-5);
    }
}
END_TEST

START_TEST(places_are_where_geodesics_put_them)
{
    struct rng r = rng_init(4);

    for (int i = 0; i < 500; i++) {
        struct geodetic at = place(10 + 79 * rng_uniform(&r), 360 * rng_uniform(&r) - 180, 0);
        struct frame f = frame_at(at);
        double azimuth = 2 * UNIT_PI * rng_uniform(&r), arc = 1000 + 5e5 * rng_uniform(&r), from;
        struct geodetic to = geodesic_direct(at, azimuth, arc, NULL), back;
        struct horizon_place found = horizon_locate(&f, to.lat_rad, to.lon_rad);
        ck_assert_double_eq_tol(found.arc_m, arc, 60);
        ck_assert_double_eq_tol(frame_angle(found.azimuth_rad - azimuth), 0, 3e-4);
        back = horizon_place_at(&f, azimuth, arc);
        ck_assert_double_eq_tol(geodesic_inverse(at, back, &from, NULL), arc, 60);
        ck_assert_double_eq_tol(frame_angle(from - azimuth), 0, 3e-4);
    }
}
END_TEST

/* Over a smooth earth a height comes into sight exactly at the geometric range. */
START_TEST(the_sweep_over_the_sea_is_exact)
{
    struct terrain *sea = terrain_smooth_new();
    struct horizon *h = horizon_new(800e3);

    for (double antenna = 5; antenna < 5000; antenna *= 3) {
        horizon_sweep(h, sea, place(60, -179, antenna), HORIZON_FOUR_THIRDS, 800e3);
        for (double height = 30; height < 31000; height *= 2) {
            double range = horizon_range_m(HORIZON_FOUR_THIRDS, antenna, height);
            ck_assert_double_eq_tol(horizon_lowest_m(h, (struct horizon_place){2, range}), height, 1e-3);
            ck_assert_double_lt(horizon_lowest_m(h, (struct horizon_place){4, range - 10}), height);
            ck_assert_double_gt(horizon_lowest_m(h, (struct horizon_place){6, range + 10}), height);
        }
        ck_assert_double_eq(horizon_lowest_m(h, (struct horizon_place){1, 500}), 0);
    }
    horizon_free(h);
    terrain_free(sea);
}
END_TEST

static struct terrain *shipped(void)
{
    FILE *f = fopen("config/terrain/etopo5.terrain", "rb");
    char *bytes = malloc(1 << 20);
    size_t offset;
    int error;

    ck_assert(f && bytes);
    size_t size = fread(bytes, 1, 1 << 20, f);
    fclose(f);
    struct terrain *t = terrain_new(bytes, size, &error, &offset);
    ck_assert_ptr_nonnull(t);
    free(bytes);
    return t;
}

/* Ten places between sea and mountains; the oracle is a profile of its own to every cell in steps of 500 m. Visible area, summed over the ten and the heights, is
 * within 1 %. */
START_TEST(the_sweep_sees_the_area_that_profiles_see)
{
    static const double sites[10][3] = {{48.37, -124.68, 440}, {48.01, -114.37, 2080}, {47.68, -103.78, 745}, {31.30, -113.55, 120}, {28.62, -105.87, 2200},
                                        {25.69, -109.08, 70}, {50.66, -119.50, 645}, {19.40, -99.10, 2300}, {61.20, -149.90, 100}, {38.90, -77.00, 100}};
    static const double heights[] = {1500, 3000, 5500, 7600, 10700};
    struct terrain *ground = shipped();
    struct horizon *h = horizon_new(463e3);
    double swept = 0, profiled = 0, differing = 0;

    for (int i = 0; i < 10; i++) {
        struct geodetic antenna = place(sites[i][0], sites[i][1], sites[i][2]);
        horizon_sweep(h, ground, antenna, HORIZON_FOUR_THIRDS, 463e3);
        for (double x = -460e3; x <= 460e3; x += 20e3)
            for (double y = -460e3; y <= 460e3; y += 20e3) {
                struct horizon_place at = {frame_azimuth(atan2(x, y)), hypot(x, y)};
                if (at.arc_m > 463e3 || at.arc_m < 1)
                    continue;
                double fast = horizon_lowest_m(h, at), slow = horizon_profile_m(ground, antenna, HORIZON_FOUR_THIRDS, at, 500);
                for (size_t k = 0; k < sizeof heights / sizeof heights[0]; k++) {
                    swept += fast <= heights[k];
                    profiled += slow <= heights[k];
                    differing += (fast <= heights[k]) != (slow <= heights[k]);
                }
            }
    }
    printf("# sweep %.0f, profiles %.0f, differing %.0f cells\n", swept, profiled, differing);
    ck_assert_double_eq_tol(swept / profiled, 1, 0.01);
    ck_assert_double_lt(differing / profiled, 0.02);
    horizon_free(h);
    terrain_free(ground);
}
END_TEST

START_TEST(a_buried_antenna_stands_on_the_ground)
{
    struct terrain *ground = shipped();
    struct horizon *h = horizon_new(100e3);
    struct geodetic at = place(39.2, -101.9, 15);

    horizon_sweep(h, ground, at, HORIZON_FOUR_THIRDS, 100e3);
    ck_assert_double_eq_tol(horizon_antenna_m(h), terrain_height_m(ground, at.lat_rad, at.lon_rad) + 1, 1e-9);
    horizon_free(h);
    terrain_free(ground);
}
END_TEST

Suite *test_horizon_suite(void)
{
    Suite *suite = suite_create("horizon");
    TCase *tc = tcase_create("vectors");

    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, the_smooth_horizon_is_the_known_one);
    tcase_add_test(tc, height_and_tangent_are_inverse);
    tcase_add_test(tc, places_are_where_geodesics_put_them);
    tcase_add_test(tc, the_sweep_over_the_sea_is_exact);
    tcase_add_test(tc, the_sweep_sees_the_area_that_profiles_see);
    tcase_add_test(tc, a_buried_antenna_stands_on_the_ground);
    suite_add_tcase(suite, tc);
    return suite;
}
