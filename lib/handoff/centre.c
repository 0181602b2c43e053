/* Rows joined with areas at birth: which area is which centre's, whose edges are shared (two centres are neighbours when one's edge is the other's,
 * corner for corner, as the areas of a partition are), and per ordered pair the last rule that fits.
 *
 * Leaving is an intersection of segments in latitude and longitude, in which both the edges (geo/area.h) and a leg of some tens of kilometres are straight. */
#include "handoff/centre.h"

#include "base/err.h"
#include "base/map.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RINGS_MAX 512
#define NO_RULE 0xff

struct ring {
    const struct geodetic *corner; /* lent by the area */
    uint32_t corners;
    int16_t centre;
    double south_rad, north_rad, west_rad, east_rad;
};

struct centres {
    struct area *area;
    int count, sectors;
    uint32_t rules, rings;
    struct centre centre[CENTRE_MAX];
    struct centre_sector sector[CENTRE_SECTORS];
    int8_t centre_of_area[AREA_MAX];
    bool neighbour[CENTRE_MAX][CENTRE_MAX];
    uint8_t rule_of[CENTRE_MAX][CENTRE_MAX];
    struct centre_agreement agreement[NO_RULE];
    struct ring ring[RINGS_MAX];
};

static const struct centre_agreement no_agreement = {.mode = CENTRE_ENDS, .entry_s = 60, .initiate_lead_s = 180, .ceiling_pressure_m = 1e5, .floor_pressure_m = -1e4};

/* ---- birth ---- */

static bool fits(const char *want, const struct centre *c)
{
    return want[0] == '\0' || strcmp(want, c->code) == 0 || strcmp(want, c->nation) == 0;
}

static bool holds(const struct centre_rule *rule, const struct centre *a, const struct centre *b)
{
    return (fits(rule->from, a) && fits(rule->to, b)) || (rule->both_ways && fits(rule->from, b) && fits(rule->to, a));
}

static void apply_rules(struct centres *c, const struct centre_rule *rule)
{
    memset(c->rule_of, NO_RULE, sizeof c->rule_of);
    for (uint32_t r = 0; r < c->rules; r++) {
        c->agreement[r] = rule[r].agreement;
        for (int a = 0; a < c->count; a++) {
            for (int b = 0; b < c->count; b++) {
                c->rule_of[a][b] = holds(&rule[r], &c->centre[a], &c->centre[b]) ? (uint8_t)r : c->rule_of[a][b];
            }
        }
    }
}

static void bound(struct ring *r)
{
    r->south_rad = r->west_rad = HUGE_VAL;
    r->north_rad = r->east_rad = -HUGE_VAL;
    for (uint32_t i = 0; i < r->corners; i++) {
        r->south_rad = fmin(r->south_rad, r->corner[i].lat_rad);
        r->north_rad = fmax(r->north_rad, r->corner[i].lat_rad);
        r->west_rad = fmin(r->west_rad, r->corner[i].lon_rad);
        r->east_rad = fmax(r->east_rad, r->corner[i].lon_rad);
    }
}

static int join_areas(struct centres *c, uint32_t *row)
{
    const struct geodetic *corner;
    uint32_t corners;
    int area;

    memset(c->centre_of_area, CENTRE_NONE, sizeof c->centre_of_area);
    for (int i = 0; i < c->count; i++) {
        int at = area_find(c->area, c->centre[i].code);

        if (at == AREA_NONE) {
            *row = (uint32_t)i;
            return ERR_UNKNOWN;
        }
        c->centre_of_area[at] = (int8_t)i;
    }
    for (uint32_t r = 0; (corners = area_ring(c->area, r, &area, &corner)) > 0; r++) {
        if (c->rings == RINGS_MAX) {
            return ERR_FULL;
        }
        c->ring[c->rings] = (struct ring){.corner = corner, .corners = corners, .centre = c->centre_of_area[area]};
        bound(&c->ring[c->rings++]);
    }
    return 0;
}

/* An edge's name, whichever way it is walked: its corners in steps of 1e-4 degrees, mixed (splitmix64's finalizer). */
static uint64_t edge_key(struct geodetic a, struct geodetic b)
{
    const double unit = 1e-4 * 0.017453292519943295;
    uint64_t one = (uint64_t)llround(a.lat_rad / unit + 9e5) << 22 | (uint64_t)llround(a.lon_rad / unit + 1.8e6);
    uint64_t two = (uint64_t)llround(b.lat_rad / unit + 9e5) << 22 | (uint64_t)llround(b.lon_rad / unit + 1.8e6);
    uint64_t z = (one ^ two) * UINT64_C(0x9e3779b97f4a7c15) + (one < two ? one : two);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static int find_neighbours(struct centres *c)
{
    uint32_t edges = 0;
    struct map *owner;

    for (uint32_t r = 0; r < c->rings; r++) {
        edges += c->ring[r].corners;
    }
    owner = map_new(edges + 1);
    if (!owner) {
        return ERR_MEMORY;
    }
    for (uint32_t r = 0; r < c->rings; r++) {
        const struct ring *ring = &c->ring[r];

        for (uint32_t i = 0; i < ring->corners && ring->centre >= 0; i++) {
            uint64_t key = edge_key(ring->corner[i], ring->corner[(i + 1) % ring->corners]);
            uint32_t other;

            if (!map_find(owner, key, &other)) {
                (void)map_add(owner, key, (uint32_t)ring->centre);
            } else if (other != (uint32_t)ring->centre) {
                c->neighbour[other][ring->centre] = c->neighbour[ring->centre][other] = true;
            }
        }
    }
    map_free(owner);
    return 0;
}

static int take_rows(struct centres *c, const struct centres_rows *rows)
{
    if (rows->centres > CENTRE_MAX || rows->sectors > CENTRE_SECTORS || rows->rules > NO_RULE) {
        return ERR_FULL;
    }
    if (rows->sectors == 0) {
        return ERR_RANGE;
    }
    for (uint32_t i = 1; i < rows->sectors; i++) {
        if (rows->sector[i].floor_pressure_m <= rows->sector[i - 1].floor_pressure_m) {
            return ERR_RANGE;
        }
    }
    memcpy(c->centre, rows->centre, rows->centres * sizeof c->centre[0]);
    memcpy(c->sector, rows->sector, rows->sectors * sizeof c->sector[0]);
    c->count = (int)rows->centres;
    c->sectors = (int)rows->sectors;
    c->rules = rows->rules;
    apply_rules(c, rows->rule);
    return 0;
}

struct centres *centre_new(const struct centres_rows *rows, const void *area_bytes, size_t area_size, int *error, uint32_t *row)
{
    struct centres *c = calloc(1, sizeof *c);
    size_t offset = 0;

    *row = 0;
    *error = c ? take_rows(c, rows) : ERR_MEMORY;
    if (*error == 0) {
        c->area = area_new(area_bytes, area_size, NULL, error, &offset);
        *error = c->area ? join_areas(c, row) : *error;
    }
    if (*error == 0) {
        *error = find_neighbours(c);
    }
    if (*error != 0) {
        centre_free(c);
        return NULL;
    }
    return c;
}

void centre_free(struct centres *c)
{
    if (c) {
        area_free(c->area);
        free(c);
    }
}

/* ---- questions ---- */

int centre_count(const struct centres *c)
{
    return c->count;
}

const struct centre *centre_row(const struct centres *c, int centre)
{
    return &c->centre[centre];
}

int centre_find(const struct centres *c, const char *code)
{
    for (int i = 0; i < c->count; i++) {
        if (strcmp(c->centre[i].code, code) == 0) {
            return i;
        }
    }
    return CENTRE_NONE;
}

int centre_at(const struct centres *c, double lat_rad, double lon_rad)
{
    int area = area_at(c->area, lat_rad, lon_rad);

    return area == AREA_NONE ? CENTRE_NONE : c->centre_of_area[area];
}

int centre_sector(const struct centres *c, int centre, double pressure_m)
{
    int sector = c->sectors - 1;

    while (sector > 0 && pressure_m < c->sector[sector].floor_pressure_m) {
        sector--;
    }
    return centre == CENTRE_NONE ? CENTRE_NONE : sector;
}

const char *centre_sector_name(const struct centres *c, int sector)
{
    return sector >= 0 && sector < c->sectors ? c->sector[sector].name : "";
}

const struct centre_agreement *centre_agreement(const struct centres *c, int from, int to)
{
    uint8_t rule = c->rule_of[from][to];

    return rule == NO_RULE ? &no_agreement : &c->agreement[rule];
}

bool centre_is_neighbour(const struct centres *c, int a, int b)
{
    return c->neighbour[a][b];
}

const char *centre_mode_name(unsigned mode)
{
    static const char *const names[] = {"automatic", "manual", "ends"};

    return mode < CENTRE_MODES ? names[mode] : "?";
}

const struct area *centre_area(const struct centres *c)
{
    return c->area;
}

/* ---- leaving ---- */

/* Part of the way from `from` by (dlat, dlon) at which it meets the edge a-b; beyond 1: it does not. */
static double meet(struct geodetic from, double dlat, double dlon, struct geodetic a, struct geodetic b)
{
    double elat = b.lat_rad - a.lat_rad, elon = b.lon_rad - a.lon_rad;
    double cross = dlat * elon - dlon * elat;
    double part, along;

    if (cross == 0.0) {
        return 2.0;
    }
    part = ((a.lat_rad - from.lat_rad) * elon - (a.lon_rad - from.lon_rad) * elat) / cross;
    along = ((a.lat_rad - from.lat_rad) * dlon - (a.lon_rad - from.lon_rad) * dlat) / cross;
    return part >= 0.0 && part <= 1.0 && along >= 0.0 && along <= 1.0 ? part : 2.0;
}

static bool apart(const struct ring *r, struct geodetic from, struct geodetic to)
{
    return fmin(from.lat_rad, to.lat_rad) > r->north_rad || fmax(from.lat_rad, to.lat_rad) < r->south_rad || fmin(from.lon_rad, to.lon_rad) > r->east_rad ||
           fmax(from.lon_rad, to.lon_rad) < r->west_rad;
}

bool centre_leave(const struct centres *c, int centre, struct geodetic from, struct geodetic to, struct centre_crossing *out)
{
    double dlat = to.lat_rad - from.lat_rad, dlon = to.lon_rad - from.lon_rad;

    out->part = 2.0;
    for (uint32_t r = 0; r < c->rings; r++) {
        const struct ring *ring = &c->ring[r];

        for (uint32_t i = 0; ring->centre == centre && !apart(ring, from, to) && i < ring->corners; i++) {
            struct geodetic a = ring->corner[i], b = ring->corner[i + 1 < ring->corners ? i + 1 : 0];
            double part = meet(from, dlat, dlon, a, b);

            if (part < out->part) {
                double east = (b.lon_rad - a.lon_rad) * cos(a.lat_rad), north = b.lat_rad - a.lat_rad, length = hypot(east, north);

                *out = (struct centre_crossing){part, east / length, north / length};
            }
        }
    }
    return out->part <= 1.0;
}
