/* Events into the matrices: out of messages, timers and what is seen of the aircraft. What the cells say is done in handoff/act.c. */
#include "handoff/inside.h"

#include "base/err.h"
#include <assert.h>
#include <math.h>
#include <string.h>

uint64_t dialogue_key(uint64_t id, unsigned side)
{
    return id | (uint64_t)side << 63; /* letters are ASCII: the highest bit of an id is free */
}

struct transfer *dialogue_find(const struct desk *d, uint64_t id, enum machine_side side)
{
    uint32_t slot;

    return map_find(d->by_id, dialogue_key(id, side), &slot) ? pool_slot(d->transfers, slot) : NULL;
}

uint32_t dialogue_slot(const struct desk *d, const struct transfer *t)
{
    uint32_t slot = 0;

    (void)map_find(d->by_id, dialogue_key(t->id, t->side), &slot);
    return slot;
}

/* ---- life ---- */

static struct transfer *add(struct desk *d, uint64_t id, enum machine_side side, int from, int to)
{
    struct handle h = pool_add(d->transfers);
    struct transfer *t = pool_find(d->transfers, h);

    if (!t) {
        d->counters.overflow++;
        return NULL;
    }
    *t = (struct transfer){.id = id, .side = (uint8_t)side, .from = (int16_t)from, .to = (int16_t)to};
    for (unsigned i = 0; i < MESSAGE_STAMPS; i++) {
        t->stamp[i] = INSTANT_NONE;
    }
    for (unsigned i = 0; i < INSIDE_TIMERS_COUNT; i++) {
        t->due[i] = INSTANT_NONE;
    }
    t->called = t->agreed = t->said = t->crossing.time = INSTANT_NONE;
    (void)map_add(d->by_id, dialogue_key(id, side), h.slot);
    d->counters.transfers += side == MACHINE_SENDER;
    keep_mark(&d->dirty_transfer, h.slot);
    return t;
}

struct transfer *dialogue_begin(struct desk *d, struct handle row, int from, int to)
{
    struct ledger_row *r = ledger_row(d->ledger, row);
    struct transfer *t = add(d, message_transfer(centre_row(d->c, from)->code, ++d->count_of[from]), MACHINE_SENDER, from, to);

    if (t) {
        t->row = row;
        t->mode = centre_agreement(d->c, t->from, t->to)->mode;
        r->claim.outgoing = t->id;
        act_describe(d, r, &t->flight);
        keep_mark(&d->dirty_row, row.slot);
    }
    return t;
}

static void end(struct desk *d, struct transfer *t)
{
    uint32_t slot = dialogue_slot(d, t);
    struct ledger_row *row = ledger_row(d->ledger, t->row);

    for (unsigned i = 0; i < INSIDE_TIMERS_COUNT; i++) {
        act_arm(d, t, (enum inside_timer)i, INSTANT_NONE);
    }
    d->offers[t->to] -= t->standing;
    if (row && row->claim.outgoing == t->id && t->side == MACHINE_SENDER) {
        row->claim.outgoing = 0;
        keep_mark(&d->dirty_row, t->row.slot);
    }
    if (row && row->track == 0 && !row->claim.ours) { /* it was announced, and nobody saw it */
        ledger_remove(d->ledger, t->row);
    }
    d->counters.closed++;
    d->gone[d->gone_count++ % d->s.transfers] = dialogue_key(t->id, t->side);
    (void)map_remove(d->by_id, dialogue_key(t->id, t->side));
    pool_remove(d->transfers, pool_handle(d->transfers, slot));
}

void dialogue_forget(struct desk *d, struct transfer *t)
{
    end(d, t);
}

struct transfer *dialogue_restore(struct desk *d, const struct transfer *was)
{
    struct transfer *t = add(d, was->id, (enum machine_side)was->side, was->from, was->to);

    if (t) {
        *t = *was;
        t->row = HANDLE_NONE;
        d->unbound = true;
        d->offers[t->to] += t->standing;
        for (unsigned i = 0; i < INSIDE_TIMERS_COUNT; i++) {
            act_arm(d, t, (enum inside_timer)i, was->due[i]);
        }
    }
    return t;
}

static bool feed(struct desk *d, struct transfer *t, unsigned event, const struct message *heard)
{
    const struct machine_cell *cell = machine_cell((enum machine_side)t->side, t->state, event);

    if (!cell->decided) {
        d->counters.protocol_errors++;
        if (heard && message_is_answered(heard->kind)) {
            act_say(d, t, heard, MESSAGE_LRM, MESSAGE_REASON_STATE);
        }
        return false;
    }
    t->state = cell->to;
    t->outcome = cell->outcome != MACHINE_OPEN ? cell->outcome : t->outcome;
    act_all(d, t, cell->actions, heard);
    keep_mark(&d->dirty_transfer, dialogue_slot(d, t));
    if (machine_is_over((enum machine_side)t->side, t->state)) {
        end(d, t);
    }
    return true;
}

bool dialogue_feed(struct desk *d, struct transfer *t, unsigned event)
{
    return feed(d, t, event, NULL);
}

/* ---- hearing ---- */

static int sender_event(const struct message *m)
{
    switch ((enum message_kind)m->kind) {
    case MESSAGE_LAM: return MACHINE_HEAR_LAM;
    case MESSAGE_RLA: return MACHINE_HEAR_RLA;
    case MESSAGE_LRM: return m->reason == MESSAGE_REASON_REFUSED ? MACHINE_HEAR_REFUSAL : MACHINE_HEAR_REJECTION;
    case MESSAGE_RTA: return m->act == MESSAGE_ACCEPT ? MACHINE_HEAR_ACCEPT : -1;
    case MESSAGE_SYNC: case MESSAGE_EST: case MESSAGE_CPL: case MESSAGE_CHG: case MESSAGE_CNL: case MESSAGE_RTI: case MESSAGE_RTU:
    case MESSAGE_POI: case MESSAGE_POA: case MESSAGE_POJ: case MESSAGE_KINDS: break;
    }
    return -1;
}

static int receiver_event(const struct message *m, const struct transfer *t)
{
    static const int acts[MESSAGE_ACTS] = {-1, -1, MACHINE_HEARD_RETRACT, MACHINE_HEARD_RECALL, MACHINE_HEARD_FORCE};

    switch ((enum message_kind)m->kind) {
    case MESSAGE_EST: case MESSAGE_CPL: return MACHINE_HEARD_EST;
    case MESSAGE_CHG: return MACHINE_HEARD_CHG;
    case MESSAGE_CNL: return MACHINE_HEARD_CNL;
    case MESSAGE_RTI: return MACHINE_HEARD_RTI;
    case MESSAGE_RTU: return MACHINE_HEARD_RTU;
    case MESSAGE_RTA: return m->act == MESSAGE_RECALL && t->crossed ? MACHINE_HEARD_RECALL_LATE : acts[m->act];
    case MESSAGE_RLA: return MACHINE_HEARD_RLA;
    case MESSAGE_LRM: return MACHINE_HEARD_LRM;
    case MESSAGE_SYNC: case MESSAGE_LAM: case MESSAGE_POI: case MESSAGE_POA: case MESSAGE_POJ: case MESSAGE_KINDS: break;
    }
    return -1;
}

static void note_heard(struct desk *d, const struct message *m)
{
    struct diary_entry e = desk_entry(d, DIARY_HEARD, centre_find(d->c, m->to), centre_find(d->c, m->from));

    e.transfer = m->transfer;
    e.message = m->kind;
    e.act = m->act;
    e.reason = m->reason;
    e.by_voice = m->by_voice;
    e.track = m->flight.track;
    memcpy(e.callsign, m->flight.ident.callsign, sizeof e.callsign);
    desk_put(d, &e);
}

/* Both sides think that the aircraft is theirs. With two offers the one of the smaller name stands; otherwise who offers gives way. True: it is refused. */
static bool in_conflict(struct desk *d, const struct message *m)
{
    struct handle h = watch_bind(d, m);
    struct ledger_row *row = ledger_row(d->ledger, h);
    struct transfer *own;
    int from = centre_find(d->c, m->from);

    if (!row || !row->claim.ours || d->s.host[from] == DESK_HERE) {
        return false;
    }
    own = row->claim.outgoing ? dialogue_find(d, row->claim.outgoing, MACHINE_SENDER) : NULL;
    if (!own || own->id < m->transfer) {
        act_answer(d, m, MESSAGE_LRM, own ? MESSAGE_REASON_OTHER_FIRST : MESSAGE_REASON_NOT_YOURS);
        return true;
    }
    struct diary_entry e = desk_entry(d, DIARY_CONFLICT, own->from, from);

    e.transfer = m->transfer;
    e.track = row->track;
    memcpy(e.callsign, row->claim.ident.callsign, sizeof e.callsign);
    desk_put(d, &e);
    d->counters.conflicts++;
    watch_owner(d, h, from, LEDGER_PLACE, m->transfer);
    own->row = HANDLE_NONE;
    row->claim.outgoing = 0;
    (void)feed(d, own, MACHINE_SEE_TURNBACK, NULL);
    return false;
}

static void hear_unknown(struct desk *d, const struct message *m)
{
    bool opens = m->kind == MESSAGE_EST || m->kind == MESSAGE_CPL || m->kind == MESSAGE_RTI || (m->kind == MESSAGE_RTA && m->act == MESSAGE_FORCE);
    struct transfer *t;

    if (!m->from_sender || !opens) {
        if (m->kind == MESSAGE_CNL) {
            act_answer(d, m, MESSAGE_LAM, MESSAGE_REASON_NONE);
        } else if (message_is_answered(m->kind)) {
            act_answer(d, m, MESSAGE_LRM, MESSAGE_REASON_UNKNOWN);
        }
        return;
    }
    if (in_conflict(d, m)) {
        return;
    }
    t = add(d, m->transfer, MACHINE_RECEIVER, centre_find(d->c, m->from), centre_find(d->c, m->to));
    if (!t) {
        act_answer(d, m, MESSAGE_LRM, MESSAGE_REASON_FULL);
        return;
    }
    t->mode = centre_agreement(d->c, t->from, t->to)->mode;
    t->serial_in = m->serial;
    t->serial_out = m->serial * ACT_SERIALS;
    (void)feed(d, t, (unsigned)receiver_event(m, t), m);
}

/* The sender learns that it is not responsible: it gives way, so that nobody is so twice. */
static void give_way(struct desk *d, struct transfer *t)
{
    if (t->side == MACHINE_SENDER && ledger_row(d->ledger, t->row) && ledger_row(d->ledger, t->row)->claim.ours) {
        struct diary_entry e;

        act_entry(d, t, &e, DIARY_CONFLICT);
        desk_put(d, &e);
        d->counters.conflicts++;
        watch_owner(d, t->row, t->to, LEDGER_PLACE, t->id);
    }
}

void dialogue_hear(struct desk *d, const struct message *m)
{
    struct transfer *t = dialogue_find(d, m->transfer, m->from_sender ? MACHINE_RECEIVER : MACHINE_SENDER);
    bool answers = m->kind == MESSAGE_LAM || m->kind == MESSAGE_RLA || m->kind == MESSAGE_LRM;
    int event;

    note_heard(d, m);
    if (!t) {
        hear_unknown(d, m);
        return;
    }
    if (m->serial <= t->serial_in) {
        d->counters.repeated++;
        return;
    }
    t->serial_in = m->serial;
    keep_mark(&d->dirty_transfer, dialogue_slot(d, t));
    if (m->kind == MESSAGE_RTI && t->side == MACHINE_RECEIVER && in_conflict(d, m)) {
        return;
    }
    if (answers && m->about != t->awaiting) {
        return; /* about something that no longer matters */
    }
    if (t->side == MACHINE_SENDER) {
        for (unsigned i = MESSAGE_DELIVERED; i <= MESSAGE_ACCEPTED; i++) {
            t->stamp[i] = instant_is_set(m->stamp[i]) && t->state != MACHINE_GIVEN ? m->stamp[i] : t->stamp[i];
        }
        t->other_track = m->flight.track ? m->flight.track : t->other_track;
        if (m->kind == MESSAGE_LRM && m->reason == MESSAGE_REASON_NOT_YOURS) {
            give_way(d, t);
        }
    }
    event = t->side == MACHINE_SENDER ? sender_event(m) : receiver_event(m, t);
    if (event < 0) {
        d->counters.protocol_errors++;
        return;
    }
    (void)feed(d, t, (unsigned)event, m);
}

void dialogue_run(struct desk *d)
{
    while (d->local_count) {
        struct message m = d->local[d->local_first];

        d->local_first = (d->local_first + 1) % INSIDE_LOCAL;
        d->local_count--;
        if (m.kind >= MESSAGE_POI) {
            point_hear(d, &m);
        } else {
            dialogue_hear(d, &m);
        }
    }
}

/* ---- what is due ---- */

void dialogue_expire(struct desk *d, uint32_t entry)
{
    static const uint8_t events[INSIDE_TIMERS_COUNT][MACHINE_SIDES] = {
        [INSIDE_ESTIMATE] = {MACHINE_DO_ESTIMATE, 0}, [INSIDE_INITIATE] = {MACHINE_DO_INITIATE, 0},
        [INSIDE_ANSWER] = {MACHINE_DUE_UNANSWERED, MACHINE_DUE_NO_ANSWER}, [INSIDE_ACCEPT] = {MACHINE_DUE_UNACCEPTED, 0},
        [INSIDE_UPDATE] = {MACHINE_DUE_UPDATE, 0}, [INSIDE_CALL] = {MACHINE_DO_VOICE, 0}, [INSIDE_DISPLAY] = {0, MACHINE_DUE_DISPLAY},
        [INSIDE_DECIDE] = {0, MACHINE_CHOOSE_ACCEPT}, [INSIDE_END] = {MACHINE_DUE_END, MACHINE_DUE_OVER},
    };
    struct transfer *t = pool_slot(d->transfers, entry / INSIDE_TIMERS_COUNT);
    enum inside_timer timer = (enum inside_timer)(entry % INSIDE_TIMERS_COUNT);
    unsigned event = events[timer][t->side];

    t->due[timer] = INSTANT_NONE;
    if (timer == INSIDE_INITIATE && t->mode == CENTRE_MANUAL) {
        event = MACHINE_DO_CALL;
    }
    if (timer == INSIDE_DECIDE && !t->accepts) {
        event = MACHINE_CHOOSE_REJECT;
    }
    if (machine_cell((enum machine_side)t->side, t->state, event)->decided) { /* a lead that came due in a later state says nothing */
        (void)feed(d, t, event, NULL);
    }
}
