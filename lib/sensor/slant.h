/* slant: slant range and azimuth against places on the earth, both ways, with what measurement errors become.
 *
 * Exact on WGS-84: the target is the point at the slant range and azimuth of the antenna's tangent frame whose height above the ellipsoid is the
 * given one; elevation follows by Newton's method from the spherical solution. Covariances are first order (Jacobian at the solution).
 * With SITE_FOUR_THIRDS the measured range is first turned into the straight distance of the same ground arc and heights (Blake, Radar
 * Range-Performance Analysis, ch. 5: effective earth radius); with SITE_EXPONENTIAL it is freed of what the air adds to the path, the refractivity of ITU-R
 * P.453 (N0 315, scale height 7.35 km) along the ray: 20 to 100 m. The two differ in sign for high targets: over the greater earth distances between points
 * up there are shorter than straight ones, which no ray is. About 150 ns a place. */
#ifndef SENSOR_SLANT_H
#define SENSOR_SLANT_H

#include "sensor/site.h"

struct slant_height {
    double hae_m, sigma_m;
};

/* What is to be assumed of an unknown height: the traffic's distribution N(8000 m, (3500 m)^2), cut off at the ground and at what the slant range
 * admits; mean and sigma of that. */
struct slant_height slant_prior(const struct site *s, double range_m);

struct slant_place {
    struct vec3 ecef;
    struct geodetic at;
    struct sym2 r;             /* of range and azimuth noise alone, in east (x) and north (y) at the place, m2 */
    double slope_e, slope_n;   /* d(east), d(north) / d(height) with range and azimuth held */
    struct slant_height height; /* that was used */
    double elevation_rad;      /* of the straight line, above the antenna's horizon */
};

/* Where a plot of this site is, given its height. Reads plot->polar (sigmas filled, bias removed); for a moving platform the site is a copy that was put
 * where the platform is (site_place). 0; or ERR_NUMERIC, nothing written, where no such
 * point exists: the slant range misses the height by more than 3 sigma and 1000 m (weather moves pressure altitude so far). Closer misses and
 * targets near the zenith are taken as standing at SLANT_ELEVATION_MAX up (or down), with the slopes there. */
#define SLANT_ELEVATION_MAX 1.55 /* rad */
int slant_place(const struct site *s, const struct plot_polar *polar, struct slant_height h, struct slant_place *out);

/* r with the doubt about the height in it: r + slope slope' sigma^2. */
struct sym2 slant_spread(const struct slant_place *p);

/* What the site should measure of a point in its own tangent frame, and the gradients by east, north, up there: an extended Kalman filter's
 * row. Straight up the azimuth is 0 and its gradient 0. */
struct slant_look {
    double range_m, azimuth_rad; /* as stated by a radar without bias; refraction included */
    double elevation_rad;        /* of the straight line */
    struct vec3 d_range, d_azimuth; /* 1; rad/m */
};
struct slant_look slant_look(const struct site *s, struct vec3 enu);

/* From a track's frame to the site's: site enu = turn * (track enu) + offset. */
struct slant_view {
    struct mat3 turn;
    struct vec3 offset;
};
struct slant_view slant_view(const struct site *s, const struct frame *track);

#endif
