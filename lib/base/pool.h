/* pool: a fixed number of equal slots, taken and given back, named by generation handles.
 *
 * A handle of a slot that was given back never finds the slot's next tenant: its generation differs. Nobody stores pointers into a pool.
 * All storage is taken at birth. Slots never used are handed out lowest first, those given back before them,
 * last in first out: a fixed order (determinism). */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct handle {
    uint32_t slot;
    uint32_t generation; /* 0 is never valid */
};

#define HANDLE_NONE ((struct handle){0, 0})

struct pool;

/* capacity slots of size bytes each; NULL when memory is short. */
struct pool *pool_new(uint32_t capacity, size_t size);
void pool_free(struct pool *p);

/* Takes a zeroed slot; HANDLE_NONE when none is left (the caller documents its victim and counts). */
struct handle pool_add(struct pool *p);
/* Gives a slot back; the handle must be alive. */
void pool_remove(struct pool *p, struct handle h);
/* The slot's bytes (lent until removed), or NULL when the handle is no longer alive. */
void *pool_find(const struct pool *p, struct handle h);
/* The slot's bytes by number, or NULL when it is empty; and the handle that lives there. */
void *pool_slot(const struct pool *p, uint32_t slot);
struct handle pool_handle(const struct pool *p, uint32_t slot);

uint32_t pool_count(const struct pool *p);    /* slots in use */
uint32_t pool_capacity(const struct pool *p); /* slots in all */
uint32_t pool_end(const struct pool *p);      /* one past the highest slot ever used: for (s = 0; s < pool_end(p); s++) if (pool_slot(p, s)) … */

/* The whole state as bytes, for snapshots: size, copy out, copy in. Loading into another capacity or size, or bytes that are not a
 * state, is ERR_FORMAT; the pool is then empty. */
size_t pool_state_size(const struct pool *p);
void pool_save(const struct pool *p, void *out);
int pool_load(struct pool *p, const void *in, size_t size);

#endif
