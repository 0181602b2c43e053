/* vector: a record written out by hand from the standard, and what each of its rows must say. */
#ifndef TESTS_WIRE_VECTOR_H
#define TESTS_WIRE_VECTOR_H

#include <stddef.h>

#include "support/support.h"
#include "wire/asterix.h"

struct vector_row {
    const char *path;
    double number;    /* in the standard's unit */
    const char *text; /* or this, for octal codes, characters and raw bits ("0x...") */
};

/* Octets of a hexadecimal text with blanks; returns how many. */
size_t vector_octets(const char *hex, uint8_t *octets);

/* Decodes hex, compares every row, and holds that building the same record again gives the same octets. */
void vector_check(const struct asterix_category *category, const char *hex, const struct vector_row *rows, size_t count);

/* The label of a value. */
void vector_label(const struct asterix_category *category, const char *path, unsigned value, const char *label);

#endif
