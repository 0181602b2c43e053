/* The desk lives in the picture's clock, which may stand behind what the desk saw last (a peer's message came in between): it never goes back here. */
#include "daemon/loop_handoff.h"

#include "base/err.h"
#include "daemon/centres.h"
#include "daemon/handoff.h"
#include "daemon/out_http.h"
#include "daemon/web/web.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct loop_handoff {
    struct centres *centres;
    struct handoff *handoff;
    struct instant now;
};

static struct instant clock_of(struct loop_handoff *h, struct instant now)
{
    h->now = instant_before(h->now, now) ? now : h->now;
    return h->now;
}

static bool on_now(void *context, struct instant *now)
{
    struct loop *l = context;

    if (!loop_now(l, now)) {
        return false;
    }
    *now = clock_of(l->handoff, *now);
    return true;
}

static void on_event(void *context, const struct diary_entry *e)
{
    struct loop *l = context;

    if (l->http) {
        web_diary(out_http_web(l->http), e);
    }
    if (e->kind == DIARY_TOLD || e->kind == DIARY_CONFLICT) {
        char transfer[24];

        message_transfer_print(e->transfer, transfer, sizeof transfer);
        log_put(l->log, LOG_WARNING, "handoff_told", "centre=%s with=%s transfer=%s callsign=%s why=%s", e->centre, e->with, transfer, e->callsign,
                e->kind == DIARY_CONFLICT ? "conflict" : diary_why_word(e->why));
    }
}

/* ---- opening ---- */

static struct centres *open_centres(struct loop *l, struct desk_settings *desk)
{
    const struct settings *s = l->config.settings;
    const char *paths[SETTINGS_FILES];
    char room[4096] = "";
    struct text_out errors = text_out_init(room, sizeof room);
    struct centres *c;

    for (uint32_t i = 0; i < s->handoff.centres.count; i++) {
        paths[i] = s->handoff.centres.name[i];
    }
    c = centres_open(paths, s->handoff.centres.count, desk, &errors);
    if (!c) {
        fputs(room, stderr);
        log_put(l->log, LOG_ERROR, "centres_failed", "path=%s", paths[0]);
    }
    return c;
}

static void place_hosts(const struct settings *s, const struct centres *c, struct handoff_settings *h)
{
    static const char *const nations[] = {"US", "CA", "MX"};
    char here[8] = "";

    for (unsigned i = 0, n = 0; i < 3; i++) {
        if (s->handoff.here >> i & 1) {
            memcpy(here + n, nations[i], 3);
            n += 2;
        }
    }
    centres_host(c, &h->desk, here);
    h->desk.peers = h->peers.count = s->peers;
    h->peers.listen = s->handoff.listen;
    h->peers.keepalive_s = s->handoff.keepalive_s;
    h->peers.queue_bytes = 16u << 20;
    for (uint32_t i = 0; i < s->peers; i++) {
        centres_peer(c, &h->desk, s->peer[i].nation, (uint8_t)i);
        memcpy(h->peers.peer[i].name, s->peer[i].name, sizeof h->peers.peer[i].name);
        h->peers.peer[i].connect = s->peer[i].connect;
    }
}

/* Behind the peers. */
static bool place_gateways(struct loop *l, const struct centres *c, struct handoff_settings *h)
{
    const struct settings *s = l->config.settings;

    for (uint32_t i = 0; i < s->gateways; i++) {
        const struct settings_gateway *g = &s->gateway[i];
        int centre = centre_find(c, g->remote);

        if (centre == CENTRE_NONE || centre_find(c, g->local) == CENTRE_NONE || s->peers + i >= DESK_PEERS) {
            log_put(l->log, LOG_ERROR, "gateway_failed", "local=%s remote=%s why=\"%s\"", g->local, g->remote, s->peers + i < DESK_PEERS ? "no such centre" : "too many");
            return false;
        }
        h->gateway[i] = (struct gateway_settings){.listen = g->listen, .connect = g->connect, .ti_s = g->ti_s, .ts_s = g->ts_s, .tr_s = g->tr_s};
        memcpy(h->gateway[i].local, g->local, sizeof g->local);
        memcpy(h->gateway[i].remote, g->remote, sizeof g->remote);
        h->desk.host[centre] = (uint8_t)(s->peers + i);
    }
    h->gateways = s->gateways;
    h->desk.peers = s->peers + s->gateways;
    return true;
}

bool loop_handoff_open(struct loop *l)
{
    const struct settings *s = l->config.settings;
    struct handoff_settings h = {.journal = s->handoff.journal, .diary = s->handoff.log, .certificate = s->handoff.certificate, .key = s->handoff.key,
                                 .authority = s->handoff.authority};
    struct handoff_sink sink = {on_event, on_now, l};
    char why[512] = "memory is short";

    if (s->handoff.centres.count == 0 || l->replay) { /* a tape's time goes back where the viewer wants it; a dialogue's does not */
        return true;
    }
    l->handoff = calloc(1, sizeof *l->handoff);
    if (!l->handoff) {
        return false;
    }
    l->handoff->now = INSTANT_NONE;
    l->handoff->centres = open_centres(l, &h.desk);
    if (!l->handoff->centres) {
        return false;
    }
    place_hosts(s, l->handoff->centres, &h);
    if (!place_gateways(l, l->handoff->centres, &h)) {
        return false;
    }
    h.centres = l->handoff->centres;
    h.desk.flights = s->tracker.tracks;
    h.desk.epoch = (uint64_t)l->started_wall_ns;
    l->handoff->handoff = handoff_open(l->base, &h, &sink, l->log, why, sizeof why);
    if (!l->handoff->handoff) {
        log_put(l->log, LOG_ERROR, "handoff_failed", "why=\"%s\"", why);
        return false;
    }
    web_handoffs(out_http_web(l->http), l->handoff->handoff);
    log_put(l->log, LOG_INFO, "handoff_opened", "centres=%d peers=%u", centre_count(l->handoff->centres), s->peers);
    return true;
}

bool loop_handoff_close(struct loop *l)
{
    bool whole = true;

    if (l->handoff) {
        if (l->http) {
            web_handoffs(out_http_web(l->http), NULL);
        }
        whole = handoff_close(l->handoff->handoff);
        centre_free(l->handoff->centres);
        free(l->handoff);
        l->handoff = NULL;
    }
    return whole;
}

/* ---- the picture ---- */

void loop_handoff_track(struct loop *l, const struct track_event *e)
{
    if (l->handoff) {
        handoff_track(l->handoff->handoff, e, clock_of(l->handoff, engine_now(l->engine)));
    }
}

void loop_handoff_report(struct loop *l, const struct report *r)
{
    if (l->handoff && r->kind == REPORT_PLAN) {
        handoff_plan(l->handoff->handoff, &r->plan, clock_of(l->handoff, engine_now(l->engine)));
    }
}

struct instant loop_handoff_deadline(const struct loop *l)
{
    return l->handoff ? handoff_deadline(l->handoff->handoff) : INSTANT_NEVER;
}

void loop_handoff_flush(struct loop *l, struct instant now)
{
    if (l->handoff) {
        handoff_expire(l->handoff->handoff, clock_of(l->handoff, now));
        handoff_flush(l->handoff->handoff);
    }
}

/* ---- people ---- */

static bool take_aircraft(const char *word, struct desk_command *c)
{
    struct text name = {word, strlen(word)};
    int64_t number;

    if (strlen(word) > 5 && word[4] == '-') {
        struct text count = {word + 5, strlen(word) - 5};

        if (text_int(count, 10, &number) != 0 || number <= 0 || number > UINT32_MAX) {
            return false;
        }
        c->transfer = message_transfer(word, (uint32_t)number);
        return true;
    }
    if (text_int(name, 10, &number) != 0 || number <= 0 || number > UINT32_MAX) {
        return false;
    }
    c->track = (uint32_t)number;
    return true;
}

int loop_handoff_command(struct loop *l, const char *text)
{
    char word[16] = "", aircraft[32] = "", centre[8] = "";
    struct desk_command c = {.kind = DESK_COMMANDS_COUNT, .to = CENTRE_NONE};
    struct instant now;
    int words = sscanf(text, "%15s %31s %7s", word, aircraft, centre);

    if (!l->handoff) {
        return ERR_MISSING;
    }
    for (unsigned i = 0; i < DESK_COMMANDS_COUNT; i++) {
        c.kind = strcmp(desk_command_word(i), word) == 0 ? (uint8_t)i : c.kind;
    }
    if (words < 2 || c.kind == DESK_COMMANDS_COUNT || !take_aircraft(aircraft, &c)) {
        return ERR_FORMAT;
    }
    if (words == 3 && (c.to = (int16_t)centre_find(l->handoff->centres, centre)) == CENTRE_NONE) {
        return ERR_UNKNOWN;
    }
    if (!loop_now(l, &now)) {
        return ERR_STATE;
    }
    log_put(l->log, LOG_INFO, "command", "text=\"handoff %s\"", text);
    return handoff_command(l->handoff->handoff, &c, clock_of(l->handoff, now));
}

json_t *loop_handoff_list(const struct loop *l)
{
    const struct desk *d = l->handoff ? handoff_desk(l->handoff->handoff) : NULL;
    json_t *list = d ? json_array() : NULL;
    struct desk_transfer t;

    for (uint32_t i = 0; list && i < desk_transfers(d); i++) {
        char name[24], boundary[40];

        if (!desk_transfer(d, i, &t)) {
            continue;
        }
        message_transfer_print(t.id, name, sizeof name);
        instant_print(t.crossing.time, boundary, sizeof boundary);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s}", "transfer", name, "side", t.side ? "receiver" : "sender", "from",
                                              centre_row(l->handoff->centres, t.from)->code, "to", centre_row(l->handoff->centres, t.to)->code, "state",
                                              machine_state_name((enum machine_side)t.side, t.state), "outcome", machine_outcome_name(t.outcome), "track",
                                              (int)t.flight.track, "callsign", t.flight.ident.callsign, "boundary", boundary));
    }
    return list;
}
