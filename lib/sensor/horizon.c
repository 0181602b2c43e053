/* With a = k R, antenna height h1, target height h and theta = arc / a, in the plane of the ray (1):
 *   tan E = ((a + h) cos theta - (a + h1)) / ((a + h) sin theta)       and so       a + h = (a + h1) / (cos theta - tan E sin theta).
 * A ray along the ground follows the circle of the ellipsoid's curvature in its azimuth (Euler); the point's latitude is that of a point on the
 * ellipsoid below it. Between two rays tangents are interpolated. Rejected: a profile for every cell (two hundred times the time). */
#include "sensor/horizon.h"

#include "base/unit.h"
#include <math.h>
#include <stdlib.h>

#define RAYS 720
#define STEP_M 2500.0
#define MAST_LEAST_M 1.0

struct horizon {
    uint32_t room, steps; /* a ray's, and those of the last sweep */
    double k, antenna_m, dip, sea_m; /* tangent of the dip; arc to the sea's horizon */
    float *tangent;       /* ray by ray: the steepest of the ground up to and with this step; step 0 is half a step out */
    struct bend { double half2, sine; } bend[]; /* of each step's arc, seen from the centre of the earth of radius k R: what (1) needs of it */
};

/* Radius of curvature of the normal section (Euler). */
static double curvature_m(const struct frame *f, double sin_a, double cos_a)
{
    double meridian, vertical;

    frame_radii(f->at.lat_rad, &meridian, &vertical);
    return 1 / (cos_a * cos_a / meridian + sin_a * sin_a / vertical);
}

struct horizon_place horizon_locate(const struct frame *antenna, double lat_rad, double lon_rad)
{
    struct vec3 origin = frame_ecef((struct geodetic){antenna->at.lat_rad, antenna->at.lon_rad, 0});
    struct vec3 to = mat_sub3(frame_ecef((struct geodetic){lat_rad, lon_rad, 0}), origin);
    struct vec3 enu = frame_turn_to_enu(antenna, to);
    double flat = hypot(enu.x, enu.y);

    if (flat < 1e-3)
        return (struct horizon_place){0, flat};
    double radius = curvature_m(antenna, enu.x / flat, enu.y / flat);
    return (struct horizon_place){frame_azimuth(atan2(enu.x, enu.y)), radius * atan2(flat, radius + enu.z)};
}

struct turn {
    double sine, cosine;
};

static struct turn turn_of(double angle_rad)
{
    return (struct turn){sin(angle_rad), cos(angle_rad)};
}

/* The point of a ray at the angle whose sine and cosine are given, seen from the centre of its curvature. */
static struct geodetic on_ray(const struct frame *f, struct vec3 origin, struct vec3 direction, double radius_m, struct turn turn)
{
    double along = radius_m * turn.sine, down = radius_m * (1 - turn.cosine);
    struct vec3 p = mat_add3(origin, frame_turn_from_enu(f, (struct vec3){along * direction.x, along * direction.y, -down}));

    return (struct geodetic){atan2(p.z, (1 - FRAME_E2) * sqrt(p.x * p.x + p.y * p.y)), atan2(p.y, p.x), 0};
}

struct geodetic horizon_place_at(const struct frame *antenna, double azimuth_rad, double arc_m)
{
    struct vec3 direction = {sin(azimuth_rad), cos(azimuth_rad), 0};
    struct vec3 origin = frame_ecef((struct geodetic){antenna->at.lat_rad, antenna->at.lon_rad, 0});

    double radius_m = curvature_m(antenna, direction.x, direction.y);
    return on_ray(antenna, origin, direction, radius_m, turn_of(arc_m / radius_m));
}

static double depth_rad(double k, double height_m)
{
    double a = k * HORIZON_EARTH_M, h = fmax(height_m, 0);

    return atan2(sqrt(h * (2 * a + h)), a); /* acos(a / (a + h)), without its loss of digits */
}

double horizon_range_m(double k, double height1_m, double height2_m)
{
    return k * HORIZON_EARTH_M * (depth_rad(k, height1_m) + depth_rad(k, height2_m));
}

double horizon_tangent(double k, double antenna_m, double height_m, double arc_m)
{
    double a = k * HORIZON_EARTH_M, theta = arc_m / a, half = sin(0.5 * theta);

    return (height_m - antenna_m - 2 * (a + height_m) * half * half) / ((a + height_m) * sin(theta)); /* (1), with 1 - cos = 2 sin^2 of the half */
}

double horizon_height_at(double k, double antenna_m, double tangent, double arc_m)
{
    double a = k * HORIZON_EARTH_M, theta = arc_m / a, half = sin(0.5 * theta), s = sin(theta);
    double below = 1 - 2 * half * half - tangent * s;

    return below > 0 ? (antenna_m + a * (2 * half * half + tangent * s)) / below : (double)INFINITY; /* (1) */
}

struct horizon *horizon_new(double range_m)
{
    uint32_t room = (uint32_t)ceil(range_m / STEP_M) + 1;
    struct horizon *h = malloc(sizeof *h + room * sizeof h->bend[0] + (size_t)RAYS * room * sizeof h->tangent[0]);

    if (h)
        *h = (struct horizon){.room = room, .k = HORIZON_FOUR_THIRDS, .tangent = (float *)(void *)&h->bend[room]};
    return h;
}

void horizon_free(struct horizon *h)
{
    free(h);
}

static double lifted_m(const struct terrain *ground, struct geodetic antenna)
{
    return fmax(antenna.hae_m, terrain_height_m(ground, antenna.lat_rad, antenna.lon_rad) + MAST_LEAST_M);
}

/* One ray: step after step by the same turn (sines and cosines by their sum: 1e-13 over a sweep), the elevation of the ground by (1). */
static void sweep_ray(struct horizon *h, const struct terrain *ground, const struct frame *f, unsigned ray)
{
    struct vec3 origin = frame_ecef((struct geodetic){f->at.lat_rad, f->at.lon_rad, 0});
    double azimuth = ray * (2 * UNIT_PI / RAYS), steepest = -1e9, a = h->k * HORIZON_EARTH_M;
    struct vec3 direction = {sin(azimuth), cos(azimuth), 0};
    double radius = curvature_m(f, direction.x, direction.y);
    struct turn at = turn_of(0.5 * STEP_M / radius), step = turn_of(STEP_M / radius);
    float *tangent = h->tangent + (size_t)ray * h->room;

    for (uint32_t i = 0; i < h->steps; i++) {
        struct geodetic g = on_ray(f, origin, direction, radius, at);
        double height = terrain_height_m(ground, g.lat_rad, g.lon_rad);
        steepest = fmax(steepest, (height - h->antenna_m - 2 * (a + height) * h->bend[i].half2) / ((a + height) * h->bend[i].sine));
        tangent[i] = (float)steepest;
        at = (struct turn){at.sine * step.cosine + at.cosine * step.sine, at.cosine * step.cosine - at.sine * step.sine};
    }
}

void horizon_sweep(struct horizon *h, const struct terrain *ground, struct geodetic antenna, double k, double range_m)
{
    struct frame f = frame_at(antenna);

    h->k = k;
    h->antenna_m = lifted_m(ground, antenna);
    h->steps = (uint32_t)fmin(ceil(range_m / STEP_M) + 1, h->room);
    h->dip = -tan(depth_rad(k, h->antenna_m));
    h->sea_m = horizon_range_m(k, h->antenna_m, 0);
    for (uint32_t i = 0; i < h->steps; i++) {
        double theta = (i + 0.5) * STEP_M / (k * HORIZON_EARTH_M), half = sin(0.5 * theta);
        double along = sin(theta);
        h->bend[i] = (struct bend){half * half, along};
    }
    for (unsigned ray = 0; ray < RAYS; ray++) {
        if (!terrain_is_smooth(ground))
            sweep_ray(h, ground, &f, ray);
        for (uint32_t i = 0; i < h->steps && terrain_is_smooth(ground); i++)
            h->tangent[(size_t)ray * h->room + i] = -1e9F;
    }
}

double horizon_antenna_m(const struct horizon *h)
{
    return h->antenna_m;
}

double horizon_lowest_m(const struct horizon *h, struct horizon_place at)
{
    double ray = at.azimuth_rad * (RAYS / (2 * UNIT_PI)), past = ray - floor(ray), steps = at.arc_m / STEP_M - 0.5;
    double tangent = -1e9;

    if (steps >= 0) {
        uint32_t step = steps < h->steps ? (uint32_t)steps : h->steps - 1, left = (uint32_t)ray % RAYS, right = (left + 1) % RAYS;
        tangent = (1 - past) * (double)h->tangent[(size_t)left * h->room + step] + past * (double)h->tangent[(size_t)right * h->room + step];
    }
    if (at.arc_m >= h->sea_m)
        tangent = fmax(tangent, h->dip);
    return tangent <= -1e8 ? 0 : fmax(0, horizon_height_at(h->k, h->antenna_m, tangent, at.arc_m));
}

double horizon_profile_m(const struct terrain *ground, struct geodetic antenna, double k, struct horizon_place at, double step_m)
{
    struct frame f = frame_at(antenna);
    double antenna_m = lifted_m(ground, antenna), tangent = at.arc_m >= horizon_range_m(k, antenna_m, 0) ? -tan(depth_rad(k, antenna_m)) : -1e9;

    for (double arc = 0.5 * step_m; arc < at.arc_m; arc += step_m) {
        struct geodetic g = horizon_place_at(&f, at.azimuth_rad, arc);
        tangent = fmax(tangent, horizon_tangent(k, antenna_m, terrain_height_m(ground, g.lat_rad, g.lon_rad), arc));
    }
    return tangent <= -1e8 ? 0 : fmax(0, horizon_height_at(k, antenna_m, tangent, at.arc_m));
}
