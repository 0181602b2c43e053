/* ranked: see the header. To stay alone is a column of its own for each row, behind the real ones, so that it can be forbidden like any other.
 * All costs are lowered by SURELY, which makes base/assign give every row a column wherever that is possible at all. */
#include "associate/ranked.h"

#include "base/assign.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SURELY 1e6 /* far above any sum of log likelihood ratios; costs keep 1e-10 */

/* A solved problem: rows below `first` have their columns as given, row `first` must not have those of `forbidden` (bit RANKED_MOST: alone). */
struct node {
    double cost;
    uint64_t forbidden;
    uint32_t first;
    bool open; /* not told yet */
    uint8_t column_of[RANKED_MOST];
};

struct ranked {
    uint32_t most_rows, most_columns, most_told;
    uint32_t rows, columns, told, nodes;
    const double *cost;
    double *matrix;
    uint32_t *solution;
    struct assign *assign;
    struct node *node;
};

struct ranked *ranked_new(uint32_t rows, uint32_t columns, uint32_t best)
{
    assert(rows <= RANKED_MOST && columns <= RANKED_MOST);
    struct ranked *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    *r = (struct ranked){.most_rows = rows, .most_columns = columns, .most_told = best};
    r->matrix = calloc((size_t)rows * (rows + columns), sizeof *r->matrix);
    r->solution = calloc(rows, sizeof *r->solution);
    r->assign = assign_new(rows + columns);
    r->node = calloc((size_t)best * rows + 1, sizeof *r->node);
    if (!r->matrix || !r->solution || !r->assign || !r->node) {
        ranked_free(r);
        return NULL;
    }
    return r;
}

void ranked_free(struct ranked *r)
{
    if (!r)
        return;
    free(r->matrix);
    free(r->solution);
    assign_free(r->assign);
    free(r->node);
    free(r);
}

static double ranked_cost(const struct ranked *r, uint32_t row, uint8_t column)
{
    return column == RANKED_NONE ? 0.0 : r->cost[row * r->columns + column];
}

static uint64_t ranked_bit(uint8_t column)
{
    return 1ULL << (column == RANKED_NONE ? RANKED_MOST : column);
}

/* The best solution of the problem that n states: fills its open rows and its cost. False where it has none. */
static bool ranked_solve(struct ranked *r, struct node *n)
{
    uint32_t rows = r->rows - n->first, width = r->columns + rows;
    uint64_t used = 0;
    n->cost = 0.0;
    for (uint32_t i = 0; i < n->first; i++) {
        n->cost += ranked_cost(r, i, n->column_of[i]);
        used |= n->column_of[i] == RANKED_NONE ? 0 : ranked_bit(n->column_of[i]);
    }
    for (uint32_t i = 0; i < rows; i++) {
        uint64_t barred = used | (i == 0 ? n->forbidden : 0);
        double *line = &r->matrix[(size_t)i * width];
        for (uint32_t c = 0; c < r->columns; c++)
            line[c] = barred >> c & 1 ? HUGE_VAL : r->cost[(n->first + i) * r->columns + c] - SURELY;
        for (uint32_t c = 0; c < rows; c++)
            line[r->columns + c] = c == i && !(barred >> RANKED_MOST & 1) ? -SURELY : HUGE_VAL;
    }
    assign_solve(r->assign, r->matrix, rows, width, r->solution);
    for (uint32_t i = 0; i < rows; i++) {
        if (r->solution[i] == ASSIGN_NONE)
            return false;
        n->column_of[n->first + i] = r->solution[i] < r->columns ? (uint8_t)r->solution[i] : RANKED_NONE;
        n->cost += ranked_cost(r, n->first + i, n->column_of[n->first + i]);
    }
    return true;
}

void ranked_begin(struct ranked *r, const double *cost, uint32_t rows, uint32_t columns)
{
    assert(rows <= r->most_rows && columns <= r->most_columns);
    r->cost = cost;
    r->rows = rows;
    r->columns = columns;
    r->told = 0;
    r->nodes = 1;
    r->node[0] = (struct node){.open = true};
    ranked_solve(r, &r->node[0]);
}

/* What is left of n's problem without its solution. */
static void ranked_part(struct ranked *r, const struct node *n)
{
    for (uint32_t row = n->first; row < r->rows; row++) {
        struct node *child = &r->node[r->nodes];
        *child = *n;
        child->first = row;
        child->forbidden = ranked_bit(n->column_of[row]) | (row == n->first ? n->forbidden : 0);
        child->open = true;
        r->nodes += ranked_solve(r, child);
    }
}

bool ranked_next(struct ranked *r, uint8_t *column_of, double *cost)
{
    struct node *best = NULL;
    for (uint32_t i = 0; i < r->nodes && r->told < r->most_told; i++)
        if (r->node[i].open && (!best || r->node[i].cost < best->cost))
            best = &r->node[i];
    if (!best)
        return false;
    best->open = false;
    memcpy(column_of, best->column_of, r->rows);
    *cost = best->cost;
    if (++r->told < r->most_told)
        ranked_part(r, best);
    return true;
}
