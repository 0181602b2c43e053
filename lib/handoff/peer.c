/* Go-back-N with cumulative acknowledgement (Tanenbaum, Computer Networks, 3.4.2) over a link that comes and goes.
 *
 * The window is a ring of messages by number: [acknowledged + 1, next). `sent` is the last number that went out on this link; what lies behind it goes
 * out at the next drain. A SYNC that wants an answer (`about` is 1) opens the link, and is said again until the other side has answered; one that does
 * not (`about` is 0) answers or acknowledges, so that two sides never echo. */
#include "handoff/peer.h"

#include <assert.h>
#include <stdlib.h>

struct held {
    struct message message;
    struct instant made;
};

struct peer {
    uint32_t window;
    struct peer_state s;
    uint64_t sent;       /* the last number that went out since the link came up or went back */
    uint64_t told;       /* the last of theirs that we acknowledged in something sent */
    bool link, synced;   /* the link is up; the other side has said SYNC since */
    bool opens, owes_sync; /* a SYNC that wants an answer is to be said; one that answers or acknowledges */
    struct instant resend;
    struct peer_counters counters;
    struct held held[];
};

struct peer *peer_new(uint32_t window, uint64_t epoch)
{
    struct peer *p = calloc(1, sizeof *p + window * sizeof p->held[0]);

    if (p) {
        p->window = window;
        p->s.epoch = epoch;
        p->s.next = 1;
        p->resend = INSTANT_NEVER;
    }
    return p;
}

void peer_free(struct peer *p)
{
    free(p);
}

static struct held *slot(struct peer *p, uint64_t number)
{
    return &p->held[number % p->window];
}

static bool is_held(const struct peer *p, uint64_t number)
{
    return number > p->s.acknowledged && number < p->s.next;
}

uint64_t peer_input(struct peer *p, const struct message *m, struct instant now)
{
    struct held *h = slot(p, p->s.next);

    if (p->s.next - p->s.acknowledged > p->window) {
        p->counters.full++;
        return 0;
    }
    h->message = *m;
    h->message.number = p->s.next;
    h->made = now;
    p->counters.sent++;
    return p->s.next++;
}

/* ---- what comes ---- */

static void take_acknowledgement(struct peer *p, uint64_t number, struct instant now)
{
    if (number > p->s.acknowledged && number < p->s.next) {
        p->s.acknowledged = number;
        p->sent = p->sent < number ? number : p->sent;
        p->resend = p->sent > number || !p->synced ? instant_add(now, PEER_RESEND_S) : INSTANT_NEVER;
    }
}

/* Goes back to the first message that the other side lacks. */
static void go_back(struct peer *p)
{
    p->counters.resent += p->sent - p->s.acknowledged;
    p->sent = p->s.acknowledged;
}

static void take_sync(struct peer *p, const struct message *m, struct instant now)
{
    p->counters.syncs++;
    if (m->epoch != p->s.other_epoch) { /* it began anew, or we did: what it holds begins at `first` */
        p->counters.epochs += p->s.other_epoch != 0;
        p->s.other_epoch = m->epoch;
        p->s.other_taken = m->first - 1;
    }
    take_acknowledgement(p, m->acknowledges, now);
    if (!p->synced || m->about) {
        p->synced = true;
        p->owes_sync = m->about != 0;
        go_back(p);
    }
}

bool peer_receive(struct peer *p, const struct message *m, struct instant now)
{
    if (m->kind == MESSAGE_SYNC) {
        take_sync(p, m, now);
        return false;
    }
    if (!p->synced) { /* before SYNC its number says nothing: it will be sent again */
        p->counters.early++;
        return false;
    }
    take_acknowledgement(p, m->acknowledges, now);
    if (m->number <= p->s.other_taken) {
        p->counters.repeated++;
        p->owes_sync = true;
        return false;
    }
    if (m->number != p->s.other_taken + 1) {
        p->counters.early++;
        return false;
    }
    p->s.other_taken = m->number;
    p->counters.taken++;
    return true;
}

void peer_link(struct peer *p, bool up, struct instant now)
{
    p->counters.breaks += p->link && !up;
    p->link = up;
    p->synced = p->owes_sync = false;
    p->opens = up;
    p->resend = up ? instant_add(now, PEER_RESEND_S) : INSTANT_NEVER;
}

bool peer_is_up(const struct peer *p)
{
    return p->link && p->synced;
}

/* ---- what goes ---- */

struct instant peer_deadline(const struct peer *p)
{
    return p->resend;
}

void peer_expire(struct peer *p, struct instant now)
{
    if (!instant_before(now, p->resend)) {
        p->resend = p->synced ? INSTANT_NEVER : instant_add(now, PEER_RESEND_S);
        p->opens = !p->synced;
        go_back(p);
    }
}

static void send_sync(struct peer *p, struct instant now, void (*send)(void *context, const struct message *m), void *context)
{
    struct message m = {.kind = MESSAGE_SYNC, .about = p->opens, .acknowledges = p->s.other_taken, .first = p->s.acknowledged + 1, .epoch = p->s.epoch,
                        .sent = now};

    p->owes_sync = p->opens = false;
    p->told = p->s.other_taken;
    send(context, &m);
}

void peer_drain(struct peer *p, struct instant now, void (*send)(void *context, const struct message *m), void *context)
{
    if (!p->link) {
        return;
    }
    if (p->owes_sync || p->opens) {
        send_sync(p, now, send, context);
    }
    while (p->synced && p->sent + 1 < p->s.next) {
        struct message m = slot(p, ++p->sent)->message;

        m.acknowledges = p->told = p->s.other_taken;
        send(context, &m);
        p->resend = instant_is_set(p->resend) ? p->resend : instant_add(now, PEER_RESEND_S);
    }
    if (p->synced && p->told != p->s.other_taken) {
        send_sync(p, now, send, context);
    }
}

struct peer_counters peer_counters(const struct peer *p)
{
    return p->counters;
}

bool peer_message(const struct peer *p, uint64_t number, struct message *out)
{
    if (is_held(p, number)) {
        *out = p->held[number % p->window].message;
    }
    return is_held(p, number);
}

uint32_t peer_held(const struct peer *p)
{
    return (uint32_t)(p->s.next - 1 - p->s.acknowledged);
}

struct instant peer_oldest(const struct peer *p)
{
    return is_held(p, p->s.acknowledged + 1) ? p->held[(p->s.acknowledged + 1) % p->window].made : INSTANT_NONE;
}

/* ---- what survives ---- */

struct peer_state peer_state(const struct peer *p)
{
    return p->s;
}

void peer_restore(struct peer *p, const struct peer_state *s)
{
    p->s = *s;
    p->sent = s->acknowledged;
}

void peer_restore_message(struct peer *p, const struct message *m)
{
    if (is_held(p, m->number)) {
        *slot(p, m->number) = (struct held){*m, m->sent};
    }
}
