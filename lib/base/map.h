/* map: 64-bit key to 32-bit value, open addressing with linear probing and backward-shift deletion (Knuth, TAOCP 3, 6.4, algorithm R).
 *
 * Capacity is fixed at birth. There is no iteration on purpose: nothing may depend on the order of a hash. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map;

/* Room for `capacity` entries (the table is at least twice that, a power of two); NULL when memory is short. */
struct map *map_new(uint32_t capacity);
void map_free(struct map *m);
void map_reset(struct map *m);

/* Adds or replaces. 0, or ERR_FULL when `capacity` entries are held and the key is new. */
int map_add(struct map *m, uint64_t key, uint32_t value);
/* True and *value when the key is held. */
bool map_find(const struct map *m, uint64_t key, uint32_t *value);
/* True when the key was held. */
bool map_remove(struct map *m, uint64_t key);
uint32_t map_count(const struct map *m);

/* The whole state as bytes, for snapshots; as pool_load, a failed load (ERR_FORMAT) leaves the map empty. */
size_t map_state_size(const struct map *m);
void map_save(const struct map *m, void *out);
int map_load(struct map *m, const void *in, size_t size);

#endif
