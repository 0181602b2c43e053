#include "grid.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

struct region *grid_region(int16_t columns, int16_t rows)
{
    struct region *r = calloc(1, sizeof *r);

    *r = (struct region){.projection = laea_at(0.9, -1.7), .cell_m = GRID_CELL_M, .cell_m2 = GRID_CELL_M * GRID_CELL_M, .within_m = 1e6, .columns = columns, .rows = rows,
                         .cells = (uint32_t)(columns * rows)};
    r->cell = calloc(r->cells, sizeof *r->cell);
    r->at = calloc(r->cells, sizeof *r->at);
    for (uint32_t i = 0; i < r->cells; i++) {
        r->at[i] = (int32_t)i;
        r->cell[i] = (struct region_cell){.distance_m = 1, .column = (int16_t)(i % (uint32_t)columns), .row = (int16_t)(i / (uint32_t)columns), .nation = -1, .fir = -1};
    }
    return r;
}

struct view *grid_view(const struct region *r, double column, double row, double radius, uint16_t layers)
{
    struct view *v = malloc(sizeof *v + r->cells * sizeof v->cell[0]);

    ck_assert_ptr_nonnull(v);
    v->cells = 0;
    for (uint32_t i = 0; i < r->cells; i++)
        if (hypot(r->cell[i].column - column, r->cell[i].row - row) <= radius)
            v->cell[v->cells++] = (struct view_cell){i, {layers, 0}};
    return v;
}
