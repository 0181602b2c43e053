/* slant: Newton's method on the sine of the elevation, from the spherical triangle (earth's centre, antenna, target).
 *
 * Notation of the code, all in the antenna's east, north, up: u is the unit vector along the ray, a the direction of growing azimuth, e that of
 * growing elevation, n the ellipsoid's normal at the target. A place P(range, azimuth, height) satisfies height(P) = const along each of the first two:
 *   dP/drange   = u - e (n.u)/(n.e)            (1)
 *   dP/dazimuth = range cos(el) (a - e (n.a)/(n.e))  (2)
 *   dP/dheight  = e / (n.e)                    (3)
 * because height changes by n . dP. With the sine as unknown no angle is formed on the way; one step is exact to a millimetre at 400 km, the second
 * confirms it. Rejected: the flat earth with d^2/2R (60 m wrong at 400 km), iteration over latitude and longitude (three times the time). */
#include "sensor/slant.h"

#include "base/err.h"
#include "base/unit.h"
#include <math.h>
#include <stddef.h>

#define MEAN_M 6371008.8
#define BENT_M (4.0 / 3.0 * MEAN_M)
#define AIR_N0 315.0          /* refractivity at mean sea level, N units */
#define AIR_SCALE_M 7350.0
#define HEIGHT_NEAR_M 10000.0 /* of what is looked at, for frame_height */
#define SIN_MAX 0.99978376418935695 /* sin(SLANT_ELEVATION_MAX) */
#define STEPS_MAX 6
#define TOLERANCE_M 1e-3
#define MISS_M 1000.0
#define PRIOR_M 8000.0
#define PRIOR_SIGMA_M 3500.0
#define REACH 0.98 /* of the slant range: how far up a target is taken to be at most, as part of its range */

/* Density and distribution of the standard normal. */
static double density(double x)
{
    return exp(-0.5 * x * x) * 0.39894228040143268;
}

static double distribution(double x)
{
    return 0.5 * erfc(-x * 0.70710678118654752);
}

/* Moments of the doubly truncated normal: Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 1, 10.1. */
struct slant_height slant_prior(const struct site *s, double range_m)
{
    double low_m = fmin(0.0, s->at.hae_m);
    double high_m = s->at.hae_m + REACH * range_m;
    if (high_m - low_m < 0.1 * PRIOR_SIGMA_M) /* so short a piece of the bell is flat */
        return (struct slant_height){0.5 * (low_m + high_m), (high_m - low_m) / sqrt(12.0)};
    double a = (low_m - PRIOR_M) / PRIOR_SIGMA_M, b = (high_m - PRIOR_M) / PRIOR_SIGMA_M;
    double mass = distribution(b) - distribution(a);
    double mean = (density(a) - density(b)) / mass;
    double variance = 1.0 + (a * density(a) - b * density(b)) / mass - mean * mean;
    return (struct slant_height){PRIOR_M + PRIOR_SIGMA_M * mean, PRIOR_SIGMA_M * sqrt(variance)};
}

/* The straight distance over an earth of radius `to` between the heights that are range_m apart over one of radius `from`, the ground arc being the same. */
static double rebend(double range_m, double h1_m, double h2_m, double from_m, double to_m)
{
    double rise = h2_m - h1_m;
    double half_chord2 = (range_m * range_m - rise * rise) / (4.0 * (from_m + h1_m) * (from_m + h2_m)); /* sin^2 of half the angle at the centre */
    if (!(half_chord2 > 0.0 && half_chord2 < 1.0))
        return range_m;
    double half = sin(from_m / to_m * asin(sqrt(half_chord2)));
    return sqrt(rise * rise + 4.0 * (to_m + h1_m) * (to_m + h2_m) * half * half);
}

/* What the air adds to the path between two heights: 1e-6 times the integral of the refractivity N0 exp(-h / H) along it (ITU-R P.453; Bean & Dutton, Radio
 * Meteorology (1966), 3: range error), by Gauss-Legendre quadrature. The ray runs as straight over an earth of 4/3 its radius; that it is longer than the
 * chord adds less than a metre. */
static double delay_m(double chord_m, double h1_m, double h2_m)
{
    static const double at[5] = {0.04691007703066800, 0.23076534494715845, 0.5, 0.76923465505284155, 0.95308992296933200};
    static const double weight[5] = {0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454};
    double sag_m = chord_m * chord_m / (2.0 * BENT_M), sum = 0.0;
    for (int i = 0; i < 5; i++) {
        double height_m = h1_m + (h2_m - h1_m) * at[i] - sag_m * at[i] * (1.0 - at[i]);
        sum += weight[i] * exp(-height_m / AIR_SCALE_M);
    }
    return AIR_N0 * 1e-6 * chord_m * sum;
}

/* The chord of a measured range; the delay hardly depends on the range, so two rounds leave less than a millimetre. */
static double without_delay(double range_m, double h1_m, double h2_m)
{
    double chord_m = range_m;
    for (int round = 0; round < 2; round++)
        chord_m = range_m - delay_m(chord_m, h1_m, h2_m);
    return chord_m;
}

/* A ray from the antenna and where it ends. */
struct ray {
    double range_m, sin_azimuth, cos_azimuth, sin_el, cos_el;
    struct vec3 ecef, normal; /* of its end; the normal in ECEF */
    double height_m;
};

static void follow(const struct site *s, double near_m, struct ray *ray)
{
    ray->cos_el = sqrt(1.0 - ray->sin_el * ray->sin_el);
    double across_m = ray->range_m * ray->cos_el;
    struct vec3 enu = {across_m * ray->sin_azimuth, across_m * ray->cos_azimuth, ray->range_m * ray->sin_el};
    ray->ecef = frame_from_enu(&s->frame, enu);
    ray->height_m = frame_height(ray->ecef, near_m, &ray->normal);
}

/* Directions u, a, e of a ray. */
static struct vec3 along(const struct ray *y)
{
    return (struct vec3){y->cos_el * y->sin_azimuth, y->cos_el * y->cos_azimuth, y->sin_el};
}

static struct vec3 sideways(const struct ray *y)
{
    return (struct vec3){y->cos_azimuth, -y->sin_azimuth, 0.0};
}

static struct vec3 upwards(const struct ray *y)
{
    return (struct vec3){-y->sin_el * y->sin_azimuth, -y->sin_el * y->cos_azimuth, y->cos_el};
}

/* Raises or lowers the ray until it ends at the height, or at the limit of elevation. */
static void raise_ray(const struct site *s, double height_m, struct ray *ray)
{
    double antenna_m = s->at.hae_m;
    double rise = (height_m - antenna_m) * (2.0 * MEAN_M + height_m + antenna_m) - ray->range_m * ray->range_m; /* law of cosines */
    double wanted = rise / (2.0 * ray->range_m * (MEAN_M + antenna_m));
    for (int step = 0; step < STEPS_MAX; step++) {
        ray->sin_el = fmax(-SIN_MAX, fmin(SIN_MAX, wanted));
        follow(s, height_m, ray);
        double short_m = height_m - ray->height_m;
        bool held = (ray->sin_el >= SIN_MAX && short_m > 0.0) || (ray->sin_el <= -SIN_MAX && short_m < 0.0);
        if (held || fabs(short_m) < TOLERANCE_M)
            return;
        double climb = mat_dot3(frame_turn_to_enu(&s->frame, ray->normal), upwards(ray)); /* n.e */
        wanted = ray->sin_el + short_m * ray->cos_el / (ray->range_m * climb);
    }
}

/* Latitude and longitude of the ray's end: its height is known, so tan(lat) is (frame.c); no iteration. */
static struct geodetic end_of(const struct ray *y)
{
    double sin_lat = y->normal.z;
    double n = FRAME_A / sqrt(1.0 - FRAME_E2 * sin_lat * sin_lat);
    double rho = sqrt(y->ecef.x * y->ecef.x + y->ecef.y * y->ecef.y);
    double lat = atan2(y->ecef.z * (n + y->height_m), rho * (n * (1.0 - FRAME_E2) + y->height_m));
    return (struct geodetic){lat, atan2(y->ecef.y, y->ecef.x), y->height_m};
}

/* East and north at the ray's end, in the antenna's frame. */
static void axes_of(const struct site *s, const struct ray *y, struct vec3 *east, struct vec3 *north)
{
    double cos_lat = sqrt(y->normal.x * y->normal.x + y->normal.y * y->normal.y), sin_lat = y->normal.z;
    double cos_lon = cos_lat > 0.0 ? y->normal.x / cos_lat : 1.0, sin_lon = cos_lat > 0.0 ? y->normal.y / cos_lat : 0.0;
    *east = frame_turn_to_enu(&s->frame, (struct vec3){-sin_lon, cos_lon, 0.0});
    *north = frame_turn_to_enu(&s->frame, (struct vec3){-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat});
}

static void spread(const struct site *s, const struct plot_polar *polar, const struct ray *y, struct slant_place *out)
{
    struct vec3 u = along(y), a = sideways(y), e = upwards(y), n = frame_turn_to_enu(&s->frame, y->normal), east, north;
    axes_of(s, y, &east, &north);
    struct vec3 by_height = mat_scale3(1.0 / mat_dot3(n, e), e);                                                                   /* (3) */
    struct vec3 by_range = mat_sub3(u, mat_scale3(mat_dot3(n, u), by_height));                                                     /* (1) */
    struct vec3 by_azimuth = mat_scale3(y->range_m * y->cos_el, mat_sub3(a, mat_scale3(mat_dot3(n, a), by_height)));               /* (2) */
    double re = polar->sigma_range_m * mat_dot3(east, by_range), rn = polar->sigma_range_m * mat_dot3(north, by_range);
    double ae = polar->sigma_azimuth_rad * mat_dot3(east, by_azimuth), an = polar->sigma_azimuth_rad * mat_dot3(north, by_azimuth);
    out->r = (struct sym2){re * re + ae * ae, re * rn + ae * an, rn * rn + an * an};
    out->slope_e = mat_dot3(east, by_height);
    out->slope_n = mat_dot3(north, by_height);
}

int slant_place(const struct site *s, const struct plot_polar *polar, struct slant_height h, struct slant_place *out)
{
    if (!(polar->range_m > 0.0))
        return ERR_NUMERIC;
    struct ray ray = {.range_m = polar->range_m, .sin_azimuth = sin(polar->azimuth_rad), .cos_azimuth = cos(polar->azimuth_rad)};
    if (s->refraction == SITE_FOUR_THIRDS)
        ray.range_m = rebend(polar->range_m, s->at.hae_m, h.hae_m, BENT_M, MEAN_M);
    if (s->refraction == SITE_EXPONENTIAL)
        ray.range_m = without_delay(polar->range_m, s->at.hae_m, h.hae_m);
    raise_ray(s, h.hae_m, &ray);
    if (!(fabs(h.hae_m - ray.height_m) <= fmax(MISS_M, 3.0 * h.sigma_m)))
        return ERR_NUMERIC;
    out->ecef = ray.ecef;
    out->at = end_of(&ray);
    out->height = h;
    out->elevation_rad = asin(ray.sin_el);
    spread(s, polar, &ray, out);
    return 0;
}

struct sym2 slant_spread(const struct slant_place *p)
{
    double var = p->height.sigma_m * p->height.sigma_m;
    return (struct sym2){p->r.xx + p->slope_e * p->slope_e * var, p->r.xy + p->slope_e * p->slope_n * var, p->r.yy + p->slope_n * p->slope_n * var};
}

struct slant_look slant_look(const struct site *s, struct vec3 enu)
{
    double across2 = enu.x * enu.x + enu.y * enu.y;
    double range_m = sqrt(across2 + enu.z * enu.z);
    struct slant_look look = {
        .range_m = range_m,
        .elevation_rad = atan2(enu.z, sqrt(across2)),
        .d_range = range_m > 0.0 ? mat_scale3(1.0 / range_m, enu) : (struct vec3){0.0, 0.0, 0.0},
    };
    if (across2 > 0.0) {
        look.azimuth_rad = frame_azimuth(atan2(enu.x, enu.y));
        look.d_azimuth = (struct vec3){enu.y / across2, -enu.x / across2, 0.0};
    }
    if (s->refraction == SITE_FOUR_THIRDS) {
        double height_m = frame_geodetic(frame_from_enu(&s->frame, enu)).hae_m;
        look.range_m = rebend(range_m, s->at.hae_m, height_m, MEAN_M, BENT_M);
    }
    if (s->refraction == SITE_EXPONENTIAL) /* metres of height do not matter */
        look.range_m += delay_m(range_m, s->at.hae_m, frame_height(frame_from_enu(&s->frame, enu), HEIGHT_NEAR_M, NULL));
    return look;
}

struct slant_view slant_view(const struct site *s, const struct frame *track)
{
    return (struct slant_view){frame_between(track, &s->frame), frame_to_enu(&s->frame, track->origin)};
}
