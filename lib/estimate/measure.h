/* measure: one plot as a position in a track's own local frame, with the covariance that the sensor's geometry gives it.
 *
 * A radar measures slant range and azimuth; where that is on the ground depends on the height. The conversion (sensor/slant) is exact, its
 * covariance is the polar one turned by the Jacobian at that place, and the derivative of the place by the height is kept: it is how an
 * unknown height enters the covariance, and how ranges from several radars resolve it. The bias of converted measurements, range *
 * sigma_azimuth^2 / 2 (Lerro, Bar-Shalom, IEEE TAES 29(3), 1993), is 0.45 m at 460 km and 0.08 degrees: it is left alone. Equivalent to an
 * iterated extended Kalman filter in polar space (BLK 10.5), but done once for all models. */
#ifndef ESTIMATE_MEASURE_H
#define ESTIMATE_MEASURE_H

#include "base/mat.h"

struct measure {
    double east_m, north_m;  /* in the track's tangent frame */
    struct sym2 r;           /* covariance of the sensor's noise alone, m2 */
    double slope_e, slope_n; /* d(east), d(north) / d(height) at the measured range and azimuth */
    double height_m;         /* above the ellipsoid: the height that was assumed */
    double height_var_m2;    /* of that assumption; 0 where the height is a state of the filter */
};

/* A position measured in the frame's own axes, equally well in all directions; the height plays no part. */
struct measure measure_cartesian(double east_m, double north_m, double sigma_m);

/* A radial speed (Doppler): the velocity along (along_e, along_n), the part on the ground of the unit vector from the sensor; positive away. */
struct measure_radial {
    double along_e, along_n, speed_mps;
    double var_m2_s2; /* 0: none was measured */
};

/* The measurement in axes turned by the angle whose cosine and sine are given, anticlockwise: place, covariance and slopes. */
void measure_turn(struct measure *z, double cosine, double sine);

/* Up coordinate of the point at (east, north) of a tangent frame whose anchor lies on the ellipsoid, at a height above the ellipsoid. */
double measure_up(double east_m, double north_m, double height_m, double radius_m);

#endif
