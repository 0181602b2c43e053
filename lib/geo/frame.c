/* frame: WGS-84 (NIMA TR8350.2, 3rd edition) and local tangent frames.
 *
 * ECEF to geodetic: Vermeille, "Direct transformation from geocentric coordinates to geodetic coordinates", J. Geodesy 76 (2002) 451-454:
 * closed form, 1.5 um at every height of interest. The equation numbers beside the lines are that paper's steps in order.
 * Height alone: the sine and cosine of latitude follow from the point by tan(lat) = z (N + h) / (rho (N (1 - e2) + h)); an error d of that
 * latitude moves the height by a d^2 / 2 only, so a guess of h good to 10 km (d = 1e-5) and N = a are enough.
 * Rejected: Bowring's iteration (needs more than one step at satellite heights), any map projection. */
#include "geo/frame.h"

#include "base/unit.h"
#include <assert.h>
#include <math.h>
#include <stddef.h>

#define E2 FRAME_E2
#define E4 (FRAME_E2 * FRAME_E2)
#define CORE_M 100e3 /* Vermeille's form holds outside the evolute, which reaches 43 km from the centre */

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
    double rho2 = v.x * v.x + v.y * v.y;
    assert(rho2 + v.z * v.z > CORE_M * CORE_M);
    double p = rho2 / (FRAME_A * FRAME_A);
    double q = (1.0 - E2) * v.z * v.z / (FRAME_A * FRAME_A);
    double r = (p + q - E4) / 6.0;
    double s = E4 * p * q / (4.0 * r * r * r);
    double t = cbrt(1.0 + s + sqrt(s * (2.0 + s)));
    double u = r * (1.0 + t + 1.0 / t);
    double w_root = sqrt(u * u + E4 * q); /* the paper's v */
    double w = E2 * (u + w_root - q) / (2.0 * w_root);
    double k = sqrt(u + w_root + w * w) - w;
    double d = k * sqrt(rho2) / (k + E2);
    double lon = atan2(v.y, v.x);
    return (struct geodetic){
        .lat_rad = atan2(v.z, d),
        .lon_rad = lon > -UNIT_PI ? lon : UNIT_PI,
        .hae_m = (k + E2 - 1.0) / k * sqrt(d * d + v.z * v.z),
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

struct vec3 frame_to_enu(const struct frame *f, struct vec3 ecef)
{
    return mat_mul3(&f->axes, mat_sub3(ecef, f->origin));
}

struct vec3 frame_from_enu(const struct frame *f, struct vec3 enu)
{
    return mat_add3(f->origin, mat_tmul3(&f->axes, enu));
}

struct vec3 frame_turn_to_enu(const struct frame *f, struct vec3 ecef_vector)
{
    return mat_mul3(&f->axes, ecef_vector);
}

struct vec3 frame_turn_from_enu(const struct frame *f, struct vec3 enu_vector)
{
    return mat_tmul3(&f->axes, enu_vector);
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
