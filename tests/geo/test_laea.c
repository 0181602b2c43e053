#include "geo/laea.h"

#include "base/rng.h"
#include "base/unit.h"
#include <math.h>

#include "support/support.h"

/* EPSG:3035 (centre 52 N 10 E, false origin 4321000, 3210000, GRS 80, whose ellipsoid differs by 0.1 mm): Guidance Note 7-2, 3.2.2: 50 N 5 E
 * is 3962799.45, 2999718.85. */
START_TEST(the_example_of_guidance_note_7_2)
{
    struct laea l = laea_at(52 * UNIT_DEG, 10 * UNIT_DEG);
    double x, y;

    laea_forward(&l, (struct geodetic){50 * UNIT_DEG, 5 * UNIT_DEG, 0}, &x, &y);
    ck_assert_double_eq_tol(x + 4321000, 3962799.45, 0.01);
    ck_assert_double_eq_tol(y + 3210000, 2999718.85, 0.01);
}
END_TEST

START_TEST(inverse_undoes_forward)
{
    struct laea l = laea_at(50 * UNIT_DEG, -98 * UNIT_DEG);
    struct rng r = rng_init(5);
    struct geodetic back;
    double x, y;

    for (int i = 0; i < 2000; i++) {
        struct geodetic at = {(100 * rng_uniform(&r) - 10) * UNIT_DEG, (360 * rng_uniform(&r) - 180) * UNIT_DEG, 0};
        laea_forward(&l, at, &x, &y);
        ck_assert(laea_inverse(&l, x, y, &back));
        ck_assert_double_eq_tol(back.lat_rad, at.lat_rad, 1e-11);
        ck_assert_double_eq_tol(cos(at.lat_rad) * frame_angle(back.lon_rad - at.lon_rad), 0, 1e-11);
    }
    ck_assert(!laea_inverse(&l, 1.3e7, 0, &back));
}
END_TEST

/* The image of a small square of latitude and longitude has its area on the ellipsoid (radii of curvature), wherever it lies. */
START_TEST(areas_are_true)
{
    struct laea l = laea_at(50 * UNIT_DEG, -98 * UNIT_DEG);
    double step = 1e-5, m, n, x[3], y[3];

    for (double lat = 5; lat < 90; lat += 17)
        for (double lon = -180; lon < 180; lon += 33) {
            for (int i = 0; i < 3; i++)
                laea_forward(&l, (struct geodetic){lat * UNIT_DEG + (i == 1) * step, lon * UNIT_DEG + (i == 2) * step, 0}, &x[i], &y[i]);
            frame_radii(lat * UNIT_DEG + step / 2, &m, &n);
            double image = fabs((x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]));
            ck_assert_double_eq_tol(image / (m * n * cos(lat * UNIT_DEG + step / 2) * step * step), 1, 1e-4);
        }
}
END_TEST

Suite *test_laea_suite(void)
{
    Suite *suite = suite_create("laea");
    TCase *tc = tcase_create("vectors");

    tcase_add_test(tc, the_example_of_guidance_note_7_2);
    tcase_add_test(tc, inverse_undoes_forward);
    tcase_add_test(tc, areas_are_true);
    suite_add_tcase(suite, tc);
    return suite;
}
