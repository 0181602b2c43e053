/* framing: cuts a byte stream (a file's or a TCP connection's) into the units that decoders take, whatever the container.
 *
 *   RAW    ASTERIX blocks back to back (CAT, LEN); each block is a unit
 *   FINAL  EUROCONTROL FINAL records (.ff): a0 length …, day and time of recording; each record's ASTERIX is a unit with arrival
 *   PCAP   libpcap files, both byte orders, micro- and nanoseconds; Ethernet (VLAN), Linux cooked, raw IP; IPv4/IPv6 UDP payloads are units with arrival;
 *          IP fragments, other protocols and foreign framings in front of the ASTERIX (ORADIS) are counted or unwrapped as the .c says
 *   TAPE   this project's recording (wire/tape.h)
 *   LINES  text lines (plots CSV)
 *   PB     protobuf envelopes, each behind its length as a base-128 varint
 *
 * Sans-IO: the caller feeds octets as they come, cut anywhere; units come out in order and do not depend on the cuts. Nothing is lost in
 * silence: octets that belong to no unit are reported as a fault with their offset, and framing resynchronises. */
#ifndef WIRE_FRAMING_H
#define WIRE_FRAMING_H

#include "base/instant.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum framing_kind { FRAMING_RAW, FRAMING_FINAL, FRAMING_PCAP, FRAMING_TAPE, FRAMING_LINES, FRAMING_PB, FRAMING_KINDS };

struct framing_unit {
    const uint8_t *bytes;   /* lent until the next call */
    size_t size;
    uint64_t offset;        /* of the first byte in the whole stream, for messages */
    struct instant arrival; /* INSTANT_NONE where the container has none (RAW, LINES, PB) */
    uint32_t from_ipv4;     /* PCAP: sender and destination, host order; 0 unknown */
    uint32_t to_ipv4;
    uint16_t to_port;
};

struct framing_fault {
    uint64_t offset;
    size_t size;            /* octets passed over */
    const char *expected;   /* static text */
};

struct framing;

/* buffer_max: the largest unit that is accepted (65 535 is enough for datagrams). */
struct framing *framing_new(enum framing_kind kind, size_t buffer_max);
void framing_free(struct framing *f);

/* Appends octets (copied). Call framing_next until it returns 0 before the next put. */
void framing_put(struct framing *f, const uint8_t *bytes, size_t size);
/* 1: *unit is the next unit; 0: more octets are needed; negative: a fault, *fault says where and what (go on calling). */
int framing_next(struct framing *f, struct framing_unit *unit, struct framing_fault *fault);
/* No more octets will come: 0, or ERR_TRUNCATED with *fault when a unit is incomplete. */
int framing_end(struct framing *f, struct framing_fault *fault);

/* Which container the first octets of a file are (at least 16 octets where the file has them), by content, then by name ("x.ff"). Negative: unknown. */
int framing_sniff(const uint8_t *bytes, size_t size, const char *name);
const char *framing_name(enum framing_kind kind);

#endif
