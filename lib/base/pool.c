/* pool: slots, a stack of free slot numbers, and a generation per slot.
 *
 * A generation is odd while its slot is taken and even while it is free, so that one comparison answers "is this handle alive" and 0 is
 * never alive. It wraps after 2^31 tenants of one slot: at one tenant a second, 68 years. */
#include "base/pool.h"

#include "base/err.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct pool {
    size_t size;   /* octets a caller asked for */
    size_t stride; /* octets from slot to slot */
    uint32_t capacity, count, end;
    uint32_t *generation; /* capacity */
    uint32_t *free;       /* capacity; the first capacity - count are free, the last of them is next */
    unsigned char *slots; /* capacity * stride */
};

/* What leads a saved state. */
struct header {
    uint64_t size;
    uint32_t capacity, count, end, zero;
};

#define CACHE_LINE 64

/* No tenant: every slot free, the lowest next. Generations go on, so old handles stay dead. */
static void clear(struct pool *p)
{
    for (uint32_t i = 0; i < p->capacity; i++) {
        p->generation[i] += p->generation[i] & 1;
        p->free[i] = p->capacity - 1 - i;
    }
    p->count = 0;
    p->end = 0;
}

struct pool *pool_new(uint32_t capacity, size_t size)
{
    assert(capacity > 0 && size > 0);
    struct pool *p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    p->size = size;
    p->stride = (size + 15) / 16 * 16;
    p->capacity = capacity;
    p->generation = calloc(capacity, sizeof *p->generation);
    p->free = malloc(capacity * sizeof *p->free);
    p->slots = aligned_alloc(CACHE_LINE, ((size_t)capacity * p->stride + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    if (p->generation == NULL || p->free == NULL || p->slots == NULL) {
        pool_free(p);
        return NULL;
    }
    clear(p);
    return p;
}

void pool_free(struct pool *p)
{
    if (p == NULL)
        return;
    free(p->generation);
    free(p->free);
    free(p->slots);
    free(p);
}

static void *slot_at(const struct pool *p, uint32_t slot)
{
    return p->slots + (size_t)slot * p->stride;
}

struct handle pool_add(struct pool *p)
{
    if (p->count == p->capacity)
        return HANDLE_NONE;
    uint32_t slot = p->free[p->capacity - ++p->count];
    p->generation[slot]++;
    if (slot >= p->end)
        p->end = slot + 1;
    memset(slot_at(p, slot), 0, p->stride);
    return (struct handle){slot, p->generation[slot]};
}

void pool_remove(struct pool *p, struct handle h)
{
    assert(pool_find(p, h) != NULL);
    p->generation[h.slot]++;
    p->free[p->capacity - p->count--] = h.slot;
}

void *pool_find(const struct pool *p, struct handle h)
{
    if (h.slot >= p->capacity || p->generation[h.slot] != h.generation || !(h.generation & 1))
        return NULL;
    return slot_at(p, h.slot);
}

void *pool_slot(const struct pool *p, uint32_t slot)
{
    assert(slot < p->capacity);
    return p->generation[slot] & 1 ? slot_at(p, slot) : NULL;
}

struct handle pool_handle(const struct pool *p, uint32_t slot)
{
    assert(slot < p->capacity);
    return p->generation[slot] & 1 ? (struct handle){slot, p->generation[slot]} : HANDLE_NONE;
}

uint32_t pool_count(const struct pool *p)
{
    return p->count;
}

uint32_t pool_capacity(const struct pool *p)
{
    return p->capacity;
}

uint32_t pool_end(const struct pool *p)
{
    return p->end;
}

/* header, generations, free stack, the slots below end. */
static size_t state_size(const struct pool *p, uint32_t end)
{
    return sizeof(struct header) + 2 * (size_t)p->capacity * sizeof(uint32_t) + (size_t)end * p->stride;
}

size_t pool_state_size(const struct pool *p)
{
    return state_size(p, p->end);
}

void pool_save(const struct pool *p, void *out)
{
    unsigned char *at = out;
    size_t numbers = (size_t)p->capacity * sizeof(uint32_t);
    struct header h = {.size = p->size, .capacity = p->capacity, .count = p->count, .end = p->end};
    memcpy(at, &h, sizeof h);
    memcpy(at + sizeof h, p->generation, numbers);
    memcpy(at + sizeof h + numbers, p->free, numbers);
    memcpy(at + sizeof h + 2 * numbers, p->slots, (size_t)p->end * p->stride);
}

/* A free slot must be free by its generation, below capacity and listed once; a taken one must lie below end. */
static bool is_consistent(const struct header *h, const unsigned char *generations, const unsigned char *stack, unsigned char *seen)
{
    uint32_t free_count = h->capacity - h->count;
    uint32_t taken = 0;
    for (uint32_t i = 0; i < h->capacity; i++) {
        uint32_t generation, slot;
        memcpy(&generation, generations + (size_t)i * 4, 4);
        memcpy(&slot, stack + (size_t)i * 4, 4);
        bool alive = generation & 1;
        taken += alive;
        if (alive && i >= h->end)
            return false;
        if (i >= free_count)
            continue;
        if (slot >= h->capacity || seen[slot])
            return false;
        seen[slot] = 1;
    }
    for (uint32_t i = 0; i < h->capacity; i++) {
        uint32_t generation;
        memcpy(&generation, generations + (size_t)i * 4, 4);
        if (seen[i] == (generation & 1))
            return false;
    }
    return taken == h->count;
}

int pool_load(struct pool *p, const void *in, size_t size)
{
    struct header h;
    clear(p);
    if (size < sizeof h)
        return ERR_FORMAT;
    memcpy(&h, in, sizeof h);
    if (h.size != p->size || h.capacity != p->capacity || h.count > h.capacity || h.end > h.capacity || size != state_size(p, h.end))
        return ERR_FORMAT;
    const unsigned char *generations = (const unsigned char *)in + sizeof h;
    size_t numbers = (size_t)p->capacity * sizeof(uint32_t);
    /* What the slots hold is lost in any case, so they serve as the scratch that marks what was seen: no allocation after birth. */
    memset(p->slots, 0, p->capacity);
    if (!is_consistent(&h, generations, generations + numbers, p->slots))
        return ERR_FORMAT;
    memcpy(p->generation, generations, numbers);
    memcpy(p->free, generations + numbers, numbers);
    memcpy(p->slots, generations + 2 * numbers, (size_t)h.end * p->stride);
    p->count = h.count;
    p->end = h.end;
    return 0;
}
