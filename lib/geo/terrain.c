/* Rejected: a general compressor (the library has none, and this predictor alone takes the grid of North America from 3.8 MB to 0.6 MB). */
#include "geo/terrain.h"

#include "base/digest.h"
#include "base/err.h"
#include "base/unit.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD 15u
#define HEIGHT_MAX_M 9000

struct terrain {
    uint32_t rows, columns;
    double per_degree, north_deg, west_deg;
    uint64_t digest;
    int16_t height_m[];
};

struct reader {
    const uint8_t *at;
    size_t size, used;
};

static uint32_t u16(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static int number(struct reader *r, uint32_t *out)
{
    *out = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (r->used == r->size)
            return ERR_TRUNCATED;
        uint8_t octet = r->at[r->used++];
        if (shift == 28 && octet > 15)
            return ERR_RANGE;
        *out |= (uint32_t)(octet & 127) << shift;
        if (octet < 128)
            return ERR_NONE;
    }
    return ERR_RANGE;
}

static int32_t predicted(const int16_t *at, uint32_t columns, uint32_t row, uint32_t column)
{
    int32_t west = column ? at[-1] : row ? at[-(ptrdiff_t)columns] : 0;
    int32_t north = row ? at[-(ptrdiff_t)columns] : west, corner = row && column ? at[-(ptrdiff_t)columns - 1] : north;
    int32_t low = west < north ? west : north, high = west < north ? north : west, plane = west + north - corner;

    return plane < low ? low : plane > high ? high : plane;
}

static int decode(struct terrain *t, struct reader *r)
{
    size_t nodes = (size_t)t->rows * t->columns;
    uint32_t zeros = 0, code;
    int error;

    for (size_t i = 0; i < nodes; i++) {
        int32_t difference = 0;
        if (zeros > 0) {
            zeros--;
        } else {
            if ((error = number(r, &code)) < 0)
                return error;
            difference = code & 1 ? -(int32_t)(code >> 1) - 1 : (int32_t)(code >> 1);
            if (code == 0) {
                if ((error = number(r, &zeros)) < 0)
                    return error;
                if (zeros == 0 || zeros > nodes - i)
                    return ERR_FORMAT;
                zeros--;
            }
        }
        int32_t height = predicted(&t->height_m[i], t->columns, (uint32_t)(i / t->columns), (uint32_t)(i % t->columns));
        if (difference < -2 * HEIGHT_MAX_M || difference > 2 * HEIGHT_MAX_M || height + difference < 0 || height + difference > HEIGHT_MAX_M)
            return ERR_RANGE;
        t->height_m[i] = (int16_t)(height + difference);
    }
    return r->used == r->size ? ERR_NONE : ERR_LENGTH;
}

static int head(const uint8_t *b, size_t size)
{
    if (size < HEAD)
        return ERR_TRUNCATED;
    if (memcmp(b, "TERR", 4) != 0)
        return ERR_FORMAT;
    if (b[4] != 1)
        return ERR_VERSION;
    double degrees = u16(b + 9) ? (u16(b + 5) - 1.0) / u16(b + 9) : 181, north = (int16_t)u16(b + 11);
    return u16(b + 5) < 2 || u16(b + 7) < 2 || north > 90 || north - degrees < -90 || (u16(b + 7) - 1.0) / u16(b + 9) > 360 || u16(b + 13) > 360
               ? ERR_RANGE : ERR_NONE;
}

struct terrain *terrain_new(const void *bytes, size_t size, int *error, size_t *offset)
{
    const uint8_t *b = bytes;

    *offset = 0;
    if ((*error = head(b, size)) < 0)
        return NULL;
    size_t nodes = (size_t)u16(b + 5) * u16(b + 7);
    struct terrain *t = malloc(sizeof *t + nodes * sizeof t->height_m[0]);
    if (!t) {
        *error = ERR_MEMORY;
        return NULL;
    }
    *t = (struct terrain){.rows = u16(b + 5), .columns = u16(b + 7), .per_degree = u16(b + 9), .north_deg = (int16_t)u16(b + 11), .west_deg = u16(b + 13)};
    t->digest = digest_add(DIGEST_START, bytes, size);
    struct reader r = {b, size, HEAD};
    if ((*error = decode(t, &r)) < 0) {
        *offset = r.used;
        free(t);
        return NULL;
    }
    return t;
}

struct terrain *terrain_smooth_new(void)
{
    struct terrain *t = malloc(sizeof *t);

    if (t)
        *t = (struct terrain){.digest = DIGEST_START};
    return t;
}

void terrain_free(struct terrain *t)
{
    free(t);
}

/* Rows south of the first and columns east of the first, as a fraction; false beyond the grid. */
static bool place(const struct terrain *t, double lat_rad, double lon_rad, double *row, double *column)
{
    double east = lon_rad / UNIT_DEG - t->west_deg;

    east -= 360 * floor(east / 360);
    *row = (t->north_deg - lat_rad / UNIT_DEG) * t->per_degree;
    *column = east * t->per_degree;
    return t->rows > 0 && *row >= 0 && *row <= t->rows - 1.0 && *column <= t->columns - 1.0;
}

bool terrain_inside(const struct terrain *t, double lat_rad, double lon_rad)
{
    double row, column;

    return place(t, lat_rad, lon_rad, &row, &column);
}

double terrain_height_m(const struct terrain *t, double lat_rad, double lon_rad)
{
    double row, column;

    if (!place(t, lat_rad, lon_rad, &row, &column))
        return 0;
    uint32_t r = (uint32_t)fmin(row, t->rows - 2.0), c = (uint32_t)fmin(column, t->columns - 2.0);
    double south = row - r, east = column - c;
    const int16_t *at = &t->height_m[(size_t)r * t->columns + c], *below = at + t->columns;
    return (1 - south) * ((1 - east) * at[0] + east * at[1]) + south * ((1 - east) * below[0] + east * below[1]);
}

bool terrain_is_smooth(const struct terrain *t)
{
    return t->rows == 0;
}

uint64_t terrain_digest(const struct terrain *t)
{
    return t->digest;
}
