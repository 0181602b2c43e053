#include "picture/course.h"

#include <math.h>
#include <string.h>

#include "base/unit.h"
#include "kit.h"
#include "support/support.h"

static struct kit k;
static struct site radar;

static void setup(void)
{
    kit_open(&k, NULL);
    radar = kit_radar(1, 40, -90, 4.0);
    picture_add_sensor(k.picture, &radar);
}

static void teardown(void)
{
    kit_close(&k);
}

static struct kit_flight flight(double east_km, double north_km, double east_mps, double north_mps, uint32_t flags)
{
    struct geodetic centre = {40 * UNIT_DEG, -90 * UNIT_DEG, 0};
    return (struct kit_flight){.from = {centre.lat_rad + north_km * 1e3 / FRAME_A, centre.lon_rad + east_km * 1e3 / (FRAME_A * cos(centre.lat_rad)), 9144.0},
                               .east_mps = east_mps, .north_mps = north_mps, .flags = flags};
}

static struct kit_flight addressed(double east_km, double north_km, uint32_t address)
{
    struct kit_flight f = flight(east_km, north_km, 200, 0, PLOT_SECONDARY | PLOT_MODE_S);
    f.ident = (struct ident){.mode_s = address, .mode_a = 04321, .flags = IDENT_MODE_S | IDENT_MODE_A};
    return f;
}

/* The whole life: two plots begin it, three looks without a plot hide it, it comes back under its number, and is forgotten after five minutes. */
START_TEST(a_life_as_it_is_told)
{
    struct kit_flight f = addressed(-40, 60, 0xA1B2C3), far = addressed(60, -70, 0xD00000);
    const struct kit_flight both[2] = {f, far};
    kit_fly(&k, both, 2, &radar, 1, 0, 60);
    kit_fly(&k, &far, 1, &radar, 1, 60, 100); /* the first is not seen: the radar is alive */
    kit_fly(&k, both, 2, &radar, 1, 100, 130);
    kit_fly(&k, &far, 1, &radar, 1, 130, 500);
    kit_fly(&k, both, 2, &radar, 1, 500, 520); /* another flight by now */
    ck_assert_str_eq(k.text, "2 SENSOR_ALIVE\n"
                             "6 new 1, 2 plots\n"
                             "8 new 2, 2 plots\n"
                             "60 drop 2, 15 plots\n"
                             "74 TRANSPONDER_SILENT\n" /* no reply where one was due, high above the horizon */
                             "104 new 2, 16 plots\n"
                             "128 drop 2, 22 plots\n"
                             "142 TRANSPONDER_SILENT\n"
                             "504 new 3, 2 plots\n");
}
END_TEST

START_TEST(a_silent_radar_kills_no_track_before_the_longest_coasting)
{
    struct kit_flight f = addressed(-40, 60, 0xA1B2C3);
    kit_fly(&k, &f, 1, &radar, 1, 0, 60);
    kit_expire(&k, 85);
    ck_assert_uint_eq(k.drop, 0);
    ck_assert_uint_eq(k.notices[NOTICE_SENSOR_SILENT], 1);
    ck_assert_uint_eq(picture_counters(k.picture).tracks_confirmed, 1);
    kit_expire(&k, 110);
    ck_assert_uint_eq(k.drop, 1);
}
END_TEST

START_TEST(one_address_in_two_places_is_two_tracks_and_a_notice)
{
    const struct kit_flight two[2] = {addressed(-40, 60, 0xA1B2C3), addressed(50, -80, 0xA1B2C3)};
    kit_fly(&k, two, 2, &radar, 1, 0, 80);
    ck_assert_uint_gt(k.notices[NOTICE_DUPLICATE_ADDRESS], 5);
    ck_assert_uint_eq(picture_counters(k.picture).tracks_confirmed, 2);
    ck_assert_uint_eq(k.new, 2);
}
END_TEST

/* A second plot of the same look, 2 km off, as reflections and split plots are: left aside, and the track flies on. */
START_TEST(a_split_plot_moves_nothing)
{
    struct kit_flight f = addressed(-40, 60, 0xA1B2C3);
    struct track before, after;
    kit_fly(&k, &f, 1, &radar, 1, 0, 60);
    ck_assert(picture_at(k.picture, 0, INSTANT_NONE, &before));
    double seen = instant_diff(before.last, sky_instant(0));
    struct kit_flight beside = f;
    beside.from.lat_rad += 2000.0 / FRAME_A;
    struct plot split = kit_plot(&radar, seen + 0.02, kit_where(&beside, seen), f.flags, f.ident);
    split.arrival = sky_instant(60.2);
    kit_input(&k, &split);
    ck_assert(picture_at(k.picture, 0, INSTANT_NONE, &after));
    ck_assert_double_eq(after.at.lat_rad, before.at.lat_rad);
    ck_assert_uint_eq(after.plots, before.plots);
    ck_assert_uint_eq(k.new, 1);
    ck_assert_uint_eq(k.notices[NOTICE_DUPLICATE_ADDRESS], 0);
}
END_TEST

START_TEST(a_balloon_has_a_track)
{
    struct kit_flight f = flight(20, 30, 5, 3, PLOT_PRIMARY);
    kit_fly(&k, &f, 1, &radar, 1, 0, 60);
    ck_assert_uint_eq(k.new, 1);
    ck_assert_uint_eq(picture_counters(k.picture).tracks_confirmed, 1);
}
END_TEST

START_TEST(crossing_aircraft_keep_their_numbers_with_and_without_codes)
{
    for (int codes = 0; codes < 2; codes++) {
        struct kit_flight two[2] = {flight(-25, 40, 220, 30, PLOT_SECONDARY), flight(25, 40, -220, 30, PLOT_SECONDARY)};
        two[1].from.hae_m -= 600.0; /* their heights differ by 2 000 ft */
        for (int i = 0; codes && i < 2; i++)
            two[i].ident = (struct ident){.mode_a = (uint16_t)(04321 + i), .flags = IDENT_MODE_A};
        teardown();
        setup();
        kit_fly(&k, two, 2, &radar, 1, 0, 200);
        ck_assert_uint_eq(k.new, 2);
        ck_assert_uint_eq(k.drop, 0);
        for (uint32_t i = 0; i < picture_slots(k.picture); i++) {
            struct track t;
            if (!picture_at(k.picture, i, INSTANT_NONE, &t))
                continue;
            ck_assert_double_eq_tol(t.at.hae_m, t.east_mps > 0 ? 9144.0 : 8544.0, 50.0);
            if (codes)
                ck_assert_uint_eq(t.ident.mode_a, t.east_mps > 0 ? 04321 : 04322);
        }
    }
}
END_TEST

/* A primary radar and a Mode S radar that disagree by 4 km make two tracks of one aircraft, and each goes on feeding its own; once they agree,
 * the older number goes on alone, with the address. */
START_TEST(two_tracks_of_one_aircraft_become_the_older_one)
{
    struct site second = kit_radar(2, 40.5, -90.5, 4.0);
    struct kit_flight f = flight(-40, 60, 200, 0, PLOT_PRIMARY), shifted = f;
    picture_add_sensor(k.picture, &second);
    for (int turn = 0; turn < 60; turn++) {
        double t = 4.0 * turn, off = turn < 10 ? 4000.0 : 4000.0 - 400.0 * (turn - 10);
        shifted.from.lat_rad = f.from.lat_rad + fmax(off, 0.0) / FRAME_A;
        struct plot a = kit_plot(&radar, t, kit_where(&f, t), PLOT_PRIMARY, (struct ident){0});
        struct plot b = kit_plot(&second, t + 2.0, kit_where(&shifted, t + 2.0), PLOT_SECONDARY | PLOT_MODE_S,
                                 (struct ident){.mode_s = 0xABCDEF, .flags = IDENT_MODE_S});
        kit_input(&k, &a);
        kit_input(&k, &b);
    }
    kit_expire(&k, 241);
    struct picture_counters c = picture_counters(k.picture);
    ck_assert_uint_eq(k.new, 2);
    ck_assert_uint_eq(c.tracks_merged, 1);
    ck_assert(strstr(k.text, "merge 2 ends in 1"));
    ck_assert_uint_eq(c.tracks_confirmed, 1);
    for (uint32_t i = 0; i < picture_slots(k.picture); i++) {
        struct track t;
        if (!picture_at(k.picture, i, INSTANT_NONE, &t))
            continue;
        ck_assert_uint_eq(t.number, 1);
        ck_assert_uint_eq(t.ident.mode_s, 0xABCDEF);
    }
}
END_TEST

/* Hidden after a run of misses, and back in its place without any address. */
START_TEST(an_echo_that_comes_back_in_its_place_has_its_number)
{
    const struct kit_flight two[2] = {addressed(60, -70, 0xD00000), flight(-40, 60, 200, 0, PLOT_PRIMARY)};
    kit_fly(&k, two, 2, &radar, 1, 0, 60);
    kit_fly(&k, two, 1, &radar, 1, 60, 78);
    kit_fly(&k, two, 2, &radar, 1, 78, 100);
    ck_assert_uint_eq(k.new, 3);
    ck_assert_uint_eq(k.drop, 1);
    ck_assert(strstr(k.text, "new 2, 3 plots") || strstr(k.text, "new 1, 2 plots"));
    for (uint32_t i = 0; i < picture_slots(k.picture); i++) {
        struct track t;
        if (picture_at(k.picture, i, INSTANT_NONE, &t))
            ck_assert_uint_le(t.number, 2);
    }
}
END_TEST

/* It turns off while its radar misses it: its plots begin a new track, which goes on under the old number, or, where that is forbidden, a new one. */
START_TEST(an_aircraft_lost_in_a_manoeuvre_keeps_its_number)
{
    for (int merge = 0; merge < 2; merge++) {
        struct picture_settings s = picture_settings_default();
        s.retro_merge = merge;
        teardown();
        kit_open(&k, &s);
        picture_add_sensor(k.picture, &radar);
        const struct kit_flight other = addressed(60, -70, 0xD00000), out = flight(-40, 60, 150, 0, PLOT_PRIMARY);
        struct kit_flight two[2] = {other, flight(-30.5, 61.25, 0, 150, PLOT_PRIMARY)};
        two[1].from.lat_rad -= 150 * 70 / FRAME_A; /* there at 70 s: straight on for 60 s, then a quarter of a circle of 500 m */
        const struct kit_flight before[2] = {other, out};
        kit_fly(&k, before, 2, &radar, 1, 0, 60);
        kit_fly(&k, &other, 1, &radar, 1, 60, 70);
        kit_fly(&k, two, 2, &radar, 1, 70, 100);
        uint32_t highest = 0;
        for (uint32_t i = 0; i < picture_slots(k.picture); i++) {
            struct track t;
            if (picture_at(k.picture, i, INSTANT_NONE, &t) && t.number > highest)
                highest = t.number;
        }
        ck_assert_uint_eq(highest, merge ? 2 : 3);
        ck_assert_uint_eq(picture_counters(k.picture).tracks_merged, (uint64_t)merge);
    }
}
END_TEST

START_TEST(a_plot_older_than_the_kept_past_is_late)
{
    struct kit_flight f = addressed(-40, 60, 0xA1B2C3);
    kit_fly(&k, &f, 1, &radar, 1, 0, 120);
    struct plot old = kit_plot(&radar, 3.0, kit_where(&f, 3.0), f.flags, f.ident);
    old.arrival = sky_instant(121);
    kit_input(&k, &old);
    ck_assert_uint_eq(k.notices[NOTICE_LATE], 1);
    ck_assert_uint_eq(picture_counters(k.picture).plots_late, 1);
}
END_TEST

START_TEST(another_systems_track_is_foreign_until_a_sensor_sees_it_and_ends_when_told)
{
    struct site centre = site_usual(SITE_TRACKER, 0.0);
    centre.source = 9;
    site_place(&centre, (struct geodetic){0.7, -1.5, 0});
    picture_add_sensor(k.picture, &centre);
    struct kit_flight f = flight(30, 30, 200, 0, 0);
    struct plot p = {.source = 9, .kind = PLOT_TRACK, .flags = PLOT_VELOCITY};
    for (int i = 0; i <= 10; i++) {
        p.time = sky_instant(4.0 * i);
        p.arrival = sky_instant(4.0 * i + 0.5);
        p.geodetic = (struct plot_geodetic){.at = kit_where(&f, 4.0 * i), .cov_ee_m2 = 1e4, .cov_nn_m2 = 1e4, .east_mps = 200, .sigma_velocity_mps = 5, .number = 77};
        if (i == 10)
            p.flags |= PLOT_END;
        else
            ck_assert_uint_eq(k.drop, 0);
        kit_input(&k, &p);
        struct track t;
        for (uint32_t n = 0; i == 9 && n < picture_slots(k.picture); n++)
            if (picture_at(k.picture, n, INSTANT_NONE, &t))
                ck_assert(t.flags & TRACK_FOREIGN_ONLY);
    }
    ck_assert_uint_eq(k.new, 1);
    ck_assert_uint_eq(k.drop, 1);
}
END_TEST

Suite *test_course_suite(void)
{
    Suite *suite = suite_create("course");
    TCase *trace = tcase_create("trace"), *claims = tcase_create("claims");
    tcase_add_checked_fixture(trace, setup, teardown);
    tcase_add_checked_fixture(claims, setup, teardown);
    tcase_add_test(trace, a_life_as_it_is_told);
    tcase_add_test(claims, a_silent_radar_kills_no_track_before_the_longest_coasting);
    tcase_add_test(claims, one_address_in_two_places_is_two_tracks_and_a_notice);
    tcase_add_test(claims, a_split_plot_moves_nothing);
    tcase_add_test(claims, a_balloon_has_a_track);
    tcase_add_test(claims, crossing_aircraft_keep_their_numbers_with_and_without_codes);
    tcase_add_test(claims, two_tracks_of_one_aircraft_become_the_older_one);
    tcase_add_test(claims, an_echo_that_comes_back_in_its_place_has_its_number);
    tcase_add_test(claims, an_aircraft_lost_in_a_manoeuvre_keeps_its_number);
    tcase_add_test(claims, a_plot_older_than_the_kept_past_is_late);
    tcase_add_test(claims, another_systems_track_is_foreign_until_a_sensor_sees_it_and_ends_when_told);
    suite_add_tcase(suite, trace);
    suite_add_tcase(suite, claims);
    return suite;
}
