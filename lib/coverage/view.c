/* Candidates are the cells of the square of the grid around the antenna that holds the circle: LAEA lengthens by at most STRETCH there. */
#include "coverage/view.h"

#include <math.h>
#include <stdlib.h>

#define STRETCH 1.3

struct window {
    int32_t left, right, bottom, top; /* columns and rows, ends included */
};

static int32_t clamped(double at, int32_t count)
{
    return at < 0 ? 0 : at >= count ? count - 1 : (int32_t)at;
}

static struct window window_of(const struct region *r, const struct frame *antenna, double range_m)
{
    double x, y, half = STRETCH * range_m / r->cell_m + 1;

    laea_forward(&r->projection, antenna->at, &x, &y);
    double column = x / r->cell_m + 0.5 * r->columns, row = y / r->cell_m + 0.5 * r->rows;
    return (struct window){clamped(column - half, r->columns), clamped(column + half, r->columns), clamped(row - half, r->rows), clamped(row + half, r->rows)};
}

/* Cells within range into `out` (NULL: only counted). */
static uint32_t gather(const struct region *r, struct window w, const struct horizon *h, const struct frame *antenna, double range_m,
                       struct view_reach_cell *out)
{
    struct vec3 origin = antenna->origin;
    double most = range_m * 1.01 + 20e3;
    uint32_t count = 0;

    for (int32_t row = w.bottom; row <= w.top; row++)
        for (int32_t column = w.left; column <= w.right; column++) {
            int32_t cell = r->at[row * r->columns + column];
            if (cell < 0)
                continue;
            const struct region_cell *c = &r->cell[cell];
            struct vec3 off = mat_sub3(frame_ecef((struct geodetic){c->lat_rad, c->lon_rad, 0}), origin);
            if (mat_dot3(off, off) > most * most) /* before the arc itself is worked out */
                continue;
            struct horizon_place at = horizon_locate(antenna, c->lat_rad, c->lon_rad);
            if (at.arc_m > range_m)
                continue;
            if (out)
                out[count] = (struct view_reach_cell){(uint32_t)cell, (float)at.azimuth_rad, (float)at.arc_m, (float)horizon_lowest_m(h, at)};
            count++;
        }
    return count;
}

size_t view_reach_size(uint32_t cells)
{
    return sizeof(struct view_reach) + cells * sizeof(struct view_reach_cell);
}

struct view_reach *view_reach_new(const struct region *r, const struct terrain *ground, struct horizon *h, const struct frame *antenna, double k,
                                  double range_m)
{
    struct window w = window_of(r, antenna, range_m);
    uint32_t cells = gather(r, w, h, antenna, range_m, NULL);
    struct view_reach *reach = malloc(view_reach_size(cells));

    if (!reach)
        return NULL;
    horizon_sweep(h, ground, antenna->at, k, range_m);
    *reach = (struct view_reach){.k = k, .antenna_m = horizon_antenna_m(h), .range_m = range_m, .cells = cells};
    gather(r, w, h, antenna, range_m, reach->cell);
    return reach;
}

void view_reach_free(struct view_reach *reach)
{
    free(reach);
}

static struct view_cell see(const struct region *r, const struct view_reach *reach, const struct view_reach_cell *from, const struct sight *s)
{
    struct view_cell out = {.cell = from->cell};
    struct horizon_place at = {(double)from->azimuth_rad, (double)from->arc_m};

    for (int kind = 0; kind < SIGHT_KINDS; kind++) {
        if (s->range_m[kind] <= 0)
            continue;
        struct sight_span span = sight_span(s, (enum sight_kind)kind, reach->k, reach->antenna_m, at, (double)from->lowest_m);
        for (int i = 0; i < REGION_LAYERS && span.low_m <= span.high_m; i++) {
            double height = region_height_m(&r->cell[from->cell], &region_layer[i]);
            if (height >= 0 && height >= span.low_m && height <= span.high_m)
                out.layers[kind] |= (uint16_t)(1u << i);
        }
    }
    return out;
}

struct view *view_new(const struct region *r, const struct view_reach *reach, const struct sight *s)
{
    struct view *v = malloc(sizeof *v + reach->cells * sizeof v->cell[0]);

    if (!v)
        return NULL;
    v->cells = 0;
    for (uint32_t i = 0; i < reach->cells; i++) {
        struct view_cell c = see(r, reach, &reach->cell[i], s);
        if (c.layers[SIGHT_ECHO] | c.layers[SIGHT_REPLY])
            v->cell[v->cells++] = c;
    }
    return v;
}

void view_free(struct view *v)
{
    free(v);
}
