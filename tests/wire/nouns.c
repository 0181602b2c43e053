#include "nouns.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/unit.h"

static bool coin(struct rng *r)
{
    return rng_below(r, 2) == 0;
}

static double between(struct rng *r, double low, double high)
{
    return low + (high - low) * rng_uniform(r);
}

static void identity(struct rng *r, struct ident *i)
{
    if (coin(r)) {
        i->flags |= IDENT_MODE_S;
        i->mode_s = rng_below(r, 1 << 24);
    }
    if (coin(r)) {
        i->flags |= (uint16_t)(IDENT_MODE_A | (coin(r) ? IDENT_A_UNVALIDATED : 0) | (coin(r) ? IDENT_A_GARBLED : 0) | (coin(r) ? IDENT_A_SMOOTHED : 0));
        i->mode_a = (uint16_t)rng_below(r, 4096);
    }
    if (coin(r)) {
        i->flags |= IDENT_MODE_2;
        i->mode_2 = (uint16_t)rng_below(r, 4096);
    }
    if (coin(r)) {
        char name[9];
        snprintf(name, sizeof name, "%c%c%c%u", 'A' + (int)rng_below(r, 26), 'A' + (int)rng_below(r, 26), 'A' + (int)rng_below(r, 26), rng_below(r, 10000));
        (void)ident_set_callsign(i, name, (unsigned)strlen(name));
    }
    i->flags |= coin(r) ? IDENT_SPI : 0;
}

static struct instant moment(struct rng *r)
{
    return (struct instant){(INT64_C(1800000000) * 128 + (int64_t)rng_below(r, 20 * 86400 * 128u)) * 7812500};
}

struct plot nouns_polar(struct rng *r)
{
    struct plot p;
    memset(&p, 0, sizeof p);
    p.time = moment(r);
    p.source = (uint16_t)(1 + rng_below(r, 65535));
    p.polar.range_m = between(r, 500.0, 250.0 * UNIT_NM);
    p.polar.azimuth_rad = between(r, 0.0, 2.0 * UNIT_PI * 0.9999);
    static const uint32_t seen[] = {PLOT_PRIMARY, PLOT_SECONDARY, PLOT_PRIMARY | PLOT_SECONDARY, PLOT_MODE_S, PLOT_PRIMARY | PLOT_MODE_S};
    p.flags = seen[rng_below(r, 5)] | (coin(r) ? PLOT_TEST : 0) | (coin(r) ? PLOT_SIMULATED : 0);
    if (coin(r)) {
        p.flags |= PLOT_DOPPLER;
        p.polar.doppler_mps = floor(between(r, -230.0, 230.0));
    }
    if (coin(r)) {
        p.level.pressure_m = ((int)rng_below(r, 1800) - 40) * 25.0 * UNIT_FT;
        p.level.flags = (uint8_t)(LEVEL_PRESSURE | (coin(r) ? LEVEL_UNVALIDATED : 0) | (coin(r) ? LEVEL_GARBLED : 0));
        p.level.flags |= fabs(remainder(p.level.pressure_m, UNIT_FL)) > 1.0 ? LEVEL_FINE : 0;
        p.kind = PLOT_POLAR_LEVEL;
    }
    if (rng_below(r, 4) == 0) {
        p.level.hae_m = rng_below(r, 2000) * 25.0 * UNIT_FT;
        p.level.flags |= LEVEL_HEIGHT;
        p.kind = PLOT_POLAR_3D;
    }
    p.local_number = (uint16_t)rng_below(r, 4096);
    identity(r, &p.ident);
    return p;
}

struct plot nouns_geodetic(struct rng *r)
{
    struct plot p;
    memset(&p, 0, sizeof p);
    p.time = moment(r);
    p.source = (uint16_t)(1 + rng_below(r, 65535));
    p.kind = PLOT_GEODETIC;
    p.flags = PLOT_ADSB | (coin(r) ? PLOT_SIMULATED : 0) | (coin(r) ? PLOT_ON_GROUND : 0) | (coin(r) ? PLOT_TEST : 0);
    p.geodetic.at = (struct geodetic){between(r, -1.5, 1.5), between(r, -3.1, 3.1), 0.0};
    double sigma_m = between(r, 8.0, 800.0);
    p.geodetic.cov_ee_m2 = p.geodetic.cov_nn_m2 = sigma_m * sigma_m;
    if (coin(r)) {
        p.flags |= PLOT_VELOCITY;
        p.geodetic.east_mps = between(r, -300.0, 300.0);
        p.geodetic.north_mps = between(r, -300.0, 300.0);
        p.geodetic.up_mps = between(r, -20.0, 20.0);
    }
    if (coin(r)) {
        p.level.hae_m = p.geodetic.at.hae_m = floor(between(r, 0.0, 6000.0)) * 6.25 * UNIT_FT;
        p.level.flags |= LEVEL_HEIGHT;
    }
    if (coin(r)) {
        p.level.pressure_m = ((int)rng_below(r, 1800) - 40) * 25.0 * UNIT_FT;
        p.level.flags |= LEVEL_PRESSURE;
        p.level.flags |= fabs(remainder(p.level.pressure_m, UNIT_FL)) > 1.0 ? LEVEL_FINE : 0;
    }
    p.local_number = (uint16_t)rng_below(r, 4096);
    identity(r, &p.ident);
    p.ident.flags &= (uint16_t)~(IDENT_A_UNVALIDATED | IDENT_A_GARBLED | IDENT_A_SMOOTHED | IDENT_MODE_2);
    p.ident.mode_2 = 0;
    return p;
}

struct service nouns_service(struct rng *r)
{
    struct service s;
    memset(&s, 0, sizeof s);
    s.time = moment(r);
    s.source = (uint16_t)(1 + rng_below(r, 65535));
    s.kind = coin(r) ? SERVICE_NORTH : SERVICE_SECTOR;
    s.azimuth_rad = s.kind == SERVICE_SECTOR ? rng_below(r, 256) * UNIT_PI / 128.0 : 0.0;
    if (coin(r)) {
        s.flags |= SERVICE_PERIOD;
        s.period_s = floor(between(r, 2.0, 13.0) * 128.0) / 128.0;
    }
    if (coin(r)) {
        s.flags |= SERVICE_BIAS;
        s.bias_range_m = ((int)rng_below(r, 255) - 127) * UNIT_NM / 128.0;
        s.bias_azimuth_rad = ((int)rng_below(r, 255) - 127) * 360.0 / 16384.0 * UNIT_DEG;
    }
    return s;
}

static void word(struct rng *r, char *out, unsigned size)
{
    unsigned length = rng_below(r, size);
    for (unsigned k = 0; k < length; k++)
        out[k] = (char)('A' + (int)rng_below(r, 26));
}

struct track nouns_track(struct rng *r)
{
    struct track t;
    memset(&t, 0, sizeof t);
    t.number = (uint32_t)rng_next(r);
    t.flags = rng_below(r, 256);
    t.time = moment(r);
    t.born = instant_add(t.time, -between(r, 0.0, 1000.0));
    t.last = instant_add(t.time, -between(r, 0.0, 10.0));
    t.at = (struct geodetic){between(r, -1.5, 1.5), between(r, -UNIT_PI, UNIT_PI), between(r, -200.0, 15000.0)};
    t.east_mps = between(r, -400.0, 400.0);
    t.north_mps = between(r, -400.0, 400.0);
    t.climb_mps = between(r, -30.0, 30.0);
    t.turn_rad_s = 0.03 * rng_normal(r);
    double east = between(r, 5.0, 3000.0), north = between(r, 5.0, 3000.0), speed = between(r, 0.5, 90.0);
    t.cov[TRACK_EE] = east * east;
    t.cov[TRACK_NN] = north * north;
    t.cov[TRACK_EN] = between(r, -0.95, 0.95) * east * north;
    t.cov[TRACK_VEVE] = t.cov[TRACK_VNVN] = speed * speed;
    t.sigma_height_m = between(r, 1.0, 900.0);
    t.sigma_climb_mps = between(r, 0.1, 12.0);
    if (coin(r)) {
        t.level.pressure_m = ((int)rng_below(r, 1800) - 40) * 25.0 * UNIT_FT;
        t.level.flags = LEVEL_PRESSURE;
    }
    t.level_time = instant_add(t.time, -between(r, 0.0, 30.0));
    for (int k = 0; k < TRACK_AGES; k++)
        t.age[k] = coin(r) ? instant_add(t.time, -between(r, 0.0, 100.0)) : INSTANT_NONE;
    t.existence = rng_uniform(r);
    t.plan = rng_below(r, 2);
    identity(r, &t.ident);
    t.class = (uint8_t)rng_below(r, TRACK_CLASSES);
    t.silent = moment(r);
    if (t.plan) {
        t.flight = (struct track_flight){.source = (uint16_t)rng_next(r), .flight_rules = 'I', .wake = 'M', .flight_type = 'S', .cruise_pressure_m = 9000};
        word(r, t.flight.callsign, sizeof t.flight.callsign);
        word(r, t.flight.departure, sizeof t.flight.departure);
        word(r, t.flight.destination, sizeof t.flight.destination);
        word(r, t.flight.aircraft_type, sizeof t.flight.aircraft_type);
    }
    return t;
}

struct plan nouns_plan(struct rng *r)
{
    struct plan p;
    memset(&p, 0, sizeof p);
    p.number = (uint32_t)rng_next(r);
    p.source = (uint16_t)rng_next(r);
    p.action = (uint8_t)rng_below(r, PLAN_ACTIONS);
    p.flight_rules = coin(r) ? 'I' : 'V';
    p.wake = "LMHJ"[rng_below(r, 4)];
    p.flight_type = "SNGMX"[rng_below(r, 5)];
    p.revision = (uint16_t)rng_below(r, 9);
    p.filed = moment(r);
    word(r, p.departure, sizeof p.departure);
    word(r, p.destination, sizeof p.destination);
    word(r, p.aircraft_type, sizeof p.aircraft_type);
    identity(r, &p.ident);
    p.cruise_mps = between(r, 50.0, 300.0);
    p.cruise_pressure_m = between(r, 500.0, 13000.0);
    p.points = (uint8_t)rng_below(r, PLAN_ROUTE_POINTS + 1);
    for (unsigned k = 0; k < p.points; k++) {
        word(r, p.route[k].name, sizeof p.route[k].name);
        p.route[k].at = (struct geodetic){between(r, -1.5, 1.5), between(r, -3.1, 3.1), 0.0};
        p.route[k].over = coin(r) ? moment(r) : INSTANT_NONE;
        p.route[k].pressure_m = between(r, 0.0, 13000.0);
    }
    return p;
}

static void take_report(void *context, const struct report *r)
{
    struct nouns *n = context;
    if (n->count < NOUNS_MOST)
        n->reports[n->count] = *r;
    n->count++;
}

static void take_notice(void *context, const struct notice *notice)
{
    struct nouns *n = context;
    n->notices[notice->kind]++;
    n->last = *notice;
}

struct decoder_sink nouns_sink(struct nouns *n)
{
    return (struct decoder_sink){{take_report, n}, {take_notice, n}};
}

static void datagram(void *context, const uint8_t *bytes, size_t size)
{
    struct nouns *n = context;
    struct decoder_sink sink = nouns_sink(n);
    n->datagrams++;
    (void)decoder_input(n->decoder, bytes, size, 0, n->arrival, &sink);
}

struct out_sink nouns_out(struct nouns *n)
{
    return (struct out_sink){datagram, n};
}
