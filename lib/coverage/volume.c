/* -ln(1 - A) is kept as an integer, capped at what certainty 1 - 1e-9 has, so that removing a sensor restores the sum to the bit. */
#include "coverage/volume.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UNITS 65536.0
#define SUREST 1e-9

struct volume *volume_new(const struct region *r, unsigned groups)
{
    assert(groups >= 1 && groups <= VOLUME_GROUPS);
    struct volume *v = calloc(1, sizeof *v);
    if (v == NULL)
        return NULL;
    size_t places = (size_t)r->cells * REGION_LAYERS;
    bool good = true;
    v->region = r;
    v->groups = groups;
    for (int kind = 0; kind < SIGHT_KINDS; kind++) {
        good = (v->count[kind] = calloc(places, 1)) != NULL && good;
        for (unsigned g = 0; g < groups; g++) {
            v->group_availability[g] = 1;
            good = (v->doubt[kind][g] = calloc(places, sizeof(uint32_t))) != NULL && good;
        }
    }
    if (good)
        return v;
    volume_free(v);
    return NULL;
}

void volume_free(struct volume *v)
{
    for (int kind = 0; v && kind < SIGHT_KINDS; kind++) {
        free(v->count[kind]);
        for (unsigned g = 0; g < VOLUME_GROUPS; g++)
            free(v->doubt[kind][g]);
    }
    free(v);
}

static uint32_t doubt_of(double availability)
{
    return (uint32_t)lround(-log(fmax(1 - availability, SUREST)) * UNITS);
}

static void change(struct volume *v, const struct view *view, unsigned group, double availability, int sign)
{
    assert(group < v->groups);
    uint32_t doubt = sign > 0 ? doubt_of(availability) : 0U - doubt_of(availability);

    for (uint32_t i = 0; i < view->cells; i++)
        for (int kind = 0; kind < SIGHT_KINDS; kind++) {
            size_t at = (size_t)view->cell[i].cell * REGION_LAYERS;
            for (unsigned bits = view->cell[i].layers[kind]; bits; bits >>= 1, at++)
                if (bits & 1) {
                    v->count[kind][at] = (uint8_t)(v->count[kind][at] + sign);
                    v->doubt[kind][group][at] += doubt;
                }
        }
}

void volume_add(struct volume *v, const struct view *view, unsigned group, double availability)
{
    change(v, view, group, availability, 1);
}

void volume_remove(struct volume *v, const struct view *view, unsigned group, double availability)
{
    change(v, view, group, availability, -1);
}

static double availability_at(const struct volume *v, int kind, size_t at)
{
    double nobody = 1;

    for (unsigned g = 0; g < v->groups; g++)
        if (v->doubt[kind][g][at] > 0)
            nobody *= 1 - v->group_availability[g] * (1 - exp(-(double)v->doubt[kind][g][at] / UNITS));
    return 1 - nobody;
}

double volume_availability(const struct volume *v, enum sight_kind kind, uint32_t cell, int layer)
{
    return availability_at(v, (int)kind, (size_t)cell * REGION_LAYERS + (size_t)layer);
}

void volume_thickness(const struct region_cell *c, double thickness_m[REGION_LAYERS])
{
    double height[REGION_LAYERS];

    for (int i = 0; i < REGION_LAYERS; i++)
        height[i] = region_height_m(c, &region_layer[i]);
    for (int i = 0; i < REGION_LAYERS; i++) {
        double next = INFINITY;
        for (int k = 0; k < REGION_LAYERS; k++)
            if (height[k] > height[i])
                next = fmin(next, height[k]);
        thickness_m[i] = height[i] >= 0 && isfinite(next) ? next - height[i] : 0;
    }
}

/* What one place weighs in one row. */
static void weigh(struct volume_figures *f, const uint8_t count[SIGHT_KINDS], const double available[SIGHT_KINDS], double weight)
{
    f->whole += weight;
    for (int kind = 0; kind < SIGHT_KINDS; kind++) {
        for (int n = 0; n < VOLUME_FOLDS && count[kind] > n; n++)
            f->folds[kind][n] += weight;
        f->meets[kind] += available[kind] >= VOLUME_MEETS ? weight : 0;
        f->expected[kind] += weight * available[kind];
    }
}

void volume_measure(const struct volume *v, const int8_t (*of)[VOLUME_SCOPES_PER_CELL], unsigned scopes, struct volume_figures *tables)
{
    const struct region *r = v->region;

    memset(tables, 0, (size_t)scopes * VOLUME_ROWS * sizeof *tables);
    for (uint32_t cell = 0; cell < r->cells; cell++) {
        double thickness[REGION_LAYERS];
        volume_thickness(&r->cell[cell], thickness);
        for (int layer = 0; layer < REGION_LAYERS; layer++) {
            size_t at = (size_t)cell * REGION_LAYERS + (size_t)layer;
            if (region_height_m(&r->cell[cell], &region_layer[layer]) < 0)
                continue;
            uint8_t count[SIGHT_KINDS];
            double available[SIGHT_KINDS] = {0};
            for (int kind = 0; kind < SIGHT_KINDS; kind++)
                if ((count[kind] = v->count[kind][at]) > 0)
                    available[kind] = availability_at(v, kind, at);
            for (const int8_t *s = of[cell]; *s >= 0; s++) {
                weigh(&tables[*s * VOLUME_ROWS + layer], count, available, r->cell_m2);
                weigh(&tables[*s * VOLUME_ROWS + REGION_LAYERS], count, available, r->cell_m2 * thickness[layer]);
            }
        }
    }
}

void volume_alone(const struct volume *v, const struct view *view, double alone[SIGHT_KINDS][VOLUME_ROWS])
{
    const struct region *r = v->region;

    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        for (int row = 0; row < VOLUME_ROWS; row++)
            alone[kind][row] = 0;
    for (uint32_t i = 0; i < view->cells; i++) {
        double thickness[REGION_LAYERS];
        volume_thickness(&r->cell[view->cell[i].cell], thickness);
        for (int kind = 0; kind < SIGHT_KINDS; kind++) {
            const uint8_t *count = v->count[kind] + (size_t)view->cell[i].cell * REGION_LAYERS;
            for (int layer = 0; layer < REGION_LAYERS; layer++)
                if ((view->cell[i].layers[kind] >> layer & 1) && count[layer] == 1) {
                    alone[kind][layer] += r->cell_m2;
                    alone[kind][REGION_LAYERS] += r->cell_m2 * thickness[layer];
                }
        }
    }
}
