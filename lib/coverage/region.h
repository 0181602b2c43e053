/* region: the airspace to be watched, as cells of equal area and twelve layers.
 *
 * The region is the land of the given countries and everything within a distance of their borders and coasts, measured as geodesic. Its
 * cells are the squares of a grid on Lambert's azimuthal equal-area projection about 50 N 98 W whose centres lie in it, so that counting cells is
 * measuring area, at the pole and the antimeridian as elsewhere. */
#ifndef COVERAGE_REGION_H
#define COVERAGE_REGION_H

#include "geo/area.h"
#include "geo/laea.h"
#include "geo/terrain.h"
#include <stdbool.h>

#define REGION_LAYERS 12
struct region_layer {
    const char *name;  /* "500 ft AGL", "FL350": as reports show it */
    double height_m;
    bool above_ground; /* else above mean sea level */
};
extern const struct region_layer region_layer[REGION_LAYERS];

struct region_cell {
    double lat_rad, lon_rad;
    float distance_m; /* to the nearest border or coast; 0 on the countries' land */
    float ground_m;   /* above mean sea level */
    int16_t column, row;
    int8_t nation;    /* area of the land, AREA_NONE at sea and abroad */
    int8_t fir;       /* area of the flight information regions, AREA_NONE */
};

struct region {
    struct laea projection;
    double cell_m, cell_m2, within_m;
    int32_t columns, rows;  /* column 0 is west, row 0 south; the grid's middle is the projection's centre */
    uint32_t cells;
    struct region_cell *cell; /* row by row */
    int32_t *at;              /* columns * rows: the cell there, -1: none */
    uint64_t digest;          /* stands for all of it */
};

/* cell_m >= 1000; within_m up to 600 NM (assert). The areas and the ground are read, not kept; fir may be NULL. NULL when memory is short. */
struct region *region_new(const struct area *land, const struct area *fir, const struct terrain *ground, double cell_m, double within_m);
void region_free(struct region *r);

/* The whole of it as bytes, to be kept: made in a second, read back in milliseconds. NULL when they are damaged, of another version, or memory is short. */
size_t region_saved_size(const struct region *r);
void region_save(const struct region *r, void *out);
struct region *region_restored_new(const void *bytes, size_t size);

/* The cell that a place lies in, -1: none. */
int32_t region_find(const struct region *r, double lat_rad, double lon_rad);
/* Height of a layer above mean sea level over a cell; negative where the layer lies within the ground, which is no airspace. */
double region_height_m(const struct region_cell *c, const struct region_layer *layer);
/* 0, 1, 2: up to a third, two thirds, all of within_m from border or coast; -1 on land. */
int region_band(const struct region *r, const struct region_cell *c);

#endif
