/* frame: WGS-84 (NIMA TR8350.2, 3rd edition) and local tangent frames.
 *
 * ECEF to geodetic: Bowring, "The accuracy of geodetic latitude and height equations", Survey Review 28 (1985) 202-206: one step from a parametric
 * latitude that allows for height; the latitude is at most 1.6 um wrong on the ground at any height, the height exact to rounding.
 * Height alone: the sine and cosine of latitude follow from the point by tan(lat) = z (N + h) / (rho (N (1 - e2) + h)); an error d of that
 * latitude moves the height by a d^2 / 2 only, so a guess of h good to 10 km (d = 1e-5) and N = a are enough.
 * Rejected: Vermeille's closed form (J. Geodesy 76, 2002): exact, at twice the time; any map projection. */
#include "geo/frame.h"

#include "base/unit.h"
#include <assert.h>
#include <math.h>
#include <stddef.h>

#define E2 FRAME_E2
#define EP2 (FRAME_E2 / (1.0 - FRAME_E2)) /* second eccentricity squared */
#define POLAR_M (FRAME_A * (1.0 - FRAME_F))
#define CORE_M 100e3 /* the ellipsoid's evolute, where latitude loses its meaning, reaches 43 km from the centre */

struct vec3 frame_ecef(struct geodetic g)
{
    double sin_lat = sin(g.lat_rad), cos_lat = cos(g.lat_rad);
    double sin_lon = sin(g.lon_rad), cos_lon = cos(g.lon_rad);
    double n = FRAME_A / sqrt(1.0 - E2 * sin_lat * sin_lat);
    double rho = (n + g.hae_m) * cos_lat;
    return (struct vec3){rho * cos_lon, rho * sin_lon, (n * (1.0 - E2) + g.hae_m) * sin_lat};
}

struct geodetic frame_geodetic(struct vec3 v)
{
    double rho2 = v.x * v.x + v.y * v.y, r2 = rho2 + v.z * v.z;
    assert(r2 > CORE_M * CORE_M);
    double rho = sqrt(rho2);
    double parametric_z = POLAR_M * v.z * (1.0 + EP2 * POLAR_M / sqrt(r2)); /* tan(beta) = parametric_z / parametric_rho */
    double parametric_rho = FRAME_A * rho;
    double unit = 1.0 / sqrt(parametric_z * parametric_z + parametric_rho * parametric_rho);
    double sin_beta = parametric_z * unit, cos_beta = parametric_rho * unit;
    double z = v.z + EP2 * POLAR_M * sin_beta * sin_beta * sin_beta; /* tan(lat) = z / across */
    double across = rho - E2 * FRAME_A * cos_beta * cos_beta * cos_beta;
    unit = 1.0 / sqrt(z * z + across * across);
    double sin_lat = z * unit, cos_lat = across * unit;
    double lon = atan2(v.y, v.x);
    return (struct geodetic){
        .lat_rad = atan(z / across), /* at a pole: of an infinity */
        .lon_rad = lon > -UNIT_PI ? lon : UNIT_PI,
        .hae_m = rho * cos_lat + v.z * sin_lat - FRAME_A * sqrt(1.0 - E2 * sin_lat * sin_lat),
    };
}

double frame_height(struct vec3 v, double near_m, struct vec3 *up)
{
    double rho = sqrt(v.x * v.x + v.y * v.y);
    double z = v.z * (FRAME_A + near_m) / (FRAME_A * (1.0 - E2) + near_m);
    double norm = 1.0 / sqrt(rho * rho + z * z);
    double cos_lat = rho * norm, sin_lat = z * norm;
    if (up != NULL) {
        *up = (struct vec3){v.x * norm, v.y * norm, sin_lat}; /* (v.x / rho) * cos_lat, without dividing by zero at a pole */
    }
    return rho * cos_lat + v.z * sin_lat - FRAME_A * sqrt(1.0 - E2 * sin_lat * sin_lat);
}

struct frame frame_at(struct geodetic at)
{
    double sin_lat = sin(at.lat_rad), cos_lat = cos(at.lat_rad);
    double sin_lon = sin(at.lon_rad), cos_lon = cos(at.lon_rad);
    return (struct frame){
        .at = at,
        .origin = frame_ecef(at),
        .axes = {{
            {-sin_lon, cos_lon, 0.0},
            {-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat},
            {cos_lat * cos_lon, cos_lat * sin_lon, sin_lat},
        }},
    };
}

struct mat3 frame_between(const struct frame *a, const struct frame *b)
{
    return mat_rot_mult(&b->axes, &a->axes);
}

void frame_radii(double lat_rad, double *meridian_m, double *prime_vertical_m)
{
    double s = sin(lat_rad), w = 1.0 - E2 * s * s;
    *prime_vertical_m = FRAME_A / sqrt(w);
    *meridian_m = *prime_vertical_m * (1.0 - E2) / w;
}

struct vec3 frame_on_height(const struct frame *f, double east_m, double north_m, double hae_m)
{
    struct vec3 axis_up = {f->axes.m[2][0], f->axes.m[2][1], f->axes.m[2][2]};
    struct vec3 enu = {east_m, north_m, hae_m - f->at.hae_m - (east_m * east_m + north_m * north_m) / (2.0 * FRAME_A)};
    for (int step = 0; step < 2; step++) {
        struct vec3 normal;
        double height_m = frame_height(frame_from_enu(f, enu), hae_m, &normal);
        enu.z += (hae_m - height_m) / mat_dot3(axis_up, normal);
    }
    return enu;
}

double frame_azimuth(double rad)
{
    if (rad >= 0.0 && rad < 2.0 * UNIT_PI)
        return rad;
    double folded = fmod(rad, 2.0 * UNIT_PI);
    if (folded < 0.0)
        folded += 2.0 * UNIT_PI;
    return folded < 2.0 * UNIT_PI ? folded : 0.0; /* -1e-20 + 2 pi rounds to 2 pi */
}

double frame_angle(double rad)
{
    if (rad > -UNIT_PI && rad <= UNIT_PI)
        return rad;
    double folded = fmod(rad, 2.0 * UNIT_PI);
    if (folded <= -UNIT_PI)
        folded += 2.0 * UNIT_PI;
    else if (folded > UNIT_PI)
        folded -= 2.0 * UNIT_PI;
    return folded;
}
