/* A string of octets is a sequence of operations on a pool of 1 to 16 slots. The model keeps every handle that was ever given out and what was written
 * there: the living are found with their content, the dead never again. */
#include "base/err.h"
#include "base/pool.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define HANDLES 512

struct model {
    struct handle handle[HANDLES];
    bool alive[HANDLES];
    uint32_t value[HANDLES], given, living;
};

static void compare(const struct pool *p, const struct model *n)
{
    assert(pool_count(p) == n->living && pool_end(p) <= pool_capacity(p));
    for (uint32_t i = 0; i < n->given; i++) {
        const uint32_t *at = pool_find(p, n->handle[i]);
        assert((at != NULL) == n->alive[i]);
        assert(!at || (*at == n->value[i] && at == pool_slot(p, n->handle[i].slot)));
    }
    uint32_t living = 0;
    for (uint32_t slot = 0; slot < pool_capacity(p); slot++)
        living += pool_handle(p, slot).generation != 0;
    assert(living == n->living);
}

static void add(struct pool *p, struct model *n)
{
    struct handle h = pool_add(p);
    assert((h.generation == 0) == (n->living == pool_capacity(p)));
    if (h.generation == 0)
        return;
    uint32_t *at = pool_find(p, h);
    assert(at && *at == 0);
    *at = n->value[n->given] = n->given + 1;
    n->handle[n->given] = h;
    n->alive[n->given++] = true;
    n->living++;
}

static void reload(struct pool *p, uint8_t damage)
{
    size_t size = pool_state_size(p);
    unsigned char *state = malloc(size);
    struct pool *other = pool_new(pool_capacity(p), 24);
    assert(state && other);
    pool_save(p, state);
    int fault = pool_load(p, state, size);
    assert(fault == 0);
    state[(size_t)damage * 7 % size] ^= damage;
    if (pool_load(other, state, size) != 0)
        assert(pool_count(other) == 0);
    while (pool_add(other).generation)
        ;
    assert(pool_count(other) == pool_capacity(other));
    pool_free(other);
    free(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct pool *p = pool_new(1 + data[0] % 16, 24);
    struct model n = {.given = 0};
    assert(p);
    for (size_t i = 1; i + 1 < size && n.given < HANDLES; i += 2) {
        if (data[i] < 140) {
            add(p, &n);
        } else if (data[i] < 250 && n.given) {
            uint32_t victim = data[i + 1] % n.given;
            if (n.alive[victim]) {
                pool_remove(p, n.handle[victim]);
                n.alive[victim] = false;
                n.living--;
            }
        } else {
            reload(p, data[i + 1]);
        }
        compare(p, &n);
    }
    pool_free(p);
    return 0;
}
