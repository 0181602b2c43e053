/* Routes as few points joined by geodesics (geo/geodesic). Aircraft follow them by steering to the next point (target.c), so that the flown
 * path is a geodesic between the turns to within the width of an airway. */
#include "sim/world/route.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include <assert.h>
#include <math.h>
#include <stddef.h>

#define NEAREST_M 100.0

struct route route_init(void)
{
    return (struct route){.count = 0};
}

bool route_add(struct route *r, struct geodetic point)
{
    double leg_m = 0.0;

    if (r->count == ROUTE_POINTS)
        return false;
    if (r->count > 0) {
        leg_m = geodesic_inverse(r->point[r->count - 1], point, NULL, NULL);
        if (leg_m < NEAREST_M)
            return false;
    }
    for (unsigned i = 0; i < r->count; i++)
        r->to_go_m[i] += leg_m;
    r->point[r->count] = point;
    r->to_go_m[r->count] = 0.0;
    r->count++;
    return true;
}

struct route route_between(struct geodetic from, struct geodetic to, struct rng *rng)
{
    struct route r = route_init();
    double azimuth, length_m = geodesic_inverse(from, to, &azimuth, NULL);
    unsigned points = 2 + rng_below(rng, 2);
    double aside_m = fmin(30e3, 0.04 * length_m);

    route_add(&r, from);
    for (unsigned i = 1; i <= points; i++) {
        double along = (i + 0.5 * (rng_uniform(rng) - 0.5)) / (points + 1.0);
        double there;
        struct geodetic on = geodesic_direct(from, azimuth, along * length_m, &there);

        on = geodesic_direct(on, there + UNIT_PI / 2, aside_m * rng_normal(rng), NULL);
        route_add(&r, (struct geodetic){on.lat_rad, on.lon_rad, 0.0});
    }
    route_add(&r, to);
    return r;
}

struct route route_around(struct geodetic home, double radius_m, struct rng *rng)
{
    struct route r = route_init();

    route_add(&r, home);
    for (unsigned i = 0; i < ROUTE_POINTS - 2; i++) {
        double distance_m = radius_m * (0.2 + 0.8 * rng_uniform(rng));

        route_add(&r, geodesic_direct(home, 2 * UNIT_PI * rng_uniform(rng), distance_m, NULL));
    }
    route_add(&r, home);
    return r;
}

double route_length_m(const struct route *r)
{
    return r->count ? r->to_go_m[0] : 0.0;
}

struct geodetic route_at(const struct route *r, double from_start_m, double *azimuth_rad, unsigned *next)
{
    assert(r->count >= 2);
    double to_go_m = fmin(fmax(route_length_m(r) - from_start_m, 0.0), route_length_m(r));
    unsigned i = 1;
    double azimuth;

    while (i + 1 < r->count && to_go_m < r->to_go_m[i])
        i++;
    geodesic_inverse(r->point[i - 1], r->point[i], &azimuth, NULL);
    *next = i;
    return geodesic_direct(r->point[i - 1], azimuth, r->to_go_m[i - 1] - to_go_m, azimuth_rad);
}
