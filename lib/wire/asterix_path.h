/*
 * asterix_path: from the name of a row to the place of its bits, once; then values in and out of records by place.
 *
 * Path: ITEM [ "/" SUB ] [ "[" N "]" ] [ "/" FIELD ], as in
 *   "140"  "040/RHO"  "130/SRL"  "380/ADR"  "380/IAS/MACH"  "020/ADSB/EP"  "250[1]/BDS1"  "380/TID[0]/LAT"  "030[2]"
 * An item or sub-item of one number is addressed by itself; [N] is a repetition from 0 (0 when left out). RE and SP have no rows: see asterix_path_bytes.
 * Rows of a choice have a name each ("150/IAS", "150/MACH"): the one that does not hold is absent when read, and writing one sets the choosing bit.
 */
#ifndef WIRE_ASTERIX_PATH_H
#define WIRE_ASTERIX_PATH_H

#include "wire/asterix.h"
#include "wire/asterix_text.h"

/* Where a row lies: bits from bit (0 = most significant) of octet of the slot's span. Plain; valid as long as the category (for ever). */
struct asterix_place {
    const struct asterix_item *item; /* the item or sub-item that holds the rows */
    const struct asterix_field *field;
    uint16_t slot, parent; /* parent: slot of the compound, or slot itself */
    uint16_t row;          /* index of field in item's fields */
    uint16_t octet, repetition;
    uint8_t bit, bits, part;
    double si; /* SI value of raw 1 (m, s, rad, m/s, m/s2, Pa, Hz; Mach, dBm, degree Celsius as they are) */
};

/* 0 and *place, or ASTERIX_BAD_PATH. */
int asterix_path_find(const struct asterix_category *category, const char *path, struct asterix_place *place);
/* The same by slot, row and repetition (as a visit shows them). */
int asterix_path_row(const struct asterix_category *category, unsigned slot, unsigned row, unsigned repetition, struct asterix_place *place);

/* The value: false where the record does not hold it (no item, sub-item, part or repetition, or the other row of a choice). */
bool asterix_path_raw(const struct asterix_record *record, const struct asterix_place *place, uint64_t *raw);
bool asterix_path_int(const struct asterix_record *record, const struct asterix_place *place, int64_t *value); /* SIGNED extended */
bool asterix_path_si(const struct asterix_record *record, const struct asterix_place *place, double *value);
bool asterix_path_number(const struct asterix_record *record, const struct asterix_place *place, double *value); /* in the standard's unit */
/* As asterix_text_print: octal codes and characters; a size of ASTERIX_TEXT_SIZE holds every one. */
bool asterix_path_text(const struct asterix_record *record, const struct asterix_place *place, char *text, size_t size);
/* Repetitions of a REPETITIVE item or sub-item, by any place in it; 0 when absent, 1 for other shapes when present. */
unsigned asterix_path_count(const struct asterix_record *record, const struct asterix_place *place);
/* Content of an explicit item ("RE", "SP"), lent, without its length octet; NULL when absent. */
const uint8_t *asterix_path_bytes(const struct asterix_record *record, const char *item, size_t *octets);

/* One raw value and its meanings, apart from any record. */
int64_t asterix_path_signed(const struct asterix_field *field, uint64_t raw);
double asterix_path_unit(const struct asterix_field *field, uint64_t raw); /* raw * num / den */
/* SI to raw, nearest: 0 or ASTERIX_RANGE (does not fit, or is no number). An unsigned angle of a full turn wraps. */
int asterix_path_raw_of(const struct asterix_place *place, double value_si, uint64_t *raw);
const char *asterix_path_unit_name(unsigned unit);

#endif
