/* filter: see the header. The pressure altitude stands for the height above the ellipsoid with a datum offset of zero until one is learned;
 * the datum's uncertainty is part of the variance. */
#include "track/filter.h"

#include <math.h>

#define VIOLENT_NIS 9.2             /* chi-square, 2 degrees of freedom, 99 %: one plot in a hundred is looked at twice */
#define FOREIGN_SIGMA_MPS 10.0      /* of another system's velocity that states no accuracy */
#define DOPPLER_SIGMA_MPS 3.0      /* a filter bank's own width, 1 m/s steps, and the climb of aircraft */
#define RESTART_S 5.0               /* enough for a velocity: 100 m of noise over 5 s are 30 m/s */
#define ANCHOR_MAX_M 50000.0     /* beyond, the track gets a new anchor: curvature drop 196 m, scale error 3e-5 */
#define TRACK_INFLATION 4.0      /* covariance of other systems' tracks: their errors are correlated in time, mostly with our own */
#define POSITION_SIGMA_MIN_M 5.0 /* of geodetic plots: latency of the position source */
#define HEIGHT_SIGMA_MIN_M 10.0
#define RANGE_ANY_M 200000.0     /* for the prior of a height where no slant range limits it */

static double square(double v)
{
    return v * v;
}

static bool filter_is_polar(const struct plot *p)
{
    return p->kind <= PLOT_POLAR_3D;
}

static double datum_sigma_m(struct baro_offset datum)
{
    return datum.sigma_m > 0.0 ? datum.sigma_m : FILTER_DATUM_SIGMA_M;
}

/* Best knowledge of the height in the plot itself. */
static void filter_own_height(struct filter_plot *p)
{
    const struct level *l = &p->plot.level;
    p->height_known = true;
    if (l->flags & LEVEL_HEIGHT) {
        p->height = (struct slant_height){l->hae_m, fmax(l->sigma_height_m, HEIGHT_SIGMA_MIN_M)};
    } else if (level_trusted(l)) {
        p->height = (struct slant_height){l->pressure_m + p->datum.add_m, hypot(level_sigma_m(l), datum_sigma_m(p->datum))};
    } else {
        p->height_known = false;
        p->height = slant_prior(p->site, filter_is_polar(&p->plot) ? p->plot.polar.range_m : RANGE_ANY_M);
    }
}

/* Where the plot is, given its height: by the sensor's geometry, or as it says itself (with a floor to its noise). */
static bool filter_place(const struct filter_plot *p, struct slant_height h, struct slant_place *out)
{
    if (filter_is_polar(&p->plot))
        return slant_place(p->site, &p->plot.polar, h, out) == 0;
    const struct plot_geodetic *g = &p->plot.geodetic;
    double scale = p->plot.kind == PLOT_TRACK ? TRACK_INFLATION : 1.0, least = square(POSITION_SIGMA_MIN_M);
    struct geodetic at = {g->at.lat_rad, g->at.lon_rad, h.hae_m};
    *out = (struct slant_place){.ecef = frame_ecef(at), .at = at, .height = h};
    out->r = (struct sym2){g->cov_ee_m2 * scale + least, g->cov_en_m2 * scale, g->cov_nn_m2 * scale + least};
    return true;
}

bool filter_prepare(struct filter_plot *p)
{
    if ((p->plot.flags & PLOT_MOVING) && filter_is_polar(&p->plot)) {
        p->moved = *p->site;
        site_place(&p->moved, p->plot.polar.platform);
        p->site = &p->moved;
    }
    filter_own_height(p);
    if (!filter_place(p, p->height, &p->at))
        return false;
    const struct sym2 *r = &p->at.r;
    p->place.time = p->plot.time;
    p->place.at = p->at.at;
    p->place.sigma_m = sqrt(fmax(r->xx, r->yy) + fabs(r->xy));
    p->place.slack_m = p->height_known ? 0.0 : 2.0 * hypot(p->at.slope_e, p->at.slope_n) * p->height.sigma_m;
    return true;
}

/* The track's height at the instant of m: of its vertical filter, or the state's (then *state is true). */
static struct slant_height filter_height(const struct store_track *t, const struct imm *m, bool *state)
{
    struct vertical v = t->height.plots ? t->height : t->pressure;
    *state = v.plots == 0;
    if (*state) {
        double x[KALMAN_STATES];
        imm_mean(m, x);
        return (struct slant_height){x[KALMAN_H], sqrt(m->model[0].p[kalman_at(KALMAN_H, KALMAN_H)])};
    }
    vertical_predict(&v, m->time);
    if (t->height.plots)
        return (struct slant_height){v.height_m, sqrt(v.hh + square(FILTER_DATUM_SIGMA_M))};
    return (struct slant_height){v.height_m + t->datum.add_m, sqrt(v.hh + square(datum_sigma_m(t->datum)))};
}

/* A place as a measurement in the track's frame: axes differ by the meridian convergence. */
static void filter_turn(const struct store_track *t, const struct slant_place *at, struct measure *z)
{
    struct vec3 enu = frame_to_enu(&t->anchor, at->ecef);
    *z = (struct measure){.r = at->r, .slope_e = at->slope_e, .slope_n = at->slope_n, .height_m = at->height.hae_m};
    struct store_turn turn = store_convergence(t, at->at.lon_rad);
    measure_turn(z, turn.cosine, turn.sine);
    z->east_m = enu.x;
    z->north_m = enu.y;
}

/* The plot in the track's frame, about the predicted state m: placed again at the track's height where the plot has none itself. */
static bool filter_measure(const struct store_track *t, const struct filter_plot *p, const struct imm *m, struct measure *z)
{
    bool track_knows = m->states == KALMAN_STATES || t->height.plots || t->pressure.plots;
    if (p->height_known || !track_knows) {
        filter_turn(t, &p->at, z);
        z->height_var_m2 = square(p->height.sigma_m);
        return true;
    }
    bool state;
    struct slant_place at;
    struct slant_height h = filter_height(t, m, &state);
    if (!filter_place(p, h, &at))
        return false;
    filter_turn(t, &at, z);
    z->height_var_m2 = state ? 0.0 : square(h.sigma_m);
    return true;
}

/* The state predicted to the plot's time; a height that the plot measured replaces the height state. */
static bool filter_state_at(const struct store_track *t, const struct filter_plot *p, struct imm *m)
{
    if (!instant_before(p->plot.time, t->imm.time))
        filter_predict(t, p->plot.time, m);
    else if (past_reaches(&t->past, p->plot.time))
        past_at(&t->past, p->plot.time, m);
    else
        return false;
    if (m->states == KALMAN_STATES && p->height_known) {
        imm_update_height(m, p->height.hae_m, square(p->height.sigma_m));
        imm_forget_height(m);
    }
    return true;
}

/* The plot against the track: *m is the state at its time, by the models or, where the plot is too far off for them, by a violent
 * manoeuvre when that is likelier; *look the measurement against it. */
static bool filter_weigh(const struct store_track *t, const struct filter_plot *p, struct imm *m, struct imm_look *look, struct filter_judgement *out)
{
    out->violent = false;
    if (!filter_state_at(t, p, m) || !filter_measure(t, p, m, &out->z) || !imm_look(m, &out->z, look))
        return false;
    out->log_likelihood = look->log_likelihood;
    if (look->nis > VIOLENT_NIS && instant_before(t->imm.time, p->plot.time) && m->states == t->imm.states) {
        struct imm hard = t->imm;
        struct imm_look other;
        imm_predict_violent(&hard, p->plot.time);
        if (imm_look(&hard, &out->z, &other) && other.log_likelihood + log(MOTION_VIOLENT_SHARE) > look->log_likelihood) {
            *m = hard;
            *look = other;
            out->log_likelihood = other.log_likelihood + log(MOTION_VIOLENT_SHARE);
            out->violent = true;
        }
    }
    double x[KALMAN_STATES];
    imm_mean(m, x);
    out->nis = look->nis;
    out->residual_e_m = out->z.east_m - x[KALMAN_E];
    out->residual_n_m = out->z.north_m - x[KALMAN_N];
    return true;
}

bool filter_judge(const struct store_track *t, const struct filter_plot *p, struct filter_judgement *out)
{
    struct imm m;
    struct imm_look look;
    return filter_weigh(t, p, &m, &look, out);
}

static void filter_anchor(struct store_track *t, const struct geodetic *at)
{
    double meridian, prime;
    t->anchor = frame_at((struct geodetic){at->lat_rad, at->lon_rad, 0.0});
    frame_radii(at->lat_rad, &meridian, &prime);
    t->radius_m = sqrt(meridian * prime);
}

/* A new anchor under the aircraft when it has flown far from the old one. */
static void filter_keep_near(struct store_track *t)
{
    double x[KALMAN_STATES];
    imm_mean(&t->imm, x);
    if (fabs(x[KALMAN_E]) < ANCHOR_MAX_M && fabs(x[KALMAN_N]) < ANCHOR_MAX_M)
        return;
    bool state;
    double height = filter_height(t, &t->imm, &state).hae_m;
    struct frame old = t->anchor;
    struct vec3 here = {x[KALMAN_E], x[KALMAN_N], measure_up(x[KALMAN_E], x[KALMAN_N], height, t->radius_m)};
    struct vec3 ecef = frame_from_enu(&old, here);
    struct geodetic at = frame_geodetic(ecef);
    filter_anchor(t, &at);
    struct mat3 r = frame_between(&old, &t->anchor);
    struct vec3 there = frame_to_enu(&t->anchor, ecef);
    struct imm_shift s = {.ee = r.m[0][0], .en = r.m[0][1], .ne = r.m[1][0], .nn = r.m[1][1]};
    s.east_m = there.x - (s.ee * here.x + s.en * here.y);
    s.north_m = there.y - (s.ne * here.x + s.nn * here.y);
    imm_shift(&t->imm, &s);
    past_shift(&t->past, &s);
}

/* Heights that the plot measured go into the vertical filters; a height state that is no longer needed is given up. */
static void filter_update_height(struct store_track *t, const struct filter_plot *p)
{
    const struct level *l = &p->plot.level;
    if (p->datum.sigma_m > 0.0)
        t->datum = p->datum;
    if (level_trusted(l))
        vertical_update(&t->pressure, p->plot.time, l->pressure_m, square(level_sigma_m(l)));
    if (l->flags & LEVEL_HEIGHT)
        vertical_update(&t->height, p->plot.time, l->hae_m, square(fmax(l->sigma_height_m, HEIGHT_SIGMA_MIN_M)));
    if (t->imm.states == KALMAN_STATES && p->height_known) {
        imm_update_height(&t->imm, p->height.hae_m, square(p->height.sigma_m));
        imm_forget_height(&t->imm);
        past_reset(&t->past, &t->imm);
    }
}

/* The plot's Doppler in the track's frame; of an aircraft that climbs, the climb's share is within its sigma. */
static struct measure_radial filter_radial(const struct store_track *t, const struct filter_plot *p, const struct measure *z)
{
    if (!filter_is_polar(&p->plot) || !(p->plot.flags & PLOT_DOPPLER) || (p->plot.flags & PLOT_MOVING))
        return (struct measure_radial){0.0, 0.0, 0.0, 0.0};
    struct vec3 from = frame_to_enu(&t->anchor, p->site->frame.origin);
    double range = p->plot.polar.range_m;
    return (struct measure_radial){(z->east_m - from.x) / range, (z->north_m - from.y) / range, p->plot.polar.doppler_mps, square(DOPPLER_SIGMA_MPS)};
}

bool filter_update(struct store_track *t, const struct filter_plot *p, double nis_max, struct filter_judgement *out)
{
    struct imm m;
    struct imm_look look;
    if (!filter_weigh(t, p, &m, &look, out) || !(out->nis <= nis_max))
        return false;
    struct past_plot q = {.time = p->plot.time, .z = out->z, .radial = filter_radial(t, p, &out->z), .violent = out->violent};
    if (instant_before(p->plot.time, t->imm.time)) {
        past_insert(&t->past, &q, &t->imm);
    } else {
        if (m.states != t->imm.states) { /* the height has become known: the past had another kind of state */
            t->imm = m;
            past_reset(&t->past, &m);
        }
        past_add(&t->past, &t->imm, &q);
        imm_update(&m, &look);
        if (q.radial.var_m2_s2 > 0.0)
            imm_update_radial(&m, &q.radial);
        t->imm = m;
    }
    filter_update_height(t, p);
    filter_keep_near(t);
    return true;
}

/* Another system's track in ours' frame. */
static struct intersect filter_foreign(const struct store_track *t, const struct filter_plot *p)
{
    const struct plot_geodetic *g = &p->plot.geodetic;
    struct vec3 enu = frame_to_enu(&t->anchor, p->at.ecef);
    struct store_turn turn = store_convergence(t, p->at.at.lon_rad);
    struct intersect z = {.states = p->plot.flags & PLOT_VELOCITY ? 4 : 2, .x = {0.0, 0.0, g->east_mps, g->north_mps}};
    double least = square(POSITION_SIGMA_MIN_M), speed = g->sigma_velocity_mps > 0.0 ? square(g->sigma_velocity_mps) : square(FOREIGN_SIGMA_MPS);
    z.p[solve_at(KALMAN_E, KALMAN_E)] = g->cov_ee_m2 + least;
    z.p[solve_at(KALMAN_N, KALMAN_E)] = g->cov_en_m2;
    z.p[solve_at(KALMAN_N, KALMAN_N)] = g->cov_nn_m2 + least;
    z.p[solve_at(KALMAN_VE, KALMAN_VE)] = z.p[solve_at(KALMAN_VN, KALMAN_VN)] = speed;
    intersect_shift(&z, &(struct imm_shift){.ee = turn.cosine, .en = -turn.sine, .ne = turn.sine, .nn = turn.cosine, .east_m = enu.x, .north_m = enu.y});
    return z;
}

bool filter_distance(const struct store_track *t, const struct filter_plot *p, double *distance)
{
    struct imm m;
    if (!instant_before(p->plot.time, t->imm.time))
        filter_predict(t, p->plot.time, &m);
    else if (past_reaches(&t->past, p->plot.time))
        past_at(&t->past, p->plot.time, &m);
    else
        return false;
    struct intersect z = filter_foreign(t, p);
    *distance = intersect_distance(&m, &z);
    return true;
}

bool filter_fuse(struct store_track *t, const struct filter_plot *p)
{
    struct past_plot q = {.time = p->plot.time, .track = filter_foreign(t, p), .foreign = true};
    if (instant_before(p->plot.time, t->imm.time)) {
        if (!past_reaches(&t->past, p->plot.time))
            return false;
        past_insert(&t->past, &q, &t->imm);
    } else {
        past_add(&t->past, &t->imm, &q);
        imm_predict(&t->imm, p->plot.time);
        intersect_update(&t->imm, &q.track);
    }
    filter_update_height(t, p);
    filter_keep_near(t);
    return true;
}

void filter_start(struct store_track *t, const struct filter_plot *p)
{
    const struct plot *plot = &p->plot;
    filter_anchor(t, &p->at.at);
    struct measure z;
    filter_turn(t, &p->at, &z);
    z.height_var_m2 = square(p->height.sigma_m);
    struct imm_start start = {.states = p->height_known || p->height_fixed ? KALMAN_STATES - 1 : KALMAN_STATES, .sigma_speed_mps = FILTER_SPEED_SIGMA_MPS};
    start.height_var_m2 = square(p->height.sigma_m);
    if (!filter_is_polar(plot) && (plot->flags & PLOT_VELOCITY)) {
        start.ve_mps = plot->geodetic.east_mps;
        start.vn_mps = plot->geodetic.north_mps;
        start.sigma_speed_mps = fmax(plot->geodetic.sigma_velocity_mps, 1.0);
    }
    imm_start(&t->imm, plot->time, &z, &start);
    past_reset(&t->past, &t->imm);
    filter_update_height(t, p);
}

void filter_restart(struct store_track *t, const struct filter_plot *p)
{
    struct imm_start start = {.states = t->imm.states, .sigma_speed_mps = FILTER_SPEED_SIGMA_MPS};
    start.height_var_m2 = t->imm.states == KALMAN_STATES ? t->imm.model[0].p[kalman_at(KALMAN_H, KALMAN_H)] : 0.0;
    struct filter_judgement j;
    bool restarted = past_restart(&t->past, instant_add(p->plot.time, -RESTART_S), &start, &t->imm);
    if (restarted && filter_update(t, p, GATE_NIS, &j))
        return;
    t->pressure.plots = 0;
    t->height.plots = 0;
    filter_start(t, p);
}

void filter_predict(const struct store_track *t, struct instant time, struct imm *m)
{
    *m = t->imm;
    imm_predict(m, time);
}
