/* Aircraft are stepped together; radars are looked at one whole turn at a time, the one whose turn began first before the others. A datagram
 * may leave when no turn that is still to be looked at began before it: lines only add latency. Two heaps give both orders.
 * Aircraft that landed stay in their slot until the last antenna has passed over their end; then the next flight departs. */
#include "sim/world/world.h"
#include "base/err.h"
#include "base/heap.h"
#include "base/unit.h"
#include "geo/bucket.h"
#include "geo/terrain.h"
#include "sim/world/clutter.h"
#include "sim/world/filing.h"
#include "sim/world/garble.h"
#include "sim/world/skywave.h"
#include "sim/world/station.h"
#include "sim/world/table.h"
#include "sim/world/traffic.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CELL_M 50e3
#define MARGIN_M 15e3          /* what an aircraft flies while its turn waits to be looked at */
#define AHEAD_S 2.5            /* the beam is solved for up to a sixth of a turn beyond its end */
#define FALSE_MAX 4000
#define PLACES 24              /* tries to put a flight where it can be seen */
#define FLIGHTS 8              /* flights tried before one is taken that can be seen nowhere */
#define REACH 0.8              /* of a radar's range */
#define SILENCE ((uint64_t)1 << 41) /* streams apart from those of flights (bit 40) and radars (above 48) */
#define SWEEP_M 20e3

#define TURNAROUND_S 60.0      /* from a landing to the departure of the slot's next flight, as planned */
#define AMEND_S 60.0           /* a departure that is off by more is told */

/* What follows in a slot of the traffic, and what has been filed of the flight that is there. */
struct slot {
    uint32_t next;        /* number of the next flight; 0: not chosen yet */
    unsigned revision;    /* of the present flight's plan */
    double departs_s, next_departs_s; /* as filed */
    double lands_s;       /* as planned */
    double cruise_m, cruise_mps; /* as filed */
};

struct world {
    const struct scenario *scenario;
    struct world_observer observer;
    struct traffic *traffic;
    struct aircraft *target;   /* the traffic's slots, then those of the scenario's own flights */
    struct slot *slot;         /* of the traffic */
    struct filing *filing;
    uint32_t slots;
    struct bucket *near;
    struct radar *radar;
    struct stream **stream;
    struct terrain *terrain; /* NULL without */
    struct horizon **ground; /* of each radar; NULL without terrain */
    struct clutter *clutter; /* of each radar */
    struct weather weather;
    struct heap *turns, *waiting; /* radars by the begin of their turn, and by their first datagram */
    uint32_t *found;
    struct radar_plot *plot;
    unsigned plots_max;
    int64_t step;
    double observed_s;       /* the next instant of the observer's grid */
    uint32_t number;         /* of the last flight */
    bool failed;
    struct world_counters counters;
};

static double range_of(const struct site *s)
{
    return fmax(s->primary.range_max_m, s->secondary.range_max_m);
}

static bool reached(const struct world *w, struct geodetic at)
{
    struct vec3 here = frame_ecef(at);

    for (uint32_t i = 0; i < w->scenario->radars; i++)
        if (!w->radar[i].site.type.over_horizon && mat_norm3(mat_sub3(here, w->radar[i].site.site.frame.origin)) < REACH * range_of(&w->radar[i].site.site))
            return true;
    return false;
}

/* When the flight's transponder fails by an event of the scenario: each one takes its share of those in the air then. */
static double silenced(const struct world *w, uint32_t number, const char *callsign, double departed_s)
{
    for (unsigned i = 0; i < w->scenario->events; i++) {
        const struct scenario_event *e = &w->scenario->event[i];
        struct rng rng = rng_stream(w->scenario->seed, SILENCE | (uint64_t)i << 24 | number);
        bool meant = e->where[0] ? strcmp(e->where, callsign) == 0 : rng_uniform(&rng) < e->share;
        if (e->kind == SCENARIO_SILENCE && departed_s <= e->at_s && meant)
            return fmax(e->at_s, 1e-3);
    }
    return 0;
}

/* The flight in a slot is known: what it filed, and when it lands. */
static void settle(struct world *w, uint32_t slot, double departs_s, unsigned revision)
{
    const struct aircraft_flight *f = &w->target[slot].flight;

    w->slot[slot] = (struct slot){.departs_s = departs_s, .revision = revision, .cruise_m = f->cruise_m, .cruise_mps = f->cruise_mps};
    w->slot[slot].lands_s = departs_s + filing_time_s(f, route_length_m(&f->route));
}

static void file(struct world *w, const struct aircraft_flight *f, double departs_s, double now_s, unsigned revision)
{
    if (filing_wants(f))
        filing_put(w->filing, f, departs_s, now_s, revision);
}

/* A flight under way at the start: somewhere on its route, if wished where a radar may see it. */
static void place(struct world *w, uint32_t slot)
{
    struct aircraft_flight flight;
    struct rng rng;
    double from_start_m = 0;
    bool good = false;

    for (unsigned f = 0; f < FLIGHTS && !good; f++) {
        rng = traffic_flight(w->traffic, ++w->number, &flight);
        for (unsigned i = 0; i < PLACES && !good; i++) {
            double azimuth;
            unsigned next;
            from_start_m = rng_uniform(&rng) * 0.98 * route_length_m(&flight.route);
            good = w->scenario->anywhere || reached(w, route_at(&flight.route, from_start_m, &azimuth, &next));
        }
    }
    flight.silenced_s = silenced(w, flight.number, "", 0);
    aircraft_start(&w->target[slot], &flight, rng, 0, from_start_m);
    settle(w, slot, -filing_time_s(&flight, from_start_m), 0);
    file(w, &flight, w->slot[slot].departs_s, FILING_FIRST_S * slot / w->scenario->aircraft, 0);
}

/* Who departs next in a slot is chosen, and files, a lead time before. */
static void choose(struct world *w, struct slot *slot)
{
    struct aircraft_flight flight;

    slot->next = ++w->number;
    slot->next_departs_s = slot->lands_s + TURNAROUND_S;
    traffic_flight(w->traffic, slot->next, &flight);
    file(w, &flight, slot->next_departs_s, (double)w->step * AIRCRAFT_STEP_S, 0);
}

static void depart(struct world *w, uint32_t index)
{
    struct slot *slot = &w->slot[index];
    struct aircraft_flight flight;
    double now_s = (double)w->step * AIRCRAFT_STEP_S;

    if (!slot->next)
        choose(w, slot);
    bool amend = fabs(now_s - slot->next_departs_s) > AMEND_S;
    struct rng rng = traffic_flight(w->traffic, slot->next, &flight);
    flight.silenced_s = silenced(w, flight.number, "", now_s);
    aircraft_start(&w->target[index], &flight, rng, w->step, 0);
    if (amend)
        file(w, &flight, now_s, now_s, 1);
    settle(w, index, amend ? now_s : slot->next_departs_s, amend);
    w->counters.flights++;
}

/* A step of an aircraft of the traffic: it flies, its successor files, its own plan is amended; or it has landed and the next one departs. */
static void go_on(struct world *w, uint32_t index)
{
    struct aircraft *t = &w->target[index];
    struct slot *slot = &w->slot[index];
    double now_s = (double)w->step * AIRCRAFT_STEP_S;

    if (!slot->next && now_s >= slot->lands_s - w->scenario->plan_lead_s)
        choose(w, slot);
    if (!t->flying) {
        if (t->last + AIRCRAFT_NODES < w->step)
            depart(w, index);
        return;
    }
    if (t->last < w->step)
        aircraft_step(t);
    if (slot->cruise_m != t->flight.cruise_m || slot->cruise_mps != t->flight.cruise_mps) {
        file(w, &t->flight, slot->departs_s, now_s, ++slot->revision);
        slot->cruise_m = t->flight.cruise_m;
        slot->cruise_mps = t->flight.cruise_mps;
    }
}

static void observe(struct world *w, double until_s)
{
    struct vec3 at;

    if (!w->observer.target)
        return;
    for (; w->observed_s <= fmin(until_s, w->scenario->duration_s); w->observed_s += w->observer.period_s) {
        for (uint32_t i = 0; i < w->slots; i++)
            if (w->target[i].flight.number && aircraft_motion(&w->target[i], w->observed_s, &at, NULL))
                w->observer.target(w->observer.context, w->observed_s, &w->target[i]);
        for (uint32_t i = 0; w->observer.platform && i < w->scenario->radars; i++)
            if (w->radar[i].site.moving)
                w->observer.platform(w->observer.context, w->observed_s, &w->radar[i]);
    }
}

/* Plans of the scenario's own flights. */
static void announce(struct world *w)
{
    const struct scenario *s = w->scenario;

    for (unsigned f = 0; f < s->flights; f++)
        for (unsigned one = 0; one < s->flight[f].count; one++) {
            struct aircraft_flight flight = scenario_flight(s, f, one);
            file(w, &flight, s->flight[f].at_s, fmax(0.0, s->flight[f].at_s - s->plan_lead_s), 0);
        }
}

/* The scenario's own flights whose time has come, each in its slot behind the traffic's. */
static void appear(struct world *w)
{
    const struct scenario *s = w->scenario;
    uint32_t slot = s->aircraft;

    for (unsigned f = 0; f < s->flights; f++)
        for (unsigned one = 0; one < s->flight[f].count; one++, slot++) {
            if (w->step != (int64_t)ceil(s->flight[f].at_s / AIRCRAFT_STEP_S))
                continue;
            struct aircraft_flight flight = scenario_flight(s, f, one);
            struct aircraft *t = &w->target[slot];
            flight.silenced_s = silenced(w, flight.number, s->flight[f].callsign, s->flight[f].at_s);
            aircraft_start(t, &flight, rng_stream(s->seed, SILENCE | flight.number), w->step, 0);
            bucket_add(w->near, slot, t->at.lat_rad, t->at.lon_rad);
            w->counters.flights++;
        }
}

static void step(struct world *w)
{
    w->step++;
    appear(w);
    for (uint32_t i = 0; i < w->slots; i++) {
        struct aircraft *t = &w->target[i];
        if (i < w->scenario->aircraft)
            go_on(w, i);
        else if (t->flying && t->last < w->step)
            aircraft_step(t);
        if (t->flight.number)
            bucket_add(w->near, i, t->at.lat_rad, t->at.lon_rad);
    }
    observe(w, (double)w->step * AIRCRAFT_STEP_S);
}

static int by_time(const void *a, const void *b)
{
    const struct radar_plot *x = a, *y = b;
    int time = instant_cmp(x->plot.time, y->plot.time);

    if (time != 0 || x->target != y->target)
        return time != 0 ? time : x->target < y->target ? -1 : 1;
    return (x->plot.polar.range_m > y->plot.polar.range_m) - (x->plot.polar.range_m < y->plot.polar.range_m);
}

/* A flying radar's site is where it is in the middle of the turn; what the ground hides is swept anew when it has gone some way. */
static void take_place(struct world *w, uint32_t index)
{
    struct radar *r = &w->radar[index];
    struct site *site = &r->site.site;

    if (!r->site.moving)
        return;
    site_place(site, orbit_at(&r->site.orbit, r->north_s + 0.5 * site->period_s, NULL));
    if (!r->ground || mat_norm3(mat_sub3(site->frame.origin, r->ground_frame.origin)) < SWEEP_M)
        return;
    horizon_sweep(w->ground[index], w->terrain, site->at, r->k, range_of(site));
    r->ground_frame = site->frame;
}

/* What the radar makes of one aircraft, and of none. */
static unsigned look(struct radar *r, const struct aircraft *t, struct radar_plot *out)
{
    if (r->site.type.over_horizon)
        return skywave_look(r, t, out);
    return r->site.site.flags & SITE_POSITIONS ? station_look(r, t, out) : radar_look(r, t, out);
}

static unsigned noise(const struct world *w, uint32_t index, struct radar_plot *out)
{
    const struct radar *r = &w->radar[index];

    return r->site.type.over_horizon ? skywave_noise(r, out, FALSE_MAX) : clutter_turn(r, &w->clutter[index], &w->weather, out, FALSE_MAX);
}

/* Looks at one turn of a radar, all its aircraft and its clutter, and hands the plots to its line. */
static void turn(struct world *w, uint32_t index)
{
    struct radar *r = &w->radar[index];
    const struct site *site = &r->site.site;
    unsigned count = 0;

    while ((double)w->step * AIRCRAFT_STEP_S < radar_turn_end_s(r) + AHEAD_S)
        step(w);
    take_place(w, index);
    uint32_t found = bucket_find(w->near, site->at.lat_rad, site->at.lon_rad, range_of(site) + MARGIN_M, w->found, w->slots);
    assert(found <= w->slots);
    for (uint32_t i = 0; i < found; i++)
        count += look(r, &w->target[w->found[i]], &w->plot[count]);
    count += noise(w, index, &w->plot[count]);
    qsort(w->plot, count, sizeof *w->plot, by_time);
    garble_turn(r, w->plot, count);
    w->failed = w->failed || stream_input(w->stream[index], r, w->plot, count, w->scenario->duration_s) != 0;
    radar_next_turn(r);
    if (r->north_s <= w->scenario->duration_s)
        heap_add(w->turns, index, instant_add(w->scenario->start, r->north_s));
    if (instant_is_set(stream_deadline(w->stream[index])))
        heap_add(w->waiting, index, stream_deadline(w->stream[index]));
}

static void override(double *value, double with)
{
    if (with >= 0)
        *value = with;
}

static bool allocate(struct world *w)
{
    const struct scenario *s = w->scenario;

    w->slots = s->aircraft;
    for (unsigned f = 0; f < s->flights; f++)
        w->slots += s->flight[f].count;
    w->plots_max = RADAR_LOOK_MAX * w->slots + FALSE_MAX;
    w->target = calloc(w->slots + 1, sizeof *w->target);
    w->found = calloc(w->slots + 1, sizeof *w->found);
    w->radar = calloc(s->radars + 1, sizeof *w->radar);
    w->stream = calloc(s->radars + 1, sizeof(struct stream *));
    w->clutter = calloc(s->radars + 1, sizeof *w->clutter);
    w->plot = malloc(w->plots_max * sizeof *w->plot);
    w->slot = calloc(s->aircraft + 1, sizeof *w->slot);
    w->filing = filing_new(2 * w->slots, s->start);
    w->near = bucket_new(w->slots + 1, CELL_M);
    w->turns = heap_new(s->radars + 1);
    w->waiting = heap_new(s->radars + 1);
    return w->target && w->found && w->radar && w->stream && w->clutter && w->plot && w->slot && w->filing && w->near && w->turns && w->waiting;
}

/* The radars' first turns; false when memory is short. */
static bool begin_radars(struct world *w)
{
    const struct scenario *s = w->scenario;

    for (uint32_t i = 0; i < s->radars; i++) {
        struct radar_site site = s->radar[i];
        const struct quirks *q = &site.quirks;
        override(&site.site.latency_s, q->latency_s >= 0 ? q->latency_s : s->latency_s);
        override(&site.jitter_s, q->jitter_s >= 0 ? q->jitter_s : s->jitter_s);
        override(&site.site.false_plots, q->false_plots >= 0 ? q->false_plots : s->false_plots);
        override(&site.site.secondary.detection, q->detection >= 0 ? q->detection : s->detection);
        radar_init(&w->radar[i], &site, s->seed, s->start);
        w->radar[i].observer = (struct radar_observer){w->observer.look, w->observer.context};
        w->stream[i] = stream_new(site.category);
        if (!w->stream[i])
            return false;
        if (w->radar[i].north_s <= s->duration_s)
            heap_add(w->turns, i, instant_add(s->start, w->radar[i].north_s));
    }
    return true;
}

/* What the ground hides from each radar; false with a line in error. */
static bool raise_ground(struct world *w, char *error, size_t error_size)
{
    const struct scenario *s = w->scenario;
    size_t size, offset = 0;
    int fault = 0;

    if (!s->terrain[0])
        return true;
    char *bytes = table_read(s->terrain, &size, error, error_size);
    struct terrain *terrain = bytes ? terrain_new(bytes, size, &fault, &offset) : NULL;
    if (bytes && !terrain)
        snprintf(error, error_size, "%s: octet %zu: the grid %s", s->terrain, offset, err_text(fault));
    free(bytes);
    w->terrain = terrain;
    w->ground = terrain ? calloc(s->radars + 1, sizeof(struct horizon *)) : NULL;
    bool good = w->ground != NULL;
    for (uint32_t i = 0; i < s->radars && good; i++) {
        const struct site *site = &w->radar[i].site.site;
        if (w->radar[i].site.type.over_horizon)
            continue;
        w->ground[i] = horizon_new(range_of(site));
        good = w->ground[i] != NULL;
        if (good)
            horizon_sweep(w->ground[i], terrain, site->at, w->radar[i].k, range_of(site));
        w->radar[i].ground = w->ground[i];
        w->radar[i].ground_frame = site->frame;
    }
    return good;
}

/* Storms, whom they bring down, and what the ground and the sea are to each radar. */
static void make_weather(struct world *w)
{
    w->weather = weather_init(w->scenario, w->radar);
    for (uint32_t i = 0; i < w->scenario->radars; i++) {
        w->clutter[i] = clutter_init(&w->radar[i], w->terrain);
        weather_bring_down(&w->weather, &w->radar[i].site, w->scenario->duration_s);
    }
}

struct world *world_new(const struct scenario *s, const struct world_observer *observer, char *error, size_t error_size)
{
    struct world *w = calloc(1, sizeof *w);

    snprintf(error, error_size, "memory is short");
    if (!w)
        return NULL;
    w->scenario = s;
    if (observer)
        w->observer = *observer;
    if (!allocate(w) || !begin_radars(w) || !raise_ground(w, error, error_size) || !(w->traffic = traffic_new(s->traffic, s->seed, error, error_size))) {
        world_free(w);
        return NULL;
    }
    make_weather(w);
    traffic_set_silent(w->traffic, s->silent);
    traffic_set_plans(w->traffic, s->plans);
    for (uint32_t i = 0; i < s->aircraft; i++) {
        place(w, i);
        bucket_add(w->near, i, w->target[i].at.lat_rad, w->target[i].at.lon_rad);
    }
    w->counters.flights = s->aircraft;
    announce(w);
    appear(w);
    return w;
}

void world_free(struct world *w)
{
    if (!w)
        return;
    for (uint32_t i = 0; w->stream && i < w->scenario->radars; i++)
        stream_free(w->stream[i]);
    for (uint32_t i = 0; w->ground && i < w->scenario->radars; i++)
        horizon_free(w->ground[i]);
    free(w->ground);
    filing_free(w->filing);
    free(w->slot);
    terrain_free(w->terrain);
    free(w->clutter);
    heap_free(w->turns);
    heap_free(w->waiting);
    bucket_free(w->near);
    traffic_free(w->traffic);
    free(w->stream);
    free(w->target);
    free(w->found);
    free(w->radar);
    free(w->plot);
    free(w);
}

static bool send(struct world *w, struct stream_datagram *out)
{
    struct instant due;
    uint32_t index;

    if (!heap_next(w->waiting, heap_first(w->waiting), &index, &due) || !stream_next(w->stream[index], out))
        return false;
    if (instant_is_set(stream_deadline(w->stream[index])))
        heap_add(w->waiting, index, stream_deadline(w->stream[index]));
    out->radar = index;
    w->counters.datagrams++;
    w->counters.bytes += out->size;
    w->counters.plots += out->count;
    for (unsigned i = 0; i < out->count; i++)
        w->counters.false_plots += out->plots[i].target == 0;
    return true;
}

bool world_next(struct world *w, struct stream_datagram *out)
{
    struct instant due;
    uint32_t index;

    while (!w->failed) {
        struct instant first = heap_first(w->waiting), next = heap_first(w->turns);
        if (instant_is_set(first) && instant_cmp(first, next) <= 0)
            return send(w, out);
        if (!heap_next(w->turns, next, &index, &due)) {
            while ((double)w->step * AIRCRAFT_STEP_S < w->scenario->duration_s)
                step(w);
            return false;
        }
        turn(w, index);
    }
    return false;
}

bool world_next_plan(struct world *w, struct instant until, struct stream_datagram *out)
{
    return filing_next(w->filing, until, out);
}

bool world_failed(const struct world *w)
{
    return w->failed;
}

struct world_counters world_counters(const struct world *w)
{
    struct world_counters c = w->counters;

    c.plans = filing_sent(w->filing);
    for (uint32_t i = 0; i < w->scenario->radars; i++)
        for (unsigned o = 0; o < RADAR_OUTCOME_COUNT; o++)
            c.outcomes[o] += w->radar[i].outcomes[o];
    return c;
}

const struct radar *world_radar(const struct world *w, uint32_t index)
{
    assert(index < w->scenario->radars);
    return &w->radar[index];
}
