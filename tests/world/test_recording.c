/* Recorded flights: what a file says is flown; what cannot be is passed over; what is not there is said. */
#include "sim/world/recording.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sim/world/aircraft.h"
#include "support/support.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *test_recording_suite(void);

static char folder[] = "/tmp/airseam-recording-XXXXXX", path[96], error[512];

static void setup(void)
{
    strcpy(folder, "/tmp/airseam-recording-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
    unlink(path);
    rmdir(folder);
}

static void write_file(const char *name, const char *text)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

/* Eastwards on the equator, 0.02 degrees (2226 m) every 10 s; then a gap of two minutes, and on. */
static void write_flight(void)
{
    static char text[8192];
    size_t n = (size_t)snprintf(text, sizeof text, "[");
    for (int i = 0; i < 20; i++) {
        int at_s = 10 * i + (i >= 12 ? 120 : 0);
        n += (size_t)snprintf(text + n, sizeof text - n, "%s{\"timestamp\":%ld,\"icao24\":\"c0ffee\",\"latitude\":0.0,\"longitude\":%.4f,\"altitude\":30000,\"callsign\":\"ACA123 \"}",
                              i ? ",\n" : "", 1533100000000L + 1000L * at_s, 0.002 * at_s);
    }
    snprintf(text + n, sizeof text - n, ",{\"timestamp\":1533100055000,\"icao24\":\"c0ffee\",\"latitude\":3.0,\"longitude\":0.5,\"altitude\":30000},"
                                        "{\"timestamp\":1533100056000,\"icao24\":\"c0ffee\",\"latitude\":null,\"longitude\":null,\"altitude\":30000}]");
    write_file("a.json", text);
}

START_TEST(points_become_flights_cut_at_gaps_without_what_cannot_be)
{
    struct recording r;
    write_flight();
    ck_assert_msg(recording_open(&r, &(struct recording_settings){.file = path, .duration_s = 1000}, error, sizeof error), "%s", error);
    ck_assert_uint_eq(r.flights, 2);
    ck_assert_uint_eq(r.flight[0].count, 12);
    ck_assert_uint_eq(r.flight[1].count, 8);
    ck_assert_uint_eq(r.flight[0].address, 0xc0ffee);
    ck_assert_str_eq(r.flight[0].callsign, "ACA123");
    struct recording_point p = recording_at(&r, &r.flight[0], 55);
    struct geodetic g = frame_geodetic(p.at);
    ck_assert_double_eq_tol(g.lon_rad, 0.11 * UNIT_DEG, 1e-7);
    ck_assert_double_eq_tol(g.hae_m, 30000 * UNIT_FT, 1);
    ck_assert_double_eq_tol(mat_norm3(p.velocity), 0.002 * UNIT_DEG * (FRAME_A + 9144), 0.5);
    recording_close(&r);
}
END_TEST

START_TEST(a_window_of_time_is_taken_and_the_middle_is_moved)
{
    struct recording r;
    struct geodetic to = {45 * UNIT_DEG, -75 * UNIT_DEG, 0};
    write_flight();
    ck_assert(recording_open(&r, &(struct recording_settings){.file = path, .from_s = 20, .duration_s = 60, .moved = true, .to = to}, error, sizeof error));
    ck_assert_uint_eq(r.flights, 1);
    ck_assert_uint_eq(r.flight[0].count, 7);
    ck_assert_double_eq(r.point[0].time_s, 0);
    struct geodetic first = frame_geodetic(r.point[0].at), last = frame_geodetic(r.point[6].at);
    ck_assert_double_le(geodesic_inverse(first, to, NULL, NULL), 60e3);
    ck_assert_double_eq_tol(geodesic_inverse(first, last, NULL, NULL), 0.12 * UNIT_DEG * FRAME_A, 20);
    recording_close(&r);
}
END_TEST

START_TEST(an_aircraft_follows_its_recording_and_ends_with_it)
{
    struct recording r;
    struct aircraft t;
    struct aircraft_flight f = {.number = 1, .class = AIRCRAFT_AIRLINER, .recording = &r};
    struct vec3 at;
    int steps = 0;
    write_flight();
    ck_assert(recording_open(&r, &(struct recording_settings){.file = path, .duration_s = 1000}, error, sizeof error));
    aircraft_start(&t, &f, rng_init(1), 0, 0);
    while (t.flying) {
        aircraft_step(&t);
        steps++;
        if (steps > 2 && t.flying) {
            double when = (double)t.last * AIRCRAFT_STEP_S - 1.3;
            ck_assert(aircraft_motion(&t, when, &at, NULL));
            ck_assert_double_le(mat_norm3(mat_sub3(at, recording_at(&r, &r.flight[0], when).at)), 1.0);
            ck_assert_double_eq_tol(t.heading_rad, UNIT_PI / 2, 0.01);
        }
    }
    ck_assert_int_eq(steps, 55);
    recording_close(&r);
}
END_TEST

START_TEST(truth_of_another_run_can_be_flown_again)
{
    struct recording r;
    write_file("truth.csv", "time_s,target_id,lat,lon,alt_m,vn_mps,ve_mps,vz_mps\n43200,7,40,-90,9000,0,200,0\n43205,7,40,-89.99,9000,0,200,0\n43210,7,40,-89.98,9000,0,200,0\n");
    ck_assert_msg(recording_open(&r, &(struct recording_settings){.file = path, .duration_s = 1000}, error, sizeof error), "%s", error);
    ck_assert_uint_eq(r.flights, 1);
    ck_assert_uint_eq(r.flight[0].address, 7);
    ck_assert_double_eq(r.point[2].time_s, 10);
    recording_close(&r);
}
END_TEST

START_TEST(what_is_not_there_or_not_a_recording_is_said)
{
    struct recording r;
    const char *given = getenv("AIRSEAM_DATA");
    char *before = given ? strdup(given) : NULL;
    unsetenv("AIRSEAM_DATA");
    ck_assert(!recording_open(&r, &(struct recording_settings){.file = "recordings/x.json", .duration_s = 10}, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "AIRSEAM_DATA"));
    setenv("AIRSEAM_DATA", folder, 1);
    ck_assert(!recording_open(&r, &(struct recording_settings){.file = "recordings/x.json", .duration_s = 10}, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "no such file"));
    write_file("b.json", "{\"timestamp\": 1}");
    ck_assert(!recording_open(&r, &(struct recording_settings){.file = "b.json", .duration_s = 10}, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "b.json: expected a JSON array"));
    write_file("b.json", "[{\"timestamp\": 1}, 5]");
    ck_assert(!recording_open(&r, &(struct recording_settings){.file = "b.json", .duration_s = 10}, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "octet 19"));
    write_file("b.json", "[]");
    ck_assert(!recording_open(&r, &(struct recording_settings){.file = "b.json", .duration_s = 10}, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "found none"));
    recording_close(&r);
    unsetenv("AIRSEAM_DATA");
    if (before) /* tests that do not run in processes of their own go on with it */
        setenv("AIRSEAM_DATA", before, 1);
    free(before);
}
END_TEST

/* A day over Switzerland: as many aircraft as its README says; speeds that aircraft have. */
START_TEST(a_recorded_day_is_read_whole)
{
    const char *there = support_data("recordings/adsb/collections__switzerland.json.gz");
    struct recording r;
    if (!there) {
        support_skip("no recordings/adsb/collections__switzerland.json.gz under AIRSEAM_DATA");
        return;
    }
    ck_assert_msg(recording_open(&r, &(struct recording_settings){.file = there, .duration_s = 90000}, error, sizeof error), "%s", error);
    ck_assert_uint_ge(r.flights, 842);
    ck_assert_uint_ge(r.points, 130000);
    uint32_t fast = 0;
    for (uint32_t i = 0; i < r.flights; i++) {
        ck_assert_double_le(r.flight[i].fastest_mps, RECORDING_FASTEST_MPS + 1);
        fast += r.flight[i].fastest_mps > 100;
    }
    ck_assert_uint_ge(fast * 10, r.flights * 8);
    recording_close(&r);
}
END_TEST

Suite *test_recording_suite(void)
{
    Suite *s = suite_create("recording");
    TCase *t = tcase_create("files");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, points_become_flights_cut_at_gaps_without_what_cannot_be);
    tcase_add_test(t, a_window_of_time_is_taken_and_the_middle_is_moved);
    tcase_add_test(t, an_aircraft_follows_its_recording_and_ends_with_it);
    tcase_add_test(t, truth_of_another_run_can_be_flown_again);
    tcase_add_test(t, what_is_not_there_or_not_a_recording_is_said);
    tcase_add_test(t, a_recorded_day_is_read_whole);
    suite_add_tcase(s, t);
    return s;
}
