/* site: what is usual for each kind of sensor, and a table indexed by the 65 536 sources there can be.
 *
 * The figures are round engineering values between the requirements on such sensors (EUROCONTROL SUR.ET1.ST01.1000: replies 70 m and 0.08
 * degrees) and what real ones measure. Rejected for the table: the hash map (a source is sixteen bits: 128 KiB are the whole index). */
#include "sensor/site.h"

#include "base/err.h"
#include "base/unit.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TERMINAL_PERIOD_S 7.0 /* faster antennas stand at airports */
#define NO_INDEX UINT16_MAX

struct site_table {
    uint32_t capacity, count;
    struct site *sites;
    uint16_t index[SITE_TABLE_MAX + 1]; /* by source */
};

static const struct kind {
    const char *text;
    uint16_t flags;
} kinds[] = {
#define X(name, text, flags) [SITE_##name] = {text, flags},
    SITE_KINDS_LIST(X)
#undef X
};

/* What an echo or a reply is usually worth; ranges en route and at a terminal. */
static const struct usual {
    double en_route_m, terminal_m, sigma_range_m, sigma_azimuth_rad, detection;
} usual_echo = {200 * UNIT_NM, 60 * UNIT_NM, 100.0, 0.15 * UNIT_DEG, 0.80}, usual_echo_3d = {250 * UNIT_NM, 250 * UNIT_NM, 60.0, 0.12 * UNIT_DEG, 0.80},
  usual_reply = {250 * UNIT_NM, 120 * UNIT_NM, 70.0, 0.08 * UNIT_DEG, 0.96}, usual_selective = {250 * UNIT_NM, 120 * UNIT_NM, 30.0, 0.06 * UNIT_DEG, 0.98};

static struct site_channel channel(const struct usual *u, bool terminal)
{
    return (struct site_channel){terminal ? u->terminal_m : u->en_route_m, u->sigma_range_m, u->sigma_azimuth_rad, u->detection};
}

struct site site_usual(enum site_kind kind, double period_s)
{
    assert(kind < SITE_KINDS);
    bool terminal = period_s > 0.0 && period_s < TERMINAL_PERIOD_S;
    struct site s = {
        .kind = (uint8_t)kind,
        .flags = kinds[kind].flags,
        .sigma_height_m = 900.0,
        .sigma_position_m = kind == SITE_MLAT ? 60.0 : 40.0,
        .period_s = period_s,
        .latency_s = 0.5,
    };
    if (s.flags & SITE_PRIMARY) {
        s.primary = channel(s.flags & SITE_HEIGHT ? &usual_echo_3d : &usual_echo, terminal);
        s.false_plots = terminal ? 10.0 : 20.0;
    }
    if (s.flags & SITE_SECONDARY)
        s.secondary = channel(s.flags & SITE_SELECTIVE ? &usual_selective : &usual_reply, terminal);
    if (kind == SITE_TRACKER)
        s.sigma_position_m = 200.0;
    site_place(&s, s.at);
    return s;
}

void site_place(struct site *s, struct geodetic antenna)
{
    s->at = antenna;
    s->frame = frame_at(antenna);
}

static bool within(double value, double least, double most)
{
    return value >= least && value <= most; /* false for what is not a number */
}

static bool channel_ok(const struct site_channel *c)
{
    return within(c->range_max_m, 0.0, 1e7) && within(c->sigma_range_m, 0.0, 1e5) && within(c->sigma_azimuth_rad, 0.0, UNIT_PI) &&
           within(c->detection, 0.0, 1.0);
}

static bool bias_ok(const struct bias *b)
{
    return within(b->range_m, -1e5, 1e5) && within(b->gain, -0.5, 0.5) && within(b->azimuth_rad, -UNIT_PI, UNIT_PI) && within(b->time_s, -1e6, 1e6) &&
           within(b->var_range_m2, 0.0, 1e10) && within(b->var_gain, 0.0, 1.0) && within(b->var_azimuth_rad2, 0.0, 10.0) && within(b->var_time_s2, 0.0, 1e12);
}

int site_check(const struct site *s)
{
    if (s->kind >= SITE_KINDS || s->refraction > SITE_EXPONENTIAL)
        return ERR_UNKNOWN;
    bool place = within(s->at.lat_rad, -0.5 * UNIT_PI, 0.5 * UNIT_PI) && within(s->at.lon_rad, -UNIT_PI, UNIT_PI) && within(s->at.hae_m, -1000.0, 1e5);
    bool figures = within(s->sigma_height_m, 0.0, 1e5) && within(s->sigma_position_m, 0.0, 1e6) && within(s->period_s, 0.0, 3600.0) &&
                   within(s->false_plots, 0.0, 1e6) && within(s->latency_s, 0.0, 3600.0);
    return place && figures && channel_ok(&s->primary) && channel_ok(&s->secondary) && bias_ok(&s->bias) ? 0 : ERR_RANGE;
}

const struct site_channel *site_channel(const struct site *s, const struct plot *p)
{
    bool replied = p->flags & (PLOT_SECONDARY | PLOT_MODE_S) || (!(p->flags & PLOT_PRIMARY) && s->secondary.sigma_range_m > 0.0);
    const struct site_channel *first = replied ? &s->secondary : &s->primary;
    const struct site_channel *other = replied ? &s->primary : &s->secondary;
    return first->sigma_range_m > 0.0 ? first : other;
}

static void fill(double *value, double nominal, double otherwise)
{
    if (!(*value > 0.0))
        *value = nominal > 0.0 ? nominal : otherwise;
}

void site_fill(const struct site *s, struct plot *p)
{
    switch (p->kind) {
    case PLOT_POLAR:
    case PLOT_POLAR_LEVEL:
    case PLOT_POLAR_3D: {
        const struct site_channel *c = site_channel(s, p);
        fill(&p->polar.sigma_range_m, c->sigma_range_m, usual_echo.sigma_range_m);
        fill(&p->polar.sigma_azimuth_rad, c->sigma_azimuth_rad, usual_echo.sigma_azimuth_rad);
        break;
    }
    case PLOT_GEODETIC:
    case PLOT_TRACK:
        if (!(p->geodetic.cov_ee_m2 > 0.0 && p->geodetic.cov_nn_m2 > 0.0)) {
            double sigma_m = 0.0;
            fill(&sigma_m, s->sigma_position_m, 200.0);
            p->geodetic.cov_ee_m2 = p->geodetic.cov_nn_m2 = sigma_m * sigma_m;
            p->geodetic.cov_en_m2 = 0.0;
        }
        break;
    default:
        break; /* plot_check refuses other kinds */
    }
    if (p->level.flags & LEVEL_HEIGHT)
        fill(&p->level.sigma_height_m, s->sigma_height_m, 900.0);
}

const char *site_kind_text(enum site_kind kind)
{
    assert(kind < SITE_KINDS);
    return kinds[kind].text;
}

struct site_table *site_table_new(uint32_t capacity)
{
    assert(capacity >= 1 && capacity <= SITE_TABLE_MAX);
    struct site_table *t = malloc(sizeof *t);
    if (t == NULL)
        return NULL;
    t->sites = calloc(capacity, sizeof *t->sites);
    if (t->sites == NULL) {
        free(t);
        return NULL;
    }
    t->capacity = capacity;
    t->count = 0;
    memset(t->index, 0xff, sizeof t->index); /* NO_INDEX everywhere */
    return t;
}

void site_table_free(struct site_table *t)
{
    if (t == NULL)
        return;
    free(t->sites);
    free(t);
}

int site_table_add(struct site_table *t, const struct site *s)
{
    int fault = site_check(s);
    if (fault)
        return fault;
    uint16_t *index = &t->index[s->source];
    if (*index == NO_INDEX) {
        if (t->count == t->capacity)
            return ERR_FULL;
        *index = (uint16_t)t->count++;
    }
    t->sites[*index] = *s;
    return *index;
}

int site_table_find(const struct site_table *t, uint16_t source)
{
    return t->index[source] == NO_INDEX ? ERR_UNKNOWN : t->index[source];
}

const struct site *site_table_at(const struct site_table *t, uint32_t index)
{
    assert(index < t->count);
    return &t->sites[index];
}

uint32_t site_table_count(const struct site_table *t)
{
    return t->count;
}
