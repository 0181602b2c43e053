/* framing: cuts a byte stream (a file's or a TCP connection's) into the units that decoders take, whatever the container.
 *
 *   RAW    ASTERIX blocks back to back (CAT, LEN); each block is a unit
 *   FINAL  FINAL recordings (.ff): length(2) error(1) board(1) day(1) time(3, 10 ms of the day), blocks, a5 a5 a5 a5; each record's blocks are a
 *          unit. arrival counts from day 0 = 1970-01-01: the file knows a day number only, the date is the caller's
 *   PCAP   libpcap files, both byte orders, micro- and nanoseconds; Ethernet (VLAN), Linux cooked, null and raw IP; IPv4 and IPv6 UDP payloads are
 *          units with arrival. ORADIS messages (length, ms of the day, block) inside a payload are unwrapped, one unit each. Other packets, IP
 *          fragments and packets cut by the capture are faults
 *   GPS    recordings with 2200 octets of header and 10 octets behind every block (.gps): each block is a unit; arrival counts from 1970-01-01
 *   TAPE   this project's recording: each frame, header and CRC included, is a unit for tape_decode (wire/tape.h)
 *   LINES  text lines (plots CSV), without "\n" or "\r\n"
 *   CD2    messages of a CD-2 line (wire/cd2.h), each a unit; found again by the word that begins one
 *   PB     protobuf envelopes, each behind its length as a base-128 varint
 *
 * Sans-IO: the caller feeds octets as they come, cut anywhere; units and faults come out in order and do not depend on the cuts. Nothing is
 * lost in silence: octets that belong to no unit are reported as a fault with their offset, and framing resynchronises. */
#ifndef WIRE_FRAMING_H
#define WIRE_FRAMING_H

#include "base/instant.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum framing_kind { FRAMING_RAW, FRAMING_FINAL, FRAMING_PCAP, FRAMING_TAPE, FRAMING_LINES, FRAMING_PB, FRAMING_GPS, FRAMING_CD2, FRAMING_KINDS };

struct framing_unit {
    const uint8_t *bytes;   /* lent until the next call */
    size_t size;
    uint64_t offset;        /* of the first byte in the whole stream, for messages */
    struct instant arrival; /* INSTANT_NONE where the container has none (RAW, LINES, PB, CD2) */
    uint32_t from_ipv4;     /* PCAP: sender and destination, host order; 0 unknown or IPv6 */
    uint32_t to_ipv4;
    uint16_t to_port;
};

struct framing_fault {
    uint64_t offset;
    uint64_t size;          /* octets passed over */
    const char *expected;   /* static text */
};

struct framing;

/* buffer_max: the largest unit that is accepted, at least 16 (65 535 is enough for datagrams). NULL when memory is short. */
struct framing *framing_new(enum framing_kind kind, size_t buffer_max);
void framing_free(struct framing *f);

/* More octets, lent until framing_next has returned 0; then put again. */
void framing_put(struct framing *f, const uint8_t *bytes, size_t size);
/* 1: *unit is the next unit; 0: more octets are needed (or, after framing_end, all is said); negative (ERR_FORMAT, ERR_CHECKSUM,
 * ERR_TRUNCATED, ERR_UNKNOWN): a fault, *fault says where and what; go on calling. */
int framing_next(struct framing *f, struct framing_unit *unit, struct framing_fault *fault);
/* No more octets will come: framing_next then gives what is left (a last line without its end) or says what is incomplete. */
void framing_end(struct framing *f);

/* Which container the first octets of a file are, by content, then by name ("x.ff"): give it all of the first 64 KiB that there is. ERR_UNKNOWN. */
int framing_sniff(const uint8_t *bytes, size_t size, const char *name);
const char *framing_name(enum framing_kind kind); /* "raw" */

#endif
