/* mapping: structs that mean something, tied to the rows of one category and edition, in both directions.
 *
 * The one way from bytes to nouns and back:
 *
 *   octets -- asterix_block, asterix ------> struct asterix_record     where each item lies
 *   record -- mapping, tables *_rows.c ----> struct target, struct status    typed members in SI units, whatever the category
 *   target -- target.c --------------------> struct plot               status -- status.c --> struct service
 *
 * and the same tables back: plot -- target.c --> target -- mapping --> asterix_build --> octets. Who adds a category adds one table of
 * rows here and, where its members mean something new, one function in target.c or status.c. Who adds an edition adds nothing but rows.
 *
 * A row ties an item to a member and to a part: parts are what the object has (a position, a code with its quality bits), so that presence
 * is asked for by meaning and not by item number. */
#ifndef WIRE_MAPPING_H
#define WIRE_MAPPING_H

#include "wire/asterix_bind.h"

struct mapping_row {
    const char *path; /* asterix_path.h */
    uint16_t member;  /* offsetof */
    uint8_t type;     /* enum asterix_member */
    uint8_t size;     /* of TEXT */
    uint8_t part;     /* 0..63 */
};

/* A table, resolved. Plain; holds no pointers but to const rows. */
struct mapping {
    const struct asterix_category *category;
    uint8_t part[ASTERIX_BIND_ROWS];
    struct asterix_bind bind;
};

/* 0, or ASTERIX_BAD_PATH with *bad the row's index (a mistake of ours: a test resolves every table). */
int mapping_init(struct mapping *m, const struct asterix_category *category, const struct mapping_row *rows, size_t count, size_t *bad);

/* Sets the members that the record holds; returns the parts of which at least one row was there, as bits. Other members are left alone. */
uint64_t mapping_read(const struct mapping *m, const struct asterix_record *record, void *object);

/* Puts every row whose part is among `parts`. Returns how many rows were refused (value does not fit, or younger than common decoders know),
 * or ASTERIX_NO_ROOM. */
int mapping_write(const struct mapping *m, struct asterix_build *build, const void *object, uint64_t parts);

/* The record that holds `parts` of the object: its octets; ERR_RANGE when a value does not fit its item, ERR_FULL without room. Only rows that common
 * decoders know are written (tshark 4.0: 048 1.31, 062 1.19, 063 1.6, 065 1.5). */
int mapping_encode(const struct mapping *m, const void *object, uint64_t parts, uint8_t *bytes, size_t room);

#endif
