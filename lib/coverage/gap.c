/* Components by a flood with a stack of places; then each keeps its place among the greatest by insertion, there being few of those. */
#include "coverage/gap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct flood {
    const struct volume *v;
    int kind;
    unsigned layers;
    uint32_t most;
    uint8_t *done;     /* by place */
    uint32_t *stack;
    uint32_t *last;    /* by cell: number of the gap whose shadow has it already */
    float *clear_m;    /* by place: distance to what is no gap */
    double *line, *square; /* working space of the distance transform */
    int32_t *hull;
    double *edge;
};

static bool open_place(const struct flood *f, uint32_t cell, int layer)
{
    return layer >= 0 && layer < REGION_LAYERS && (f->layers >> layer & 1) && f->v->count[f->kind][(size_t)cell * REGION_LAYERS + (size_t)layer] == 0 &&
           region_height_m(&f->v->region->cell[cell], &region_layer[layer]) >= 0;
}

/* Lower envelope of parabolas: out[i] = min over k of (i - k)^2 + in[k]. */
static void transform(const struct flood *f, int32_t n)
{
    const double *in = f->line;
    int32_t *v = f->hull, k = 0;
    double *z = f->edge;

    v[0] = 0;
    z[0] = -INFINITY;
    z[1] = (double)INFINITY;
    for (int32_t q = 1; q < n; q++) {
        double s;
        for (;;) {
            s = (in[q] - in[v[k]] + (double)q * q - (double)v[k] * v[k]) / (2.0 * (q - v[k]));
            if (s > z[k] || k == 0)
                break;
            k--;
        }
        if (s <= z[k])
            v[k] = q;
        else
            v[++k] = q;
        z[k] = k ? s : -(double)INFINITY;
        z[k + 1] = INFINITY;
    }
    k = 0;
    for (int32_t q = 0; q < n; q++) {
        while (z[k + 1] < q) /* z ends in infinity, which the analyzer cannot see. NOLINT(clang-analyzer-core.UndefinedBinaryOperatorResult) */
            k++;
        f->square[q] = (double)(q - v[k]) * (q - v[k]) + in[v[k]];
    }
}

/* clear_m of one layer; grid: columns * rows working space, in cells squared. */
static void measure_layer(const struct flood *f, int layer, double *grid)
{
    const struct region *r = f->v->region;
    int32_t w = r->columns, h = r->rows;

    for (int32_t i = 0; i < w * h; i++)
        grid[i] = r->at[i] >= 0 && open_place(f, (uint32_t)r->at[i], layer) ? 1e12 : 0;
    for (int32_t x = 0; x < w; x++) {
        for (int32_t y = 0; y < h; y++)
            f->line[y] = grid[y * w + x]; /* the loop above filled all w * h. NOLINT(clang-analyzer-core.uninitialized.Assign) */
        transform(f, h);
        for (int32_t y = 0; y < h; y++)
            grid[y * w + x] = f->square[y];
    }
    for (int32_t y = 0; y < h; y++) {
        memcpy(f->line, grid + (size_t)y * (size_t)w, (size_t)w * sizeof *grid);
        transform(f, w);
        for (int32_t x = 0; x < w; x++)
            if (r->at[y * w + x] >= 0) /* between centres; the border lies half a cell nearer */
                f->clear_m[(size_t)r->at[y * w + x] * REGION_LAYERS + (size_t)layer] = (float)(fmax(0, sqrt(f->square[x]) - 0.5) * r->cell_m);
    }
}

static uint32_t push(const struct flood *f, int32_t cell, int layer, uint32_t depth)
{
    if (cell < 0 || !open_place(f, (uint32_t)cell, layer))
        return depth;
    uint32_t place = (uint32_t)cell * REGION_LAYERS + (uint32_t)layer;
    if (f->done[place])
        return depth;
    f->done[place] = 1;
    f->stack[depth] = place;
    return depth + 1;
}

static void take(const struct flood *f, struct gap *g, uint32_t cell, int layer, uint32_t number)
{
    const struct region_cell *c = &f->v->region->cell[cell];
    double height = region_height_m(c, &region_layer[layer]), thickness[REGION_LAYERS];
    double clear = (double)f->clear_m[(size_t)cell * REGION_LAYERS + (size_t)layer];

    volume_thickness(c, thickness);
    g->volume_m3 += f->v->region->cell_m2 * thickness[layer];
    if (f->last[cell] != number) {
        f->last[cell] = number;
        g->area_m2 += f->v->region->cell_m2;
    }
    g->floor_m = fmin(g->floor_m, height);
    g->ceiling_m = fmax(g->ceiling_m, height);
    g->lowest = layer < g->lowest ? layer : g->lowest;
    g->highest = layer > g->highest ? layer : g->highest;
    if (clear > g->radius_m) {
        g->radius_m = clear;
        g->centre = cell;
        g->layer = layer;
    }
}

static struct gap follow(const struct flood *f, uint32_t cell, int layer, uint32_t number)
{
    const struct region *r = f->v->region;
    struct gap g = {.floor_m = INFINITY, .ceiling_m = -INFINITY, .lowest = REGION_LAYERS, .highest = -1, .centre = cell, .layer = layer};
    uint32_t depth = push(f, (int32_t)cell, layer, 0);

    while (depth > 0) {
        uint32_t place = f->stack[--depth], at = place / REGION_LAYERS;
        int here = (int)(place % REGION_LAYERS);
        const struct region_cell *c = &r->cell[at];
        take(f, &g, at, here, number);
        depth = push(f, c->column > 0 ? r->at[c->row * r->columns + c->column - 1] : -1, here, depth);
        depth = push(f, c->column + 1 < r->columns ? r->at[c->row * r->columns + c->column + 1] : -1, here, depth);
        depth = push(f, c->row > 0 ? r->at[(c->row - 1) * r->columns + c->column] : -1, here, depth);
        depth = push(f, c->row + 1 < r->rows ? r->at[(c->row + 1) * r->columns + c->column] : -1, here, depth);
        depth = push(f, (int32_t)at, here - 1, depth);
        depth = push(f, (int32_t)at, here + 1, depth);
    }
    return g;
}

static bool greater(const struct gap *a, const struct gap *b)
{
    return a->volume_m3 > b->volume_m3 || (a->volume_m3 == b->volume_m3 && a->area_m2 > b->area_m2);
}

static void keep(struct gaps *all, uint32_t most, const struct gap *g)
{
    uint32_t at = all->kept < most ? all->kept++ : most;

    all->count++;
    all->unseen_m3 += g->volume_m3;
    while (at > 0 && greater(g, &all->gap[at - 1])) {
        if (at < most)
            all->gap[at] = all->gap[at - 1];
        at--;
    }
    if (at < most)
        all->gap[at] = *g;
}

static void find(const struct flood *f, struct gaps *all)
{
    for (uint32_t cell = 0; cell < f->v->region->cells; cell++)
        for (int layer = 0; layer < REGION_LAYERS; layer++)
            if (!f->done[(size_t)cell * REGION_LAYERS + (size_t)layer] && open_place(f, cell, layer)) {
                struct gap g = follow(f, cell, layer, all->count + 1);
                keep(all, f->most, &g);
            }
}

struct gaps *gap_new(const struct volume *v, enum sight_kind kind, unsigned layers, uint32_t most)
{
    const struct region *r = v->region;
    size_t places = (size_t)r->cells * REGION_LAYERS + 1, side = (size_t)(r->columns > r->rows ? r->columns : r->rows) + 2;
    struct gaps *all = calloc(1, sizeof *all + most * sizeof all->gap[0]);
    double *grid = malloc((size_t)r->columns * (size_t)r->rows * sizeof *grid);
    struct flood f = {v, (int)kind, layers, most, calloc(places, 1), malloc(places * sizeof(uint32_t)), calloc(r->cells + 1u, sizeof(uint32_t)),
                      calloc(places, sizeof(float)), malloc(side * sizeof(double)), malloc(side * sizeof(double)), malloc(side * sizeof(int32_t)),
                      malloc(side * sizeof(double))};
    bool good = all && grid && f.done && f.stack && f.last && f.clear_m && f.line && f.square && f.hull && f.edge;

    for (int layer = 0; layer < REGION_LAYERS && good; layer++)
        if (layers >> layer & 1)
            measure_layer(&f, layer, grid);
    if (good)
        find(&f, all);
    free(grid);
    free(f.done);
    free(f.stack);
    free(f.last);
    free(f.clear_m);
    free(f.line);
    free(f.square);
    free(f.hull);
    free(f.edge);
    if (good)
        return all;
    free(all);
    return NULL;
}

void gap_free(struct gaps *g)
{
    free(g);
}

double gap_crossing_s(const struct gap *g, double speed_mps)
{
    return 2 * g->radius_m / speed_mps;
}
