/* The grammars of the containers that are plain sequences; PCAP has a file of its own.
 *
 * Layouts: ASTERIX blocks: EUROCONTROL-SPEC-0149, part 1. FINAL and GPS recordings have no published description: theirs is read off recordings and holds
 * for every record of those. FINAL's time, in 10 ms, lies 1.2 s behind the radar's own time of day in a CAT048 record of one of them; the 10
 * octets behind a GPS block hold, in octets 6 to 8, a time of day in 1/128 s that lies 0.7 s behind the records' own. What GPS's 2200 octets of header
 * and the other seven behind a block mean is not known; they are passed over. */
#include "wire/framing_cut.h"

#include "base/err.h"
#include "wire/cd2.h"
#include "wire/tape.h"
#include <string.h>

static uint32_t be16(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be24(const uint8_t *p)
{
    return be16(p) << 8 | p[2];
}

/* ---- ASTERIX blocks ---- */

#define BLOCK_EXPECTED "an ASTERIX block (category, length of 3 or more, another block behind it)"
#define GPS_HEADER 2200
#define GPS_TRAILER 10

/* The categories that are published or used, as a set: bit category mod 8 of octet category / 8. */
static const uint8_t published[32] = {
    [0] = 0x96, [1] = 0x8f, [2] = 0xbf, [3] = 0xc6, [4] = 0x05, [6] = 0x01, [7] = 0xc0, [8] = 0x03, [16] = 0x02, [18] = 0x40, [25] = 0x30, [30] = 0x81, [31] = 0x90,
};

static bool in_set(const uint8_t *set, uint8_t category)
{
    return set[category / 8] >> (category % 8) & 1;
}

static bool plausible(const struct framing_cut_state *s, const uint8_t *p)
{
    return (in_set(s->seen, p[0]) || (in_set(published, p[0]) && (!s->lost || s->longest == 0))) && be16(p + 1) >= 3;
}

/* A block of a category and length like those before it is believed at once. A stranger, and any block after the way was lost, has to be
 * followed by another header or by the end: a damaged length would otherwise swallow up to 64 KiB and land in the middle of a block again. */
static struct framing_cut cut_block(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended, size_t gap)
{
    if (n < 3)
        return framing_cut_need(3);
    size_t block = be16(p + 1), size = block + gap;
    if (p[0] == 0 || block < 3 || block > s->limit || (s->lost && !plausible(s, p)))
        return framing_cut_lost(s, 1, ERR_FORMAT, BLOCK_EXPECTED);
    if (n < size)
        return framing_cut_need(size);
    bool believed = !s->lost && in_set(s->seen, p[0]) && block <= 4 * (size_t)s->longest;
    if (!believed && n < size + 3 && !ended)
        return framing_cut_need(size + 3);
    if (!believed && n > size && (n < size + 3 ? s->lost : !plausible(s, p + size) && p[size] != p[0]))
        return framing_cut_lost(s, 1, ERR_FORMAT, BLOCK_EXPECTED);
    s->seen[p[0] / 8] |= (uint8_t)(1 << p[0] % 8);
    s->longest = block > s->longest ? (uint32_t)block : s->longest;
    return framing_cut_unit(s, size, 0, block);
}

struct framing_cut framing_cut_raw(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended)
{
    return cut_block(s, p, n, ended, 0);
}

struct framing_cut framing_cut_gps(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended)
{
    if (!s->started) {
        s->started = true;
        return framing_cut_pass(GPS_HEADER);
    }
    struct framing_cut c = cut_block(s, p, n, ended, GPS_TRAILER);
    if (c.kind == FRAMING_UNIT)
        c.unit.arrival.ns = (int64_t)be24(p + c.length + 6) * (1000000000 / 128);
    return c;
}

/* ---- FINAL ---- */

#define FINAL_HEADER 8
#define FINAL_TRAILER 4
static const uint8_t final_end[FINAL_TRAILER] = {0xa5, 0xa5, 0xa5, 0xa5};

/* After a record that is none: on to behind the next a5 a5 a5 a5. */
static struct framing_cut final_lost(struct framing_cut_state *s, const uint8_t *p, size_t n)
{
    for (size_t i = 1; i + FINAL_TRAILER <= n; i++)
        if (memcmp(p + i, final_end, FINAL_TRAILER) == 0) {
            s->lost = false;
            return (struct framing_cut){.kind = FRAMING_LOST, .size = i + FINAL_TRAILER, .code = ERR_FORMAT, .expected = "a FINAL record ending in a5 a5 a5 a5"};
        }
    return framing_cut_lost(s, n > FINAL_TRAILER ? n - FINAL_TRAILER : 1, ERR_FORMAT, "a FINAL record ending in a5 a5 a5 a5");
}

struct framing_cut framing_cut_final(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended)
{
    (void)ended;
    if (n < FINAL_HEADER + FINAL_TRAILER)
        return framing_cut_need(FINAL_HEADER + FINAL_TRAILER);
    size_t size = be16(p);
    if (s->lost || size < FINAL_HEADER + FINAL_TRAILER + 3 || size > s->limit)
        return final_lost(s, p, n);
    if (n < size)
        return framing_cut_need(size);
    if (memcmp(p + size - FINAL_TRAILER, final_end, FINAL_TRAILER) != 0)
        return final_lost(s, p, n);
    struct framing_cut c = framing_cut_unit(s, size, FINAL_HEADER, size - FINAL_HEADER - FINAL_TRAILER);
    c.unit.arrival.ns = p[4] * INSTANT_DAY_NS + (int64_t)be24(p + 5) * 10000000;
    return c;
}

/* ---- text ---- */

struct framing_cut framing_cut_lines(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended)
{
    const uint8_t *end = memchr(p, '\n', n);
    size_t length = end ? (size_t)(end - p) : n;
    if (!end && !ended && n <= s->limit && !s->lost)
        return framing_cut_need(2 * n < s->limit ? 2 * n + 64 : n + 1 > s->limit ? n + 1 : s->limit + 1);
    size_t size = length + (end != NULL);
    if (s->lost || length > s->limit) {
        struct framing_cut c = framing_cut_lost(s, size, ERR_RANGE, "a line that is not so long");
        s->lost = end == NULL;
        return c;
    }
    if (length > 0 && p[length - 1] == '\r')
        length--;
    return length ? framing_cut_unit(s, size, 0, length) : framing_cut_pass(size);
}

/* ---- CD-2 ---- */

struct framing_cut framing_cut_cd2(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended)
{
    struct cd2_message message;
    (void)ended;
    if (n < 2)
        return framing_cut_need(2);
    size_t size = cd2_size(p);
    if (size > n)
        return framing_cut_need(size);
    if (size == 0 || cd2_decode(p, size, &message) < 0)
        return framing_cut_lost(s, 1, ERR_FORMAT, "a CD-2 message of words with odd parity");
    return framing_cut_unit(s, size, 0, size);
}

/* ---- protobuf ---- */

#define PB_SKIP_MAX (16u << 20)

/* There is nothing to find the way by: an announced length that is too large is passed over, a length that is none loses the rest of the stream. */
struct framing_cut framing_cut_pb(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended)
{
    (void)ended;
    uint64_t length = 0;
    size_t i = 0;
    if (s->lost)
        return framing_cut_lost(s, n, ERR_FORMAT, "a length below 16 MiB as a varint of at most 4 octets");
    do {
        if (i == n && i < 4)
            return framing_cut_need(n + 1);
        if (i == 4)
            return framing_cut_lost(s, n, ERR_FORMAT, "a length below 16 MiB as a varint of at most 4 octets");
        length |= (uint64_t)(p[i] & 0x7f) << (7 * i);
    } while (p[i++] & 0x80);
    if (length >= PB_SKIP_MAX)
        return framing_cut_lost(s, n, ERR_FORMAT, "a length below 16 MiB as a varint of at most 4 octets");
    if (length > s->limit)
        return framing_cut_fault(i + length, ERR_LENGTH, "an envelope that is not so large");
    if (n < i + length)
        return framing_cut_need(i + (size_t)length);
    return length ? framing_cut_unit(s, i + (size_t)length, i, (size_t)length) : framing_cut_pass(i);
}

/* ---- the project's tape ---- */

static struct framing_cut tape_start(struct framing_cut_state *s, const uint8_t *p, size_t n)
{
    if (n < TAPE_MAGIC_SIZE)
        return framing_cut_need(TAPE_MAGIC_SIZE);
    s->started = true;
    if (memcmp(p, TAPE_MAGIC, TAPE_MAGIC_SIZE) != 0)
        return framing_cut_lost(s, 1, ERR_FORMAT, "\"airseam tape 1\"");
    return framing_cut_pass(TAPE_MAGIC_SIZE);
}

struct framing_cut framing_cut_tape(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended)
{
    (void)ended;
    if (!s->started)
        return tape_start(s, p, n);
    if (n < TAPE_HEADER)
        return framing_cut_need(TAPE_HEADER);
    uint64_t size = tape_size(p);
    if (size == 0)
        return framing_cut_lost(s, 1, ERR_FORMAT, "a tape frame");
    if (size > s->limit && (s->lost || (p[0] != TAPE_SNAPSHOT && p[0] != TAPE_INDEX)))
        return framing_cut_lost(s, 1, ERR_FORMAT, "a tape frame");
    if (size > s->limit) /* what only a seek needs may be larger than what a replay holds */
        return framing_cut_pass(size);
    if (n < size)
        return framing_cut_need((size_t)size);
    struct tape_frame frame;
    if (tape_decode(p, n, &frame) < 0)
        return framing_cut_lost(s, 1, ERR_CHECKSUM, "a tape frame whose checksum fits");
    struct framing_cut c = framing_cut_unit(s, (size_t)size, 0, (size_t)size);
    c.unit.arrival = frame.arrival;
    return c;
}
