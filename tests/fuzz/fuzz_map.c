/* A string of octets is a sequence of operations on a map of 1 to 16 entries; a naive array is the model. Keys are few, so they collide. */
#include "base/err.h"
#include "base/map.h"
#include <assert.h>
#include <stdlib.h>

#define KEYS 64

struct model {
    bool held[KEYS];
    uint32_t value[KEYS], count;
};

static void compare(const struct map *m, const struct model *n)
{
    assert(map_count(m) == n->count);
    for (uint64_t key = 0; key < KEYS; key++) {
        uint32_t value = 0;
        assert(map_find(m, key, &value) == n->held[key]);
        assert(!n->held[key] || value == n->value[key]);
    }
}

/* Saves, empties, and loads; then loads what may have been damaged into another one, which must stay usable. */
static void reload(struct map *m, uint32_t capacity, uint8_t damage)
{
    size_t size = map_state_size(m);
    unsigned char *state = malloc(size);
    struct map *other = map_new(capacity);
    assert(state && other);
    map_save(m, state);
    map_reset(m);
    int fault = map_load(m, state, size);
    assert(fault == 0);
    state[damage % size] ^= damage;
    if (map_load(other, state, size) != 0)
        assert(map_count(other) == 0);
    for (uint64_t key = 0; key < KEYS; key++)
        map_remove(other, key);
    map_free(other);
    free(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    uint32_t capacity = 1 + data[0] % 16;
    struct map *m = map_new(capacity);
    struct model n = {.count = 0};
    assert(m);
    for (size_t i = 1; i + 1 < size; i += 2) {
        uint8_t key = data[i + 1] % KEYS;
        if (data[i] < 128) {
            bool full = !n.held[key] && n.count == capacity;
            int fault = map_add(m, key, (uint32_t)i);
            assert(fault == (full ? ERR_FULL : 0));
            if (!full) {
                n.count += !n.held[key];
                n.held[key] = true;
                n.value[key] = (uint32_t)i;
            }
        } else if (data[i] < 248) {
            bool removed = map_remove(m, key);
            assert(removed == n.held[key]);
            n.count -= n.held[key];
            n.held[key] = false;
        } else {
            reload(m, capacity, data[i + 1]);
        }
        compare(m, &n);
    }
    map_free(m);
    return 0;
}
