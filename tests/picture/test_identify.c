/* Who a track is, end to end in one picture: it gets its plan, keeps it, loses it; its transponder falls silent and answers again. */
#include "picture/identify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/unit.h"
#include "kit.h"
#include "support/support.h"

Suite *test_identify_suite(void);

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

static struct kit_flight flight(double east_km, double north_km, uint32_t address, uint16_t code)
{
    struct geodetic centre = {40 * UNIT_DEG, -90 * UNIT_DEG, 0};
    struct kit_flight f = {.from = {centre.lat_rad + north_km * 1e3 / FRAME_A, centre.lon_rad + east_km * 1e3 / (FRAME_A * cos(centre.lat_rad)), 9144.0},
                           .east_mps = 200, .flags = PLOT_PRIMARY | PLOT_SECONDARY | (address ? PLOT_MODE_S : 0)};
    f.ident = (struct ident){.mode_s = address, .mode_a = code, .flags = (uint16_t)(IDENT_MODE_A | (address ? IDENT_MODE_S : 0))};
    return f;
}

/* Over its first place at time zero and a thousand seconds on. */
static struct plan plan_of(const struct kit_flight *f, uint32_t number)
{
    struct plan p = {.number = number, .source = 9, .points = 2, .cruise_mps = 200, .cruise_pressure_m = 9144, .ident = f->ident, .filed = INSTANT_NONE,
                     .flight_rules = 'I', .flight_type = 'S', .wake = 'M', .departure = "CYEG", .destination = "KDEN", .aircraft_type = "B738"};
    ident_set_callsign(&p.ident, "ACA123", 6);
    p.route[0] = (struct plan_point){.at = f->from, .over = sky_instant(0), .pressure_m = 9144};
    p.route[1] = (struct plan_point){.at = kit_where(f, 1000), .over = sky_instant(1000), .pressure_m = 9144};
    return p;
}

static void file(const struct plan *p, double time_s)
{
    struct report r = {.kind = REPORT_PLAN};
    r.plan = *p;
    r.plan.arrival = sky_instant(time_s);
    picture_input(k.picture, &r, r.plan.arrival);
}

/* The track nearest to where a flight is now; none: number 0. */
static struct track nearest(const struct kit_flight *f, double time_s)
{
    struct track t, best = {0};
    double least = 10e3;
    struct geodetic at = kit_where(f, time_s);
    for (uint32_t i = 0; i < picture_slots(k.picture); i++) {
        if (!picture_at(k.picture, i, sky_instant(time_s + 1.0), &t))
            continue;
        double off = hypot((t.at.lat_rad - at.lat_rad) * FRAME_A, (t.at.lon_rad - at.lon_rad) * FRAME_A * cos(at.lat_rad));
        if (off < least) {
            least = off;
            best = t;
        }
    }
    return best;
}

START_TEST(a_track_carries_the_words_of_its_plan)
{
    struct kit_flight f = flight(-60, 40, 0xC01234, 04321), other = flight(-60, -60, 0xC05555, 01234);
    const struct kit_flight both[2] = {f, other};
    struct plan p = plan_of(&f, 77);
    file(&p, 0);
    kit_fly(&k, both, 2, &radar, 1, 0, 30);
    struct track t = nearest(&f, 30), u = nearest(&other, 30);
    ck_assert_uint_eq(t.plan, 77);
    ck_assert_uint_eq(t.flight.source, 9);
    ck_assert_str_eq(t.flight.callsign, "ACA123");
    ck_assert_str_eq(t.flight.departure, "CYEG");
    ck_assert_str_eq(t.flight.destination, "KDEN");
    ck_assert_int_eq(t.class, TRACK_ASSUMED);
    ck_assert_uint_eq(u.plan, 0);
    ck_assert_int_eq(u.class, TRACK_PENDING);
    p.action = PLAN_CANCEL;
    p.revision = 1;
    file(&p, 31);
    kit_fly(&k, both, 2, &radar, 1, 31, 40);
    ck_assert_uint_eq(nearest(&f, 40).plan, 0);
}
END_TEST

START_TEST(a_plan_that_comes_later_finds_its_track_by_the_code)
{
    struct kit_flight f = flight(-60, 40, 0, 04321), twin = flight(-60, -80, 0, 04321); /* a code used twice */
    const struct kit_flight both[2] = {f, twin};
    struct plan p = plan_of(&f, 5);
    kit_fly(&k, both, 2, &radar, 1, 0, 40);
    ck_assert_uint_eq(nearest(&f, 40).plan, 0);
    file(&p, 40.2);
    kit_fly(&k, both, 2, &radar, 1, 40.3, 60);
    ck_assert_uint_eq(nearest(&f, 60).plan, 5);
    ck_assert_uint_eq(nearest(&twin, 60).plan, 0);
}
END_TEST

/* Two aircraft, one plan between them: the one whose address it names has it, whoever came first. */
START_TEST(one_plan_belongs_to_one_track)
{
    struct kit_flight f = flight(-60, 40, 0xC01234, 04321), wrong = flight(-58, 46, 0xC07777, 04321);
    struct plan p = plan_of(&f, 5);
    file(&p, 0);
    kit_fly(&k, &wrong, 1, &radar, 1, 0, 40);
    const struct kit_flight both[2] = {f, wrong};
    kit_fly(&k, both, 2, &radar, 1, 40, 80);
    ck_assert_uint_eq(nearest(&f, 80).plan, 5);
    ck_assert_uint_eq(nearest(&wrong, 80).plan, 0);
}
END_TEST

START_TEST(echoes_without_replies_are_told_as_silence_and_the_number_stays)
{
    struct kit_flight f = flight(-60, 40, 0xC01234, 04321), other = flight(-60, -60, 0xC05555, 01234), mute = f;
    const struct kit_flight before[2] = {f, other}, after[2] = {{.from = f.from, .east_mps = 200, .flags = PLOT_PRIMARY}, other};
    struct plan p = plan_of(&f, 77);
    file(&p, 0);
    kit_fly(&k, before, 2, &radar, 1, 0, 60);
    uint32_t number = nearest(&f, 60).number;
    ck_assert_uint_gt(number, 0);
    kit_fly(&k, after, 2, &radar, 1, 60, 90);
    struct track t = nearest(&mute, 90);
    ck_assert_uint_eq(t.number, number);
    ck_assert(t.flags & TRACK_SILENT);
    ck_assert_double_eq_tol(instant_diff(t.silent, sky_instant(60)), -2, 2.1); /* its last reply: within the turn before it failed */
    ck_assert_uint_eq(k.notices[NOTICE_TRANSPONDER_SILENT], 1);
    ck_assert_int_eq(t.class, TRACK_SUSPECT);
    ck_assert_uint_eq(t.plan, 77);
    ck_assert(!(nearest(&other, 90).flags & TRACK_SILENT));
    ck_assert_uint_eq(picture_counters(k.picture).transponders_silent, 1);
    kit_fly(&k, before, 2, &radar, 1, 90, 110);
    t = nearest(&f, 110);
    ck_assert(!(t.flags & TRACK_SILENT) && t.number == number);
    ck_assert_uint_eq(k.notices[NOTICE_TRANSPONDER_BACK], 1);
}
END_TEST

/* All echo alone at one instant: the secondary radar itself has failed. */
START_TEST(a_secondary_radar_that_fails_makes_nobody_silent)
{
    struct kit_flight f[4] = {flight(-60, 40, 0xC01234, 04321), flight(-60, -60, 0xC05555, 01234), flight(50, 70, 0xC06666, 02222), flight(20, -70, 0xC07777, 03333)};
    kit_fly(&k, f, 4, &radar, 1, 0, 60);
    for (int i = 0; i < 4; i++) {
        f[i].flags = PLOT_PRIMARY;
        f[i].ident = (struct ident){0};
    }
    kit_fly(&k, f, 4, &radar, 1, 60, 100);
    ck_assert_uint_le(k.notices[NOTICE_TRANSPONDER_SILENT], 1); /* the very last one that it heard */
}
END_TEST

START_TEST(a_picture_that_was_loaded_has_the_plans_and_the_silence)
{
    struct kit_flight f = flight(-60, 40, 0xC01234, 04321), other = flight(-60, -60, 0xC05555, 01234);
    struct kit_flight both[2] = {f, other};
    struct plan p = plan_of(&f, 77);
    struct picture_settings s = picture_settings_default();
    const struct classify_rule rule = {.class = TRACK_HOSTILE, .transponder = CLASSIFY_SILENT};
    s.tracks = s.plots = 2048;
    s.sensors = 16;
    picture_set_rules(k.picture, &rule, 1);
    file(&p, 0);
    kit_fly(&k, both, 2, &radar, 1, 0, 60);
    both[0].flags = PLOT_PRIMARY;
    both[0].ident = (struct ident){0};
    kit_fly(&k, both, 2, &radar, 1, 60, 68);
    size_t size = picture_state_size(k.picture);
    void *state = malloc(size);
    picture_save(k.picture, state);
    struct picture *copy = picture_new(&s), *first = k.picture;
    ck_assert_int_eq(picture_load(copy, state, size), 0);
    kit_fly(&k, both, 2, &radar, 1, 68.2, 100);
    k.picture = copy;
    kit_fly(&k, both, 2, &radar, 1, 68.2, 100);
    ck_assert(picture_digest(first) == picture_digest(copy));
    struct track t = nearest(&f, 100);
    ck_assert_uint_eq(t.plan, 77);
    ck_assert_int_eq(t.class, TRACK_HOSTILE);
    picture_free(first);
    free(state);
}
END_TEST

Suite *test_identify_suite(void)
{
    Suite *s = suite_create("identify");
    TCase *t = tcase_create("picture");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_track_carries_the_words_of_its_plan);
    tcase_add_test(t, a_plan_that_comes_later_finds_its_track_by_the_code);
    tcase_add_test(t, one_plan_belongs_to_one_track);
    tcase_add_test(t, echoes_without_replies_are_told_as_silence_and_the_number_stays);
    tcase_add_test(t, a_secondary_radar_that_fails_makes_nobody_silent);
    tcase_add_test(t, a_picture_that_was_loaded_has_the_plans_and_the_silence);
    suite_add_tcase(s, t);
    return s;
}
