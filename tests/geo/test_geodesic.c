#include "geo/geodesic.h"

#include "base/rng.h"
#include "base/unit.h"
#include <math.h>
#include <stddef.h>

#include "support/support.h"

static struct geodetic degrees(double lat, double lon)
{
    return (struct geodetic){lat * UNIT_DEG, lon * UNIT_DEG, 0};
}

/* Vincenty's test line as the manual of the Geocentric Datum of Australia gives it on GRS80 (WGS-84 differs by 0.1 mm):
 * Flinders Peak to Buninyong, 54972.271 m, 306 52 05.37, back 127 10 25.07. */
START_TEST(flinders_peak_to_buninyong)
{
    struct geodetic flinders = degrees(-(37 + 57 / 60.0 + 3.72030 / 3600), 144 + 25 / 60.0 + 29.52440 / 3600);
    struct geodetic buninyong = degrees(-(37 + 39 / 60.0 + 10.15610 / 3600), 143 + 55 / 60.0 + 35.38390 / 3600);
    double from, to;
    ck_assert_double_eq_tol(geodesic_inverse(flinders, buninyong, &from, &to), 54972.271, 1e-3);
    ck_assert_double_eq_tol(from / UNIT_DEG, 306 + 52 / 60.0 + 5.37 / 3600, 0.01 / 3600);
    ck_assert_double_eq_tol(to / UNIT_DEG, 127 + 10 / 60.0 + 25.07 / 3600 + 180, 0.01 / 3600);
}
END_TEST

START_TEST(a_quarter_of_the_equator)
{
    double from;
    ck_assert_double_eq_tol(geodesic_inverse(degrees(0, -45), degrees(0, 45), &from, NULL), UNIT_PI / 2 * FRAME_A, 1e-6);
    ck_assert_double_eq_tol(from, UNIT_PI / 2, 1e-12);
}
END_TEST

START_TEST(direct_undoes_inverse)
{
    struct rng r = rng_init(77);
    for (int i = 0; i < 1000; i++) {
        struct geodetic a = degrees(178 * rng_uniform(&r) - 89, 360 * rng_uniform(&r) - 180), b = degrees(178 * rng_uniform(&r) - 89, 360 * rng_uniform(&r) - 180);
        double from, to, arrival;
        a.hae_m = 123;
        double distance = geodesic_inverse(a, b, &from, &to);
        struct geodetic c = geodesic_direct(a, from, distance, &arrival);
        ck_assert_double_lt(geodesic_inverse(b, c, NULL, NULL), 1e-6);
        ck_assert_double_eq_tol(sin(0.5 * (arrival - to)), 0, 1e-9);
        ck_assert_double_eq(c.hae_m, 123);
        ck_assert(c.lon_rad > -UNIT_PI && c.lon_rad <= UNIT_PI && from >= 0 && from < 2 * UNIT_PI);
        struct geodetic same = geodesic_direct(a, from, distance, NULL);
        ck_assert_double_eq(same.lat_rad, c.lat_rad);
    }
}
END_TEST

Suite *test_geodesic_suite(void)
{
    Suite *suite = suite_create("geodesic");
    TCase *vectors = tcase_create("vectors");
    tcase_add_test(vectors, flinders_peak_to_buninyong);
    tcase_add_test(vectors, a_quarter_of_the_equator);
    tcase_add_test(vectors, direct_undoes_inverse);
    suite_add_tcase(suite, vectors);
    return suite;
}
