/* In the plane about the middle: x along the first leg, y to its right; the legs lie at y = -radius and y = +radius. */
#include "sensor/orbit.h"

#include "base/unit.h"
#include "sensor/horizon.h"
#include <assert.h>
#include <math.h>

static struct geodetic in_plane(const struct orbit *o, double x_m, double y_m)
{
    struct geodetic at = horizon_place_at(&o->middle, frame_azimuth(o->heading_rad + atan2(y_m, x_m)), hypot(x_m, y_m));

    at.hae_m = o->hae_m;
    return at;
}

struct orbit orbit_init(struct geodetic from, struct geodetic to, double hae_m, double speed_mps, double bank_rad)
{
    struct orbit o = {.hae_m = hae_m, .speed_mps = speed_mps, .radius_m = speed_mps * speed_mps / (UNIT_G * tan(bank_rad))};
    assert(speed_mps > 0 && bank_rad > 0 && bank_rad < UNIT_PI / 2);

    struct geodetic low_from = {from.lat_rad, from.lon_rad, 0}, low_to = {to.lat_rad, to.lon_rad, 0};
    struct geodetic half = frame_geodetic(mat_scale3(0.5, mat_add3(frame_ecef(low_from), frame_ecef(low_to))));
    o.middle = frame_at((struct geodetic){half.lat_rad, half.lon_rad, 0});
    struct horizon_place end = horizon_locate(&o.middle, to.lat_rad, to.lon_rad);
    o.half_m = end.arc_m;
    o.heading_rad = end.azimuth_rad;
    struct geodetic centre = in_plane(&o, 0, o.radius_m);
    o.middle = frame_at((struct geodetic){centre.lat_rad, centre.lon_rad, 0});
    return o;
}

double orbit_period_s(const struct orbit *o)
{
    return (4 * o->half_m + 2 * UNIT_PI * o->radius_m) / o->speed_mps;
}

struct geodetic orbit_at(const struct orbit *o, double time_s, double *heading_rad)
{
    double period = orbit_period_s(o), leg = 2 * o->half_m, turn = UNIT_PI * o->radius_m;
    double way = (time_s - period * floor(time_s / period)) * o->speed_mps; /* of this lap */
    double back = way >= leg + turn ? -1 : 1, x, y, course;                /* the second half is the first one turned round */

    way -= back < 0 ? leg + turn : 0;
    if (way < leg) {
        x = way - o->half_m;
        y = -o->radius_m;
        course = 0;
    } else {
        course = (way - leg) / o->radius_m;
        x = o->half_m + o->radius_m * sin(course);
        y = -o->radius_m * cos(course);
    }
    if (heading_rad)
        *heading_rad = frame_azimuth(o->heading_rad + course + (back < 0 ? UNIT_PI : 0));
    return in_plane(o, back * x, back * y);
}
