/*
 * asterix_rows: the words in which category tables are written. For cat*.c only.
 *
 *     FIXED("040", 4, "Measured Position in Polar Co-ordinates",      item, its octets, its name, then its rows in bit order:
 *         { U("RHO",   16, 1, 256, NM) },                             unsigned, 16 bits, one unit is 1/256 NM
 *         { U("THETA", 16, 360, 1u << 16, DEG) }),                    360/65536 degree
 *
 * EXTENDED's numbers are the octets of its first part and how many parts there are. COMPOUND's number is the slot of its first sub-item; a test holds slots, octets and rows against each other.
 */
#ifndef WIRE_ASTERIX_ROWS_H
#define WIRE_ASTERIX_ROWS_H

#include "wire/asterix.h"

/* Rows. */
#define U(n, b, up, down, u) .name = n, .bits = b, .coding = ASTERIX_UNSIGNED, .num = up, .den = down, .unit = ASTERIX_##u
#define S(n, b, up, down, u) .name = n, .bits = b, .coding = ASTERIX_SIGNED, .num = up, .den = down, .unit = ASTERIX_##u
#define ENUM(n, b, l) .name = n, .bits = b, .coding = ASTERIX_ENUM, .num = 1, .den = 1, .labels = l
#define RAW(n, b) .name = n, .bits = b, .coding = ASTERIX_RAW, .num = 1, .den = 1
#define OCTAL(n, b) .name = n, .bits = b, .coding = ASTERIX_OCTAL, .num = 1, .den = 1
#define ICAO(n, b) .name = n, .bits = b, .coding = ASTERIX_ICAO, .num = 1, .den = 1
#define ASCII(n, b) .name = n, .bits = b, .coding = ASTERIX_ASCII, .num = 1, .den = 1
#define SPARE(b) .name = "", .bits = b, .coding = ASTERIX_SPARE, .num = 1, .den = 1
#define FX .name = "", .bits = 1, .coding = ASTERIX_FX, .num = 1, .den = 1
#define WHEN(value) .when = (value) + 1 /* see asterix_field.when */
#define RECENT .recent = 1

/* Items and sub-items. */
#define ASTERIX_ROWS(...) \
    .fields = (const struct asterix_field[]){ __VA_ARGS__ }, .count = sizeof (const struct asterix_field[]){ __VA_ARGS__ } / sizeof(struct asterix_field)
#define ASTERIX_ITEM(i, s, o, n, ...) { .id = i, .shape = s, .octets = o, .name = n, ASTERIX_ROWS(__VA_ARGS__) }
#define FIXED(i, o, n, ...) ASTERIX_ITEM(i, ASTERIX_FIXED, o, n, __VA_ARGS__)
#define EXTENDED(i, o, p, n, ...) { .id = i, .shape = ASTERIX_EXTENDED, .octets = o, .parts = p, .name = n, ASTERIX_ROWS(__VA_ARGS__) }
#define REPETITIVE(i, o, n, ...) ASTERIX_ITEM(i, ASTERIX_REPETITIVE, o, n, __VA_ARGS__)
#define REPETITIVE_FX(i, o, n, ...) ASTERIX_ITEM(i, ASTERIX_REPETITIVE_FX, o, n, __VA_ARGS__)
#define COMPOUND(i, first, n, ...)                                                                                                      \
    { .id = i, .shape = ASTERIX_COMPOUND, .slot = first, .name = n, .subs = (const struct asterix_item[]){ __VA_ARGS__ },               \
      .count = sizeof (const struct asterix_item[]){ __VA_ARGS__ } / sizeof(struct asterix_item) }
#define EXPLICIT(i, n) { .id = i, .shape = ASTERIX_EXPLICIT, .name = n }
#define RANDOM { .id = "RFS", .shape = ASTERIX_RANDOM, .name = "Random Field Sequencing" }
#define ABSENT { .id = "", .shape = ASTERIX_ABSENT, .name = "" }

/* Rows that many items share. */
#define SAC_SIC { RAW("SAC", 8) }, { RAW("SIC", 8) }
#define ASTERIX_PULSE(n) { ENUM(n, 1, "high quality|low quality") }
#define MODE_PULSES                                                                                                                     \
    ASTERIX_PULSE("QA4"), ASTERIX_PULSE("QA2"), ASTERIX_PULSE("QA1"), ASTERIX_PULSE("QB4"), ASTERIX_PULSE("QB2"), ASTERIX_PULSE("QB1"), \
    ASTERIX_PULSE("QC4"), ASTERIX_PULSE("QC2"), ASTERIX_PULSE("QC1"), ASTERIX_PULSE("QD4"), ASTERIX_PULSE("QD2"), ASTERIX_PULSE("QD1")
#define MODE_C_PULSES                                                                                                                   \
    ASTERIX_PULSE("QC1"), ASTERIX_PULSE("QA1"), ASTERIX_PULSE("QC2"), ASTERIX_PULSE("QA2"), ASTERIX_PULSE("QC4"), ASTERIX_PULSE("QA4"), \
    ASTERIX_PULSE("QB1"), ASTERIX_PULSE("QD1"), ASTERIX_PULSE("QB2"), ASTERIX_PULSE("QD2"), ASTERIX_PULSE("QB4"), ASTERIX_PULSE("QD4")

#endif
