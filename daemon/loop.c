/* The loop. Everything else of the daemon is called from here. */
#include "daemon/loop.h"

#include "base/err.h"
#include "daemon/control.h"
#include "daemon/loop_handoff.h"
#include "daemon/loop_feeds.h"
#include "daemon/loop_replay.h"
#include "daemon/net.h"
#include "daemon/notify.h"
#include "daemon/out_http.h"
#include "daemon/policy.h"
#include "daemon/web/web.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HEARTBEAT_S 1
#define TIMER_MAX_S 60.0
#define ERRORS_LOGGED 4096

static int64_t monotonic_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

bool loop_now(struct loop *l, struct instant *now)
{
    if (!l->now_read) {
        l->woken_ns = monotonic_ns();
        l->now_known = timekeeper_read(&l->time, &l->now);
        l->now_read = true;
    }
    *now = l->now;
    return l->now_known;
}

/* ---- the tape ---- */

static void record(struct loop *l, enum tape_type type, int feed, const void *payload, size_t size)
{
    if (l->recorder) {
        recorder_put(l->recorder, type, (uint16_t)feed, l->now, payload, size);
    }
}

static void record_feeds(struct loop *l)
{
    static const char *const formats[] = {[SETTINGS_ASTERIX] = "asterix", [SETTINGS_CSV] = "csv", [SETTINGS_PB] = "pb", [SETTINGS_FINAL] = "final",
                                          [SETTINGS_CD2] = "cd2"};
    const struct settings *s = l->config.settings;

    for (uint32_t i = 0; i < s->feeds; i++) {
        char text[512];
        struct text_out out = text_out_init(text, sizeof text);

        text_put(&out, "%s %s", s->feed[i].name, formats[s->feed[i].format]);
        if (s->feed[i].format == SETTINGS_CD2) {
            text_put(&out, " %u/%u", s->feed[i].sources.source[0] >> 8, s->feed[i].sources.source[0] & 0xFFu);
        }
        for (uint32_t k = 0; k < s->feed[i].editions.count; k++) {
            text_put(&out, " %03u=%s", s->feed[i].editions.edition[k].category, s->feed[i].editions.edition[k].edition);
        }
        record(l, TAPE_FEED_INFO, engine_find_feed(l->engine, s->feed[i].name), text, strlen(text));
    }
}

/* START carries the picture's first instant, so that it waits for the clock. */
static void begin_tape(struct loop *l)
{
    if (!l->tape_begun) {
        l->tape_begun = true;
        l->started = l->now;
        record(l, TAPE_START, 0, l->config.text, strlen(l->config.text));
        record_feeds(l);
    }
}

bool loop_snapshot(struct loop *l)
{
    size_t size = engine_state_size(l->engine);
    uint8_t *state = l->recorder && l->tape_begun ? malloc(size) : NULL;

    if (!state) {
        return false;
    }
    engine_expire(l->engine, l->now);
    engine_save(l->engine, state);
    recorder_snapshot(l->recorder, engine_now(l->engine), state, size);
    return true;
}

static void expire_tape(struct loop *l)
{
    double period = l->config.settings->tape.snapshot_period_s;
    char why[256];

    if (!l->recorder) {
        return;
    }
    if (period > 0 && l->now_known && !instant_is_set(l->snapshot_due)) {
        l->snapshot_due = instant_add(l->now, period);
    } else if (period > 0 && l->now_known && !instant_before(l->now, l->snapshot_due)) {
        l->snapshot_due = instant_add(l->now, period);
        loop_snapshot(l);
    }
    recorder_flush(l->recorder);
    if (recorder_error(l->recorder, why, sizeof why)) {
        struct recorder_counters c = recorder_counters(l->recorder);

        log_put(l->log, LOG_ERROR, "tape_failed", "path=%s frames_lost=%llu why=\"%s\"", recorder_path(l->recorder), (unsigned long long)c.frames_lost, why);
    }
}

/* ---- inputs ---- */

static void on_unit(void *context, int number, const uint8_t *bytes, size_t size)
{
    struct loop *l = context;
    struct instant now;

    if (!loop_now(l, &now)) {
        l->counters.before_clock++;
        return;
    }
    begin_tape(l);
    l->counters.units++;
    record(l, TAPE_FEED, number, bytes, size);
    engine_input(l->engine, number, bytes, size, engine_feed_bytes(l->engine, number), now);
}

static void on_beacon(evutil_socket_t fd, short what, void *context)
{
    struct loop *l = context;
    uint8_t bytes[ENVELOPE_SIZE];
    struct envelope e;
    ssize_t n;

    (void)what;
    while ((n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) >= 0) {
        if (envelope_decode(bytes, (size_t)n, &e) == 0 && e.kind == ENVELOPE_CLOCK && timekeeper_beacon(&l->time, &e.clock)) {
            char epoch[40];

            instant_print(e.clock.epoch, epoch, sizeof epoch);
            log_put(l->log, LOG_INFO, "clock_set", "epoch=%s rate=%g node=%s", epoch, e.clock.rate, e.node);
            l->now_read = false;
        }
    }
}

static void on_event(void *context, const struct track_event *e)
{
    struct loop *l = context;

    release_note(l->release, &e->track);
    publish_event(l->publish, e);
    loop_handoff_track(l, e);
}

static void on_report(void *context, int feed, const struct report *r)
{
    (void)feed;
    loop_handoff_report(context, r);
}

static void on_notice(void *context, int feed, const struct notice *n)
{
    struct loop *l = context;

    log_notice(l->log, feed >= 0 ? engine_feed_name(l->engine, feed) : NULL, n);
    if (l->http) {
        web_notice(out_http_web(l->http), n);
    }
}

int loop_command(struct loop *l, const char *text)
{
    struct instant now;
    int code;

    if (!loop_now(l, &now)) {
        return ERR_STATE;
    }
    begin_tape(l);
    code = engine_command(l->engine, text, now);
    if (code == 0) { /* nothing came between: the order on the tape is the order in which they took effect */
        record(l, TAPE_COMMAND, 0, text, strlen(text));
        l->counters.commands++;
        log_put(l->log, LOG_INFO, "command", "text=\"%s\"", text);
    }
    return code;
}

/* ---- settings ---- */

static unsigned apply(struct loop *l)
{
    const struct settings *s = l->config.settings;
    unsigned failed;

    policy_set(l->release, s);
    log_set(l->log, (enum log_level)s->process.level, s->process.notice_period_s);
    if (l->replay) {
        return !out_http_settings(l->http, s);
    }
    loop_feeds_close(l, s);
    failed = loop_feeds_open(l, s, on_unit);
    failed += publish_settings(l->publish, s);
    failed += !out_http_settings(l->http, s);
    return failed;
}

/* What only a start can change keeps its old value, and is said. */
static void say_start_only(struct loop *l, const struct settings *new)
{
    const struct settings *old = l->config.settings;
    bool differs = memcmp(&old->tracker, &new->tracker, sizeof old->tracker) != 0 || memcmp(&old->clock, &new->clock, sizeof old->clock) != 0 ||
                   strcmp(old->control.socket, new->control.socket) != 0 || strcmp(old->tape.directory, new->tape.directory) != 0 ||
                   memcmp(&old->node, &new->node, sizeof old->node) != 0;

    if (differs) {
        log_put(l->log, LOG_WARNING, "settings_need_start", "keys=\"node, clock, tracker, control, tape.directory\"");
    }
}

static bool check_engine(const struct config *c, const char *path, struct text_out *errors)
{
    const char *feed = "";
    const char *wrong = engine_check(c->settings, &feed);

    if (wrong) {
        text_put(errors, "%s: %s: %s\n", path, feed, wrong);
    }
    return wrong == NULL;
}

bool loop_reload(struct loop *l, struct text_out *errors)
{
    struct config new = {0};
    struct instant now;

    if (l->replay) {
        text_put(errors, "%s: expected a live picture, found a replay, whose settings are the tape's\n", l->config_path);
        return false;
    }
    if (!loop_now(l, &now)) { /* feeds get their numbers on the tape, and the tape begins with the clock */
        text_put(errors, "%s: expected a clock before new settings, found none yet\n", l->config_path);
        return false;
    }
    begin_tape(l);
    notify_reloading();
    if (config_open(&new, l->config_path, errors) && !check_engine(&new, l->config_path, errors)) {
        config_close(&new);
    }
    if (!new.settings) {
        l->counters.reloads_refused++;
        log_put(l->log, LOG_ERROR, "settings_refused", "path=%s text=\"the old ones stay in force\"", l->config_path);
        notify_ready();
        return false;
    }
    say_start_only(l, new.settings);
    config_close(&l->config);
    l->config = new;
    record(l, TAPE_SETTINGS, 0, l->config.text, strlen(l->config.text));
    engine_settings(l->engine, l->config.settings, now);
    record_feeds(l);
    apply(l);
    l->counters.reloads++;
    log_put(l->log, LOG_INFO, "settings_loaded", "path=%s feeds=%u outputs=%u sites=%u", l->config_path, l->config.settings->feeds, l->config.settings->outputs,
            l->config.settings->sites);
    notify_ready();
    return true;
}

static void on_reload(evutil_socket_t fd, short what, void *context)
{
    struct loop *l = context;
    char *room = malloc(ERRORS_LOGGED);

    (void)fd;
    (void)what;
    if (!room) {
        log_put(l->log, LOG_ERROR, "reload_failed", "why=\"memory is short\"");
        return;
    }
    struct text_out errors = text_out_init(room, ERRORS_LOGGED);
    if (!loop_reload(l, &errors)) {
        fputs(room, stderr);
    }
    free(room);
}

void loop_quit(struct loop *l)
{
    l->quit = true;
}

static void on_quit(evutil_socket_t fd, short what, void *context)
{
    struct loop *l = context;

    (void)what;
    log_put(l->log, LOG_INFO, "signal", "number=%d", (int)fd);
    loop_quit(l);
}

/* ---- time ---- */

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    (void)context; /* the wake-up itself is what was wanted */
}

static void on_heartbeat(evutil_socket_t fd, short what, void *context)
{
    struct loop *l = context;
    struct picture_counters c = picture_counters(engine_picture(l->engine));

    (void)fd;
    (void)what;
    notify_watchdog();
    notify_status("%u tracks, %llu plots", c.tracks_confirmed, (unsigned long long)c.plots);
    l->counters.lag_max_s = 0;
}

static void arm(struct loop *l)
{
    struct instant due = engine_deadline(l->engine), other = publish_deadline(l->publish);
    double wait;
    struct timeval tv;

    if (!l->now_known) {
        return;
    }
    due = instant_before(other, due) ? other : due;
    other = loop_handoff_deadline(l);
    due = instant_before(other, due) ? other : due;
    wait = due.ns == INT64_MAX ? TIMER_MAX_S : timekeeper_wait_s(&l->time, due);
    wait = wait < TIMER_MAX_S ? wait : TIMER_MAX_S;
    tv.tv_sec = (time_t)wait;
    tv.tv_usec = (suseconds_t)((wait - (double)tv.tv_sec) * 1e6) + 1;
    event_add(l->timer, &tv);
}

/* What follows every wake-up, whatever woke us. */
static void finish_wakeup(struct loop *l)
{
    struct instant now;

    if (l->replay) {
        loop_replay_run(l);
    }
    if (loop_now(l, &now)) {
        begin_tape(l);
        if (!instant_before(now, engine_deadline(l->engine))) {
            engine_expire(l->engine, now);
        }
        engine_drain(l->engine);
        loop_handoff_flush(l, now);
        publish_expire(l->publish, now);
        publish_flush(l->publish);
    }
    expire_tape(l);
    arm(l);
    l->counters.wakeups++;
    l->counters.lag_s = (double)(monotonic_ns() - l->woken_ns) * 1e-9;
    l->counters.lag_max_s = l->counters.lag_s > l->counters.lag_max_s ? l->counters.lag_s : l->counters.lag_max_s;
}

int loop_run(struct loop *l)
{
    bool whole = true;

    notify_ready();
    log_put(l->log, LOG_INFO, "started", "node=%s nation=%s clock=%s", l->config.settings->node.name, l->config.settings->node.nation,
            l->time.scenario ? "scenario" : "wall");
    l->now_read = false;
    finish_wakeup(l);
    while (!l->quit) {
        l->now_read = false;
        if (event_base_loop(l->base, EVLOOP_ONCE) < 0) {
            break;
        }
        finish_wakeup(l);
    }
    notify_stopping();
    if (l->recorder) {
        l->now_read = false;
        if (loop_now(l, &l->now)) {
            begin_tape(l);
            engine_expire(l->engine, l->now);
            engine_drain(l->engine);
        }
        whole = recorder_close(l->recorder, engine_now(l->engine), picture_digest(engine_picture(l->engine)));
        l->recorder = NULL;
        log_put(l->log, whole ? LOG_INFO : LOG_ERROR, "tape_closed", "whole=%s digest=%016llx", whole ? "true" : "false",
                (unsigned long long)picture_digest(engine_picture(l->engine)));
    }
    log_put(l->log, LOG_INFO, "stopped", "units=%llu", (unsigned long long)l->counters.units);
    return whole ? 0 : 1;
}

/* ---- birth and death ---- */

static bool open_events(struct loop *l)
{
    struct timeval second = {HEARTBEAT_S, 0};

    l->watchdog_s = notify_watchdog_period_s();
    if (l->watchdog_s > 0 && l->watchdog_s < HEARTBEAT_S) {
        second = (struct timeval){0, (suseconds_t)(l->watchdog_s * 1e6)};
    }
    l->timer = evtimer_new(l->base, on_timer, l);
    l->heartbeat = event_new(l->base, -1, EV_PERSIST, on_heartbeat, l);
    l->signal_reload = evsignal_new(l->base, SIGHUP, on_reload, l);
    l->signal_term = evsignal_new(l->base, SIGTERM, on_quit, l);
    l->signal_int = evsignal_new(l->base, SIGINT, on_quit, l);
    return l->timer && l->heartbeat && l->signal_reload && l->signal_term && l->signal_int && event_add(l->heartbeat, &second) == 0 &&
           event_add(l->signal_reload, NULL) == 0 && event_add(l->signal_term, NULL) == 0 && event_add(l->signal_int, NULL) == 0;
}

static bool open_beacon(struct loop *l)
{
    const char *why = "";

    if (l->config.settings->clock.kind != SETTINGS_SCENARIO) {
        return true;
    }
    l->beacon_fd = net_receive(&l->config.settings->clock.listen, &why);
    l->beacon = l->beacon_fd >= 0 ? event_new(l->base, l->beacon_fd, EV_READ | EV_PERSIST, on_beacon, l) : NULL;
    if (!l->beacon || event_add(l->beacon, NULL) != 0) {
        log_put(l->log, LOG_ERROR, "beacon_failed", "why=\"%s\"", why);
        return false;
    }
    return true;
}

static bool open_tape(struct loop *l)
{
    const struct settings *s = l->config.settings;
    const char *why = "";

    if (!s->tape.directory[0]) {
        return true;
    }
    l->recorder = recorder_open(s->tape.directory, s->tape.sync_period_s, s->tape.buffer_bytes, &why);
    if (!l->recorder) {
        log_put(l->log, LOG_ERROR, "tape_failed", "directory=%s why=\"%s\"", s->tape.directory, why);
        return false;
    }
    log_put(l->log, LOG_INFO, "tape_opened", "path=%s", recorder_path(l->recorder));
    return true;
}

static bool open_control(struct loop *l)
{
    const char *why = "";

    if (!l->config.settings->control.socket[0]) {
        return true;
    }
    l->control = control_open(l, l->config.settings->control.socket, &why);
    if (!l->control) {
        log_put(l->log, LOG_ERROR, "control_failed", "socket=%s why=\"%s\"", l->config.settings->control.socket, why);
    }
    return l->control != NULL;
}

static bool open_engine(struct loop *l)
{
    struct engine_sink sink = {.event = on_event, .notice = on_notice, .report = on_report, .context = l};
    struct publish_context context = {.base = l->base, .log = l->log};
    const struct settings *s = l->config.settings;

    l->engine = engine_new(s, &sink);
    l->release = release_new();
    context.engine = l->engine;
    context.release = l->release;
    memcpy(context.node, s->node.name, sizeof context.node);
    memcpy(context.nation, s->node.nation, sizeof context.nation);
    l->publish = l->engine && l->release ? publish_new(&context) : NULL;
    l->http = l->publish ? out_http_new(l, &context) : NULL;
    if (!l->http) {
        log_put(l->log, LOG_ERROR, "start_failed", "why=\"memory is short\"");
    }
    return l->http != NULL;
}

struct loop *loop_new(const char *config_path, struct config *config, struct log *log, const char *replay)
{
    struct loop *l = calloc(1, sizeof *l);
    struct timespec wall;

    if (!l) {
        return NULL;
    }
    snprintf(l->config_path, sizeof l->config_path, "%s", config_path);
    l->config = *config;
    *config = (struct config){0};
    l->log = log;
    l->beacon_fd = -1;
    l->now = l->started = l->snapshot_due = INSTANT_NONE;
    clock_gettime(CLOCK_REALTIME, &wall);
    l->started_wall_ns = (int64_t)wall.tv_sec * 1000000000 + wall.tv_nsec;
    timekeeper_init(&l->time, l->config.settings->clock.kind == SETTINGS_SCENARIO);
    l->base = event_base_new();
    if (!l->base || !open_events(l) || !open_engine(l) || (replay && !loop_replay_open(l, replay)) || !loop_handoff_open(l) || !open_tape(l) || apply(l) != 0 || !open_beacon(l) || !open_control(l)) {
        loop_free(l);
        return NULL;
    }
    return l;
}

static void free_event(struct event *e)
{
    if (e) {
        event_free(e);
    }
}

void loop_free(struct loop *l)
{
    if (!l) {
        return;
    }
    control_close(l->control);
    loop_replay_close(l);
    loop_handoff_close(l);
    out_http_free(l->http);
    for (unsigned i = 0; i < l->feeds; i++) {
        feed_close(l->feed[i]);
    }
    publish_free(l->publish);
    if (l->recorder) {
        recorder_close(l->recorder, engine_now(l->engine), picture_digest(engine_picture(l->engine)));
    }
    engine_free(l->engine);
    release_free(l->release);
    free_event(l->timer);
    free_event(l->heartbeat);
    free_event(l->signal_reload);
    free_event(l->signal_term);
    free_event(l->signal_int);
    free_event(l->beacon);
    if (l->beacon_fd >= 0) {
        close(l->beacon_fd);
    }
    if (l->base) {
        event_base_free(l->base);
    }
    config_close(&l->config);
    free(l);
}
