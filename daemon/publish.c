/* The table of kinds, and the periods that all outputs have alike. */
#include "daemon/publish.h"

#include <stdlib.h>
#include <string.h>

static const struct publish_kind *const kinds[] = {
    [SETTINGS_CAT062] = &out_cat062_kind,
    [SETTINGS_TRACK_STREAM] = &out_stream_kind,
};

struct output {
    struct settings_output settings;
    const struct publish_kind *kind;
    void *instance; /* NULL: could not be opened */
    struct instant period, sensors, status; /* next due; NEVER: not wanted */
};

struct publish {
    struct publish_context context;
    uint8_t own[(UINT16_MAX + 1) / 8];
    unsigned count;
    struct output output[SETTINGS_OUTPUTS];
};

struct publish *publish_new(const struct publish_context *c)
{
    struct publish *p = calloc(1, sizeof *p);

    if (p) {
        p->context = *c;
        p->context.own = p->own;
    }
    return p;
}

static void close_output(struct output *o)
{
    if (o->instance) {
        o->kind->close(o->instance);
        o->instance = NULL;
    }
}

void publish_free(struct publish *p)
{
    if (!p) {
        return;
    }
    for (unsigned i = 0; i < p->count; i++) {
        close_output(&p->output[i]);
    }
    free(p);
}

/* Settings with the place in the file taken out: a line more above changes nothing. */
static bool same(const struct settings_output *a, const struct settings_output *b)
{
    struct settings_output one = *a, other = *b;

    memset(&one.place, 0, sizeof one.place);
    memset(&other.place, 0, sizeof other.place);
    return memcmp(&one, &other, sizeof one) == 0;
}

static bool wanted(const struct settings *s, const struct settings_output *o)
{
    for (uint32_t i = 0; i < s->outputs; i++) {
        if (same(&s->output[i], o)) {
            return true;
        }
    }
    return false;
}

static bool runs(const struct publish *p, const struct settings_output *o)
{
    for (unsigned i = 0; i < p->count; i++) {
        if (same(&p->output[i].settings, o)) {
            return true;
        }
    }
    return false;
}

static void close_unwanted(struct publish *p, const struct settings *s)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < p->count; i++) {
        if (p->output[i].instance && wanted(s, &p->output[i].settings)) {
            struct output moved = p->output[i];

            p->output[kept++] = moved;
        } else {
            close_output(&p->output[i]);
        }
    }
    p->count = kept;
}

static void mark_own(struct publish *p, const struct settings *s)
{
    memset(p->own, 0, sizeof p->own);
    for (uint32_t i = 0; i < s->sites; i++) {
        unsigned source = s->site[i].sac << 8 | s->site[i].sic;

        if (strcmp(s->site[i].nation, p->context.nation) == 0) {
            p->own[source / 8] |= (uint8_t)(1u << source % 8);
        }
    }
}

bool publish_own(const struct publish_context *c, const struct track *t, struct instant now)
{
    for (unsigned i = 0; i < t->sensors; i++) {
        if (c->own[t->sensor[i].source / 8] >> t->sensor[i].source % 8 & 1 && instant_diff(now, t->sensor[i].last) <= PUBLISH_OWN_S) {
            return true;
        }
    }
    return false;
}

unsigned publish_settings(struct publish *p, const struct settings *s)
{
    unsigned failed = 0;

    mark_own(p, s);
    close_unwanted(p, s);
    for (uint32_t i = 0; i < s->outputs && p->count < SETTINGS_OUTPUTS; i++) {
        struct output *o = &p->output[p->count];
        const char *why = "";

        if (runs(p, &s->output[i])) {
            continue;
        }
        *o = (struct output){.settings = s->output[i], .kind = kinds[s->output[i].kind], .period = INSTANT_NONE, .sensors = INSTANT_NONE, .status = INSTANT_NONE};
        p->count++;
        o->instance = o->kind->open(&p->context, &s->output[i], &why);
        if (!o->instance) {
            log_put(p->context.log, LOG_ERROR, "output_failed", "output=%s kind=%s why=\"%s\"", o->settings.name, o->kind->name, why);
            failed++;
        } else {
            log_put(p->context.log, LOG_INFO, "output_opened", "output=%s kind=%s nation=%s", o->settings.name, o->kind->name, o->settings.nation);
        }
    }
    return failed;
}

void publish_event(struct publish *p, const struct track_event *e)
{
    for (unsigned i = 0; i < p->count; i++) {
        if (p->output[i].instance) {
            p->output[i].kind->event(p->output[i].instance, e);
        }
    }
}

/* Due? Then the next one is put on the grid of whole periods, so that a late wake-up does not shift the others. */
static bool due(struct instant *next, double period_s, struct instant now)
{
    int64_t step = (int64_t)(period_s * 1e9);
    bool is;

    if (step <= 0) {
        *next = INSTANT_NEVER;
        return false;
    }
    is = instant_is_set(*next) && !instant_before(now, *next);
    if (is || !instant_is_set(*next)) {
        next->ns = now.ns - now.ns % step + step;
    }
    return is;
}

void publish_expire(struct publish *p, struct instant now)
{
    for (unsigned i = 0; i < p->count; i++) {
        struct output *o = &p->output[i];

        if (!o->instance) {
            continue;
        }
        if (due(&o->period, o->settings.period_s, now)) {
            o->kind->period(o->instance, now);
        }
        if (due(&o->sensors, o->settings.sensors_period_s, now) && o->kind->sensors) {
            o->kind->sensors(o->instance, now);
        }
        if (due(&o->status, o->settings.status_period_s, now) && o->kind->status) {
            o->kind->status(o->instance, now);
        }
    }
}

static struct instant earlier(struct instant a, struct instant b)
{
    return instant_before(b, a) ? b : a;
}

struct instant publish_deadline(const struct publish *p)
{
    struct instant first = INSTANT_NEVER;

    for (unsigned i = 0; i < p->count; i++) {
        const struct output *o = &p->output[i];

        if (o->instance) {
            first = earlier(first, earlier(o->period, earlier(o->sensors, o->status)));
        }
    }
    return first;
}

void publish_flush(struct publish *p)
{
    for (unsigned i = 0; i < p->count; i++) {
        if (p->output[i].instance) {
            p->output[i].kind->flush(p->output[i].instance);
        }
    }
}

bool publish_state(const struct publish *p, unsigned index, struct publish_state *out)
{
    const struct output *o = &p->output[index];

    if (index >= p->count) {
        return false;
    }
    *out = (struct publish_state){.settings = &o->settings, .kind = o->kind->name, .open = o->instance != NULL};
    if (o->instance) {
        o->kind->address(o->instance, out->address, sizeof out->address);
        out->counters = o->kind->counters(o->instance);
    }
    return true;
}

bool publish_release(const struct publish_context *c, const char nation[3], struct publish_counters *counters, const struct track *in, struct instant now,
                     struct track *out)
{
    struct release_nation viewer;

    memcpy(viewer.code, nation, sizeof viewer.code);
    if (!release_track(c->release, viewer, in, now, out)) {
        counters->withheld++;
        return false;
    }
    return true;
}

bool publish_site(const struct publish_context *c, const char nation[3], const struct site *site)
{
    struct release_nation viewer;

    memcpy(viewer.code, nation, sizeof viewer.code);
    return release_site(c->release, viewer, site->nation);
}
