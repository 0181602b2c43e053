/*
 * asterix_bind: struct members tied to rows, once; then whole structs out of records and into them.
 *
 * A mapper holds a const table of rows {path, member, type}, at most ASTERIX_BIND_ROWS, and resolves it at birth. Reading sets the members that the record
 * holds and says which in a bit set by row number; other members are left alone. Writing puts the members whose bits are set.
 */
#ifndef WIRE_ASTERIX_BIND_H
#define WIRE_ASTERIX_BIND_H

#include "wire/asterix.h"
#include "wire/asterix_build.h"
#include "wire/asterix_path.h"

#define ASTERIX_BIND_ROWS 128

enum asterix_member {
    ASTERIX_SI,   /* double, SI unit: see asterix_place.si */
    ASTERIX_BOOL, /* bool: raw is not 0 */
    ASTERIX_U8, ASTERIX_U16, ASTERIX_U32, ASTERIX_U64, /* raw */
    ASTERIX_I8, ASTERIX_I16, ASTERIX_I32, ASTERIX_I64, /* sign extended */
    ASTERIX_TEXT  /* char[size], NUL-ended, trailing spaces taken off; OCTAL, ICAO, ASCII */
};

struct asterix_bind_row {
    const char *path; /* asterix_path.h */
    uint16_t member;  /* offsetof */
    uint8_t type;     /* enum asterix_member */
    uint8_t size;     /* of TEXT */
};

/* A row, resolved: where its bits lie in its slot's span, as load, shift and mask. */
struct asterix_bind_cell {
    struct asterix_place place;
    uint16_t member;
    uint16_t end;         /* octets that the span must have */
    uint8_t type, size;
    uint8_t octets, shift; /* that hold the bits; below them */
};

/* Rows side by side in one slot. */
struct asterix_bind_run { uint16_t slot, first, count; };

struct asterix_bind {
    const struct asterix_category *category;
    uint16_t count, run_count;
    struct asterix_bind_run runs[ASTERIX_BIND_ROWS];
    struct asterix_bind_cell cells[ASTERIX_BIND_ROWS];
};

struct asterix_bind_set { uint64_t bits[ASTERIX_BIND_ROWS / 64]; };

static inline bool asterix_bind_has(const struct asterix_bind_set *set, unsigned row) { return set->bits[row / 64] >> (row % 64) & 1; }
static inline void asterix_bind_add(struct asterix_bind_set *set, unsigned row) { set->bits[row / 64] |= UINT64_C(1) << (row % 64); }

/* 0, or ASTERIX_BAD_PATH with *bad the row's index (a member too narrow for its row counts as bad: our bug, found by the first test). */
int asterix_bind_resolve(struct asterix_bind *bind, const struct asterix_category *category, const struct asterix_bind_row *rows, size_t count, size_t *bad);

/* record must be of bind's category; *present is set anew. */
void asterix_bind_read(const struct asterix_bind *bind, const struct asterix_record *record, void *object, struct asterix_bind_set *present);

/* One cell's member as raw bits of its row: 0, or ASTERIX_RANGE. */
int asterix_bind_raw(const struct asterix_bind_cell *cell, const void *object, uint64_t *raw);

/* Puts the present members; returns how many were refused (range, or younger than common decoders), or ASTERIX_NO_ROOM. */
int asterix_bind_write(const struct asterix_bind *bind, struct asterix_build *build, const void *object, const struct asterix_bind_set *present);

#endif
