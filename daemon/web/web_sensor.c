/* web_sensor: health is a matter of age in periods, of lateness, and of what the plots differ from the tracks. */
#include "daemon/web/web_sensor.h"

#include "base/unit.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_PERIOD_S 5.0   /* taken for sensors that do not rotate */
#define LATE_S 2.0        /* beyond what is expected of it */
#define BIASED_M 1000.0   /* of range, or of azimuth at 100 km */
#define BIASED_AT_M 1e5
#define SMOOTH 0.2        /* share of the latest second in the rate */

struct row {
    struct picture_sensor state;
    uint32_t index; /* in the picture */
    char kind[24];
};

struct web_sensors {
    uint32_t count;
    Airseam__Web__Sensor *sensor, **list;
    struct row *of; /* by source; the list lends their names */
    Airseam__Web__SensorStates states;
    uint32_t *column; /* eight, one behind the other */
};

static double period_s(const struct picture_sensor *s)
{
    double period = s->period_s > 0 ? s->period_s : s->site.period_s;

    return period > 0 ? period : NO_PERIOD_S;
}

static uint32_t health(const struct picture_sensor *s, bool off, struct instant now)
{
    double age = instant_is_set(s->last) ? instant_diff(now, s->last) : 0, period = period_s(s);
    bool biased = fabs(s->residual_range_m) > BIASED_M || fabs(s->residual_azimuth_rad) * BIASED_AT_M > BIASED_M;

    if (off) {
        return AIRSEAM__WEB__HEALTH__OFF;
    }
    if (!instant_is_set(s->last)) {
        return AIRSEAM__WEB__HEALTH__SILENT;
    }
    if (age > 4 * period) {
        return AIRSEAM__WEB__HEALTH__RED;
    }
    return age > 2 * period || s->latency_s > s->site.latency_s + LATE_S || biased ? AIRSEAM__WEB__HEALTH__AMBER : AIRSEAM__WEB__HEALTH__GREEN;
}

bool web_sensors_is_out(const struct web *w, const struct picture_sensor *s, struct instant now)
{
    uint32_t state = health(s, engine_sensor_off(w->context.engine, s->site.source), now);

    return state == AIRSEAM__WEB__HEALTH__RED || state == AIRSEAM__WEB__HEALTH__OFF;
}

static void put_sensor(struct row *r, Airseam__Web__Sensor *out)
{
    struct picture_sensor *s = &r->state;

    snprintf(r->kind, sizeof r->kind, "%s", site_kind_text((enum site_kind)s->site.kind));
    airseam__web__sensor__init(out);
    out->source = s->site.source;
    out->name = s->site.name;
    out->nation = s->site.nation;
    out->type = s->site.type;
    out->kind = r->kind;
    out->lat_e5 = (int32_t)lround(s->site.at.lat_rad / UNIT_DEG * 1e5);
    out->lon_e5 = (int32_t)lround(s->site.at.lon_rad / UNIT_DEG * 1e5);
    out->height_m = (int32_t)lround(s->site.at.hae_m);
    out->range_m = (uint32_t)fmax(s->site.primary.range_max_m, s->site.secondary.range_max_m);
    out->period_ms = (uint32_t)lround(s->site.period_s * 1000);
}

static void put_state(struct web_sensors *l, const struct web *w, uint32_t i, struct instant now)
{
    const struct picture_sensor *s = &l->of[i].state;
    uint32_t index = l->of[i].index;
    double age = instant_is_set(s->last) ? instant_diff(now, s->last) * 10 : 0;

    l->states.source[i] = s->site.source - (i > 0 ? l->of[i - 1].state.site.source : 0u);
    l->states.health[i] = health(s, engine_sensor_off(w->context.engine, s->site.source), now);
    l->states.age_ds[i] = age > 0 ? (uint32_t)fmin(age, 4e9) : 0;
    l->states.rate_dps[i] = index < w->rates ? (uint32_t)lround(w->rate[index].per_s * 10) : 0;
    l->states.latency_ms[i] = (uint32_t)fmin(fmax(s->latency_s, 0) * 1000, 4e9);
    l->states.bias_range_m[i] = (int32_t)lround(fmin(fmax(s->residual_range_m, -1e6), 1e6));
    l->states.bias_azimuth_mdeg[i] = (int32_t)lround(fmin(fmax(s->residual_azimuth_rad / UNIT_DEG * 1000, -1e6), 1e6));
    l->states.period_ms[i] = (uint32_t)lround(s->period_s * 1000);
}

static bool make_room(struct web_sensors *l, uint32_t n)
{
    l->sensor = calloc(n + 1, sizeof *l->sensor);
    l->list = calloc(n + 1, sizeof *l->list);
    l->of = calloc(n + 1, sizeof *l->of);
    l->column = calloc(8 * ((size_t)n + 1), sizeof *l->column);
    if (!l->sensor || !l->list || !l->of || !l->column) {
        return false;
    }
    airseam__web__sensor_states__init(&l->states);
    l->states.source = l->column;
    l->states.health = l->column + n;
    l->states.age_ds = l->column + 2 * (size_t)n;
    l->states.rate_dps = l->column + 3 * (size_t)n;
    l->states.latency_ms = l->column + 4 * (size_t)n;
    l->states.bias_range_m = (int32_t *)(l->column + 5 * (size_t)n);
    l->states.bias_azimuth_mdeg = (int32_t *)(l->column + 6 * (size_t)n);
    l->states.period_ms = l->column + 7 * (size_t)n;
    return true;
}

static int by_source(const void *a, const void *b)
{
    int x = ((const struct row *)a)->state.site.source, y = ((const struct row *)b)->state.site.source;

    return x - y;
}

struct web_sensors *web_sensors_new(struct web *w, const char nation[3])
{
    const struct picture *p = engine_picture(w->context.engine);
    uint32_t n = picture_sensors(p);
    struct web_sensors *l = calloc(1, sizeof *l);
    struct instant now;

    if (!l || !make_room(l, n) || !loop_now(w->loop, &now)) {
        web_sensors_free(l);
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++) {
        l->of[l->count].index = i;
        l->count += picture_sensor(p, i, &l->of[l->count].state) && publish_site(&w->context, nation, &l->of[l->count].state.site);
    }
    qsort(l->of, l->count, sizeof *l->of, by_source);
    for (uint32_t i = 0; i < l->count; i++) {
        put_sensor(&l->of[i], &l->sensor[i]);
        l->list[i] = &l->sensor[i];
        put_state(l, w, i, now);
    }
    return l;
}

void web_sensors_free(struct web_sensors *l)
{
    if (l) {
        free(l->sensor);
        free(l->list);
        free(l->of);
        free(l->column);
        free(l);
    }
}

void web_sensors_say(struct web_sensors *l, bool list, bool states, Airseam__Web__Frame *frame)
{
    if (l && list) {
        frame->sensor = l->list;
        frame->n_sensor = l->count;
    }
    if (l && states) {
        Airseam__Web__SensorStates *s = &l->states;

        s->n_source = s->n_health = s->n_age_ds = s->n_rate_dps = s->n_latency_ms = s->n_bias_range_m = s->n_bias_azimuth_mdeg = s->n_period_ms = l->count;
        frame->states = s;
    }
}

uint64_t web_sensors_look(struct web *w)
{
    const struct picture *p = engine_picture(w->context.engine);
    uint32_t n = picture_sensors(p);
    struct picture_sensor s;
    uint64_t sum = n;
    struct instant now;
    bool known = loop_now(w->loop, &now);

    if (n > w->rates) {
        struct web_rate *more = realloc(w->rate, n * sizeof *more);

        if (more) {
            memset(more + w->rates, 0, (n - w->rates) * sizeof *more);
            w->rate = more;
            w->rates = n;
        }
    }
    w->out_now = 1;
    for (uint32_t i = 0; picture_sensor(p, i, &s); i++) {
        if (i < w->rates) {
            struct web_rate *r = &w->rate[i];

            r->per_s += SMOOTH * ((double)(s.plots - r->plots) - r->per_s);
            r->plots = s.plots;
        }
        w->out_now = known && web_sensors_is_out(w, &s, now) ? w->out_now * 31 + s.site.source : w->out_now;
        sum = sum * 31 + s.site.source + (uint64_t)llround(s.site.at.lat_rad * 1e7) + (uint64_t)llround(s.site.at.lon_rad * 1e7);
    }
    return sum;
}
