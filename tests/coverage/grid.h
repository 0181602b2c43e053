/* grid: a small region that is a rectangle of level sea, for tests of what works on cells alone. */
#ifndef COVERAGE_GRID_H
#define COVERAGE_GRID_H

#include "coverage/region.h"
#include "coverage/view.h"

#define GRID_CELL_M 10000.0

struct region *grid_region(int16_t columns, int16_t rows); /* region_free */
/* A view of the cells of a disc, in the layers whose bits are set, by echoes; the caller frees. */
struct view *grid_view(const struct region *r, double column, double row, double radius, uint16_t layers);

#endif
