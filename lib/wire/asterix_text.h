/*
 * asterix_text: raw values as characters and back: octal codes, six-bit and ASCII characters, labels of enumerations.
 * Six-bit alphabet: ICAO Annex 10 volume IV, table 3-9 (1..26 A..Z, 32 space, 48..57 0..9). Any other code reads as '?', NUL in ASCII as a space.
 */
#ifndef WIRE_ASTERIX_TEXT_H
#define WIRE_ASTERIX_TEXT_H

#include "wire/asterix.h"

#define ASTERIX_TEXT_SIZE 23 /* octets that hold any row's text with its NUL */

/* OCTAL, ICAO, ASCII without trailing spaces; others as a decimal number. NUL-ended, cut to size; returns its length. */
size_t asterix_text_print(const struct asterix_field *field, uint64_t raw, char *text, size_t size);
/* Text to raw: 0 or ASTERIX_RANGE (too long, or a character outside the alphabet). ICAO and ASCII are filled up with spaces. */
int asterix_text_parse(const struct asterix_field *field, const char *text, uint64_t *raw);
/* Label of an ENUM's value: its length; 0 where the value has none. */
size_t asterix_text_label(const struct asterix_field *field, uint64_t raw, char *text, size_t size);

#endif
