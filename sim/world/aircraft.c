/* Flight by steering: each step the pilot wants a turn rate (towards the next point of the route, or round a holding pattern), a climb
 * (towards the cruise level, or down the 3 degree path to the destination) and a speed (slow near the ground); what he gets is limited
 * by bank, roll rate and acceleration. Then the step is flown: chord of a circular arc, on the ellipsoid's radii of curvature, with the
 * convergence of meridians, so that an unturned path is a geodesic.
 *
 * Coordinated turn: rate = g tan(bank) / speed. Rejected: one closed-form path per flight (cannot react), steps below 2 s (the cubic
 * through the steps is exact to 2 cm even for the sharpest turn of the table: v w^3 T^4 / 384). */
#include "sim/world/aircraft.h"
#include "base/unit.h"
#include <assert.h>
#include <math.h>
#include <string.h>

#define GLIDE 0.0524          /* tan of the 3 degree descent path */
#define STEEPER 1.2           /* than that path an aircraft can go down to come back to it */
#define CLIMB_GRADIENT 0.06   /* only to place flights that are under way at the start */
#define ROLL_RAD_S 0.087      /* 5 degrees of bank a second */
#define LIFT_MPS2 1.0         /* change of vertical speed */
#define ACCELERATION_MPS2 0.6
#define LEVEL_TIME_S 10.0     /* how eagerly a height is sought */
#define TURN_TIME_S 5.0       /* how eagerly a heading is sought */
#define HOLD_LEG_S 60.0       /* ICAO Doc 8168: one minute outbound at or below 14 000 ft */
#define HOLD_RATE (3.0 * UNIT_DEG)

static const struct aircraft_type types[AIRCRAFT_CLASSES] = {
    /* name, share, cruise m/s, slow, level m, climb, bank, rcs, transponder, Mode S, ADS-B, change */
    [AIRCRAFT_AIRLINER] = {"airliner", 0.62, 215, 255, 75, 9100, 12200, 13, 25 * UNIT_DEG, 40, 1.0, 1.0, 0.95, 600},
    [AIRCRAFT_REGIONAL] = {"regional", 0.16, 130, 190, 65, 4800, 8500, 9, 25 * UNIT_DEG, 15, 1.0, 0.95, 0.85, 600},
    [AIRCRAFT_GENERAL] = {"general", 0.13, 48, 85, 38, 700, 2800, 4, 30 * UNIT_DEG, 3, 0.85, 0.5, 0.6, 0},
    [AIRCRAFT_FAST] = {"fast", 0.04, 200, 300, 85, 4000, 11500, 30, 55 * UNIT_DEG, 5, 0.9, 0.7, 0.2, 120},
    [AIRCRAFT_BALLOON] = {"balloon", 0, 2, 40, 2, 10000, 25000, 3, 10 * UNIT_DEG, 5, 0.0, 0.0, 0.0, 0},
    [AIRCRAFT_MISSILE] = {"missile", 0, 200, 300, 150, 30, 500, 20, 60 * UNIT_DEG, 0.2, 0.0, 0.0, 0.0, 0}, /* low, fast and small */
    [AIRCRAFT_SILENT] = {"silent", 0.05, 55, 110, 45, 500, 1800, 5, 30 * UNIT_DEG, 4, 0.0, 0.0, 0.0, 0},
};

const struct aircraft_type *aircraft_type(enum aircraft_class class)
{
    assert(class < AIRCRAFT_CLASSES);
    return &types[class];
}

static double limit(double value, double most)
{
    return fmax(-most, fmin(most, value));
}

static double approach(double from, double to, double most)
{
    return from + limit(to - from, most);
}

/* Direction (clockwise from north) and distance of a place as seen from the aircraft. */
static double bearing(struct geodetic from, struct geodetic to, double *distance_m)
{
    struct frame here = frame_at(from);
    struct vec3 v = frame_to_enu(&here, frame_ecef(to));

    *distance_m = hypot(v.x, v.y);
    return frame_azimuth(atan2(v.x, v.y));
}

static void remember(struct aircraft *t)
{
    struct frame here = frame_at(t->at);
    struct vec3 v = {t->speed_mps * sin(t->heading_rad), t->speed_mps * cos(t->heading_rad), t->climb_mps};

    t->node[(uint64_t)t->last % AIRCRAFT_NODES] = (struct aircraft_node){here.origin, frame_turn_from_enu(&here, v)};
}

/* Height of the planned path at a distance from the destination. */
static double path_m(const struct aircraft_flight *f, double to_go_m)
{
    return fmin(f->cruise_m, f->route.point[f->route.count - 1].hae_m + GLIDE * to_go_m);
}

/* Speed grows from slow at the ground to cruise at 70 % of the cruise level. */
static double path_mps(const struct aircraft_flight *f, double hae_m)
{
    double ground_m = fmin(f->route.point[0].hae_m, f->route.point[f->route.count - 1].hae_m);
    double part = (hae_m - ground_m) / fmax(0.7 * (f->cruise_m - ground_m), 100.0);
    double slow = f->steady ? f->cruise_mps : fmin(types[f->class].slow_mps, f->cruise_mps);

    return slow + (f->cruise_mps - slow) * fmax(0.0, fmin(1.0, part));
}

double aircraft_planned_mps(const struct aircraft_flight *flight, double from_start_m, double *hae_m)
{
    double length_m = route_length_m(&flight->route);

    *hae_m = flight->steady ? flight->cruise_m : fmin(flight->route.point[0].hae_m + CLIMB_GRADIENT * from_start_m, path_m(flight, length_m - from_start_m));
    return path_mps(flight, *hae_m);
}

static double next_change(struct aircraft *t)
{
    double mean_s = t->flight.steady ? 0 : types[t->flight.class].change_s;

    return mean_s > 0 ? (double)t->last * AIRCRAFT_STEP_S + 30.0 + rng_exponential(&t->rng, mean_s) : HUGE_VAL;
}

/* The step's place as recorded; false beyond the last point. */
static bool follow(struct aircraft *t)
{
    const struct recording *r = t->flight.recording;
    const struct recording_flight *f = &r->flight[t->flight.recorded];
    double time_s = (double)t->last * AIRCRAFT_STEP_S;
    struct recording_point p = recording_at(r, f, time_s);

    t->at = frame_geodetic(p.at);
    struct frame here = frame_at(t->at);
    struct vec3 v = frame_turn_to_enu(&here, p.velocity);
    t->speed_mps = hypot(v.x, v.y);
    t->heading_rad = frame_azimuth(atan2(v.x, v.y));
    t->climb_mps = v.z;
    t->node[(uint64_t)t->last % AIRCRAFT_NODES] = (struct aircraft_node){p.at, p.velocity};
    return time_s + AIRCRAFT_STEP_S <= r->point[f->first + f->count - 1].time_s;
}

void aircraft_start(struct aircraft *t, const struct aircraft_flight *flight, struct rng rng, int64_t step, double from_start_m)
{
    assert((flight->route.count >= 2 || flight->recording) && flight->number < AIRCRAFT_NUMBERS && flight->class < AIRCRAFT_CLASSES);
    memset(t, 0, sizeof *t);
    t->flight = *flight;
    t->rng = rng;
    t->flying = true;
    t->first = t->last = step;
    t->holds = flight->holds;
    if (flight->recording) {
        t->flying = follow(t);
        return;
    }
    t->at = route_at(&flight->route, from_start_m, &t->heading_rad, &t->next);
    t->at.hae_m = fmin(flight->route.point[0].hae_m + CLIMB_GRADIENT * from_start_m,
                       path_m(flight, route_length_m(&flight->route) - from_start_m));
    t->speed_mps = path_mps(flight, t->at.hae_m);
    t->change_s = next_change(t);
    remember(t);
}

/* Turns begin before the point so that they end on the next leg: radius * tan(change of course / 2), at most two radii. */
static double lead_m(const struct aircraft *t, double radius_m)
{
    const struct route *r = &t->flight.route;
    double there_m, onward;

    if (t->next + 1 >= r->count)
        return t->speed_mps * AIRCRAFT_STEP_S;
    onward = bearing(r->point[t->next], r->point[t->next + 1], &there_m);
    return radius_m * fmin(2.0, tan(0.5 * fmin(fabs(frame_angle(onward - t->heading_rad)), 2.8))) + t->speed_mps * AIRCRAFT_STEP_S;
}

/* Turn rate round a racetrack: half a circle, a straight leg, half a circle ... */
static double hold_turn(struct aircraft *t, double most)
{
    double rate = fmin(HOLD_RATE, most);

    if (t->hold_left <= 0) {
        t->hold_left += AIRCRAFT_STEP_S;
        if (t->hold_left > 0 && --t->holds > 0)
            t->hold_left = UNIT_PI;
        return 0.0;
    }
    t->hold_left -= rate * AIRCRAFT_STEP_S;
    if (t->hold_left <= 0)
        t->hold_left = -HOLD_LEG_S;
    return rate;
}

/* The turn rate that the pilot wants; moves on to the next point when it is time. False at the end of the route. */
static bool steer(struct aircraft *t, double *turn_rad_s, double *to_go_m)
{
    const struct route *r = &t->flight.route;
    double most = UNIT_G * tan(types[t->flight.class].bank_rad) / t->speed_mps;
    double radius_m = t->speed_mps / most;
    double distance_m, course = bearing(t->at, r->point[t->next], &distance_m);
    double off = frame_angle(course - t->heading_rad);

    if (distance_m < fmax(20e3, 4 * radius_m) && (distance_m < lead_m(t, radius_m) || (fabs(off) > UNIT_PI / 2 && distance_m < 3 * radius_m))) {
        if (t->next + 1 == r->count)
            return false;
        t->next++;
        if (t->next + 1 == r->count && t->holds > 0)
            t->hold_left = UNIT_PI;
        off = frame_angle(bearing(t->at, r->point[t->next], &distance_m) - t->heading_rad);
    }
    *to_go_m = distance_m + r->to_go_m[t->next];
    *turn_rad_s = t->holds > 0 && t->next + 1 == r->count ? hold_turn(t, most) : limit(off / TURN_TIME_S, most);
    return true;
}

/* Now and then another level or another speed. */
static void change(struct aircraft *t)
{
    const struct aircraft_type *type = &types[t->flight.class];

    if ((double)t->last * AIRCRAFT_STEP_S < t->change_s)
        return;
    double sign = rng_uniform(&t->rng) < 0.5 ? -1.0 : 1.0;
    if (rng_uniform(&t->rng) < 0.7)
        t->flight.cruise_m = fmax(type->level_lo_m, fmin(type->level_hi_m, t->flight.cruise_m + sign * 2000 * UNIT_FT));
    else
        t->flight.cruise_mps = fmax(type->cruise_lo_mps, fmin(type->cruise_hi_mps, t->flight.cruise_mps * (1 + 0.06 * sign)));
    t->change_s = next_change(t);
}

/* One step on the ellipsoid: the chord of the arc, and the convergence of the meridians. */
static void fly(struct aircraft *t, double turn, double climb, double speed)
{
    double meridian, vertical;
    double half = 0.5 * turn * AIRCRAFT_STEP_S;
    double chord = 0.5 * (t->speed_mps + speed) * AIRCRAFT_STEP_S * (fabs(half) > 1e-9 ? sin(half) / half : 1.0);
    double along = t->heading_rad + half;
    double lat = t->at.lat_rad;

    frame_radii(lat, &meridian, &vertical);
    double north = chord * cos(along), east = chord * sin(along);
    double mid = lat + 0.5 * north / (meridian + t->at.hae_m);
    double swing = east / ((vertical + t->at.hae_m) * cos(mid)); /* change of longitude */
    t->at.lat_rad = lat + north / (meridian + t->at.hae_m);
    t->at.lon_rad = frame_angle(t->at.lon_rad + swing);
    t->at.hae_m += 0.5 * (t->climb_mps + climb) * AIRCRAFT_STEP_S;
    t->heading_rad = frame_azimuth(t->heading_rad + 2 * half + swing * sin(mid));
    t->turn_rad_s = turn;
    t->climb_mps = climb;
    t->speed_mps = speed;
}

bool aircraft_step(struct aircraft *t)
{
    assert(t->flying);
    const struct aircraft_type *type = &types[t->flight.class];
    double turn, to_go_m;

    if (t->flight.recording) {
        t->last++;
        t->flying = follow(t);
        return t->flying;
    }
    change(t);
    if (!steer(t, &turn, &to_go_m)) {
        t->flying = false;
        return false;
    }
    turn = approach(t->turn_rad_s, turn, UNIT_G / t->speed_mps * ROLL_RAD_S * AIRCRAFT_STEP_S);
    double most = type->climb_mps * fmax(0.3, 1.0 - 0.5 * t->at.hae_m / 12000.0);
    double climb = (path_m(&t->flight, to_go_m) - t->at.hae_m) / LEVEL_TIME_S;
    climb = fmax(-STEEPER * GLIDE * t->speed_mps, fmin(most, climb));
    climb = approach(t->climb_mps, climb, LIFT_MPS2 * AIRCRAFT_STEP_S);
    double speed = approach(t->speed_mps, path_mps(&t->flight, t->at.hae_m), ACCELERATION_MPS2 * AIRCRAFT_STEP_S);
    fly(t, turn, climb, speed);
    t->last++;
    remember(t);
    return true;
}

bool aircraft_answers(const struct aircraft *t, double time_s)
{
    return t->flight.transponder && (t->flight.silenced_s <= 0 || time_s < t->flight.silenced_s);
}

bool aircraft_motion(const struct aircraft *t, double time_s, struct vec3 *at, struct vec3 *velocity)
{
    double step = time_s / AIRCRAFT_STEP_S;
    int64_t k = (int64_t)floor(step);

    if (k == t->last && step == (double)k) {
        if (k == t->first) { /* it has just begun: there is nothing to join yet */
            *at = t->node[(uint64_t)k % AIRCRAFT_NODES].at;
            if (velocity)
                *velocity = t->node[(uint64_t)k % AIRCRAFT_NODES].velocity;
            return true;
        }
        k--;
    }
    if (k < t->first || k + 1 > t->last || k <= t->last - AIRCRAFT_NODES)
        return false;
    const struct aircraft_node *a = &t->node[(uint64_t)k % AIRCRAFT_NODES], *b = &t->node[(uint64_t)(k + 1) % AIRCRAFT_NODES];
    double s = step - (double)k, s2 = s * s, s3 = s2 * s;
    double pa = 2 * s3 - 3 * s2 + 1, pb = 1 - pa, va = (s3 - 2 * s2 + s) * AIRCRAFT_STEP_S, vb = (s3 - s2) * AIRCRAFT_STEP_S;

    *at = (struct vec3){pa * a->at.x + pb * b->at.x + va * a->velocity.x + vb * b->velocity.x,
                        pa * a->at.y + pb * b->at.y + va * a->velocity.y + vb * b->velocity.y,
                        pa * a->at.z + pb * b->at.z + va * a->velocity.z + vb * b->velocity.z};
    if (velocity) {
        double d = 6 * (s2 - s) / AIRCRAFT_STEP_S, da = 3 * s2 - 4 * s + 1, db = 3 * s2 - 2 * s;

        *velocity = (struct vec3){d * (a->at.x - b->at.x) + da * a->velocity.x + db * b->velocity.x,
                                  d * (a->at.y - b->at.y) + da * a->velocity.y + db * b->velocity.y,
                                  d * (a->at.z - b->at.z) + da * a->velocity.z + db * b->velocity.z};
    }
    return true;
}
