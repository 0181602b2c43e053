/* outbox: see the header. The digest takes the members that say where, when, who and how sure: ten words an event, because hashing all 600
 * octets would cost more than the filter. */
#include "picture/outbox.h"

#include "base/digest.h"
#include "base/err.h"
#include <stdlib.h>
#include <string.h>

struct outbox_state {
    uint32_t events, notices; /* capacities */
    uint32_t first, count;    /* of events */
    uint32_t notice_first, notice_count;
    uint64_t digest, lost;
};

struct outbox {
    struct outbox_state state;
    struct track_event *event;
    struct notice *notice;
    struct track_event scratch; /* a lost event */
    struct track_event *filling;
};

struct outbox *outbox_new(uint32_t events, uint32_t notices)
{
    struct outbox *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    o->state = (struct outbox_state){.events = events, .notices = notices, .digest = DIGEST_START};
    o->event = calloc(events, sizeof *o->event);
    o->notice = calloc(notices, sizeof *o->notice);
    if (!o->event || !o->notice) {
        outbox_free(o);
        return NULL;
    }
    return o;
}

void outbox_free(struct outbox *o)
{
    if (!o)
        return;
    free(o->event);
    free(o->notice);
    free(o);
}

struct track_event *outbox_next(struct outbox *o, enum track_event_kind kind)
{
    struct outbox_state *s = &o->state;
    uint32_t limit = kind == TRACK_UPDATE ? s->events / 2 : s->events;
    o->filling = s->count < limit ? &o->event[(s->first + s->count) % s->events] : &o->scratch;
    o->filling->kind = (uint8_t)kind;
    return o->filling;
}

static uint64_t outbox_word(const struct track_event *e)
{
    return (uint64_t)e->kind << 56 | (uint64_t)e->track.flags << 32 | e->track.number;
}

static uint64_t outbox_identity(const struct ident *i)
{
    return (uint64_t)i->flags << 40 | (uint64_t)i->mode_a << 24 | i->mode_s;
}

static uint64_t outbox_bits(double v)
{
    uint64_t u;
    v += 0.0; /* -0 as +0 */
    memcpy(&u, &v, sizeof u);
    return u;
}

/* One event as one word: each member's exact bits folded in by a multiplication that no two orders of members share (Fibonacci hashing). */
static uint64_t outbox_fold(const struct track_event *e)
{
    const struct track *t = &e->track;
    const uint64_t word[] = {outbox_word(e),           (uint64_t)t->time.ns,      outbox_bits(t->at.lat_rad), outbox_bits(t->at.lon_rad), outbox_bits(t->at.hae_m),
                             outbox_bits(t->east_mps), outbox_bits(t->north_mps), outbox_bits(t->existence),  outbox_identity(&t->ident),
                             (uint64_t)t->class << 32 | t->plan};
    uint64_t h = 0;
    for (size_t i = 0; i < sizeof word / sizeof word[0]; i++) {
        h = (h ^ word[i]) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    return h;
}

void outbox_add(struct outbox *o)
{
    o->state.digest = digest_add_u64(o->state.digest, outbox_fold(o->filling));
    if (o->filling == &o->scratch)
        o->state.lost++;
    else
        o->state.count++;
}

void outbox_add_notice(struct outbox *o, const struct notice *n)
{
    struct outbox_state *s = &o->state;
    if (s->notice_count == s->notices) { /* the oldest gives way */
        s->notice_first = (s->notice_first + 1) % s->notices;
        s->notice_count--;
    }
    o->notice[(s->notice_first + s->notice_count++) % s->notices] = *n;
}

bool outbox_take(struct outbox *o, struct track_event const **e)
{
    struct outbox_state *s = &o->state;
    if (s->count == 0)
        return false;
    *e = &o->event[s->first];
    s->first = (s->first + 1) % s->events;
    s->count--;
    return true;
}

bool outbox_take_notice(struct outbox *o, struct notice *n)
{
    struct outbox_state *s = &o->state;
    if (s->notice_count == 0)
        return false;
    *n = o->notice[s->notice_first];
    s->notice_first = (s->notice_first + 1) % s->notices;
    s->notice_count--;
    return true;
}

uint64_t outbox_digest(const struct outbox *o)
{
    return o->state.digest;
}

uint64_t outbox_lost(const struct outbox *o)
{
    return o->state.lost;
}

/* Saved: the counts, then what waits, oldest first. */
size_t outbox_state_size(const struct outbox *o)
{
    return sizeof o->state + o->state.count * sizeof *o->event + o->state.notice_count * sizeof *o->notice;
}

void outbox_save(const struct outbox *o, void *out)
{
    const struct outbox_state *s = &o->state;
    char *at = out;
    memcpy(at, s, sizeof *s);
    at += sizeof *s;
    for (uint32_t i = 0; i < s->count; i++, at += sizeof *o->event)
        memcpy(at, &o->event[(s->first + i) % s->events], sizeof *o->event);
    for (uint32_t i = 0; i < s->notice_count; i++, at += sizeof *o->notice)
        memcpy(at, &o->notice[(s->notice_first + i) % s->notices], sizeof *o->notice);
}

int outbox_load(struct outbox *o, const void *in, size_t size)
{
    struct outbox_state s;
    const char *at = in;
    if (size < sizeof s)
        return ERR_FORMAT;
    memcpy(&s, at, sizeof s);
    bool fits = s.events == o->state.events && s.notices == o->state.notices && s.count <= s.events && s.notice_count <= s.notices;
    if (!fits || size != sizeof s + s.count * sizeof *o->event + s.notice_count * sizeof *o->notice)
        return ERR_FORMAT;
    at += sizeof s;
    memcpy(o->event, at, s.count * sizeof *o->event);
    memcpy(o->notice, at + s.count * sizeof *o->event, s.notice_count * sizeof *o->notice);
    s.first = s.notice_first = 0;
    o->state = s;
    return 0;
}
