/* A string of octets is a sequence of operations on a heap of 1 to 16 entries; the model is an array that is searched for the least (due, order of
 * adding). */
#include "base/err.h"
#include "base/heap.h"
#include <assert.h>
#include <stdlib.h>

#define ENTRIES 16

struct model {
    bool in[ENTRIES];
    int64_t due[ENTRIES];
    size_t order[ENTRIES];
};

/* The entry that is next, or ENTRIES. */
static uint32_t first(const struct model *n)
{
    uint32_t best = ENTRIES;
    for (uint32_t e = 0; e < ENTRIES; e++)
        if (n->in[e] && (best == ENTRIES || n->due[e] < n->due[best] || (n->due[e] == n->due[best] && n->order[e] < n->order[best])))
            best = e;
    return best;
}

static void take(struct heap *h, struct model *n, int64_t now)
{
    uint32_t wanted = first(n), entry = 0;
    struct instant due = INSTANT_NONE;
    bool ready = wanted < ENTRIES && n->due[wanted] <= now;
    bool taken = heap_next(h, (struct instant){now}, &entry, &due);
    assert(taken == ready);
    if (taken) {
        assert(entry == wanted && due.ns == n->due[wanted]);
        n->in[entry] = false;
    }
}

static void reload(struct heap *h, uint32_t capacity, uint8_t damage)
{
    size_t size = heap_state_size(h);
    unsigned char *state = malloc(size);
    struct heap *other = heap_new(capacity);
    assert(state && other);
    heap_save(h, state);
    int fault = heap_load(h, state, size);
    assert(fault == 0);
    state[damage % size] ^= damage;
    if (heap_load(other, state, size) != 0)
        assert(heap_first(other).ns == INT64_MAX);
    for (uint32_t e = 0; e < capacity; e++)
        heap_remove(other, e);
    assert(heap_first(other).ns == INT64_MAX);
    heap_free(other);
    free(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    uint32_t capacity = 1 + data[0] % ENTRIES;
    struct heap *h = heap_new(capacity);
    struct model n = {.in = {false}};
    assert(h);
    for (size_t i = 1; i + 1 < size; i += 2) {
        uint32_t entry = data[i] % capacity;
        int64_t value = (int64_t)(data[i + 1] % 8) - 4;
        if (data[i] < 120) {
            heap_add(h, entry, (struct instant){value});
            n.in[entry] = true;
            n.due[entry] = value;
            n.order[entry] = i;
        } else if (data[i] < 180) {
            bool removed = heap_remove(h, entry);
            assert(removed == n.in[entry]);
            n.in[entry] = false;
        } else if (data[i] < 250) {
            take(h, &n, value);
        } else {
            reload(h, capacity, data[i + 1]);
        }
        uint32_t next = first(&n);
        assert(heap_first(h).ns == (next < ENTRIES ? n.due[next] : INT64_MAX));
    }
    heap_free(h);
    return 0;
}
