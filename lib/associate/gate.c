/* gate: see the header. The coarse test compares squared distances on the sphere's tangent plane at the plot: 0.3 % wrong at 50 km, which
 * the 4.5 sigma of the test cover. */
#include "associate/gate.h"

#include "base/err.h"
#include "geo/bucket.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CELLS_PER_REACH 0.5 /* a search then meets four to nine cells */
#define SIGMAS 4.5           /* wider than the chi-square gate behind it (sqrt 16 = 4) */
#define EARTH_M 6371008.8
#define ACCELERATION_MPS2 17.0 /* 60 degrees of bank that a row does not know of, */
#define ACCELERATION_S 12.0    /* for so long */
#define FOUND_MAX 512

struct gate {
    uint32_t capacity, end; /* end: one past the highest slot ever added */
    double reach_m;
    struct bucket *bucket;
    struct gate_row *row;
};

struct gate *gate_new(uint32_t capacity, double reach_m)
{
    struct gate *g = calloc(1, sizeof *g);
    if (!g)
        return NULL;
    *g = (struct gate){capacity, 0, reach_m, bucket_new(capacity, reach_m / CELLS_PER_REACH), calloc(capacity, sizeof *g->row)};
    if (!g->bucket || !g->row) {
        gate_free(g);
        return NULL;
    }
    return g;
}

void gate_free(struct gate *g)
{
    if (!g)
        return;
    bucket_free(g->bucket);
    free(g->row);
    free(g);
}

void gate_add(struct gate *g, uint32_t slot, const struct gate_row *row)
{
    g->row[slot] = *row;
    g->end = slot < g->end ? g->end : slot + 1;
    bucket_add(g->bucket, slot, row->lat_rad, row->lon_rad);
}

void gate_remove(struct gate *g, uint32_t slot)
{
    bucket_remove(g->bucket, slot);
    g->row[slot] = (struct gate_row){0};
}

static bool gate_passes(const struct gate_row *r, const struct gate_plot *p, double cos_lat)
{
    double t = instant_diff(p->time, r->time), age = fabs(t);
    double north = (p->at.lat_rad - r->lat_rad - t * r->lat_rad_s) * EARTH_M;
    double east = frame_angle(p->at.lon_rad - r->lon_rad - t * r->lon_rad_s) * cos_lat * EARTH_M;
    double track = r->sigma_m + r->sigma_mps * age, held = fmin(fabs(instant_diff(p->time, r->seen)), ACCELERATION_S);
    double reach = SIGMAS * sqrt(track * track + p->sigma_m * p->sigma_m) + p->slack_m + 0.5 * ACCELERATION_MPS2 * held * held;
    return east * east + north * north <= reach * reach;
}

static void gate_sort(uint32_t *slots, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t s = slots[i], k = i;
        for (; k > 0 && slots[k - 1] > s; k--)
            slots[k] = slots[k - 1];
        slots[k] = s;
    }
}

uint32_t gate_find(struct gate *g, const struct gate_plot *plot, uint32_t *slots, uint32_t max)
{
    uint32_t near[FOUND_MAX], passed = 0;
    double reach = g->reach_m + SIGMAS * plot->sigma_m + plot->slack_m;
    uint32_t found = bucket_find(g->bucket, plot->at.lat_rad, plot->at.lon_rad, reach, near, FOUND_MAX);
    found = found < FOUND_MAX ? found : FOUND_MAX;
    double cos_lat = cos(plot->at.lat_rad);
    for (uint32_t i = 0; i < found; i++)
        if (gate_passes(&g->row[near[i]], plot, cos_lat)) {
            if (passed < max)
                slots[passed] = near[i];
            passed++;
        }
    gate_sort(slots, passed < max ? passed : max);
    return passed;
}

/* Saved: how many rows, the rows, the bucket. */
size_t gate_state_size(const struct gate *g)
{
    return sizeof(uint64_t) + g->end * sizeof *g->row + bucket_state_size(g->bucket);
}

void gate_save(const struct gate *g, void *out)
{
    uint64_t end = g->end;
    char *at = out;
    memcpy(at, &end, sizeof end);
    memcpy(at + sizeof end, g->row, g->end * sizeof *g->row);
    bucket_save(g->bucket, at + sizeof end + g->end * sizeof *g->row);
}

int gate_load(struct gate *g, const void *in, size_t size)
{
    uint64_t end;
    const char *at = in;
    if (size < sizeof end)
        return ERR_FORMAT;
    memcpy(&end, at, sizeof end);
    if (end > g->capacity || size < sizeof end + end * sizeof *g->row)
        return ERR_FORMAT;
    size_t rows = end * sizeof *g->row;
    memcpy(g->row, at + sizeof end, rows);
    g->end = (uint32_t)end;
    return bucket_load(g->bucket, at + sizeof end + rows, size - sizeof end - rows);
}
