/* cluster: see the header. Nodes are plots first, then tracks in the order in which pairs name them. All work space is taken at birth and
 * holds nothing between calls, so it is no part of any snapshot. */
#include "associate/cluster.h"

#include "associate/assign.h"
#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct cluster {
    uint32_t plots, pairs, tracks;
    uint32_t *parent;      /* union-find over nodes */
    uint32_t *node_track;  /* track of each track node */
    uint32_t *track_node;  /* node of each track, CLUSTER_NONE outside a call */
    uint32_t *local;       /* node's row or column within its cluster */
    uint32_t *order;       /* pairs, by cluster */
    uint32_t *size;        /* pairs of each root, then their place in order */
};

struct cluster *cluster_new(uint32_t plots, uint32_t pairs, uint32_t tracks)
{
    struct cluster *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    *c = (struct cluster){.plots = plots, .pairs = pairs, .tracks = tracks};
    size_t nodes = (size_t)plots + pairs;
    c->parent = calloc(nodes, sizeof *c->parent);
    c->node_track = calloc(nodes, sizeof *c->node_track);
    c->track_node = malloc(tracks * sizeof *c->track_node);
    c->local = calloc(nodes, sizeof *c->local);
    c->order = calloc(pairs, sizeof *c->order);
    c->size = calloc(nodes + 1, sizeof *c->size);
    if (!c->parent || !c->node_track || !c->track_node || !c->local || !c->order || !c->size) {
        cluster_free(c);
        return NULL;
    }
    memset(c->track_node, 0xff, tracks * sizeof *c->track_node);
    return c;
}

void cluster_free(struct cluster *c)
{
    if (!c)
        return;
    free(c->parent);
    free(c->node_track);
    free(c->track_node);
    free(c->local);
    free(c->order);
    free(c->size);
    free(c);
}

static uint32_t cluster_root(struct cluster *c, uint32_t node)
{
    while (c->parent[node] != node)
        node = c->parent[node] = c->parent[c->parent[node]];
    return node;
}

/* Joins what pairs connect; returns the number of nodes. The lower node becomes the root, so roots do not depend on the order of pairs. */
static uint32_t cluster_join(struct cluster *c, const struct cluster_pair *pairs, uint32_t count, uint32_t plots)
{
    uint32_t nodes = plots;
    for (uint32_t p = 0; p < plots; p++)
        c->parent[p] = p;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t track = pairs[i].track;
        if (c->track_node[track] == CLUSTER_NONE) {
            c->node_track[nodes] = track;
            c->track_node[track] = nodes;
            c->parent[nodes] = nodes;
            nodes++;
        }
        uint32_t a = cluster_root(c, pairs[i].plot), b = cluster_root(c, c->track_node[track]);
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
        c->size[cluster_root(c, pairs[i].plot) + 1]++;
    for (uint32_t n = 0; n < nodes; n++)
        c->size[n + 1] += c->size[n];
    for (uint32_t i = 0; i < count; i++)
        c->order[c->size[cluster_root(c, pairs[i].plot)]++] = i;
}

/* Best pair first until none is worth making. */
static void cluster_greedy(struct cluster *c, const struct cluster_pair *pairs, const uint32_t *run, uint32_t count, uint32_t *track_of)
{
    for (;;) {
        const struct cluster_pair *best = NULL;
        for (uint32_t i = 0; i < count; i++) {
            const struct cluster_pair *p = &pairs[run[i]];
            bool open = track_of[p->plot] == CLUSTER_NONE && c->local[c->track_node[p->track]] != CLUSTER_NONE;
            if (open && p->cost < 0.0 && (!best || p->cost < best->cost))
                best = p;
        }
        if (!best)
            return;
        track_of[best->plot] = best->track;
        c->local[c->track_node[best->track]] = CLUSTER_NONE;
    }
}

/* The rows and columns of one cluster's matrix. */
struct block {
    uint32_t rows, columns;
    uint32_t row[ASSIGN_MAX], column[ASSIGN_MAX]; /* plot, node */
};

/* Numbers the rows and columns of a run of pairs; returns false when there are too many for assign_solve. */
static bool cluster_number(struct cluster *c, const struct cluster_pair *pairs, const uint32_t *run, uint32_t count, struct block *b)
{
    b->rows = b->columns = 0;
    for (uint32_t i = 0; i < count; i++)
        c->local[pairs[run[i]].plot] = c->local[c->track_node[pairs[run[i]].track]] = CLUSTER_NONE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t plot = pairs[run[i]].plot, node = c->track_node[pairs[run[i]].track];
        if (c->local[plot] == CLUSTER_NONE) {
            if (b->rows < ASSIGN_MAX)
                b->row[b->rows] = plot;
            c->local[plot] = b->rows++;
        }
        if (c->local[node] == CLUSTER_NONE) {
            if (b->columns < ASSIGN_MAX)
                b->column[b->columns] = node;
            c->local[node] = b->columns++;
        }
    }
    return b->rows <= ASSIGN_MAX && b->columns <= ASSIGN_MAX;
}

static void cluster_optimal(struct cluster *c, const struct cluster_pair *pairs, const uint32_t *run, uint32_t count, uint32_t *track_of,
                            struct cluster_result *result)
{
    struct block b;
    uint32_t column_of[ASSIGN_MAX];
    bool fits = cluster_number(c, pairs, run, count, &b);
    result->clusters++;
    result->largest = b.rows > result->largest ? b.rows : result->largest;
    if (!fits) {
        cluster_greedy(c, pairs, run, count, track_of);
        return;
    }
    double cost[ASSIGN_MAX * ASSIGN_MAX];
    for (uint32_t i = 0; i < b.rows * b.columns; i++)
        cost[i] = HUGE_VAL;
    for (uint32_t i = 0; i < count; i++) {
        const struct cluster_pair *p = &pairs[run[i]];
        cost[c->local[p->plot] * b.columns + c->local[c->track_node[p->track]]] = p->cost;
    }
    assign_solve(cost, b.rows, b.columns, column_of);
    for (uint32_t r = 0; r < b.rows; r++)
        if (column_of[r] != ASSIGN_NONE)
            track_of[b.row[r]] = c->node_track[b.column[column_of[r]]];
}

struct cluster_result cluster_solve(struct cluster *c, const struct cluster_pair *pairs, uint32_t count, uint32_t plots, uint32_t *track_of)
{
    assert(plots <= c->plots && count <= c->pairs);
    struct cluster_result result = {0, count > 0};
    for (uint32_t p = 0; p < plots; p++)
        track_of[p] = CLUSTER_NONE;
    uint32_t nodes = cluster_join(c, pairs, count, plots);
    cluster_sort(c, pairs, count, nodes);
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        end = c->size[cluster_root(c, pairs[c->order[begin]].plot)];
        const struct cluster_pair *first = &pairs[c->order[begin]];
        if (end - begin > 1)
            cluster_optimal(c, pairs, &c->order[begin], end - begin, track_of, &result);
        else if (first->cost < 0.0)
            track_of[first->plot] = first->track;
    }
    for (uint32_t n = plots; n < nodes; n++)
        c->track_node[c->node_track[n]] = CLUSTER_NONE;
    return result;
}
