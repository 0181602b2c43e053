/* outline: the borders of a set of cells as rings on the region's grid.
 *
 * Rings run along the cells' sides with the set on their left: outer ones anticlockwise, holes clockwise (RFC 7946, 3.1.6). Cells that touch at a
 * corner alone are not connected. */
#ifndef COVERAGE_OUTLINE_H
#define COVERAGE_OUTLINE_H

#include "coverage/region.h"

struct outline_ring {
    uint32_t first, count; /* in corner[]; a ring closes itself */
    bool hole;             /* of the outer ring before it */
};
struct outline {
    uint32_t rings, corners;
    struct outline_ring *ring; /* every outer ring is followed by its holes */
    int16_t (*corner)[2];      /* column and row of the grid's lines; only where the direction changes */
};

/* in: one octet per cell, not 0 where it belongs to the set. NULL when memory is short. */
struct outline *outline_new(const struct region *r, const uint8_t *in);
void outline_free(struct outline *o);

/* Where a point of the grid lies; columns and rows may be fractions. */
struct geodetic outline_place(const struct region *r, double column, double row);

#endif
