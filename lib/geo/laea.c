/* Equation numbers are Snyder's. The latitude of an authalic latitude is found by Newton's steps on q(lat) instead of the series 3-18: exact to
 * rounding in three steps. */
#include "geo/laea.h"

#include "base/unit.h"
#include <math.h>

/* 3-12 */
static double q_of(double lat_rad)
{
    double e = sqrt(FRAME_E2), s = sin(lat_rad);

    return (1 - FRAME_E2) * (s / (1 - FRAME_E2 * s * s) + atanh(e * s) / e);
}

static double authalic(const struct laea *l, double lat_rad) /* 3-11 */
{
    return asin(fmax(-1, fmin(1, q_of(lat_rad) / l->polar_q)));
}

static double latitude(const struct laea *l, double beta_rad) /* 3-16, in place of 3-18 */
{
    double q = l->polar_q * sin(beta_rad), lat = beta_rad;

    if (fabs(beta_rad) > UNIT_PI / 2 - 1e-9)
        return beta_rad;
    for (int i = 0; i < 4; i++) {
        double s = sin(lat), w = 1 - FRAME_E2 * s * s;
        lat += w * w / (2 * cos(lat)) * (q - q_of(lat)) / (1 - FRAME_E2);
    }
    return lat;
}

struct laea laea_at(double lat_rad, double lon_rad)
{
    struct laea l = {.lat_rad = lat_rad, .lon_rad = lon_rad, .polar_q = q_of(UNIT_PI / 2)};
    double beta = authalic(&l, lat_rad), s = sin(lat_rad);

    l.radius_m = FRAME_A * sqrt(l.polar_q / 2); /* 3-13 */
    l.sin_beta = sin(beta);
    l.cos_beta = cos(beta);
    l.stretch = cos(lat_rad) / sqrt(1 - FRAME_E2 * s * s) * FRAME_A / (l.radius_m * l.cos_beta); /* 24-20, 14-15 */
    return l;
}

void laea_forward(const struct laea *l, struct geodetic at, double *x_m, double *y_m)
{
    double beta = authalic(l, at.lat_rad), sb = sin(beta), cb = cos(beta), sl = sin(at.lon_rad - l->lon_rad), cl = cos(at.lon_rad - l->lon_rad);
    double b = l->radius_m * sqrt(2 / (1 + l->sin_beta * sb + l->cos_beta * cb * cl)); /* 24-19 */

    *x_m = b * l->stretch * cb * sl;                                     /* 24-17 */
    *y_m = b / l->stretch * (l->cos_beta * sb - l->sin_beta * cb * cl);  /* 24-18 */
}

bool laea_inverse(const struct laea *l, double x_m, double y_m, struct geodetic *at)
{
    double x = x_m / l->stretch, y = y_m * l->stretch, rho = hypot(x, y); /* 24-28 */

    *at = (struct geodetic){l->lat_rad, l->lon_rad, 0};
    if (rho >= 2 * l->radius_m)
        return false;
    if (rho < 1e-6)
        return true;
    double ce = 2 * asin(rho / (2 * l->radius_m)), s = sin(ce), c = cos(ce);                                    /* 24-29 */
    at->lat_rad = latitude(l, asin(fmax(-1, fmin(1, c * l->sin_beta + y * s * l->cos_beta / rho))));            /* 24-30 */
    at->lon_rad = frame_angle(l->lon_rad + atan2(x * s, rho * l->cos_beta * c - y * l->sin_beta * s));          /* 24-26 */
    return true;
}
