/*
 * asterix_build: a record put together row by row, then written in canonical form.
 *
 * Items, sub-items, parts and repetitions appear when a row of theirs is put; rows not put are 0. Canonical: items in FRN order, the shortest FSPECs,
 * no trailing part that says nothing (all flags zero; a part in which a quantity was put stays), explicit items as given.
 */
#ifndef WIRE_ASTERIX_BUILD_H
#define WIRE_ASTERIX_BUILD_H

#include "wire/asterix.h"
#include "wire/asterix_path.h"

/* Content of each slot lies in bytes (lent by the caller) in the order in which the slots appeared. */
struct asterix_build {
    const struct asterix_category *category;
    uint8_t *bytes;
    size_t size, used;
    bool common; /* refuse rows that common decoders do not know */
    uint64_t present[(ASTERIX_SLOTS + 63) / 64];
    struct asterix_span slot[ASTERIX_SLOTS];
    uint8_t parts[ASTERIX_SLOTS]; /* EXTENDED: parts that stay even if zero */
};

/* bytes: 512 do for most records, 65532 for every one. */
void asterix_build_init(struct asterix_build *build, const struct asterix_category *category, uint8_t *bytes, size_t size);
void asterix_build_reset(struct asterix_build *build); /* an empty record of the same category */

/* Each 0, or ASTERIX_NO_ROOM, ASTERIX_RANGE, ASTERIX_RECENT; then nothing was put. */
int asterix_build_raw(struct asterix_build *build, const struct asterix_place *place, uint64_t raw);
int asterix_build_si(struct asterix_build *build, const struct asterix_place *place, double value_si);
int asterix_build_text(struct asterix_build *build, const struct asterix_place *place, const char *text);
/* Content of an explicit item ("RE", "SP") without its length octet, at most 254; ASTERIX_BAD_PATH when there is no such item. */
int asterix_build_bytes(struct asterix_build *build, const char *item, const uint8_t *bytes, size_t octets);
/* Every row of record, by name of item and row, into a builder of the same or another edition of its category; rows that this edition lacks are
 * counted, not put. Returns how many were left out (>= 0), or ASTERIX_NO_ROOM. */
int asterix_build_copy(struct asterix_build *build, const struct asterix_record *record);

/* The record's octets; or ASTERIX_NO_ROOM; ASTERIX_EMPTY_FSPEC when nothing was put; ASTERIX_UNKNOWN_FRN when an item is not in the UAP (001: plot or track). */
int asterix_build_encode(const struct asterix_build *build, uint8_t *bytes, size_t size);

#endif
