/* A way of legs, cut by the boundary of the centre that it is in.
 *
 * The way follows the plan from the leg that the aircraft flies now (nearest, not more than OFF_M beside it, heading within 60 degrees) and ends
 * at its last point; without such a leg it goes straight on. Legs are short enough to be straight in latitude and longitude. The uncertainty grows
 * with white acceleration of PSD_M2_S3 per axis (Bar-Shalom, Li, Kirubarajan 2001, 6.3.2), projected on the normal of the crossed edge. */
#include "handoff/forecast.h"

#include "geo/geodesic.h"
#include <math.h>

#define LEG_M 40000.0
#define LEGS 64
#define OFF_M 20000.0
#define PSD_M2_S3 0.1
#define SPEED_LEAST_MPS 20.0
#define BEYOND_M 300.0 /* behind the boundary it is asked whose airspace this is */
#define AHEAD_RAD 1.0471975511965976

struct way {
    int points;
    struct geodetic at[LEGS + 1];
    double distance_m[LEGS + 1];
};

/* ---- the way ---- */

/* A leg to `to`, in pieces; false when the way is full or long enough. */
static bool go_to(struct way *w, struct geodetic to, double most_m)
{
    double azimuth, left = geodesic_inverse(w->at[w->points - 1], to, &azimuth, NULL);

    while (left > 1.0) {
        double step = fmin(left, LEG_M);

        if (w->points > LEGS || w->distance_m[w->points - 1] >= most_m) {
            return false;
        }
        w->at[w->points] = geodesic_direct(w->at[w->points - 1], azimuth, step, &azimuth);
        w->distance_m[w->points] = w->distance_m[w->points - 1] + step;
        w->points++;
        left -= step;
    }
    return true;
}

/* Index of the plan's point that comes next, or 0 when it is not being flown. */
static int next_point(const struct ledger_row *row, const struct plan *plan, double heading_rad)
{
    double best_m = OFF_M;
    int next = 0;

    for (int i = 1; i < plan->points; i++) {
        double leg_azimuth, to_azimuth, there_azimuth;
        double leg_m = geodesic_inverse(plan->route[i - 1].at, plan->route[i].at, &leg_azimuth, NULL);
        double from_m = geodesic_inverse(plan->route[i - 1].at, row->at, &to_azimuth, NULL);
        double along_m = from_m * cos(to_azimuth - leg_azimuth), beside_m = fabs(from_m * sin(to_azimuth - leg_azimuth));

        (void)geodesic_inverse(row->at, plan->route[i].at, &there_azimuth, NULL);
        if (along_m >= -OFF_M && along_m <= leg_m && beside_m < best_m && fabs(frame_angle(there_azimuth - heading_rad)) < AHEAD_RAD) {
            best_m = beside_m;
            next = i;
        }
    }
    return next;
}

static bool lay_way(struct way *w, const struct ledger_row *row, const struct plan *plan, double most_m)
{
    double heading = atan2(row->east_mps, row->north_mps);
    int next = plan ? next_point(row, plan, heading) : 0;

    w->points = 1;
    w->at[0] = row->at;
    w->distance_m[0] = 0;
    for (int i = next; next && i < plan->points && go_to(w, plan->route[i].at, most_m); i++) {
    }
    if (!next) {
        (void)go_to(w, geodesic_direct(row->at, heading, most_m, NULL), most_m);
    }
    return next != 0;
}

/* ---- the boundary ---- */

struct cut {
    int leg;
    double distance_m;
    struct geodetic at;
    struct centre_crossing edge;
};

static struct geodetic between(struct geodetic a, struct geodetic b, double part)
{
    return (struct geodetic){a.lat_rad + part * (b.lat_rad - a.lat_rad), a.lon_rad + part * (b.lon_rad - a.lon_rad), a.hae_m};
}

/* First place from `from_m` on where the way leaves `centre`. */
static bool find_cut(const struct centres *c, int centre, const struct way *w, double from_m, struct cut *out)
{
    for (int i = 0; i + 1 < w->points; i++) {
        double leg_m = w->distance_m[i + 1] - w->distance_m[i], start = (from_m - w->distance_m[i]) / leg_m;

        if (start >= 1.0) {
            continue;
        }
        start = fmax(start, 0.0);
        if (centre_leave(c, centre, between(w->at[i], w->at[i + 1], start), w->at[i + 1], &out->edge)) {
            double part = start + out->edge.part * (1.0 - start);

            *out = (struct cut){i, w->distance_m[i] + part * leg_m, between(w->at[i], w->at[i + 1], part), out->edge};
            return true;
        }
    }
    return false;
}

static struct geodetic along(const struct way *w, double distance_m)
{
    for (int i = 0; i + 1 < w->points; i++) {
        if (distance_m <= w->distance_m[i + 1] || i + 2 == w->points) {
            return between(w->at[i], w->at[i + 1], (distance_m - w->distance_m[i]) / (w->distance_m[i + 1] - w->distance_m[i]));
        }
    }
    return w->at[0];
}

static double sigma_of(const struct ledger_row *row, const struct cut *cut, double t)
{
    const double *p = row->cov;
    double east = cut->edge.edge_north, north = -cut->edge.edge_east; /* across the edge */
    double noise = PSD_M2_S3 * t * t * t / 3.0;
    double ee = p[TRACK_EE] + 2 * t * p[TRACK_EVE] + t * t * p[TRACK_VEVE] + noise;
    double nn = p[TRACK_NN] + 2 * t * p[TRACK_NVN] + t * t * p[TRACK_VNVN] + noise;
    double en = p[TRACK_EN] + t * (p[TRACK_EVN] + p[TRACK_NVE]) + t * t * p[TRACK_VEVN];
    double speed = fabs(east * row->east_mps + north * row->north_mps);

    return sqrt(fmax(0.0, east * east * ee + 2 * east * north * en + north * north * nn)) / fmax(speed, 1.0);
}

bool forecast_crossing(const struct centres *c, int from, const struct ledger_row *row, const struct plan *plan, double horizon_s, struct forecast *out)
{
    double speed = hypot(row->east_mps, row->north_mps);
    struct way way;
    struct cut cut, next;

    if (speed < SPEED_LEAST_MPS) {
        return false;
    }
    out->by_plan = lay_way(&way, row, plan, speed * horizon_s);
    if (!find_cut(c, from, &way, 0, &cut) || cut.distance_m > speed * horizon_s) {
        return false;
    }
    struct geodetic beyond = along(&way, cut.distance_m + BEYOND_M);
    double t = cut.distance_m / speed;

    out->to = centre_at(c, beyond.lat_rad, beyond.lon_rad);
    out->time = instant_add(row->time, t);
    out->at = cut.at;
    out->distance_m = cut.distance_m;
    out->pressure_m = (row->level.flags & LEVEL_PRESSURE ? row->level.pressure_m : row->at.hae_m) + row->climb_mps * fmin(t, 120.0);
    out->sigma_s = sigma_of(row, &cut, t);
    out->stay_s = HUGE_VAL;
    if (out->to != CENTRE_NONE && out->to != from && find_cut(c, out->to, &way, cut.distance_m + BEYOND_M, &next)) {
        beyond = along(&way, next.distance_m + BEYOND_M);
        if (centre_at(c, beyond.lat_rad, beyond.lon_rad) == from) {
            out->stay_s = (next.distance_m - cut.distance_m) / speed;
        }
    }
    return out->to != from;
}
