/* Traffic: repeatable flights with the shares that the classes ask for, and identities that are nobody else's. */
#include "sim/world/traffic.h"
#include "support/support.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FLIGHTS 4000

Suite *test_traffic_suite(void);

static struct traffic *open_traffic(uint64_t seed)
{
    char error[256];
    struct traffic *t = traffic_new("config/traffic", seed, error, sizeof error);

    ck_assert_msg(t != NULL, "%s", error);
    return t;
}

START_TEST(a_flight_is_a_function_of_seed_and_number)
{
    struct traffic *a = open_traffic(1), *b = open_traffic(1), *c = open_traffic(2);
    struct aircraft_flight x, y, z;
    int differ = 0;
    for (uint32_t i = 1; i < 100; i++) {
        traffic_flight(a, 100 - i, &x);
        traffic_flight(a, i, &x);
        traffic_flight(b, i, &y);
        traffic_flight(c, i, &z);
        ck_assert_double_eq(x.cruise_mps, y.cruise_mps);
        ck_assert_double_eq(x.route.to_go_m[0], y.route.to_go_m[0]);
        ck_assert_uint_eq(x.ident.mode_a, y.ident.mode_a);
        ck_assert_str_eq(x.ident.callsign, y.ident.callsign);
        differ += x.cruise_mps != z.cruise_mps;
    }
    ck_assert_int_ge(differ, 95);
    traffic_free(a);
    traffic_free(b);
    traffic_free(c);
}
END_TEST

/* Binomial: 4 sigma of the count. */
START_TEST(classes_come_in_their_shares)
{
    struct traffic *t = open_traffic(5);
    int count[AIRCRAFT_CLASSES] = {0}, silent = 0;
    double expected_silent = 0;
    for (uint32_t i = 1; i <= FLIGHTS; i++) {
        struct aircraft_flight f;
        traffic_flight(t, i, &f);
        count[f.class]++;
        silent += !f.transponder;
    }
    for (unsigned c = 0; c < AIRCRAFT_CLASSES; c++) {
        double p = aircraft_type(c)->share;
        ck_assert_double_le(fabs(count[c] - FLIGHTS * p), 4 * sqrt(FLIGHTS * p * (1 - p)));
        expected_silent += p * (1 - aircraft_type(c)->transponder);
    }
    ck_assert_double_eq_tol(silent, FLIGHTS * expected_silent, 4 * sqrt(FLIGHTS * expected_silent));
    traffic_free(t);
}
END_TEST

START_TEST(the_share_of_silent_flights_can_be_set)
{
    struct traffic *t = open_traffic(5);
    int silent = 0;
    traffic_set_silent(t, 0.3);
    for (uint32_t i = 1; i <= FLIGHTS; i++) {
        struct aircraft_flight f;
        traffic_flight(t, i, &f);
        silent += !f.transponder;
        ck_assert(f.transponder || f.ident.flags == 0);
    }
    ck_assert_double_eq_tol(silent, 0.3 * FLIGHTS, 4 * sqrt(FLIGHTS * 0.21));
    traffic_free(t);
}
END_TEST

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

START_TEST(no_two_flights_have_one_address)
{
    struct traffic *t = open_traffic(9);
    static uint32_t seen[20000];
    size_t n = 0;
    for (uint32_t i = 1; i <= 20000; i++) {
        struct aircraft_flight f;
        traffic_flight(t, i, &f);
        if (f.ident.flags & IDENT_MODE_S)
            seen[n++] = f.ident.mode_s;
    }
    qsort(seen, n, sizeof *seen, by_value);
    for (size_t i = 1; i < n; i++)
        ck_assert_uint_ne(seen[i], seen[i - 1]);
    ck_assert_uint_gt(n, 15000);
    traffic_free(t);
}
END_TEST

START_TEST(a_mistake_in_a_file_is_told_by_file_and_line)
{
    char folder[] = "/tmp/airseam-traffic-XXXXXX", path[96], error[256];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/airports.csv", folder);
    FILE *f = fopen(path, "w");
    fputs("icao,nation,lat_deg,lon_deg,elevation_m\nCYYZ,CA,43.7,-79.6,173\nKJFK,US,140.6,-73.8,4\n", f);
    fclose(f);
    ck_assert_ptr_null(traffic_new(folder, 1, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "airports.csv:3: expected lat_deg from -90 to 90, found \"140.6\""));
    unlink(path);
    rmdir(folder);
}
END_TEST

Suite *test_traffic_suite(void)
{
    Suite *s = suite_create("traffic");
    TCase *t = tcase_create("flights");

    tcase_add_test(t, a_flight_is_a_function_of_seed_and_number);
    tcase_add_test(t, classes_come_in_their_shares);
    tcase_add_test(t, the_share_of_silent_flights_can_be_set);
    tcase_add_test(t, no_two_flights_have_one_address);
    tcase_add_test(t, a_mistake_in_a_file_is_told_by_file_and_line);
    suite_add_tcase(s, t);
    return s;
}
