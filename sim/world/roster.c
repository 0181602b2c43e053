/* The three kinds differ in who decides when a slot's aircraft begins; from then on an aircraft is an aircraft. Numbers are given in the order in which flights are
 * chosen, so that a run depends on nothing but the scenario. */
#include "sim/world/roster.h"
#include "sim/world/recording.h"
#include "sim/world/traffic.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 24              /* tries to put a flight where it can be seen */
#define FLIGHTS 8              /* flights tried before one is taken that can be seen nowhere */
#define SILENCE ((uint64_t)1 << 41) /* streams apart from those of flights (bit 40) and radars (above 48) */
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

struct roster {
    const struct scenario *scenario;
    struct traffic *traffic;
    struct recording recording;
    struct filing *filing;
    struct aircraft *aircraft;
    struct slot *slot;
    uint32_t slots, own, recorded; /* all; where the own and the recorded ones begin */
    int64_t step;
    uint32_t number;      /* of the last flight of the traffic */
    uint64_t flights;
};

static double now_s(const struct roster *r)
{
    return (double)r->step * AIRCRAFT_STEP_S;
}

/* When the flight's transponder fails by an event of the scenario: each one takes its share of those in the air then. */
static double silenced(const struct roster *r, uint32_t number, const char *callsign, double departed_s)
{
    const struct scenario *s = r->scenario;

    for (unsigned i = 0; i < s->events; i++) {
        const struct scenario_event *e = &s->event[i];
        struct rng rng = rng_stream(s->seed, SILENCE | (uint64_t)i << 24 | number);
        bool meant = e->where[0] ? strcmp(e->where, callsign) == 0 : rng_uniform(&rng) < e->share;
        if (e->kind == SCENARIO_SILENCE && departed_s <= e->at_s && meant)
            return fmax(e->at_s, 1e-3);
    }
    return 0;
}

static void file(struct roster *r, const struct aircraft_flight *f, double departs_s, double at_s, unsigned revision)
{
    if (filing_wants(f))
        filing_put(r->filing, f, departs_s, at_s, revision);
}

/* ---- the traffic ---- */

/* The flight in a slot is known: what it filed, and when it lands. */
static void settle(struct roster *r, uint32_t index, double departs_s, unsigned revision)
{
    const struct aircraft_flight *f = &r->aircraft[index].flight;

    r->slot[index] = (struct slot){.departs_s = departs_s, .revision = revision, .cruise_m = f->cruise_m, .cruise_mps = f->cruise_mps};
    r->slot[index].lands_s = departs_s + filing_time_s(f, route_length_m(&f->route));
}

struct seen {
    bool (*at)(void *context, struct geodetic at);
    void *context;
};

/* A flight under way at the start: somewhere on its route, if wished where a radar may see it. */
static void place(struct roster *r, uint32_t index, const struct seen *seen)
{
    struct aircraft_flight flight;
    struct rng rng;
    double from_start_m = 0;
    bool good = false;

    for (unsigned f = 0; f < FLIGHTS && !good; f++) {
        rng = traffic_departure(r->traffic, ++r->number, 0, &flight);
        for (unsigned i = 0; i < PLACES && !good; i++) {
            double azimuth;
            unsigned next;
            from_start_m = rng_uniform(&rng) * 0.98 * route_length_m(&flight.route);
            good = r->scenario->anywhere || seen->at(seen->context, route_at(&flight.route, from_start_m, &azimuth, &next));
        }
    }
    flight.silenced_s = silenced(r, flight.number, "", 0);
    aircraft_start(&r->aircraft[index], &flight, rng, 0, from_start_m);
    settle(r, index, -filing_time_s(&flight, from_start_m), 0);
    file(r, &flight, r->slot[index].departs_s, FILING_FIRST_S * index / r->scenario->aircraft, 0);
    r->flights++;
}

/* Who departs next in a slot is chosen, and files, a lead time before. */
static void choose(struct roster *r, struct slot *slot)
{
    struct aircraft_flight flight;

    slot->next = ++r->number;
    slot->next_departs_s = fmax(slot->lands_s + TURNAROUND_S, now_s(r));
    traffic_departure(r->traffic, slot->next, slot->next_departs_s, &flight);
    file(r, &flight, slot->next_departs_s, now_s(r), 0);
}

static void depart(struct roster *r, uint32_t index)
{
    struct slot *slot = &r->slot[index];
    struct aircraft_flight flight;

    if (!slot->next)
        choose(r, slot);
    bool amend = fabs(now_s(r) - slot->next_departs_s) > AMEND_S;
    struct rng rng = traffic_departure(r->traffic, slot->next, slot->next_departs_s, &flight);
    flight.silenced_s = silenced(r, flight.number, "", now_s(r));
    aircraft_start(&r->aircraft[index], &flight, rng, r->step, 0);
    if (amend)
        file(r, &flight, now_s(r), now_s(r), 1);
    settle(r, index, amend ? now_s(r) : slot->next_departs_s, amend);
    r->flights++;
}

/* Whether a slot is to have a flight at this time of the day. */
static bool open_slot(const struct roster *r, uint32_t index)
{
    return index < r->scenario->aircraft * traffic_activity(r->traffic, now_s(r));
}

/* A step of a slot: the aircraft flies, its successor files, its own plan is amended; or it has landed and the next one departs. */
static void go_on(struct roster *r, uint32_t index)
{
    struct aircraft *t = &r->aircraft[index];
    struct slot *slot = &r->slot[index];

    if (!slot->next && t->flight.number && now_s(r) >= slot->lands_s - r->scenario->plan_lead_s && open_slot(r, index))
        choose(r, slot);
    if (!t->flying) {
        if (t->last + AIRCRAFT_NODES < r->step && (slot->next || open_slot(r, index)))
            depart(r, index);
        return;
    }
    if (t->last < r->step)
        aircraft_step(t);
    if (slot->cruise_m != t->flight.cruise_m || slot->cruise_mps != t->flight.cruise_mps) {
        file(r, &t->flight, slot->departs_s, now_s(r), ++slot->revision);
        slot->cruise_m = t->flight.cruise_m;
        slot->cruise_mps = t->flight.cruise_mps;
    }
}

/* ---- the scenario's own flights, and recorded ones ---- */

/* Plans of the scenario's own flights. */
static void announce(struct roster *r)
{
    const struct scenario *s = r->scenario;

    for (unsigned f = 0; f < s->flights; f++)
        for (unsigned one = 0; one < s->flight[f].count; one++) {
            struct aircraft_flight flight = scenario_flight(s, f, one);
            file(r, &flight, s->flight[f].at_s, fmax(0.0, s->flight[f].at_s - s->plan_lead_s), 0);
        }
}

static void begin(struct roster *r, uint32_t index, struct aircraft_flight *flight, const char *callsign, double at_s)
{
    flight->silenced_s = silenced(r, flight->number, callsign, at_s);
    aircraft_start(&r->aircraft[index], flight, rng_stream(r->scenario->seed, SILENCE | flight->number), r->step, 0);
    r->flights++;
}

static struct aircraft_flight recorded_flight(const struct roster *r, uint32_t which)
{
    const struct recording_flight *d = &r->recording.flight[which];
    struct aircraft_flight f = {.number = ROSTER_RECORDED + which, .recording = &r->recording, .recorded = which};
    struct rng rng = rng_stream(r->scenario->seed, SILENCE | f.number);

    f.class = d->fastest_mps > 260 ? AIRCRAFT_AIRLINER : d->fastest_mps > 120 ? AIRCRAFT_REGIONAL : AIRCRAFT_GENERAL;
    f.rcs_m2 = aircraft_type(f.class)->rcs_m2;
    f.transponder = f.mode_s = f.adsb = rng_uniform(&rng) >= fmax(r->scenario->silent, 0.0);
    if (f.transponder) {
        f.ident = (struct ident){.mode_s = d->address, .mode_a = traffic_code(&rng), .flags = IDENT_MODE_S | IDENT_MODE_A};
        ident_set_callsign(&f.ident, d->callsign, (unsigned)strlen(d->callsign));
    }
    return f;
}

/* Those whose time has come. */
static void appear(struct roster *r)
{
    const struct scenario *s = r->scenario;
    uint32_t index = r->own;

    for (unsigned f = 0; f < s->flights; f++)
        for (unsigned one = 0; one < s->flight[f].count; one++, index++)
            if (r->step == (int64_t)ceil(s->flight[f].at_s / AIRCRAFT_STEP_S)) {
                struct aircraft_flight flight = scenario_flight(s, f, one);
                begin(r, index, &flight, s->flight[f].callsign, s->flight[f].at_s);
            }
    for (uint32_t i = 0; i < r->recording.flights; i++) {
        double at_s = r->recording.point[r->recording.flight[i].first].time_s;
        if (r->step == (int64_t)ceil(at_s / AIRCRAFT_STEP_S)) {
            struct aircraft_flight flight = recorded_flight(r, i);
            begin(r, r->recorded + i, &flight, r->recording.flight[i].callsign, at_s);
        }
    }
}

/* ---- all ---- */

static bool allocate(struct roster *r)
{
    const struct scenario *s = r->scenario;

    r->own = r->recorded = s->aircraft;
    for (unsigned f = 0; f < s->flights; f++)
        r->recorded += s->flight[f].count;
    r->slots = r->recorded + r->recording.flights;
    r->aircraft = calloc(r->slots + 1, sizeof *r->aircraft);
    r->slot = calloc(s->aircraft + 1, sizeof *r->slot);
    r->filing = filing_new(2 * r->recorded, s->start);
    return r->aircraft && r->slot && r->filing;
}

struct roster *roster_new(const struct scenario *s, char *error, size_t error_size)
{
    struct roster *r = calloc(1, sizeof *r);
    struct recording_settings recorded = {s->recorded, s->recorded_from_s, s->duration_s, s->recorded_moved, {s->recorded_lat_rad, s->recorded_lon_rad, 0}};

    snprintf(error, error_size, "memory is short");
    if (!r)
        return NULL;
    r->scenario = s;
    bool good = !s->recorded[0] || recording_open(&r->recording, &recorded, error, error_size);
    good = good && (r->traffic = traffic_new(s->traffic, s->seed, error, error_size)) != NULL;
    if (!good || !allocate(r)) {
        roster_free(r);
        return NULL;
    }
    traffic_set_silent(r->traffic, s->silent);
    traffic_set_plans(r->traffic, s->plans);
    traffic_set_domestic(r->traffic, s->domestic);
    for (unsigned c = 0; c < AIRCRAFT_CLASSES; c++)
        if (s->share[c] >= 0)
            traffic_set_share(r->traffic, c, s->share[c]);
    if (s->rhythm)
        traffic_set_rhythm(r->traffic, s->start);
    if (s->airways && !traffic_set_airways(r->traffic)) {
        roster_free(r);
        return NULL;
    }
    return r;
}

void roster_free(struct roster *r)
{
    if (!r)
        return;
    recording_close(&r->recording);
    traffic_free(r->traffic);
    filing_free(r->filing);
    free(r->aircraft);
    free(r->slot);
    free(r);
}

void roster_begin(struct roster *r, bool (*seen)(void *context, struct geodetic at), void *context)
{
    const struct seen where = {seen, context};

    for (uint32_t i = 0; i < r->scenario->aircraft && open_slot(r, i); i++)
        place(r, i, &where);
    announce(r);
    appear(r);
}

void roster_step(struct roster *r)
{
    r->step++;
    appear(r);
    for (uint32_t i = 0; i < r->slots; i++) {
        struct aircraft *t = &r->aircraft[i];
        if (i < r->own)
            go_on(r, i);
        else if (t->flying && t->last < r->step)
            aircraft_step(t);
    }
}

uint32_t roster_slots(const struct roster *r)
{
    return r->slots;
}

struct aircraft *roster_aircraft(const struct roster *r)
{
    return r->aircraft;
}

uint64_t roster_flights(const struct roster *r)
{
    return r->flights;
}

struct filing *roster_filing(const struct roster *r)
{
    return r->filing;
}
