/* identify: see the header. */
#include "picture/identify.h"

#include "base/err.h"
#include "track/classify.h"
#include "track/correlate.h"
#include "track/life.h"
#include "track/plans.h"
#include "track/quality.h"
#include <math.h>
#include <string.h>

#define REPLIES (PLOT_SECONDARY | PLOT_MODE_S | PLOT_ADSB | PLOT_MLAT)
#define HEARD_TURNS 1.5 /* a secondary radar that heard nobody for longer is perhaps itself the silent one */

static struct store_track *holder_of(const struct picture *p, const struct plans_entry *e)
{
    struct store_track *t = e->track.generation ? store_slot(p->store, e->track.slot) : NULL;
    return t && t->self.generation == e->track.generation && t->plan.generation == e->self.generation && t->plan.slot == e->self.slot ? t : NULL;
}

static double value_of(const struct picture *p, const struct plans_entry *e, const struct store_track *t, unsigned *agree)
{
    struct track seen;
    quality_report(t, &t->imm, &seen);
    return correlate_ratio(&e->plan, &seen, agree) + correlate_prior(plans_count(p->plans));
}

static void attach(struct picture *p, struct store_track *t, struct plans_entry *e)
{
    struct store_track *before = holder_of(p, e);
    if (before)
        before->plan = HANDLE_NONE;
    t->plan = e->self;
    e->track = t->self;
    p->counters.plans_correlated++;
}

static void detach(struct picture *p, struct store_track *t)
{
    struct plans_entry *e = plans_find(p->plans, t->plan);
    if (e)
        e->track = HANDLE_NONE;
    t->plan = HANDLE_NONE;
}

/* What a plan is worth to a track: nothing where no identity agrees, or where another track speaks as much for it. */
static double offer_of(const struct picture *p, const struct plans_entry *e, const struct store_track *t)
{
    unsigned agree;
    double value = value_of(p, e, t, &agree);
    const struct store_track *other = holder_of(p, e);
    if (!(agree & (CORRELATE_ADDRESS | CORRELATE_CALLSIGN | CORRELATE_CODE)))
        return -HUGE_VAL;
    return other && other != t && value_of(p, e, other, NULL) + CORRELATE_MARGIN > value ? -HUGE_VAL : value;
}

/* Two messages about one flight, as neighbours file it twice. */
static bool same_flight(const struct plan *a, const struct plan *b)
{
    return strcmp(a->ident.callsign, b->ident.callsign) == 0 && strcmp(a->departure, b->departure) == 0 && strcmp(a->destination, b->destination) == 0;
}

static void seek(struct picture *p, struct store_track *t)
{
    struct plans_entry *found[IDENTIFY_CANDIDATES], *best = NULL;
    double value[IDENTIFY_CANDIDATES], next = -HUGE_VAL;
    uint32_t count = plans_named(p->plans, &t->ident, found, IDENTIFY_CANDIDATES), chosen = 0;
    count = count < IDENTIFY_CANDIDATES ? count : IDENTIFY_CANDIDATES;
    for (uint32_t i = 0; i < count; i++) {
        value[i] = offer_of(p, found[i], t);
        if (!best || value[i] > value[chosen] || (value[i] == value[chosen] && found[i]->self.slot < best->self.slot)) {
            best = found[i];
            chosen = i;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        next = i != chosen && !same_flight(&found[i]->plan, &best->plan) ? fmax(next, value[i]) : next;
    if (best && value[chosen] >= CORRELATE_ACCEPT && value[chosen] - next >= CORRELATE_MARGIN)
        attach(p, t, best);
}

void identify_expire(struct picture *p, struct store_track *t, struct instant now)
{
    if (t->life != LIFE_CONFIRMED || instant_before(now, t->plan_due) || plans_count(p->plans) == 0)
        return;
    struct plans_entry *e = plans_find(p->plans, t->plan);
    if (e && value_of(p, e, t, NULL) < CORRELATE_REFUSE)
        detach(p, t);
    else if (!e) {
        t->plan = HANDLE_NONE;
        seek(p, t);
    }
    t->plan_due = instant_add(now, t->plan.generation ? IDENTIFY_CHECK_S : IDENTIFY_SEEK_S);
}

void identify_plan(struct picture *p, const struct plan *plan)
{
    struct plans_entry *e;
    int code = plans_input(p->plans, plan, p->now, &e);
    p->counters.plans++;
    if (code == ERR_RANGE || code == ERR_STATE) {
        p->counters.plans_refused++;
        if (code == ERR_RANGE)
            picture_notice(p, NOTICE_PLAN_REFUSED, plan->source, plan->number, 0.0);
        return;
    }
    if (code == ERR_FULL) {
        p->counters.overflow++;
        picture_notice(p, NOTICE_PLANS_FULL, plan->source, plans_count(p->plans), plan->number);
    }
    if (!e)
        return;
    struct store_track *t = holder_of(p, e);
    if (!t && ident_has(&e->plan.ident, IDENT_MODE_S))
        t = store_find_address(p->store, e->plan.ident.mode_s);
    if (!t)
        return;
    t->plan_due = p->now;
    identify_expire(p, t, p->now);
}

/* ---- silence ---- */

static void tell(struct picture *p, const struct store_track *t, enum silence_change change)
{
    if (change == SILENCE_NOTHING)
        return;
    double since = instant_diff(p->now, silence_last_reply(t->age));
    p->counters.transponders_silent += change == SILENCE_BEGAN;
    picture_notice(p, change == SILENCE_BEGAN ? NOTICE_TRANSPONDER_SILENT : NOTICE_TRANSPONDER_BACK, 0, t->number, since);
}

/* The sensor hears others, or had nobody else to hear. */
static bool hears(const struct picture *p, uint32_t station, const struct store_track *t, struct instant time)
{
    const struct station *s = &p->station[station];
    struct instant last = silence_last_reply(t->age);
    if (!instant_is_set(s->replied))
        return false;
    return instant_diff(time, s->replied) < HEARD_TURNS * station_period(s) || !instant_before(last, s->replied);
}

bool identify_hear(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    struct instant last = silence_last_reply(t->age), time = plot->plot.time;
    enum silence_change change = SILENCE_NOTHING;
    if (plot->plot.kind == PLOT_TRACK)
        return false;
    if (plot->plot.flags & REPLIES) {
        if (!instant_before(time, t->last)) /* one that was on its way when it fell silent ends nothing */
            change = silence_reply(&t->silence);
    } else if (instant_is_set(last) && instant_before(last, time) && plot->site->secondary.detection > 0.0 && hears(p, plot->sensor, t, time)) {
        change = silence_look(&t->silence, station_detection(plot->site, true, plot->at.at));
    }
    if (t->life == LIFE_CONFIRMED)
        tell(p, t, change);
    return change != SILENCE_NOTHING;
}

bool identify_miss(struct picture *p, struct store_track *t, uint32_t station, struct geodetic at)
{
    const struct site *site = site_table_at(p->sites, station);
    struct instant last = silence_last_reply(t->age);
    double north = (at.lat_rad - site->at.lat_rad) * FRAME_A, east = frame_angle(at.lon_rad - site->at.lon_rad) * cos(at.lat_rad) * FRAME_A;
    if (!ident_has(&t->ident, IDENT_MODE_S)) /* its replies may have gone to another track: only an address finds its own */
        return false;
    if (t->life != LIFE_CONFIRMED || !instant_is_set(last) || site->secondary.detection <= 0.0 || !silence_counts(hypot(north, east), at.hae_m - site->at.hae_m))
        return false;
    if (!hears(p, station, t, p->station[station].closed))
        return false;
    enum silence_change change = silence_look(&t->silence, station_detection(site, true, at));
    tell(p, t, change);
    return change != SILENCE_NOTHING;
}

void identify_end(struct picture *p, struct store_track *t)
{
    if (t->silence.silent || t->silence.log_ratio < (float)SILENCE_GONE || !instant_is_set(silence_last_reply(t->age)))
        return;
    t->silence.silent = true;
    tell(p, t, SILENCE_BEGAN);
}

/* ---- report ---- */

void identify_report(const struct picture *p, const struct store_track *t, struct track *out)
{
    const struct plans_entry *e = plans_find(p->plans, t->plan);
    out->silent = INSTANT_NONE;
    if (t->silence.silent) {
        out->flags |= TRACK_SILENT;
        out->silent = silence_last_reply(t->age);
    }
    if (e) {
        const struct plan *plan = &e->plan;
        out->plan = plan->number;
        out->flight = (struct track_flight){.source = plan->source, .flight_rules = plan->flight_rules, .wake = plan->wake, .flight_type = plan->flight_type,
                                            .cruise_pressure_m = plan->cruise_pressure_m};
        memcpy(out->flight.callsign, plan->ident.callsign, sizeof out->flight.callsign);
        memcpy(out->flight.departure, plan->departure, sizeof out->flight.departure);
        memcpy(out->flight.destination, plan->destination, sizeof out->flight.destination);
        memcpy(out->flight.aircraft_type, plan->aircraft_type, sizeof out->flight.aircraft_type);
    }
    out->class = (uint8_t)classify(p->settings.rule, p->settings.rules, out);
}
