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
#define STRAIGHT 1.0
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

const char *radar_plot_kind_name(enum radar_plot_kind kind)
{
    static const char *const names[] = {
#define X(name) #name,
        RADAR_PLOT_KINDS_LIST(X)
#undef X
    };
    assert(kind < RADAR_PLOT_KINDS);
    return names[kind];
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
    if (!site->typed)
        r->site.type = sight_type_usual(&r->site.site);
    if (site->quirks.cone_rad > 0)
        r->site.type.elevation_max_rad = site->quirks.cone_rad;
    r->sin_low = sin(r->site.type.elevation_min_rad);
    r->sin_high = sin(r->site.type.elevation_max_rad);
    r->k = r->site.site.refraction == SITE_STRAIGHT ? STRAIGHT : HORIZON_FOUR_THIRDS;
    radar_place_mirrors(r);
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

const struct site *radar_stand(const struct radar *r, double time_s, struct site *moved)
{
    if (!r->site.moving)
        return &r->site.site;
    *moved = r->site.site;
    site_place(moved, orbit_at(&r->site.orbit, time_s, NULL));
    return moved;
}

/* A crossing of the beam by a target whose bearing is near `near_rad` (unfolded: it may lie beyond a full turn): false where it flew not. */
static bool crossing(const struct radar *r, const struct aircraft *t, double near_rad, double *time_s, struct vec3 *enu)
{
    double period = r->site.site.period_s;
    double when = r->north_s + near_rad / (2 * UNIT_PI) * period;
    struct site moved;
    struct vec3 at;

    for (int round = 0; round < 12; round++) {
        if (!aircraft_motion(t, when, &at, NULL))
            return false;
        *enu = frame_to_enu(&radar_stand(r, when, &moved)->frame, at);
        double bearing = near_rad + frame_angle(atan2(enu->x, enu->y) - near_rad);
        double next = r->north_s + bearing / (2 * UNIT_PI) * period;
        if (fabs(next - when) < 1e-9)
            break;
        when = next;
    }
    *time_s = when;
    return true;
}

/* The beam leaves the antenna as over the earth of the bent ray: its elevation there is that of the straight line and the part of the arc that the bending
 * takes, (1 - 1/k) of half the arc's angle. */
static bool in_beam(const struct radar *r, struct vec3 enu, double range_m)
{
    double bend = (1 - 1 / r->k) * 0.5 * sqrt(enu.x * enu.x + enu.y * enu.y) / HORIZON_EARTH_M, sine = enu.z / range_m + bend;

    return sine >= r->sin_low && sine <= r->sin_high;
}

bool radar_blanked(const struct radar *r, double time_s, double azimuth_rad)
{
    double nose = 0;

    if (r->site.moving)
        orbit_at(&r->site.orbit, time_s, &nose);
    return quirks_blanked(&r->site.quirks, azimuth_rad - nose);
}

enum radar_outcome radar_sight(const struct radar *r, const struct site *stand, double time_s, struct vec3 enu, struct geodetic at)
{
    double range_m = mat_norm3(enu);

    if (range_m > fmax(stand->primary.range_max_m, stand->secondary.range_max_m))
        return RADAR_FAR;
    if (range_m < fmax(r->site.type.nearest_m, NEAREST_M))
        return RADAR_NEAR;
    if (range_m > horizon_range_m(r->k, fmax(stand->at.hae_m, MAST_LEAST_M), fmax(at.hae_m, 0)))
        return RADAR_HORIZON;
    if (r->ground && at.hae_m < horizon_lowest_m(r->ground, horizon_locate(&r->ground_frame, at.lat_rad, at.lon_rad)))
        return RADAR_TERRAIN;
    if (!(stand->flags & SITE_POSITIONS) && !in_beam(r, enu, range_m))
        return RADAR_CONE;
    return r->site.quirks.blanks > 0 && radar_blanked(r, time_s, atan2(enu.x, enu.y)) ? RADAR_BLANKED : RADAR_SEEN;
}

/* Range and azimuth with the errors of the channel that made the plot, and the site's registration error. */
void radar_measure(const struct radar *r, double range_m, double azimuth_rad, struct rng *rng, struct plot *p)
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
    struct site moved;

    *out = plot_at(r, time_s);
    out->flags = PLOT_PRIMARY;
    if (r->site.moving) {
        out->flags |= PLOT_MOVING;
        out->polar.platform = radar_stand(r, time_s, &moved)->at;
    }
    radar_measure(r, range_m, azimuth_rad, rng, out);
}

/* What the transponder says: code and pressure altitude in steps of 100 ft, with Mode S address, callsign and steps of 25 ft. */
void radar_reply(const struct radar *r, const struct aircraft *t, double hae_m, struct plot *p)
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

/* An aircraft in sight, when the beam is there. */
struct sighting {
    double time_s, range_m, hae_m;
};

/* What the site's channels make of a target in sight; in p the flags and what was replied, with a height where it measures one. */
static bool detected(const struct radar *r, const struct aircraft *t, const struct sighting *l, struct rng *rng, struct plot *p)
{
    const struct site *s = &r->site.site;
    double echo = rng_uniform(rng), answer = rng_uniform(rng), height = rng_normal(rng);
    bool seen = (s->flags & SITE_PRIMARY) && l->range_m <= s->primary.range_max_m && echo < sight_detection(&r->site.type, t->flight.rcs_m2, l->range_m);
    bool heard = (s->flags & SITE_SECONDARY) && aircraft_answers(t, l->time_s) && l->range_m <= s->secondary.range_max_m && answer < s->secondary.detection;

    *p = plot_at(r, l->time_s);
    p->flags = seen ? PLOT_PRIMARY : 0;
    if (heard)
        radar_reply(r, t, l->hae_m, p);
    if (seen && (s->flags & SITE_HEIGHT)) {
        p->kind = PLOT_POLAR_3D;
        p->level.flags |= LEVEL_HEIGHT;
        p->level.hae_m = l->hae_m + s->sigma_height_m * height;
    }
    return seen || heard;
}

static enum radar_outcome look(const struct radar *r, const struct aircraft *t, double time_s, struct vec3 enu, struct rng *rng, struct plot *p)
{
    struct site moved;
    const struct site *s = radar_stand(r, time_s, &moved);
    struct geodetic at = frame_geodetic(frame_from_enu(&s->frame, enu));
    enum radar_outcome sight = radar_sight(r, s, time_s, enu, at);

    if (sight != RADAR_SEEN)
        return sight;
    if (!radar_site_works(&r->site, time_s))
        return RADAR_OUTAGE;
    if (!(s->flags & SITE_PRIMARY) && !aircraft_answers(t, time_s))
        return RADAR_MUTE;
    struct slant_look measured = slant_look(s, enu);
    if (!detected(r, t, &(struct sighting){time_s, measured.range_m, at.hae_m}, rng, p))
        return RADAR_CHANCE;
    if (r->site.moving) {
        p->flags |= PLOT_MOVING;
        p->polar.platform = s->at;
    }
    radar_measure(r, measured.range_m, measured.azimuth_rad, rng, p);
    return RADAR_SEEN;
}

/* What else a plot may become: one of its code's bits read wrong, and a second plot beside it, measured when the beam was there. Mode S replies have a parity
 * that protects them. Returns the number of plots, 1 or 2. */
static unsigned mar(const struct radar *r, struct rng *rng, struct radar_plot *out)
{
    const struct quirks *q = &r->site.quirks;
    struct plot *p = &out->plot;

    if (q->code_error > 0 && ident_has(&p->ident, IDENT_MODE_A) && !(p->flags & PLOT_MODE_S) && rng_uniform(rng) < q->code_error) {
        p->ident.mode_a ^= (uint16_t)(1u << rng_below(rng, 12));
        out->kind = RADAR_PLOT_WRONG_CODE;
    }
    if (!(q->split > 0) || rng_uniform(rng) >= q->split)
        return 1;
    double off = q->split_rad * (0.5 + 0.5 * rng_uniform(rng)) * (rng_below(rng, 2) ? 1 : -1), period = r->site.site.period_s;
    double later_s = off / (2 * UNIT_PI) * period, since_s = instant_diff(p->time, r->start) - r->site.site.bias.time_s - r->north_s;
    if (since_s + later_s < 0 || since_s + later_s >= period) { /* of this turn */
        off = -off;
        later_s = -later_s;
    }
    out[1] = out[0];
    out[1].kind = RADAR_PLOT_SPLIT;
    out[1].plot.time = instant_add(p->time, later_s);
    out[1].plot.polar.azimuth_rad = frame_azimuth(p->polar.azimuth_rad + off);
    return 2;
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
    struct site moved;
    struct vec3 at, enu;

    if (!aircraft_motion(t, middle_s, &at, NULL) && !aircraft_motion(t, (double)t->first * AIRCRAFT_STEP_S, &at, NULL) &&
        !aircraft_motion(t, (double)t->last * AIRCRAFT_STEP_S, &at, NULL)) {
        radar_note(r, t, middle_s, RADAR_AWAY);
        return 0;
    }
    enu = frame_to_enu(&radar_stand(r, middle_s, &moved)->frame, at);
    double bearing = frame_azimuth(atan2(enu.x, enu.y));
    for (int turn = -1; turn <= 1; turn++) {
        double unfolded = bearing + 2 * UNIT_PI * turn;
        if (unfolded < -1.0 || unfolded > 2 * UNIT_PI + 1.0)
            continue;
        if (!crossing(r, t, unfolded, &time_s, &enu) || time_s < r->north_s || time_s >= radar_turn_end_s(r))
            continue;
        struct radar_plot *next = &out[plots];
        enum radar_outcome outcome = look(r, t, time_s, enu, &rng, &next->plot);
        radar_note(r, t, time_s, outcome);
        crossed = true;
        if (outcome != RADAR_SEEN)
            continue;
        next->kind = RADAR_PLOT_TARGET;
        next->target = next->origin = t->flight.number;
        plots += mar(r, &rng, next);
    }
    if (!crossed)
        radar_note(r, t, middle_s, RADAR_AWAY);
    return plots + (r->reflectors ? radar_images(r, t, out + plots) : 0);
}
