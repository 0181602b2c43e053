/* status_out: see status_out.h. Source: EUROCONTROL-SPEC-0149-10 and -15. */
#include "wire/status_out.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "wire/status.h"
#include "wire/target.h"

enum { OPERATIONAL, DEGRADED, NOT_CONNECTED = 3 };      /* I063/060 CON; I065/040 NOGO shares the first two */
enum { TYPE_STATUS = 1, TYPE_END_OF_BATCH = 2 };        /* I065/000 */

struct status_out {
    struct status_out_settings settings;
    struct mapping sensors, systems;
    uint8_t batch;
    struct out out;
};

static void resolve(struct mapping *m, unsigned category)
{
    size_t count = 0, bad = 0;
    const struct asterix_category *c = asterix_find(category, NULL);
    const struct mapping_row *rows = status_rows(c, &count);
    int code = mapping_init(m, c, rows, count, &bad);
    assert(code == 0);
}

struct status_out *status_out_new(const struct status_out_settings *s)
{
    struct status_out *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    o->settings = *s;
    resolve(&o->sensors, 63);
    resolve(&o->systems, 65);
    out_init(&o->out);
    return o;
}

void status_out_free(struct status_out *o)
{
    free(o);
}

static struct status begin(const struct status_out *o, struct instant now)
{
    struct status m;
    memset(&m, 0, sizeof m);
    m.has = STATUS_HAS(SOURCE) | STATUS_HAS(SERVICE) | STATUS_HAS(TIME);
    m.sac = o->settings.sac;
    m.sic = o->settings.sic;
    m.service = o->settings.service;
    m.tod_s = target_time_of_day(now);
    return m;
}

int status_out_sensor(struct status_out *o, struct instant now, const struct status_out_sensor *s, const struct out_sink *sink)
{
    struct status m = begin(o, now);
    m.has |= STATUS_HAS(SUBJECT) | STATUS_HAS(CONDITION) | STATUS_HAS(HEALTH);
    m.subject_sac = (uint8_t)(s->source >> 8);
    m.subject_sic = (uint8_t)s->source;
    m.condition = !s->connected ? NOT_CONNECTED : s->degraded ? DEGRADED : OPERATIONAL;
    m.health_nogo = s->inhibited;
    m.time_invalid = s->time_invalid;
    m.no_plots = s->silent;
    if (s->biased) {
        m.has |= STATUS_HAS(BIAS) | STATUS_HAS(BIAS_AZIMUTH);
        m.bias_range_m = s->bias_range_m;
        m.bias_azimuth_rad = s->bias_azimuth_rad;
    }
    return out_input(&o->out, &o->sensors, &m, m.has, sink);
}

int status_out_system(struct status_out *o, struct instant now, const struct status_out_system *s, const struct out_sink *sink)
{
    struct status m = begin(o, now);
    m.has |= STATUS_HAS(TYPE) | STATUS_HAS(BATCH);
    m.type = TYPE_END_OF_BATCH;
    m.batch = o->batch++;
    int code = out_input(&o->out, &o->systems, &m, m.has, sink);
    if (code)
        return code;
    m.has = (m.has & ~STATUS_HAS(BATCH)) | STATUS_HAS(CONDITION);
    m.type = TYPE_STATUS;
    m.condition = s->degraded ? DEGRADED : OPERATIONAL;
    m.overload = s->overload;
    m.time_invalid = s->time_invalid;
    m.selected = 1;
    return out_input(&o->out, &o->systems, &m, m.has, sink);
}

void status_out_drain(struct status_out *o, const struct out_sink *sink)
{
    out_drain(&o->out, sink);
}
