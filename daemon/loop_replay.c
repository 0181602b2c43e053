/* loop_replay: instant = epoch + (wall clock - wall clock at epoch) * rate, the timekeeper's own map, set anew at each pause, rate and seek. Where the tape is
 * dearer than the rate allows, the clock waits for it: what is shown is then slower, never wrong. */
#include "daemon/loop_replay.h"

#include "daemon/out_http.h"
#include "daemon/player.h"
#include "daemon/web/web.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SLICE_S 0.004       /* a wake-up is held no longer */
#define SEEK_SLICE_S 0.020  /* nor while it seeks */
#define STEP_S 1.0
#define PERIOD_MS 20

struct replay {
    struct player *player;
    struct event *timer;
    char name[64];
    double rate;
    bool paused, seeking;
    struct instant target; /* of the seek */
    int64_t sought_ns;     /* monotonic time at which it began */
    double seek_s;
};

static int64_t clock_ns(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* From now on the clock says `epoch` and runs as pause and rate want. */
static void set_clock(struct loop *l, struct instant epoch)
{
    struct replay *r = l->replay;
    struct envelope_clock map = {epoch, {clock_ns(CLOCK_REALTIME)}, r->paused || r->seeking ? 0.0 : r->rate};

    timekeeper_set(&l->time, &map);
    l->now = epoch;
    l->now_known = l->now_read = true;
}

/* ---- birth and death ---- */

bool loop_replay_config(struct config *c, const char *tape, const char *listen, const char *socket, struct text_out *errors)
{
    struct text endpoint = {listen, strlen(listen)};
    const char *why = "";
    struct player *p = player_open(tape, &why);
    size_t size;
    const char *text = p ? player_settings(p, &size) : NULL;
    bool good = text && config_parse(c, tape, text, size, errors);

    if (!p) {
        text_put(errors, "%s: expected a tape: %s\n", tape, why);
    }
    if (good && !listen[0]) {
        c->settings->http.listen.transport = SETTINGS_NONE;
    } else if (good && settings_endpoint_parse(endpoint, &c->settings->http.listen, &why) != 0) {
        text_put(errors, "--listen: expected %s, found \"%s\"\n", why, listen);
        config_close(c);
        good = false;
    }
    if (good) {
        snprintf(c->settings->control.socket, sizeof c->settings->control.socket, "%s", socket);
        c->settings->tape.directory[0] = '\0';
        c->settings->process.user[0] = '\0';
        c->settings->clock.kind = SETTINGS_WALL;
        good = settings_check(c->settings, tape, errors) == 0;
    }
    player_close(p);
    return good;
}

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    (void)context; /* the wake-up is what was wanted */
}

bool loop_replay_open(struct loop *l, const char *tape)
{
    struct timeval period = {0, PERIOD_MS * 1000L};
    const char *why = "memory is short", *slash = strrchr(tape, '/');
    struct replay *r = calloc(1, sizeof *r);

    l->replay = r;
    if (r) {
        r->player = player_open(tape, &why);
        r->timer = event_new(l->base, -1, EV_PERSIST, on_timer, NULL);
        r->rate = 1;
        snprintf(r->name, sizeof r->name, "%s", slash ? slash + 1 : tape);
    }
    if (!r || !r->player || !r->timer || !player_begin(r->player, l->engine) || event_add(r->timer, &period) != 0) {
        log_put(l->log, LOG_ERROR, "replay_failed", "tape=%s why=\"%s\"", tape, why);
        return false;
    }
    set_clock(l, player_first(r->player));
    return true;
}

void loop_replay_close(struct loop *l)
{
    if (!l->replay) {
        return;
    }
    player_close(l->replay->player);
    if (l->replay->timer) {
        event_free(l->replay->timer);
    }
    free(l->replay);
    l->replay = NULL;
}

/* ---- at work ---- */

static void end_seek(struct loop *l)
{
    struct replay *r = l->replay;

    r->seeking = false;
    r->seek_s = (double)(clock_ns(CLOCK_MONOTONIC) - r->sought_ns) * 1e-9;
    set_clock(l, r->target);
    web_restart(out_http_web(l->http));
}

void loop_replay_run(struct loop *l)
{
    struct replay *r = l->replay;
    struct instant now;

    if (r->seeking) {
        if (player_run(r->player, l->engine, r->target, SEEK_SLICE_S)) {
            end_seek(l);
        } else {
            set_clock(l, engine_now(l->engine)); /* nobody may tell the engine of a time whose frames it has not seen */
            event_active(r->timer, EV_TIMEOUT, 0); /* on with it, as soon as others had their turn */
        }
        return;
    }
    if (!loop_now(l, &now)) {
        return;
    }
    if (!player_run(r->player, l->engine, now, SLICE_S)) {
        struct instant reached = engine_now(l->engine);

        set_clock(l, instant_before(reached, now) ? reached : now);
    } else if (player_ended(r->player) && !r->paused) {
        r->paused = true;
        set_clock(l, instant_before(player_last(r->player), now) ? player_last(r->player) : now);
    }
}

const char *loop_replay_pause(struct loop *l, bool paused)
{
    struct replay *r = l->replay;
    struct instant now = l->now;

    loop_now(l, &now);
    r->paused = paused;
    if (!r->seeking) {
        set_clock(l, now);
    }
    return NULL;
}

const char *loop_replay_rate(struct loop *l, double rate)
{
    struct instant now = l->now;

    if (!(rate >= REPLAY_RATE_LEAST && rate <= REPLAY_RATE_MOST)) {
        return "the rate is from 0.1 to 100";
    }
    loop_now(l, &now);
    l->replay->rate = rate;
    if (!l->replay->seeking) {
        set_clock(l, now);
    }
    return NULL;
}

const char *loop_replay_seek(struct loop *l, struct instant to)
{
    struct replay *r = l->replay;
    struct instant first = player_first(r->player), last = player_last(r->player);

    r->target = instant_before(to, first) ? first : instant_before(last, to) ? last : to;
    r->sought_ns = clock_ns(CLOCK_MONOTONIC);
    r->seeking = true;
    if (player_seek(r->player, l->engine, r->target) != 0) {
        r->seeking = false;
        return "the tape's state could not be taken";
    }
    set_clock(l, instant_is_set(engine_now(l->engine)) ? engine_now(l->engine) : first);
    return NULL;
}

const char *loop_replay_step(struct loop *l)
{
    struct replay *r = l->replay;
    struct instant now = l->now;

    loop_now(l, &now);
    r->paused = true;
    r->target = instant_add(now, STEP_S);
    if (instant_before(player_last(r->player), r->target)) {
        return "the tape is over";
    }
    r->sought_ns = clock_ns(CLOCK_MONOTONIC);
    r->seeking = true; /* forward from here */
    return NULL;
}

bool loop_replay_state(const struct loop *l, struct loop_replay_state *out)
{
    struct replay *r = l->replay;

    if (r) {
        *out = (struct loop_replay_state){.first = player_first(r->player), .last = player_last(r->player), .rate = r->rate, .paused = r->paused,
                                          .ended = player_ended(r->player), .seek_s = r->seek_s, .name = r->name};
    }
    return r != NULL;
}
