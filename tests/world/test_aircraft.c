/* Flights: that they get where they mean to go, along geodesics, within what their class can do; and that the path between steps is smooth. */
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sim/world/aircraft.h"
#include "sim/world/traffic.h"
#include "support/support.h"
#include <math.h>

Suite *test_aircraft_suite(void);

static struct traffic *traffic;

static void open_traffic(void)
{
    char error[256];

    traffic = traffic_new("config/traffic", 11, error, sizeof error);
    ck_assert_msg(traffic != NULL, "%s", error);
}

static void close_traffic(void)
{
    traffic_free(traffic);
}

static struct aircraft_flight straight_flight(struct geodetic from, struct geodetic to)
{
    struct aircraft_flight f = {.number = 1, .class = AIRCRAFT_AIRLINER, .cruise_mps = 230, .cruise_m = 10000, .rcs_m2 = 40};

    f.route = route_init();
    route_add(&f.route, from);
    route_add(&f.route, to);
    return f;
}

START_TEST(every_flight_lands_at_its_destination_in_the_time_its_speed_needs)
{
    for (uint32_t number = 1; number <= 60; number++) {
        struct aircraft_flight flight;
        struct rng rng = traffic_flight(traffic, number, &flight);
        struct aircraft t;
        struct geodetic end = flight.route.point[flight.route.count - 1];
        flight.holds = 0;
        aircraft_start(&t, &flight, rng, 0, 0);
        while (t.flying && t.last < 40000)
            aircraft_step(&t);
        double took = (double)t.last * AIRCRAFT_STEP_S, least = route_length_m(&flight.route) / (1.3 * aircraft_type(flight.class)->cruise_hi_mps);
        ck_assert_msg(!t.flying, "flight %u (%s) never lands", number, aircraft_type(flight.class)->name);
        ck_assert_double_le(geodesic_inverse(t.at, end, NULL, NULL), 8000);
        ck_assert_double_le(t.at.hae_m - end.hae_m, 1500);
        ck_assert_double_ge(took, 0.8 * least);
    }
}
END_TEST

START_TEST(flights_keep_within_what_their_class_can_do)
{
    for (uint32_t number = 1; number <= 80; number++) {
        struct aircraft_flight flight;
        struct rng rng = traffic_flight(traffic, number, &flight);
        const struct aircraft_type *type = aircraft_type(flight.class);
        struct aircraft t;
        aircraft_start(&t, &flight, rng, 0, 0);
        for (int i = 0; i < 3000 && t.flying; i++) {
            aircraft_step(&t);
            double most = UNIT_G * tan(type->bank_rad) / t.speed_mps;
            ck_assert_double_le(fabs(t.turn_rad_s), 1.05 * most + 1e-9);
            ck_assert_double_le(t.climb_mps, type->climb_mps + 1e-9);
            ck_assert_double_ge(t.climb_mps, -0.07 * type->cruise_hi_mps);
            ck_assert_double_le(t.speed_mps, type->cruise_hi_mps + 1e-9);
            ck_assert_double_ge(t.speed_mps, 0.9 * type->slow_mps);
            ck_assert_double_ge(t.at.hae_m, -500);
            ck_assert_double_le(t.at.hae_m, 13500);
        }
    }
}
END_TEST

/* 2 000 km between two points: the greatest distance from the geodesic, found through the angle at the start. */
START_TEST(an_unturned_flight_follows_the_geodesic)
{
    struct geodetic from = {49 * UNIT_DEG, -123 * UNIT_DEG, 0}, to = {45.5 * UNIT_DEG, -97 * UNIT_DEG, 0};
    struct aircraft_flight flight = straight_flight(from, to);
    struct aircraft t;
    double azimuth, aside = 0;
    geodesic_inverse(from, to, &azimuth, NULL);
    aircraft_start(&t, &flight, rng_init(1), 0, 0);
    while (aircraft_step(&t)) {
        double a, d = geodesic_inverse(from, t.at, &a, NULL);
        aside = fmax(aside, fabs(d * sin(a - azimuth)));
    }
    ck_assert_double_le(aside, 500);
}
END_TEST

START_TEST(the_path_between_steps_is_continuous_and_its_slope_is_the_velocity)
{
    struct aircraft_flight flight;
    struct rng rng = traffic_flight(traffic, 5, &flight);
    struct aircraft t;
    aircraft_start(&t, &flight, rng, 0, 0);
    for (int i = 0; i < 200; i++) {
        aircraft_step(&t);
        double now = (double)(t.last - 3) * AIRCRAFT_STEP_S;
        struct vec3 a, b, v, va;
        if (t.last < 5)
            continue;
        for (double s = -1.9; s < 1.9; s += 0.3) {
            ck_assert(aircraft_motion(&t, now + s, &a, &va) && aircraft_motion(&t, now + s + 0.002, &b, NULL));
            v = mat_sub3(b, a);
            ck_assert_double_eq_tol(mat_norm3(v) / 0.002, mat_norm3(va), 0.02);
        }
        ck_assert(aircraft_motion(&t, now - 1e-7, &a, NULL) && aircraft_motion(&t, now + 1e-7, &b, NULL));
        ck_assert_double_le(mat_norm3(mat_sub3(a, b)), 1e-3);
    }
}
END_TEST

START_TEST(nothing_is_known_before_the_start_and_after_the_last_step)
{
    struct geodetic from = {49 * UNIT_DEG, -123 * UNIT_DEG, 0}, to = {45.5 * UNIT_DEG, -97 * UNIT_DEG, 0};
    struct aircraft_flight flight = straight_flight(from, to);
    struct aircraft t;
    struct vec3 at;
    aircraft_start(&t, &flight, rng_init(1), 10, 0);
    ck_assert(aircraft_motion(&t, 20.0, &at, NULL));
    ck_assert(!aircraft_motion(&t, 20.1, &at, NULL));
    aircraft_step(&t);
    ck_assert(aircraft_motion(&t, 20.0, &at, NULL) && aircraft_motion(&t, 22.0, &at, NULL));
    ck_assert(!aircraft_motion(&t, 19.9, &at, NULL) && !aircraft_motion(&t, 22.1, &at, NULL));
    for (int i = 0; i < 40; i++)
        aircraft_step(&t);
    ck_assert(!aircraft_motion(&t, 22.0, &at, NULL));
    ck_assert(aircraft_motion(&t, (double)t.last * AIRCRAFT_STEP_S - 29.0, &at, NULL));
}
END_TEST

START_TEST(a_holding_flight_turns_full_laps)
{
    struct geodetic from = {45 * UNIT_DEG, -100 * UNIT_DEG, 0}, mid = {45 * UNIT_DEG, -99 * UNIT_DEG, 0}, to = {45 * UNIT_DEG, -98 * UNIT_DEG, 0};
    struct aircraft_flight flight = straight_flight(from, mid);
    struct aircraft t;
    double turned = 0;
    route_add(&flight.route, to);
    flight.holds = 4;
    flight.cruise_m = 3000;
    aircraft_start(&t, &flight, rng_init(1), 0, 0);
    while (aircraft_step(&t))
        turned += t.turn_rad_s * AIRCRAFT_STEP_S;
    ck_assert_double_eq_tol(turned, 4 * UNIT_PI, 0.3);
}
END_TEST

Suite *test_aircraft_suite(void)
{
    Suite *s = suite_create("aircraft");
    TCase *t = tcase_create("flight");

    tcase_add_unchecked_fixture(t, open_traffic, close_traffic);
    tcase_add_test(t, every_flight_lands_at_its_destination_in_the_time_its_speed_needs);
    tcase_add_test(t, flights_keep_within_what_their_class_can_do);
    tcase_add_test(t, an_unturned_flight_follows_the_geodesic);
    tcase_add_test(t, the_path_between_steps_is_continuous_and_its_slope_is_the_velocity);
    tcase_add_test(t, nothing_is_known_before_the_start_and_after_the_last_step);
    tcase_add_test(t, a_holding_flight_turns_full_laps);
    suite_add_tcase(s, t);
    return s;
}
