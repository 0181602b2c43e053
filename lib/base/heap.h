/* heap: deadlines in the order (instant, sequence of adding): a binary min-heap that knows where each entry is.
 *
 * Entries are named by a small integer of the caller's (a slot number below capacity); an entry is in the heap at most once. */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include "base/instant.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap;

/* Entries 0 to capacity - 1; NULL when memory is short. */
struct heap *heap_new(uint32_t capacity);
void heap_free(struct heap *h);

/* Adds entry, or moves it when it is there (it then counts as added anew). entry < capacity. */
void heap_add(struct heap *h, uint32_t entry, struct instant due);
/* Takes the entry out where it is in; true when it was. */
bool heap_remove(struct heap *h, uint32_t entry);
/* The earliest instant, INSTANT_NEVER when empty. */
struct instant heap_first(const struct heap *h);
/* Takes out the earliest entry that is due at or before now: true, *entry and *due; false when there is none. */
bool heap_next(struct heap *h, struct instant now, uint32_t *entry, struct instant *due);

/* The whole state as bytes, for snapshots; as pool_load, a failed load (ERR_FORMAT) leaves the heap empty. */
size_t heap_state_size(const struct heap *h);
void heap_save(const struct heap *h, void *out);
int heap_load(struct heap *h, const void *in, size_t size);

#endif
