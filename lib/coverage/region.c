/* The grid is walked in blocks; one whose centre is farther from every border and coast than the distance and its own half diagonal holds no cell of
 * the region unless it is land, and is left out after one search. LAEA stretches lengths by at most 1 / cos(c / 2) at c from the centre: 1.27 at 76
 * degrees, the farthest corner there is. */
#include "coverage/region.h"

#include "base/digest.h"
#include "base/unit.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CENTRE_LAT (50 * UNIT_DEG)
#define CENTRE_LON (-98 * UNIT_DEG)
#define HALF_M (4200 * UNIT_NM) /* of the grid: Attu and Kure, and 600 NM more */
#define BLOCK 16
#define STRETCH 1.3

const struct region_layer region_layer[REGION_LAYERS] = {
    {"100 ft AGL", 100 * UNIT_FT, true},     {"500 ft AGL", 500 * UNIT_FT, true},     {"1000 ft AGL", 1000 * UNIT_FT, true},
    {"3000 ft AGL", 3000 * UNIT_FT, true},   {"5000 ft", 5000 * UNIT_FT, false},      {"10000 ft", 10000 * UNIT_FT, false},
    {"18000 ft", 18000 * UNIT_FT, false},    {"25000 ft", 25000 * UNIT_FT, false},    {"35000 ft", 35000 * UNIT_FT, false},
    {"45000 ft", 45000 * UNIT_FT, false},    {"60000 ft", 60000 * UNIT_FT, false},    {"100000 ft", 100000 * UNIT_FT, false},
};

static bool centre(const struct region *r, double column, double row, struct geodetic *at)
{
    return laea_inverse(&r->projection, (column + 0.5 - 0.5 * r->columns) * r->cell_m, (row + 0.5 - 0.5 * r->rows) * r->cell_m, at);
}

/* A cell's facts; false where it is not in the region. */
static bool measure(const struct region *r, const struct area *land, int32_t column, int32_t row, uint32_t *hint, struct region_cell *out)
{
    struct geodetic at;

    if (!centre(r, column, row, &at))
        return false;
    *out = (struct region_cell){.lat_rad = at.lat_rad, .lon_rad = at.lon_rad, .column = (int16_t)column, .row = (int16_t)row, .fir = AREA_NONE};
    out->nation = (int8_t)area_at(land, at.lat_rad, at.lon_rad);
    if (out->nation == AREA_NONE)
        out->distance_m = (float)area_distance(land, at.lat_rad, at.lon_rad, NULL, hint);
    return out->distance_m <= (float)r->within_m;
}

static bool block_empty(const struct region *r, const struct area *land, int32_t column, int32_t row, uint32_t *hint)
{
    struct geodetic at;

    if (!centre(r, column + 0.5 * (BLOCK - 1), row + 0.5 * (BLOCK - 1), &at))
        return true;
    return area_at(land, at.lat_rad, at.lon_rad) == AREA_NONE &&
           area_distance(land, at.lat_rad, at.lon_rad, NULL, hint) > r->within_m + STRETCH * 0.75 * BLOCK * r->cell_m;
}

/* Block by block into the temporary array `found`, in which cells come in the blocks' order; r->at says which. */
static void find_cells(struct region *r, const struct area *land, struct region_cell *found)
{
    uint32_t hint = AREA_NO_HINT;
    struct region_cell c;

    for (int32_t row = 0; row < r->rows; row += BLOCK)
        for (int32_t column = 0; column < r->columns; column += BLOCK) {
            if (block_empty(r, land, column, row, &hint))
                continue;
            for (int32_t i = 0; i < BLOCK * BLOCK; i++)
                if (measure(r, land, column + i % BLOCK, row + i / BLOCK, &hint, &c)) {
                    r->at[c.row * r->columns + c.column] = (int32_t)r->cells;
                    found[r->cells++] = c;
                }
        }
}

static void put_in_rows(struct region *r, const struct area *fir, const struct terrain *ground, const struct region_cell *found)
{
    uint32_t next = 0;

    for (int32_t i = 0; i < r->columns * r->rows; i++) {
        if (r->at[i] < 0)
            continue;
        struct region_cell *c = &r->cell[next];
        *c = found[r->at[i]];
        c->ground_m = (float)terrain_height_m(ground, c->lat_rad, c->lon_rad);
        c->fir = (int8_t)(fir ? area_at(fir, c->lat_rad, c->lon_rad) : AREA_NONE);
        r->at[i] = (int32_t)next++;
        r->digest = digest_add(r->digest, &c->ground_m, sizeof c->ground_m);
        r->digest = digest_add_u64(r->digest, (uint64_t)i << 16 | (uint64_t)(uint8_t)c->nation << 8 | (uint8_t)c->fir);
    }
}

struct region *region_new(const struct area *land, const struct area *fir, const struct terrain *ground, double cell_m, double within_m)
{
    assert(cell_m >= 1000 && within_m >= 0 && within_m <= 600.5 * UNIT_NM);
    struct region *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->projection = laea_at(CENTRE_LAT, CENTRE_LON);
    r->cell_m = cell_m;
    r->cell_m2 = cell_m * cell_m;
    r->within_m = within_m;
    r->columns = r->rows = (int32_t)ceil(2 * HALF_M / cell_m / BLOCK) * BLOCK;
    r->digest = digest_add_double(digest_add_double(DIGEST_START, cell_m), within_m);
    size_t grid = (size_t)r->columns * (size_t)r->rows;
    r->at = malloc(grid * sizeof *r->at);
    struct region_cell *found = malloc(grid * sizeof *found);
    if (r->at && found) {
        memset(r->at, 0xFF, grid * sizeof *r->at);
        find_cells(r, land, found);
        if ((r->cell = malloc((r->cells + 1u) * sizeof *r->cell)) != NULL)
            put_in_rows(r, fir, ground, found);
    }
    free(found);
    if (r->cell)
        return r;
    region_free(r);
    return NULL;
}

void region_free(struct region *r)
{
    if (!r)
        return;
    free(r->cell);
    free(r->at);
    free(r);
}

/* ---- kept ---- */

struct head {
    char mark[8];
    struct region scalars; /* its pointers mean nothing */
    uint64_t digest;       /* of the cells as they are kept */
};
static const char mark[8] = "REGION1";

size_t region_saved_size(const struct region *r)
{
    return sizeof(struct head) + r->cells * sizeof *r->cell;
}

void region_save(const struct region *r, void *out)
{
    struct head h = {.scalars = *r, .digest = digest_add(DIGEST_START, r->cell, r->cells * sizeof *r->cell)};

    memcpy(h.mark, mark, sizeof mark);
    h.scalars.cell = NULL;
    h.scalars.at = NULL;
    memcpy(out, &h, sizeof h);
    memcpy((char *)out + sizeof h, r->cell, r->cells * sizeof *r->cell);
}

/* The grid of indices from the cells' own places; false where one lies outside. */
static bool index_cells(struct region *r)
{
    memset(r->at, 0xFF, (size_t)r->columns * (size_t)r->rows * sizeof *r->at);
    for (uint32_t i = 0; i < r->cells; i++) {
        const struct region_cell *c = &r->cell[i];
        if (c->column < 0 || c->row < 0 || c->column >= r->columns || c->row >= r->rows)
            return false;
        r->at[c->row * r->columns + c->column] = (int32_t)i;
    }
    return true;
}

struct region *region_restored_new(const void *bytes, size_t size)
{
    struct head h;

    if (size < sizeof h)
        return NULL;
    memcpy(&h, bytes, sizeof h);
    const void *cells = (const char *)bytes + sizeof h;
    size_t octets = (size_t)h.scalars.cells * sizeof(struct region_cell);
    if (memcmp(h.mark, mark, sizeof mark) != 0 || size - sizeof h != octets || h.digest != digest_add(DIGEST_START, cells, octets) ||
        h.scalars.columns < 1 || h.scalars.rows < 1 || h.scalars.columns > INT16_MAX || h.scalars.rows > INT16_MAX)
        return NULL;
    struct region *r = malloc(sizeof *r);
    if (!r)
        return NULL;
    *r = h.scalars;
    r->cell = malloc(octets + 1);
    r->at = malloc((size_t)r->columns * (size_t)r->rows * sizeof *r->at);
    if (r->cell)
        memcpy(r->cell, cells, octets);
    if (r->cell && r->at && index_cells(r))
        return r;
    region_free(r);
    return NULL;
}

int32_t region_find(const struct region *r, double lat_rad, double lon_rad)
{
    double x, y;

    laea_forward(&r->projection, (struct geodetic){lat_rad, lon_rad, 0}, &x, &y);
    double column = floor(x / r->cell_m + 0.5 * r->columns), row = floor(y / r->cell_m + 0.5 * r->rows);
    bool inside = column >= 0 && row >= 0 && column < r->columns && row < r->rows;
    return inside ? r->at[(int32_t)row * r->columns + (int32_t)column] : -1;
}

double region_height_m(const struct region_cell *c, const struct region_layer *layer)
{
    double ground = (double)c->ground_m;

    return layer->above_ground ? ground + layer->height_m : layer->height_m > ground ? layer->height_m : -1;
}

int region_band(const struct region *r, const struct region_cell *c)
{
    double part = 3 * (double)c->distance_m / r->within_m;

    return c->nation != AREA_NONE ? -1 : part <= 1 ? 0 : part <= 2 ? 1 : 2;
}
