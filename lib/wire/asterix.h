/*
 * asterix: what a category is (const rows) and what a record is (a checked view over somebody's bytes).
 *
 * One engine reads, writes, skips and prints every category from its rows. A record is never copied: decoding finds where each item lies, checks that
 * all of it is there, and lends the caller's bytes. Values are taken out by place (asterix_path.h), by walking (asterix_walk.h) or by bound struct
 * members (asterix_bind.h); records are made by asterix_build.h, blocks are cut and filled by asterix_block.h.
 * Source: EUROCONTROL-SPEC-0149, part 1 (framing, item shapes) and the parts for each category and edition (rows).
 */
#ifndef WIRE_ASTERIX_H
#define WIRE_ASTERIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum asterix_shape {
    ASTERIX_ABSENT,        /* spare slot of a UAP or of a compound */
    ASTERIX_FIXED,
    ASTERIX_EXTENDED,      /* parts chained by FX */
    ASTERIX_REPETITIVE,    /* REP octet, then REP times the rows */
    ASTERIX_REPETITIVE_FX, /* the rows, again while FX is set */
    ASTERIX_EXPLICIT,      /* length octet that counts itself: RE, SP */
    ASTERIX_COMPOUND,      /* own FSPEC of sub-items */
    ASTERIX_RANDOM         /* random field sequencing: count, then FRN and item, count times; dissolved into the items when decoded */
};

enum asterix_coding {
    ASTERIX_SPARE, /* written 0, read as nothing */
    ASTERIX_FX,    /* ends a part */
    ASTERIX_RAW,   /* an identifier or a bit pattern: no arithmetic */
    ASTERIX_ENUM,  /* one of the labels */
    ASTERIX_UNSIGNED,
    ASTERIX_SIGNED, /* two's complement */
    ASTERIX_OCTAL,  /* three bits a digit */
    ASTERIX_ICAO,   /* six bits a character, ICAO Annex 10 vol. IV table 3-9 */
    ASTERIX_ASCII
};

enum asterix_unit {
    ASTERIX_NONE, ASTERIX_M, ASTERIX_NM, ASTERIX_FT, ASTERIX_FL, ASTERIX_DEG, ASTERIX_S, ASTERIX_MS, ASTERIX_M_S, ASTERIX_KT, ASTERIX_NM_S, ASTERIX_FT_MIN,
    ASTERIX_M_S2, ASTERIX_DEG_S, ASTERIX_MACH, ASTERIX_DBM, ASTERIX_HZ, ASTERIX_MHZ, ASTERIX_MB, ASTERIX_CELSIUS
};

/* One row: some bits. Value in the standard's unit = raw * num / den. Rows lie in bit order, most significant first. */
struct asterix_field {
    const char *name;   /* as in the standard, "" where an item is one number; a group's member is "GROUP/MEMBER" */
    const char *labels; /* ENUM: "zero|one|two|64=sixty-four": from 0 upwards, n= jumps; an empty label is "nothing to say" */
    uint32_t num, den;
    uint8_t bits, coding, unit;
    uint8_t when;   /* 0, or: this row is meant only while the one-bit row before it holds when - 1; rows of one choice share their bits */
    uint8_t recent; /* not read by common decoders: younger than their editions (048 1.31, 062 1.19, 021 2.6), or (062/510) misread by tshark 4.0 */
};

struct asterix_item {
    const char *id;   /* "010", "RE"; of a sub-item its name, "SRL" */
    const char *name; /* full name */
    uint8_t shape;
    uint8_t octets;   /* FIXED: all; EXTENDED: first part (further ones have one octet); REPETITIVE*: one repetition, FX included */
    uint8_t parts;    /* EXTENDED: how many parts the rows describe */
    uint8_t slot;     /* COMPOUND: slot of its first sub-item; the items themselves have the slots 0 .. item_count - 1 */
    uint16_t count;   /* rows, or sub-items */
    const struct asterix_field *fields;
    const struct asterix_item *subs; /* COMPOUND */
};

/* A category in one edition. items lie in FRN order, so that FRN n is items[n - 1]; further UAPs name items by index. */
struct asterix_category {
    uint8_t number;
    const char *edition;
    const char *name;
    uint16_t item_count, slot_count;
    const struct asterix_item *items;
    uint8_t uap_count;             /* 1, or 2: plot and track of 001 */
    const uint8_t *other_uap;      /* item index by FRN - 1, for the second */
    uint8_t other_length;          /* FRNs in it */
    uint8_t frn_count;             /* FRNs in the first UAP */
    uint8_t selector;              /* item whose most significant bit chooses the UAP */
};

#define ASTERIX_SLOTS 160 /* most slots of any category (062: 143) */

struct asterix_span { uint16_t offset, octets; }; /* from the first octet of the record's FSPEC */

/* A checked view; lends bytes. slot[i] is valid where present has bit i. */
struct asterix_record {
    const struct asterix_category *category;
    const uint8_t *bytes; /* FSPEC first */
    uint32_t octets;
    uint8_t uap;
    uint8_t foreign; /* extents and FX parts younger than the rows, passed over */
    uint64_t present[(ASTERIX_SLOTS + 63) / 64];
    struct asterix_span slot[ASTERIX_SLOTS];
};

enum asterix_code {
    ASTERIX_OK = 0,
    ASTERIX_SHORT_BLOCK = -1,      /* fewer than three octets left, or LEN below three */
    ASTERIX_BLOCK_OVERRUN = -2,    /* LEN beyond the bytes */
    ASTERIX_UNKNOWN_CATEGORY = -3, /* the block is passed over */
    ASTERIX_JUNK = -4,             /* octets after the last block that are no block */
    ASTERIX_EMPTY_FSPEC = -5,      /* a record without items */
    ASTERIX_FSPEC_OVERRUN = -6,    /* FX chain of an FSPEC to the end of the block */
    ASTERIX_UNKNOWN_FRN = -7,      /* FSPEC bit of a spare or undefined slot: often another edition */
    ASTERIX_UNKNOWN_SUB = -8,      /* the same inside a compound */
    ASTERIX_ITEM_OVERRUN = -9,     /* item, repetition or sub-item beyond the block */
    ASTERIX_FX_OVERRUN = -10,      /* FX chain of an item to the end of the block */
    ASTERIX_BAD_LENGTH = -11,      /* explicit length of zero */
    ASTERIX_DUPLICATE = -12,       /* an item twice, by random field sequencing */
    ASTERIX_NO_ROOM = -13,         /* building: the caller's storage is full */
    ASTERIX_RANGE = -14,           /* building: the value does not fit its bits */
    ASTERIX_BAD_PATH = -15,        /* no such row */
    ASTERIX_RECENT = -16           /* building: row refused because it is younger than common decoders */
};
#define ASTERIX_CODES 17

/* What is wrong, and where. offset counts from the first octet that was handed in. */
struct asterix_fault {
    int code;
    uint32_t offset;
    uint32_t lost; /* octets not read because of it */
    uint8_t category;
    const char *item, *sub; /* ids, or NULL */
    uint32_t expected, found; /* octets, or for UNKNOWN_*: highest known and found number */
};

const char *asterix_code_text(int code);
/* One line, "octet 37: category 048 item 130/RPD: 1 octets expected, 0 found (item runs beyond its block)"; returns as snprintf. */
int asterix_fault_print(const struct asterix_fault *fault, char *text, size_t size);

/* Category by number and edition; edition NULL is the default one. NULL when there is none. */
const struct asterix_category *asterix_find(unsigned number, const char *edition);
/* Every category and edition there is, by index from 0; NULL after the last. */
const struct asterix_category *asterix_at(unsigned index);

/* First record in bytes: its length in octets (> 0) and *record, or a code and *fault (offset counts from bytes). Never reads beyond size. */
int asterix_decode(const struct asterix_category *category, const uint8_t *bytes, size_t size, struct asterix_record *record,
                   struct asterix_fault *fault);

static inline bool asterix_has(const struct asterix_record *record, unsigned slot) { return record->present[slot / 64] >> (slot % 64) & 1; }

#endif
