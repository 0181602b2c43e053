/* serve_rings: the earth is cut in two halves at the meridians 0 and 180, so that no ring crosses the antimeridian; then each half's outline is turned about,
 * because d3-geo wants outer rings clockwise, and its corners become differences. */
#include "sim/serve_rings.h"

#include "base/unit.h"
#include "coverage/outline.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STRAIGHT 20 /* cells: a side is at most so long before it gets a point more */

static bool belongs(const struct serve_set *s, uint32_t cell)
{
    const struct region_cell *c = &s->study->region->cell[cell];
    unsigned count = s->study->volume->count[s->kind][(size_t)cell * REGION_LAYERS + (size_t)s->layer];
    bool air = region_height_m(c, &region_layer[s->layer]) >= 0;

    switch (s->what) {
    case SERVE_FOLD: return air && (int)count >= s->least;
    case SERVE_GAP: return air && count == 0;
    case SERVE_GAINED: return air && count == 0 && s->before[cell] > 0;
    case SERVE_LOST: return air && count > 0 && s->before[cell] == 0;
    case SERVE_REGION: break;
    }
    return true;
}

static struct outline *half_new(const struct serve_set *s, bool west)
{
    const struct region *r = s->study->region;
    uint8_t *in = malloc(r->cells + 1u);
    struct outline *o;

    for (uint32_t i = 0; in && i < r->cells; i++)
        in[i] = (r->cell[i].lon_rad < 0) == west && belongs(s, i);
    o = in ? outline_new(r, in) : NULL;
    free(in);
    return o;
}

/* Corners of a ring with those that long sides get more. */
static uint32_t pieces(const int16_t *a, const int16_t *b)
{
    return (uint32_t)((abs(b[0] - a[0]) + abs(b[1] - a[1]) + STRAIGHT - 1) / STRAIGHT);
}

static uint32_t points_of(const struct outline *o, const struct outline_ring *ring)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < ring->count; i++)
        n += pieces(o->corner[ring->first + i], o->corner[ring->first + (i + 1) % ring->count]);
    return n;
}

struct pen {
    Airseam__Web__Rings *out;
    int32_t lat, lon; /* of the corner before */
};

static void put_point(struct pen *p, const struct region *r, double column, double row, bool west)
{
    struct geodetic at = outline_place(r, column, row);
    double lon = at.lon_rad / UNIT_DEG;
    int32_t lat_e4 = (int32_t)lround(at.lat_rad / UNIT_DEG * 1e4), lon_e4;

    if ((lon < 0) != west) /* a corner across the line that halves the earth: onto the line */
        lon = fabs(lon) > 90 ? (west ? -180 : 180) : 0;
    lon_e4 = (int32_t)lround(lon * 1e4);
    p->out->lat_e4[p->out->n_lat_e4++] = lat_e4 - p->lat;
    p->out->lon_e4[p->out->n_lon_e4++] = lon_e4 - p->lon;
    p->lat = lat_e4;
    p->lon = lon_e4;
}

static void put_ring(Airseam__Web__Rings *out, const struct region *r, const struct outline *o, const struct outline_ring *ring, bool west)
{
    struct pen pen = {.out = out};

    for (uint32_t i = ring->count; i-- > 0;) {
        const int16_t *a = o->corner[ring->first + (i + 1) % ring->count], *b = o->corner[ring->first + i];
        uint32_t n = pieces(a, b);
        for (uint32_t k = 0; k < n; k++)
            put_point(&pen, r, a[0] + (double)k * (b[0] - a[0]) / n, a[1] + (double)k * (b[1] - a[1]) / n, west);
    }
    out->corners[out->n_corners++] = points_of(o, ring);
}

static bool make_room(const struct outline *const half[2], Airseam__Web__Rings *out)
{
    size_t rings = 0, points = 0;

    for (int h = 0; h < 2; h++)
        for (uint32_t i = 0; i < half[h]->rings; i++, rings++)
            points += points_of(half[h], &half[h]->ring[i]);
    out->corners = malloc((rings + 1) * sizeof *out->corners);
    out->lat_e4 = malloc((points + 1) * sizeof *out->lat_e4);
    out->lon_e4 = malloc((points + 1) * sizeof *out->lon_e4);
    return out->corners && out->lat_e4 && out->lon_e4;
}

bool serve_rings(const struct serve_set *set, Airseam__Web__Rings *out)
{
    struct outline *half[2] = {half_new(set, false), half_new(set, true)};
    bool good = half[0] && half[1];

    airseam__web__rings__init(out);
    good = good && make_room((const struct outline *const *)half, out);
    for (int west = 0; good && west < 2; west++)
        for (uint32_t i = 0; i < half[west]->rings; i++)
            put_ring(out, set->study->region, half[west], &half[west]->ring[i], west);
    outline_free(half[0]);
    outline_free(half[1]);
    return good;
}

void serve_rings_free(Airseam__Web__Rings *r)
{
    free(r->corners);
    free(r->lat_e4);
    free(r->lon_e4);
}
