/* The facade: time, inputs, what goes out. Every input first works off what was due, then does its own, then the messages that this made between
 * centres of the node; so a dialogue within one node is over in the instant in which it can be. */
#include "handoff/inside.h"

#include "base/err.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define POINTS 1024u

struct desk_settings desk_settings_default(void)
{
    struct desk_settings s = {.flights = 32768, .transfers = 8192, .plans = 8192, .window = 8192, .outputs = 16384, .voice = controller_voice_default(),
                              .calls = true, .forecast_period_s = 10, .horizon_s = 1500, .update_period_s = 12, .change_s = 30, .clip_s = 90,
                              .margin_m = 9000, .hold_s = 120, .seed = 1, .epoch = 1};

    for (int i = 0; i < CENTRE_MAX; i++) {
        s.host[i] = DESK_HERE;
        s.controller[i] = controller_settings_default();
    }
    return s;
}

static bool make_lists(struct desk *d)
{
    d->plan = calloc(d->s.plans, sizeof d->plan[0]);
    d->local = calloc(INSIDE_LOCAL, sizeof d->local[0]);
    d->entry = calloc(d->s.outputs, sizeof d->entry[0]);
    d->gone = calloc(d->s.transfers, sizeof d->gone[0]);
    d->restored = calloc(d->s.flights, sizeof d->restored[0]);
    d->dirty_row = (struct dirty){0, calloc(d->s.flights, sizeof(uint32_t)), calloc(d->s.flights, 1)};
    d->dirty_transfer = (struct dirty){0, calloc(d->s.transfers, sizeof(uint32_t)), calloc(d->s.transfers, 1)};
    return d->plan && d->local && d->entry && d->gone && d->restored && d->dirty_row.slot && d->dirty_row.is && d->dirty_transfer.slot &&
           d->dirty_transfer.is;
}

static bool make_parts(struct desk *d)
{
    d->ledger = ledger_new(d->s.flights);
    d->transfers = pool_new(d->s.transfers, sizeof(struct transfer));
    d->points = pool_new(POINTS, sizeof(struct point));
    d->by_id = map_new(d->s.transfers);
    d->timers = heap_new(d->s.transfers * INSIDE_TIMERS_COUNT);
    d->plan_by_callsign = map_new(d->s.plans);
    d->plan_by_address = map_new(d->s.plans);
    for (uint32_t i = 0; i < d->s.peers; i++) {
        d->peer[i] = peer_new(d->s.window, d->s.epoch);
        if (!d->peer[i]) {
            return false;
        }
    }
    return d->ledger && d->transfers && d->points && d->by_id && d->timers && d->plan_by_callsign && d->plan_by_address;
}

struct desk *desk_new(const struct desk_settings *s, const struct centres *c)
{
    struct desk *d = calloc(1, sizeof *d);

    if (!d) {
        return NULL;
    }
    assert(s->peers <= DESK_PEERS);
    d->s = *s;
    d->c = c;
    d->now = d->began = INSTANT_NONE;
    for (int a = 0; a < CENTRE_MAX; a++) {
        for (int b = 0; b < CENTRE_MAX; b++) {
            for (int line = 0; line < CONTROLLER_LINES; line++) {
                d->line_free[a][b][line] = INSTANT_NONE;
            }
        }
    }
    if (!make_lists(d) || !make_parts(d)) {
        desk_free(d);
        return NULL;
    }
    return d;
}

void desk_free(struct desk *d)
{
    if (!d) {
        return;
    }
    ledger_free(d->ledger);
    pool_free(d->transfers);
    pool_free(d->points);
    map_free(d->by_id);
    heap_free(d->timers);
    map_free(d->plan_by_callsign);
    map_free(d->plan_by_address);
    for (uint32_t i = 0; i < DESK_PEERS; i++) {
        peer_free(d->peer[i]);
    }
    free(d->plan);
    free(d->local);
    free(d->entry);
    free(d->gone);
    free(d->restored);
    free(d->dirty_row.slot);
    free(d->dirty_row.is);
    free(d->dirty_transfer.slot);
    free(d->dirty_transfer.is);
    free(d);
}

/* ---- entries ---- */

static void put_code(const struct desk *d, char out[5], int centre)
{
    memcpy(out, centre == CENTRE_NONE ? "----" : centre_row(d->c, centre)->code, 5);
}

struct diary_entry desk_entry(const struct desk *d, enum diary_kind kind, int centre, int with)
{
    struct diary_entry e = {.kind = (uint8_t)kind, .time = d->now, .called = INSTANT_NONE, .agreed = INSTANT_NONE};

    put_code(d, e.centre, centre);
    put_code(d, e.with, with);
    for (unsigned i = 0; i < MESSAGE_STAMPS; i++) {
        e.stamp[i] = INSTANT_NONE;
    }
    return e;
}

void desk_put(struct desk *d, const struct diary_entry *e)
{
    if (d->entry_count == d->s.outputs) {
        d->counters.lost_entries++;
        return;
    }
    d->counters.told += e->kind == DIARY_TOLD;
    d->entry[(d->entry_first + d->entry_count++) % d->s.outputs] = *e;
}

/* ---- plans: a ring, found by address or callsign ---- */

static uint64_t callsign_of(const struct ident *i)
{
    uint64_t key = 0;

    memcpy(&key, i->callsign, IDENT_CALLSIGN_SIZE);
    return ident_has(i, IDENT_CALLSIGN) ? key : 0;
}

static uint64_t address_of(const struct ident *i)
{
    return ident_has(i, IDENT_MODE_S) && !ident_has(i, IDENT_NOT_ICAO) ? i->mode_s : 0;
}

const struct plan *desk_plan_of(const struct desk *d, const struct ledger_row *row)
{
    uint64_t address = address_of(&row->claim.ident), callsign = callsign_of(&row->claim.ident);
    uint32_t slot;

    if ((address && map_find(d->plan_by_address, address, &slot)) || (callsign && map_find(d->plan_by_callsign, callsign, &slot))) {
        return &d->plan[slot];
    }
    return NULL;
}

static void forget_plan(struct desk *d, uint32_t slot)
{
    const struct plan *p = &d->plan[slot];
    uint32_t held;

    if (address_of(&p->ident) && map_find(d->plan_by_address, address_of(&p->ident), &held) && held == slot) {
        (void)map_remove(d->plan_by_address, address_of(&p->ident));
    }
    if (callsign_of(&p->ident) && map_find(d->plan_by_callsign, callsign_of(&p->ident), &held) && held == slot) {
        (void)map_remove(d->plan_by_callsign, callsign_of(&p->ident));
    }
}

static void take_plan(struct desk *d, const struct plan *p)
{
    uint32_t slot;

    if (callsign_of(&p->ident) && map_find(d->plan_by_callsign, callsign_of(&p->ident), &slot)) {
        forget_plan(d, slot);
    } else {
        slot = d->plans++ % d->s.plans;
        forget_plan(d, slot);
    }
    d->plan[slot] = *p;
    if (p->action != PLAN_CANCEL) {
        if (address_of(&p->ident)) {
            (void)map_add(d->plan_by_address, address_of(&p->ident), slot);
        }
        if (callsign_of(&p->ident)) {
            (void)map_add(d->plan_by_callsign, callsign_of(&p->ident), slot);
        }
    } else {
        d->plan[slot] = (struct plan){0};
    }
}

/* ---- time ---- */

struct instant desk_deadline(const struct desk *d)
{
    struct instant first = heap_first(d->timers), other = point_deadline(d);

    first = instant_before(other, first) ? other : first;
    for (uint32_t i = 0; i < d->s.peers; i++) {
        other = peer_deadline(d->peer[i]);
        first = instant_before(other, first) ? other : first;
    }
    return first;
}

void desk_expire(struct desk *d, struct instant now)
{
    uint32_t entry;
    struct instant due;

    assert(!instant_before(now, d->now));
    while (heap_next(d->timers, now, &entry, &due)) {
        d->now = instant_before(d->now, due) ? due : d->now;
        dialogue_expire(d, entry);
        dialogue_run(d);
    }
    d->now = now;
    point_expire(d, now);
    for (uint32_t i = 0; i < d->s.peers; i++) {
        peer_expire(d->peer[i], now);
    }
}

/* Dialogues of a restart meet the rows of their aircraft. */
static void bind(struct desk *d)
{
    for (uint32_t s = 0; s < pool_end(d->transfers) && d->unbound; s++) {
        struct transfer *t = pool_slot(d->transfers, s);
        struct handle h;

        for (uint32_t r = 0; t && r < ledger_end(d->ledger) && !ledger_row(d->ledger, t->row); r++) {
            const struct ledger_row *row = ledger_slot(d->ledger, r, &h);

            if (row && (row->claim.outgoing == t->id || row->claim.transfer == t->id)) {
                t->row = h;
            }
        }
        if (t && !ledger_row(d->ledger, t->row)) {
            struct message m = {.flight = t->flight};

            memcpy(m.from, centre_row(d->c, t->from)->code, sizeof m.from);
            m.flight.track = 0;
            t->row = watch_bind(d, &m);
        }
    }
    d->unbound = false;
}

static void begin(struct desk *d, struct instant now)
{
    bind(d);
    d->began = instant_is_set(d->began) ? d->began : now;
    desk_expire(d, now);
}

/* ---- inputs ---- */

void desk_input_track(struct desk *d, const struct track_event *e, struct instant now)
{
    begin(d, now);
    watch_track(d, e);
    dialogue_run(d);
}

void desk_input_plan(struct desk *d, const struct plan *p, struct instant now)
{
    begin(d, now);
    take_plan(d, p);
}

int desk_input_message(struct desk *d, uint32_t peer, const struct message *m, struct instant now)
{
    int from, to, code;

    begin(d, now);
    if (peer >= d->s.peers) {
        return ERR_UNKNOWN;
    }
    if (!peer_receive(d->peer[peer], m, now)) {
        return 0;
    }
    d->counters.messages_in++;
    from = centre_find(d->c, m->from);
    to = centre_find(d->c, m->to);
    code = message_check(m);
    if (code == 0) {
        code = from == CENTRE_NONE || to == CENTRE_NONE ? ERR_UNKNOWN : d->s.host[from] != peer || d->s.host[to] != DESK_HERE ? ERR_DENIED : 0;
    }
    if (code != 0) {
        d->counters.messages_bad++;
        return code;
    }
    if (m->kind >= MESSAGE_POI) {
        point_hear(d, m);
    } else {
        dialogue_hear(d, m);
    }
    dialogue_run(d);
    return 0;
}

void desk_input_link(struct desk *d, uint32_t peer, bool up, struct instant now)
{
    struct diary_entry e;

    begin(d, now);
    peer_link(d->peer[peer], up, now);
    e = desk_entry(d, DIARY_LINK, CENTRE_NONE, CENTRE_NONE);
    e.why = up ? DIARY_UP : DIARY_DOWN;
    desk_put(d, &e);
    for (uint32_t s = 0; s < pool_end(d->transfers) && !up; s++) {
        const struct transfer *t = pool_slot(d->transfers, s);

        if (t && t->side == MACHINE_SENDER && d->s.host[t->to] == peer && (t->state == MACHINE_INITIATED || t->state == MACHINE_OFFERED)) {
            act_tell(d, t, DIARY_NO_LINK);
        }
    }
}

/* ---- commands ---- */

static struct transfer *incoming(const struct desk *d, struct handle row, unsigned state, enum machine_side side)
{
    for (uint32_t s = 0; s < pool_end(d->transfers); s++) {
        struct transfer *t = pool_slot(d->transfers, s);

        if (t && t->side == side && t->state == state && t->row.slot == row.slot && t->row.generation == row.generation) {
            return t;
        }
    }
    return NULL;
}

static int feed(struct desk *d, struct transfer *t, unsigned event)
{
    return !t ? ERR_UNKNOWN : machine_cell((enum machine_side)t->side, t->state, event)->decided && dialogue_feed(d, t, event) ? 0 : ERR_STATE;
}

/* The dialogue by which an aircraft of ours goes to another centre: the one under way, or a new one. */
static struct transfer *outgoing(struct desk *d, struct handle h, int to)
{
    struct ledger_row *row = ledger_row(d->ledger, h);
    struct transfer *t = row->claim.outgoing ? dialogue_find(d, row->claim.outgoing, MACHINE_SENDER) : NULL;
    struct forecast f;

    if (t && (to == CENTRE_NONE || to == t->to)) {
        return t;
    }
    if (to == CENTRE_NONE && forecast_crossing(d->c, row->claim.owner, row, desk_plan_of(d, row), d->s.horizon_s, &f)) {
        to = f.to;
    }
    if (to == CENTRE_NONE || to == row->claim.owner) {
        return NULL;
    }
    if (t) {
        (void)dialogue_feed(d, t, MACHINE_SEE_TURNBACK);
    }
    return dialogue_begin(d, h, row->claim.owner, to);
}

static int command_row(struct desk *d, const struct desk_command *c, struct handle h)
{
    static const uint8_t event[DESK_COMMANDS_COUNT] = {[DESK_INITIATE] = MACHINE_DO_INITIATE, [DESK_RETRACT] = MACHINE_DO_RETRACT,
                                                       [DESK_FORCE] = MACHINE_DO_FORCE, [DESK_VOICE] = MACHINE_DO_VOICE};
    struct ledger_row *row = ledger_row(d->ledger, h);

    if (c->kind == DESK_ASSUME) {
        int to = c->to == CENTRE_NONE ? row->inside : c->to;
        uint8_t host = row->claim.owner == CENTRE_NONE ? DESK_NOWHERE : d->s.host[row->claim.owner];

        if (row->claim.ours || to == CENTRE_NONE || d->s.host[to] != DESK_HERE || (host < d->s.peers && peer_is_up(d->peer[host]))) {
            return ERR_DENIED;
        }
        watch_owner(d, h, to, LEDGER_COMMAND, 0);
        return 0;
    }
    if (!row->claim.ours) {
        return ERR_DENIED;
    }
    if (c->kind == DESK_POINT_OUT) {
        return c->to == CENTRE_NONE || c->to == row->claim.owner ? ERR_UNKNOWN : point_ask(d, h, c->to);
    }
    if (c->kind == DESK_END) {
        watch_owner(d, h, CENTRE_NONE, LEDGER_COMMAND, 0);
        return 0;
    }
    if (c->kind == DESK_RETRACT) {
        return feed(d, dialogue_find(d, row->claim.outgoing, MACHINE_SENDER), event[c->kind]);
    }
    return feed(d, outgoing(d, h, c->to), event[c->kind]);
}

static struct handle row_of(const struct desk *d, const struct desk_command *c)
{
    const struct transfer *t = NULL;

    for (unsigned side = 0; side < MACHINE_SIDES && c->transfer && !t; side++) {
        t = dialogue_find(d, c->transfer, (enum machine_side)side);
    }
    return c->transfer ? t ? t->row : HANDLE_NONE : ledger_find_track(d->ledger, c->track);
}

static int command(struct desk *d, const struct desk_command *c)
{
    struct handle h = row_of(d, c);

    switch ((enum desk_command_kind)c->kind) {
    case DESK_APPROVE: case DESK_UNABLE: return point_answer(d, c->transfer, c->kind == DESK_APPROVE);
    case DESK_ACCEPT: case DESK_REJECT:
        return feed(d, c->transfer ? dialogue_find(d, c->transfer, MACHINE_RECEIVER) : incoming(d, h, MACHINE_PROPOSED, MACHINE_RECEIVER),
                    c->kind == DESK_ACCEPT ? MACHINE_CHOOSE_ACCEPT : MACHINE_CHOOSE_REJECT);
    case DESK_RECALL:
        return feed(d, c->transfer ? dialogue_find(d, c->transfer, MACHINE_SENDER) : incoming(d, h, MACHINE_GIVEN, MACHINE_SENDER), MACHINE_DO_RECALL);
    case DESK_INITIATE: case DESK_RETRACT: case DESK_FORCE: case DESK_VOICE: case DESK_POINT_OUT: case DESK_ASSUME: case DESK_END: case DESK_COMMANDS_COUNT: break;
    }
    return ledger_row(d->ledger, h) ? command_row(d, c, h) : ERR_UNKNOWN;
}

int desk_input_command(struct desk *d, const struct desk_command *c, struct instant now)
{
    int code;

    if (c->kind >= DESK_COMMANDS_COUNT || c->to < CENTRE_NONE || c->to >= centre_count(d->c)) {
        return ERR_UNKNOWN;
    }
    begin(d, now);
    code = command(d, c);
    dialogue_run(d);
    return code;
}

const char *desk_command_word(unsigned kind)
{
#define X(name, word, text) word,
    static const char *const words[] = {DESK_COMMANDS(X)};
#undef X
    return kind < DESK_COMMANDS_COUNT ? words[kind] : "?";
}

/* ---- what goes out ---- */

struct send {
    const struct desk_sink *sink;
    uint32_t peer;
};

static void send_one(void *context, const struct message *m)
{
    const struct send *s = context;

    s->sink->message(s->sink->context, s->peer, m);
}

void desk_drain(struct desk *d, const struct desk_sink *sink)
{
    keep_drain(d, sink->record, sink->context, false);
    for (uint32_t i = 0; i < d->s.peers && sink->message; i++) {
        struct send s = {sink, i};

        peer_drain(d->peer[i], d->now, send_one, &s);
    }
    while (d->entry_count) {
        struct diary_entry e = d->entry[d->entry_first];

        d->entry_first = (d->entry_first + 1) % d->s.outputs;
        d->entry_count--;
        if (sink->event) {
            sink->event(sink->context, &e);
        }
    }
}

int desk_restore(struct desk *d, const uint8_t *bytes, size_t size)
{
    return keep_take(d, bytes, size);
}

void desk_save(struct desk *d, void (*record)(void *context, const uint8_t *bytes, size_t size), void *context)
{
    bind(d);
    keep_drain(d, record, context, true);
}

/* ---- to look at ---- */

const struct ledger *desk_ledger(const struct desk *d)
{
    return d->ledger;
}

const struct centres *desk_centres(const struct desk *d)
{
    return d->c;
}

const struct peer *desk_peer(const struct desk *d, uint32_t peer)
{
    return peer < d->s.peers ? d->peer[peer] : NULL;
}

struct desk_counters desk_counters(const struct desk *d)
{
    return d->counters;
}

uint32_t desk_transfers(const struct desk *d)
{
    return pool_end(d->transfers);
}

bool desk_transfer(const struct desk *d, uint32_t slot, struct desk_transfer *out)
{
    const struct transfer *t = pool_slot(d->transfers, slot);

    if (!t) {
        return false;
    }
    *out = (struct desk_transfer){.id = t->id, .side = t->side, .state = t->state, .outcome = t->outcome, .mode = t->mode, .from = t->from, .to = t->to,
                                  .flight = t->flight, .crossing = t->crossing};
    memcpy(out->stamp, t->stamp, sizeof out->stamp);
    return true;
}
