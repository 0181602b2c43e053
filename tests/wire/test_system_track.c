#include "wire/system_track.h"

#include "base/err.h"
#include "base/unit.h"
#include "wire/asterix_path.h"
#include <math.h>
#include <string.h>

#include "nouns.h"
#include "support/support.h"
#include "wire/target.h"

static struct system_track *writer;

static void setup(void)
{
    writer = system_track_new(10, 20);
    ck_assert_ptr_nonnull(writer);
}

static void teardown(void)
{
    system_track_free(writer);
}

static struct track_event event(void)
{
    struct track t = {.number = 70000, .flags = TRACK_CONFIRMED | TRACK_HEIGHT | TRACK_CLIMB, .time = {INT64_C(86400) * 1000000000 * 20000 + INT64_C(3600500000000)},
                      .at = {45 * UNIT_DEG, -75 * UNIT_DEG, 10000}, .east_mps = 200, .north_mps = -100.25, .climb_mps = 5, .turn_rad_s = -0.02,
                      .sigma_height_m = 50, .sigma_climb_mps = 1, .level = {.pressure_m = 350 * UNIT_FL, .flags = LEVEL_PRESSURE},
                      .ident = {.mode_s = 0xc0ffee, .mode_a = 07623, .flags = IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN, .callsign = "ACA123"}};

    t.cov[TRACK_EE] = 900;
    t.cov[TRACK_NN] = 400;
    t.cov[TRACK_EN] = -100;
    t.cov[TRACK_VEVE] = 4;
    t.cov[TRACK_VNVN] = 1;
    t.born = instant_add(t.time, -1000);
    t.last = t.level_time = t.age[TRACK_AGE_MODE_S] = instant_add(t.time, -2.5);
    t.age[TRACK_AGE_PSR] = t.age[TRACK_AGE_SSR] = t.age[TRACK_AGE_ADSB] = t.age[TRACK_AGE_MLAT] = t.age[TRACK_AGE_TRACK] = INSTANT_NONE;
    return (struct track_event){.kind = TRACK_UPDATE, .track = t};
}

static struct asterix_record decoded(unsigned category, const uint8_t *bytes, int size)
{
    struct asterix_record r;
    struct asterix_fault fault;

    ck_assert_int_gt(size, 0);
    ck_assert_int_eq(asterix_decode(asterix_find(category, NULL), bytes, (size_t)size, &r, &fault), size);
    return r;
}

static double si(const struct asterix_record *r, const char *path)
{
    struct asterix_place place;
    double value = NAN;

    ck_assert_int_eq(asterix_path_find(r->category, path, &place), 0);
    ck_assert_msg(asterix_path_si(r, &place, &value), "%s", path);
    return value;
}

static uint64_t raw(const struct asterix_record *r, const char *path)
{
    struct asterix_place place;
    uint64_t value = 0;

    ck_assert_int_eq(asterix_path_find(r->category, path, &place), 0);
    ck_assert_msg(asterix_path_raw(r, &place, &value), "%s", path);
    return value;
}

static bool has(const struct asterix_record *r, const char *path)
{
    struct asterix_place place;
    uint64_t value;

    ck_assert_int_eq(asterix_path_find(r->category, path, &place), 0);
    return asterix_path_raw(r, &place, &value);
}

START_TEST(a_track_says_in_062_what_the_picture_knows)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    struct asterix_record r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));

    ck_assert_uint_eq(raw(&r, "010/SAC"), 10);
    ck_assert_uint_eq(raw(&r, "010/SIC"), 20);
    ck_assert_uint_eq(raw(&r, "040"), 1);
    ck_assert_double_eq(si(&r, "070"), 3600.5);
    ck_assert_double_eq_tol(si(&r, "105/LAT"), 45 * UNIT_DEG, 5e-8);
    ck_assert_double_eq_tol(si(&r, "105/LON"), -75 * UNIT_DEG, 5e-8);
    ck_assert_double_eq_tol(si(&r, "185/VY"), -100.25, 1e-9);
    ck_assert_uint_eq(raw(&r, "060/MODE3A"), 07623);
    ck_assert_uint_eq(raw(&r, "380/ADR"), 0xc0ffee);
    ck_assert_double_eq_tol(si(&r, "136"), 350 * UNIT_FL, 1e-6);
    ck_assert_double_eq_tol(si(&r, "130"), 10000, 1);
    ck_assert_uint_eq(raw(&r, "200/TRANS"), 2);
    ck_assert_uint_eq(raw(&r, "200/VERT"), 1);
    ck_assert_double_eq_tol(si(&r, "290/MDS"), 2.5, 1e-9);
    ck_assert_double_eq_tol(si(&r, "290/TRK"), 63.75, 1e-9);
    ck_assert(!has(&r, "290/PSR"));
    ck_assert_uint_eq(raw(&r, "080/PSR"), 1);
    ck_assert_uint_eq(raw(&r, "080/MDS"), 0);
    ck_assert_double_eq_tol(si(&r, "500/APC/X"), 30, 1e-9);
    ck_assert_double_eq_tol(si(&r, "500/COV"), -10, 1e-9);
}
END_TEST

/* A track through the writer and the decoder. */
static const struct plot *trip(struct nouns *n, const struct track *t, unsigned kind)
{
    struct track_event e = {.kind = (uint8_t)kind, .track = *t};
    uint8_t bytes[3 + SYSTEM_TRACK_RECORD] = {62};
    int size = system_track_encode(writer, &e, bytes + 3, SYSTEM_TRACK_RECORD);
    struct decoder_sink sink = nouns_sink(n);

    ck_assert_int_gt(size, 0);
    bytes[2] = (uint8_t)(size + 3);
    n->count = 0;
    ck_assert_int_eq(decoder_input(n->decoder, bytes, (size_t)size + 3, 0, instant_add(t->time, 0.2), &sink), 1);
    return &n->reports[0].plot;
}

START_TEST(tracks_come_back_as_plots_of_the_track_kind)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    struct track t = nouns_track(&r);
    struct nouns n = {.decoder = decoder_new(&(struct decoder_settings){.date = INSTANT_NONE, .clock_tolerance_s = 10.0}, NULL)};
    const struct plot *p = trip(&n, &t, TRACK_UPDATE);
    ck_assert_uint_eq(p->kind, PLOT_TRACK);
    ck_assert_uint_eq(p->source, 0x0a14);
    ck_assert_uint_eq(p->geodetic.number, system_track_number(writer, t.number));
    ck_assert_double_eq_tol(instant_diff(p->time, t.time), 0.0, 1e-9);
    ck_assert_double_eq_tol(p->geodetic.at.lat_rad, t.at.lat_rad, 5e-8);
    ck_assert_double_lt(fabs(frame_angle(p->geodetic.at.lon_rad - t.at.lon_rad)), 2e-7);
    ck_assert_double_eq_tol(p->geodetic.east_mps, t.east_mps, 0.126);
    ck_assert_double_eq_tol(p->geodetic.north_mps, t.north_mps, 0.126);
    ck_assert_double_eq_tol(sqrt(p->geodetic.cov_ee_m2), sqrt(t.cov[TRACK_EE]), 0.26);
    ck_assert_double_eq_tol(sqrt(p->geodetic.cov_nn_m2), sqrt(t.cov[TRACK_NN]), 0.26);
    ck_assert_double_eq_tol(copysign(sqrt(fabs(p->geodetic.cov_en_m2)), p->geodetic.cov_en_m2), copysign(sqrt(fabs(t.cov[TRACK_EN])), t.cov[TRACK_EN]), 1.0);
    ck_assert_double_eq_tol(p->geodetic.sigma_velocity_mps, fmin(63.75, sqrt(t.cov[TRACK_VEVE])), 0.13);
    ck_assert_uint_eq((p->level.flags & LEVEL_HEIGHT) != 0, (t.flags & TRACK_HEIGHT) != 0);
    if (t.flags & TRACK_HEIGHT)
        ck_assert_double_eq_tol(p->level.hae_m, t.at.hae_m, 1.0);
    if (t.flags & TRACK_CLIMB)
        ck_assert_double_eq_tol(p->geodetic.up_mps, t.climb_mps, 0.02);
    if (t.level.flags & LEVEL_PRESSURE)
        ck_assert_double_eq_tol(p->level.pressure_m, t.level.pressure_m, 1e-6);
    ck_assert_uint_eq(p->ident.flags & (IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN | IDENT_SPI), t.ident.flags & (IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN | IDENT_SPI));
    ck_assert_uint_eq(p->ident.mode_s, t.ident.mode_s);
    ck_assert_uint_eq(p->ident.mode_a, t.ident.mode_a);
    ck_assert_str_eq(p->ident.callsign, t.ident.callsign);
    ck_assert_uint_eq((p->flags & PLOT_SIMULATED) != 0, (t.flags & TRACK_SIMULATED) != 0);
    ck_assert_uint_eq(p->flags & PLOT_END, 0);
    decoder_free(n.decoder);
}
END_TEST

START_TEST(a_track_has_one_number_from_its_first_message_to_its_last)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    struct asterix_record r;

    e.kind = TRACK_DROP;
    ck_assert_int_eq(system_track_encode(writer, &e, bytes, sizeof bytes), 0); /* nobody heard of it */
    e.kind = TRACK_UPDATE;
    r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    ck_assert_uint_eq(raw(&r, "080/TSB"), 1); /* the first that is said of it, whatever the event */
    ck_assert_uint_eq(raw(&r, "040"), 1);
    e.kind = TRACK_DROP;
    r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    ck_assert_uint_eq(raw(&r, "080/TSE"), 1);
    ck_assert_uint_eq(raw(&r, "040"), 1);
    ck_assert_uint_eq(system_track_number(writer, e.track.number), 0);
    e.kind = TRACK_UPDATE;
    r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    ck_assert_uint_eq(raw(&r, "040"), 2);
}
END_TEST

START_TEST(impossible_tracks_are_refused)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];

    e.track.at.lat_rad = NAN;
    ck_assert_int_eq(system_track_encode(writer, &e, bytes, sizeof bytes), ERR_RANGE);
    e.track.at.lat_rad = 0.5;
    e.track.time = INSTANT_NONE;
    ck_assert_int_eq(system_track_encode(writer, &e, bytes, sizeof bytes), ERR_RANGE);
    ck_assert_uint_eq(system_track_number(writer, e.track.number), 0);
}
END_TEST

START_TEST(the_last_instant_of_the_day_is_midnight)
{
    struct instant midnight = {INT64_C(20833) * INSTANT_DAY_NS};
    ck_assert_double_eq(target_time_of_day(midnight), 0.0);
    ck_assert_double_eq(target_time_of_day(instant_add(midnight, -0.001)), 0.0);
    ck_assert_double_eq(target_time_of_day(instant_add(midnight, -0.0078125)), 86400.0 - 0.0078125);
}
END_TEST

START_TEST(first_and_last_message_are_marked)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    struct asterix_record r;

    e.kind = TRACK_NEW;
    r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    ck_assert_uint_eq(raw(&r, "080/TSB"), 1);
    e.kind = TRACK_DROP;
    r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    ck_assert_uint_eq(raw(&r, "080/TSE"), 1);
}
END_TEST

START_TEST(the_flight_plan_stands_in_390)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    struct asterix_record r;
    struct mapping m;
    struct target t;
    size_t count, bad;

    e.track.plan = 5;
    e.track.flight = (struct track_flight){.source = 211 << 8 | 250, .flight_rules = 'I', .flight_type = 'M', .wake = 'H', .callsign = "ABCDEFGH",
                                           .departure = "CYEG", .aircraft_type = "F18"};
    int size = system_track_encode(writer, &e, bytes, sizeof bytes);
    r = decoded(62, bytes, size);
    const struct mapping_row *rows = target_rows(asterix_find(62, NULL), &count);
    ck_assert_int_eq(mapping_init(&m, asterix_find(62, NULL), rows, count, &bad), 0);
    memset(&t, 0, sizeof t);
    uint64_t has = mapping_read(&m, &r, &t);
    ck_assert((has & TARGET_HAS(PLAN)) && (has & TARGET_HAS(PLAN_FROM)) && !(has & TARGET_HAS(PLAN_TO)));
    ck_assert(t.plan_sac == 211 && t.plan_sic == 250 && t.plan_rules == 0 && t.plan_traffic == 2 && t.planned);
    ck_assert_str_eq(t.plan_callsign, "ABCDEFG"); /* the item has seven */
    ck_assert_str_eq(t.plan_from, "CYEG");
    ck_assert_str_eq(t.plan_type, "F18");
    ck_assert_str_eq(t.plan_wake, "H");
}
END_TEST

START_TEST(what_is_not_known_is_not_said)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    struct asterix_record r;
    static const char *const absent[] = {"060/MODE3A", "245/CHR", "380/ADR", "136", "130", "220", "500/AGA"};

    e.track.flags = TRACK_CONFIRMED;
    e.track.ident = (struct ident){0};
    e.track.level = (struct level){0};
    r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        ck_assert_msg(!has(&r, absent[i]), "%s", absent[i]);
    }
}
END_TEST

START_TEST(values_beyond_their_items_are_set_to_the_limit)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    struct asterix_record r;

    e.track.east_mps = 1e6;
    e.track.climb_mps = -1e6;
    e.track.at.hae_m = 1e6;
    e.track.cov[TRACK_EE] = 1e20;
    e.track.cov[TRACK_VEVE] = 1e20;
    e.track.sigma_height_m = 1e9;
    e.track.level.pressure_m = 1e9;
    e.track.born = instant_add(e.track.time, -1e6);
    r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    ck_assert_double_eq(si(&r, "185/VX"), 8191.75);
    ck_assert_double_eq_tol(si(&r, "136"), 1500 * UNIT_FL, 1e-6);
    ck_assert_double_eq(si(&r, "500/APC/X"), 32767.5);
    ck_assert(has(&r, "130") && has(&r, "220") && has(&r, "500/ATV/X"));
}
END_TEST

START_TEST(the_last_moment_of_a_day_does_not_leave_it)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    struct asterix_record r;

    e.track.time.ns = INT64_C(86400) * 1000000000 * 20001 - 1;
    r = decoded(62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    ck_assert_double_eq(si(&r, "070"), 0);
}
END_TEST

START_TEST(sensors_and_the_node_report_their_states)
{
    struct system_track_sensor s = {.source = 7 << 8 | 8, .connected = true, .degraded = true, .time_invalid = true, .clock_known = true, .clock_offset_s = 1581.7};
    struct system_track_status status = {.degraded = true, .overload = true};
    struct instant now = {INT64_C(60000000000)};
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    struct asterix_record r = decoded(63, bytes, system_track_encode_sensor(writer, &s, now, bytes, sizeof bytes));

    ck_assert_uint_eq(raw(&r, "050/SAC"), 7);
    ck_assert_uint_eq(raw(&r, "060/CON"), 1);
    ck_assert_uint_eq(raw(&r, "060/TSV"), 1);
    ck_assert_double_eq_tol(si(&r, "070"), 32.767, 1e-9);
    s = (struct system_track_sensor){.source = 1};
    r = decoded(63, bytes, system_track_encode_sensor(writer, &s, now, bytes, sizeof bytes));
    ck_assert_uint_eq(raw(&r, "060/CON"), 3);
    r = decoded(65, bytes, system_track_encode_status(writer, &status, now, bytes, sizeof bytes));
    ck_assert_uint_eq(raw(&r, "000"), 1);
    ck_assert_uint_eq(raw(&r, "040/NOGO"), 1);
    ck_assert_uint_eq(raw(&r, "040/OVL"), 1);
    r = decoded(65, bytes, system_track_encode_batch(writer, 257, now, bytes, sizeof bytes));
    ck_assert_uint_eq(raw(&r, "000"), 2);
    ck_assert_uint_eq(raw(&r, "020"), 1);
}
END_TEST

START_TEST(too_little_room_is_an_error_not_an_overrun)
{
    struct track_event e = event();
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    int size = system_track_encode(writer, &e, bytes, sizeof bytes);

    for (int room = 0; room < size; room++) {
        ck_assert_int_eq(system_track_encode(writer, &e, bytes, (size_t)room), ERR_FULL);
    }
}
END_TEST

Suite *test_system_track_suite(void);
Suite *test_system_track_suite(void)
{
    Suite *s = suite_create("system_track");
    TCase *vectors = tcase_create("vectors");
    TCase *limits = tcase_create("limits");

    tcase_add_checked_fixture(vectors, setup, teardown);
    tcase_add_checked_fixture(limits, setup, teardown);
    tcase_add_test(vectors, a_track_says_in_062_what_the_picture_knows);
    tcase_add_test(vectors, first_and_last_message_are_marked);
    tcase_add_test(vectors, a_track_has_one_number_from_its_first_message_to_its_last);
    tcase_add_loop_test(vectors, tracks_come_back_as_plots_of_the_track_kind, 0, 200);
    tcase_add_test(vectors, the_flight_plan_stands_in_390);
    tcase_add_test(vectors, what_is_not_known_is_not_said);
    tcase_add_test(vectors, sensors_and_the_node_report_their_states);
    tcase_add_test(limits, values_beyond_their_items_are_set_to_the_limit);
    tcase_add_test(limits, impossible_tracks_are_refused);
    tcase_add_test(limits, the_last_instant_of_the_day_is_midnight);
    tcase_add_test(limits, the_last_moment_of_a_day_does_not_leave_it);
    tcase_add_test(limits, too_little_room_is_an_error_not_an_overrun);
    suite_add_tcase(s, vectors);
    suite_add_tcase(s, limits);
    return s;
}
