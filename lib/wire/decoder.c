/* decoder: birth, dispatch and state. The formats are decoder_asterix.c, decoder_csv.c, decoder_envelope.c and decoder_cd2.c; mapping.h says how a record becomes a noun. */
#include "wire/decoder.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "wire/decoder_state.h"
#include "wire/status.h"
#include "wire/target.h"

#define TOLERANCE_S 10.0
#define STATE_MAGIC UINT64_C(0x6465636f64657231) /* "decoder1" */

struct decoder_settings decoder_settings_default(void)
{
    return (struct decoder_settings){.format = DECODER_ASTERIX, .date = INSTANT_NONE, .clock_tolerance_s = TOLERANCE_S};
}

/* A table per category and edition that carries something for the picture. Returns false when a table names a row that is not there: our bug. */
static bool make_mappings(struct decoder *d)
{
    const struct asterix_category *c = NULL;
    memset(d->mapping_of, DECODER_MAPPINGS, sizeof d->mapping_of);
    for (unsigned number = 0; number < 256; number++) {
        for (unsigned k = 0; (c = asterix_at(k)) != NULL; k++) {
            size_t count = 0, bad = 0;
            const struct mapping_row *rows = c->number == number ? target_rows(c, &count) : NULL;
            bool targets = rows != NULL;
            if (!rows && c->number == number)
                rows = status_rows(c, &count);
            if (!rows)
                continue;
            assert(d->mappings < DECODER_MAPPINGS);
            d->of_targets[d->mappings] = targets;
            if (mapping_init(&d->mapping[d->mappings], c, rows, count, &bad) != ASTERIX_OK)
                return false;
            if (d->mapping_of[number] == DECODER_MAPPINGS)
                d->mapping_of[number] = (uint8_t)d->mappings;
            d->mappings++;
        }
    }
    return true;
}

/* The editions table of a source, made when new; [0] is everybody's. */
static struct asterix_editions *editions_of(struct decoder *d, uint16_t source)
{
    if (source == 0)
        return &d->editions[0];
    for (uint32_t k = 1; k < d->edition_sources; k++)
        if (d->edition_source[k] == source)
            return &d->editions[k];
    d->edition_source[d->edition_sources] = source;
    d->editions[d->edition_sources] = d->editions[0];
    return &d->editions[d->edition_sources++];
}

/* Rows for every source first: a source's own table starts from theirs. */
static bool choose_editions(struct decoder *d)
{
    asterix_block_editions(&d->editions[0]);
    d->edition_sources = 1;
    for (int own = 0; own <= 1; own++) {
        for (uint32_t k = 0; k < d->settings.editions; k++) {
            const struct decoder_edition *e = &d->settings.edition[k];
            const struct asterix_category *c = (e->source != 0) == (own != 0) ? asterix_find(e->category, e->edition) : NULL;
            if ((e->source != 0) != (own != 0))
                continue;
            if (!c)
                return false;
            editions_of(d, e->source)->by_number[e->category] = c;
        }
    }
    return true;
}

static void start(struct decoder *d)
{
    memset(&d->state, 0, sizeof d->state);
    d->state.front = clock_front_init();
    map_reset(d->index);
}

struct decoder *decoder_new(const struct decoder_settings *s, const char **error)
{
    const char *unheard = NULL;
    const char **why = error ? error : &unheard;
    struct decoder *d = calloc(1, sizeof *d);
    *why = "out of memory";
    if (!d || !(d->index = map_new(DECODER_SOURCES_MOST))) {
        decoder_free(d);
        return NULL;
    }
    d->settings = *s;
    assert(s->editions <= DECODER_EDITIONS && s->sources <= DECODER_SOURCES && s->format < DECODER_FORMATS);
    memset(d->allowed, s->sources ? 0 : 0xFF, sizeof d->allowed);
    for (uint32_t k = 0; k < s->sources; k++)
        d->allowed[s->source[k] / 8] |= (uint8_t)(1 << s->source[k] % 8);
    bool mapped = make_mappings(d);
    assert(mapped);
    if (!choose_editions(d)) {
        *why = "no such category or edition";
        decoder_free(d);
        return NULL;
    }
    if (s->format == DECODER_CD2 && s->sources != 1) {
        *why = "a CD-2 line needs its one source (SAC/SIC)";
        decoder_free(d);
        return NULL;
    }
    start(d);
    *why = NULL;
    return d;
}

void decoder_free(struct decoder *d)
{
    if (!d)
        return;
    map_free(d->index);
    free(d);
}

int decoder_input(struct decoder *d, const uint8_t *bytes, size_t size, uint64_t offset, struct instant arrival, const struct decoder_sink *sink)
{
    static void (*const formats[DECODER_FORMATS])(struct decoder *, struct decoder_unit *) = {
        [DECODER_ASTERIX] = decoder_asterix, [DECODER_CSV] = decoder_csv, [DECODER_PB] = decoder_envelope, [DECODER_CD2] = decoder_cd2};
    struct decoder_unit u = {.bytes = bytes, .size = size, .offset = offset, .arrival = arrival, .sink = sink};
    d->state.counters.units++;
    d->state.counters.bytes += size;
    formats[d->settings.format](d, &u);
    return u.reports;
}

struct decoder_counters decoder_counters(const struct decoder *d)
{
    return d->state.counters;
}

uint64_t decoder_records(const struct decoder *d, uint8_t category)
{
    return d->state.records_of[category];
}

bool decoder_clock(const struct decoder *d, uint16_t source, struct decoder_clock *out)
{
    uint32_t at = 0;
    if (!map_find(d->index, source, &at))
        return false;
    const struct clock *c = &d->state.source[at].clock;
    *out = (struct decoder_clock){.offset_s = c->offset_s, .latency_s = c->latency_s, .corrected = c->offset_s != 0.0};
    return true;
}

/* ---- snapshots: magic, sources, then the state as far as it is used ---------------------------------------------------------- */

static size_t used(uint32_t sources)
{
    return offsetof(struct decoder_state, source) + sources * sizeof(struct decoder_source);
}

size_t decoder_state_size(const struct decoder *d)
{
    return 2 * sizeof(uint64_t) + used(d->state.sources);
}

void decoder_save(const struct decoder *d, void *out)
{
    uint64_t head[2] = {STATE_MAGIC, d->state.sources};
    memcpy(out, head, sizeof head);
    memcpy((uint8_t *)out + sizeof head, &d->state, used(d->state.sources));
}

int decoder_load(struct decoder *d, const void *in, size_t size)
{
    uint64_t head[2] = {0};
    start(d);
    if (size < sizeof head)
        return ERR_FORMAT;
    memcpy(head, in, sizeof head);
    if (head[0] != STATE_MAGIC || head[1] > DECODER_SOURCES_MOST || size != sizeof head + used((uint32_t)head[1]))
        return ERR_FORMAT;
    memcpy(&d->state, (const uint8_t *)in + sizeof head, used((uint32_t)head[1]));
    if (d->state.sources != head[1] || d->state.csv.fields > CSV_FIELDS) {
        start(d);
        return ERR_FORMAT;
    }
    for (uint32_t k = 0; k < d->state.sources; k++) {
        (void)map_add(d->index, d->state.source[k].source, k);
    }
    return ERR_NONE;
}
