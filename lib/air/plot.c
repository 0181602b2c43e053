/* plot: the door of the picture. Each kind has one check; bounds are what a sensor or an aircraft can do, not what is usual. */
#include "air/plot.h"

#include <math.h>

#include "base/err.h"
#include "base/unit.h"

#define RANGE_MAX_M 1000e3
#define HEIGHT_MAX_M 200e3   /* either side of the ellipsoid */
#define SPEED_MAX_MPS 8000.0 /* orbital */
#define SIGMA_MAX_M 1000e3

static bool within(double value, double low, double high)
{
    return value >= low && value <= high; /* false for NaN, and an infinite value is never within finite bounds */
}

static bool angle(double rad)
{
    return rad >= 0.0 && rad < 2.0 * UNIT_PI;
}

static bool place(const struct geodetic *g)
{
    return within(g->lat_rad, -UNIT_PI / 2.0, UNIT_PI / 2.0) && within(g->lon_rad, -2.0 * UNIT_PI, 2.0 * UNIT_PI) &&
           within(g->hae_m, -HEIGHT_MAX_M, HEIGHT_MAX_M);
}

static int check_polar(const struct plot *p)
{
    const struct plot_polar *m = &p->polar;
    bool good = m->range_m > 0.0 && m->range_m <= RANGE_MAX_M && angle(m->azimuth_rad) && within(m->sigma_range_m, 0.0, SIGMA_MAX_M) &&
                within(m->sigma_azimuth_rad, 0.0, UNIT_PI);
    if (p->flags & PLOT_DOPPLER)
        good = good && within(m->doppler_mps, -SPEED_MAX_MPS, SPEED_MAX_MPS);
    if (p->flags & PLOT_MOVING)
        good = good && place(&m->platform);
    return good ? ERR_NONE : ERR_RANGE;
}

static int check_geodetic(const struct plot *p)
{
    const struct plot_geodetic *m = &p->geodetic;
    const double most = SIGMA_MAX_M * SIGMA_MAX_M;
    bool good = place(&m->at) && within(m->cov_ee_m2, 0.0, most) && within(m->cov_nn_m2, 0.0, most) && within(m->cov_en_m2, -most, most) &&
                m->cov_en_m2 * m->cov_en_m2 <= m->cov_ee_m2 * m->cov_nn_m2 * (1.0 + 1e-9);
    if (p->flags & PLOT_VELOCITY)
        good = good && within(m->east_mps, -SPEED_MAX_MPS, SPEED_MAX_MPS) && within(m->north_mps, -SPEED_MAX_MPS, SPEED_MAX_MPS) &&
               within(m->up_mps, -SPEED_MAX_MPS, SPEED_MAX_MPS) && within(m->sigma_velocity_mps, 0.0, SPEED_MAX_MPS);
    return good ? ERR_NONE : ERR_RANGE;
}

static int check_level(const struct plot *p)
{
    const struct level *l = &p->level;
    bool good = !(l->flags & LEVEL_PRESSURE) || within(l->pressure_m, -HEIGHT_MAX_M, HEIGHT_MAX_M);
    if (l->flags & LEVEL_HEIGHT)
        good = good && within(l->hae_m, -HEIGHT_MAX_M, HEIGHT_MAX_M) && within(l->sigma_height_m, 0.0, HEIGHT_MAX_M);
    if (!good)
        return ERR_RANGE;
    if (p->kind == PLOT_POLAR_LEVEL && !(l->flags & LEVEL_PRESSURE))
        return ERR_MISSING;
    return p->kind == PLOT_POLAR_3D && !(l->flags & LEVEL_HEIGHT) ? ERR_MISSING : ERR_NONE;
}

int plot_check(const struct plot *p)
{
    if (p->kind >= PLOT_KINDS)
        return ERR_UNKNOWN;
    if (!instant_is_set(p->time) || !instant_is_set(p->arrival))
        return ERR_RANGE;
    if (p->ident.mode_s > 0xFFFFFF || p->ident.mode_a > 07777 || p->ident.mode_2 > 07777)
        return ERR_RANGE;
    int code = p->kind <= PLOT_POLAR_3D ? check_polar(p) : check_geodetic(p);
    return code ? code : check_level(p);
}
