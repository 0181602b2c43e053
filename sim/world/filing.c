/* What waits is the plan itself, in a pool of slots ordered by a heap of (arrival, sequence). Times over points are those of the climb, cruise and descent that
 * aircraft.c means to fly, summed over short pieces of the way. */
#include "sim/world/filing.h"
#include "base/heap.h"
#include "base/unit.h"
#include "wire/envelope.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_M 20000.0

struct filing {
    struct instant start;
    uint32_t room, free_count;
    uint32_t *free_slot;
    struct plan *plan;
    struct heap *order;
    uint64_t sent, lost;
    uint8_t bytes[ENVELOPE_SIZE];
};

struct filing *filing_new(uint32_t messages, struct instant start)
{
    struct filing *f = calloc(1, sizeof *f);

    if (!f)
        return NULL;
    f->start = start;
    f->room = f->free_count = messages + 64;
    f->free_slot = malloc(f->room * sizeof *f->free_slot);
    f->plan = malloc(f->room * sizeof *f->plan);
    f->order = heap_new(f->room);
    if (!f->free_slot || !f->plan || !f->order) {
        filing_free(f);
        return NULL;
    }
    for (uint32_t i = 0; i < f->room; i++)
        f->free_slot[i] = f->room - 1 - i;
    return f;
}

void filing_free(struct filing *f)
{
    if (!f)
        return;
    heap_free(f->order);
    free(f->free_slot);
    free(f->plan);
    free(f);
}

bool filing_wants(const struct aircraft_flight *flight)
{
    return flight->plan && flight->transponder && flight->callsign[0] && !ident_code_is_shared(flight->ident.mode_a);
}

static double took_s(const struct aircraft_flight *flight, double from_m, double to_m)
{
    double time_s = 0, hae_m;

    for (double at_m = from_m; at_m < to_m; at_m += PIECE_M) {
        double piece_m = fmin(PIECE_M, to_m - at_m);
        time_s += piece_m / aircraft_planned_mps(flight, at_m + piece_m / 2, &hae_m);
    }
    return time_s;
}

double filing_time_s(const struct aircraft_flight *flight, double from_start_m)
{
    return took_s(flight, 0, from_start_m);
}

/* "46N078W": ICAO Doc 4444, item 15, whole degrees. */
static void name_place(struct geodetic at, char name[8])
{
    int lat = (int)lround(at.lat_rad / UNIT_DEG), lon = (int)lround(frame_angle(at.lon_rad) / UNIT_DEG);
    unsigned north = (unsigned)abs(lat) % 100, east = (unsigned)abs(lon) % 1000;

    snprintf(name, 8, "%02u%c%03u%c", north, lat < 0 ? 'S' : 'N', east, lon < 0 ? 'W' : 'E');
}

static void put_route(struct plan *p, const struct aircraft_flight *flight, struct instant departs)
{
    const struct route *r = &flight->route;
    double length_m = route_length_m(r), before_m = 0, hae_m;

    p->points = (uint8_t)r->count;
    for (unsigned i = 0; i < r->count; i++) {
        struct plan_point *q = &p->route[i];
        const char *known = i == 0 ? flight->departure : i + 1 == r->count ? flight->destination : r->name[i];
        double from_start_m = length_m - r->to_go_m[i];

        memset(q, 0, sizeof *q);
        if (known[0])
            snprintf(q->name, sizeof q->name, "%s", known);
        else
            name_place(r->point[i], q->name);
        q->at = r->point[i];
        (void)aircraft_planned_mps(flight, from_start_m, &hae_m);
        q->pressure_m = fmax(hae_m, 0.0);
        departs = instant_add(departs, took_s(flight, before_m, from_start_m));
        before_m = from_start_m;
        q->over = departs;
    }
}

_Static_assert(ROUTE_POINTS <= PLAN_ROUTE_POINTS, "every route fits into a plan");

static uint16_t source_of(const struct aircraft_flight *flight)
{
    static const struct {
        char nation;
        uint8_t sac;
    } systems[] = {{'K', 210}, {'P', 210}, {'C', 211}, {'M', 212}}; /* first letter of the location indicator */

    for (size_t i = 0; i < sizeof systems / sizeof systems[0]; i++)
        if (flight->departure[0] == systems[i].nation)
            return (uint16_t)(systems[i].sac << 8 | FILING_SIC);
    return 210u << 8 | FILING_SIC;
}

struct plan filing_plan(const struct aircraft_flight *flight, double departs_s, struct instant start)
{
    struct plan p;

    memset(&p, 0, sizeof p);
    p.arrival = p.filed = INSTANT_NONE;
    p.number = flight->number;
    p.source = source_of(flight);
    p.flight_rules = 'I';
    p.flight_type = flight->flight_type;
    p.wake = flight->wake;
    memcpy(p.departure, flight->departure, sizeof p.departure);
    memcpy(p.destination, flight->destination, sizeof p.destination);
    memcpy(p.aircraft_type, flight->type, sizeof p.aircraft_type);
    p.ident = flight->ident;
    ident_set_callsign(&p.ident, flight->callsign, (unsigned)strlen(flight->callsign)); /* also of those whose transponder does not say it */
    p.cruise_mps = flight->cruise_mps;
    p.cruise_pressure_m = flight->cruise_m;
    put_route(&p, flight, instant_add(start, departs_s));
    return p;
}

void filing_put(struct filing *f, const struct aircraft_flight *flight, double departs_s, double now_s, unsigned revision)
{
    if (f->free_count == 0) {
        f->lost++;
        return;
    }
    uint32_t slot = f->free_slot[--f->free_count];
    struct plan *p = &f->plan[slot];

    *p = filing_plan(flight, departs_s, f->start);
    p->action = revision ? PLAN_CHANGE : PLAN_FILE;
    p->revision = (uint16_t)revision;
    p->filed = instant_add(f->start, now_s);
    p->arrival = instant_add(p->filed, FILING_LATENCY_S);
    heap_add(f->order, slot, p->arrival);
}

bool filing_next(struct filing *f, struct instant until, struct stream_datagram *out)
{
    uint32_t slot;
    struct instant due;

    if (!heap_next(f->order, until, &slot, &due))
        return false;
    struct envelope e = {.node = "simulator", .nation = "", .sequence = ++f->sent, .kind = ENVELOPE_REPORT, .instant = f->plan[slot].filed};
    e.report.kind = REPORT_PLAN;
    e.report.plan = f->plan[slot];
    f->free_slot[f->free_count++] = slot;
    int size = envelope_encode(&e, f->bytes, sizeof f->bytes);
    *out = (struct stream_datagram){.time = due, .source = e.report.plan.source, .bytes = f->bytes, .size = size > 0 ? (size_t)size : 0,
                                    .category = FILING_CATEGORY};
    return true;
}

uint64_t filing_sent(const struct filing *f)
{
    return f->sent;
}

uint64_t filing_lost(const struct filing *f)
{
    return f->lost;
}
