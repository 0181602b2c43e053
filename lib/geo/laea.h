/* laea: Lambert's azimuthal equal-area projection of the WGS-84 ellipsoid: equal areas on the plane are equal areas on the earth.
 *
 * Method: Snyder, Map Projections: A Working Manual (USGS 1395, 1987), oblique ellipsoidal form, equations 24-17 to 24-26 with the authalic
 * latitude of 3-11 to 3-18; the pole and the antimeridian are points like any other. The point opposite the centre has no image. */
#ifndef GEO_LAEA_H
#define GEO_LAEA_H

#include "geo/frame.h"
#include <stdbool.h>

struct laea {
    double lat_rad, lon_rad; /* centre */
    double radius_m, polar_q; /* of the authalic sphere; q at the pole */
    double sin_beta, cos_beta, stretch;
};

struct laea laea_at(double lat_rad, double lon_rad);
/* Metres east (x) and north (y) of the centre. */
void laea_forward(const struct laea *l, struct geodetic at, double *x_m, double *y_m);
/* False where no place on earth has this image. The height is 0. */
bool laea_inverse(const struct laea *l, double x_m, double y_m, struct geodetic *at);

#endif
