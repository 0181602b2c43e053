#include "wire/readsb.h"

#include "base/unit.h"
#include <string.h>

#include "support/support.h"

static struct track track(void)
{
    struct track t = {.number = 0x12345, .flags = TRACK_CONFIRMED | TRACK_HEIGHT | TRACK_CLIMB, .time = {INT64_C(1780300810000000000)},
                      .at = {45 * UNIT_DEG, -75.5 * UNIT_DEG, 10000}, .east_mps = 100 * UNIT_KT, .climb_mps = -640 * UNIT_FTMIN, .turn_rad_s = 1.5 * UNIT_DEG,
                      .level = {.pressure_m = 35025 * UNIT_FT, .flags = LEVEL_PRESSURE}, .plots = 17,
                      .ident = {.mode_s = 0xc0ffee, .mode_a = 01200, .flags = IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN, .callsign = "ACA1"}};

    t.cov[TRACK_EE] = 900;
    t.cov[TRACK_NN] = 1600;
    t.last = t.level_time = instant_add(t.time, -4);
    for (int i = 0; i < TRACK_AGES; i++) {
        t.age[i] = INSTANT_NONE;
    }
    t.age[TRACK_AGE_MODE_S] = t.last;
    return t;
}

static const char *text(json_t *a, const char *key)
{
    return json_string_value(json_object_get(a, key));
}

static double number(json_t *a, const char *key)
{
    ck_assert_msg(json_is_number(json_object_get(a, key)), "%s", key);
    return json_number_value(json_object_get(a, key));
}

START_TEST(values_are_in_feet_knots_degrees_and_seconds)
{
    struct track t = track();
    json_t *a = readsb_aircraft(&t, instant_add(t.time, 1));

    ck_assert_str_eq(text(a, "hex"), "c0ffee");
    ck_assert_str_eq(text(a, "flight"), "ACA1    ");
    ck_assert_str_eq(text(a, "squawk"), "1200");
    ck_assert_str_eq(text(a, "type"), "other");
    ck_assert_double_eq(number(a, "alt_baro"), 35025);
    ck_assert_double_eq(number(a, "alt_geom"), 32800);
    ck_assert_double_eq(number(a, "baro_rate"), -640);
    ck_assert_double_eq_tol(number(a, "gs"), 100, 1e-9);
    ck_assert_double_eq_tol(number(a, "track"), 90, 1e-9);
    ck_assert_double_eq_tol(number(a, "track_rate"), 1.5, 1e-9);
    ck_assert_double_eq_tol(number(a, "lat"), 45, 1e-6);
    ck_assert_double_eq_tol(number(a, "lon"), -75.5, 1e-6);
    ck_assert_double_eq(number(a, "rc"), 100);
    ck_assert_double_eq_tol(number(a, "seen_pos"), 5, 1e-6);
    ck_assert_uint_eq(json_array_size(json_object_get(a, "mlat")), 0);
    json_decref(a);
}
END_TEST

START_TEST(without_an_icao_address_the_track_number_names_it)
{
    struct track t = track();
    json_t *a;

    t.ident.flags |= IDENT_NOT_ICAO;
    a = readsb_aircraft(&t, t.time);
    ck_assert_str_eq(text(a, "hex"), "~012345");
    json_decref(a);
    t.ident = (struct ident){0};
    t.level.flags = 0;
    t.flags = TRACK_CONFIRMED;
    a = readsb_aircraft(&t, t.time);
    ck_assert_str_eq(text(a, "hex"), "~012345");
    ck_assert_ptr_null(json_object_get(a, "squawk"));
    ck_assert_ptr_null(json_object_get(a, "flight"));
    ck_assert_ptr_null(json_object_get(a, "alt_baro"));
    ck_assert_ptr_null(json_object_get(a, "alt_geom"));
    ck_assert_ptr_null(json_object_get(a, "baro_rate"));
    json_decref(a);
}
END_TEST

START_TEST(class_plan_and_silence_stand_beside_what_readsb_knows)
{
    struct track t = track();
    json_t *a = readsb_aircraft(&t, t.time), *plan;

    ck_assert_str_eq(text(a, "class"), "pending");
    ck_assert_ptr_null(json_object_get(a, "plan"));
    ck_assert_ptr_null(json_object_get(a, "silent_s"));
    json_decref(a);
    t.plan = 77;
    t.class = TRACK_SUSPECT;
    t.flags |= TRACK_SILENT;
    t.silent = instant_add(t.time, -12);
    t.flight = (struct track_flight){.flight_rules = 'I', .callsign = "ACA123", .departure = "CYEG", .destination = "KDEN", .aircraft_type = "B738"};
    a = readsb_aircraft(&t, t.time);
    plan = json_object_get(a, "plan");
    ck_assert_str_eq(text(a, "class"), "suspect");
    ck_assert_str_eq(text(a, "t"), "B738");
    ck_assert_double_eq_tol(number(a, "silent_s"), 12, 1e-6);
    ck_assert_str_eq(text(plan, "callsign"), "ACA123");
    ck_assert_str_eq(text(plan, "from"), "CYEG");
    ck_assert_str_eq(text(plan, "to"), "KDEN");
    ck_assert_str_eq(text(plan, "rules"), "I");
    json_decref(a);
}
END_TEST

START_TEST(the_source_of_the_position_is_the_best_lately)
{
    struct track t = track();
    json_t *a;

    t.age[TRACK_AGE_MLAT] = instant_add(t.time, -10);
    a = readsb_aircraft(&t, t.time);
    ck_assert_str_eq(text(a, "type"), "mlat");
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(a, "mlat"), 0)), "lat");
    json_decref(a);
    t.age[TRACK_AGE_ADSB] = instant_add(t.time, -1);
    a = readsb_aircraft(&t, t.time);
    ck_assert_str_eq(text(a, "type"), "adsb_icao");
    json_decref(a);
}
END_TEST

START_TEST(documents_hold_what_viewers_ask_for)
{
    struct geodetic at = {45 * UNIT_DEG, -75 * UNIT_DEG, 0};
    json_t *d = readsb_document((struct instant){INT64_C(1780300810123456789)}, 99, json_array()), *r = readsb_receiver("x", 1, &at);

    ck_assert_double_eq_tol(number(d, "now"), 1780300810.123, 1e-6);
    ck_assert_double_eq(number(d, "messages"), 99);
    ck_assert(json_is_array(json_object_get(d, "aircraft")));
    ck_assert_double_eq(number(r, "refresh"), 1000);
    ck_assert_double_eq(number(r, "history"), 0);
    ck_assert_double_eq_tol(number(r, "lon"), -75, 1e-4);
    json_decref(r);
    r = readsb_receiver("x", 1, NULL);
    ck_assert_ptr_null(json_object_get(r, "lat"));
    json_decref(d);
    json_decref(r);
}
END_TEST

Suite *test_readsb_suite(void);
Suite *test_readsb_suite(void)
{
    Suite *s = suite_create("readsb");
    TCase *c = tcase_create("vectors");

    tcase_add_test(c, values_are_in_feet_knots_degrees_and_seconds);
    tcase_add_test(c, without_an_icao_address_the_track_number_names_it);
    tcase_add_test(c, class_plan_and_silence_stand_beside_what_readsb_knows);
    tcase_add_test(c, the_source_of_the_position_is_the_best_lately);
    tcase_add_test(c, documents_hold_what_viewers_ask_for);
    suite_add_tcase(s, c);
    return s;
}
