/* Routes: their lengths, places along them, and the neighbourhoods they keep to. */
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sim/world/route.h"
#include "support/support.h"
#include <math.h>

static const struct geodetic toronto = {43.677 * UNIT_DEG, -79.631 * UNIT_DEG, 173};
static const struct geodetic cancun = {21.037 * UNIT_DEG, -86.877 * UNIT_DEG, 7};

Suite *test_route_suite(void);

START_TEST(to_go_sums_the_legs)
{
    struct route r = route_init();
    struct geodetic a = toronto, b = {40 * UNIT_DEG, -80 * UNIT_DEG, 0}, c = cancun;

    ck_assert(route_add(&r, a) && route_add(&r, b) && route_add(&r, c));
    double ab = geodesic_inverse(a, b, NULL, NULL), bc = geodesic_inverse(b, c, NULL, NULL);
    ck_assert_double_eq_tol(r.to_go_m[0], ab + bc, 1e-6);
    ck_assert_double_eq_tol(r.to_go_m[1], bc, 1e-6);
    ck_assert_double_eq_tol(r.to_go_m[2], 0, 1e-9);
}
END_TEST

START_TEST(a_point_on_top_of_the_last_one_is_refused)
{
    struct route r = route_init();

    ck_assert(route_add(&r, toronto));
    ck_assert(!route_add(&r, toronto));
    ck_assert_uint_eq(r.count, 1);
}
END_TEST

START_TEST(the_thirteenth_point_is_refused)
{
    struct route r = route_init();

    for (int i = 0; i < ROUTE_POINTS; i++)
        ck_assert(route_add(&r, (struct geodetic){(40 + i) * UNIT_DEG, -90 * UNIT_DEG, 0}));
    ck_assert(!route_add(&r, toronto));
    ck_assert_uint_eq(r.count, ROUTE_POINTS);
}
END_TEST

/* The way from the start to the place found, by the legs, is the distance asked for. */
START_TEST(a_place_lies_as_far_along_as_asked)
{
    struct rng rng = rng_init(7);
    struct route r = route_between(toronto, cancun, &rng);

    for (double d = 0; d <= route_length_m(&r); d += 50e3) {
        double azimuth;
        unsigned next;
        struct geodetic at = route_at(&r, d, &azimuth, &next);
        double left = geodesic_inverse(at, r.point[next], NULL, NULL) + r.to_go_m[next];
        ck_assert_double_eq_tol(route_length_m(&r) - left, d, 0.01);
    }
}
END_TEST

START_TEST(dog_legs_cost_little)
{
    double straight = geodesic_inverse(toronto, cancun, NULL, NULL);

    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct rng rng = rng_init(seed);
        struct route r = route_between(toronto, cancun, &rng);
        ck_assert_double_ge(route_length_m(&r), straight - 1);
        ck_assert_double_le(route_length_m(&r), 1.05 * straight);
    }
}
END_TEST

START_TEST(a_round_trip_stays_in_its_neighbourhood_and_ends_at_home)
{
    struct rng rng = rng_init(3);
    struct route r = route_around(toronto, 90e3, &rng);

    for (unsigned i = 0; i < r.count; i++)
        ck_assert_double_le(geodesic_inverse(toronto, r.point[i], NULL, NULL), 90.01e3);
    ck_assert_double_le(geodesic_inverse(toronto, r.point[r.count - 1], NULL, NULL), 1.0);
}
END_TEST

Suite *test_route_suite(void)
{
    Suite *s = suite_create("route");
    TCase *t = tcase_create("points");

    tcase_add_test(t, to_go_sums_the_legs);
    tcase_add_test(t, a_point_on_top_of_the_last_one_is_refused);
    tcase_add_test(t, the_thirteenth_point_is_refused);
    tcase_add_test(t, a_place_lies_as_far_along_as_asked);
    tcase_add_test(t, dog_legs_cost_little);
    tcase_add_test(t, a_round_trip_stays_in_its_neighbourhood_and_ends_at_home);
    suite_add_tcase(s, t);
    return s;
}
