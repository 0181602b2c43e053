/* cluster: see the header. Nodes are rows first, then columns in the order in which pairs name them. All work space is taken at birth and
 * holds nothing between calls, so it is no part of any snapshot. */
#include "base/cluster.h"

#include "base/assign.h"
#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The rows and columns of one cluster's matrix. */
struct block {
    uint32_t rows, columns;
    uint32_t *row, *node; /* of each of its rows and columns: the row, the column's node */
    uint32_t *column_of;  /* what assign_solve says */
};

struct cluster {
    uint32_t rows, pairs, columns, most;
    uint32_t *parent;      /* union-find over nodes */
    uint32_t *node_column; /* column of each column node */
    uint32_t *column_node; /* node of each column, CLUSTER_NONE outside a call */
    uint32_t *local;       /* node's row or column within its cluster */
    uint32_t *order;       /* pairs, by cluster */
    uint32_t *size;        /* pairs of each root, then their place in order */
    struct block block;
    double *cost;          /* most * most */
    struct assign *assign;
};

struct cluster *cluster_new(uint32_t rows, uint32_t pairs, uint32_t columns, uint32_t most)
{
    struct cluster *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    *c = (struct cluster){.rows = rows, .pairs = pairs, .columns = columns, .most = most};
    size_t nodes = (size_t)rows + pairs;
    c->parent = calloc(nodes, sizeof *c->parent);
    c->node_column = calloc(nodes, sizeof *c->node_column);
    c->column_node = malloc(columns * sizeof *c->column_node);
    c->local = calloc(nodes, sizeof *c->local);
    c->order = calloc(pairs, sizeof *c->order);
    c->size = calloc(nodes + 1, sizeof *c->size);
    c->block.row = calloc(3 * (size_t)most, sizeof *c->block.row);
    c->cost = calloc((size_t)most * most, sizeof *c->cost);
    c->assign = assign_new(most);
    if (!c->parent || !c->node_column || !c->column_node || !c->local || !c->order || !c->size || !c->block.row || !c->cost || !c->assign) {
        cluster_free(c);
        return NULL;
    }
    c->block.node = c->block.row + most;
    c->block.column_of = c->block.node + most;
    memset(c->column_node, 0xff, columns * sizeof *c->column_node);
    return c;
}

void cluster_free(struct cluster *c)
{
    if (!c)
        return;
    free(c->parent);
    free(c->node_column);
    free(c->column_node);
    free(c->local);
    free(c->order);
    free(c->size);
    free(c->block.row);
    free(c->cost);
    assign_free(c->assign);
    free(c);
}

static uint32_t cluster_root(struct cluster *c, uint32_t node)
{
    while (c->parent[node] != node)
        node = c->parent[node] = c->parent[c->parent[node]];
    return node;
}

/* Joins what pairs connect; returns the number of nodes. The lower node becomes the root, so roots do not depend on the order of pairs. */
static uint32_t cluster_join(struct cluster *c, const struct cluster_pair *pairs, uint32_t count, uint32_t rows)
{
    uint32_t nodes = rows;
    for (uint32_t p = 0; p < rows; p++)
        c->parent[p] = p;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t column = pairs[i].column;
        if (c->column_node[column] == CLUSTER_NONE) {
            c->node_column[nodes] = column;
            c->column_node[column] = nodes;
            c->parent[nodes] = nodes;
            nodes++;
        }
        uint32_t a = cluster_root(c, pairs[i].row), b = cluster_root(c, c->column_node[column]);
        if (a < b)
            c->parent[b] = a;
        else
            c->parent[a] = b;
    }
    return nodes;
}

/* Counting sort of the pairs by root into order; size[root] becomes the end of the root's run. */
static void cluster_sort(struct cluster *c, const struct cluster_pair *pairs, uint32_t count, uint32_t nodes)
{
    memset(c->size, 0, (nodes + 1) * sizeof *c->size);
    for (uint32_t i = 0; i < count; i++)
        c->size[cluster_root(c, pairs[i].row) + 1]++;
    for (uint32_t n = 0; n < nodes; n++)
        c->size[n + 1] += c->size[n];
    for (uint32_t i = 0; i < count; i++)
        c->order[c->size[cluster_root(c, pairs[i].row)]++] = i;
}

/* Best pair first until none is worth making. */
static void cluster_greedy(struct cluster *c, const struct cluster_pair *pairs, const uint32_t *run, uint32_t count, uint32_t *column_of)
{
    for (;;) {
        const struct cluster_pair *best = NULL;
        for (uint32_t i = 0; i < count; i++) {
            const struct cluster_pair *p = &pairs[run[i]];
            bool open = column_of[p->row] == CLUSTER_NONE && c->local[c->column_node[p->column]] != CLUSTER_NONE;
            if (open && p->cost < 0.0 && (!best || p->cost < best->cost))
                best = p;
        }
        if (!best)
            return;
        column_of[best->row] = best->column;
        c->local[c->column_node[best->column]] = CLUSTER_NONE;
    }
}

/* Numbers the rows and columns of a run of pairs; returns false when there are too many for assign_solve. */
static bool cluster_number(struct cluster *c, const struct cluster_pair *pairs, const uint32_t *run, uint32_t count)
{
    struct block *b = &c->block;
    b->rows = b->columns = 0;
    for (uint32_t i = 0; i < count; i++)
        c->local[pairs[run[i]].row] = c->local[c->column_node[pairs[run[i]].column]] = CLUSTER_NONE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = pairs[run[i]].row, node = c->column_node[pairs[run[i]].column];
        if (c->local[row] == CLUSTER_NONE) {
            if (b->rows < c->most)
                b->row[b->rows] = row;
            c->local[row] = b->rows++;
        }
        if (c->local[node] == CLUSTER_NONE) {
            if (b->columns < c->most)
                b->node[b->columns] = node;
            c->local[node] = b->columns++;
        }
    }
    return b->rows <= c->most && b->columns <= c->most;
}

static void cluster_optimal(struct cluster *c, const struct cluster_pair *pairs, const uint32_t *run, uint32_t count, uint32_t *column_of,
                            struct cluster_result *result)
{
    const struct block *b = &c->block;
    bool fits = cluster_number(c, pairs, run, count);
    result->clusters++;
    result->largest = b->rows > result->largest ? b->rows : result->largest;
    if (!fits) {
        result->greedy++;
        cluster_greedy(c, pairs, run, count, column_of);
        return;
    }
    for (uint32_t i = 0; i < b->rows * b->columns; i++)
        c->cost[i] = HUGE_VAL;
    for (uint32_t i = 0; i < count; i++) {
        const struct cluster_pair *p = &pairs[run[i]];
        c->cost[c->local[p->row] * b->columns + c->local[c->column_node[p->column]]] = p->cost;
    }
    assign_solve(c->assign, c->cost, b->rows, b->columns, b->column_of);
    for (uint32_t r = 0; r < b->rows; r++)
        if (b->column_of[r] != ASSIGN_NONE)
            column_of[b->row[r]] = c->node_column[b->node[b->column_of[r]]];
}

struct cluster_result cluster_solve(struct cluster *c, const struct cluster_pair *pairs, uint32_t count, uint32_t rows, uint32_t *column_of)
{
    assert(rows <= c->rows && count <= c->pairs);
    struct cluster_result result = {0, count > 0, 0};
    for (uint32_t r = 0; r < rows; r++)
        column_of[r] = CLUSTER_NONE;
    uint32_t nodes = cluster_join(c, pairs, count, rows);
    cluster_sort(c, pairs, count, nodes);
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        end = c->size[cluster_root(c, pairs[c->order[begin]].row)];
        const struct cluster_pair *first = &pairs[c->order[begin]];
        if (end - begin > 1)
            cluster_optimal(c, pairs, &c->order[begin], end - begin, column_of, &result);
        else if (first->cost < 0.0)
            column_of[first->row] = first->column;
    }
    for (uint32_t n = rows; n < nodes; n++)
        c->column_node[c->node_column[n]] = CLUSTER_NONE;
    return result;
}
