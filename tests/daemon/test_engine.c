// The engine in process: what a live run and a replay share.
#include "daemon/engine.h"

#include "base/err.h"
#include "base/rng.h"
#include "base/unit.h"
#include "daemon/config.h"
#include "wire/plot_out.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

#define PERIOD_S 4.0
#define SECTORS 32
#define UNITS 4096

static const char yaml[] = "tracker: {tracks: 200, plots: 1000, sensors: 10}\n"
                           "feeds:\n  - {name: a, listen: \"udp://127.0.0.1:0\"}\n  - {name: b, listen: \"udp://127.0.0.1:0\"}\n"
                           "sites:\n  - {name: one, nation: US, sac: 10, sic: 1, kind: mode_s, lat_deg: 45, lon_deg: -75, hae_m: 100, period_s: 4}\n";

struct unit {
    struct instant arrival;
    size_t size;
    uint8_t bytes[256];
};

static struct unit unit[UNITS];
static unsigned unit_count;
static struct config config;
static unsigned events[TRACK_EVENTS], notices, reports;
static struct instant sending;

static void on_datagram(void *context, const uint8_t *bytes, size_t size)
{
    (void)context;
    ck_assert_uint_lt(unit_count, UNITS);
    ck_assert_uint_le(size, sizeof unit[0].bytes);
    unit[unit_count].arrival = instant_add(sending, 0.5);
    unit[unit_count].size = size;
    memcpy(unit[unit_count].bytes, bytes, size);
    unit_count++;
}

// Ten aircraft around one radar for so many turns, with noise from a seed.
static void make_units(unsigned turns)
{
    struct out_sink sink = {on_datagram, NULL};
    struct plot_out *radar = plot_out_new(48);
    struct rng r = rng_init(4);
    struct instant t = {INT64_C(1780300800000000000)};
    unit_count = 0;
    for (unsigned k = 0; k < turns * SECTORS; k++, t = instant_add(t, PERIOD_S / SECTORS)) {
        struct report mark = {.kind = REPORT_SERVICE, .service = {.time = t, .source = 10 << 8 | 1, .kind = k % SECTORS ? SERVICE_SECTOR : SERVICE_NORTH,
                                                                  .azimuth_rad = k % SECTORS * 2 * UNIT_PI / SECTORS}};
        sending = t;
        for (unsigned i = 0; i < 10; i++) {
            double since = k * PERIOD_S / SECTORS, north = 20000.0 + 5000 * i - 150 * since, east = 30000 + 3000.0 * i + 100 * since;
            double azimuth = atan2(east, north) + rng_normal(&r) * 0.0005;
            struct report plot = {.kind = REPORT_PLOT, .plot = {.time = t, .source = 10 << 8 | 1, .kind = PLOT_POLAR_LEVEL, .flags = PLOT_SECONDARY | PLOT_MODE_S}};
            plot.plot.polar.range_m = sqrt(north * north + east * east + 1e8) + rng_normal(&r) * 30;
            plot.plot.polar.azimuth_rad = azimuth < 0 ? azimuth + 2 * UNIT_PI : azimuth;
            plot.plot.level = (struct level){.pressure_m = 10000, .flags = LEVEL_PRESSURE};
            plot.plot.ident = (struct ident){.mode_s = 0xa00000 + i, .mode_a = (uint16_t)(02000 + i), .flags = IDENT_MODE_S | IDENT_MODE_A};
            if ((unsigned)(plot.plot.polar.azimuth_rad / (2 * UNIT_PI) * SECTORS) == k % SECTORS && rng_uniform(&r) < 0.95)
                ck_assert_int_eq(plot_out_input(radar, &plot, &sink), 0);
        }
        plot_out_drain(radar, &sink);
        ck_assert_int_eq(plot_out_input(radar, &mark, &sink), 0);
        plot_out_drain(radar, &sink);
    }
    plot_out_free(radar);
}

static void on_event(void *context, const struct track_event *e)
{
    (void)context;
    events[e->kind]++;
}

static void on_notice(void *context, int feed, const struct notice *n)
{
    (void)context;
    (void)feed;
    (void)n;
    notices++;
}

static void on_report(void *context, int feed, const struct report *r)
{
    (void)context;
    (void)feed;
    (void)r;
    reports++;
}

static const struct engine_sink sink = {on_event, on_notice, on_report, NULL};

static void setup(void)
{
    static char room[4096];
    struct text_out errors = text_out_init(room, sizeof room);
    ck_assert_msg(config_parse(&config, "test", yaml, strlen(yaml), &errors), "%s", room);
    make_units(30);
    memset(events, 0, sizeof events);
    notices = reports = 0;
}

static void teardown(void)
{
    config_close(&config);
}

static void feed_units(struct engine *e, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++) {
        engine_input(e, 0, unit[i].bytes, unit[i].size, engine_feed_bytes(e, 0), unit[i].arrival);
        engine_drain(e);
    }
}

static uint64_t digest(const struct engine *e)
{
    return picture_digest(engine_picture(e));
}

START_TEST(units_become_reports_and_tracks)
{
    struct engine *e = engine_new(config.settings, &sink);
    struct engine_feed_state s;
    feed_units(e, 0, unit_count);
    ck_assert_uint_eq(events[TRACK_NEW], 10);
    ck_assert_uint_gt(events[TRACK_UPDATE], 100);
    ck_assert_uint_eq(events[TRACK_DROP], 0);
    ck_assert(engine_feed_state(e, 0, &s));
    ck_assert_uint_eq(s.units, unit_count);
    ck_assert_uint_eq(s.reports, reports);
    ck_assert_uint_eq(s.decoder.records, reports);
    ck_assert(!engine_feed_state(e, 2, &s));
    ck_assert_int_eq(engine_find_feed(e, "b"), 1);
    ck_assert_int_eq(engine_find_feed(e, "c"), ERR_UNKNOWN);
    engine_expire(e, instant_add(engine_now(e), 200));
    engine_drain(e);
    ck_assert_uint_eq(events[TRACK_DROP], 10);
    engine_free(e);
}
END_TEST

START_TEST(timers_called_early_late_or_never_change_nothing)
{
    struct engine *seldom = engine_new(config.settings, &sink), *often = engine_new(config.settings, &sink);
    for (unsigned i = 0; i < unit_count; i++) {
        struct instant due = engine_deadline(often);
        while (instant_is_set(due) && instant_before(due, unit[i].arrival)) {
            engine_expire(often, due);
            due = engine_deadline(often);
            if (!instant_before(engine_now(often), due))
                break;
        }
        engine_expire(often, unit[i].arrival);
        engine_input(often, 0, unit[i].bytes, unit[i].size, 0, unit[i].arrival);
        engine_drain(often);
        engine_input(seldom, 0, unit[i].bytes, unit[i].size, 0, unit[i].arrival);
    }
    struct instant end = instant_add(engine_now(seldom), 100);
    engine_expire(seldom, end);
    engine_expire(often, end);
    ck_assert_uint_eq(digest(seldom), digest(often));
    engine_free(seldom);
    engine_free(often);
}
END_TEST

START_TEST(a_saved_state_goes_on_as_the_one_that_was_saved)
{
    struct engine *whole = engine_new(config.settings, &sink), *second = engine_new(config.settings, &sink);
    unsigned half = unit_count / 2;
    feed_units(whole, 0, half);
    size_t size = engine_state_size(whole);
    uint8_t *state = malloc(size);
    engine_save(whole, state);
    ck_assert_int_eq(engine_load(second, state, size), 0);
    ck_assert_int_eq(engine_now(second).ns, engine_now(whole).ns);
    feed_units(whole, half, unit_count);
    feed_units(second, half, unit_count);
    ck_assert_uint_eq(digest(whole), digest(second));
    engine_free(whole);
    engine_free(second);
    free(state);
}
END_TEST

START_TEST(a_damaged_state_is_refused)
{
    struct engine *e = engine_new(config.settings, &sink);
    feed_units(e, 0, unit_count / 4);
    size_t size = engine_state_size(e);
    uint8_t *state = malloc(size);
    engine_save(e, state);
    struct engine *other = engine_new(config.settings, &sink);
    ck_assert_int_eq(engine_load(other, state, size - 1), ERR_FORMAT);
    ck_assert_int_eq(engine_load(other, state, 10), ERR_FORMAT);
    state[0] ^= 1;
    ck_assert_int_eq(engine_load(other, state, size), ERR_FORMAT);
    free(state);
    engine_free(other);
    engine_free(e);
}
END_TEST

START_TEST(a_disabled_feed_is_passed_over_until_enabled)
{
    struct engine *e = engine_new(config.settings, &sink);
    struct engine_feed_state s;
    ck_assert_int_eq(engine_command(e, "feed disable a", unit[0].arrival), 0);
    feed_units(e, 0, 100);
    ck_assert(engine_feed_state(e, 0, &s));
    ck_assert_uint_eq(s.passed_over, 100);
    ck_assert_uint_eq(reports, 0);
    ck_assert_int_eq(engine_command(e, "feed enable a", unit[100].arrival), 0);
    feed_units(e, 100, 200);
    ck_assert_uint_gt(reports, 0);
    ck_assert_int_eq(engine_command(e, "feed enable nobody", unit[200].arrival), ERR_UNKNOWN);
    ck_assert_int_eq(engine_command(e, "feed burn a", unit[200].arrival), ERR_FORMAT);
    ck_assert_int_eq(engine_command(e, "", unit[200].arrival), ERR_FORMAT);
    engine_free(e);
}
END_TEST

START_TEST(new_settings_keep_numbers_and_close_what_is_gone)
{
    static const char next[] = "feeds:\n  - {name: c, listen: \"udp://127.0.0.1:0\"}\n  - {name: b, listen: \"udp://127.0.0.1:0\", format: csv}\n";
    char room[1024];
    struct text_out errors = text_out_init(room, sizeof room);
    struct engine *e = engine_new(config.settings, &sink);
    struct engine_feed_state s;
    struct config new;
    ck_assert(config_parse(&new, "next", next, strlen(next), &errors));
    engine_settings(e, new.settings, unit[0].arrival);
    ck_assert_int_eq(engine_find_feed(e, "a"), 0);
    ck_assert_int_eq(engine_find_feed(e, "b"), 1);
    ck_assert_int_eq(engine_find_feed(e, "c"), 2);
    ck_assert(engine_feed_state(e, 0, &s) && !s.enabled);
    ck_assert(engine_feed_state(e, 1, &s) && s.enabled);
    config_close(&new);
    engine_free(e);
}
END_TEST

START_TEST(frames_of_a_tape_do_what_the_calls_did)
{
    struct engine *live = engine_new(config.settings, &sink), *replay = engine_new(config.settings, &sink);
    uint8_t end[8];
    for (unsigned i = 0; i < unit_count; i++) {
        struct tape_frame f = {.type = TAPE_FEED, .feed = 0, .arrival = unit[i].arrival, .payload = unit[i].bytes, .size = unit[i].size};
        if (i == 500) {
            struct tape_frame command = {.type = TAPE_COMMAND, .arrival = f.arrival, .payload = (const uint8_t *)"feed disable a", .size = 14};
            ck_assert_int_eq(engine_command(live, "feed disable a", f.arrival), 0);
            ck_assert_int_eq(engine_frame(replay, &command), 0);
        }
        if (i == 700) {
            struct tape_frame settings = {.type = TAPE_SETTINGS, .arrival = f.arrival, .payload = (const uint8_t *)config.text, .size = strlen(config.text)};
            engine_settings(live, config.settings, f.arrival);
            ck_assert_int_eq(engine_frame(replay, &settings), 0);
        }
        feed_units(live, i, i + 1);
        ck_assert_int_eq(engine_frame(replay, &f), 0);
    }
    struct tape_frame f = {.type = TAPE_END, .arrival = instant_add(engine_now(live), 30), .payload = end, .size = sizeof end};
    engine_expire(live, f.arrival);
    for (int i = 0; i < 8; i++)
        end[i] = (uint8_t)(digest(live) >> 8 * i);
    ck_assert_int_eq(engine_frame(replay, &f), 0);
    end[0] ^= 1;
    ck_assert_int_eq(engine_frame(replay, &f), ERR_STATE);
    f.type = 99;
    ck_assert_int_eq(engine_frame(replay, &f), ERR_FORMAT);
    f = (struct tape_frame){.type = TAPE_FEED, .feed = 9, .arrival = f.arrival, .payload = end, .size = 8};
    ck_assert_int_eq(engine_frame(replay, &f), ERR_UNKNOWN);
    engine_free(live);
    engine_free(replay);
}
END_TEST

START_TEST(an_arrival_before_now_counts_as_now)
{
    struct engine *e = engine_new(config.settings, &sink);
    feed_units(e, 0, 100);
    struct instant now = engine_now(e);
    engine_input(e, 1, unit[0].bytes, unit[0].size, 0, unit[0].arrival);
    ck_assert_int_eq(engine_now(e).ns, now.ns);
    engine_free(e);
}
END_TEST

Suite *test_engine_suite(void);
Suite *test_engine_suite(void)
{
    Suite *s = suite_create("engine");
    TCase *c = tcase_create("process");
    tcase_set_timeout(c, 120);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, units_become_reports_and_tracks);
    tcase_add_test(c, timers_called_early_late_or_never_change_nothing);
    tcase_add_test(c, a_saved_state_goes_on_as_the_one_that_was_saved);
    tcase_add_test(c, a_damaged_state_is_refused);
    tcase_add_test(c, a_disabled_feed_is_passed_over_until_enabled);
    tcase_add_test(c, new_settings_keep_numbers_and_close_what_is_gone);
    tcase_add_test(c, frames_of_a_tape_do_what_the_calls_did);
    tcase_add_test(c, an_arrival_before_now_counts_as_now);
    suite_add_tcase(s, c);
    return s;
}
