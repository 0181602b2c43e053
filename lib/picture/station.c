/* station: see the header. */
#include "picture/station.h"

#include <math.h>
#include <string.h>

#define SMOOTH 0.02       /* of latency and residuals: about the last fifty plots */
#define LATE_DECAY 0.998  /* of the decaying maximum, per plot */
#define FALSE_SMOOTH 0.1  /* of the count of false plots, per turn */
#define FALSE_LEAST 0.5   /* per turn: no sensor is without */
#define FALSE_REPLIES 1.0 /* false replies per turn: asynchronous and reflected ones that pass a radar's own checks */
#define NEW_AIRCRAFT 1.0  /* lone plots per turn that begin an aircraft */
#define DETECTION_MAX 0.9 /* misses come in runs (an antenna shadowed in a turn): no single one says more than this */
#define HORIZON 4120.0    /* m per sqrt(m): sqrt(2 * 4/3 * earth radius) */
#define MARGIN 0.97       /* of range and horizon: at the very edge nothing is expected */
#define STEEP 1.0         /* tangent of the highest elevation that surveillance antennas are built for, 45 degrees: the cone of silence begins */
#define ANY_RANGE_M 370000.0
#define PI 3.141592653589793

void station_init(struct station *s, const struct site *site)
{
    *s = (struct station){.held_first = STATION_NONE,
                          .held_last = STATION_NONE,
                          .seen = INSTANT_NONE,
                          .replied = INSTANT_NONE,
                          .closed = INSTANT_NONE,
                          .last = INSTANT_NONE,
                          .false_since = INSTANT_NONE,
                          .latency_s = site->latency_s,
                          .false_plots = site->false_plots};
    noise_init(&s->noise);
    scan_init(&s->scan, site->period_s, !(site->flags & (SITE_POSITIONS | SITE_TRACKS)));
}

static bool is_reply(const struct plot *p)
{
    return p->flags & (PLOT_SECONDARY | PLOT_MODE_S | PLOT_ADSB | PLOT_MLAT);
}

/* Multiplied and folded: every bit of either moves the low ones (Steele, Lea, Flood, OOPSLA 2014, mix64's constants). */
static uint64_t mixed(uint64_t digest, uint64_t value)
{
    digest = (digest ^ value) * UINT64_C(0xbf58476d1ce4e5b9);
    return digest ^ digest >> 29;
}

bool station_repeats(struct station *s, const struct plot *p)
{
    bool polar = p->kind <= PLOT_POLAR_3D;
    const double place[2] = {polar ? p->polar.range_m : p->geodetic.at.lat_rad, polar ? p->polar.azimuth_rad : p->geodetic.at.lon_rad};
    uint64_t bits[2];
    memcpy(bits, place, sizeof bits);
    uint64_t digest = mixed(mixed(mixed((uint64_t)p->kind << 32 | p->flags, (uint64_t)p->time.ns), bits[0]), bits[1]);
    if (!polar)
        digest = mixed(digest, (uint64_t)p->ident.mode_s << 32 | p->geodetic.number);
    uint64_t *held = &s->recent[digest % STATION_RECENT];
    bool repeats = *held == digest;
    *held = digest;
    return repeats;
}

void station_hear(struct station *s, const struct plot *p)
{
    if (is_reply(p) && instant_before(s->replied, p->time))
        s->replied = p->time;
    s->last = p->arrival;
    s->latency_s += SMOOTH * (instant_diff(p->arrival, p->time) - s->latency_s);
    s->late_s *= LATE_DECAY;
    if (!instant_before(p->time, s->seen))
        s->seen = p->time;
    else
        s->late_s = fmax(s->late_s, instant_diff(s->seen, p->time));
    s->plots++;
}

double station_period(const struct station *s)
{
    double measured = scan_period(&s->scan);
    return measured > 0.0 ? measured : s->scan.nominal_s;
}

double station_density(const struct station *s, const struct site *site, const struct plot *p)
{
    const struct site_channel *c = site_channel(site, p);
    double range = c->range_max_m > 0.0 ? c->range_max_m : ANY_RANGE_M;
    double plots = NEW_AIRCRAFT + (is_reply(p) ? FALSE_REPLIES : fmax(s->false_plots, FALSE_LEAST));
    return plots / (PI * range * range);
}

void station_add_false(struct station *s, struct instant now)
{
    double period = station_period(s);
    s->false_count++;
    if (!instant_is_set(s->false_since))
        s->false_since = now;
    double since = instant_diff(now, s->false_since);
    if (period <= 0.0 || since < period)
        return;
    s->false_plots += FALSE_SMOOTH * (s->false_count * period / since - s->false_plots);
    s->false_count = 0;
    s->false_since = now;
}

double station_detection(const struct site *site, bool replies, struct geodetic target)
{
    const struct site_channel *c = replies && site->secondary.detection > 0.0 ? &site->secondary : &site->primary;
    double mean = 0.5 * (target.lat_rad + site->at.lat_rad);
    double north = (target.lat_rad - site->at.lat_rad) * FRAME_A;
    double east = frame_angle(target.lon_rad - site->at.lon_rad) * cos(mean) * FRAME_A;
    double distance = hypot(north, east);
    double horizon = HORIZON * (sqrt(fmax(site->at.hae_m, 0.0)) + sqrt(fmax(target.hae_m, 0.0)));
    if (distance > MARGIN * horizon || (c->range_max_m > 0.0 && distance > MARGIN * c->range_max_m))
        return 0.0;
    if (target.hae_m - site->at.hae_m > STEEP * distance)
        return 0.0;
    return fmin(c->detection, DETECTION_MAX);
}
