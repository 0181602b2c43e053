/* heap: a binary min-heap in an array (Williams, CACM 7(6), 1964, algorithm 232), with each entry's place kept beside it.
 *
 * The order is (due, sequence): equal instants come out in the order they were added, so the order is total. */
#include "base/heap.h"

#include "base/err.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ABSENT UINT32_MAX

struct node {
    int64_t due_ns;
    uint64_t sequence;
    uint32_t entry, zero;
};

struct heap {
    uint32_t capacity, count;
    uint64_t sequence;
    struct node *nodes; /* capacity; the first count are the heap */
    uint32_t *place;    /* capacity; index into nodes or ABSENT */
};

struct header {
    uint32_t capacity, count;
    uint64_t sequence;
};

static void clear(struct heap *h)
{
    memset(h->place, 0xff, h->capacity * sizeof *h->place); /* every place ABSENT */
    h->count = 0;
}

struct heap *heap_new(uint32_t capacity)
{
    assert(capacity > 0);
    struct heap *h = calloc(1, sizeof *h);
    if (h == NULL)
        return NULL;
    h->capacity = capacity;
    h->nodes = calloc(capacity, sizeof *h->nodes);
    h->place = malloc(capacity * sizeof *h->place);
    if (h->nodes == NULL || h->place == NULL) {
        heap_free(h);
        return NULL;
    }
    clear(h);
    return h;
}

void heap_free(struct heap *h)
{
    if (h == NULL)
        return;
    free(h->nodes);
    free(h->place);
    free(h);
}

static bool is_before(const struct node *a, const struct node *b)
{
    return a->due_ns < b->due_ns || (a->due_ns == b->due_ns && a->sequence < b->sequence);
}

static void put(struct heap *h, uint32_t at, struct node n)
{
    h->nodes[at] = n;
    h->place[n.entry] = at;
}

/* Finds the place of n, from the hole at `at` upwards, then downwards. */
static void settle(struct heap *h, uint32_t at, struct node n)
{
    while (at > 0 && is_before(&n, &h->nodes[(at - 1) / 2])) {
        put(h, at, h->nodes[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= h->count)
            break;
        if (child + 1 < h->count && is_before(&h->nodes[child + 1], &h->nodes[child]))
            child++;
        if (!is_before(&h->nodes[child], &n))
            break;
        put(h, at, h->nodes[child]);
        at = child;
    }
    put(h, at, n);
}

void heap_add(struct heap *h, uint32_t entry, struct instant due)
{
    assert(entry < h->capacity);
    struct node n = {.due_ns = due.ns, .sequence = h->sequence++, .entry = entry};
    uint32_t at = h->place[entry];
    settle(h, at == ABSENT ? h->count++ : at, n);
}

bool heap_remove(struct heap *h, uint32_t entry)
{
    assert(entry < h->capacity);
    uint32_t at = h->place[entry];
    if (at == ABSENT)
        return false;
    h->place[entry] = ABSENT;
    struct node last = h->nodes[--h->count];
    if (at < h->count)
        settle(h, at, last);
    return true;
}

struct instant heap_first(const struct heap *h)
{
    if (h->count == 0)
        return INSTANT_NEVER;
    return (struct instant){h->nodes[0].due_ns};
}

bool heap_next(struct heap *h, struct instant now, uint32_t *entry, struct instant *due)
{
    if (h->count == 0 || h->nodes[0].due_ns > now.ns)
        return false;
    *entry = h->nodes[0].entry;
    due->ns = h->nodes[0].due_ns;
    heap_remove(h, *entry);
    return true;
}

size_t heap_state_size(const struct heap *h)
{
    return sizeof(struct header) + h->count * sizeof(struct node);
}

void heap_save(const struct heap *h, void *out)
{
    struct header head = {h->capacity, h->count, h->sequence};
    memcpy(out, &head, sizeof head);
    memcpy((unsigned char *)out + sizeof head, h->nodes, h->count * sizeof *h->nodes);
}

/* Entries below capacity and each once, parents before children, sequences already given out. Fills `place` on the way. */
static bool is_consistent(struct heap *h)
{
    for (uint32_t i = 0; i < h->count; i++) {
        const struct node *n = &h->nodes[i];
        if (n->entry >= h->capacity || h->place[n->entry] != ABSENT || n->sequence >= h->sequence || n->zero)
            return false;
        if (i > 0 && !is_before(&h->nodes[(i - 1) / 2], n))
            return false;
        h->place[n->entry] = i;
    }
    return true;
}

int heap_load(struct heap *h, const void *in, size_t size)
{
    struct header head;
    clear(h);
    if (size < sizeof head)
        return ERR_FORMAT;
    memcpy(&head, in, sizeof head);
    if (head.capacity != h->capacity || head.count > h->capacity || size != sizeof head + head.count * sizeof(struct node))
        return ERR_FORMAT;
    memcpy(h->nodes, (const unsigned char *)in + sizeof head, head.count * sizeof *h->nodes);
    h->count = head.count;
    h->sequence = head.sequence;
    if (!is_consistent(h)) {
        clear(h);
        return ERR_FORMAT;
    }
    return 0;
}
