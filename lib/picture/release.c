/* release: see the header. The delayed picture is kept as samples of each track, RELEASE_SAMPLES over the longest delay: a viewer who sees later sees the
 * latest sample that is old enough, never a newer one. A slot is a track's number modulo RELEASE_PASTS: where two live tracks meet in one the newer
 * has it, and the other is withheld from who would see it delayed. */
#include "picture/release.h"

#include "base/err.h"
#include "base/unit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES 24

struct sample {
    struct instant time, level_time;
    struct geodetic at;
    double east_mps, north_mps, climb_mps, turn_rad_s;
    struct level level;
    uint32_t plots;
};

struct past {
    uint32_t number, count, next;
    struct sample sample[SAMPLES];
};

struct release {
    uint32_t rules;
    struct release_rule rule[RELEASE_RULES];
    enum kind_nation own;
    bool closed; /* the rules could not be taken: nothing leaves for others */
    double step_s; /* between samples; 0: nobody sees later */
    uint8_t owner[1 << 16]; /* enum kind_nation of a sensor by its source */
    struct past past[RELEASE_PASTS]; /* untouched, and so without memory, until a rule has a delay */
};

struct release *release_new(void)
{
    return calloc(1, sizeof(struct release));
}

void release_free(struct release *r)
{
    free(r);
}

static enum kind_nation nation_of(const char code[3])
{
    for (int n = KIND_US; n <= KIND_MX; n++)
        if (memcmp(code, kind_nation_code((enum kind_nation)n), 3) == 0)
            return (enum kind_nation)n;
    return KIND_OTHER;
}

int release_set(struct release *r, const struct release_rule *rule, uint32_t rules, struct release_nation own)
{
    double longest = 0;
    r->own = nation_of(own.code);
    r->closed = true;
    r->rules = 0;
    if (rules > RELEASE_RULES)
        return ERR_FULL;
    for (uint32_t i = 0; i < rules; i++)
        longest = fmax(longest, rule[i].delay_s);
    if (rules > 0)
        memcpy(r->rule, rule, rules * sizeof *rule);
    r->rules = rules;
    r->step_s = longest / (SAMPLES - 2);
    r->closed = false;
    return 0;
}

void release_sensor(struct release *r, uint16_t source, const char nation[3])
{
    r->owner[source] = (uint8_t)nation_of(nation);
}

/* ---- which rules ---- */

static bool in_area(const struct release_area *a, struct geodetic at)
{
    double dlat = at.lat_rad - a->centre.lat_rad, dlon = at.lon_rad - a->centre.lon_rad, h;
    switch ((enum release_shape)a->shape) {
    case RELEASE_EVERYWHERE: break;
    case RELEASE_CIRCLE: /* haversine on the mean sphere: half a percent of the radius */
        h = sin(dlat / 2) * sin(dlat / 2) + cos(at.lat_rad) * cos(a->centre.lat_rad) * sin(dlon / 2) * sin(dlon / 2);
        return 2 * 6371008.8 * asin(sqrt(fmin(h, 1.0))) <= a->radius_m;
    case RELEASE_BOX:
        if (at.lat_rad < a->south_rad || at.lat_rad > a->north_rad)
            return false;
        return a->west_rad <= a->east_rad ? at.lon_rad >= a->west_rad && at.lon_rad <= a->east_rad : at.lon_rad >= a->west_rad || at.lon_rad <= a->east_rad;
    }
    return true;
}

static bool any(uint32_t bits, unsigned value)
{
    return bits == 0 || (bits >> value & 1);
}

static bool only_seen_by(const struct release *r, const struct track *t, uint32_t nations)
{
    for (unsigned i = 0; nations && i < t->sensors; i++)
        if (!(nations >> r->owner[t->sensor[i].source] & 1))
            return false;
    return true;
}

static bool for_viewer(const struct release *r, const struct release_rule *rule, enum kind_nation viewer)
{
    return rule->viewers ? rule->viewers >> viewer & 1 : viewer != r->own;
}

struct verdict {
    uint32_t withhold;
    double delay_s;
};

static struct verdict judge(const struct release *r, enum kind_nation viewer, const struct track *in, struct geodetic shown)
{
    enum kind_nation nation = kind_nation(in);
    enum kind_class class = kind_class(in);
    struct verdict v = {0, 0};
    for (uint32_t i = 0; i < r->rules; i++) {
        const struct release_rule *rule = &r->rule[i];
        if (rule->sensors || !for_viewer(r, rule, viewer) || !any(rule->classes, class) || !any(rule->nations, nation) ||
            !only_seen_by(r, in, rule->seen_by) || !(in_area(&rule->area, in->at) || in_area(&rule->area, shown)))
            continue;
        v.withhold |= rule->withhold;
        v.delay_s = fmax(v.delay_s, rule->delay_s);
    }
    return v;
}

/* ---- later ---- */

void release_note(struct release *r, const struct track *t)
{
    struct past *p;
    if (r->step_s <= 0)
        return;
    p = &r->past[t->number % RELEASE_PASTS];
    if (p->number != t->number)
        *p = (struct past){.number = t->number};
    if (p->count > 0 && instant_diff(t->time, p->sample[(p->next + SAMPLES - 1) % SAMPLES].time) < r->step_s)
        return;
    p->sample[p->next] = (struct sample){t->time, t->level_time, t->at, t->east_mps, t->north_mps, t->climb_mps, t->turn_rad_s, t->level, t->plots};
    p->next = (p->next + 1) % SAMPLES;
    p->count += p->count < SAMPLES;
}

static const struct sample *sample_before(const struct release *r, uint32_t number, struct instant until)
{
    const struct past *p = &r->past[number % RELEASE_PASTS];
    for (uint32_t i = 1; p->number == number && i <= p->count; i++) {
        const struct sample *s = &p->sample[(p->next + SAMPLES - i) % SAMPLES];
        if (!instant_before(until, s->time))
            return s;
    }
    return NULL;
}

static struct instant at_most(struct instant t, struct instant most)
{
    return instant_is_set(t) && instant_before(most, t) ? most : t;
}

/* Everything that tells of a time after the sample's is put back to it. */
static bool set_back(const struct release *r, double delay_s, struct instant now, struct track *t)
{
    const struct sample *s = sample_before(r, t->number, instant_add(now, -delay_s));
    if (!s)
        return false;
    t->time = t->last = s->time;
    t->at = s->at;
    t->east_mps = s->east_mps, t->north_mps = s->north_mps, t->climb_mps = s->climb_mps, t->turn_rad_s = s->turn_rad_s;
    t->level = s->level;
    t->level_time = s->level_time;
    t->plots = s->plots;
    t->silent = at_most(t->silent, s->time);
    for (unsigned i = 0; i < TRACK_AGES; i++)
        t->age[i] = at_most(t->age[i], s->time);
    for (unsigned i = 0; i < t->sensors; i++)
        t->sensor[i].last = at_most(t->sensor[i].last, s->time);
    t->flags |= TRACK_DELAYED;
    return true;
}

/* ---- what is withheld ---- */

static void forget_level(struct track *t)
{
    t->level = (struct level){0};
    t->level_time = INSTANT_NONE;
    t->at.hae_m = t->climb_mps = t->sigma_height_m = t->sigma_climb_mps = 0;
    t->flags &= ~(uint32_t)(TRACK_HEIGHT | TRACK_CLIMB);
    t->flight.cruise_pressure_m = 0;
}

static void forget_sensors(struct track *t)
{
    memset(t->sensor, 0, sizeof t->sensor);
    t->sensors = 0;
    for (unsigned i = 0; i < TRACK_AGES; i++)
        t->age[i] = INSTANT_NONE;
    t->silent = INSTANT_NONE;
    t->flags &= ~(uint32_t)(TRACK_MONOSENSOR | TRACK_FOREIGN_ONLY | TRACK_SILENT);
}

static void forget_accuracy(struct track *t)
{
    memset(t->cov, 0, sizeof t->cov);
    memset(t->mode, 0, sizeof t->mode);
    t->sigma_height_m = t->sigma_climb_mps = t->existence = t->identity_confidence = 0;
}

static void forget_velocity(struct track *t)
{
    t->east_mps = t->north_mps = t->turn_rad_s = 0;
    for (unsigned i = TRACK_EE; i < TRACK_COVS; i++)
        t->cov[i] = i == TRACK_EE || i == TRACK_EN || i == TRACK_NN ? t->cov[i] : 0;
    memset(t->mode, 0, sizeof t->mode);
}

static void forget_ident(struct track *t, uint32_t withhold)
{
    struct ident *i = &t->ident;
    if (withhold & 1u << RELEASE_CALLSIGN) {
        memset(i->callsign, 0, sizeof i->callsign);
        memset(t->flight.callsign, 0, sizeof t->flight.callsign);
        i->flags &= (uint16_t)~IDENT_CALLSIGN;
    }
    if (withhold & 1u << RELEASE_CODES) {
        i->mode_a = i->mode_2 = 0;
        i->flags &= (uint16_t)~(IDENT_MODE_A | IDENT_MODE_2 | IDENT_A_UNVALIDATED | IDENT_A_GARBLED | IDENT_A_SMOOTHED);
    }
    if (withhold & 1u << RELEASE_ADDRESS) {
        i->mode_s = 0;
        i->flags &= (uint16_t)~(IDENT_MODE_S | IDENT_NOT_ICAO);
    }
}

static void forget(struct track *t, uint32_t withhold)
{
    forget_ident(t, withhold);
    if (withhold & 1u << RELEASE_LEVEL)
        forget_level(t);
    if (withhold & 1u << RELEASE_VELOCITY)
        forget_velocity(t);
    if (withhold & 1u << RELEASE_ACCURACY)
        forget_accuracy(t);
    if (withhold & 1u << RELEASE_SENSORS)
        forget_sensors(t);
    if (withhold & 1u << RELEASE_PLAN) {
        t->plan = 0;
        memset(&t->flight, 0, sizeof t->flight);
    }
    if (withhold & 1u << RELEASE_CLASS)
        t->class = TRACK_PENDING;
}

/* A merged track names another one, which this viewer may never have been allowed to see. */
static bool hides_tracks(const struct release *r, enum kind_nation viewer)
{
    for (uint32_t i = 0; i < r->rules; i++)
        if (!r->rule[i].sensors && for_viewer(r, &r->rule[i], viewer) && (r->rule[i].withhold & 1u << RELEASE_TRACK))
            return true;
    return false;
}

bool release_track(const struct release *r, struct release_nation viewer, const struct track *in, struct instant now, struct track *out)
{
    enum kind_nation to = nation_of(viewer.code);
    struct verdict v = judge(r, to, in, in->at);
    *out = *in;
    if (r->closed && to != r->own)
        return false;
    if (v.delay_s > 0) {
        if (!set_back(r, v.delay_s, now, out))
            return false;
        v.withhold |= judge(r, to, in, out->at).withhold;
    }
    if (v.withhold & 1u << RELEASE_TRACK)
        return false;
    forget(out, v.withhold);
    if ((out->flags & TRACK_AMALGAMATED) && hides_tracks(r, to)) {
        out->flags &= ~(uint32_t)TRACK_AMALGAMATED;
        out->other_number = 0;
    }
    return true;
}

bool release_site(const struct release *r, struct release_nation viewer, const char nation[3])
{
    enum kind_nation to = nation_of(viewer.code), of = nation_of(nation);
    for (uint32_t i = 0; i < r->rules; i++)
        if (r->rule[i].sensors && for_viewer(r, &r->rule[i], to) && any(r->rule[i].seen_by, of))
            return false;
    return !r->closed || to == r->own;
}
