/*
 * asterix_walk: every row of every item that a record holds, in order. Dump, digest, comparison and transcoding are visitors.
 * Spare bits and FX are not shown. Items lie in slot order (that of the first UAP), parts, sub-items and repetitions in theirs.
 */
#ifndef WIRE_ASTERIX_WALK_H
#define WIRE_ASTERIX_WALK_H

#include "wire/asterix.h"

/* One row of a present item, or the content of an EXPLICIT item (field NULL; bytes lent, without the length octet). */
struct asterix_visit {
    const struct asterix_item *item, *sub; /* sub NULL outside a compound */
    const struct asterix_field *field;
    uint16_t slot;       /* of sub, or of item */
    uint16_t row;        /* index of field in its item's fields */
    uint16_t part;       /* of EXTENDED, from 0 */
    uint16_t repetition; /* of REPETITIVE and REPETITIVE_FX, from 0 */
    uint64_t raw;
    const uint8_t *bytes;
    size_t octets;
};

/* Calls visit for each until it returns false; true when it never did. */
bool asterix_walk(const struct asterix_record *record, bool (*visit)(void *context, const struct asterix_visit *visit), void *context);

#endif
