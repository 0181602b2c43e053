/* bucket: which of many points are near here: a spatial hash on the sphere.
 *
 * Cells are about cell_m wide everywhere: rows of equal latitude, each cut into as many equal columns as its circumference holds, so that
 * neither the antimeridian nor the poles need a special case. A point is named by a small integer below capacity (a slot). Cells hold
 * doubly linked chains through arrays; all storage is taken at birth. Points come out of a search in the order of their slots' cells and,
 * within a cell, of their adding; callers that need a total order sort by slot. */
#ifndef GEO_BUCKET_H
#define GEO_BUCKET_H

#include "geo/frame.h"
#include <stddef.h>
#include <stdint.h>

struct bucket;

/* capacity points; cell_m >= 1000. NULL when memory is short. */
struct bucket *bucket_new(uint32_t capacity, double cell_m);
void bucket_free(struct bucket *b);

/* Puts point `slot` at (lat, lon); moves it when it is there already. */
void bucket_add(struct bucket *b, uint32_t slot, double lat_rad, double lon_rad);
void bucket_remove(struct bucket *b, uint32_t slot);

/* All points in cells that touch the square of half-width radius_m around (lat, lon): at least those within radius_m (any radius up to
 * the whole earth), with some beyond.
 * Writes at most max slots, returns how many there were (more than max: the caller counts the overflow). */
uint32_t bucket_find(const struct bucket *b, double lat_rad, double lon_rad, double radius_m, uint32_t *slots, uint32_t max);

/* The whole state as bytes, for snapshots. A failed load (ERR_FORMAT: other capacity or cell, or damaged) leaves the bucket empty. */
size_t bucket_state_size(const struct bucket *b);
void bucket_save(const struct bucket *b, void *out);
int bucket_load(struct bucket *b, const void *in, size_t size);

#endif
