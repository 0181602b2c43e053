/* ident: who an aircraft says it is, as one message says it.
 *
 * Mode S address (ICAO Annex 10 vol. III), Mode 3/A and Mode 2 codes (twelve bits, octal when printed), callsign. Each part has its own
 * presence bit, codes also the radar's judgement (not validated, garbled, smoothed). Absent parts are zero. */
#ifndef AIR_IDENT_H
#define AIR_IDENT_H

#include <stdbool.h>
#include <stdint.h>

enum ident_flag {
    IDENT_MODE_S = 1 << 0,       /* mode_s is an ICAO 24-bit address */
    IDENT_MODE_A = 1 << 1,       /* mode_a is present */
    IDENT_MODE_2 = 1 << 2,
    IDENT_CALLSIGN = 1 << 3,
    IDENT_A_UNVALIDATED = 1 << 4, /* V bit of the radar */
    IDENT_A_GARBLED = 1 << 5,     /* G bit */
    IDENT_A_SMOOTHED = 1 << 6,    /* L bit: from a local tracker, not from this reply */
    IDENT_SPI = 1 << 7,           /* special position identification pulse */
    IDENT_EMERGENCY = 1 << 8,     /* military emergency, or an emergency code */
    IDENT_NOT_ICAO = 1 << 9,      /* the address is not an ICAO one (track file number, anonymous) */
};

#define IDENT_CALLSIGN_SIZE 8

struct ident {
    uint32_t mode_s;                    /* 24 bits */
    uint16_t mode_a, mode_2;            /* 12 bits: A4 A2 A1 B4 … D1 */
    uint16_t flags;                     /* enum ident_flag */
    char callsign[IDENT_CALLSIGN_SIZE + 1]; /* upper-case letters and digits, trailing spaces cut, NUL-ended */
};

static inline bool ident_has(const struct ident *i, unsigned flags)
{
    return (i->flags & flags) == flags;
}

/* Mode 3/A present and neither unvalidated nor garbled. */
bool ident_mode_a_trusted(const struct ident *i);
/* 7500, 7600, 7700. */
bool ident_code_is_emergency(uint16_t mode_a);
/* Codes that many aircraft share and that therefore say little: 0000, 1000 (Mode S conspicuity), 1200 (VFR in North America), 2000, 7000, 7777. */
bool ident_code_is_shared(uint16_t mode_a);
/* Sets the callsign from any 8 characters: upper-cased, spaces and padding cut, other characters refused (returns false, nothing set). */
bool ident_set_callsign(struct ident *i, const char *text, unsigned size);
/* Takes over every part that `from` has (later evidence replaces earlier). */
void ident_merge(struct ident *into, const struct ident *from);

#endif
