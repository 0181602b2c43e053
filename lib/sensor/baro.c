/* baro: see the header. Two unknowns per region, 2x2 information and a vector; the unit of the second is metres per 10 km. */
#include "sensor/baro.h"

#include "base/err.h"
#include "base/mat.h"
#include "base/unit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 45
#define COLUMNS 90
#define UNIT_HEIGHT_M 10000.0
#define PRIOR_A_M 50.0   /* 6 hPa */
#define PRIOR_B_M 56.0   /* at 10 km; with a, 75 m there. More is found when it is there: the prior weighs as little as one report */
#define AIRCRAFT_M 60.0  /* an altimeter's own error, the same in all of an aircraft's reports: no report tells more than that */
#define FLOOR_M 25.0     /* of what remains: weather within a region */

struct cell {
    struct instant time;
    struct sym2 info;
    double a, b; /* right-hand side */
};

struct baro {
    struct cell cell[ROWS][COLUMNS];
};

struct baro *baro_new(void)
{
    return calloc(1, sizeof(struct baro));
}

void baro_free(struct baro *b)
{
    free(b);
}

static int row_of(double lat_rad)
{
    return (int)fmin(fmax(floor((lat_rad / UNIT_DEG + 90.0) / BARO_CELL_DEG), 0.0), ROWS - 1);
}

static int column_of(double lon_rad)
{
    double deg = frame_azimuth(lon_rad) / UNIT_DEG;
    return (int)fmin(floor(deg / BARO_CELL_DEG), COLUMNS - 1);
}

void baro_add(struct baro *b, const struct geodetic *at, double pressure_m, double sigma_m, struct instant time)
{
    struct cell *c = &b->cell[row_of(at->lat_rad)][column_of(at->lon_rad)];
    double h = pressure_m / UNIT_HEIGHT_M, y = at->hae_m - pressure_m;
    double age = fmax(instant_diff(time, c->time), 0.0), w = 1.0 / (sigma_m * sigma_m + AIRCRAFT_M * AIRCRAFT_M);
    double keep = c->info.xx > 0.0 ? exp(-age / BARO_MEMORY_S) : 0.0;
    c->info = (struct sym2){keep * c->info.xx + w, keep * c->info.xy + w * h, keep * c->info.yy + w * h * h};
    c->a = keep * c->a + w * y;
    c->b = keep * c->b + w * h * y;
    c->time = time;
}

struct baro_offset baro_at(const struct baro *b, double lat_rad, double lon_rad, double pressure_m)
{
    struct sym2 info = {1.0 / (PRIOR_A_M * PRIOR_A_M), 0.0, 1.0 / (PRIOR_B_M * PRIOR_B_M)}, cov;
    double ya = 0.0, yb = 0.0, det, h = pressure_m / UNIT_HEIGHT_M;
    int row = row_of(lat_rad), column = column_of(lon_rad);
    for (int i = row > 0 ? row - 1 : 0; i <= row + 1 && i < ROWS; i++)
        for (int k = column - 1; k <= column + 1; k++) {
            const struct cell *c = &b->cell[i][(k + COLUMNS) % COLUMNS];
            double w = i == row && k == column ? 1.0 : BARO_NEAR;
            info.xx += w * c->info.xx;
            info.xy += w * c->info.xy;
            info.yy += w * c->info.yy;
            ya += w * c->a;
            yb += w * c->b;
        }
    if (!mat_inv2(info, &cov, &det))
        return (struct baro_offset){0.0, BARO_SIGMA_M};
    double add = cov.xx * ya + cov.xy * yb + h * (cov.xy * ya + cov.yy * yb);
    double var = cov.xx + 2.0 * h * cov.xy + h * h * cov.yy;
    return (struct baro_offset){add, info.xx > 2.0 / (PRIOR_A_M * PRIOR_A_M) ? fmin(sqrt(var + FLOOR_M * FLOOR_M), BARO_SIGMA_M) : BARO_SIGMA_M};
}

size_t baro_state_size(const struct baro *b)
{
    return sizeof *b;
}

void baro_save(const struct baro *b, void *out)
{
    memcpy(out, b, sizeof *b);
}

int baro_load(struct baro *b, const void *in, size_t size)
{
    if (size != sizeof *b)
        return ERR_FORMAT;
    memcpy(b, in, size);
    return 0;
}
