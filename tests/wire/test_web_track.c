#include "wire/web_track.h"

#include "base/unit.h"
#include "proto/web.pb-c.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

#define FLAG(name) AIRSEAM__WEB__TRACK_FLAG__##name

static struct track flight(void)
{
    struct track t = {.number = 9, .time = {0}, .last = {0}, .at = {45 * UNIT_DEG, -75 * UNIT_DEG, 9144}, .east_mps = 200};
    for (unsigned i = 0; i < TRACK_AGES; i++)
        t.age[i] = INSTANT_NONE;
    t.age[TRACK_AGE_SSR] = (struct instant){0};
    return t;
}

START_TEST(columns_hold_scaled_integers)
{
    struct track t = flight();
    t.level = (struct level){.flags = LEVEL_PRESSURE, .pressure_m = 35000 * UNIT_FT};
    t.level_time = (struct instant){0};
    t.climb_mps = -5;
    t.flags = TRACK_CLIMB;
    struct web_track w = web_track_of(&t, t.time);
    ck_assert_int_eq(w.lat_e5, 4500000);
    ck_assert_int_eq(w.lon_e5, -7500000);
    ck_assert_uint_eq(w.speed_dmps, 2000);
    ck_assert_uint_eq(w.heading_ddeg, 900);
    ck_assert_int_eq(w.altitude_25ft, 1400);
    ck_assert_int_eq(w.climb_dmps, -50);
    ck_assert_uint_eq(w.flags, FLAG(SECONDARY) | FLAG(HAS_ALTITUDE) | FLAG(HAS_CLIMB));
    ck_assert_uint_eq(w.age_ds, 0);
}
END_TEST

// against the library's own prediction, everywhere but at the poles
START_TEST(ten_seconds_along_the_velocity_are_good_to_fifteen_metres)
{
    for (int lat = -80; lat <= 80; lat += 20) {
        struct track t = flight(), p;
        t.at.lat_rad = lat * UNIT_DEG;
        t.at.lon_rad = 179.99 * UNIT_DEG;
        t.at.hae_m = 0;
        t.north_mps = 100;
        p = t;
        track_predict(&p, (struct instant){10 * INT64_C(1000000000)}, 1);
        struct web_track w = web_track_of(&t, p.time);
        double north_m = (w.lat_e5 * 1e-5 - p.at.lat_rad / UNIT_DEG) * 111195;
        double east_m = remainder(w.lon_e5 * 1e-5 - p.at.lon_rad / UNIT_DEG, 360) * 111195 * cos(p.at.lat_rad);
        ck_assert_double_lt(hypot(north_m, east_m), 15); // the sphere's difference from the ellipsoid: half a percent of 2.2 km
        ck_assert_int_le(w.lon_e5, 18000000);
        ck_assert_int_ge(w.lon_e5, -18000000);
        ck_assert_uint_eq(w.age_ds, 100);
    }
}
END_TEST

START_TEST(advancing_is_the_same_as_predicting)
{
    struct track t = flight();
    struct web_track at_once = web_track_of(&t, (struct instant){8 * INT64_C(1000000000)}), later = web_track_of(&t, t.time);
    web_track_advance(&later, 8);
    ck_assert_int_le(labs((long)at_once.lat_e5 - later.lat_e5), 1);
    ck_assert_int_le(labs((long)at_once.lon_e5 - later.lon_e5), 1);
    ck_assert_uint_eq(at_once.age_ds, later.age_ds);
}
END_TEST

START_TEST(what_came_last_names_the_source_when_nothing_came_lately)
{
    struct track t = flight();
    t.age[TRACK_AGE_ADSB] = (struct instant){-100 * INT64_C(1000000000)};
    ck_assert_uint_eq(web_track_of(&t, t.time).flags, FLAG(SECONDARY));
    t.last = (struct instant){60 * INT64_C(1000000000)};
    ck_assert_uint_eq(web_track_of(&t, t.time).flags, FLAG(SECONDARY));
}
END_TEST

START_TEST(absent_identity_is_zero_and_spaces)
{
    struct track t = flight();
    struct web_ident w = web_track_ident(&t);
    ck_assert_uint_eq(w.mode_s, 0);
    ck_assert_uint_eq(w.mode_a, 0);
    ck_assert_mem_eq(w.callsign, "        ", 8);
    t.ident = (struct ident){.flags = IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN, .mode_s = 0, .mode_a = 0, .callsign = "AB1"};
    w = web_track_ident(&t);
    ck_assert_uint_eq(w.mode_s, 1);
    ck_assert_uint_eq(w.mode_a, 1);
    ck_assert_mem_eq(w.callsign, "AB1     ", 8);
}
END_TEST

Suite *test_web_track_suite(void)
{
    Suite *suite = suite_create("web_track");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, columns_hold_scaled_integers);
    tcase_add_test(claims, ten_seconds_along_the_velocity_are_good_to_fifteen_metres);
    tcase_add_test(claims, advancing_is_the_same_as_predicting);
    tcase_add_test(claims, what_came_last_names_the_source_when_nothing_came_lately);
    tcase_add_test(claims, absent_identity_is_zero_and_spaces);
    suite_add_tcase(suite, claims);
    return suite;
}
