/* geodesic: distance and direction on the ellipsoid, by PROJ's geodesic routines (Karney, J. Geodesy 87 (2013) 43–55). WGS-84.
 * Not for the per-plot path (about 1 us a call). */
#ifndef GEO_GEODESIC_H
#define GEO_GEODESIC_H

#include "geo/frame.h"

/* Distance in m along the surface (heights ignored), and azimuths clockwise from true north in [0, 2 pi) at both ends; azimuths may be NULL. */
double geodesic_inverse(struct geodetic from, struct geodetic to, double *azimuth_from_rad, double *azimuth_to_rad);

/* Where one arrives after distance_m on azimuth_rad; height kept; *arrival_azimuth_rad may be NULL. */
struct geodetic geodesic_direct(struct geodetic from, double azimuth_rad, double distance_m, double *arrival_azimuth_rad);

#endif
