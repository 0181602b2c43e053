/* course: see the header. Timers: every live track has one in the heap, due at most GATE_REFRESH_S ahead; it refreshes the gate, counts the
 * looks that failed, and lets silence act. It is not moved by plots (that would be a heap operation a plot), so it fires once per
 * GATE_REFRESH_S and track whatever the plot rate. */
#include "picture/course.h"

#include "picture/calibrate.h"
#include "picture/crosscheck.h"
#include "picture/identify.h"
#include "picture/merge.h"
#include "track/identity.h"
#include "track/life.h"
#include "track/quality.h"
#include "track/start.h"
#include <math.h>

#define LOOK_MARGIN 1.1     /* of a period: the aircraft has moved on, by 36 degrees of the antenna's turn at most */
#define WATCH_S 2.0         /* between timers of a track that was not seen lately */
#define SAME_TURN 0.5       /* of a rotation: a sensor sees an aircraft once a turn */
#define LOOK_FORGET 4       /* failed looks in a row after which a sensor no longer sees this aircraft */
#define ADDRESS_SPEED_MPS 1000.0 /* beyond, two plots of one address are two aircraft */
#define ADDRESS_SLACK_M 3000.0
#define VICTIMS 64           /* slots looked at for a victim: a full store must not cost more per plot than a free one */
#define DORMANT_S 300.0     /* an aircraft behind a mountain or in a hole of coverage comes back within minutes, or is another flight */

void course_report(struct picture *p, const struct store_track *t, enum track_event_kind kind, uint32_t other)
{
    struct track_event *e = outbox_next(p->outbox, kind);
    quality_report(t, &t->imm, &e->track);
    identify_report(p, t, &e->track);
    if (other) {
        e->track.flags |= TRACK_AMALGAMATED;
        e->track.other_number = other;
    }
    outbox_add(p->outbox);
}

void course_remove(struct picture *p, struct store_track *t)
{
    heap_remove(p->track_timers, t->self.slot);
    if (t->life == LIFE_TENTATIVE)
        p->counters.tracks_tentative--;
    if (t->life == LIFE_CONFIRMED) {
        p->counters.tracks_confirmed--;
        p->counters.tracks_dropped++;
    }
    store_remove(p->store, t);
}

/* Takes the step that an event makes. False when the track is gone. */
bool course_step(struct picture *p, struct store_track *t, enum life_event event)
{
    struct life_cell cell = life_step((enum life_state)t->life, event);
    switch ((enum life_action)cell.action) {
    case LIFE_ANNOUNCE:
        p->counters.tracks_tentative -= t->life == LIFE_TENTATIVE;
        p->counters.tracks_confirmed++;
        if (t->number == 0) {
            store_number(p->store, t);
            p->counters.tracks_new++;
        }
        t->life = cell.next;
        identify_expire(p, t, p->now);
        course_report(p, t, TRACK_NEW, 0);
        return true;
    case LIFE_HIDE:
        identify_end(p, t);
        course_report(p, t, TRACK_DROP, 0);
        p->counters.tracks_confirmed--;
        p->counters.tracks_dropped++;
        t->life = cell.next;
        return true;
    case LIFE_REMOVE:
        course_remove(p, t);
        return false;
    case LIFE_NOTHING:
    case LIFE_ACTIONS:
        break;
    }
    t->life = cell.next;
    return true;
}

/* The sensor's look at the track succeeded. */
static void course_look(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    struct store_look *l = store_add_look(t, plot->sensor);
    struct station *s = &p->station[plot->sensor];
    l->source = plot->plot.source;
    l->misses = 0;
    if (!instant_before(plot->plot.time, l->hit))
        l->hit = l->last = plot->plot.time;
    s->used++;
}

/* An address that became known: the track owns it, unless another one does. */
void course_bind(struct picture *p, struct store_track *t)
{
    struct store_track *owner = store_find_address(p->store, t->ident.mode_s);
    if (owner && owner != t && owner->life == LIFE_DORMANT) { /* the same aircraft came back unrecognised: this one goes on under its number */
        t->number = t->number ? t->number : owner->number;
        course_remove(p, owner);
        owner = NULL;
    }
    t->flags = (uint8_t)(t->flags & ~STORE_DUPLICATE);
    if (!owner)
        store_bind_address(p->store, t);
    else if (owner != t)
        t->flags |= STORE_DUPLICATE;
}

/* What every plot that was taken does to the track besides its state. False when the track has become another one's next part. */
static bool course_credit(struct picture *p, struct store_track *t, const struct filter_plot *plot, double log_ratio)
{
    t->plots++;
    if (instant_before(t->last, plot->plot.time))
        t->last = plot->plot.time;
    t->log_odds = life_hit(t->log_odds, log_ratio);
    if (plot->plot.kind != PLOT_TRACK)
        t->flags |= STORE_SENSED;
    if (plot->plot.flags & PLOT_SIMULATED)
        t->flags |= STORE_SIMULATED;
    course_look(p, t, plot);
    identify_hear(p, t, plot);
    if (identity_update(t, &plot->plot) || (t->flags & STORE_DUPLICATE)) /* the one that had its address may be gone by now */
        course_bind(p, t);
    store_place(p->store, t, t->imm.time);
    p->counters.plots_used++;
    bool shown = t->life == LIFE_CONFIRMED;
    if (t->life == LIFE_DORMANT && t->log_odds > LIFE_DROP)
        course_step(p, t, LIFE_AGAIN);
    else if (t->life == LIFE_TENTATIVE && t->log_odds > LIFE_CONFIRM)
        return !merge_former(p, t) && course_step(p, t, LIFE_SURE);
    if (shown)
        course_report(p, t, TRACK_UPDATE, 0);
    return true;
}

/* The other system ends this track: hidden where it is shown, and gone. */
static void course_end(struct picture *p, struct store_track *t)
{
    if (t->life != LIFE_CONFIRMED || course_step(p, t, LIFE_DOUBT))
        course_remove(p, t);
}

bool course_take(struct picture *p, struct store_track *t, const struct filter_plot *plot, double log_ratio)
{
    struct filter_judgement j;
    if (!filter_update(t, plot, GATE_NIS, &j))
        return false;
    calibrate_take(p, t, plot, &j);
    if (plot->plot.flags & PLOT_ADSB)
        crosscheck_position(p, t, plot);
    bool ends = plot->plot.kind == PLOT_TRACK && (plot->plot.flags & PLOT_END);
    if (course_credit(p, t, plot, log_ratio) && ends && !(t->flags & STORE_SENSED))
        course_end(p, t);
    return true;
}

void course_fuse(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    if (!filter_fuse(t, plot))
        p->counters.plots_late++;
    else if (course_credit(p, t, plot, COURSE_ADDRESS_RATIO) && (plot->plot.flags & PLOT_END) && !(t->flags & STORE_SENSED) && t->remotes == 0)
        course_end(p, t);
}

/* The aircraft can have come from the track's place to the plot's. */
static bool course_reachable(const struct store_track *t, const struct filter_plot *plot)
{
    struct imm m;
    double x[KALMAN_STATES], age = fabs(instant_diff(plot->plot.time, t->imm.time));
    filter_predict(t, plot->plot.time, &m);
    imm_mean(&m, x);
    struct vec3 enu = frame_to_enu(&t->anchor, plot->at.ecef);
    double away = hypot(enu.x - x[KALMAN_E], enu.y - x[KALMAN_N]);
    return away < ADDRESS_SPEED_MPS * age + ADDRESS_SLACK_M + 4.0 * plot->place.sigma_m;
}

bool course_seen(const struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    const struct store_look *l = store_find_look(t, plot->sensor);
    if (!l || !instant_is_set(l->hit))
        return false;
    return fabs(instant_diff(plot->plot.time, l->hit)) < SAME_TURN * station_period(&p->station[plot->sensor]);
}

bool course_take_address(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    struct filter_judgement j;
    bool late = instant_before(plot->plot.time, t->imm.time);
    if (late && !past_reaches(&t->past, plot->plot.time)) {
        p->counters.plots_late++;
        picture_notice(p, NOTICE_LATE, plot->plot.source, instant_diff(t->imm.time, plot->plot.time), 0.0);
        return true; /* nobody else's either */
    }
    if ((plot->plot.flags & PLOT_ADSB) && crosscheck_refuses(p, t, plot))
        return true;
    bool again = course_seen(p, t, plot);
    if (again && course_reachable(t, plot) && (!filter_judge(t, plot, &j) || j.violent || j.nis > GATE_NIS)) {
        p->counters.plots_left++; /* split or reflected: nobody manoeuvres between two plots of one look */
        return true;
    }
    if (!filter_update(t, plot, GATE_NIS_ADDRESS, &j)) {
        if (late || !course_reachable(t, plot)) {
            struct vec3 enu = frame_to_enu(&t->anchor, plot->at.ecef);
            crosscheck_duplicate(p, t, plot, hypot(enu.x, enu.y));
            return false;
        }
        if (crosscheck_astray(p, t, plot))
            return true;
        filter_restart(t, plot);
    } else {
        calibrate_take(p, t, plot, &j);
    }
    course_credit(p, t, plot, COURSE_ADDRESS_RATIO);
    return true;
}

/* Room for one more: where there is none, the least certain unconfirmed track of the next VICTIMS slots gives way. */
static struct store_track *course_room(struct picture *p)
{
    struct store_track *t = store_add(p->store), *worst = NULL;
    if (t)
        return t;
    for (uint32_t i = 0; i < VICTIMS; i++) {
        p->victim = p->victim + 1 < store_end(p->store) ? p->victim + 1 : 0;
        struct store_track *u = store_slot(p->store, p->victim);
        if (u && u->life != LIFE_CONFIRMED && (!worst || u->log_odds < worst->log_odds))
            worst = u;
    }
    p->counters.overflow++;
    picture_notice(p, NOTICE_TRACKS_FULL, 0, store_capacity(p->store), worst ? worst->number : 0.0);
    if (!worst)
        return NULL;
    course_remove(p, worst);
    return store_add(p->store);
}

/* Looks of the first plot's own sensor that brought nothing before the second plot came. */
static double course_pair_misses(struct picture *p, const struct start_plot *first, const struct filter_plot *second)
{
    double period = station_period(&p->station[first->sensor]);
    if (period <= 0.0)
        return 0.0;
    double turns = floor(instant_diff(second->plot.time, first->plot.time) / period - 0.5);
    const struct site *site = site_table_at(p->sites, first->sensor);
    return turns > 0.0 ? turns * life_miss(0.0, station_detection(site, first->plot.flags & PLOT_SECONDARY, first->at.at)) : 0.0;
}

bool course_pair(struct picture *p, uint32_t lone, const struct filter_plot *plot, double log_ratio)
{
    const struct start_plot *first = start_slot(p->start, lone);
    struct filter_judgement j;
    if (!first || instant_before(plot->plot.time, first->plot.time))
        return false;
    double apart = instant_diff(plot->plot.time, first->plot.time);
    if (first->sensor == plot->sensor && apart < SAME_TURN * station_period(&p->station[plot->sensor]))
        return false;
    struct store_track *t = course_room(p);
    if (!t)
        return false;
    start_track(t, first, site_table_at(p->sites, first->sensor));
    if (!filter_update(t, plot, GATE_NIS, &j)) {
        store_remove(p->store, t);
        return false;
    }
    p->counters.tracks_tentative++;
    p->counters.plots_used++;
    t->log_odds += course_pair_misses(p, first, plot);
    start_remove(p->start, lone);
    if (p->settings.identity && ident_has(&t->ident, IDENT_MODE_S))
        course_bind(p, t);
    heap_add(p->track_timers, t->self.slot, instant_add(p->now, GATE_REFRESH_S));
    course_credit(p, t, plot, log_ratio);
    return true;
}

/* Lone plots whose time is over tell how many false ones the sensor makes. */
static void course_clear(struct picture *p)
{
    const struct start_plot *s;
    while ((s = start_next(p->start, p->now)))
        if (!(s->plot.flags & (PLOT_SECONDARY | PLOT_MODE_S)) && s->plot.kind <= PLOT_POLAR_3D)
            station_add_false(&p->station[s->sensor], p->now);
}

void course_start(struct picture *p, const struct filter_plot *plot)
{
    p->counters.plots_left++;
    if (plot->plot.kind == PLOT_TRACK && plot->plot.flags & PLOT_END)
        return;
    course_clear(p);
    bool address = p->settings.identity && ident_has(&plot->plot.ident, IDENT_MODE_S);
    bool duplicate = address && store_find_address(p->store, plot->plot.ident.mode_s);
    double period = station_period(&p->station[plot->sensor]);
    double age = period > 0.0 ? fmin(START_TURNS * period, START_AGE_S) : START_AGE_S;
    start_add(p->start, plot, instant_add(p->now, age), duplicate);
    p->counters.plots_started++;
}

struct geodetic course_where(const struct store_track *t)
{
    double x[KALMAN_STATES];
    imm_mean(&t->imm, x);
    double height = t->pressure.plots ? t->pressure.height_m : x[KALMAN_H];
    struct vec3 enu = {x[KALMAN_E], x[KALMAN_N], measure_up(x[KALMAN_E], x[KALMAN_N], height, t->radius_m)};
    struct geodetic at = frame_geodetic(frame_from_enu(&t->anchor, enu));
    return at;
}

/* Looks that were due and brought nothing take their share of existence. */
static void course_miss(struct picture *p, struct store_track *t)
{
    bool replies = !t->silence.silent && (instant_is_set(t->age[TRACK_AGE_SSR]) || instant_is_set(t->age[TRACK_AGE_MODE_S]));
    for (unsigned i = 0; i < t->looks; i++) {
        struct store_look *l = &t->look[i];
        struct station *s = &p->station[l->sensor];
        double period = station_period(s);
        if (period <= 0.0 || !instant_is_set(s->closed) || !instant_is_set(l->last) || l->misses >= LOOK_FORGET)
            continue;
        while (l->misses < LOOK_FORGET && instant_diff(s->closed, l->last) > LOOK_MARGIN * period + s->late_s) {
            double pd = station_detection(site_table_at(p->sites, l->sensor), replies, course_where(t));
            t->log_odds = life_miss(t->log_odds, pd);
            l->last = instant_add(l->last, period);
            l->misses++;
            if (identify_miss(p, t, l->sensor, course_where(t)))
                course_report(p, t, TRACK_UPDATE, 0);
        }
    }
}

/* A hidden track goes on being looked for as long as anything speaks for it, and once more as long as it was shown coasting; then only its
 * address keeps it, for a while. True when it is gone. */
static bool course_fade(struct picture *p, struct store_track *t, double silent)
{
    if (t->log_odds > LIFE_FORGOTTEN && silent < 2.0 * p->settings.coast_max_s)
        return false;
    store_hide(p->store, t);
    return (!(t->flags & STORE_ADDRESS) || silent > DORMANT_S) && !course_step(p, t, LIFE_FORGET);
}

/* A track that is looked for. True when it is gone. */
static bool course_watch(struct picture *p, struct store_track *t, struct instant due, double silent)
{
    course_miss(p, t);
    store_place(p->store, t, due);
    identify_expire(p, t, due);
    if (t->trust.state == TRUST_UNCHECKED)
        crosscheck_watch(p, t, course_where(t), silent > GATE_REFRESH_S ? WATCH_S : GATE_REFRESH_S);
    bool doubt = t->log_odds < (t->life == LIFE_CONFIRMED ? LIFE_DROP : t->log_odds_start);
    if (t->life == LIFE_DORMANT)
        return course_fade(p, t, silent);
    if (doubt || silent > p->settings.coast_max_s)
        return !course_step(p, t, doubt ? LIFE_DOUBT : LIFE_SILENT);
    return t->life == LIFE_CONFIRMED && p->settings.retro_merge && !merge_compare(p, t, due);
}

void course_expire(struct picture *p, uint32_t slot, struct instant due)
{
    struct store_track *t = store_slot(p->store, slot);
    if (!t)
        return;
    double silent = instant_diff(due, t->last);
    if (!course_watch(p, t, due, silent))
        heap_add(p->track_timers, slot, instant_add(due, silent > GATE_REFRESH_S && t->life != LIFE_DORMANT ? WATCH_S : GATE_REFRESH_S));
}
