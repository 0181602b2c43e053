/* web_ask: what viewers ask. Each part of an Ask is a row. */
#include "daemon/web/web_inside.h"

#include "base/err.h"
#include "daemon/web/web_coverage.h"
#include "daemon/web/web_handoff.h"
#include "daemon/web/web_past.h"
#include "daemon/loop_replay.h"
#include <stdio.h>
#include <string.h>

#define FAILURES_MOST 5
#define TICKS_MOST (60000 / WEB_TICK_MS)

static const char *take_viewport(struct web_client *c, const Airseam__Web__Ask *a)
{
    const Airseam__Web__Viewport *v = a->viewport;
    uint32_t ticks = (v->period_ms + WEB_TICK_MS - 1) / WEB_TICK_MS;

    if (v->south_e5 > v->north_e5 || v->south_e5 < -9000000 || v->north_e5 > 9000000 || v->west_e5 < -18000000 || v->east_e5 > 18000000 ||
        v->west_e5 > 18000000 || v->east_e5 < -18000000) {
        return "that is no part of the earth";
    }
    c->want.south_e5 = v->south_e5;
    c->want.west_e5 = v->west_e5;
    c->want.north_e5 = v->north_e5;
    c->want.east_e5 = v->east_e5;
    if (ticks > 0) {
        c->want.ticks = ticks < WEB_PERIOD_TICKS ? WEB_PERIOD_TICKS : ticks > TICKS_MOST ? TICKS_MOST : ticks;
    }
    return NULL;
}

static const char *take_filter(struct web_client *c, const Airseam__Web__Ask *a)
{
    const Airseam__Web__Filter *f = a->filter;

    c->want.lowest_25ft = f->lowest_25ft;
    c->want.highest_25ft = f->highest_25ft;
    c->want.nations = f->nations;
    c->want.classes = f->classes;
    c->want.sources = f->sources;
    memset(c->want.callsign, 0, sizeof c->want.callsign);
    memcpy(c->want.callsign, f->callsign, strnlen(f->callsign, sizeof c->want.callsign));
    return NULL;
}

enum { TIME_PAUSE = 1, TIME_GO, TIME_STEP, TIME_RATE, TIME_SEEK, TIME_LIVE };

/* Live: the viewer alone stands still; what it has missed comes as one keyframe. */
static const char *hold_viewer(struct web_client *c, uint32_t what)
{
    if (what != TIME_PAUSE && what != TIME_GO && what != TIME_LIVE) {
        return "the picture is live: go back in time first";
    }
    c->behind = c->behind || c->paused;
    c->paused = what == TIME_PAUSE;
    return NULL;
}

static const char *take_time(struct web_client *c, const Airseam__Web__Ask *a)
{
    struct loop *l = c->web->loop;

    if (!l->replay && a->time->what == TIME_SEEK) {
        const char *why = web_past_why_not(c->web);

        c->leaves = why ? INSTANT_NONE : (struct instant){a->time->instant_ms * 1000000};
        c->leaves_ask = a->id;
        return why;
    }
    if (!l->replay) {
        return hold_viewer(c, a->time->what);
    }
    if (c->web->adopted && a->time->what == TIME_LIVE) {
        c->live_again = true;
        return NULL;
    }
    if (!(c->account.rights & ACCOUNT_TIME)) {
        return "not allowed: time";
    }
    switch (a->time->what) {
    case TIME_PAUSE: return loop_replay_pause(l, true);
    case TIME_GO: return loop_replay_pause(l, false);
    case TIME_STEP: return loop_replay_step(l);
    case TIME_RATE: return loop_replay_rate(l, a->time->rate_milli / 1000.0);
    case TIME_SEEK: return a->time->instant_ms > -9000000000000 && a->time->instant_ms < 9000000000000
                               ? loop_replay_seek(l, (struct instant){a->time->instant_ms * 1000000}) : "that is no time";
    default: return "the tape is not live";
    }
}

static const char *take_select(struct web_client *c, const Airseam__Web__Ask *a)
{
    c->selected = a->select->number;
    if (c->selected) {
        web_say_detail(c);
    }
    return NULL;
}

static const char *take_switch(struct web_client *c, const Airseam__Web__Ask *a)
{
    const Airseam__Web__Switch *s = a->sensor_switch;
    char command[64];
    int code;

    if (!(c->account.rights & ACCOUNT_OPERATE)) {
        return "not allowed: operate";
    }
    if (s->feed[0]) {
        snprintf(command, sizeof command, "feed %s %s", s->off ? "disable" : "enable", s->feed);
    } else {
        snprintf(command, sizeof command, "sensor %s %u/%u", s->off ? "disable" : "enable", s->source >> 8 & 255, s->source & 255);
    }
    code = loop_command(c->web->loop, command);
    if (code == 0) {
        web_say(c->web, 0, "COMMAND", command);
    }
    return code == 0 ? NULL : code == ERR_UNKNOWN ? "no feed of that name" : "there is no clock yet";
}

static bool is_position(const char *text)
{
    return strlen(text) < SETTINGS_NAME && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_. ") == strlen(text);
}

static const char *take_sign_in(struct web_client *c, const Airseam__Web__Ask *a)
{
    struct account found = account_of_token(c->web->loop->config.settings, a->sign_in->token);
    const char *position = a->sign_in->position;

    if (!is_position(position) || (found.position[0] && position[0] && strcmp(found.position, position) != 0)) {
        return "this position is not yours";
    }
    if (!found.known && a->sign_in->token[0]) {
        c->failures++;
        return "nobody has this token";
    }
    if (!found.position[0]) {
        snprintf(found.position, sizeof found.position, "%s", position);
    }
    c->account = found;
    c->selected = 0;
    web_coverage_forget(c);
    web_say_welcome(c);
    return web_join(c) ? NULL : "memory is short";
}

static bool want_changed(const struct web_client *c, const struct window_want *before)
{
    return memcmp(&c->want, before, sizeof *before) != 0;
}

static const char *take_parts(struct web_client *c, const Airseam__Web__Ask *a)
{
    struct window_want before = c->want;
    const char *why = NULL;

    if (a->sign_in && (why = take_sign_in(c, a)) != NULL) {
        return why;
    }
    if (a->viewport) {
        why = take_viewport(c, a);
    }
    if (a->filter && !why) {
        why = take_filter(c, a);
    }
    if (a->layers) {
        c->want.layers = a->layers - 1;
    }
    if (want_changed(c, &before) && !web_join(c)) {
        why = "memory is short";
    }
    if (!c->account.known) {
        return a->time || a->select || a->coverage || a->sensor_switch || a->handoff ? "sign in first" : why;
    }
    if (a->time && !why) {
        why = take_time(c, a);
    }
    if (a->select && !why) {
        why = take_select(c, a);
    }
    if (a->coverage && !why) {
        why = web_coverage_ask(c, a);
    }
    if (a->handoff && !why) {
        why = web_handoff_command(c, a->handoff);
    }
    if (a->sensor_switch && !why) {
        why = take_switch(c, a);
    }
    return why;
}

bool web_ask(struct web_client *c, const uint8_t *bytes, size_t size)
{
    Airseam__Web__Ask *a = airseam__web__ask__unpack(NULL, size, bytes);

    if (!a) {
        return false;
    }
    if (a->seen) {
        c->counts = true;
        c->seen = a->seen <= c->sent ? a->seen : c->sent;
    }
    c->behind = c->behind || a->keyframe;
    const char *why = take_parts(c, a);
    if (a->id && !instant_is_set(c->leaves)) { /* who leaves is answered where it arrives */
        web_say_answer(c, a->id, why);
    }
    airseam__web__ask__free_unpacked(a, NULL);
    return c->failures < FAILURES_MOST;
}
