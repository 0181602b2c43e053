/* decoder_state: sources, counters and the one door through which reports leave. */
#include "wire/decoder_state.h"

#include "base/err.h"

bool decoder_state_allows(const struct decoder *d, uint16_t source)
{
    return d->allowed[source / 8] >> (source % 8) & 1;
}

struct decoder_source *decoder_state_source(struct decoder *d, uint16_t source, struct decoder_unit *u)
{
    struct decoder_state *s = &d->state;
    uint32_t at = 0;
    if (map_find(d->index, source, &at))
        return &s->source[at];
    if (!decoder_state_allows(d, source) || s->sources == DECODER_SOURCES_MOST) {
        s->counters.refused++;
        decoder_state_notice(u, source, NOTICE_SOURCE_REFUSED, source >> 8, source & 0xFF);
        return NULL;
    }
    at = s->sources++;
    s->source[at] = (struct decoder_source){.source = source, .clock = clock_init()};
    (void)map_add(d->index, source, at); /* as roomy as the table */
    return &s->source[at];
}

struct instant decoder_state_date(const struct decoder *d)
{
    return instant_is_set(d->settings.date) ? d->settings.date : (struct instant){0};
}

struct instant decoder_state_unstated(struct decoder *d, struct decoder_unit *u, const struct decoder_source *s)
{
    d->state.counters.no_time++;
    if (instant_is_set(u->arrival))
        return clock_without(&s->clock, u->arrival);
    return instant_is_set(d->state.front.front) ? d->state.front.front : decoder_state_date(d);
}

struct instant decoder_state_arrival(const struct decoder *d, const struct decoder_unit *u)
{
    if (instant_is_set(u->arrival))
        return u->arrival;
    return instant_is_set(d->state.front.front) ? d->state.front.front : decoder_state_date(d);
}

void decoder_state_notice(const struct decoder_unit *u, uint16_t source, unsigned kind, double a, double b)
{
    struct notice n = {.time = u->arrival, .source = source, .kind = (uint16_t)kind, .a = a, .b = b};
    if (u->sink->notice.notice)
        u->sink->notice.notice(u->sink->notice.context, &n);
}

void decoder_state_report(struct decoder *d, struct decoder_unit *u, const struct report *r)
{
    struct decoder_counters *c = &d->state.counters;
    if (r->kind == REPORT_PLOT) {
        int fault = plot_check(&r->plot);
        if (fault) {
            c->records_bad++;
            decoder_state_notice(u, r->plot.source, NOTICE_PLOT_REFUSED, fault, r->plot.kind);
            return;
        }
        if (r->plot.kind == PLOT_TRACK)
            c->tracks++;
        else
            c->plots++;
    }
    c->services += r->kind == REPORT_SERVICE;
    c->plans += r->kind == REPORT_PLAN;
    u->reports++;
    u->sink->report.report(u->sink->report.context, r);
}
