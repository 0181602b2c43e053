/* terrain: heights of the ground above mean sea level on a regular grid of latitude and longitude, from the project's own compact form.
 *
 * The form (config/terrain): "TERR", version 1; then, least significant octet first, u16 rows, u16 columns, u16 nodes per degree, i16 latitude
 * of the first (northernmost) row, u16 longitude east of the first column, in whole degrees; then the nodes row by row in whole metres, as
 * differences from the median of west, north and west + north - north-west (the predictor of LOCO-I, Weinberger et al., IEEE Trans. Image Processing 9
 * (2000)), each zigzag as a base-128 number, a run of n zeros as 0 followed by n. */
#ifndef GEO_TERRAIN_H
#define GEO_TERRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct terrain;

/* From bytes in memory (not kept). NULL with *error (ERR_TRUNCATED, ERR_FORMAT, ERR_VERSION, ERR_RANGE, ERR_MEMORY) and the offset of the octet. */
struct terrain *terrain_new(const void *bytes, size_t size, int *error, size_t *offset);
/* The earth as if it were sea everywhere. */
struct terrain *terrain_smooth_new(void);
void terrain_free(struct terrain *t);

/* Height above mean sea level, bilinear between nodes; 0 beyond the grid. */
double terrain_height_m(const struct terrain *t, double lat_rad, double lon_rad);
bool terrain_inside(const struct terrain *t, double lat_rad, double lon_rad);
bool terrain_is_smooth(const struct terrain *t);
/* Stands for its content: the same grid has the same number. */
uint64_t terrain_digest(const struct terrain *t);

#endif
