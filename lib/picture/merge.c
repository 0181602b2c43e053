/* merge: see the header. Differences of two tracks are judged in the local east and north, position and velocity together; the errors of two
 * tracks are taken as independent, which they are not quite (common process noise): that makes the test of sameness stricter, never laxer.
 *
 * A lost track u and a new track t are one aircraft rather than two when
 *   N(x_t - x_u; 0, P_t + P_u) > density of new aircraft per area and velocity,
 * with u predicted to t's instant as one that may have manoeuvred violently, times what codes and heights say. That an aircraft is lost by a
 * manoeuvre and that one vanishes for good are about equally rare, so nothing else stands in the balance. */
#include "picture/merge.h"

#include "associate/cost.h"
#include "base/unit.h"
#include "picture/course.h"
#include "track/identity.h"
#include "track/life.h"
#include "track/quality.h"
#include <math.h>
#include <string.h>

#define SAME_LOOK_S 20.0 /* the longest turn */
#define MERGE_NIS 13.3   /* chi-square, 4 degrees of freedom, 99 % */
#define MERGE_CHECKS 3   /* timer checks in a row: about 15 s side by side */
#define MERGE_LEVEL_M 300.0 /* the vertical separation that aircraft keep: 1000 ft */
#define AROUND_M 200.0   /* sigma of the place where a twin is looked for */
#define AROUND 64        /* tracks looked at */
#define LOST_M 6000.0    /* between where a lost track was going and where it went: 250 m/s, turned back, for 12 s */
/* New aircraft per position and velocity while another is lost: one in the area of a long-range radar, of any velocity. */
#define NEW_DENSITY (1.0 / (UNIT_PI * 370e3 * 370e3 * 2.0 * UNIT_PI * FILTER_SPEED_SIGMA_MPS * FILTER_SPEED_SIGMA_MPS))
#define LOG_2PI 1.8378770664093453

/* t minus u at one instant: (east, north, east velocity, north velocity), and the sum of the covariances. */
struct merge_gap {
    double d[4], cov[TRACK_COVS];
};

static void merge_difference(const struct store_track *t, const struct imm *mt, const struct store_track *u, const struct imm *mu, struct merge_gap *out)
{
    struct track a, b;
    quality_report(t, mt, &a);
    quality_report(u, mu, &b);
    out->d[0] = frame_angle(a.at.lon_rad - b.at.lon_rad) * t->radius_m * cos(a.at.lat_rad);
    out->d[1] = (a.at.lat_rad - b.at.lat_rad) * t->radius_m;
    out->d[2] = a.east_mps - b.east_mps;
    out->d[3] = a.north_mps - b.north_mps;
    for (unsigned i = 0; i < TRACK_COVS; i++)
        out->cov[i] = a.cov[i] + b.cov[i];
}

static bool merge_contradict(const struct picture *p, const struct store_track *a, const struct store_track *b)
{
    bool levels = instant_is_set(a->level_time) && instant_is_set(b->level_time);
    return (p->settings.identity && !identity_compatible(&a->ident, &b->ident)) ||
           (levels && fabs(a->pressure.height_m - b->pressure.height_m) > MERGE_LEVEL_M);
}

/* One sensor sees both: two aircraft. What does not turn never misses: there it is the time that tells. */
static bool merge_both_seen(const struct store_look *a, const struct store_look *b)
{
    return a->sensor == b->sensor && a->misses == 0 && b->misses == 0 && fabs(instant_diff(a->hit, b->hit)) < SAME_LOOK_S;
}

/* Near in position and velocity, not contradicting, never seen by one sensor in one turn. */
static bool merge_same(const struct picture *p, const struct store_track *a, const struct store_track *b, struct instant now)
{
    if (merge_contradict(p, a, b))
        return false;
    for (unsigned i = 0; i < a->looks; i++)
        for (unsigned k = 0; k < b->looks; k++)
            if (merge_both_seen(&a->look[i], &b->look[k]))
                return false;
    struct imm ma, mb;
    struct merge_gap g;
    double nis, det;
    filter_predict(a, now, &ma);
    filter_predict(b, now, &mb);
    merge_difference(a, &ma, b, &mb, &g);
    return mat_nis4(g.d, g.cov, &nis, &det) && nis < MERGE_NIS;
}

/* keep goes on with what drop knows better; drop is removed. */
static void merge_into(struct picture *p, struct store_track *keep, struct store_track *drop)
{
    if (instant_before(keep->imm.time, drop->imm.time)) {
        keep->imm = drop->imm;
        keep->anchor = drop->anchor;
        keep->radius_m = drop->radius_m;
        keep->past = drop->past;
        keep->last = drop->last;
    }
    if (drop->pressure.plots && instant_before(keep->pressure.time, drop->pressure.time))
        keep->pressure = drop->pressure;
    if (drop->height.plots && instant_before(keep->height.time, drop->height.time))
        keep->height = drop->height;
    for (unsigned i = 0; i < drop->looks; i++) {
        struct store_look *l = store_add_look(keep, drop->look[i].sensor);
        if (instant_before(l->hit, drop->look[i].hit))
            *l = drop->look[i];
    }
    for (unsigned i = 0; i < TRACK_AGES; i++)
        if (instant_before(keep->age[i], drop->age[i]))
            keep->age[i] = drop->age[i];
    keep->plots += drop->plots;
    keep->log_odds = fmax(keep->log_odds, drop->log_odds);
    struct ident ident = drop->ident;
    struct track_remote remote[STORE_REMOTES];
    uint32_t remotes = drop->remotes;
    memcpy(remote, drop->remote, sizeof remote);
    course_remove(p, drop);
    for (uint32_t i = 0; i < remotes; i++)
        if (!store_has_remote(keep, remote[i].source, remote[i].last))
            store_bind_remote(p->store, keep, remote[i].source, remote[i].number, remote[i].last);
    bool had = ident_has(&keep->ident, IDENT_MODE_S);
    ident_merge(&ident, &keep->ident);
    keep->ident = ident;
    if (!had && ident_has(&ident, IDENT_MODE_S))
        course_bind(p, keep);
    store_place(p->store, keep, keep->imm.time);
    p->counters.tracks_merged++;
}

/* The older number goes on, with the state that has the fresher plot. False when t is gone. */
static bool merge_twins(struct picture *p, struct store_track *t, struct store_track *u)
{
    struct store_track *keep = t->number < u->number ? t : u, *drop = keep == t ? u : t;
    uint32_t ended = drop->number;
    bool gone = drop == t;
    course_report(p, drop, TRACK_DROP, 0);
    merge_into(p, keep, drop);
    course_report(p, keep, TRACK_UPDATE, ended);
    return !gone;
}

static uint32_t merge_around(struct picture *p, const struct store_track *t, struct instant now, double slack_m, uint32_t slots[AROUND])
{
    struct gate_plot around = {.time = now, .at = course_where(t), .sigma_m = AROUND_M, .slack_m = slack_m};
    uint32_t found = gate_find(store_gate(p->store), &around, slots, AROUND);
    return found < AROUND ? found : AROUND;
}

bool merge_compare(struct picture *p, struct store_track *t, struct instant now)
{
    uint32_t slots[AROUND], found = merge_around(p, t, now, 0.0, slots);
    for (uint32_t i = 0; i < found; i++) {
        struct store_track *u = store_slot(p->store, slots[i]);
        if (u == t || u->life != LIFE_CONFIRMED || !merge_same(p, t, u, now))
            continue;
        t->near_count = t->near_slot == u->self.slot ? t->near_count + 1 : 1;
        t->near_slot = u->self.slot;
        return t->near_count < MERGE_CHECKS || merge_twins(p, t, u);
    }
    t->near_count = 0;
    return true;
}

/* Log odds that the lost track u and the new track t are one aircraft. */
static double merge_odds(const struct picture *p, const struct store_track *t, const struct store_track *u)
{
    struct imm m = u->imm;
    struct merge_gap g;
    double nis, det, codes = p->settings.identity ? cost_identity(&u->ident, &t->ident) : 0.0;
    imm_predict_violent(&m, t->imm.time);
    merge_difference(t, &t->imm, u, &m, &g);
    if (!mat_nis4(g.d, g.cov, &nis, &det))
        return -HUGE_VAL;
    if (t->pressure.plots)
        codes += vertical_log_ratio(&u->pressure, t->pressure.time, t->pressure.height_m, t->pressure.hh);
    return codes - 0.5 * (nis + log(det)) - 2.0 * LOG_2PI - log(NEW_DENSITY);
}

bool merge_former(struct picture *p, struct store_track *t)
{
    if (!p->settings.retro_merge || t->number)
        return false;
    uint32_t slots[AROUND], found = merge_around(p, t, t->imm.time, LOST_M, slots);
    struct store_track *best = NULL;
    double most = 0.0;
    for (uint32_t i = 0; i < found; i++) {
        struct store_track *u = store_slot(p->store, slots[i]);
        if (u == t || u->life == LIFE_TENTATIVE || instant_before(t->born, u->last))
            continue;
        double odds = merge_odds(p, t, u);
        if (odds > most) {
            most = odds;
            best = u;
        }
    }
    if (!best)
        return false;
    bool shown = best->life == LIFE_CONFIRMED;
    merge_into(p, best, t);
    if (shown)
        course_report(p, best, TRACK_UPDATE, 0);
    else
        course_step(p, best, LIFE_AGAIN);
    return true;
}
