/* synth: records made from nothing but the rows of a category, and comparison of what was put with what is read. Shared by tests, fuzz corpora and benches. */
#ifndef TESTS_WIRE_SYNTH_H
#define TESTS_WIRE_SYNTH_H

#include "base/rng.h"
#include "wire/asterix_build.h"
#include "wire/asterix_walk.h"

enum synth_kind {
    SYNTH_ZERO,   /* every row, all bits 0 */
    SYNTH_ONES,   /* every row, all bits 1 */
    SYNTH_SIGN,   /* every row, only the most significant bit */
    SYNTH_COUNT,  /* every row, a value of its own */
    SYNTH_FULL,   /* every row, any value */
    SYNTH_SPARSE, /* some items, some of their rows, any value */
    SYNTH_KINDS
};

#define SYNTH_ROWS 4096

struct synth_row {
    uint32_t rank; /* place in the walk */
    uint16_t slot, row, repetition, part;
    uint64_t raw;
    const struct asterix_field *field;
};

/* What was put, in the order in which asterix_walk shows it. */
struct synth {
    bool common; /* set by the caller: only rows that common decoders know, only characters of the alphabets, no explicit items */
    uint8_t content[8192];
    struct asterix_build build;
    uint32_t count;
    struct synth_row rows[SYNTH_ROWS];
};

/* Rows of a record of category into synth; uap (0 or 1) chooses the items of a category that has two. */
void synth_fill(struct synth *synth, const struct asterix_category *category, unsigned uap, enum synth_kind kind, struct rng *rng);

/* NULL when the record says exactly what was put; otherwise where it differs, in a buffer that is overwritten by the next call. */
const char *synth_differs(const struct synth *synth, const struct asterix_record *record);
/* NULL when two records say the same (empty trailing parts apart); otherwise where they differ. */
const char *synth_records_differ(const struct asterix_record *a, const struct asterix_record *b);

/* A record of one call of synth_fill as octets: its length (asserts that it fits). */
size_t synth_encode(const struct synth *synth, uint8_t *bytes, size_t size);

#endif
