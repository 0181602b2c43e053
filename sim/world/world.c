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
#include "sim/world/garble.h"
#include "sim/world/skywave.h"
#include "sim/world/roster.h"
#include "sim/world/station.h"
#include "sim/world/table.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CELL_M 50e3
#define MARGIN_M 15e3          /* what an aircraft flies while its turn waits to be looked at */
#define AHEAD_S 2.5            /* the beam is solved for up to a sixth of a turn beyond its end */
#define FALSE_MAX 4000
#define REACH 0.8              /* of a radar's range */
#define SWEEP_M 20e3

struct world {
    const struct scenario *scenario;
    struct world_observer observer;
    struct roster *roster;
    struct aircraft *target;   /* lent by the roster */
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
    bool failed;
    struct world_counters counters;
};

static double range_of(const struct site *s)
{
    return fmax(s->primary.range_max_m, s->secondary.range_max_m);
}

static bool reached(void *context, struct geodetic at)
{
    const struct world *w = context;
    struct vec3 here = frame_ecef(at);

    for (uint32_t i = 0; i < w->scenario->radars; i++)
        if (!w->radar[i].site.type.over_horizon && mat_norm3(mat_sub3(here, w->radar[i].site.site.frame.origin)) < REACH * range_of(&w->radar[i].site.site))
            return true;
    return false;
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

/* Where aircraft are now, for those who look for them. */
static void register_all(struct world *w)
{
    for (uint32_t i = 0; i < w->slots; i++)
        if (w->target[i].flight.number)
            bucket_add(w->near, i, w->target[i].at.lat_rad, w->target[i].at.lon_rad);
}

static void step(struct world *w)
{
    w->step++;
    roster_step(w->roster);
    register_all(w);
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

    w->plots_max = RADAR_LOOK_MAX * w->slots + FALSE_MAX;
    w->found = calloc(w->slots + 1, sizeof *w->found);
    w->radar = calloc(s->radars + 1, sizeof *w->radar);
    w->stream = calloc(s->radars + 1, sizeof(struct stream *));
    w->clutter = calloc(s->radars + 1, sizeof *w->clutter);
    w->plot = malloc(w->plots_max * sizeof *w->plot);
    w->near = bucket_new(w->slots + 1, CELL_M);
    w->turns = heap_new(s->radars + 1);
    w->waiting = heap_new(s->radars + 1);
    return w->found && w->radar && w->stream && w->clutter && w->plot && w->near && w->turns && w->waiting;
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
    w->roster = roster_new(s, error, error_size);
    if (w->roster) {
        w->target = roster_aircraft(w->roster);
        w->slots = roster_slots(w->roster);
        snprintf(error, error_size, "memory is short");
    }
    if (!w->roster || !allocate(w) || !begin_radars(w) || !raise_ground(w, error, error_size)) {
        world_free(w);
        return NULL;
    }
    make_weather(w);
    roster_begin(w->roster, reached, w);
    register_all(w);
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
    roster_free(w->roster);
    terrain_free(w->terrain);
    free(w->clutter);
    heap_free(w->turns);
    heap_free(w->waiting);
    bucket_free(w->near);
    free(w->stream);
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
    return filing_next(roster_filing(w->roster), until, out);
}

bool world_failed(const struct world *w)
{
    return w->failed;
}

struct world_counters world_counters(const struct world *w)
{
    struct world_counters c = w->counters;

    c.plans = filing_sent(roster_filing(w->roster));
    c.flights = roster_flights(w->roster);
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
