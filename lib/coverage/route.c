/* Costs are whole millimetres, unseen ones counting a ten-thousandth, as the keys of base/heap. */
#include "coverage/route.h"

#include "base/heap.h"
#include "geo/geodesic.h"
#include <math.h>
#include <stdlib.h>

#define UNSEEN 1e-4
#define NOWHERE UINT32_MAX

static bool seen(const struct volume *v, enum sight_kind kind, uint32_t cell, int layer)
{
    return v->count[kind][(size_t)cell * REGION_LAYERS + (size_t)layer] > 0;
}

/* The neighbouring cell in one of eight directions, -1: none; *outside: that is because the region ends. */
static int32_t neighbour(const struct region *r, uint32_t cell, int direction, int layer, bool *outside)
{
    static const int8_t step[8][2] = {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
    int32_t column = r->cell[cell].column + step[direction][0], row = r->cell[cell].row + step[direction][1];
    int32_t next = column < 0 || row < 0 || column >= r->columns || row >= r->rows ? -1 : r->at[row * r->columns + column];

    *outside = next < 0;
    return next >= 0 && region_height_m(&r->cell[next], &region_layer[layer]) >= 0 ? next : -1;
}

struct search {
    const struct volume *v;
    enum sight_kind kind;
    int layer;
    struct heap *heap;
    int64_t *cost; /* of the way from outside to a cell, with it */
    uint32_t *from;
};

static void offer(struct search *s, uint32_t cell, uint32_t from, int64_t cost)
{
    if (s->cost[cell] >= 0 && s->cost[cell] <= cost)
        return;
    s->cost[cell] = cost;
    s->from[cell] = from;
    heap_add(s->heap, cell, (struct instant){cost});
}

static int64_t step_cost(const struct search *s, uint32_t cell, int direction)
{
    double length = s->v->region->cell_m * (direction % 2 ? sqrt(2) : 1);

    return llround(1e3 * length * (seen(s->v, s->kind, cell, s->layer) ? 1 : UNSEEN));
}

/* The defended cell that is reached at least cost, NOWHERE: none. */
static uint32_t run(struct search *s, const uint8_t *defended)
{
    const struct region *r = s->v->region;
    struct instant due;
    uint32_t cell;
    bool outside;

    for (cell = 0; cell < r->cells; cell++) {
        s->cost[cell] = -1;
        if (region_height_m(&r->cell[cell], &region_layer[s->layer]) < 0)
            continue;
        for (int d = 0; d < 8; d += 2)
            if (neighbour(r, cell, d, s->layer, &outside) < 0 && outside)
                offer(s, cell, NOWHERE, step_cost(s, cell, 0));
    }
    while (heap_next(s->heap, (struct instant){INT64_MAX - 1}, &cell, &due)) {
        if (defended[cell])
            return cell;
        for (int d = 0; d < 8; d++) {
            int32_t next = neighbour(r, cell, d, s->layer, &outside);
            if (next >= 0)
                offer(s, (uint32_t)next, cell, s->cost[cell] + step_cost(s, (uint32_t)next, d));
        }
    }
    return NOWHERE;
}

static struct route *traced_new(const struct search *s, uint32_t last)
{
    const struct region *r = s->v->region;
    uint32_t cells = 0;
    double unseen = 0;

    for (uint32_t c = last; c != NOWHERE; c = s->from[c])
        cells++;
    struct route *out = calloc(1, sizeof *out + cells * sizeof out->cell[0]);
    if (!out)
        return NULL;
    out->cells = cells;
    for (uint32_t c = last; c != NOWHERE; c = s->from[c])
        out->cell[--cells] = c;
    for (uint32_t i = 0; i < out->cells; i++) {
        const struct region_cell *a = &r->cell[out->cell[i]], *b = &r->cell[out->cell[i ? i - 1 : 0]];
        double length = r->cell_m * (i ? hypot(a->column - b->column, a->row - b->row) : 1);
        bool now = seen(s->v, s->kind, out->cell[i], s->layer);
        unseen = now ? 0 : unseen + length;
        out->length_m += length;
        out->seen_m += now ? length : 0;
        out->longest_unseen_m = fmax(out->longest_unseen_m, unseen);
    }
    return out;
}

struct route *route_new(const struct volume *v, enum sight_kind kind, int layer, const uint8_t *defended, bool *reached)
{
    uint32_t cells = v->region->cells, last = NOWHERE;
    struct search s = {v, kind, layer, heap_new(cells), malloc((cells + 1u) * sizeof(int64_t)), malloc((cells + 1u) * sizeof(uint32_t))};
    struct route *out = NULL;

    *reached = true;
    if (s.heap && s.cost && s.from) {
        last = run(&s, defended);
        *reached = last != NOWHERE;
        out = *reached ? traced_new(&s, last) : NULL;
    }
    heap_free(s.heap);
    free(s.cost);
    free(s.from);
    return out;
}

void route_free(struct route *r)
{
    free(r);
}

double route_warning_s(const struct volume *v, enum sight_kind kind, int layer, const struct route_flight *f)
{
    double azimuth, length = geodesic_inverse(f->from, f->to, &azimuth, NULL), step = 0.25 * v->region->cell_m, begun = -1;

    for (double way = 0; way < length; way += step) {
        struct geodetic at = geodesic_direct(f->from, azimuth, way, NULL);
        int32_t cell = region_find(v->region, at.lat_rad, at.lon_rad);
        if (cell < 0 || !seen(v, kind, (uint32_t)cell, layer))
            begun = -1;
        else if (begun < 0)
            begun = way;
        if (begun >= 0 && way + step - begun >= f->confirm_s * f->speed_mps)
            return fmax(0, (length - begun) / f->speed_mps - f->confirm_s);
    }
    return 0;
}
