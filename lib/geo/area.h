/* area: named areas on the earth, which of them a place lies in, and how far it is to the nearest border or coast.
 *
 * The form (config/areas): "AREA", version 1, number of areas; per area the octets of its name, the name, the number of rings; per ring the
 * number of corners, then latitude and longitude of each in 1e-4 degrees as differences from the corner before (from 0, 0 in each ring). Numbers
 * are base 128, least significant first; differences zigzag. Edges are straight in latitude and longitude (RFC 7946, 3.1.1), so that the 49th
 * parallel is a parallel; a ring closes itself, does not cross the antimeridian (it is cut there) and contains no pole. Inside is what an odd number
 * of an area's rings encloses. */
#ifndef GEO_AREA_H
#define GEO_AREA_H

#include "geo/frame.h"
#include <stddef.h>
#include <stdint.h>

#define AREA_NAME 12
#define AREA_MAX 64
#define AREA_NONE (-1)

struct area;

/* From bytes in memory (not kept): the areas whose names are in `names` (NULL-ended), or all (names NULL). NULL with *error (ERR_TRUNCATED, ERR_FORMAT,
 * ERR_VERSION, ERR_RANGE, ERR_MEMORY; ERR_UNKNOWN: a name that is not there) and the offset of the octet. */
struct area *area_new(const void *bytes, size_t size, const char *const *names, int *error, size_t *offset);
void area_free(struct area *a);

uint32_t area_count(const struct area *a);
const char *area_name(const struct area *a, uint32_t index); /* lent */
/* Index of a name, or AREA_NONE. */
int area_find(const struct area *a, const char *name);
/* Index of the first area that the place lies in, or AREA_NONE. */
int area_at(const struct area *a, double lat_rad, double lon_rad);
/* Geodesic distance to the nearest edge, to 20 m; *near_point (may be NULL) is where. *hint (may be NULL) speeds up searches for neighbouring places:
 * start with AREA_NO_HINT and hand the same variable to each. */
#define AREA_NO_HINT UINT32_MAX
double area_distance(const struct area *a, double lat_rad, double lon_rad, struct geodetic *near_point, uint32_t *hint);

/* The rings for drawing: corners of ring `ring` (0, 1, … of all areas in order) and its area; the number of corners, 0 beyond the last ring. */
uint32_t area_ring(const struct area *a, uint32_t ring, int *area, const struct geodetic **corners);

#endif
