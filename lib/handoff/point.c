/* Point-outs: one controller shows another an aircraft that will cut his airspace; responsibility stays. Two states, asked and answered, and one timer:
 * a point-out that nobody answers expires (FAA practice: after three minutes). */
#include "handoff/inside.h"

#include "base/err.h"
#include <string.h>

#define EXPIRES_S 180.0
#define OWN_SERIAL 1u
#define ANSWER_SERIAL 2u

static struct point *find(const struct desk *d, uint64_t id, bool asks)
{
    for (uint32_t s = 0; s < pool_end(d->points); s++) {
        struct point *p = pool_slot(d->points, s);

        if (p && p->id == id && p->asks == asks) {
            return p;
        }
    }
    return NULL;
}

static void end(struct desk *d, struct point *p)
{
    for (uint32_t s = 0; s < pool_end(d->points); s++) {
        if (pool_slot(d->points, s) == p) {
            pool_remove(d->points, pool_handle(d->points, s));
            return;
        }
    }
}

static void note(struct desk *d, const struct point *p, enum diary_why why)
{
    struct diary_entry e = desk_entry(d, DIARY_POINTED, p->asks ? p->from : p->to, p->asks ? p->to : p->from);

    e.transfer = p->id;
    e.why = (uint8_t)why;
    e.track = p->flight.track;
    memcpy(e.callsign, p->flight.ident.callsign, sizeof e.callsign);
    desk_put(d, &e);
}

static void say(struct desk *d, const struct point *p, enum message_kind kind, uint32_t about)
{
    int from = p->asks ? p->from : p->to, to = p->asks ? p->to : p->from;
    struct message m = {.kind = (uint8_t)kind, .transfer = p->id, .serial = p->asks ? OWN_SERIAL : ANSWER_SERIAL, .about = about, .sent = d->now,
                        .from_sender = p->asks, .flight = p->flight};

    memcpy(m.from, centre_row(d->c, from)->code, sizeof m.from);
    memcpy(m.to, centre_row(d->c, to)->code, sizeof m.to);
    m.crossing.time = INSTANT_NONE;
    act_send(d, from, to, &m);
}

static struct point *begin(struct desk *d, uint64_t id, bool asks, int from, int to)
{
    struct point *p = pool_find(d->points, pool_add(d->points));

    if (p) {
        *p = (struct point){.id = id, .asks = asks, .from = (int16_t)from, .to = (int16_t)to, .due = instant_add(d->now, EXPIRES_S)};
    } else {
        d->counters.overflow++;
    }
    return p;
}

int point_ask(struct desk *d, struct handle row, int to)
{
    const struct ledger_row *r = ledger_row(d->ledger, row);
    int from = r->claim.owner;
    struct point *p = begin(d, message_transfer(centre_row(d->c, from)->code, ++d->count_of[from]), true, from, to);

    if (!p) {
        return ERR_FULL;
    }
    act_describe(d, r, &p->flight);
    note(d, p, DIARY_ASKED);
    say(d, p, MESSAGE_POI, 0);
    return 0;
}

void point_hear(struct desk *d, const struct message *m)
{
    bool asks = m->kind != MESSAGE_POI;
    struct point *p = find(d, m->transfer, asks);
    int to = centre_find(d->c, m->to);

    if (asks && p) {
        note(d, p, m->kind == MESSAGE_POA ? DIARY_APPROVED : DIARY_UNABLE);
        end(d, p);
    } else if (!asks && !p && (p = begin(d, m->transfer, false, centre_find(d->c, m->from), to)) != NULL) {
        p->flight = m->flight;
        note(d, p, DIARY_ASKED);
        if (d->s.controller[to].kind != CONTROLLER_PERSON) {
            (void)point_answer(d, m->transfer, true);
        }
    }
}

int point_answer(struct desk *d, uint64_t id, bool approve)
{
    struct point *p = find(d, id, false);

    if (!p) {
        return ERR_UNKNOWN;
    }
    note(d, p, approve ? DIARY_APPROVED : DIARY_UNABLE);
    say(d, p, approve ? MESSAGE_POA : MESSAGE_POJ, OWN_SERIAL);
    end(d, p);
    return 0;
}

struct instant point_deadline(const struct desk *d)
{
    struct instant first = INSTANT_NEVER;

    for (uint32_t s = 0; s < pool_end(d->points); s++) {
        const struct point *p = pool_slot(d->points, s);

        first = p && instant_before(p->due, first) ? p->due : first;
    }
    return first;
}

void point_expire(struct desk *d, struct instant now)
{
    for (uint32_t s = 0; s < pool_end(d->points); s++) {
        struct point *p = pool_slot(d->points, s);

        if (p && !instant_before(now, p->due)) {
            note(d, p, DIARY_EXPIRED);
            end(d, p);
        }
    }
}
