/* decoder_asterix: a datagram of blocks into plots and services.
 *
 * Each record goes one way: record -> mapping -> target or status -> plot or service -> its time by the source's clock -> the sink.
 * The edition of a block is that of the source of its first record: item 010 is first in every category here, so it is read before decoding. */
#include <string.h>

#include "base/err.h"
#include "wire/decoder_state.h"
#include "wire/status.h"
#include "wire/target.h"

/* Source of the block that begins at `at`, from item 010 behind its first record's FSPEC; 0 when it has none. */
static uint16_t source_at(const struct asterix_block *b, size_t at)
{
    size_t k = at + 3;
    if (k >= b->size || !(b->bytes[k] & 0x80))
        return 0;
    while (k < b->size && b->bytes[k] & 1)
        k++;
    return k + 2 < b->size ? (uint16_t)(b->bytes[k + 1] << 8 | b->bytes[k + 2]) : 0;
}

static const struct asterix_editions *editions_for(const struct decoder *d, uint16_t source)
{
    for (uint32_t k = 1; k < d->edition_sources; k++)
        if (d->edition_source[k] == source)
            return &d->editions[k];
    return &d->editions[0];
}

static const struct mapping *mapping_for(const struct decoder *d, const struct asterix_category *c)
{
    for (uint32_t k = d->mapping_of[c->number]; k < d->mappings && d->mapping[k].category->number == c->number; k++)
        if (d->mapping[k].category == c)
            return &d->mapping[k];
    return NULL;
}

/* The time that a statement means, the arrival of its unit, and what was learnt. */
static struct instant stated_time(struct decoder *d, struct decoder_unit *u, struct decoder_source *s, double count_s, double period_s, bool *estimated)
{
    *estimated = false;
    if (!instant_is_set(u->arrival))
        return clock_unwrap(&d->state.front, count_s, period_s, decoder_state_date(d));
    struct clock_reading r = clock_read(&s->clock, count_s, period_s, u->arrival, d->settings.clock_tolerance_s);
    if (r.change != CLOCK_SAME)
        decoder_state_notice(u, s->source, r.change == CLOCK_TURNED_WRONG ? NOTICE_CLOCK_WRONG : NOTICE_CLOCK_RIGHT, r.offset_s, r.spread_s);
    *estimated = r.estimated;
    return r.time;
}

static void target_record(struct decoder *d, struct decoder_unit *u, const struct target *t, unsigned category)
{
    struct decoder_source *s = decoder_state_source(d, (uint16_t)(t->sac << 8 | t->sic), u);
    if (!s)
        return;
    struct report r;
    struct plot *p = &r.plot;
    double count_s = 0.0, period_s = 0.0;
    bool estimated = true;
    r.kind = REPORT_PLOT;
    memset(p, 0, sizeof *p);
    if (target_time(t, category, &count_s, &period_s))
        p->time = stated_time(d, u, s, count_s, period_s, &estimated);
    else
        p->time = decoder_state_unstated(d, u, s);
    p->arrival = decoder_state_arrival(d, u);
    p->flags = estimated ? PLOT_TIME_ESTIMATED : 0u;
    if (target_plot(t, category, s->site_known ? &s->site : NULL, p) != ERR_NONE) {
        d->state.counters.no_position++;
        return;
    }
    decoder_state_report(d, u, &r);
}

static void status_record(struct decoder *d, struct decoder_unit *u, const struct status *m, unsigned category)
{
    struct decoder_source *s = decoder_state_source(d, (uint16_t)(m->sac << 8 | m->sic), u);
    if (!s)
        return;
    struct report r;
    struct service *v = &r.service;
    bool estimated = true, invalid = false;
    r.kind = REPORT_SERVICE;
    memset(v, 0, sizeof *v);
    if (m->has & STATUS_HAS(TIME))
        v->time = stated_time(d, u, s, m->tod_s, 86400.0, &estimated);
    else
        v->time = decoder_state_unstated(d, u, s);
    v->arrival = decoder_state_arrival(d, u);
    if (status_service(m, category, v) != ERR_NONE)
        return;
    v->flags |= estimated ? SERVICE_TIME_ESTIMATED : 0u;
    invalid = (v->flags & SERVICE_TIME_INVALID) != 0;
    if (v->source == s->source) {
        bool says = (m->has & (STATUS_HAS(SYSTEM) | STATUS_HAS(CONDITION))) != 0;
        if (invalid && !s->time_invalid)
            decoder_state_notice(u, s->source, NOTICE_TIME_INVALID, 1.0, 0.0);
        s->time_invalid = says ? invalid : s->time_invalid;
        if (v->flags & SERVICE_SITE) {
            s->site = v->site;
            s->site_known = true;
        }
    }
    decoder_state_report(d, u, &r);
}

static void one_record(struct decoder *d, struct decoder_unit *u, const struct asterix_record *record)
{
    const struct mapping *m = mapping_for(d, record->category);
    unsigned category = record->category->number;
    d->state.counters.records++;
    d->state.records_of[category]++;
    if (!m)
        return;
    struct target t;
    struct status s;
    bool sourced = false;
    if (d->of_targets[m - d->mapping]) {
        memset(&t, 0, sizeof t);
        t.has = mapping_read(m, record, &t);
        sourced = (t.has & TARGET_HAS(SOURCE)) != 0;
        if (sourced)
            target_record(d, u, &t, category);
    } else {
        memset(&s, 0, sizeof s);
        s.has = mapping_read(m, record, &s);
        sourced = (s.has & STATUS_HAS(SOURCE)) != 0;
        if (sourced)
            status_record(d, u, &s, category);
    }
    if (!sourced) {
        d->state.counters.records_bad++;
        decoder_state_notice(u, 0, NOTICE_RECORD_BAD, (double)(u->offset + (uint64_t)(record->bytes - u->bytes)), ERR_MISSING);
    }
}

static void fault(struct decoder *d, struct decoder_unit *u, const struct asterix_fault *f)
{
    struct decoder_counters *c = &d->state.counters;
    double offset = (double)(u->offset + f->offset);
    switch (f->code) {
    case ASTERIX_JUNK:
        c->trailers++;
        decoder_state_notice(u, 0, NOTICE_TRAILER, f->lost, u->bytes[f->offset]);
        return;
    case ASTERIX_UNKNOWN_CATEGORY:
        c->categories_unknown++;
        decoder_state_notice(u, 0, NOTICE_BLOCK_BAD, offset, f->code);
        return;
    case ASTERIX_SHORT_BLOCK:
    case ASTERIX_BLOCK_OVERRUN:
        c->blocks_bad++;
        decoder_state_notice(u, 0, NOTICE_BLOCK_BAD, offset, f->code);
        return;
    default:
        c->records_bad++;
        decoder_state_notice(u, 0, NOTICE_RECORD_BAD, offset, f->code);
        return;
    }
}

void decoder_asterix(struct decoder *d, struct decoder_unit *u)
{
    struct asterix_block b;
    struct asterix_record record;
    struct asterix_fault f;
    int found = 0;
    asterix_block_open(&b, &d->editions[0], u->bytes, u->size);
    do {
        if (d->edition_sources > 1 && b.at == b.end)
            b.editions = editions_for(d, source_at(&b, b.at));
        found = asterix_block_next(&b, &record, &f);
        if (found > 0)
            one_record(d, u, &record);
        else if (found < 0)
            fault(d, u, &f);
    } while (found != 0);
}
