/* decoder: one feed's units into reports, whatever the format.
 *
 * Keeps per source what a format needs between messages: its edition, its clock, its truncated time. Time of day is resolved against the
 * arrival (nearest instant, so midnight is nothing special). A sensor whose clock disagrees with arrival by more than a latency can explain
 * is recognised from its messages' steady offset, reported (NOTICE_CLOCK_WRONG) and corrected: time = stated + offset (the mean delay less the usual latency). Where a unit has no
 * arrival (raw files), the sensor's own time of day and `date` make both. Bad records are counted by kind and noticed with offset. */
#ifndef WIRE_DECODER_H
#define WIRE_DECODER_H

#include "air/notice.h"
#include "air/report.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum decoder_format { DECODER_ASTERIX, DECODER_CSV, DECODER_PB, DECODER_CD2, DECODER_FORMATS };

#define DECODER_EDITIONS 16
#define DECODER_SOURCES 256

struct decoder_edition {
    uint16_t source;    /* SAC << 8 | SIC; 0: every source of this feed */
    uint8_t category;
    char edition[8];    /* "0.23" */
};

struct decoder_settings {
    uint8_t format;                 /* enum decoder_format */
    struct instant date;            /* midnight of the first record's day, for units without arrival; INSTANT_NONE: 1970-01-01 */
    uint32_t editions;
    struct decoder_edition edition[DECODER_EDITIONS];
    uint32_t sources;               /* 0: any source may come by this feed */
    uint16_t source[DECODER_SOURCES]; /* those that may; others are refused and counted. CD2: exactly one, whose messages these are */
    double clock_tolerance_s;       /* arrival - time outside [-tolerance, tolerance] means a wrong clock; default 10 */
};
struct decoder_settings decoder_settings_default(void);

#define DECODER_COUNTERS(X)                                                                                                   \
    X(units, "datagrams, frames or lines") X(bytes, "octets") X(records, "records decoded") X(records_bad, "records refused")  \
    X(blocks_bad, "blocks refused") X(trailers, "octet runs behind the last block") X(categories_unknown, "blocks of categories not known") \
    X(refused, "records of sources not bound to the feed") X(plots, "plots") X(services, "service messages") X(tracks, "track reports") \
    X(plans, "flight plans") X(no_position, "target reports without a position") X(no_time, "records without any time")
struct decoder_counters {
#define X(name, help) uint64_t name;
    DECODER_COUNTERS(X)
#undef X
};

struct decoder_sink {
    struct report_sink report;
    struct notice_sink notice;
};

struct decoder;

/* NULL when memory is short; *error (may be NULL) gets a static text when an edition is not known, or a CD-2 feed does not
 * have its one source. */
struct decoder *decoder_new(const struct decoder_settings *s, const char **error);
void decoder_free(struct decoder *d);

/* One unit: a datagram of ASTERIX blocks, a CSV line, a protobuf envelope, CD-2 messages (wire/cd2.h). arrival INSTANT_NONE: see above. offset is the unit's place in its
 * stream, for notices. Returns the number of reports, 0 or more; faults are notices and counters, never a failure of the call. */
int decoder_input(struct decoder *d, const uint8_t *bytes, size_t size, uint64_t offset, struct instant arrival, const struct decoder_sink *sink);

struct decoder_counters decoder_counters(const struct decoder *d);
/* Records decoded of one ASTERIX category. */
uint64_t decoder_records(const struct decoder *d, uint8_t category);

/* What is known of one source's clock: what is added to its times (0 while it is right), its usual latency, whether it is corrected. False: source not
 * seen. */
struct decoder_clock {
    double offset_s, latency_s;
    bool corrected;
};
bool decoder_clock(const struct decoder *d, uint16_t source, struct decoder_clock *out);

/* What a decoder keeps between messages, as bytes, for snapshots. load: 0, or ERR_FORMAT (of other settings or build); it is then as new. */
size_t decoder_state_size(const struct decoder *d);
void decoder_save(const struct decoder *d, void *out);
int decoder_load(struct decoder *d, const void *in, size_t size);

#endif
