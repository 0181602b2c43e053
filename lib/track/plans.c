/* plans: see the header. Three tables of chains through the slots (Knuth, TAOCP 3, 6.4: separate chaining), one for each key, because callsigns and codes are
 * not unique; the map by (source, number) is unique. A chain's order is that of the tables' history and part of the saved state. */
#include "track/plans.h"

#include "base/digest.h"
#include "base/err.h"
#include "base/map.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX
#define SWEEP 4 /* slots looked at for ended plans with each message */

struct plans {
    struct pool *pool;
    struct map *names;        /* (source, number) to slot */
    uint32_t *head;           /* of each chain: PLANS_KEYS tables of `buckets` */
    uint32_t buckets;         /* a power of two */
    uint32_t swept;           /* slot that was looked at last */
};

struct plans *plans_new(uint32_t capacity)
{
    struct plans *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    for (p->buckets = 16; p->buckets < capacity;)
        p->buckets *= 2;
    p->pool = pool_new(capacity ? capacity : 1, sizeof(struct plans_entry));
    p->names = map_new(capacity ? capacity : 1);
    p->head = malloc(PLANS_KEYS * (size_t)p->buckets * sizeof *p->head);
    if (!p->pool || !p->names || !p->head) {
        plans_free(p);
        return NULL;
    }
    memset(p->head, 0xff, PLANS_KEYS * (size_t)p->buckets * sizeof *p->head);
    return p;
}

void plans_free(struct plans *p)
{
    if (!p)
        return;
    pool_free(p->pool);
    map_free(p->names);
    free(p->head);
    free(p);
}

/* The key's value in an identity; false where it says nothing. */
static bool value_of(const struct ident *i, unsigned key, uint64_t *value)
{
    switch ((enum plans_key)key) {
    case PLANS_ADDRESS:
        *value = i->mode_s;
        return ident_has(i, IDENT_MODE_S) && !ident_has(i, IDENT_NOT_ICAO);
    case PLANS_CALLSIGN:
        *value = 0;
        memcpy(value, i->callsign, strnlen(i->callsign, IDENT_CALLSIGN_SIZE));
        return ident_has(i, IDENT_CALLSIGN) && i->callsign[0];
    case PLANS_CODE:
        *value = i->mode_a;
        return ident_mode_a_trusted(i) && !ident_code_is_shared(i->mode_a);
    case PLANS_KEYS:
        break;
    }
    return false;
}

static uint32_t *chain(const struct plans *p, unsigned key, uint64_t value)
{
    return &p->head[key * (size_t)p->buckets + (digest_add_u64(DIGEST_START, value) & (p->buckets - 1))];
}

static void link_keys(struct plans *p, struct plans_entry *e)
{
    uint64_t value;
    for (unsigned key = 0; key < PLANS_KEYS; key++) {
        e->next[key] = NONE;
        if (!value_of(&e->plan.ident, key, &value))
            continue;
        uint32_t *head = chain(p, key, value);
        e->next[key] = *head;
        *head = e->self.slot;
    }
}

static void unlink_keys(struct plans *p, const struct plans_entry *e)
{
    uint64_t value;
    for (unsigned key = 0; key < PLANS_KEYS; key++) {
        if (!value_of(&e->plan.ident, key, &value))
            continue;
        uint32_t *at = chain(p, key, value);
        while (*at != e->self.slot)
            at = &plans_slot(p, *at)->next[key];
        *at = e->next[key];
    }
}

static uint64_t name_of(const struct plan *plan)
{
    return (uint64_t)plan->source << 32 | plan->number;
}

static void discard(struct plans *p, struct plans_entry *e)
{
    unlink_keys(p, e);
    map_remove(p->names, name_of(&e->plan));
    pool_remove(p->pool, e->self);
}

/* Clears away what has ended in the next few slots. */
static void sweep(struct plans *p, struct instant now)
{
    for (unsigned i = 0; i < SWEEP && plans_end(p) > 0; i++) {
        p->swept = p->swept + 1 < plans_end(p) ? p->swept + 1 : 0;
        struct plans_entry *e = plans_slot(p, p->swept);
        if (e && instant_before(e->ends, now))
            discard(p, e);
    }
}

/* The one that gives way: nobody's before a track's, the one that ends first, the lowest slot. */
static struct plans_entry *victim(struct plans *p)
{
    struct plans_entry *worst = NULL;
    for (unsigned i = 0; i < PLANS_VICTIMS; i++) {
        p->swept = p->swept + 1 < plans_end(p) ? p->swept + 1 : 0;
        struct plans_entry *e = plans_slot(p, p->swept);
        bool better = e && (!worst || (e->track.generation == 0) > (worst->track.generation == 0) ||
                            ((e->track.generation == 0) == (worst->track.generation == 0) && instant_before(e->ends, worst->ends)));
        worst = better ? e : worst;
    }
    return worst;
}

static void fill(struct plans_entry *e, const struct plan *plan, struct instant now)
{
    struct instant begin, end;
    e->plan = *plan;
    (void)plan_complete(&e->plan);
    e->ends = plan_span(&e->plan, &begin, &end) ? instant_add(end, PLANS_LINGER_S) : instant_add(now, PLANS_AGE_S);
}

/* A slot for one more; *full when another one had to give way. */
static struct plans_entry *room(struct plans *p, bool *full)
{
    struct handle h = pool_add(p->pool);
    *full = h.generation == 0;
    if (*full) {
        struct plans_entry *e = victim(p);
        assert(e); /* a full pool has no empty slot */
        discard(p, e);
        h = pool_add(p->pool);
    }
    struct plans_entry *e = pool_find(p->pool, h);
    e->self = h;
    return e;
}

static int add(struct plans *p, const struct plan *plan, struct instant now, struct plans_entry **entry)
{
    bool full;
    struct plans_entry *e = room(p, &full);
    fill(e, plan, now);
    link_keys(p, e);
    int code = map_add(p->names, name_of(plan), e->self.slot);
    assert(code == 0);
    *entry = e;
    return full ? ERR_FULL : 0;
}

int plans_input(struct plans *p, const struct plan *plan, struct instant now, struct plans_entry **entry)
{
    struct plans_entry *unused, **out = entry ? entry : &unused;
    uint32_t slot;
    *out = NULL;
    int code = plan_check(plan);
    if (code != 0)
        return code;
    sweep(p, now);
    bool known = map_find(p->names, name_of(plan), &slot);
    struct plans_entry *e = known ? plans_slot(p, slot) : NULL;
    if (e && plan->revision < e->plan.revision) {
        *out = e;
        return ERR_STATE;
    }
    if (plan->action == PLAN_CANCEL) {
        if (e)
            discard(p, e);
        return e ? 0 : ERR_STATE;
    }
    if (!e)
        return add(p, plan, now, out);
    unlink_keys(p, e);
    fill(e, plan, now);
    link_keys(p, e);
    *out = e;
    return 0;
}

struct plans_entry *plans_find(const struct plans *p, struct handle h)
{
    return h.generation ? pool_find(p->pool, h) : NULL;
}

struct plans_entry *plans_slot(const struct plans *p, uint32_t slot)
{
    return pool_slot(p->pool, slot);
}

uint32_t plans_end(const struct plans *p)
{
    return pool_end(p->pool);
}

uint32_t plans_count(const struct plans *p)
{
    return pool_count(p->pool);
}

uint32_t plans_named(const struct plans *p, const struct ident *ident, struct plans_entry **out, uint32_t room)
{
    uint32_t found = 0;
    uint64_t wanted, value;
    for (unsigned key = 0; key < PLANS_KEYS; key++) {
        if (!value_of(ident, key, &wanted))
            continue;
        for (uint32_t slot = *chain(p, key, wanted); slot != NONE; slot = plans_slot(p, slot)->next[key]) {
            struct plans_entry *e = plans_slot(p, slot);
            bool met = !value_of(&e->plan.ident, key, &value) || value != wanted;
            for (uint32_t i = 0; i < found && i < room && !met; i++)
                met = out[i] == e;
            if (met)
                continue;
            if (found < room)
                out[found] = e;
            found++;
        }
    }
    return found;
}

/* ---- state: a head, then the tables of chains, the map and the pool, each led by its size ---- */

struct head {
    uint32_t buckets, swept;
    uint64_t map, pool;
};

static size_t tables_size(const struct plans *p)
{
    return PLANS_KEYS * (size_t)p->buckets * sizeof *p->head;
}

size_t plans_state_size(const struct plans *p)
{
    return sizeof(struct head) + tables_size(p) + map_state_size(p->names) + pool_state_size(p->pool);
}

void plans_save(const struct plans *p, void *out)
{
    struct head h = {p->buckets, p->swept, map_state_size(p->names), pool_state_size(p->pool)};
    char *at = out;
    memcpy(at, &h, sizeof h);
    at += sizeof h;
    memcpy(at, p->head, tables_size(p));
    at += tables_size(p);
    map_save(p->names, at);
    pool_save(p->pool, at + h.map);
}

int plans_load(struct plans *p, const void *in, size_t size)
{
    struct head h;
    const char *at = (const char *)in + sizeof h;
    if (size < sizeof h)
        return ERR_FORMAT;
    memcpy(&h, in, sizeof h);
    if (h.buckets != p->buckets || h.map > size || h.pool > size || size != sizeof h + tables_size(p) + h.map + h.pool)
        return ERR_FORMAT;
    memcpy(p->head, at, tables_size(p));
    at += tables_size(p);
    p->swept = h.swept;
    int code = map_load(p->names, at, h.map);
    return code ? code : pool_load(p->pool, at + h.map, h.pool);
}
