/* The instant of the look solves antenna(t) = azimuth(target(t)) by fixed-point iteration: the antenna is so much faster than the target's
 * bearing that each round gains about a decimal. Half-open turns [north, next north) cut the antenna's time without gap or overlap, so
 * that each crossing is found once, whatever the target does at north.
 * Rejected: drawing detection and
 * errors from one stream per radar (a further target would change what is seen of all others). */
#include "sim/world/radar.h"
#include "base/unit.h"
#include "sensor/slant.h"
#include <assert.h>
#include <math.h>
#include <string.h>

#define NEAREST_M 900.0
#define MAST_LEAST_M 1.0
#define PHASE_STREAM 1u       /* of turn 0 */

const char *radar_outcome_name(enum radar_outcome outcome)
{
    static const char *const names[] = {
#define X(name, text) #name,
        RADAR_OUTCOMES(X)
#undef X
    };
    assert(outcome < RADAR_OUTCOME_COUNT);
    return names[outcome];
}

const char *radar_outcome_text(enum radar_outcome outcome)
{
    static const char *const texts[] = {
#define X(name, text) text,
        RADAR_OUTCOMES(X)
#undef X
    };
    assert(outcome < RADAR_OUTCOME_COUNT);
    return texts[outcome];
}

bool radar_site_works(const struct radar_site *s, double time_s)
{
    for (unsigned i = 0; i < s->outages; i++)
        if (time_s >= s->outage[i].from_s && time_s < s->outage[i].to_s)
            return false;
    return true;
}

struct rng radar_stream(const struct radar *r, uint32_t purpose)
{
    return rng_stream(r->seed, (uint64_t)radar_source(r) << 48 | (uint64_t)(r->turn & 0xFFFFFF) << 24 | purpose);
}

void radar_init(struct radar *r, const struct radar_site *site, uint64_t seed, struct instant start)
{
    assert(site->site.period_s > 0 && site->site.period_s <= RADAR_PERIOD_MAX_S);
    memset(r, 0, sizeof *r);
    r->site = *site;
    r->seed = seed;
    r->start = start;
    r->type = sight_type_usual(&r->site.site);
    struct rng phase = radar_stream(r, PHASE_STREAM);
    r->north_s = rng_uniform(&phase) * r->site.site.period_s;
}

uint16_t radar_source(const struct radar *r)
{
    return r->site.site.source;
}

double radar_turn_end_s(const struct radar *r)
{
    return r->north_s + r->site.site.period_s;
}

void radar_next_turn(struct radar *r)
{
    r->north_s += r->site.site.period_s;
    r->turn++;
}

/* A crossing of the beam by a target whose bearing is near `near_rad` (unfolded: it may lie beyond a full turn): false where it flew not. */
static bool crossing(const struct radar *r, const struct aircraft *t, double near_rad, double *time_s, struct vec3 *enu)
{
    double period = r->site.site.period_s;
    double when = r->north_s + near_rad / (2 * UNIT_PI) * period;
    struct vec3 at;

    for (int round = 0; round < 12; round++) {
        if (!aircraft_motion(t, when, &at, NULL))
            return false;
        *enu = frame_to_enu(&r->site.site.frame, at);
        double bearing = near_rad + frame_angle(atan2(enu->x, enu->y) - near_rad);
        double next = r->north_s + bearing / (2 * UNIT_PI) * period;
        if (fabs(next - when) < 1e-9)
            break;
        when = next;
    }
    *time_s = when;
    return true;
}

enum radar_outcome radar_sight(const struct radar *r, struct vec3 enu, struct geodetic at)
{
    const struct site *s = &r->site.site;
    double range_m = mat_norm3(enu);

    if (range_m > fmax(s->primary.range_max_m, s->secondary.range_max_m))
        return RADAR_FAR;
    if (range_m < NEAREST_M)
        return RADAR_NEAR;
    if (range_m > horizon_range_m(HORIZON_FOUR_THIRDS, fmax(s->at.hae_m, MAST_LEAST_M), fmax(at.hae_m, 0)))
        return RADAR_HORIZON;
    if (r->ground && at.hae_m < horizon_lowest_m(r->ground, horizon_locate(&s->frame, at.lat_rad, at.lon_rad)))
        return RADAR_TERRAIN;
    return !(s->flags & SITE_POSITIONS) && enu.z > range_m * sin(r->type.elevation_max_rad) ? RADAR_CONE : RADAR_SEEN;
}

/* Range and azimuth with the errors of the channel that made the plot, and the site's registration error. */
static void measure(const struct radar *r, double range_m, double azimuth_rad, struct rng *rng, struct plot *p)
{
    site_fill(&r->site.site, p);
    p->polar.range_m = fmax(range_m + p->polar.sigma_range_m * rng_normal(rng), 1.0);
    p->polar.azimuth_rad = frame_azimuth(azimuth_rad + p->polar.sigma_azimuth_rad * rng_normal(rng));
    bias_add(&r->site.site.bias, p);
}

static struct plot plot_at(const struct radar *r, double time_s)
{
    return (struct plot){.time = instant_add(r->start, time_s), .source = radar_source(r), .kind = PLOT_POLAR};
}

void radar_primary_plot(const struct radar *r, double time_s, double range_m, double azimuth_rad, struct rng *rng, struct plot *out)
{
    *out = plot_at(r, time_s);
    out->flags = PLOT_PRIMARY;
    measure(r, range_m, azimuth_rad, rng, out);
}

/* What the transponder says: code and pressure altitude in steps of 100 ft, with Mode S address, callsign and steps of 25 ft. */
static void reply(const struct radar *r, const struct aircraft *t, double hae_m, struct plot *p)
{
    bool mode_s = (r->site.site.flags & SITE_SELECTIVE) && t->flight.mode_s;
    double step = (mode_s ? 25 : 100) * UNIT_FT;

    p->flags |= mode_s ? PLOT_SECONDARY | PLOT_MODE_S : PLOT_SECONDARY;
    p->kind = PLOT_POLAR_LEVEL;
    p->level.flags = mode_s ? LEVEL_PRESSURE | LEVEL_FINE : LEVEL_PRESSURE;
    p->level.pressure_m = step * round(hae_m / step);
    p->ident.mode_a = t->flight.ident.mode_a;
    p->ident.flags = IDENT_MODE_A;
    if (mode_s)
        p->ident = t->flight.ident;
}

static enum radar_outcome look(const struct radar *r, const struct aircraft *t, double time_s, struct vec3 enu, struct rng *rng, struct plot *p)
{
    const struct site *s = &r->site.site;
    struct slant_look true_look = slant_look(s, enu);
    struct geodetic at = frame_geodetic(frame_from_enu(&s->frame, enu));
    enum radar_outcome sight = radar_sight(r, enu, at);
    double echo = rng_uniform(rng), answer = rng_uniform(rng), height = rng_normal(rng);

    if (sight != RADAR_SEEN)
        return sight;
    if (!radar_site_works(&r->site, time_s))
        return RADAR_OUTAGE;
    if (!(s->flags & SITE_PRIMARY) && !aircraft_answers(t, time_s))
        return RADAR_MUTE;
    bool seen = (s->flags & SITE_PRIMARY) && true_look.range_m <= s->primary.range_max_m &&
                echo < sight_detection(&r->type, t->flight.rcs_m2, true_look.range_m);
    bool heard = (s->flags & SITE_SECONDARY) && aircraft_answers(t, time_s) && true_look.range_m <= s->secondary.range_max_m &&
                 answer < s->secondary.detection;
    if (!seen && !heard)
        return RADAR_CHANCE;
    *p = plot_at(r, time_s);
    p->flags = seen ? PLOT_PRIMARY : 0;
    if (heard)
        reply(r, t, at.hae_m, p);
    if (seen && (s->flags & SITE_HEIGHT)) {
        p->kind = PLOT_POLAR_3D;
        p->level.flags |= LEVEL_HEIGHT;
        p->level.hae_m = at.hae_m + s->sigma_height_m * height;
    }
    measure(r, true_look.range_m, true_look.azimuth_rad, rng, p);
    return RADAR_SEEN;
}

void radar_note(struct radar *r, const struct aircraft *t, double time_s, enum radar_outcome outcome)
{
    r->outcomes[outcome]++;
    if (r->observer.look)
        r->observer.look(r->observer.context, r, t, time_s, outcome);
}

unsigned radar_look(struct radar *r, const struct aircraft *t, struct radar_plot *out)
{
    struct rng rng = radar_stream(r, t->flight.number);
    double time_s, middle_s = r->north_s + 0.5 * r->site.site.period_s;
    unsigned plots = 0;
    bool crossed = false;
    struct vec3 at, enu;

    if (!aircraft_motion(t, middle_s, &at, NULL) && !aircraft_motion(t, (double)t->first * AIRCRAFT_STEP_S, &at, NULL) &&
        !aircraft_motion(t, (double)t->last * AIRCRAFT_STEP_S, &at, NULL)) {
        radar_note(r, t, middle_s, RADAR_AWAY);
        return 0;
    }
    enu = frame_to_enu(&r->site.site.frame, at);
    double bearing = frame_azimuth(atan2(enu.x, enu.y));
    for (int turn = -1; turn <= 1; turn++) {
        double unfolded = bearing + 2 * UNIT_PI * turn;
        if (unfolded < -1.0 || unfolded > 2 * UNIT_PI + 1.0)
            continue;
        if (!crossing(r, t, unfolded, &time_s, &enu) || time_s < r->north_s || time_s >= radar_turn_end_s(r))
            continue;
        enum radar_outcome outcome = look(r, t, time_s, enu, &rng, &out[plots].plot);
        radar_note(r, t, time_s, outcome);
        crossed = true;
        if (outcome == RADAR_SEEN && plots < RADAR_LOOK_MAX)
            out[plots++].target = t->flight.number;
    }
    if (!crossed)
        radar_note(r, t, middle_s, RADAR_AWAY);
    return plots;
}
