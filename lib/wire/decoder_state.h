/* decoder_state: what the parts of the decoder share. For lib/wire/decoder*.c only. */
#ifndef WIRE_DECODER_STATE_H
#define WIRE_DECODER_STATE_H

#include "base/map.h"
#include "wire/asterix_block.h"
#include "wire/clock.h"
#include "wire/csv.h"
#include "wire/decoder.h"
#include "wire/mapping.h"

#define DECODER_SOURCES_MOST 1024 /* sources that one feed may carry; further ones are refused */
#define DECODER_MAPPINGS 24       /* categories and editions that have a table */

struct decoder_source {
    uint16_t source;
    bool time_invalid;    /* says so itself */
    bool site_known;      /* site: as announced by rows, or by the source's own messages */
    struct geodetic site;
    struct clock clock;
};

/* What is kept between units: plain, saved by copying. */
struct decoder_state {
    struct decoder_counters counters;
    uint64_t records_of[256];           /* by ASTERIX category */
    struct clock_front front;
    struct csv csv;
    uint32_t sources;
    struct decoder_source source[DECODER_SOURCES_MOST]; /* in order of appearance; the last member, saved as far as used */
};

struct decoder {
    struct decoder_settings settings;
    uint8_t allowed[65536 / 8];                          /* bit per source; all set when any may come */
    struct asterix_editions editions[DECODER_EDITIONS + 1]; /* [0]: every source without its own */
    uint16_t edition_source[DECODER_EDITIONS + 1];       /* of editions[k], k > 0 */
    uint32_t edition_sources;                            /* used of them, [0] included */
    struct mapping mapping[DECODER_MAPPINGS];            /* equal categories side by side */
    bool of_targets[DECODER_MAPPINGS];                   /* struct target; otherwise struct status */
    uint32_t mappings;
    uint8_t mapping_of[256];                             /* first mapping of a category; mappings: none */
    struct map *index;                                   /* source → state.source[] */
    struct decoder_state state;
};

/* One unit under way. */
struct decoder_unit {
    const uint8_t *bytes;
    size_t size;
    uint64_t offset;
    struct instant arrival; /* INSTANT_NONE: the unit has none */
    const struct decoder_sink *sink;
    int reports;            /* so far */
};

bool decoder_state_allows(const struct decoder *d, uint16_t source);
/* The source's entry, made when new; NULL when it may not come by this feed or the table is full (counted and noticed). */
struct decoder_source *decoder_state_source(struct decoder *d, uint16_t source, struct decoder_unit *u);
struct instant decoder_state_date(const struct decoder *d);
/* When something was that says no time: arrival less the source's usual latency. And the arrival of its unit. */
struct instant decoder_state_unstated(struct decoder *d, struct decoder_unit *u, const struct decoder_source *s);
struct instant decoder_state_arrival(const struct decoder *d, const struct decoder_unit *u);
void decoder_state_notice(const struct decoder_unit *u, uint16_t source, unsigned kind, double a, double b);
/* Checks, counts and hands out. */
void decoder_state_report(struct decoder *d, struct decoder_unit *u, const struct report *r);

/* The formats: each takes one whole unit. */
void decoder_asterix(struct decoder *d, struct decoder_unit *u);
void decoder_csv(struct decoder *d, struct decoder_unit *u);
void decoder_cd2(struct decoder *d, struct decoder_unit *u);
void decoder_envelope(struct decoder *d, struct decoder_unit *u);

#endif
