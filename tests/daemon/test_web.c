// The real daemon's WebSocket: who connects is welcomed and gets the picture; asks are answered; who breaks the protocol is told so.
#include "daemon_kit.h"
#include "ws_kit.h"

#include <glob.h>
#include <signal.h>
#include <time.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/support.h"

#define RATE 20.0

static struct kit kit;
static struct ws_kit ws;
static int clock_port;
static char more[600];
static pid_t flight;

static void start(const char *settings)
{
    kit_init(&kit);
    clock_port = kit_free_port(SOCK_DGRAM);
    snprintf(more, sizeof more, "feeds:\n  - {name: radar, listen: \"udp://127.0.0.1:0\"}\n%s", settings);
    kit_write(&kit, clock_port, more);
    kit_start(&kit);
}

static void setup(void)
{
    start("");
}

static void teardown(void)
{
    if (ws.in || ws.fd)
        ws_kit_close(&ws);
    if (flight > 0) {
        kill(flight, SIGKILL);
        waitpid(flight, NULL, 0);
    }
    flight = 0;
    kit_fini(&kit);
}

// An aircraft that flies on while the test looks, and its track
static void fly(void)
{
    kit_announce(&kit, clock_port, RATE);
    kit_text(&kit, "feeds.0.address"); // the feed listens
    flight = fork();
    ck_assert_int_ge(flight, 0);
    if (flight == 0) {
        kit_fly(&kit, 0, 3600);
        _exit(0);
    }
    ck_assert(kit_until(&kit, "picture.tracks_confirmed", 1));
}

static void open_ws(const char *headers)
{
    ws_kit_open(&ws, kit_text(&kit, "http"), headers);
}

static double wall_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool is_welcome(const Airseam__Web__Frame *f)
{
    return f->welcome != NULL;
}
static bool has_tracks(const Airseam__Web__Frame *f)
{
    return f->tracks && f->tracks->n_number > 0;
}
static bool is_keyframe(const Airseam__Web__Frame *f)
{
    return f->keyframe;
}
static bool is_answer(const Airseam__Web__Frame *f)
{
    return f->answer != NULL;
}
static bool is_empty(const Airseam__Web__Frame *f)
{
    return f->picture && f->picture->tracks == 0;
}
static bool is_detail(const Airseam__Web__Frame *f)
{
    return f->detail != NULL;
}

START_TEST(who_connects_is_welcomed_before_there_is_a_clock)
{
    open_ws("");
    ck_assert_int_eq(ws.status, 101);
    Airseam__Web__Frame *f = ws_kit_until(&ws, is_welcome, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(f->version, 1);
    ck_assert_str_eq(f->welcome->nation, "US");
    ck_assert_str_eq(f->welcome->node, "test");
    ck_assert_int_eq(f->time->state, AIRSEAM__WEB__TIME_STATE__WAITING);
    ws_kit_free(f);
}
END_TEST

START_TEST(the_picture_comes_as_a_keyframe_then_as_deltas)
{
    fly();
    open_ws("");
    Airseam__Web__Frame *f = ws_kit_until(&ws, is_keyframe, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ck_assert_int_ne(f->time->state, AIRSEAM__WEB__TIME_STATE__WAITING);
    ck_assert_ptr_nonnull(f->tracks);
    ck_assert_uint_eq(f->tracks->n_number, 1);
    ck_assert_uint_eq(f->tracks->n_age_ds, 1);
    ck_assert_uint_eq(f->idents->n_number, 1);
    ck_assert_uint_eq(f->idents->callsign.len, 8);
    ck_assert_int_gt(f->tracks->lat_e5[0], 4300000);
    ck_assert_int_lt(f->tracks->lat_e5[0], 4700000);
    ck_assert_int_gt(f->tracks->lon_e5[0], -7800000);
    ck_assert_int_lt(f->tracks->lon_e5[0], -7200000);
    ck_assert_uint_eq(f->n_sensor, 1);
    ck_assert_str_eq(f->sensor[0]->name, "one");
    ck_assert_uint_eq(f->states->n_source, 1);
    ck_assert_uint_eq(f->picture->tracks, 1);
    uint32_t number = f->tracks->number[0];
    ws_kit_free(f);
    f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ck_assert(!f->keyframe);
    ck_assert_uint_eq(f->tracks->number[0], number);
    ck_assert_ptr_null(f->idents); // nothing new to say of who it is
    ws_kit_free(f);
}
END_TEST

START_TEST(a_viewport_leaves_out_what_is_outside)
{
    Airseam__Web__Ask ask = AIRSEAM__WEB__ASK__INIT;
    Airseam__Web__Viewport port = AIRSEAM__WEB__VIEWPORT__INIT;
    fly();
    open_ws("");
    Airseam__Web__Frame *f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ws_kit_free(f);
    port.south_e5 = 1000000, port.north_e5 = 2000000, port.west_e5 = -10000000, port.east_e5 = -9000000;
    ask.id = 7;
    ask.viewport = &port;
    ws_kit_ask(&ws, &ask);
    f = ws_kit_until(&ws, is_answer, KIT_WAIT_S);
    ck_assert(f && f->answer->good && f->answer->id == 7);
    ws_kit_free(f);
    f = ws_kit_until(&ws, is_keyframe, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ck_assert_ptr_null(f->tracks);
    ck_assert_uint_eq(f->picture->tracks, 1);
    ck_assert_uint_eq(f->picture->shown, 0);
    ws_kit_free(f);
    port.south_e5 = 9500000;
    ws_kit_ask(&ws, &ask);
    f = ws_kit_until(&ws, is_answer, KIT_WAIT_S);
    ck_assert(f && !f->answer->good && f->answer->text[0]);
    ws_kit_free(f);
}
END_TEST

START_TEST(a_selected_track_tells_what_is_known_of_it)
{
    Airseam__Web__Ask ask = AIRSEAM__WEB__ASK__INIT;
    Airseam__Web__Select select = AIRSEAM__WEB__SELECT__INIT;
    fly();
    open_ws("");
    Airseam__Web__Frame *f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    select.number = f->tracks->number[0];
    ws_kit_free(f);
    ask.select = &select;
    ws_kit_ask(&ws, &ask);
    f = ws_kit_until(&ws, is_detail, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ck_assert(!f->detail->gone);
    ck_assert_uint_gt(f->detail->plots, 1);
    ck_assert_uint_eq(f->detail->n_source, 1);
    ck_assert_uint_eq(f->detail->source[0], 10 << 8 | 1);
    ck_assert_uint_ge(f->detail->sigma_major_m, f->detail->sigma_minor_m);
    ck_assert_uint_eq(f->detail->n_kind_age_ds, 6);
    ws_kit_free(f);
    select.number = 4000000;
    ws_kit_ask(&ws, &ask);
    f = ws_kit_until(&ws, is_detail, KIT_WAIT_S);
    ck_assert(f && f->detail->gone);
    ws_kit_free(f);
}
END_TEST

static const struct refused { const char *headers; unsigned status; } refused[] = {
    {"Origin: http://elsewhere.example\r\n", 403},
};

START_TEST(an_upgrade_from_another_origin_is_refused)
{
    open_ws(refused[_i].headers);
    ck_assert_int_eq(ws.status, (int)refused[_i].status);
}
END_TEST

static const struct rude { const char *what; unsigned opcode; const char *bytes; size_t size; unsigned status; } rude[] = {
    {"text", 1, "hello", 5, 1003}, {"no Ask", 2, "\xff\xff\xff\xff", 4, 1008}, {"a close", 8, "\x0f\xa1", 2, 4001}, {"opcode 5", 5, "", 0, 1002},
    {"17 kB", 2, NULL, 17000, 1009},
};

START_TEST(who_breaks_the_protocol_is_told_so_and_let_go)
{
    char *bytes = calloc(1, 20000);
    open_ws("");
    ck_assert_int_eq(ws.status, 101);
    ws_kit_send(&ws, rude[_i].opcode, rude[_i].bytes ? rude[_i].bytes : bytes, rude[_i].size);
    while (!ws.closed) {
        ws_kit_free(ws_kit_next(&ws, KIT_WAIT_S));
    }
    ck_assert_msg(ws.closed == rude[_i].status, "%s: %u", rude[_i].what, ws.closed);
    free(bytes);
}
END_TEST

START_TEST(a_page_is_served_with_a_strict_policy)
{
    char *body;
    ck_assert_int_eq(kit_get(&kit, "/", &body), 200);
    ck_assert_ptr_nonnull(strstr(body, "<!DOCTYPE html>"));
    free(body);
    ck_assert_int_eq(kit_get(&kit, "/lib/d3-geo.js", &body), 200);
    ck_assert_ptr_nonnull(strstr(body, "geo"));
    free(body);
    ck_assert_int_eq(kit_get(&kit, "/nothing", &body), 404);
    free(body);
    ck_assert_int_eq(kit_get(&kit, "/../airseamd.yaml", &body), 404);
    free(body);
}
END_TEST

static uint32_t health_of_one;
static bool says_health(const Airseam__Web__Frame *f)
{
    return f->states && f->states->n_health == 1 && f->states->health[0] == health_of_one;
}

START_TEST(a_sensor_whose_plug_is_pulled_is_off_and_its_track_goes)
{
    Airseam__Web__Ask ask = AIRSEAM__WEB__ASK__INIT;
    Airseam__Web__Switch plug;
    airseam__web__switch__init(&plug);
    fly();
    open_ws("");
    health_of_one = AIRSEAM__WEB__HEALTH__GREEN;
    Airseam__Web__Frame *f = ws_kit_until(&ws, says_health, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ws_kit_free(f);
    plug.source = 10 << 8 | 1;
    plug.off = true;
    ask.id = 3;
    ask.sensor_switch = &plug;
    ws_kit_ask(&ws, &ask);
    f = ws_kit_until(&ws, is_answer, KIT_WAIT_S);
    ck_assert(f && f->answer->good);
    ws_kit_free(f);
    health_of_one = AIRSEAM__WEB__HEALTH__OFF;
    f = ws_kit_until(&ws, says_health, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ws_kit_free(f);
    f = ws_kit_until(&ws, is_empty, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ws_kit_free(f);
    plug.off = false;
    ws_kit_ask(&ws, &ask);
    f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ws_kit_free(f);
}
END_TEST

START_TEST(a_viewer_that_holds_misses_nothing_when_it_goes_on)
{
    Airseam__Web__Ask ask = AIRSEAM__WEB__ASK__INIT;
    Airseam__Web__TimeControl time = AIRSEAM__WEB__TIME_CONTROL__INIT;
    fly();
    open_ws("");
    ws_kit_free(ws_kit_until(&ws, has_tracks, KIT_WAIT_S));
    time.what = 1;
    ask.id = 1;
    ask.time = &time;
    ws_kit_ask(&ws, &ask);
    Airseam__Web__Frame *f = ws_kit_until(&ws, is_answer, KIT_WAIT_S);
    ck_assert(f && f->answer->good);
    ws_kit_free(f);
    f = ws_kit_until(&ws, has_tracks, 2.5);
    ck_assert_ptr_null(f);
    time.what = 2;
    ws_kit_ask(&ws, &ask);
    f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert(f && f->keyframe);
    ws_kit_free(f);
    time.what = 3;
    ws_kit_ask(&ws, &ask);
    f = ws_kit_until(&ws, is_answer, KIT_WAIT_S);
    ck_assert(f && !f->answer->good); // a step of what is live
    ws_kit_free(f);
}
END_TEST

static bool is_coverage(const Airseam__Web__Frame *f)
{
    return f->coverage != NULL;
}

static Airseam__Web__Frame *ask_coverage(uint32_t id, Airseam__Web__CoverageAsk *coverage)
{
    Airseam__Web__Ask ask = AIRSEAM__WEB__ASK__INIT;
    ask.id = id;
    ask.coverage = coverage;
    ws_kit_ask(&ws, &ask);
    Airseam__Web__Frame *f = ws_kit_until(&ws, is_coverage, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    return f;
}

// Corners of a set of rings, and whether all of them are on the earth and outer rings run clockwise (the first one is an outer one)
static unsigned check_rings(const Airseam__Web__Rings *r)
{
    size_t at = 0;
    ck_assert_uint_eq(r->n_lat_e4, r->n_lon_e4);
    for (size_t i = 0; i < r->n_corners; i++) {
        int32_t lat = 0, lon = 0;
        double twice = 0, first_lat = 0, first_lon = 0, last_lat = 0, last_lon = 0;
        for (uint32_t k = 0; k < r->corners[i]; k++, at++) {
            lat += r->lat_e4[at];
            lon += r->lon_e4[at];
            ck_assert(lat >= -900000 && lat <= 900000 && lon >= -1800000 && lon <= 1800000);
            if (k > 0)
                twice += last_lon * lat - lon * last_lat;
            else
                first_lat = lat, first_lon = lon;
            last_lat = lat, last_lon = lon;
        }
        twice += last_lon * first_lat - first_lon * last_lat;
        ck_assert(i > 0 || twice < 0);
    }
    ck_assert_uint_eq(at, r->n_lat_e4);
    return (unsigned)at;
}

static uint32_t whole_fold(const Airseam__Web__Coverage *c, size_t n, bool other)
{
    ck_assert_str_eq(c->figure[0]->scope, "region");
    return other ? c->figure[0]->other_permille[n] : c->figure[0]->fold_permille[n];
}

START_TEST(coverage_is_worked_out_beside_the_loop_and_follows_the_switches)
{
    Airseam__Web__CoverageAsk ask;
    airseam__web__coverage_ask__init(&ask);
    open_ws("");
    ask.layer = 10;
    ask.replies = true;
    Airseam__Web__Frame *all = ask_coverage(41, &ask);
    ck_assert_str_eq(all->coverage->error, "");
    ck_assert_uint_eq(all->coverage->ask, 41);
    ck_assert_uint_eq(all->coverage->n_fold, 4);
    ck_assert_uint_eq(all->coverage->n_layer_name, 12);
    ck_assert_uint_gt(all->coverage->n_sensor, 10);
    ck_assert_uint_gt(check_rings(all->coverage->region), 20);
    ck_assert_uint_gt(check_rings(all->coverage->fold[0]), 20);
    check_rings(all->coverage->gap);
    ck_assert_uint_gt(whole_fold(all->coverage, 0, false), whole_fold(all->coverage, 1, false));
    ck_assert_uint_gt(all->coverage->n_greatest, 0);
    ck_assert_ptr_nonnull(strstr(all->coverage->basis, "SMOOTH"));

    uint32_t out[500], source = 0; // every second sensor out, compared with all of them
    for (size_t i = 0; i < all->coverage->n_sensor; i++) {
        source += all->coverage->sensor[i];
        if (i % 2)
            out[ask.n_out++] = source;
    }
    ask.out = out;
    ask.comparing = true;
    Airseam__Web__Frame *some = ask_coverage(42, &ask);
    ck_assert_str_eq(some->coverage->error, "");
    ck_assert_uint_eq(whole_fold(some->coverage, 0, true), whole_fold(all->coverage, 0, false));
    ck_assert_uint_lt(whole_fold(some->coverage, 0, false), whole_fold(all->coverage, 0, false));
    ck_assert_uint_gt(check_rings(some->coverage->gained), 0);
    ck_assert_uint_eq(check_rings(some->coverage->lost), 0); // less sees nothing that more does not
    ws_kit_free(all);
    ws_kit_free(some);
    double held = kit_number(&kit, "web.tick_max_s");
    ck_assert_msg(held >= 0 && held < 0.005, "the page's work held the loop for %g s", held);

    char none[] = "name=nobody";
    ask.where = none;
    all = ask_coverage(43, &ask);
    ck_assert(all->coverage->error[0]);
    ws_kit_free(all);
}
END_TEST

START_TEST(top_tells_the_essentials_in_a_terminal)
{
    char command[300], text[8192];
    fly();
    snprintf(command, sizeof command, "\"%s\" top --once --socket %s", getenv("AIRSEAM"), kit.socket);
    FILE *f = popen(command, "r");
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    ck_assert_int_eq(pclose(f), 0);
    ck_assert_msg(strncmp(text, "LIVE", 4) == 0, "%s", text);
    ck_assert_ptr_nonnull(strstr(text, "tracks 1 "));
    ck_assert_ptr_nonnull(strstr(text, "US 1/1"));
    ck_assert_ptr_nonnull(strstr(text, "\none "));
}
END_TEST

static void say_seen(uint32_t seen)
{
    Airseam__Web__Ask ask = AIRSEAM__WEB__ASK__INIT;
    ask.seen = seen;
    ws_kit_ask(&ws, &ask);
}

// A page that counts what it has drawn, and draws nothing for seconds: no frame piles up for it, another viewer has its own all the while, and what comes
// when it draws again is of now
START_TEST(a_slow_viewer_gets_fewer_frames_never_old_ones_and_slows_nobody)
{
    struct ws_kit other;
    uint32_t seen = 0, waiting = 0, healthy = 0;
    Airseam__Web__Frame *f;
    fly();
    ws_kit_open(&other, kit_text(&kit, "http"), "");
    open_ws("");
    for (; seen < 4 && (f = ws_kit_next(&ws, KIT_WAIT_S)); ws_kit_free(f))
        seen++;
    say_seen(seen);
    for (double end = wall_s() + 8; wall_s() < end;) // meanwhile the other one reads
        if ((f = ws_kit_next(&other, 0.5)) != NULL) {
            healthy++;
            ws_kit_free(f);
        }
    ck_assert_uint_ge(healthy, 6);
    while ((f = ws_kit_next(&ws, 0.1)) != NULL) {
        waiting++;
        ws_kit_free(f);
    }
    ck_assert_uint_le(waiting, 5);
    ck_assert_double_gt(kit_number(&kit, "web.passed_over"), 1);
    say_seen(seen + waiting);
    f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert(f && f->keyframe);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t wall_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec, due_ms = (kit.epoch.ns + (int64_t)((double)(wall_ns - kit.wall_ns) * RATE)) / 1000000;
    ck_assert_int_lt(llabs(due_ms - f->time->instant_ms), (int64_t)(3000 * RATE));
    ws_kit_free(f);
    ws_kit_close(&other);
}
END_TEST

START_TEST(a_viewer_that_never_reads_on_is_let_go)
{
    fly();
    open_ws("");
    Airseam__Web__Frame *f = ws_kit_next(&ws, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ws_kit_free(f);
    say_seen(1);
    ck_assert(kit_until(&kit, "web.stalled", 1));
    ck_assert_double_eq(kit_number(&kit, "web.viewers"), 0);
}
END_TEST

// ---- replay ----

static Airseam__Web__Frame *control_time(uint32_t what, uint32_t rate_milli, int64_t instant_ms)
{
    Airseam__Web__Ask ask = AIRSEAM__WEB__ASK__INIT;
    Airseam__Web__TimeControl time = AIRSEAM__WEB__TIME_CONTROL__INIT;
    time.what = what, time.rate_milli = rate_milli, time.instant_ms = instant_ms;
    ask.id = what;
    ask.time = &time;
    ws_kit_ask(&ws, &ask);
    Airseam__Web__Frame *f = ws_kit_until(&ws, is_answer, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    return f;
}

static bool is_past(const Airseam__Web__Frame *f)
{
    return f->time->state == AIRSEAM__WEB__TIME_STATE__REPLAY && f->keyframe;
}

// On one connection: live, back in time, at another rate, live again
START_TEST(a_viewer_of_the_live_picture_goes_back_in_time_and_comes_again)
{
    fly();
    ck_assert(kit_until(&kit, "picture.plots", 40));
    open_ws("");
    Airseam__Web__Frame *f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert(f && f->time->state == AIRSEAM__WEB__TIME_STATE__LIVE && f->time->last_ms - f->time->first_ms > 100000);
    int64_t past = f->time->last_ms - 60000;
    ws_kit_free(f);
    f = control_time(5, 0, past);
    ck_assert_msg(f->answer->good, "%s", f->answer->text);
    ck_assert_uint_eq(f->answer->id, 5);
    ws_kit_free(f);
    f = ws_kit_until(&ws, is_past, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ck_assert_ptr_nonnull(f->tracks);
    ck_assert_int_ge(f->time->instant_ms, past);
    ck_assert_int_lt(f->time->instant_ms, past + 20000);
    ws_kit_free(f);
    f = control_time(4, 2000, 0);
    ck_assert(f->answer->good && f->time->rate_milli == 2000);
    ws_kit_free(f);
    ck_assert_double_eq(kit_number(&kit, "web.viewers"), 0); // it is no longer the live daemon's
    Airseam__Web__Ask ask = AIRSEAM__WEB__ASK__INIT;
    Airseam__Web__TimeControl time = AIRSEAM__WEB__TIME_CONTROL__INIT;
    time.what = 6;
    ask.time = &time;
    ws_kit_ask(&ws, &ask);
    while (!ws.closed)
        ws_kit_free(ws_kit_next(&ws, KIT_WAIT_S));
    ck_assert_uint_eq(ws.closed, 4000);
    ws_kit_close(&ws);
    open_ws("");
    f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert(f && f->time->state == AIRSEAM__WEB__TIME_STATE__LIVE);
    ws_kit_free(f);
}
END_TEST

START_TEST(a_tape_is_paused_stepped_and_sought_by_the_same_protocol)
{
    static char tape[200];
    char pattern[160];
    glob_t found;
    fly();
    kit_until(&kit, "picture.plots", 60); // some four minutes of the scenario
    kill(flight, SIGKILL);
    waitpid(flight, NULL, 0);
    flight = 0;
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
    snprintf(pattern, sizeof pattern, "%s/*.tape", kit.tape);
    ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
    snprintf(tape, sizeof tape, "%s", found.gl_pathv[0]);
    globfree(&found);
    kit_start_with(&kit, (const char *const[]){"airseamd", "--replay", tape, "--listen", "tcp://127.0.0.1:0", "--socket", kit.socket, NULL});
    open_ws("");
    ck_assert_int_eq(ws.status, 101);
    Airseam__Web__Frame *f = ws_kit_until(&ws, is_welcome, KIT_WAIT_S);
    ck_assert(f && f->time->state == AIRSEAM__WEB__TIME_STATE__REPLAY);
    int64_t first = f->time->first_ms, last = f->time->last_ms, middle = first + (last - first) / 2;
    ck_assert_int_gt(last - first, 100000);
    ck_assert_ptr_nonnull(strstr(f->time->tape, ".tape"));
    ws_kit_free(f);

    f = control_time(1, 0, 0); // pause, and go to the middle: there is a track there, and the time stands
    ck_assert(f->answer->good);
    ws_kit_free(f);
    double began = wall_s();
    ws_kit_free(control_time(5, 0, middle));
    f = ws_kit_until(&ws, has_tracks, KIT_WAIT_S);
    ck_assert_double_lt(wall_s() - began, 1.0);
    ck_assert(f && f->keyframe && f->time->paused);
    ck_assert_int_eq(f->time->instant_ms, middle);
    int32_t there = f->tracks->lon_e5[0];
    ws_kit_free(f);

    ws_kit_free(control_time(3, 0, 0)); // a step is a second
    f = ws_kit_until(&ws, is_keyframe, KIT_WAIT_S);
    ck_assert(f && f->time->instant_ms == middle + 1000);
    ws_kit_free(f);

    ws_kit_free(control_time(5, 0, last - 20000)); // on, and back again: the same picture
    f = ws_kit_until(&ws, is_keyframe, KIT_WAIT_S);
    ck_assert(f && f->tracks && f->tracks->lon_e5[0] != there);
    ws_kit_free(f);
    ws_kit_free(control_time(5, 0, middle));
    f = ws_kit_until(&ws, is_keyframe, KIT_WAIT_S);
    ck_assert(f && f->tracks && f->tracks->n_number == 1 && f->tracks->lon_e5[0] == there);
    ws_kit_free(f);

    f = control_time(4, 200000, 0);
    ck_assert(!f->answer->good); // a hundred is the most
    ws_kit_free(f);
    ws_kit_free(control_time(4, 100000, 0));
    ws_kit_free(control_time(2, 0, 0)); // at a hundred times the end is soon there, and the tape stands
    for (began = wall_s(); (f = ws_kit_next(&ws, KIT_WAIT_S)) && f->time->instant_ms < last && wall_s() - began < 30; ws_kit_free(f))
        ;
    ck_assert(f && f->time->instant_ms == last);
    ws_kit_free(f);
}
END_TEST

Suite *test_web_suite(void)
{
    Suite *suite = suite_create("web");
    TCase *c = tcase_create("whole daemon");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 120);
    tcase_add_test(c, who_connects_is_welcomed_before_there_is_a_clock);
    tcase_add_test(c, the_picture_comes_as_a_keyframe_then_as_deltas);
    tcase_add_test(c, a_viewport_leaves_out_what_is_outside);
    tcase_add_test(c, a_selected_track_tells_what_is_known_of_it);
    tcase_add_loop_test(c, an_upgrade_from_another_origin_is_refused, 0, 1);
    tcase_add_loop_test(c, who_breaks_the_protocol_is_told_so_and_let_go, 0, (int)(sizeof rude / sizeof rude[0]));
    tcase_add_test(c, a_sensor_whose_plug_is_pulled_is_off_and_its_track_goes);
    tcase_add_test(c, a_viewer_that_holds_misses_nothing_when_it_goes_on);
    tcase_add_test(c, coverage_is_worked_out_beside_the_loop_and_follows_the_switches);
    tcase_add_test(c, a_slow_viewer_gets_fewer_frames_never_old_ones_and_slows_nobody);
    tcase_add_test(c, a_viewer_that_never_reads_on_is_let_go);
    tcase_add_test(c, top_tells_the_essentials_in_a_terminal);
    tcase_add_test(c, a_viewer_of_the_live_picture_goes_back_in_time_and_comes_again);
    tcase_add_test(c, a_tape_is_paused_stepped_and_sought_by_the_same_protocol);
    tcase_add_test(c, a_page_is_served_with_a_strict_policy);
    suite_add_tcase(suite, c);
    return suite;
}
