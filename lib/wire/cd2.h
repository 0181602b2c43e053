/* cd2: a radar line in the manner of the Common Digitizer (CD-2), as the older radars of the United States have it.
 *
 * The bit layout of the real CD-2 is not public. This is the project's own encoding of what is known of it (doc/cd2.md): words of 12 bits with parity,
 * azimuth in 4096 counts a turn (ACP), range in 12 bits of 1/8 NM, no time and no address, and messages for beacon and search reports, their
 * real-time quality controls (once a turn, a test target at a known place), sector, north and south marks, and status. It claims the properties, not
 * the wire.
 *
 * A word is two octets, big-endian: start of a message (bit 15), zero (14, 13), parity (12), data (11..0); the number of ones in 15..0 is odd. A
 * message is one to five words by its kind; the rows of cd2.c say what is where, in both directions. */
#ifndef WIRE_CD2_H
#define WIRE_CD2_H

#include "air/report.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cd2_kind { CD2_SEARCH = 1, CD2_BEACON, CD2_SRTQC, CD2_BRTQC, CD2_SECTOR, CD2_NORTH, CD2_SOUTH, CD2_STATUS, CD2_KINDS };

#define CD2_SIZE 10       /* octets of the longest message */
#define CD2_NO_LEVEL -2048 /* level_fl of a beacon report without Mode C */

/* A message; members that its kind has no place for are zero. Counts as they go over the line. */
struct cd2_message {
    uint8_t kind;            /* enum cd2_kind */
    uint8_t quality;         /* SEARCH, SRTQC: 1 sigma of azimuth in half counts, 7 also for more; 0 not said */
    uint8_t reinforced;      /* BEACON, BRTQC: an echo came with the reply; likewise the following */
    uint8_t spi, emergency;
    uint8_t has_code, code_unvalidated, code_garbled;
    uint8_t level_unvalidated, level_garbled;
    uint8_t not_operational, overload; /* STATUS */
    uint16_t azimuth;        /* ACP: 4096 a turn from north, clockwise */
    uint16_t range;          /* 1/8 NM */
    uint16_t code;           /* Mode 3/A */
    int16_t level_fl;        /* Mode C, 100 ft, two's complement; CD2_NO_LEVEL */
};

/* Octets written; ERR_RANGE when a value does not fit its place, ERR_UNKNOWN for a kind that is none, ERR_FULL without room. */
int cd2_encode(const struct cd2_message *m, uint8_t *bytes, size_t room);
/* Octets read; ERR_TRUNCATED, ERR_CHECKSUM (parity), ERR_FORMAT (no start, or one inside), ERR_UNKNOWN (kind). *m only with success. */
int cd2_decode(const uint8_t *bytes, size_t size, struct cd2_message *m);
/* Octets of the message that a first word begins, 0 where it begins none (start, parity, kind). */
size_t cd2_size(const uint8_t first[2]);

/* What a message means, but source, time and arrival. Always possible but for a report without range (ERR_RANGE). */
int cd2_report(const struct cd2_message *m, struct report *r);
/* The message that says it: a polar plot without height or Mode S, or a service without its time, period and place. ERR_UNKNOWN: it has no message;
 * ERR_RANGE: nearer than 1/16 NM or farther than 511.9 NM. */
int cd2_from_report(const struct report *r, struct cd2_message *m);

#endif
