/* bucket: a spatial hash over cells of nearly equal area.
 *
 * Latitude is cut into rows of equal height; a row into as many equal columns as its middle parallel holds cells. Cells are numbered along
 * the rows; a multiplicative hash (Knuth, TAOCP 3, 6.4) of that number picks one of at least `capacity` chains. Points of several
 * cells may share a chain, so each point keeps its cell's number.
 *
 * How far a window reaches in longitude: two points at great-circle angle a obey sin(a/2) >= sqrt(cos lat1 cos lat2) sin(dlon/2), hence
 * dlon <= 2 asin(sin(a/2) / c) with c the smaller cosine. asin x <= 1.05 x up to x = 1/2; beyond that a row is taken whole. Cosines are kept
 * per row, at its poleward edge, so a search does no trigonometry. Metres become angles by the least radius of curvature of the
 * ellipsoid, so that no window is too small. */
#include "geo/bucket.h"

#include "base/err.h"
#include "base/unit.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX
#define MEAN_M 6371008.8  /* mean radius: cell sizes */
#define LEAST_M 6335439.0 /* meridian radius of curvature at the equator: windows */

struct row {
    uint32_t first, columns; /* number of the row's first cell; how many */
    double min_cos;          /* of latitude at the poleward edge */
};

struct node {
    uint32_t cell, next, prev; /* cell NONE: the point is nowhere */
};

struct chain {
    uint32_t first, last;
};

struct bucket {
    uint32_t capacity, rows;
    int shift; /* 32 - log2(chains) */
    double cell_m, rows_per_rad;
    struct row *row;
    struct chain *chains;
    struct node *nodes;
};

struct header {
    double cell_m;
    uint32_t capacity, zero;
};

static size_t chain_count(const struct bucket *b)
{
    return (size_t)1 << (32 - b->shift);
}

static uint32_t chain_of(const struct bucket *b, uint32_t cell)
{
    return (uint32_t)(cell * UINT32_C(2654435769)) >> b->shift;
}

static void clear(struct bucket *b)
{
    memset(b->chains, 0xff, chain_count(b) * sizeof *b->chains); /* all NONE */
    memset(b->nodes, 0xff, b->capacity * sizeof *b->nodes);
}

static void lay_rows(struct bucket *b)
{
    uint32_t next = 0;
    for (uint32_t r = 0; r < b->rows; r++) {
        double south = -0.5 * UNIT_PI + r / b->rows_per_rad, north = south + 1.0 / b->rows_per_rad;
        double columns = floor(2.0 * UNIT_PI * MEAN_M * cos(0.5 * (south + north)) / b->cell_m);
        double edge = fmax(fabs(south), fabs(north));
        b->row[r].first = next;
        b->row[r].columns = columns < 1.0 ? 1 : (uint32_t)columns;
        b->row[r].min_cos = edge < 0.5 * UNIT_PI ? fmax(cos(edge), 0.0) : 0.0;
        next += b->row[r].columns;
    }
}

struct bucket *bucket_new(uint32_t capacity, double cell_m)
{
    assert(capacity > 0 && capacity < UINT32_C(1) << 31 && cell_m >= 1000.0 && cell_m < 1e7);
    struct bucket *b = calloc(1, sizeof *b);
    if (b == NULL)
        return NULL;
    b->capacity = capacity;
    b->cell_m = cell_m;
    b->rows = (uint32_t)ceil(UNIT_PI * MEAN_M / cell_m);
    b->rows_per_rad = b->rows / UNIT_PI;
    b->shift = 31;
    while (chain_count(b) < capacity)
        b->shift--;
    b->row = malloc(b->rows * sizeof *b->row);
    b->chains = malloc(chain_count(b) * sizeof *b->chains);
    b->nodes = malloc(capacity * sizeof *b->nodes);
    if (b->row == NULL || b->chains == NULL || b->nodes == NULL) {
        bucket_free(b);
        return NULL;
    }
    lay_rows(b);
    clear(b);
    return b;
}

void bucket_free(struct bucket *b)
{
    if (b == NULL)
        return;
    free(b->row);
    free(b->chains);
    free(b->nodes);
    free(b);
}

/* The row of a latitude, also of one beyond a pole. */
static uint32_t row_of(const struct bucket *b, double lat_rad)
{
    double r = (lat_rad + 0.5 * UNIT_PI) * b->rows_per_rad;
    if (r < 0.0)
        return 0;
    return r < b->rows ? (uint32_t)r : b->rows - 1;
}

/* Longitude as a fraction of a turn in [0, 1]. */
static double turn_of(double lon_rad)
{
    double turn = lon_rad * (0.5 / UNIT_PI);
    return turn - floor(turn);
}

static uint32_t cell_of(const struct bucket *b, double lat_rad, double lon_rad)
{
    const struct row *row = &b->row[row_of(b, lat_rad)];
    uint32_t column = (uint32_t)(turn_of(lon_rad) * row->columns);
    return row->first + (column < row->columns ? column : row->columns - 1);
}

static void unlink_node(struct bucket *b, uint32_t slot)
{
    struct node *n = &b->nodes[slot];
    struct chain *chain = &b->chains[chain_of(b, n->cell)];
    *(n->prev == NONE ? &chain->first : &b->nodes[n->prev].next) = n->next;
    *(n->next == NONE ? &chain->last : &b->nodes[n->next].prev) = n->prev;
    n->cell = NONE;
}

void bucket_add(struct bucket *b, uint32_t slot, double lat_rad, double lon_rad)
{
    assert(slot < b->capacity && isfinite(lat_rad) && isfinite(lon_rad));
    struct node *n = &b->nodes[slot];
    uint32_t cell = cell_of(b, lat_rad, lon_rad);
    if (n->cell == cell)
        return;
    if (n->cell != NONE)
        unlink_node(b, slot);
    struct chain *chain = &b->chains[chain_of(b, cell)];
    *n = (struct node){.cell = cell, .next = NONE, .prev = chain->last};
    *(chain->last == NONE ? &chain->first : &b->nodes[chain->last].next) = slot;
    chain->last = slot;
}

void bucket_remove(struct bucket *b, uint32_t slot)
{
    assert(slot < b->capacity);
    if (b->nodes[slot].cell != NONE)
        unlink_node(b, slot);
}

/* Where a search puts what it finds. */
struct harvest {
    uint32_t *slots;
    uint32_t max, count;
};

static void gather(const struct bucket *b, uint32_t cell, struct harvest *h)
{
    for (uint32_t i = b->chains[chain_of(b, cell)].first; i != NONE; i = b->nodes[i].next) {
        if (b->nodes[i].cell != cell)
            continue;
        if (h->count < h->max)
            h->slots[h->count] = i;
        h->count++;
    }
}

uint32_t bucket_find(const struct bucket *b, double lat_rad, double lon_rad, double radius_m, uint32_t *slots, uint32_t max)
{
    assert(radius_m >= 0.0);
    double angle = radius_m / LEAST_M;
    double turn = turn_of(lon_rad);
    uint32_t last_row = row_of(b, lat_rad + angle);
    double own_cos = b->row[row_of(b, lat_rad)].min_cos;
    struct harvest h = {slots, max, 0};
    for (uint32_t r = row_of(b, lat_rad - angle); r <= last_row; r++) {
        const struct row *row = &b->row[r];
        double half_turn = 0.5 * angle / fmin(own_cos, row->min_cos); /* x of the asin above: sin(a/2) <= a/2; infinite at a pole */
        double reach = 1.05 / UNIT_PI * half_turn * row->columns;     /* columns either way: 2 asin(x) / (2 pi) of the row */
        double middle = turn * row->columns;
        if (!(half_turn <= 0.5) || 2.0 * reach + 1.0 >= row->columns) {
            for (uint32_t c = 0; c < row->columns; c++)
                gather(b, row->first + c, &h);
            continue;
        }
        int64_t columns = row->columns;
        for (int64_t c = (int64_t)floor(middle - reach); c <= (int64_t)floor(middle + reach); c++)
            gather(b, row->first + (uint32_t)(c < 0 ? c + columns : c < columns ? c : c - columns), &h);
    }
    return h.count;
}

size_t bucket_state_size(const struct bucket *b)
{
    return sizeof(struct header) + chain_count(b) * sizeof *b->chains + b->capacity * sizeof *b->nodes;
}

void bucket_save(const struct bucket *b, void *out)
{
    unsigned char *at = out;
    struct header h = {.cell_m = b->cell_m, .capacity = b->capacity};
    memcpy(at, &h, sizeof h);
    memcpy(at + sizeof h, b->chains, chain_count(b) * sizeof *b->chains);
    memcpy(at + sizeof h + chain_count(b) * sizeof *b->chains, b->nodes, b->capacity * sizeof *b->nodes);
}

/* Follows one chain: every link has its counterpart, every cell hashes to this chain. Counts its points. */
static bool is_chain(const struct bucket *b, uint32_t chain, uint32_t *count)
{
    uint32_t prev = NONE;
    const struct row *last = &b->row[b->rows - 1];
    for (uint32_t i = b->chains[chain].first; i != NONE; prev = i, i = b->nodes[i].next) {
        if (i >= b->capacity || b->nodes[i].prev != prev || b->nodes[i].cell >= last->first + last->columns)
            return false;
        if (chain_of(b, b->nodes[i].cell) != chain || ++*count > b->capacity)
            return false;
    }
    return b->chains[chain].last == prev;
}

static bool is_consistent(const struct bucket *b)
{
    uint32_t linked = 0, present = 0;
    for (uint32_t c = 0; c < chain_count(b); c++)
        if (!is_chain(b, c, &linked))
            return false;
    for (uint32_t i = 0; i < b->capacity; i++)
        present += b->nodes[i].cell != NONE;
    return linked == present;
}

int bucket_load(struct bucket *b, const void *in, size_t size)
{
    struct header h;
    const unsigned char *at = in;
    clear(b);
    if (size != bucket_state_size(b))
        return ERR_FORMAT;
    memcpy(&h, at, sizeof h);
    if (h.cell_m != b->cell_m || h.capacity != b->capacity)
        return ERR_FORMAT;
    memcpy(b->chains, at + sizeof h, chain_count(b) * sizeof *b->chains);
    memcpy(b->nodes, at + sizeof h + chain_count(b) * sizeof *b->chains, b->capacity * sizeof *b->nodes);
    if (!is_consistent(b)) {
        clear(b);
        return ERR_FORMAT;
    }
    return 0;
}
