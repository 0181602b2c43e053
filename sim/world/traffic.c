/* Flights by class: airliners and regional aircraft between the airports of a pair (drawn by its number of airlines), either way;
 * general aviation round an airport; fast ones between two places near airports; silent ones low across country near an airport.
 *
 * Mode S addresses lie in the blocks of the three states (ICAO Annex 10 vol. III, table 9-1), Mode 3/A codes are drawn from all that are not
 * shared or emergencies; flights under visual rules squawk 1200 (FAA AIM 4-1-20; also used in Canada and Mexico). */
#include "sim/world/traffic.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sim/world/airways.h"
#include "sim/world/table.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NATIONS 3
#define PAPERS ((uint64_t)1 << 47) /* the stream of what stands in plans alone: apart from that of the flight itself */
#define STREAM ((uint64_t)1 << 40) /* apart from the streams of radars, which carry a source above bit 48 */

struct airport {
    char icao[5];
    uint8_t nation;
    struct geodetic at;
    double weight;   /* of the people who use it, among those of the nation */
};

struct pair {
    uint32_t from, to;
    double up_to; /* share of all pairs up to this one */
};

struct traffic {
    uint64_t seed;
    double silent, plans, domestic;
    double share[AIRCRAFT_CLASSES];
    bool rhythm;
    struct instant start;
    double most;     /* of the activity of a day, before it is 1 */
    struct airways *airways; /* NULL: each flight its own way */
    uint32_t airports, pairs;
    struct airport *airport;
    struct pair *pair;
};

static const struct nation {
    char code[3];
    uint32_t first, count;  /* Mode S addresses */
    const char *tail;       /* what registrations begin with */
    const char *airlines[8];
} nations[NATIONS] = {
    {"US", 0xA00001, 0x0DF7C7, "N", {"AAL", "UAL", "DAL", "SWA", "JBU", "ASA", "SKW", "FDX"}},
    {"CA", 0xC00001, 0x03FFFF, "CF", {"ACA", "WJA", "JZA", "TSC", "SWG", "POE", "ROU", "CJT"}},
    {"MX", 0x0D0001, 0x007FFF, "XA", {"AMX", "VOI", "VIV", "SLI", "TAO", "GMT", "ESF", "AIJ"}},
};

static int nation_of(struct text t)
{
    for (int i = 0; i < NATIONS; i++)
        if (text_equal(t, nations[i].code))
            return i;
    return -1;
}

/* One more element at the end of a growing array; NULL when memory is short. */
static void *grow(void *array, uint32_t count, size_t size)
{
    return (count & (count - 1)) == 0 ? realloc(array, (count ? 2 * (size_t)count : 1) * size) : array;
}

static bool read_airports(struct traffic *t, struct table *table)
{
    static const char *const names[] = {"icao", "nation", "lat_deg", "lon_deg", "elevation_m", "passengers_m"};
    struct text f[6];

    while (table_next(table, f)) {
        struct airport *more = grow(t->airport, t->airports, sizeof *more);
        if (!more)
            return false;
        t->airport = more;
        struct airport *a = &t->airport[t->airports++];
        int nation = nation_of(f[1]);
        memset(a, 0, sizeof *a);
        if (f[0].size == 0 || f[0].size > 4)
            table_refuse(table, "an ICAO location indicator", f[0]);
        else
            memcpy(a->icao, f[0].at, f[0].size);
        if (nation < 0)
            table_refuse(table, "US, CA or MX", f[1]);
        a->nation = (uint8_t)(nation < 0 ? 0 : nation);
        a->at.lat_rad = UNIT_DEG * table_number(table, names[2], f[2], -90, 90);
        a->at.lon_rad = UNIT_DEG * table_number(table, names[3], f[3], -180, 180);
        a->at.hae_m = table_number(table, names[4], f[4], -500, 6000);
        a->weight = f[5].size ? table_number(table, names[5], f[5], 0, 1000) : 1;
    }
    return !table->error[0];
}

static uint32_t airport_of(const struct traffic *t, struct text icao)
{
    uint32_t i = 0;

    while (i < t->airports && !text_equal(icao, t->airport[i].icao))
        i++;
    return i;
}

static bool read_pairs(struct traffic *t, struct table *table)
{
    struct text f[3];
    double sum = 0;

    while (table_next(table, f)) {
        struct pair *more = grow(t->pair, t->pairs, sizeof *more);
        if (!more)
            return false;
        t->pair = more;
        struct pair *p = &t->pair[t->pairs++];
        p->from = airport_of(t, f[0]);
        p->to = airport_of(t, f[1]);
        if (p->from == t->airports || p->to == t->airports || p->from == p->to)
            table_refuse(table, "two different airports of airports.csv", p->from == t->airports ? f[0] : f[1]);
        p->up_to = sum += table_number(table, "airlines", f[2], 0.001, 1e6);
    }
    for (uint32_t i = 0; i < t->pairs; i++)
        t->pair[i].up_to /= sum;
    if (!table->error[0] && t->pairs == 0)
        snprintf(table->error, sizeof table->error, "%s: expected at least one pair", table->path);
    return !table->error[0];
}

/* The two files, in the order in which they are read. */
static const struct source {
    const char *name;
    unsigned columns, needed;
    const char *column[6];
    bool (*read)(struct traffic *t, struct table *table);
} sources[] = {
    {"airports.csv", 6, 5, {"icao", "nation", "lat_deg", "lon_deg", "elevation_m", "passengers_m"}, read_airports},
    {"pairs.csv", 3, 3, {"from", "to", "airlines"}, read_pairs},
};

static bool read_source(struct traffic *t, const char *directory, const struct source *source, struct table *table)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", directory, source->name);
    bool ok = table_open(table, path, source->column, source->columns, source->needed) && source->read(t, table);
    table_close(table);
    return ok;
}

struct traffic *traffic_new(const char *directory, uint64_t seed, char *error, size_t error_size)
{
    struct traffic *t = calloc(1, sizeof *t);
    struct table table = {.error = ""};

    if (t) {
        t->seed = seed;
        t->silent = -1;
        t->plans = 1;
        for (unsigned c = 0; c < AIRCRAFT_CLASSES; c++)
            t->share[c] = aircraft_type(c)->share;
        if (read_source(t, directory, &sources[0], &table) && read_source(t, directory, &sources[1], &table))
            return t;
    }
    snprintf(error, error_size, "%s", table.error[0] ? table.error : "memory is short");
    traffic_free(t);
    return NULL;
}

void traffic_free(struct traffic *t)
{
    if (t) {
        free(t->airport);
        free(t->pair);
        airways_free(t->airways);
        free(t);
    }
}

void traffic_set_silent(struct traffic *t, double share)
{
    t->silent = share;
}

void traffic_set_plans(struct traffic *t, double share)
{
    t->plans = share;
}

void traffic_set_domestic(struct traffic *t, double share)
{
    t->domestic = share;
}

void traffic_set_share(struct traffic *t, unsigned class, double share)
{
    double sum = 0;

    t->share[class] = share;
    for (unsigned c = 0; c < AIRCRAFT_CLASSES; c++)
        sum += t->share[c];
    for (unsigned c = 0; c < AIRCRAFT_CLASSES && sum > 0; c++)
        t->share[c] /= sum;
}

bool traffic_set_airways(struct traffic *t)
{
    struct geodetic *place = calloc(t->airports + 1, sizeof *place);
    char (*name)[8] = calloc(t->airports + 1, sizeof *name);

    for (uint32_t i = 0; place && name && i < t->airports; i++) {
        place[i] = t->airport[i].at;
        snprintf(name[i], sizeof name[i], "%s", t->airport[i].icao + 1); /* KDEN has DEN */
    }
    t->airways = place && name ? airways_new(place, (const char (*)[8])name, t->airports) : NULL;
    free(place);
    free(name);
    return t->airways != NULL;
}

/* ---- day and night ---- */

/* Aircraft in the air by local solar time, from midnight, against the busiest hour: the shape of the FAA's hourly counts of 2019 (ASPM), smoothed. */
static const double hours[24] = {0.22, 0.14, 0.10, 0.09, 0.12, 0.30, 0.65, 0.88, 0.95, 0.97, 0.98, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 0.97, 0.90, 0.78, 0.62, 0.45, 0.32};

static double busy(const struct traffic *t, double time_s, double lon_rad)
{
    double hour = instant_time_of_day(instant_add(t->start, time_s)) / 3600 + lon_rad / (15 * UNIT_DEG);
    double from = floor(hour);
    int i = (int)(((int)from % 24 + 24) % 24);

    return hours[i] + (hour - from) * (hours[(i + 1) % 24] - hours[i]);
}

static double day(const struct traffic *t, double time_s)
{
    double sum = 0, all = 0;

    for (uint32_t i = 0; i < t->airports; i++) {
        sum += t->airport[i].weight * busy(t, time_s, t->airport[i].at.lon_rad);
        all += t->airport[i].weight;
    }
    return all > 0 ? sum / all : 1;
}

void traffic_set_rhythm(struct traffic *t, struct instant start)
{
    t->rhythm = true;
    t->start = start;
    t->most = 0;
    for (int quarter = 0; quarter < 96; quarter++)
        t->most = fmax(t->most, day(t, quarter * 900.0));
}

double traffic_activity(const struct traffic *t, double time_s)
{
    return t->rhythm ? fmin(1.0, day(t, time_s) / t->most) : 1.0;
}

static double between(struct rng *rng, double lo, double hi)
{
    return lo + (hi - lo) * rng_uniform(rng);
}

static uint8_t draw_class(const struct traffic *t, struct rng *rng)
{
    double u = rng_uniform(rng);
    unsigned class = 0, last = 0;

    for (unsigned c = 0; c < AIRCRAFT_CLASSES; c++)
        last = t->share[c] > 0 ? c : last;
    while (class < last && (u -= t->share[class]) >= 0)
        class++;
    return (uint8_t)class;
}

/* A pair by its share, in either direction. */
static struct pair draw_pair(const struct traffic *t, struct rng *rng)
{
    double u = rng_uniform(rng);
    uint32_t lo = 0, hi = t->pairs - 1;

    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (u < t->pair[mid].up_to)
            hi = mid;
        else
            lo = mid + 1;
    }
    struct pair p = t->pair[lo];
    return rng_uniform(rng) < 0.5 ? p : (struct pair){p.to, p.from, p.up_to};
}

/* An airport by the people who use it: of a nation, or of all (nation NATIONS). */
static uint32_t draw_airport(const struct traffic *t, unsigned nation, struct rng *rng)
{
    double sum = 0;
    uint32_t last = 0;

    for (uint32_t i = 0; i < t->airports; i++)
        sum += nation == NATIONS || t->airport[i].nation == nation ? t->airport[i].weight : 0;
    double u = rng_uniform(rng) * sum;
    for (uint32_t i = 0; i < t->airports; i++) {
        if (nation != NATIONS && t->airport[i].nation != nation)
            continue;
        last = i;
        if ((u -= t->airport[i].weight) < 0)
            break;
    }
    return last;
}

/* Two airports of one nation; a distance that suits the class, and rather a short one (gravity model: as many as people at both ends, fewer with the
 * distance between). */
static struct pair draw_domestic(const struct traffic *t, unsigned class, struct rng *rng)
{
    uint32_t from = draw_airport(t, NATIONS, rng), to = from;
    double usual_m = class == AIRCRAFT_REGIONAL ? 600e3 : 1500e3;

    for (int i = 0; i < 32; i++) {
        to = draw_airport(t, t->airport[from].nation, rng);
        double away_m = mat_norm3(mat_sub3(frame_ecef(t->airport[from].at), frame_ecef(t->airport[to].at)));
        if (away_m > 200e3 && rng_uniform(rng) < fmin(1.0, usual_m / away_m))
            return (struct pair){from, to, 0};
    }
    return (struct pair){from, to != from ? to : (from + 1) % t->airports, 0};
}

/* Who goes where; by day rather than at night. */
static struct pair draw_flight(const struct traffic *t, unsigned class, double departs_s, struct rng *rng)
{
    bool airline = class == AIRCRAFT_AIRLINER || class == AIRCRAFT_REGIONAL;
    struct pair pair;
    int tries = 0;

    do
        pair = t->domestic > 0 && (!airline || rng_uniform(rng) < t->domestic) ? draw_domestic(t, class, rng) : draw_pair(t, rng);
    while (t->rhythm && ++tries < 12 && rng_uniform(rng) > busy(t, departs_s, t->airport[pair.from].at.lon_rad));
    return pair;
}

/* Somewhere in the country round an airport, as high as the airport. */
static struct geodetic near_airport(const struct airport *a, double radius_m, struct rng *rng)
{
    double azimuth = 2 * UNIT_PI * rng_uniform(rng);

    return geodesic_direct(a->at, azimuth, radius_m * sqrt(rng_uniform(rng)), NULL);
}

static struct route draw_route(const struct traffic *t, const struct airport *from, const struct airport *to, unsigned class, struct rng *rng)
{
    switch (class) {
    case AIRCRAFT_GENERAL:
        return route_around(from->at, 90e3, rng);
    case AIRCRAFT_FAST:
    case AIRCRAFT_SILENT: {
        struct geodetic a, b;
        do {
            a = near_airport(from, class == AIRCRAFT_FAST ? 500e3 : 250e3, rng);
            b = near_airport(from, class == AIRCRAFT_FAST ? 500e3 : 250e3, rng);
        } while (geodesic_inverse(a, b, NULL, NULL) < 50e3);
        return route_between(a, b, rng);
    }
    default:
        return t->airways ? airways_route(t->airways, from->at, to->at) : route_between(from->at, to->at, rng);
    }
}

/* A thousand feet more where the direction asks for it. */
static double level_of(const struct traffic *t, const struct aircraft_flight *f, double level_m)
{
    double thousands = round(level_m / (1000 * UNIT_FT)), azimuth;

    if (t->airways) {
        geodesic_inverse(f->route.point[0], f->route.point[f->route.count - 1], &azimuth, NULL);
        bool odd = fmod(thousands, 2) > 0.5, east = azimuth < UNIT_PI;
        thousands -= odd != east;
    }
    return 1000 * UNIT_FT * thousands;
}

uint16_t traffic_code(struct rng *rng)
{
    uint16_t code;

    do
        code = (uint16_t)rng_below(rng, 4096);
    while (ident_code_is_shared(code) || ident_code_is_emergency(code));
    return code;
}

static void draw_ident(struct aircraft_flight *f, const struct nation *n, struct rng *rng)
{
    struct ident *i = &f->ident;
    uint32_t number = 1 + rng_below(rng, 9899);

    *i = (struct ident){.flags = IDENT_MODE_A};
    i->mode_a = f->class == AIRCRAFT_GENERAL && rng_uniform(rng) < 0.7 ? 01200 : traffic_code(rng);
    if (f->mode_s) {
        i->flags |= IDENT_MODE_S | IDENT_CALLSIGN;
        i->mode_s = n->first + (uint32_t)((uint64_t)f->number * 1000003 % n->count); /* a prime: no two numbers of a nation alike */
    }
    if (f->class == AIRCRAFT_AIRLINER || f->class == AIRCRAFT_REGIONAL)
        snprintf(i->callsign, sizeof i->callsign, "%s%u", n->airlines[rng_below(rng, 8)], number);
    else
        snprintf(i->callsign, sizeof i->callsign, "%s%u%c", n->tail, number % 1000, (char)('A' + rng_below(rng, 26)));
    memcpy(f->callsign, i->callsign, sizeof f->callsign);
    if (!f->mode_s)
        memset(i->callsign, 0, sizeof i->callsign);
}

/* Designators and wake categories of ICAO Doc 8643, a few of each class. */
static void draw_papers(const struct traffic *t, struct aircraft_flight *f, const struct airport *from, const struct airport *to)
{
    static const struct {
        char flight_type;
        const char *types[4];
        const char *wakes;
    } rows[AIRCRAFT_CLASSES] = {
        [AIRCRAFT_AIRLINER] = {'S', {"B738", "A320", "A21N", "B77W"}, "MMMH"}, [AIRCRAFT_REGIONAL] = {'S', {"E75L", "CRJ9", "DH8D", "E145"}, "MMMM"},
        [AIRCRAFT_GENERAL] = {'G', {"C172", "PA28", "BE36", "PC12"}, "LLLL"},  [AIRCRAFT_FAST] = {'M', {"F16", "F18S", "F15", "T38"}, "MMML"},
    };
    struct rng rng = rng_stream(t->seed, PAPERS | f->number);
    unsigned which = rng_below(&rng, 4);

    if (!rows[f->class].wakes)
        return;
    f->plan = rng_uniform(&rng) < t->plans;
    f->flight_type = rows[f->class].flight_type;
    f->wake = rows[f->class].wakes[which];
    snprintf(f->type, sizeof f->type, "%s", rows[f->class].types[which]);
    bool flies_over = f->class == AIRCRAFT_FAST; /* from place to place in the country */
    memcpy(f->departure, flies_over ? "ZZZZ" : from->icao, sizeof f->departure);
    memcpy(f->destination, flies_over ? "ZZZZ" : f->class == AIRCRAFT_GENERAL ? from->icao : to->icao, sizeof f->destination);
}

struct rng traffic_flight(const struct traffic *t, uint32_t number, struct aircraft_flight *flight)
{
    return traffic_departure(t, number, 0, flight);
}

struct rng traffic_departure(const struct traffic *t, uint32_t number, double departs_s, struct aircraft_flight *flight)
{
    struct rng rng = rng_stream(t->seed, STREAM | number);
    unsigned class = draw_class(t, &rng);
    const struct aircraft_type *type = aircraft_type(class);
    struct pair pair = draw_flight(t, class, departs_s, &rng);
    const struct airport *from = &t->airport[pair.from], *to = &t->airport[pair.to];
    double silent = t->silent >= 0 ? t->silent : 1.0 - type->transponder;

    memset(flight, 0, sizeof *flight);
    flight->number = number;
    flight->class = (uint8_t)class;
    flight->route = draw_route(t, from, to, class, &rng);
    flight->rcs_m2 = type->rcs_m2 * exp(0.3 * rng_normal(&rng));
    flight->cruise_mps = between(&rng, type->cruise_lo_mps, type->cruise_hi_mps);
    flight->cruise_m = between(&rng, type->level_lo_m, type->level_hi_m);
    flight->cruise_m = level_of(t, flight, flight->cruise_m);
    flight->cruise_m = fmax(flight->cruise_m, fmax(from->at.hae_m, to->at.hae_m) + 300.0);
    flight->holds = (class == AIRCRAFT_AIRLINER || class == AIRCRAFT_REGIONAL) && rng_uniform(&rng) < 0.06 ? 2 + 2 * rng_below(&rng, 3) : 0;
    flight->transponder = rng_uniform(&rng) >= silent;
    flight->mode_s = flight->transponder && rng_uniform(&rng) < type->mode_s;
    if (flight->transponder)
        draw_ident(flight, &nations[rng_uniform(&rng) < 0.5 ? from->nation : to->nation], &rng);
    flight->adsb = flight->mode_s && rng_uniform(&rng) < type->adsb;
    draw_papers(t, flight, from, to);
    return rng;
}
