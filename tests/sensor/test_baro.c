#include "sensor/baro.h"

#include "base/rng.h"
#include "base/unit.h"
#include <math.h>
#include <stdlib.h>

#include "support/support.h"

/* A warm day of high pressure: 40 m at the ground, 400 m more at 10 km. */
static double truth(double pressure_m)
{
    return 40.0 + 0.04 * pressure_m;
}

static void fly(struct baro *b, double lat_deg, double lon_deg, unsigned reports)
{
    struct rng r = rng_init(3);
    for (unsigned i = 0; i < reports; i++) {
        double pressure = 1000.0 + 11000.0 * rng_uniform(&r);
        struct geodetic at = {(lat_deg + rng_uniform(&r)) * UNIT_DEG, (lon_deg + rng_uniform(&r)) * UNIT_DEG, pressure + truth(pressure) + 40.0 * rng_normal(&r)};
        baro_add(b, &at, pressure, 20.0, (struct instant){(int64_t)(i + 1) * 2000000000});
    }
}

START_TEST(nothing_learned_is_zero_with_the_usual_doubt)
{
    struct baro *b = baro_new();
    struct baro_offset o = baro_at(b, 0.7, -1.6, 10000.0);
    ck_assert_double_eq(o.add_m, 0.0);
    ck_assert_double_eq(o.sigma_m, BARO_SIGMA_M);
    baro_free(b);
}
END_TEST

START_TEST(the_weather_is_learned_at_every_height)
{
    struct baro *b = baro_new();
    fly(b, 41.0, -90.0, 500);
    for (double h = 1000; h < 12000; h += 1000) {
        struct baro_offset o = baro_at(b, 41.5 * UNIT_DEG, -89.5 * UNIT_DEG, h);
        ck_assert_double_eq_tol(o.add_m, truth(h), 25.0);
        ck_assert_double_lt(o.sigma_m, 40.0);
    }
    baro_free(b);
}
END_TEST

START_TEST(the_next_region_helps_and_a_far_one_does_not)
{
    struct baro *b = baro_new();
    fly(b, 41.0, -90.0, 500);
    struct baro_offset near = baro_at(b, 41.5 * UNIT_DEG, -86.0 * UNIT_DEG, 10000.0), far = baro_at(b, 41.5 * UNIT_DEG, -70.0 * UNIT_DEG, 10000.0);
    ck_assert_double_gt(near.add_m, 300.0);
    ck_assert_double_eq(far.add_m, 0.0);
    baro_free(b);
}
END_TEST

START_TEST(what_was_learned_is_saved)
{
    struct baro *b = baro_new(), *c = baro_new();
    fly(b, 41.0, 179.5, 50); /* across the date line */
    void *state = malloc(baro_state_size(b));
    baro_save(b, state);
    ck_assert_int_lt(baro_load(c, state, 1), 0);
    ck_assert_int_eq(baro_load(c, state, baro_state_size(b)), 0);
    ck_assert_double_eq(baro_at(b, 41.5 * UNIT_DEG, -179.9 * UNIT_DEG, 9000.0).add_m, baro_at(c, 41.5 * UNIT_DEG, -179.9 * UNIT_DEG, 9000.0).add_m);
    ck_assert_double_gt(baro_at(c, 41.5 * UNIT_DEG, 179.9 * UNIT_DEG, 9000.0).add_m, 200.0);
    free(state);
    baro_free(b);
    baro_free(c);
}
END_TEST

Suite *test_baro_suite(void)
{
    Suite *suite = suite_create("baro");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, nothing_learned_is_zero_with_the_usual_doubt);
    tcase_add_test(claims, the_weather_is_learned_at_every_height);
    tcase_add_test(claims, the_next_region_helps_and_a_far_one_does_not);
    tcase_add_test(claims, what_was_learned_is_saved);
    suite_add_tcase(suite, claims);
    return suite;
}
