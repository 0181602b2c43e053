/* Who is in the air: by the hour, by nation, on airways, in formations; and all of it again from the same seed. */
#include "sim/world/roster.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sim/world/airways.h"
#include "sim/world/military.h"
#include "sim/world/traffic.h"
#include "support/support.h"
#include <math.h>
#include <string.h>

Suite *test_roster_suite(void);

static bool anywhere(void *context, struct geodetic at)
{
    (void)context;
    (void)at;
    return true;
}

static struct scenario day_at(const char *start)
{
    struct scenario s = scenario_default();
    ck_assert(scenario_parse_start(start, &s.start));
    s.aircraft = 2000;
    s.anywhere = s.rhythm = s.airways = true;
    s.domestic = 0.9;
    return s;
}

static struct roster *begun(const struct scenario *s)
{
    char error[256];
    struct roster *r = roster_new(s, error, sizeof error);
    ck_assert_msg(r != NULL, "%s", error);
    roster_begin(r, anywhere, NULL);
    return r;
}

static unsigned flying(const struct roster *r)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < roster_slots(r); i++)
        n += roster_aircraft(r)[i].flying;
    return n;
}

/* 19:00Z is early afternoon in the middle of the continent, 09:00Z the small hours. */
START_TEST(the_afternoon_is_full_and_the_night_is_not)
{
    struct scenario day = day_at("2026-06-01T19:00:00Z"), night = day_at("2026-06-01T09:00:00Z");
    struct roster *a = begun(&day), *b = begun(&night);
    ck_assert_uint_ge(flying(a), 1950);
    ck_assert_uint_le(flying(b), 500);
    ck_assert_uint_ge(flying(b), 150);
    unsigned east = 0;
    for (uint32_t i = 0; i < roster_slots(b); i++)
        east += roster_aircraft(b)[i].flying && roster_aircraft(b)[i].at.lon_rad > -100 * UNIT_DEG;
    ck_assert_uint_ge(east * 10, flying(b) * 5); /* what flies before dawn is rather in the east */
    roster_free(a);
    roster_free(b);
}
END_TEST

START_TEST(the_number_in_the_air_follows_the_day)
{
    struct scenario s = day_at("2026-06-01T10:00:00Z");
    s.aircraft = 500;
    struct roster *r = begun(&s);
    unsigned before = flying(r);
    for (int i = 0; i < 3 * 1800; i++)
        roster_step(r);
    ck_assert_uint_ge(flying(r), 2 * before);
    ck_assert_uint_le(flying(r), 500);
    roster_free(r);
}
END_TEST

START_TEST(nine_of_ten_airline_flights_stay_within_a_nation)
{
    char error[256];
    struct traffic *t = traffic_new("config/traffic", 4, error, sizeof error);
    unsigned airline = 0, within = 0, nations[3] = {0};
    traffic_set_domestic(t, 0.9);
    for (uint32_t i = 1; i <= 3000; i++) {
        struct aircraft_flight f;
        traffic_flight(t, i, &f);
        if (f.class != AIRCRAFT_AIRLINER && f.class != AIRCRAFT_REGIONAL)
            continue;
        bool us = strchr("KPT", f.departure[0]), ca = f.departure[0] == 'C';
        bool us_to = strchr("KPT", f.destination[0]), ca_to = f.destination[0] == 'C';
        airline++;
        within += us == us_to && ca == ca_to;
        nations[us ? 0 : ca ? 1 : 2]++;
    }
    ck_assert_double_eq_tol(within, 0.9 * airline, 4 * sqrt(0.09 * airline));
    ck_assert_uint_gt(nations[0], nations[1]);
    ck_assert_uint_gt(nations[1], nations[2] / 3);
    ck_assert_uint_gt(nations[2], airline / 30);
    traffic_free(t);
}
END_TEST

START_TEST(flights_between_two_cities_share_their_points_and_levels_are_of_their_direction)
{
    char error[256];
    struct traffic *t = traffic_new("config/traffic", 4, error, sizeof error);
    unsigned looked = 0;
    ck_assert(traffic_set_airways(t));
    traffic_set_domestic(t, 0.9);
    for (uint32_t i = 1; i <= 600; i++) {
        struct aircraft_flight f;
        double azimuth, straight_m, thousands;
        traffic_flight(t, i, &f);
        if (f.class != AIRCRAFT_AIRLINER)
            continue;
        straight_m = geodesic_inverse(f.route.point[0], f.route.point[f.route.count - 1], &azimuth, NULL);
        ck_assert_double_le(route_length_m(&f.route), 1.12 * straight_m);
        for (unsigned k = 1; k + 1 < f.route.count; k++)
            ck_assert_uint_ge(strlen(f.route.name[k]), 3);
        thousands = f.cruise_m / (1000 * UNIT_FT);
        ck_assert_double_eq_tol(thousands, round(thousands), 1e-6);
        ck_assert_int_eq((int)lround(thousands) % 2, azimuth < UNIT_PI);
        looked += f.route.count > 3;
    }
    ck_assert_uint_gt(looked, 100);
    traffic_free(t);
}
END_TEST

START_TEST(a_way_is_the_same_for_all_and_its_points_lie_ahead)
{
    const struct geodetic beacon[2] = {{40 * UNIT_DEG, -100 * UNIT_DEG, 0}, {39 * UNIT_DEG, -90 * UNIT_DEG, 0}};
    const char name[2][8] = {"AAA", "BBB"};
    struct airways *a = airways_new(beacon, name, 2);
    struct geodetic from = {34 * UNIT_DEG, -118 * UNIT_DEG, 0}, to = {41 * UNIT_DEG, -74 * UNIT_DEG, 0};
    struct route r = airways_route(a, from, to), again = airways_route(a, from, to);
    ck_assert_uint_ge(r.count, 6);
    ck_assert_uint_eq(r.count, again.count);
    for (unsigned i = 1; i < r.count; i++) {
        ck_assert_str_eq(r.name[i], again.name[i]);
        ck_assert_double_lt(r.point[i - 1].lon_rad, r.point[i].lon_rad);
    }
    ck_assert_double_le(route_length_m(&r), 1.08 * geodesic_inverse(from, to, NULL, NULL));
    airways_free(a);
}
END_TEST

START_TEST(of_a_formation_the_leader_answers_and_a_tanker_has_two_beside_it)
{
    struct scenario s = scenario_default();
    s.formations = 5;
    s.tankers = 3;
    ck_assert(military_add(&s));
    ck_assert_uint_eq(s.flights, 8);
    for (unsigned f = 0; f < s.flights; f++) {
        unsigned answer = 0;
        double apart = 0;
        for (unsigned one = 0; one < s.flight[f].count; one++) {
            struct aircraft_flight flight = scenario_flight(&s, f, one);
            ck_assert_uint_ge(flight.route.count, 10);
            answer += flight.transponder;
            apart = one ? geodesic_inverse(scenario_flight(&s, f, 0).route.point[0], flight.route.point[0], NULL, NULL) : 0;
        }
        ck_assert_uint_ge(s.flight[f].count, 2);
        ck_assert_uint_eq(answer, f < 5 ? 1 : 3);
        ck_assert_double_le(apart, 4 * 1852);
        ck_assert_double_ge(apart, 200);
    }
    s.formations = SCENARIO_FLIGHTS;
    ck_assert(!military_add(&s));
}
END_TEST

static double digest(const struct scenario *s)
{
    struct roster *r = begun(s);
    double sum = 0;
    for (int i = 0; i < 120; i++)
        roster_step(r);
    for (uint32_t i = 0; i < roster_slots(r); i++)
        sum += (roster_aircraft(r)[i].at.lat_rad + 3 * roster_aircraft(r)[i].at.lon_rad) * (double)(i + 1);
    roster_free(r);
    return sum;
}

START_TEST(the_same_seed_has_the_same_sky)
{
    struct scenario s = day_at("2026-06-01T15:00:00Z"), other;
    s.aircraft = 300;
    s.formations = s.tankers = 2;
    other = s;
    other.seed = 2;
    ck_assert(digest(&s) == digest(&s));
    ck_assert(digest(&s) != digest(&other));
}
END_TEST

Suite *test_roster_suite(void)
{
    Suite *s = suite_create("roster");
    TCase *t = tcase_create("traffic");
    tcase_add_test(t, the_afternoon_is_full_and_the_night_is_not);
    tcase_add_test(t, the_number_in_the_air_follows_the_day);
    tcase_add_test(t, nine_of_ten_airline_flights_stay_within_a_nation);
    tcase_add_test(t, flights_between_two_cities_share_their_points_and_levels_are_of_their_direction);
    tcase_add_test(t, a_way_is_the_same_for_all_and_its_points_lie_ahead);
    tcase_add_test(t, of_a_formation_the_leader_answers_and_a_tanker_has_two_beside_it);
    tcase_add_test(t, the_same_seed_has_the_same_sky);
    suite_add_tcase(s, t);
    return s;
}
