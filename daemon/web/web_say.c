/* web_say: what frames say beside the columns of tracks: time, sensors and their health, events, one track's details, who the viewer is. */
#include "daemon/web/web_inside.h"

#include "base/unit.h"
#include "daemon/loop_replay.h"
#include "daemon/web/web_handoff.h"
#include "daemon/web/web_sensor.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LATE_S 3.0     /* what COMPASS calls overload */
#define SILENCE_S 10.0 /* nothing from any sensor for so long: the picture stands still */
#define STATES_TICKS 40

struct said {
    Airseam__Web__Frame frame;
    Airseam__Web__Time time;
    Airseam__Web__Picture picture;
    Airseam__Web__Event event[WEB_EVENTS], *events[WEB_EVENTS];
};

static struct instant newest(const struct web *w)
{
    struct instant last = INSTANT_NONE;
    struct picture_sensor s;

    for (uint32_t i = 0; picture_sensor(engine_picture(w->context.engine), i, &s); i++) {
        if (instant_is_set(s.last) && (!instant_is_set(last) || instant_before(last, s.last))) {
            last = s.last;
        }
    }
    return last;
}

static void say_time(struct web *w, Airseam__Web__Time *t, bool paused)
{
    struct loop *l = w->loop;
    struct instant now, last = newest(w);
    struct loop_replay_state replay;
    double lag = l->counters.lag_max_s;

    airseam__web__time__init(t);
    t->paused = paused;
    t->rate_milli = (uint32_t)lround(l->time.map.rate * 1000);
    if (!loop_now(l, &now)) {
        t->state = AIRSEAM__WEB__TIME_STATE__WAITING;
        return;
    }
    t->instant_ms = now.ns / 1000000;
    if (loop_replay_state(l, &replay)) {
        t->state = AIRSEAM__WEB__TIME_STATE__REPLAY;
        t->rate_milli = (uint32_t)lround(replay.rate * 1000);
        t->paused = replay.paused;
        t->first_ms = replay.first.ns / 1000000;
        t->last_ms = replay.last.ns / 1000000;
        t->tape = replay.name;
        t->lag_ms = (uint32_t)fmin(lag * 1000, 4e9);
        return;
    }
    if (instant_is_set(last) && instant_diff(now, last) / l->time.map.rate > SILENCE_S) {
        lag = fmax(lag, instant_diff(now, last) / l->time.map.rate);
    }
    if (l->recorder && instant_is_set(l->started)) { /* this run's tape */
        t->first_ms = l->started.ns / 1000000;
        t->last_ms = t->instant_ms;
    }
    t->lag_ms = (uint32_t)fmin(lag * 1000, 4e9);
    t->state = lag > LATE_S ? AIRSEAM__WEB__TIME_STATE__LATE : AIRSEAM__WEB__TIME_STATE__LIVE;
}

static void say_picture(const struct web *w, const struct web_view *v, Airseam__Web__Picture *p)
{
    struct picture_sensor s;

    airseam__web__picture__init(p);
    p->tracks = scene_tracks(window_scene(v->view));
    p->shown = window_shown(w->room);
    for (uint32_t i = 0; picture_sensor(engine_picture(w->context.engine), i, &s); i++) {
        p->sensors_alive += s.alive;
    }
    p->plots_per_s = w->plots_per_s;
    p->viewers = w->clients;
}

static void say_events(struct web *w, struct said *s, uint64_t from)
{
    uint64_t oldest = w->events > WEB_EVENTS ? w->events - WEB_EVENTS : 0;

    s->frame.event = s->events;
    for (uint64_t i = from > oldest ? from : oldest; i < w->events; i++) {
        struct web_event *e = &w->event[i % WEB_EVENTS];
        Airseam__Web__Event *out = &s->event[s->frame.n_event];

        airseam__web__event__init(out);
        out->instant_ms = e->instant_ms;
        out->severity = (uint32_t)e->severity;
        out->kind = e->kind;
        out->text = e->text;
        out->source = e->source;
        out->track = e->track;
        s->events[s->frame.n_event++] = out;
    }
}

static void begin(struct said *s, struct web *w)
{
    airseam__web__frame__init(&s->frame);
    s->frame.version = 1;
    s->frame.time = &s->time;
    say_time(w, &s->time, false);
}

/* The layers' parts, and the blob. */
static struct blob *end(struct web *w, struct web_view *v, struct said *s, uint64_t events_from, bool sensors, bool states)
{
    struct web_handoff_list *handoffs = NULL;
    uint32_t layers = window_want(v->view)->layers;
    struct web_sensors *list = NULL;
    struct blob *b;

    say_picture(w, v, &s->picture);
    s->frame.picture = &s->picture;
    if (layers & AIRSEAM__WEB__LAYER__EVENTS) {
        say_events(w, s, events_from);
    }
    if (layers & AIRSEAM__WEB__LAYER__SENSORS && (sensors || states)) {
        list = web_sensors_new(w, scene_nation(window_scene(v->view)));
        web_sensors_say(list, sensors, states, &s->frame);
    }
    if (layers & AIRSEAM__WEB__LAYER__HANDOFFS && (s->frame.keyframe || v->handoffs != w->handoffs_now)) {
        handoffs = web_handoff_say(w->handoffs, window_scene(v->view), &s->frame);
        v->handoffs = s->frame.keyframe ? v->handoffs : w->handoffs_now;
    }
    b = blob_new(&s->frame);
    web_handoff_said(handoffs);
    web_sensors_free(list);
    return b;
}

struct blob *web_say_delta(struct web *w, struct web_view *v)
{
    struct said *s = malloc(sizeof *s);
    struct blob *b = NULL;
    struct instant now;
    bool states = w->tick - v->stated >= STATES_TICKS;

    if (s) {
        s->frame.n_event = 0;
        begin(s, w);
        if (!loop_now(w->loop, &now) || window_delta(v->view, now, w->room, &s->frame)) {
            b = end(w, v, s, v->said, v->sites != w->sites, states);
        }
        v->said = w->events;
        v->sites = w->sites;
        v->stated = states ? w->tick : v->stated;
    }
    free(s);
    return b;
}

/* A hold on the keyframe of this tick: made once for all who want it. */
struct blob *web_say_keyframe(struct web *w, struct web_view *v)
{
    struct said *s = v->key && v->key_tick == w->tick ? NULL : malloc(sizeof *s);
    struct instant now;

    if (s) {
        blob_free(v->key);
        v->key = NULL;
        v->key_tick = w->tick;
        begin(s, w);
        s->frame.keyframe = true;
        if (!loop_now(w->loop, &now) || window_keyframe(v->view, now, w->room, &s->frame)) {
            v->key = end(w, v, s, w->events > WEB_EVENTS_FIRST ? w->events - WEB_EVENTS_FIRST : 0, true, true);
        }
    }
    free(s);
    return v->key ? blob_hold(v->key) : NULL;
}

/* ---- to one viewer ---- */

void web_say_welcome(struct web_client *c)
{
    static const struct { unsigned right; const char *word; } rights[] = {{ACCOUNT_OPERATE, "operate"}, {ACCOUNT_HANDOFF, "handoff"}, {ACCOUNT_TIME, "time"}};
    Airseam__Web__Frame frame;
    Airseam__Web__Welcome welcome;
    Airseam__Web__Time time;
    char *may[3], version[] = AIRSEAM_VERSION, words[3][8];

    airseam__web__frame__init(&frame);
    airseam__web__welcome__init(&welcome);
    for (unsigned i = 0; i < 3; i++) {
        if (c->account.rights & rights[i].right) {
            memcpy(words[i], rights[i].word, strlen(rights[i].word) + 1);
            may[welcome.n_may++] = words[i];
        }
    }
    welcome.node = c->web->context.node;
    welcome.nation = c->account.nation;
    welcome.account = c->account.name;
    welcome.position = c->account.position;
    welcome.accounts = c->web->loop->config.settings->accounts > 0;
    welcome.may = may;
    welcome.version = version;
    welcome.period_ms = c->want.ticks * WEB_TICK_MS;
    say_time(c->web, &time, c->paused);
    frame.version = 1;
    frame.time = &time;
    frame.welcome = &welcome;
    web_client_send(c, &frame);
}

void web_say_answer(struct web_client *c, uint32_t id, const char *why_not)
{
    Airseam__Web__Frame frame;
    Airseam__Web__Answer answer;
    Airseam__Web__Time time;
    char text[200];

    airseam__web__frame__init(&frame);
    airseam__web__answer__init(&answer);
    snprintf(text, sizeof text, "%s", why_not ? why_not : "");
    answer.id = id;
    answer.good = why_not == NULL;
    answer.text = text;
    say_time(c->web, &time, c->paused);
    frame.version = 1;
    frame.time = &time;
    frame.answer = &answer;
    web_client_send(c, &frame);
}

void web_say_with(struct web_client *c, const void *more, size_t size)
{
    Airseam__Web__Frame frame;
    Airseam__Web__Time time;

    airseam__web__frame__init(&frame);
    say_time(c->web, &time, c->paused);
    frame.version = 1;
    frame.time = &time;
    web_client_send_with(c, &frame, more, size);
}

/* ---- one track ---- */

static bool find_track(const struct web_client *c, struct instant now, struct track *out)
{
    const struct web *w = c->web;
    struct publish_counters counters = {0};
    uint32_t slots;
    const struct scene_row *row = scene_rows(window_scene(c->view->view), &slots);
    struct track t;

    for (uint32_t i = 0; i < slots; i++) {
        if (row[i].number == c->selected) {
            return picture_at(engine_picture(w->context.engine), i, now, &t) && t.number == c->selected &&
                   publish_release(&w->context, c->account.nation, &counters, &t, now, out);
        }
    }
    return false;
}

/* Axes of the position's error ellipse: the eigenvalues of its covariance. */
static void put_ellipse(const struct track *t, Airseam__Web__Detail *d)
{
    double ee = t->cov[TRACK_EE], en = t->cov[TRACK_EN], nn = t->cov[TRACK_NN];
    double mean = (ee + nn) / 2, differ = hypot((ee - nn) / 2, en), azimuth = atan2(2 * en, nn - ee) / 2;

    d->sigma_major_m = (uint32_t)fmin(sqrt(fmax(mean + differ, 0)), 1e9);
    d->sigma_minor_m = (uint32_t)fmin(sqrt(fmax(mean - differ, 0)), 1e9);
    d->sigma_ddeg = (uint32_t)lround((azimuth < 0 ? azimuth + UNIT_PI : azimuth) / UNIT_DEG * 10);
    d->sigma_height_m = (uint32_t)fmin(fmax(t->sigma_height_m, 0), 1e9);
}

static uint32_t age_ds(struct instant now, struct instant then)
{
    double age = instant_is_set(then) ? instant_diff(now, then) * 10 : 0;

    return age > 0 ? (uint32_t)fmin(age, 4e9) : 0;
}

/* Texts are lent by the track. */
static void put_flight(struct track *t, Airseam__Web__PlanText *out, Airseam__Web__Detail *d)
{
    airseam__web__plan_text__init(out);
    out->departure = t->flight.departure;
    out->destination = t->flight.destination;
    out->aircraft_type = t->flight.aircraft_type;
    out->cruise_25ft = (uint32_t)lround(fmax(t->flight.cruise_pressure_m, 0) / UNIT_FT / 25);
    d->flight = t->plan ? out : NULL;
}

static void put_detail(const struct track *t, struct instant now, Airseam__Web__Detail *d)
{
    d->born_ms = t->born.ns / 1000000;
    d->last_ms = t->last.ns / 1000000;
    d->plots = t->plots;
    d->existence_permille = (uint32_t)lround(fmax(t->existence, 0) * 1000);
    d->turn_mdegps = (int32_t)lround(t->turn_rad_s / UNIT_DEG * 1000);
    d->identity_permille = (uint32_t)lround(fmax(t->identity_confidence, 0) * 1000);
    d->mode_2 = ident_has(&t->ident, IDENT_MODE_2) ? t->ident.mode_2 + 1u : 0;
    put_ellipse(t, d);
    for (unsigned i = 0; i < t->sensors; i++) {
        d->source[d->n_source++] = t->sensor[i].source;
        d->source_age_ds[d->n_source_age_ds++] = age_ds(now, t->sensor[i].last);
    }
    for (unsigned i = 0; i < TRACK_AGES; i++) {
        d->kind_age_ds[d->n_kind_age_ds++] = instant_is_set(t->age[i]) ? age_ds(now, t->age[i]) + 1 : 0;
    }
    for (unsigned i = 0; i < 3; i++) {
        d->mode_permille[d->n_mode_permille++] = (uint32_t)lround(fmax(t->mode[i], 0) * 1000);
    }
}

void web_say_detail(struct web_client *c)
{
    Airseam__Web__Frame frame;
    Airseam__Web__Detail detail;
    Airseam__Web__Time time;
    Airseam__Web__PlanText flight;
    char owner[8];
    uint32_t source[TRACK_SENSORS], source_age[TRACK_SENSORS], kind_age[TRACK_AGES], mode[3];
    struct instant now;
    struct track t;

    airseam__web__frame__init(&frame);
    airseam__web__detail__init(&detail);
    detail.number = c->selected;
    detail.source = source, detail.source_age_ds = source_age, detail.kind_age_ds = kind_age, detail.mode_permille = mode;
    if (loop_now(c->web->loop, &now) && find_track(c, now, &t)) {
        put_detail(&t, now, &detail);
        put_flight(&t, &flight, &detail);
        snprintf(owner, sizeof owner, "%s", web_handoff_owner(c->web, t.number));
        detail.owner = owner;
    } else {
        detail.gone = true;
    }
    say_time(c->web, &time, c->paused);
    frame.version = 1;
    frame.time = &time;
    frame.detail = &detail;
    web_client_send(c, &frame);
}
