/* Legs as great circles of unit vectors: a leg from a to b has the pole a x b; what lies between is a turned towards b (Williams, Aviation Formulary;
 * Gade, J. Navigation 63, 2010, for the vectors). Rejected: geodesics of the ellipsoid (each leg an iteration; a plan is not flown to 0.6 %). */
#include "air/plan.h"

#include "base/err.h"
#include "base/unit.h"
#include <math.h>

#define RADIUS_M 6371008.8 /* mean radius of the WGS-84 ellipsoid (IUGG) */
#define LEVEL_MOST_M 40000.0
#define SPEED_MOST_MPS 1500.0

static struct vec3 unit_of(struct geodetic g)
{
    return (struct vec3){cos(g.lat_rad) * cos(g.lon_rad), cos(g.lat_rad) * sin(g.lon_rad), sin(g.lat_rad)};
}

static struct vec3 cross(struct vec3 a, struct vec3 b)
{
    return (struct vec3){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static double angle(struct vec3 a, struct vec3 b)
{
    return atan2(mat_norm3(cross(a, b)), mat_dot3(a, b));
}

/* A leg of the way. */
struct leg {
    struct vec3 from, to, pole; /* pole: unit vector, zero where the leg has no length */
    double angle_rad;
};

static struct leg leg_of(const struct plan *p, unsigned next)
{
    struct leg l = {.from = unit_of(p->route[next - 1].at), .to = unit_of(p->route[next].at)};
    struct vec3 pole = cross(l.from, l.to);
    double sine = mat_norm3(pole);

    l.angle_rad = atan2(sine, mat_dot3(l.from, l.to));
    l.pole = sine > 1e-12 ? mat_scale3(1.0 / sine, pole) : (struct vec3){0, 0, 0};
    return l;
}

static double leg_m(const struct plan *p, unsigned next)
{
    return RADIUS_M * angle(unit_of(p->route[next - 1].at), unit_of(p->route[next].at));
}

static bool within(double value, double least, double most)
{
    return value >= least && value <= most; /* false for NaN */
}

static bool point_good(const struct plan_point *q)
{
    return within(q->at.lat_rad, -UNIT_PI / 2, UNIT_PI / 2) && within(q->at.lon_rad, -2 * UNIT_PI, 2 * UNIT_PI) && within(q->at.hae_m, -1000, LEVEL_MOST_M) &&
           within(q->pressure_m, -1000, LEVEL_MOST_M);
}

int plan_check(const struct plan *p)
{
    struct instant last = INSTANT_NONE;

    if (p->number == 0 || p->action >= PLAN_ACTIONS || p->points > PLAN_ROUTE_POINTS)
        return ERR_RANGE;
    if (!within(p->cruise_mps, 0, SPEED_MOST_MPS) || !within(p->cruise_pressure_m, -1000, LEVEL_MOST_M))
        return ERR_RANGE;
    for (unsigned i = 0; i < p->points; i++) {
        struct instant over = p->route[i].over;
        if (!point_good(&p->route[i]) || (instant_is_set(over) && instant_before(over, last)))
            return ERR_RANGE;
        last = instant_is_set(over) ? over : last;
    }
    return 0;
}

bool plan_complete(struct plan *p)
{
    struct plan_point *q = p->route;
    unsigned known = 0, set = 0;

    for (unsigned i = p->points; i-- > 0;)
        if (instant_is_set(q[i].over)) {
            known = i; /* the first one, in the end */
            set++;
        }
    if (set == p->points || set == 0 || p->cruise_mps <= 0)
        return set > 0 && set == p->points;
    for (unsigned i = known; i > 0; i--)
        q[i - 1].over = instant_add(q[i].over, -leg_m(p, i) / p->cruise_mps);
    for (unsigned i = known + 1; i < p->points; i++)
        if (!instant_is_set(q[i].over))
            q[i].over = instant_add(q[i - 1].over, leg_m(p, i) / p->cruise_mps);
    for (unsigned i = p->points; i-- > 1;) /* a time that was given counts more than one that runs into it */
        if (instant_before(q[i].over, q[i - 1].over))
            q[i - 1].over = q[i].over;
    return true;
}

bool plan_span(const struct plan *p, struct instant *begin, struct instant *end)
{
    if (p->points == 0)
        return false;
    *begin = p->route[0].over;
    *end = p->route[p->points - 1].over;
    return instant_is_set(*begin) && instant_is_set(*end);
}

/* The place at a part of the leg, 0..1. */
static void place(const struct plan *p, unsigned next, const struct leg *l, double part, struct plan_place *out)
{
    const struct plan_point *a = &p->route[next - 1], *b = &p->route[next];
    struct vec3 ahead = cross(l->pole, l->from); /* a quarter of the circle on */
    double turn = part * l->angle_rad;
    struct vec3 v = mat_add3(mat_scale3(cos(turn), l->from), mat_scale3(sin(turn), ahead));
    struct vec3 along = cross(l->pole, v);
    double level = a->pressure_m > 0 && b->pressure_m > 0 ? a->pressure_m + part * (b->pressure_m - a->pressure_m) : fmax(a->pressure_m, b->pressure_m);
    bool timed = instant_is_set(a->over) && instant_is_set(b->over);
    double took_s = timed ? instant_diff(b->over, a->over) : 0.0;

    *out = (struct plan_place){.next = next, .over = timed ? instant_add(a->over, part * took_s) : INSTANT_NONE};
    out->at = (struct geodetic){atan2(v.z, hypot(v.x, v.y)), atan2(v.y, v.x), level > 0 ? level : p->cruise_pressure_m};
    double cross_lon = hypot(v.x, v.y) > 1e-9 ? (v.x * along.y - v.y * along.x) / hypot(v.x, v.y) : 0.0; /* east component */
    out->course_rad = frame_azimuth(atan2(cross_lon, along.z / fmax(hypot(v.x, v.y), 1e-9)));
    out->ground_mps = took_s > 1.0 ? RADIUS_M * l->angle_rad / took_s : p->cruise_mps;
    out->to_go_m = RADIUS_M * (1.0 - part) * l->angle_rad;
    for (unsigned i = next + 1; i < p->points; i++)
        out->to_go_m += leg_m(p, i);
}

bool plan_at(const struct plan *p, struct instant t, struct plan_place *out)
{
    for (unsigned i = 1; i < p->points; i++) {
        struct instant from = p->route[i - 1].over, to = p->route[i].over;
        if (!instant_is_set(from) || !instant_is_set(to) || instant_before(t, from) || instant_before(to, t))
            continue;
        double took_s = instant_diff(to, from);
        struct leg l = leg_of(p, i);
        place(p, i, &l, took_s > 0 ? instant_diff(t, from) / took_s : 0.0, out);
        return true;
    }
    return false;
}

bool plan_near(const struct plan *p, struct geodetic at, struct plan_place *out)
{
    struct vec3 v = unit_of(at);
    double best = HUGE_VAL;

    for (unsigned i = 1; i < p->points; i++) {
        struct leg l = leg_of(p, i);
        double along = atan2(mat_dot3(v, cross(l.pole, l.from)), mat_dot3(v, l.from));
        double part = l.angle_rad > 0 ? fmax(0.0, fmin(1.0, along / l.angle_rad)) : 0.0;
        struct plan_place here;
        place(p, i, &l, part, &here);
        double away = angle(v, unit_of(here.at));
        if (away < best) {
            best = away;
            *out = here;
            out->aside_m = mat_dot3(v, l.pole) > 0 ? -RADIUS_M * away : RADIUS_M * away; /* the pole lies to the left of the way */
        }
    }
    return best < HUGE_VAL;
}
