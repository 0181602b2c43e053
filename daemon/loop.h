/* loop: the shell around the engine, one page: readable → tape → engine_input; one timer armed to the next deadline → expire; always → drain, flush.
 *
 * The clock is read once per wake-up. Whatever can change the picture goes to the tape before it reaches the engine. */
#ifndef DAEMON_LOOP_H
#define DAEMON_LOOP_H

#include "daemon/config.h"
#include "daemon/engine.h"
#include "daemon/feed.h"
#include "daemon/log.h"
#include "daemon/publish.h"
#include "daemon/recorder.h"
#include "daemon/timekeeper.h"
#include <event2/event.h>

struct control;
struct out_http;
struct replay;

struct loop_counters {
    uint64_t wakeups, units, before_clock; /* units that came before the scenario's clock was known */
    uint64_t reloads, reloads_refused, commands;
    double lag_s, lag_max_s; /* wall time from the reading of the clock to the end of the wake-up: of the last one, and the longest since the last heartbeat */
};

struct loop {
    char config_path[SETTINGS_PATH];
    struct config config;
    struct log *log;
    struct event_base *base;
    struct event *timer, *heartbeat, *signal_reload, *signal_term, *signal_int, *beacon;
    int beacon_fd;
    struct timekeeper time;
    bool now_known, now_read; /* in this wake-up */
    struct instant now, started;
    int64_t woken_ns; /* monotonic time at which this wake-up read the clock */
    struct engine *engine;
    struct release *release;
    struct publish *publish;
    struct out_http *http;
    struct control *control;
    struct recorder *recorder; /* NULL: no tape */
    struct loop_handoff *handoff; /* NULL: none (loop_handoff.h) */
    struct replay *replay;     /* NULL: live (loop_replay.h) */
    bool tape_begun;
    struct instant snapshot_due;
    unsigned feeds;
    struct feed *feed[SETTINGS_FEEDS];
    double watchdog_s;
    int64_t started_wall_ns;
    struct loop_counters counters;
    bool quit;
};

/* Takes the config. replay: the tape to play instead of feeds (whose settings the config has), NULL: none. NULL when something needed does not open: log lines say what. */
struct loop *loop_new(const char *config_path, struct config *config, struct log *log, const char *replay);
/* Runs until told to quit; 0, or 1 when the tape could not be written whole. */
int loop_run(struct loop *l);
void loop_free(struct loop *l);

/* Reads the settings file again: true when the new settings are in force; otherwise the old ones are and *errors says why. */
bool loop_reload(struct loop *l, struct text_out *errors);
/* A command that changes the picture (engine_command), put on the tape: 0 or its error. */
int loop_command(struct loop *l, const char *text);
/* Snapshot now: false without a tape or before there is a time. */
bool loop_snapshot(struct loop *l);
void loop_quit(struct loop *l);
/* The instant of this wake-up; false: none yet. */
bool loop_now(struct loop *l, struct instant *now);

#endif
