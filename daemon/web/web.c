/* web: the tick. Ten times a second each scene looks at a tenth of the picture, and the views whose turn it is make their frame. */
#include "daemon/web/web_inside.h"
#include "daemon/web/web_coverage.h"
#include "daemon/web/web_handoff.h"
#include "daemon/web/web_past.h"
#include "daemon/web/web_sensor.h"

#include "base/unit.h"
#include "daemon/loop_replay.h"
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TICKS_A_ROUND 10
#define BUDGET_S 0.003 /* of a tick for keyframes; the one that is begun is finished */
#define LAG_TICKS 100

/* Processor time of this thread: what a tick costs, whatever else the machine does. */
static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- scenes and views ---- */

/* A new scene looks at everything at once: its first viewer shall not wait for a round. */
static struct scene *scene_of(struct web *w, const char nation[3])
{
    struct instant now;

    for (unsigned i = 0; i < w->scenes; i++) {
        if (memcmp(scene_nation(w->scene[i]), nation, 3) == 0) {
            return w->scene[i];
        }
    }
    if (w->scenes == WEB_SCENES || !(w->scene[w->scenes] = scene_new(&w->context, nation))) {
        return NULL;
    }
    if (loop_now(w->loop, &now)) {
        scene_look(w->scene[w->scenes], now, 0, 1);
    }
    return w->scene[w->scenes++];
}

static bool make_room(struct web *w)
{
    unsigned room = w->view_room ? 2 * w->view_room : 16;
    struct web_view **more;

    if (w->views < w->view_room) {
        return true;
    }
    more = realloc(w->view, room * sizeof(struct web_view *));
    if (!more) {
        return false;
    }
    w->view = more;
    w->view_room = room;
    return true;
}

static struct web_view *new_view(struct web *w, struct scene *s, const struct window_want *want)
{
    struct web_view *v = make_room(w) ? calloc(1, sizeof *v) : NULL;

    if (v && !(v->view = window_new(s, want))) {
        free(v);
        v = NULL;
    }
    if (v) {
        v->phase = w->views % want->ticks;
        v->said = w->events;
        w->view[w->views++] = v;
    }
    return v;
}

static struct web_view *view_of(struct web *w, const struct web_client *c)
{
    struct scene *s = scene_of(w, c->account.nation);
    struct window_want want = c->want;

    window_widen(&want);
    for (unsigned i = 0; s && i < w->views; i++) {
        if (window_scene(w->view[i]->view) == s && memcmp(window_want(w->view[i]->view), &want, sizeof want) == 0) {
            return w->view[i];
        }
    }
    return s ? new_view(w, s, &want) : NULL;
}

static void free_view(struct web_view *v)
{
    blob_free(v->key);
    window_free(v->view);
    free(v);
}

void web_leave(struct web_client *c)
{
    struct web *w = c->web;

    if (c->view && --c->view->holds == 0) {
        for (unsigned i = 0; i < w->views; i++) {
            if (w->view[i] == c->view) {
                w->view[i] = w->view[--w->views];
                break;
            }
        }
        free_view(c->view);
    }
    c->view = NULL;
}

bool web_join(struct web_client *c)
{
    struct web_view *v = c->account.known ? view_of(c->web, c) : NULL;

    if (!c->account.known) {
        web_leave(c);
        return true;
    }
    if (!v) {
        return false;
    }
    v->holds++;
    web_leave(c);
    c->view = v;
    c->behind = true;
    return true;
}

/* ---- the tick ---- */

static bool is_seen(const struct web *w, const struct scene *s)
{
    for (unsigned i = 0; i < w->views; i++) {
        if (window_scene(w->view[i]->view) == s) {
            return true;
        }
    }
    return false;
}

/* Scenes that nobody watches are given back. */
static void look(struct web *w, struct instant now)
{
    for (unsigned i = 0; i < w->scenes;) {
        if (is_seen(w, w->scene[i])) {
            scene_look(w->scene[i++], now, (unsigned)(w->tick % TICKS_A_ROUND), TICKS_A_ROUND);
        } else {
            scene_free(w->scene[i]);
            w->scene[i] = w->scene[--w->scenes];
        }
    }
}

static void serve(struct web *w, struct web_view *v)
{
    struct blob *delta = web_say_delta(w, v);

    v->holds++; /* a client that is let go must not take the view with it */
    for (unsigned i = w->clients; delta && i-- > 0;) {
        if (w->client[i]->view == v) {
            web_client_turn(w->client[i], delta);
        }
    }
    blob_free(delta);
    v->holds--;
}

static void every_second(struct web *w)
{
    uint64_t plots = picture_counters(engine_picture(w->context.engine)).plots;

    w->plots_per_s = (uint32_t)(plots - w->plots);
    w->plots = plots;
    w->sites = web_sensors_look(w);
    web_past_look(w);
    w->handoffs_now = web_handoff_look(w->handoffs);
    for (unsigned i = w->clients; i-- > 0;) {
        if (w->client[i]->selected && w->client[i]->view && !w->client[i]->paused) {
            web_say_detail(w->client[i]);
        }
    }
}

/* Looks after each connection; those who need a keyframe get one as long as the tick's time lasts, another round begins where this one ended. */
static void watch(struct web *w, double began)
{
    for (unsigned i = w->clients; i-- > 0;) {
        web_client_watch(w->client[i]);
    }
    for (unsigned i = 0; i < w->clients && seconds() - began < BUDGET_S; i++) {
        w->next = (w->next + 1) % w->clients;
        web_client_catch_up(w->client[w->next]);
    }
}

static void on_tick(evutil_socket_t fd, short what, void *context)
{
    struct web *w = context;
    struct instant now;
    double began;
    bool known;

    (void)fd;
    (void)what;
    if (w->loop->replay) { /* what is shown is what was played, not what is due to be */
        loop_replay_run(w->loop);
    }
    began = seconds();
    known = loop_now(w->loop, &now);
    w->tick++;
    if (w->adopted && w->clients == 0) {
        loop_quit(w->loop);
    }
    if (known && w->clients > 0) {
        look(w, now);
    }
    if (w->tick % TICKS_A_ROUND == 0) {
        every_second(w);
    }
    for (unsigned i = w->views; i-- > 0;) {
        if (i < w->views && w->tick % window_want(w->view[i]->view)->ticks == w->view[i]->phase) {
            serve(w, w->view[i]);
        }
    }
    web_coverage_tick(w->coverage);
    watch(w, began);
    for (unsigned i = w->views; i-- > 0;) { /* those whose last viewer went while they were served */
        if (w->view[i]->holds == 0) {
            free_view(w->view[i]);
            w->view[i] = w->view[--w->views];
        }
    }
    began = seconds() - began;
    w->tick_s = began > w->tick_s ? began : w->tick_s;
    if (w->tick % LAG_TICKS == 0) {
        w->tick_before_s = w->tick_s;
        w->tick_s = 0;
    }
}

/* ---- the time line ---- */

static struct web_event *add_event(struct web *w, int severity, const char *kind)
{
    struct web_event *e = &w->event[w->events++ % WEB_EVENTS];
    struct instant now;

    *e = (struct web_event){.severity = severity, .instant_ms = loop_now(w->loop, &now) ? now.ns / 1000000 : 0};
    snprintf(e->kind, sizeof e->kind, "%s", kind);
    return e;
}

void web_notice(struct web *w, const struct notice *n)
{
    struct web_event *e = add_event(w, notice_severity(n->kind), notice_name(n->kind));

    e->source = n->source;
    snprintf(e->text, sizeof e->text, "%s: %g, %g", notice_text(n->kind), n->a, n->b);
}

void web_say(struct web *w, int severity, const char *kind, const char *text)
{
    web_say_of(w, severity, kind, text, 0);
}

void web_say_of(struct web *w, int severity, const char *kind, const char *text, uint32_t track)
{
    struct web_event *e = add_event(w, severity, kind);

    e->track = track;
    snprintf(e->text, sizeof e->text, "%s", text);
}

void web_handoffs(struct web *w, struct handoff *h)
{
    w->handoff = h;
}

void web_diary(struct web *w, const struct diary_entry *e)
{
    web_handoff_event(w->handoffs, e);
}

/* ---- birth, settings, death ---- */

struct web *web_new(struct loop *l, const struct publish_context *c)
{
    struct web *w = calloc(1, sizeof *w);
    struct timeval period = {0, WEB_TICK_MS * 1000L};

    if (!w) {
        return NULL;
    }
    w->loop = l;
    w->context = *c;
    w->room = window_room_new();
    w->coverage = web_coverage_new(w);
    w->handoffs = web_handoff_new(w);
    w->timer = event_new(c->base, -1, EV_PERSIST, on_tick, w);
    if (!w->room || !w->coverage || !w->handoffs || !w->timer || event_add(w->timer, &period) != 0) {
        web_free(w);
        return NULL;
    }
    return w;
}

void web_close(struct web *w)
{
    while (w->clients > 0) {
        web_client_close(w->client[w->clients - 1], WS_GOING);
    }
}

void web_free(struct web *w)
{
    if (!w) {
        return;
    }
    web_close(w);
    for (unsigned i = 0; i < w->views; i++) {
        free_view(w->view[i]);
    }
    for (unsigned i = 0; i < w->scenes; i++) {
        scene_free(w->scene[i]);
    }
    if (w->timer) {
        event_free(w->timer);
    }
    window_room_free(w->room);
    web_coverage_free(w->coverage);
    web_handoff_free(w->handoffs);
    free(w->view);
    free(w->rate);
    free(w);
}

void web_settings(struct web *w, const struct settings *s)
{
    for (unsigned i = w->clients; i-- > 0;) {
        if (!account_holds(s, &w->client[i]->account) && w->client[i]->account.known) {
            web_client_close(w->client[i], WS_POLICY);
        }
    }
    web_coverage_settings(w->coverage, s->http.coverage);
}

void web_restart(struct web *w)
{
    struct instant now;

    if (!loop_now(w->loop, &now)) {
        return;
    }
    for (unsigned i = 0; i < w->scenes; i++) {
        scene_clear(w->scene[i]);
        scene_look(w->scene[i], now, 0, 1);
    }
    for (unsigned i = 0; i < w->clients; i++) {
        w->client[i]->behind = true;
    }
}

int web_upgrade(struct web *w, struct evhttp_request *request)
{
    int status = web_client_open(w, request);

    w->counters.refused += status != 0;
    return status;
}

struct web_counters web_counters(const struct web *w)
{
    struct web_counters c = w->counters;

    c.viewers = w->clients;
    c.views = w->views;
    c.scenes = w->scenes;
    c.tick_max_s = w->tick_s > w->tick_before_s ? w->tick_s : w->tick_before_s;
    return c;
}
