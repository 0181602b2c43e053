/* frame: WGS-84 positions and local tangent frames.
 *
 * geodetic: latitude, longitude (rad), height above the ellipsoid (m). ECEF: earth-centred earth-fixed Cartesian (m). A frame is the
 * tangent frame east, north, up at an anchor. There is no continental plane anywhere: every sensor and every track has its own frame.
 * Method: NIMA TR8350.2 (WGS-84); ECEF to geodetic by Bowring, Survey Review 28 (1985), within 2 um. */
#ifndef GEO_FRAME_H
#define GEO_FRAME_H

#include "base/mat.h"

#define FRAME_A 6378137.0                                /* m, semi-major axis */
#define FRAME_F (1.0 / 298.257223563)                    /* flattening */
#define FRAME_E2 (FRAME_F * (2.0 - FRAME_F))             /* first eccentricity squared */

struct geodetic {
    double lat_rad, lon_rad, hae_m;
};

/* Tangent frame: rows of axes are east, north, up in ECEF, so enu = axes * (ecef - origin). */
struct frame {
    struct geodetic at;
    struct vec3 origin; /* ECEF, m */
    struct mat3 axes;
};

struct vec3 frame_ecef(struct geodetic g);
struct geodetic frame_geodetic(struct vec3 ecef); /* longitude in (-pi, pi]; not within 100 km of the earth's centre (assert) */

/* Height above the ellipsoid of a point known to lie within 10 km of the height near_m, to 1 mm, and the ellipsoid's upward normal there
 * (a unit vector in ECEF; NULL: not wanted): no angle is formed, so a third of frame_geodetic's time. */
double frame_height(struct vec3 ecef, double near_m, struct vec3 *up);

struct frame frame_at(struct geodetic anchor);
static inline struct vec3 frame_to_enu(const struct frame *f, struct vec3 ecef)
{
    return mat_mul3(&f->axes, mat_sub3(ecef, f->origin));
}
static inline struct vec3 frame_from_enu(const struct frame *f, struct vec3 enu)
{
    return mat_add3(f->origin, mat_tmul3(&f->axes, enu));
}
/* Turn a direction or velocity (no translation). */
static inline struct vec3 frame_turn_to_enu(const struct frame *f, struct vec3 ecef_vector)
{
    return mat_mul3(&f->axes, ecef_vector);
}
static inline struct vec3 frame_turn_from_enu(const struct frame *f, struct vec3 enu_vector)
{
    return mat_tmul3(&f->axes, enu_vector);
}

/* The rotation that takes vectors of frame a to frame b: v_b = r * v_a. */
struct mat3 frame_between(const struct frame *a, const struct frame *b);

/* Radii of curvature at a latitude: meridian and prime vertical, m. */
void frame_radii(double lat_rad, double *meridian_m, double *prime_vertical_m);

/* ENU point at horizontal offset (east, north) of the frame whose height above the ellipsoid is hae_m: sets up so that it is on that
 * height surface (earth curves away below the tangent plane); two Newton steps, error below 1 mm within 300 km. */
struct vec3 frame_on_height(const struct frame *f, double east_m, double north_m, double hae_m);

/* Angle folded to [0, 2 pi), and to (-pi, pi]. */
double frame_azimuth(double rad);
double frame_angle(double rad);

#endif
