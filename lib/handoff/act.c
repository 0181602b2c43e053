/* What the cells of the matrices say done: one function per action, in a table by the action's bit. */
#include "handoff/inside.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define RETRY_S 30.0

static int here(const struct transfer *t)
{
    return t->side == MACHINE_SENDER ? t->from : t->to;
}

static int there(const struct transfer *t)
{
    return t->side == MACHINE_SENDER ? t->to : t->from;
}

/* ---- timers ---- */

void act_arm(struct desk *d, struct transfer *t, enum inside_timer timer, struct instant due)
{
    uint32_t entry = dialogue_slot(d, t) * INSIDE_TIMERS_COUNT + timer;

    t->due[timer] = due;
    if (instant_is_set(due)) {
        heap_add(d->timers, entry, due);
    } else {
        (void)heap_remove(d->timers, entry);
    }
}

static void stop(struct desk *d, struct transfer *t, enum inside_timer timer)
{
    act_arm(d, t, timer, INSTANT_NONE);
}

static const struct centre_agreement *agreement(const struct desk *d, const struct transfer *t)
{
    return centre_agreement(d->c, t->from, t->to);
}

/* ---- messages ---- */

void act_describe(const struct desk *d, const struct ledger_row *row, struct message_flight *out)
{
    const struct plan *plan = desk_plan_of(d, row);

    *out = (struct message_flight){.track = row->track, .time = row->time, .at = row->at, .east_mps = row->east_mps, .north_mps = row->north_mps,
                                   .climb_mps = row->climb_mps, .level = row->level, .ident = row->claim.ident};
    if (plan) {
        memcpy(out->departure, plan->departure, sizeof out->departure);
        memcpy(out->destination, plan->destination, sizeof out->destination);
        memcpy(out->aircraft_type, plan->aircraft_type, sizeof out->aircraft_type);
    }
}

void act_send(struct desk *d, int from, int to, const struct message *m)
{
    struct diary_entry e = desk_entry(d, DIARY_SAID, from, to);
    uint8_t host = d->s.host[to];

    e.transfer = m->transfer;
    e.message = m->kind;
    e.act = m->act;
    e.reason = m->reason;
    e.by_voice = m->by_voice;
    e.track = m->flight.track;
    memcpy(e.callsign, m->flight.ident.callsign, sizeof e.callsign);
    desk_put(d, &e);
    if (host == DESK_HERE) {
        assert(d->local_count < INSIDE_LOCAL);
        d->local[(d->local_first + d->local_count++) % INSIDE_LOCAL] = *m;
        d->counters.messages_local++;
    } else if (host < d->s.peers) {
        if (peer_input(d->peer[host], m, d->now) == 0) {
            e.kind = DIARY_TOLD;
            e.why = DIARY_WINDOW_FULL;
            desk_put(d, &e);
        } else {
            d->counters.messages_out++;
            if (m->kind == MESSAGE_RTI && !peer_is_up(d->peer[host])) {
                e.kind = DIARY_TOLD;
                e.why = DIARY_NO_LINK;

                desk_put(d, &e);
            }
        }
    }
}

static struct message words(struct desk *d, const struct transfer *t)
{
    struct message m = {.transfer = t->id, .sent = d->now, .from_sender = t->side == MACHINE_SENDER, .flight = t->flight, .crossing = t->crossing,
                        .by_voice = t->by_voice};

    memcpy(m.from, centre_row(d->c, here(t))->code, sizeof m.from);
    memcpy(m.to, centre_row(d->c, there(t))->code, sizeof m.to);
    memcpy(m.stamp, t->stamp, sizeof m.stamp);
    return m;
}

void act_say(struct desk *d, struct transfer *t, const struct message *heard, enum message_kind kind, unsigned act_or_reason)
{
    const struct ledger_row *row = ledger_row(d->ledger, t->row);

    if (t->side == MACHINE_SENDER && row) {
        act_describe(d, row, &t->flight);
    }
    struct message m = words(d, t);
    m.kind = (uint8_t)kind;
    m.act = kind == MESSAGE_RTA ? (uint8_t)act_or_reason : 0;
    m.reason = kind == MESSAGE_LRM ? (uint8_t)act_or_reason : 0;
    m.serial = ++t->serial_out;
    m.about = message_is_answered(kind) ? 0 : heard ? heard->serial : kind == MESSAGE_LRM ? t->offer : 0;
    m.flight.track = t->side == MACHINE_RECEIVER && row ? row->track : m.flight.track;
    if (message_is_answered(kind)) {
        t->awaiting = m.serial;
    }
    act_send(d, here(t), there(t), &m);
}

/* An answer where there is no dialogue. */
void act_answer(struct desk *d, const struct message *heard, enum message_kind kind, enum message_reason reason)
{
    struct message m = {.kind = (uint8_t)kind, .reason = (uint8_t)reason, .transfer = heard->transfer, .serial = heard->serial * ACT_SERIALS + 1,
                        .about = heard->serial, .sent = d->now, .from_sender = !heard->from_sender};

    memcpy(m.from, heard->to, sizeof m.from);
    memcpy(m.to, heard->from, sizeof m.to);
    m.crossing.time = INSTANT_NONE;
    m.flight.ident = heard->flight.ident;
    act_send(d, centre_find(d->c, heard->to), centre_find(d->c, heard->from), &m);
}

/* ---- actions ---- */

void act_entry(struct desk *d, const struct transfer *t, struct diary_entry *e, enum diary_kind kind)
{
    const struct ledger_row *row = ledger_row(d->ledger, t->row);

    *e = desk_entry(d, kind, here(t), there(t));
    e->transfer = t->id;
    e->side = t->side;
    e->state = t->state;
    e->track = row ? row->track : 0;
    memcpy(e->callsign, t->flight.ident.callsign, sizeof e->callsign);
}

static void do_learn(struct desk *d, struct transfer *t, const struct message *heard)
{
    t->flight = heard->flight;
    t->crossing = heard->crossing;
    t->other_track = heard->flight.track;
    t->row = watch_bind(d, heard);
    for (unsigned i = 0; i < MESSAGE_STAMPS; i++) {
        t->stamp[i] = instant_is_set(heard->stamp[i]) ? heard->stamp[i] : t->stamp[i];
    }
    t->offer = heard->kind == MESSAGE_RTI ? heard->serial : t->offer;
    if (heard->kind == MESSAGE_RTI && !instant_is_set(t->stamp[MESSAGE_DELIVERED])) {
        t->stamp[MESSAGE_DELIVERED] = d->now;
    }
    t->by_voice = heard->by_voice;
}

static void do_present(struct desk *d, struct transfer *t, const struct message *heard)
{
    struct diary_entry e;

    (void)heard;
    if (t->state == MACHINE_PROPOSED && !instant_is_set(t->stamp[MESSAGE_DISPLAYED])) {
        t->stamp[MESSAGE_DISPLAYED] = d->now;
    }
    act_entry(d, t, &e, DIARY_PRESENTED);
    desk_put(d, &e);
}

static enum ledger_how how_of(const struct transfer *t)
{
    return t->by_voice ? LEDGER_VOICE : t->outcome == MACHINE_FORCED ? LEDGER_FORCE : t->outcome == MACHINE_RECALLED ? LEDGER_TAKEN_BACK : LEDGER_HANDOFF;
}

static void do_give(struct desk *d, struct transfer *t, const struct message *heard)
{
    struct ledger_row *row = ledger_row(d->ledger, t->row);

    if (t->side == MACHINE_SENDER) {
        t->by_voice = t->outcome == MACHINE_BY_VOICE;
        t->stamp[MESSAGE_SEEN] = d->now;
        if (!heard) { /* forced, or by voice */
            t->stamp[MESSAGE_ACCEPTED] = d->now;
        }
        if (t->by_voice) {
            struct diary_entry e;

            t->agreed = d->now;
            act_entry(d, t, &e, DIARY_AGREED);
            desk_put(d, &e);
        }
    }
    if (row) {
        row->claim.outgoing = 0;
        watch_owner(d, t->row, there(t), how_of(t), t->id);
    }
}

static void do_take(struct desk *d, struct transfer *t, const struct message *heard)
{
    (void)heard;
    if (t->side == MACHINE_RECEIVER && !instant_is_set(t->stamp[MESSAGE_ACCEPTED])) {
        t->stamp[MESSAGE_ACCEPTED] = d->now;
    }
    if (ledger_row(d->ledger, t->row)) {
        ledger_row(d->ledger, t->row)->claim.outgoing = t->side == MACHINE_SENDER ? t->id : 0;
        watch_owner(d, t->row, here(t), how_of(t), t->id);
    }
}

static void do_drop(struct desk *d, struct transfer *t, const struct message *heard)
{
    struct ledger_row *row = ledger_row(d->ledger, t->row);

    (void)heard;
    if (row) {
        row->claim.outgoing = 0;
        row->waits = d->now;
        watch_owner(d, t->row, CENTRE_NONE, LEDGER_NOBODY, t->id);
    }
}

static void do_say_est(struct desk *d, struct transfer *t, const struct message *heard)
{
    t->said = t->crossing.time;
    act_say(d, t, heard, d->s.host[t->to] == DESK_HERE ? MESSAGE_EST : MESSAGE_CPL, 0);
}

static void do_say_chg(struct desk *d, struct transfer *t, const struct message *heard)
{
    t->said = t->crossing.time;
    act_say(d, t, heard, MESSAGE_CHG, 0);
}

static void do_say_rti(struct desk *d, struct transfer *t, const struct message *heard)
{
    t->said = t->crossing.time;
    if (!instant_is_set(t->stamp[MESSAGE_INITIATED])) {
        t->stamp[MESSAGE_INITIATED] = d->now;
        t->speed_mps = hypot(t->flight.east_mps, t->flight.north_mps);
        t->sigma_s = t->crossing.sigma_s;
    }
    t->stamp[MESSAGE_DELIVERED] = t->stamp[MESSAGE_DISPLAYED] = t->stamp[MESSAGE_ACCEPTED] = INSTANT_NONE;
    act_say(d, t, heard, MESSAGE_RTI, 0);
}

static void do_say_rtu(struct desk *d, struct transfer *t, const struct message *heard)
{
    t->said = t->crossing.time;
    act_say(d, t, heard, MESSAGE_RTU, 0);
}

static void do_say_accept(struct desk *d, struct transfer *t, const struct message *heard)
{
    t->stamp[MESSAGE_ACCEPTED] = d->now;
    act_say(d, t, heard, MESSAGE_RTA, MESSAGE_ACCEPT);
}

#define SAYS(name, kind, more)                                                                         \
    static void do_say_##name(struct desk *d, struct transfer *t, const struct message *heard) \
    {                                                                                                   \
        act_say(d, t, heard, kind, more);                                                                     \
    }
SAYS(cnl, MESSAGE_CNL, 0)
SAYS(retract, MESSAGE_RTA, MESSAGE_RETRACT)
SAYS(recall, MESSAGE_RTA, MESSAGE_RECALL)
SAYS(force, MESSAGE_RTA, MESSAGE_FORCE)
SAYS(lam, MESSAGE_LAM, 0)
SAYS(rla, MESSAGE_RLA, 0)
SAYS(refused, MESSAGE_LRM, MESSAGE_REASON_REFUSED)
SAYS(retracted, MESSAGE_LRM, MESSAGE_REASON_RETRACTED)
SAYS(crossed, MESSAGE_LRM, MESSAGE_REASON_CROSSED)

static enum diary_why trouble_of(const struct transfer *t, const struct message *heard)
{
    if (heard) {
        return heard->kind == MESSAGE_LRM ? heard->reason == MESSAGE_REASON_REFUSED ? DIARY_WAS_REFUSED : DIARY_REJECTED : DIARY_NOT_GIVEN;
    }
    return t->crossed ? DIARY_HAS_CROSSED : t->state == MACHINE_VOICE && instant_is_set(t->stamp[MESSAGE_DELIVERED]) ? DIARY_UNACCEPTED : DIARY_UNANSWERED;
}

void act_tell(struct desk *d, const struct transfer *t, enum diary_why why)
{
    struct diary_entry e;

    act_entry(d, t, &e, DIARY_TOLD);
    e.why = (uint8_t)why;

    desk_put(d, &e);
}

static void do_tell(struct desk *d, struct transfer *t, const struct message *heard)
{
    t->why = (uint8_t)trouble_of(t, heard);
    act_tell(d, t, (enum diary_why)t->why);
}

#define STOPS(name, timer)                                                                      \
    static void do_stop_##name(struct desk *d, struct transfer *t, const struct message *heard) \
    {                                                                                            \
        (void)heard;                                                                               \
        stop(d, t, timer);                                                                       \
    }
STOPS(answer, INSIDE_ANSWER)
STOPS(accept, INSIDE_ACCEPT)
STOPS(update, INSIDE_UPDATE)
STOPS(call, INSIDE_CALL)

static void do_stop_decide(struct desk *d, struct transfer *t, const struct message *heard)
{
    (void)heard;
    d->offers[t->to] -= t->standing;
    t->standing = false;
    stop(d, t, INSIDE_DECIDE);
}

static void do_arm_answer(struct desk *d, struct transfer *t, const struct message *heard)
{
    (void)heard;
    act_arm(d, t, INSIDE_ANSWER, instant_add(d->now, agreement(d, t)->acknowledge_s));
}

static void do_arm_accept(struct desk *d, struct transfer *t, const struct message *heard)
{
    (void)heard;
    act_arm(d, t, INSIDE_ACCEPT, instant_add(d->now, agreement(d, t)->accept_s));
}

static void do_arm_display(struct desk *d, struct transfer *t, const struct message *heard)
{
    (void)heard;
    act_arm(d, t, INSIDE_DISPLAY, instant_add(t->crossing.time, -agreement(d, t)->display_lead_s));
}

static void do_arm_update(struct desk *d, struct transfer *t, const struct message *heard)
{
    (void)heard;
    act_arm(d, t, INSIDE_UPDATE, instant_add(d->now, d->s.update_period_s));
}

static void do_arm_end(struct desk *d, struct transfer *t, const struct message *heard)
{
    struct instant boundary = t->crossed ? t->stamp[MESSAGE_BOUNDARY] : t->crossing.time;

    (void)heard;
    boundary = instant_is_set(boundary) && instant_before(d->now, boundary) ? boundary : d->now;
    act_arm(d, t, INSIDE_END, instant_add(boundary, d->s.hold_s));
}

/* Behind the boundary nothing else would begin it anew. */
static void do_arm_retry(struct desk *d, struct transfer *t, const struct message *heard)
{
    (void)heard;
    if (t->crossed) {
        act_arm(d, t, INSIDE_INITIATE, instant_add(d->now, RETRY_S));
    }
}

/* Few telephone lines between two centres: who finds none free waits for the first. */
static void do_call(struct desk *d, struct transfer *t, const struct message *heard)
{
    struct instant *lines = d->line_free[t->from < t->to ? t->from : t->to][t->from < t->to ? t->to : t->from], *line = lines;
    struct rng r = rng_stream(d->s.seed, t->id);
    const struct centre *a = centre_row(d->c, t->from), *b = centre_row(d->c, t->to);
    struct diary_entry e;

    (void)heard;
    if (instant_is_set(t->due[INSIDE_CALL])) {
        return;
    }
    if (!instant_is_set(t->stamp[MESSAGE_INITIATED])) {
        t->stamp[MESSAGE_INITIATED] = d->now;
        t->speed_mps = hypot(t->flight.east_mps, t->flight.north_mps);
        t->sigma_s = t->crossing.sigma_s;
    }
    t->called = d->now;
    act_entry(d, t, &e, DIARY_CALLING);
    e.why = t->mode == CENTRE_MANUAL ? DIARY_BY_AGREEMENT : t->why;
    desk_put(d, &e);
    for (uint32_t i = 1; i < d->s.voice.lines; i++) {
        line = instant_before(lines[i], *line) ? &lines[i] : line;
    }
    if (d->s.calls) {
        struct controller_call call = controller_call(&d->s.voice, &r, strcmp(a->language, b->language) == 0);
        struct instant begin = instant_before(d->now, *line) ? *line : d->now;

        *line = instant_add(begin, call.answer_s + call.talk_s);
        t->stamp[MESSAGE_DELIVERED] = t->stamp[MESSAGE_DISPLAYED] = instant_add(begin, call.answer_s);
        act_arm(d, t, INSIDE_CALL, *line);
    }
}

static void do_decide(struct desk *d, struct transfer *t, const struct message *heard)
{
    const struct controller_settings *s = &d->s.controller[t->to];
    struct rng r = rng_stream(d->s.seed, t->id ^ UINT64_C(0x5bd1e995) * t->serial_in);

    (void)heard;
    if (s->kind != CONTROLLER_PERSON) {
        struct controller_decision decision = controller_decide(s, &r, d->offers[t->to]);

        t->accepts = decision.accepts;
        act_arm(d, t, INSIDE_DECIDE, instant_add(d->now, decision.after_s));
    }
    d->offers[t->to] += !t->standing;
    t->standing = true;
}

static void do_close(struct desk *d, struct transfer *t, const struct message *heard)
{
    const struct ledger_row *row = ledger_row(d->ledger, t->row);
    struct diary_entry e;

    (void)heard;
    act_entry(d, t, &e, DIARY_CLOSED);
    e.outcome = t->outcome;
    e.mode = t->mode;
    e.why = t->why;
    e.by_voice = t->by_voice;
    e.same_track = row && t->other_track == row->track;
    memcpy(e.stamp, t->stamp, sizeof e.stamp);
    e.called = t->called;
    e.agreed = t->agreed;
    e.speed_mps = t->speed_mps;
    e.sigma_s = t->sigma_s;
    if (t->side == MACHINE_RECEIVER || t->serial_out || t->outcome == MACHINE_DROPPED || instant_is_set(t->called)) {
        desk_put(d, &e);
    }
}

static void (*const table[MACHINE_ACTION_BITS])(struct desk *d, struct transfer *t, const struct message *heard) = {
    [MACHINE_BIT_LEARN] = do_learn, [MACHINE_BIT_PRESENT] = do_present, [MACHINE_BIT_GIVE] = do_give, [MACHINE_BIT_TAKE] = do_take,
    [MACHINE_BIT_DROP] = do_drop, [MACHINE_BIT_SAY_EST] = do_say_est, [MACHINE_BIT_SAY_CHG] = do_say_chg, [MACHINE_BIT_SAY_CNL] = do_say_cnl,
    [MACHINE_BIT_SAY_RTI] = do_say_rti, [MACHINE_BIT_SAY_RTU] = do_say_rtu, [MACHINE_BIT_SAY_ACCEPT] = do_say_accept,
    [MACHINE_BIT_SAY_RETRACT] = do_say_retract, [MACHINE_BIT_SAY_RECALL] = do_say_recall, [MACHINE_BIT_SAY_FORCE] = do_say_force,
    [MACHINE_BIT_SAY_LAM] = do_say_lam, [MACHINE_BIT_SAY_RLA] = do_say_rla, [MACHINE_BIT_SAY_REFUSED] = do_say_refused,
    [MACHINE_BIT_SAY_RETRACTED] = do_say_retracted, [MACHINE_BIT_SAY_CROSSED] = do_say_crossed, [MACHINE_BIT_TELL] = do_tell,
    [MACHINE_BIT_STOP_ANSWER] = do_stop_answer, [MACHINE_BIT_STOP_ACCEPT] = do_stop_accept, [MACHINE_BIT_STOP_UPDATE] = do_stop_update,
    [MACHINE_BIT_STOP_DECIDE] = do_stop_decide, [MACHINE_BIT_STOP_CALL] = do_stop_call, [MACHINE_BIT_ARM_ANSWER] = do_arm_answer,
    [MACHINE_BIT_ARM_ACCEPT] = do_arm_accept, [MACHINE_BIT_ARM_DISPLAY] = do_arm_display, [MACHINE_BIT_ARM_UPDATE] = do_arm_update,
    [MACHINE_BIT_ARM_END] = do_arm_end, [MACHINE_BIT_ARM_RETRY] = do_arm_retry, [MACHINE_BIT_CALL] = do_call, [MACHINE_BIT_DECIDE] = do_decide, [MACHINE_BIT_CLOSE] = do_close,
};

void act_all(struct desk *d, struct transfer *t, uint64_t actions, const struct message *heard)
{
    for (unsigned bit = 0; bit < MACHINE_ACTION_BITS; bit++) {
        if (actions >> bit & 1) {
            table[bit](d, t, heard);
        }
    }
}
