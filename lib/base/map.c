/* map: open addressing with linear probing; a removal shifts back what was pushed past the gap (Knuth, TAOCP 3, 6.4, algorithm R).
 *
 * No tombstones, so a long life costs nothing. The table is at most half full: a search that fails looks at 2.5 cells on average. The key is
 * mixed by the finaliser of splitmix64. Keys come from the field (addresses, codes): a feed that chooses them with care can make a
 * chain as long as its own keys, bounded by the capacity. */
#include "base/map.h"

#include "base/err.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct cell {
    uint64_t key;
    uint32_t value;
    uint32_t used;
};

struct map {
    uint32_t capacity, count, mask;
    struct cell *cells; /* mask + 1 */
};

struct header {
    uint32_t capacity, count;
};

static uint32_t home(const struct map *m, uint64_t key)
{
    key = (key ^ key >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ key >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)(key >> 32) & m->mask;
}

struct map *map_new(uint32_t capacity)
{
    assert(capacity > 0 && capacity <= UINT32_C(1) << 30);
    struct map *m = calloc(1, sizeof *m);
    if (m == NULL)
        return NULL;
    uint32_t size = 2;
    while (size < 2 * capacity)
        size *= 2;
    m->capacity = capacity;
    m->mask = size - 1;
    m->cells = calloc(size, sizeof *m->cells);
    if (m->cells == NULL) {
        free(m);
        return NULL;
    }
    return m;
}

void map_free(struct map *m)
{
    if (m == NULL)
        return;
    free(m->cells);
    free(m);
}

void map_reset(struct map *m)
{
    memset(m->cells, 0, ((size_t)m->mask + 1) * sizeof *m->cells);
    m->count = 0;
}

/* The key's cell, or the empty one where it would go. */
static uint32_t seek(const struct map *m, uint64_t key)
{
    uint32_t i = home(m, key);
    while (m->cells[i].used && m->cells[i].key != key)
        i = (i + 1) & m->mask;
    return i;
}

int map_add(struct map *m, uint64_t key, uint32_t value)
{
    struct cell *c = &m->cells[seek(m, key)];
    if (!c->used && m->count == m->capacity)
        return ERR_FULL;
    m->count += !c->used;
    *c = (struct cell){key, value, 1};
    return 0;
}

bool map_find(const struct map *m, uint64_t key, uint32_t *value)
{
    const struct cell *c = &m->cells[seek(m, key)];
    if (c->used)
        *value = c->value;
    return c->used;
}

bool map_remove(struct map *m, uint64_t key)
{
    uint32_t gap = seek(m, key);
    if (!m->cells[gap].used)
        return false;
    for (uint32_t i = (gap + 1) & m->mask; m->cells[i].used; i = (i + 1) & m->mask) {
        uint32_t from_home = (i - home(m, m->cells[i].key)) & m->mask;
        if (from_home < ((i - gap) & m->mask)) /* its home lies behind the gap: it may stay */
            continue;
        m->cells[gap] = m->cells[i];
        gap = i;
    }
    m->cells[gap] = (struct cell){0};
    m->count--;
    return true;
}

uint32_t map_count(const struct map *m)
{
    return m->count;
}

size_t map_state_size(const struct map *m)
{
    return sizeof(struct header) + ((size_t)m->mask + 1) * sizeof(struct cell);
}

void map_save(const struct map *m, void *out)
{
    struct header h = {m->capacity, m->count};
    memcpy(out, &h, sizeof h);
    memcpy((unsigned char *)out + sizeof h, m->cells, ((size_t)m->mask + 1) * sizeof *m->cells);
}

/* Every cell is empty and clear, or used and found by its own key. */
static bool is_consistent(const struct map *m)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i <= m->mask; i++) {
        const struct cell *c = &m->cells[i];
        if (c->used > 1 || (!c->used && (c->key || c->value)))
            return false;
        count += c->used;
    }
    if (count != m->count) /* checked before any search: a full table has no empty cell to end one */
        return false;
    for (uint32_t i = 0; i <= m->mask; i++)
        if (m->cells[i].used && seek(m, m->cells[i].key) != i)
            return false;
    return true;
}

int map_load(struct map *m, const void *in, size_t size)
{
    struct header h;
    map_reset(m);
    if (size != map_state_size(m))
        return ERR_FORMAT;
    memcpy(&h, in, sizeof h);
    if (h.capacity != m->capacity || h.count > m->capacity)
        return ERR_FORMAT;
    memcpy(m->cells, (const unsigned char *)in + sizeof h, size - sizeof h);
    m->count = h.count;
    if (!is_consistent(m)) {
        map_reset(m);
        return ERR_FORMAT;
    }
    return 0;
}
