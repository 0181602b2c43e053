/* assign: see the header. Each row gets a column of its own, behind the real ones, that costs 0 and stands for "unassigned"; with it every
 * row has an assignment and the textbook method for rows <= columns applies. Rejected: auction (its result depends on the step size). */
#include "associate/assign.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#define COLUMNS (2 * ASSIGN_MAX)

struct assign {
    const double *cost;
    uint32_t rows, columns;
    double row_price[ASSIGN_MAX], column_price[COLUMNS];
    uint32_t row_of[COLUMNS]; /* ASSIGN_NONE: free */
    uint32_t from[COLUMNS];   /* column before this one on the path, ASSIGN_NONE: the new row itself */
    double distance[COLUMNS];
    bool done[COLUMNS];
};

static double assign_cost(const struct assign *a, uint32_t row, uint32_t column)
{
    if (column < a->columns)
        return a->cost[row * a->columns + column];
    return column - a->columns == row ? 0.0 : HUGE_VAL;
}

/* Relaxes all columns from `row`, reached through column `through` at `reached`; returns the nearest column not done. */
static uint32_t assign_relax(struct assign *a, uint32_t row, uint32_t through, double reached)
{
    uint32_t nearest = ASSIGN_NONE;
    for (uint32_t c = 0; c < a->columns + a->rows; c++) {
        if (a->done[c])
            continue;
        double d = reached + assign_cost(a, row, c) - a->row_price[row] - a->column_price[c];
        if (d < a->distance[c]) {
            a->distance[c] = d;
            a->from[c] = through;
        }
        if (a->distance[c] < HUGE_VAL && (nearest == ASSIGN_NONE || a->distance[c] < a->distance[nearest]))
            nearest = c;
    }
    return nearest;
}

/* Crouse's algorithm, one row at a time: the cheapest path from the row to a free column, then prices, then the flips along the path. */
static void assign_row(struct assign *a, uint32_t start)
{
    uint32_t row = start, column = ASSIGN_NONE, all = a->columns + a->rows;
    double reached = 0.0;
    for (uint32_t c = 0; c < all; c++) {
        a->distance[c] = HUGE_VAL;
        a->done[c] = false;
    }
    for (;;) {
        column = assign_relax(a, row, column, reached);
        assert(column != ASSIGN_NONE); /* the row's own column is always there */
        a->done[column] = true;
        reached = a->distance[column];
        if (a->row_of[column] == ASSIGN_NONE)
            break;
        row = a->row_of[column];
    }
    a->row_price[start] += reached;
    for (uint32_t c = 0; c < all; c++)
        if (a->done[c] && c != column) {
            a->row_price[a->row_of[c]] += reached - a->distance[c];
            a->column_price[c] -= reached - a->distance[c];
        }
    for (uint32_t c = column; c != ASSIGN_NONE; c = a->from[c])
        a->row_of[c] = a->from[c] == ASSIGN_NONE ? start : a->row_of[a->from[c]];
}

double assign_solve(const double *cost, uint32_t rows, uint32_t columns, uint32_t *column_of)
{
    assert(rows <= ASSIGN_MAX && columns <= ASSIGN_MAX);
    struct assign a = {.cost = cost, .rows = rows, .columns = columns};
    for (uint32_t c = 0; c < columns + rows; c++)
        a.row_of[c] = ASSIGN_NONE;
    for (uint32_t r = 0; r < rows; r++)
        assign_row(&a, r);
    double sum = 0.0;
    for (uint32_t r = 0; r < rows; r++)
        column_of[r] = ASSIGN_NONE;
    for (uint32_t c = 0; c < columns; c++)
        if (a.row_of[c] != ASSIGN_NONE) {
            column_of[a.row_of[c]] = c;
            sum += cost[a.row_of[c] * columns + c];
        }
    return sum;
}
