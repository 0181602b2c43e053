/* framing_cut: one container's grammar: what the octets at hand are. Inside framing only.
 *
 * A cut function looks at n octets (contiguous, the next ones of the stream) and says what to do with the first of them. It decides by
 * content alone, never by how many octets happen to be there: what it cannot decide yet it answers with NEED. It changes its state only when it does not. */
#ifndef WIRE_FRAMING_CUT_H
#define WIRE_FRAMING_CUT_H

#include "wire/framing.h"

enum framing_cut_kind {
    FRAMING_NEED,  /* size: octets that a decision needs, more than n */
    FRAMING_PASS,  /* size octets belong to the container itself */
    FRAMING_UNIT,  /* size octets, of which [from, from + length) are a unit */
    FRAMING_LOST,  /* size octets make no sense; runs of these become one fault */
    FRAMING_FAULT  /* size octets are understood and not wanted */
};

struct framing_cut {
    uint8_t kind;
    int code;             /* LOST (of the first one of a run), FAULT */
    const char *expected; /* likewise */
    uint64_t size;
    size_t from, length;
    struct framing_unit unit; /* arrival and addresses */
};

struct framing_cut_state {
    size_t limit;   /* largest unit */
    bool started;   /* the container's header is behind us */
    bool lost;
    /* blocks: categories seen and the largest block */
    uint8_t seen[32];
    uint32_t longest;
    /* PCAP */
    bool big_endian, nanoseconds;
    uint32_t link_type, last_s;
    uint32_t inside, padding; /* octets of ORADIS messages to come in this packet, and those behind them */
    struct framing_unit packet;
};

#define FRAMING_CUT_OVERHEAD 4096 /* octets of container around a unit, and looked at behind it: at most */

struct framing_cut framing_cut_raw(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended);
struct framing_cut framing_cut_gps(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended);
struct framing_cut framing_cut_final(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended);
struct framing_cut framing_cut_lines(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended);
struct framing_cut framing_cut_pb(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended);
struct framing_cut framing_cut_tape(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended);
struct framing_cut framing_cut_cd2(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended);
struct framing_cut framing_pcap_cut(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended);

/* The answers. */
static inline struct framing_cut framing_cut_need(size_t size)
{
    return (struct framing_cut){.kind = FRAMING_NEED, .size = size};
}
static inline struct framing_cut framing_cut_pass(uint64_t size)
{
    return (struct framing_cut){.kind = FRAMING_PASS, .size = size};
}
static inline struct framing_cut framing_cut_fault(uint64_t size, int code, const char *expected)
{
    return (struct framing_cut){.kind = FRAMING_FAULT, .size = size, .code = code, .expected = expected};
}
static inline struct framing_cut framing_cut_lost(struct framing_cut_state *s, uint64_t size, int code, const char *expected)
{
    s->lost = true;
    return (struct framing_cut){.kind = FRAMING_LOST, .size = size, .code = code, .expected = expected};
}
static inline struct framing_cut framing_cut_unit(struct framing_cut_state *s, size_t size, size_t from, size_t length)
{
    s->lost = false;
    return (struct framing_cut){.kind = FRAMING_UNIT, .size = size, .from = from, .length = length, .unit = {.arrival = INSTANT_NONE}};
}

#endif
