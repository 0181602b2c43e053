/* decoder_kit: what the fuzz targets of the decoder share. */
#ifndef TESTS_FUZZ_DECODER_KIT_H
#define TESTS_FUZZ_DECODER_KIT_H

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "wire/decoder.h"

struct decoder_kit {
    uint64_t digest;
    unsigned long reports;
};

static void decoder_kit_report(void *context, const struct report *r)
{
    struct decoder_kit *k = context;
    k->reports++;
    if (r->kind >= REPORT_KINDS)
        abort();
    if (r->kind != REPORT_PLOT)
        return;
    if (plot_check(&r->plot) != 0)
        abort();
    k->digest = digest_add_u64(k->digest, (uint64_t)r->plot.time.ns);
    k->digest = digest_add_double(k->digest, r->plot.kind <= PLOT_POLAR_3D ? r->plot.polar.range_m : r->plot.geodetic.at.lat_rad);
}

static void decoder_kit_notice(void *context, const struct notice *n)
{
    struct decoder_kit *k = context;
    if (n->kind >= NOTICE_KINDS)
        abort();
    k->digest = digest_add_u64(k->digest, n->kind);
}

/* One decoder for all runs, as new for each: birth costs more than most inputs do. */
static struct decoder *decoder_kit_fresh(const struct decoder_settings *s)
{
    static struct decoder *d;
    static void *blank;
    static size_t size;
    if (!d) {
        d = decoder_new(s, NULL);
        if (!d)
            abort();
        size = decoder_state_size(d);
        blank = malloc(size);
        if (!blank)
            abort();
        decoder_save(d, blank);
    }
    if (decoder_load(d, blank, size) != 0)
        abort();
    return d;
}

/* Lines are cut at line feeds, everything else by a length octet and an octet of seconds. */
static uint64_t decoder_kit_run(const struct decoder_settings *s, const uint8_t *data, size_t size)
{
    struct decoder_kit k = {.digest = DIGEST_START};
    struct decoder_sink sink = {{decoder_kit_report, &k}, {decoder_kit_notice, &k}};
    struct decoder *d = decoder_kit_fresh(s);
    struct instant now = {INT64_C(1800000000) * 1000000000};
    for (size_t at = 0; at < size;) {
        struct instant arrival = INSTANT_NONE;
        size_t length = 0;
        if (s->format == DECODER_CSV) {
            const uint8_t *end = memchr(data + at, '\n', size - at);
            length = end ? (size_t)(end - data) - at + 1 : size - at;
        } else {
            if (size - at < 2)
                break;
            length = data[at];
            now = instant_add(now, data[at + 1]);
            arrival = data[at + 1] == 255 ? INSTANT_NONE : now;
            at += 2;
            length = length < size - at ? length : size - at;
        }
        unsigned long before = k.reports;
        if (decoder_input(d, data + at, length, at, arrival, &sink) != (int)(k.reports - before))
            abort();
        at += length;
    }
    return k.digest;
}

static void decoder_kit_twice(const struct decoder_settings *s, const uint8_t *data, size_t size)
{
    if (decoder_kit_run(s, data, size) != decoder_kit_run(s, data, size))
        abort();
}

#endif
