/* assign: see the header. Each row gets a column of its own, behind the real ones, that costs 0 and stands for "unassigned"; with it every
 * row has an assignment and the textbook method for rows <= columns applies. Rejected: auction (its result depends on the step size). */
#include "base/assign.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

struct column {
    double price, distance;
    uint32_t row;  /* ASSIGN_NONE: free */
    uint32_t from; /* column before this one on the path, ASSIGN_NONE: the new row itself */
    bool done;
};

struct assign {
    uint32_t most;
    const double *cost;
    uint32_t rows, columns;
    double *row_price;     /* most */
    struct column *column; /* 2 * most: the real ones, then each row's own */
};

struct assign *assign_new(uint32_t most)
{
    struct assign *a = calloc(1, sizeof *a);
    if (!a)
        return NULL;
    a->most = most;
    a->row_price = calloc(most, sizeof *a->row_price);
    a->column = calloc(2 * (size_t)most, sizeof *a->column);
    if (a->row_price && a->column)
        return a;
    assign_free(a);
    return NULL;
}

void assign_free(struct assign *a)
{
    if (!a)
        return;
    free(a->row_price);
    free(a->column);
    free(a);
}

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
        if (a->column[c].done)
            continue;
        double d = reached + assign_cost(a, row, c) - a->row_price[row] - a->column[c].price;
        if (d < a->column[c].distance) {
            a->column[c].distance = d;
            a->column[c].from = through;
        }
        if (a->column[c].distance < HUGE_VAL && (nearest == ASSIGN_NONE || a->column[c].distance < a->column[nearest].distance))
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
        a->column[c].distance = HUGE_VAL;
        a->column[c].done = false;
    }
    for (;;) {
        column = assign_relax(a, row, column, reached);
        assert(column != ASSIGN_NONE); /* the row's own column is always there */
        a->column[column].done = true;
        reached = a->column[column].distance;
        if (a->column[column].row == ASSIGN_NONE)
            break;
        row = a->column[column].row;
    }
    a->row_price[start] += reached;
    for (uint32_t c = 0; c < all; c++)
        if (a->column[c].done && c != column) {
            a->row_price[a->column[c].row] += reached - a->column[c].distance;
            a->column[c].price -= reached - a->column[c].distance;
        }
    for (uint32_t c = column; c != ASSIGN_NONE; c = a->column[c].from)
        a->column[c].row = a->column[c].from == ASSIGN_NONE ? start : a->column[a->column[c].from].row;
}

double assign_solve(struct assign *a, const double *cost, uint32_t rows, uint32_t columns, uint32_t *column_of)
{
    assert(rows <= a->most && columns <= a->most);
    a->cost = cost;
    a->rows = rows;
    a->columns = columns;
    for (uint32_t r = 0; r < rows; r++)
        a->row_price[r] = 0.0;
    for (uint32_t c = 0; c < columns + rows; c++)
        a->column[c] = (struct column){.row = ASSIGN_NONE};
    for (uint32_t r = 0; r < rows; r++)
        assign_row(a, r);
    double sum = 0.0;
    for (uint32_t r = 0; r < rows; r++)
        column_of[r] = ASSIGN_NONE;
    for (uint32_t c = 0; c < columns; c++)
        if (a->column[c].row != ASSIGN_NONE) {
            column_of[a->column[c].row] = c;
            sum += cost[a->column[c].row * columns + c];
        }
    return sum;
}
