/* A side is a cell and a direction: 0 along its bottom eastwards, 1 up its right side, 2 along its top, 3 down its left, the cell always on the
 * left hand. Components are flooded in the order of rows, so that the first cell's bottom lies on the outer ring. */
#include "coverage/outline.h"

#include <stdlib.h>
#include <string.h>

struct trace {
    const struct region *r;
    const uint8_t *in;
    uint8_t *sides; /* by cell: bit of each side that has been walked */
    uint32_t *stack;
    uint8_t *done;
    struct outline *out;
};

static const int8_t ahead[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
static const int8_t start[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};

/* The cell at a column and row if it belongs to the set, else -1. */
static int32_t member(const struct trace *t, int32_t column, int32_t row)
{
    if (column < 0 || row < 0 || column >= t->r->columns || row >= t->r->rows)
        return -1;
    int32_t cell = t->r->at[row * t->r->columns + column];
    return cell >= 0 && t->in[cell] ? cell : -1;
}

static bool is_border(const struct trace *t, uint32_t cell, unsigned side)
{
    const struct region_cell *c = &t->r->cell[cell];
    const int8_t *right = ahead[(side + 3) % 4];

    return member(t, c->column + right[0], c->row + right[1]) < 0;
}

static void walk(struct trace *t, uint32_t from, unsigned from_side, bool hole)
{
    struct outline *o = t->out;
    struct outline_ring *ring = &o->ring[o->rings++];
    uint32_t cell = from;
    unsigned side = from_side, before = 4;

    *ring = (struct outline_ring){o->corners, 0, hole};
    do {
        const struct region_cell *c = &t->r->cell[cell];
        const int8_t *f = ahead[side], *right = ahead[(side + 3) % 4];
        t->sides[cell] |= (uint8_t)(1u << side);
        if (side != before) {
            o->corner[o->corners][0] = (int16_t)(c->column + start[side][0]);
            o->corner[o->corners++][1] = (int16_t)(c->row + start[side][1]);
        }
        before = side;
        int32_t left_ahead = member(t, c->column + f[0], c->row + f[1]);
        int32_t right_ahead = member(t, c->column + f[0] + right[0], c->row + f[1] + right[1]);
        if (left_ahead < 0) {
            side = (side + 1) % 4;
        } else if (right_ahead < 0) {
            cell = (uint32_t)left_ahead;
        } else {
            side = (side + 3) % 4;
            cell = (uint32_t)right_ahead;
        }
    } while (cell != from || side != from_side);
    ring->count = o->corners - ring->first;
}

/* The component of a cell: its outer ring, then its holes. */
static void follow(struct trace *t, uint32_t first)
{
    uint32_t depth = 0, count = 0;

    walk(t, first, 0, false);
    t->done[first] = 1;
    t->stack[count++] = first;
    while (depth < count) {
        uint32_t cell = t->stack[depth++];
        const struct region_cell *c = &t->r->cell[cell];
        for (unsigned side = 0; side < 4; side++) {
            int32_t next = member(t, c->column + ahead[side][0], c->row + ahead[side][1]);
            if (next >= 0 && !t->done[next]) {
                t->done[next] = 1;
                t->stack[count++] = (uint32_t)next;
            }
            if (is_border(t, cell, side) && !(t->sides[cell] >> side & 1))
                walk(t, cell, side, true);
        }
    }
}

static uint32_t border_sides(const struct trace *t)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < t->r->cells; i++)
        for (unsigned side = 0; t->in[i] && side < 4; side++)
            count += is_border(t, i, side);
    return count;
}

struct outline *outline_new(const struct region *r, const uint8_t *in)
{
    size_t cells = r->cells + 1u;
    struct outline *o = calloc(1, sizeof *o);
    struct trace t = {r, in, calloc(cells, 1), malloc(cells * sizeof(uint32_t)), calloc(cells, 1), o};
    bool good = o && t.sides && t.stack && t.done;

    if (good) {
        uint32_t sides = border_sides(&t);
        o->ring = malloc((sides / 4 + 1u) * sizeof *o->ring);
        o->corner = malloc((sides + 1u) * sizeof *o->corner);
        good = o->ring && o->corner;
    }
    for (uint32_t i = 0; i < r->cells && good; i++)
        if (in[i] && !t.done[i])
            follow(&t, i);
    free(t.sides);
    free(t.stack);
    free(t.done);
    if (good)
        return o;
    outline_free(o);
    return NULL;
}

void outline_free(struct outline *o)
{
    if (!o)
        return;
    free(o->ring);
    free(o->corner);
    free(o);
}

struct geodetic outline_place(const struct region *r, double column, double row)
{
    struct geodetic at;

    laea_inverse(&r->projection, (column - 0.5 * r->columns) * r->cell_m, (row - 0.5 * r->rows) * r->cell_m, &at);
    return at;
}
