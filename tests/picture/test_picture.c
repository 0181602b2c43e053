#include "picture/picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "base/unit.h"
#include "kit.h"
#include "support/allocations.h"
#include "support/support.h"

static struct sky *sky;

static void setup(void)
{
    struct sky_settings s = sky_settings_default();
    s.aircraft = 60;
    s.duration_s = 120.0;
    s.latency_s = 0.3;
    s.jitter_s = 1.5;
    sky = sky_new(&s);
}

static void teardown(void)
{
    sky_free(sky);
}

static double metres(struct geodetic a, struct geodetic b)
{
    return hypot((a.lat_rad - b.lat_rad) * FRAME_A, (a.lon_rad - b.lon_rad) * FRAME_A * cos(a.lat_rad));
}

/* At the end: tracks within 2 km of each aircraft that was seen five times; the best one's error in *error_m. */
static unsigned tracks_of(struct picture *p, const struct sky_aircraft *a, double time_s, double *error_m)
{
    unsigned count = 0;
    struct geodetic at = sky_truth(a, time_s, NULL, NULL);
    *error_m = HUGE_VAL;
    for (uint32_t i = 0; i < picture_slots(p); i++) {
        struct track t;
        if (!picture_at(p, i, sky_instant(time_s), &t) || metres(t.at, at) > 2000.0)
            continue;
        count++;
        *error_m = fmin(*error_m, metres(t.at, at));
    }
    return count;
}

START_TEST(every_aircraft_has_one_track_and_nothing_else_has)
{
    struct kit k;
    kit_open(&k, NULL);
    kit_sky(&k, sky);
    double sum = 0.0;
    unsigned seen = 0, missing = 0;
    for (uint32_t i = 0; i < sky->settings.aircraft; i++) {
        unsigned plots = 0;
        for (uint32_t n = 0; n < sky->plots; n++)
            plots += sky->of[n] == (int32_t)i && instant_before(sky_instant(70), sky->plot[n].time);
        double error;
        unsigned count = tracks_of(k.picture, &sky->aircraft[i], 122.0, &error);
        if (plots < 5)
            continue;
        ck_assert_uint_le(count, 1);
        missing += count == 0;
        seen += count == 1;
        sum += count == 1 ? error * error : 0.0;
    }
    struct picture_counters c = picture_counters(k.picture);
    ck_assert_uint_gt(seen, 40);
    ck_assert_uint_le(missing, 1);
    ck_assert_double_lt(sqrt(sum / seen), 500.0);
    ck_assert_uint_le(c.tracks_confirmed, sky->settings.aircraft + 1);
    ck_assert_uint_eq(c.plots, sky->plots);
    ck_assert_uint_eq(c.events_lost, 0);
    kit_close(&k);
}
END_TEST

START_TEST(the_same_sequence_has_the_same_digest)
{
    struct kit a, b;
    kit_open(&a, NULL);
    kit_open(&b, NULL);
    uint64_t first = kit_sky(&a, sky), second = kit_sky(&b, sky);
    ck_assert(first == second);
    kit_close(&a);
    kit_close(&b);
}
END_TEST

/* Expired at every deadline, at random instants between, or only by the next input: the same events. */
START_TEST(timers_late_or_often_change_nothing)
{
    struct kit lazy, eager;
    struct rng r = rng_init(9);
    static struct report report;
    kit_open(&lazy, NULL);
    kit_open(&eager, NULL);
    uint64_t expected = kit_sky(&lazy, sky);
    for (uint32_t i = 0; i < sky->sites; i++)
        picture_add_sensor(eager.picture, &sky->site[i]);
    struct instant now = sky_instant(0);
    for (uint32_t i = 0; i < sky->plots; i++) {
        struct instant arrival = sky->plot[i].arrival;
        while (rng_below(&r, 2) && instant_before(now, arrival)) {
            struct instant due = picture_deadline(eager.picture), some = instant_add(now, instant_diff(arrival, now) * rng_uniform(&r));
            now = instant_before(due, some) && instant_before(now, due) ? due : some;
            picture_expire(eager.picture, now);
        }
        now = arrival;
        report.kind = REPORT_PLOT;
        report.plot = sky->plot[i];
        picture_input(eager.picture, &report, now);
    }
    ck_assert(picture_digest(eager.picture) == expected);
    kit_close(&lazy);
    kit_close(&eager);
}
END_TEST

START_TEST(nothing_is_allocated_after_birth)
{
    struct kit k;
    kit_open(&k, NULL);
    unsigned long before = allocations_count();
    kit_sky(&k, sky);
    struct track t;
    for (uint32_t i = 0; i < picture_slots(k.picture); i++)
        picture_at(k.picture, i, INSTANT_NONE, &t);
    ck_assert_uint_eq(allocations_count() - before, 0);
    kit_close(&k);
}
END_TEST

START_TEST(what_cannot_be_or_is_not_known_costs_itself_alone)
{
    struct kit k;
    kit_open(&k, NULL);
    struct site radar = kit_radar(1, 40, -90, 4.0);
    picture_add_sensor(k.picture, &radar);
    struct plot p = kit_plot(&radar, 1.0, (struct geodetic){40.5 * UNIT_DEG, -90 * UNIT_DEG, 9000}, PLOT_PRIMARY, (struct ident){0});
    struct plot nan = p, unknown = p, test = p;
    nan.polar.range_m = NAN;
    unknown.source = 77;
    test.flags |= PLOT_TEST;
    kit_input(&k, &nan);
    kit_input(&k, &unknown);
    kit_input(&k, &test);
    struct picture_counters c = picture_counters(k.picture);
    ck_assert_uint_eq(c.plots, 3);
    ck_assert_uint_eq(c.plots_refused, 1);
    ck_assert_uint_eq(c.plots_unknown, 1);
    ck_assert_uint_eq(c.plots_test, 1);
    ck_assert_uint_eq(k.notices[NOTICE_PLOT_REFUSED], 1);
    ck_assert_uint_eq(k.notices[NOTICE_SOURCE_UNKNOWN], 1);
    kit_close(&k);
}
END_TEST

START_TEST(a_picture_too_small_drops_the_least_certain_and_lives)
{
    struct picture_settings small = {.tracks = 8, .plots = 4, .sensors = 4, .coast_max_s = 40.0, .identity = true, .retro_merge = true, .height_estimation = true};
    struct kit k;
    kit_open(&k, &small);
    kit_sky(&k, sky);
    struct picture_counters c = picture_counters(k.picture);
    ck_assert_uint_gt(c.overflow, 0);
    ck_assert_uint_gt(k.notices[NOTICE_TRACKS_FULL], 0);
    ck_assert_uint_le(c.tracks_confirmed + c.tracks_tentative, 8);
    kit_close(&k);
}
END_TEST

START_TEST(a_feed_may_announce_its_sensor)
{
    struct kit k;
    kit_open(&k, NULL);
    static struct report r = {.kind = REPORT_SENSOR};
    r.sensor = (struct report_sensor){.source = 5, .at = {0.7, -1.5, 100}};
    picture_input(k.picture, &r, sky_instant(0));
    picture_input(k.picture, &r, sky_instant(0));
    struct picture_sensor s;
    ck_assert_uint_eq(picture_sensors(k.picture), 1);
    ck_assert(picture_sensor(k.picture, 0, &s));
    ck_assert(s.site.flags & SITE_ANNOUNCED);
    ck_assert(!picture_sensor(k.picture, 1, &s));
    kit_close(&k);
}
END_TEST

START_TEST(without_identity_addresses_play_no_part)
{
    struct picture_settings blind = picture_settings_default();
    blind.tracks = 2048;
    blind.identity = false;
    struct kit k;
    kit_open(&k, &blind);
    kit_sky(&k, sky);
    struct picture_counters c = picture_counters(k.picture);
    ck_assert_uint_gt(c.tracks_confirmed, 40);
    ck_assert_uint_lt(c.tracks_confirmed, 70);
    kit_close(&k);
}
END_TEST

Suite *test_picture_suite(void)
{
    Suite *suite = suite_create("picture");
    TCase *skies = tcase_create("skies"), *limits = tcase_create("limits");
    tcase_add_unchecked_fixture(skies, setup, teardown);
    tcase_add_unchecked_fixture(limits, setup, teardown);
    tcase_add_test(skies, every_aircraft_has_one_track_and_nothing_else_has);
    tcase_add_test(skies, the_same_sequence_has_the_same_digest);
    tcase_add_test(skies, timers_late_or_often_change_nothing);
    tcase_add_test(skies, nothing_is_allocated_after_birth);
    tcase_add_test(skies, without_identity_addresses_play_no_part);
    tcase_add_test(limits, what_cannot_be_or_is_not_known_costs_itself_alone);
    tcase_add_test(limits, a_picture_too_small_drops_the_least_certain_and_lives);
    tcase_add_test(limits, a_feed_may_announce_its_sensor);
    suite_add_tcase(suite, skies);
    suite_add_tcase(suite, limits);
    return suite;
}
