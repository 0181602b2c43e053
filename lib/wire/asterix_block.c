/*
 * asterix_block: walks over blocks and their records. A fault moves the cursor past what it makes unreadable, so that the caller just goes on.
 *
 * When is a tail junk? Behind at least one block, octets that are no block of a category that this source has: a header cut short, LEN out of bounds, or a
 * category not taken whose LEN does not lead to the end or to another plausible header. Everything from there on is passed over, once.
 */
#include "wire/asterix_block.h"

#include <assert.h>
#include <string.h>

#define HEADER 3u

void asterix_block_editions(struct asterix_editions *editions)
{
    const struct asterix_category *c;

    memset(editions, 0, sizeof *editions);
    for (unsigned i = 0; (c = asterix_at(i)) != NULL; i++)
        if (!editions->by_number[c->number]) editions->by_number[c->number] = c;
}

int asterix_block_choose(struct asterix_editions *editions, const char *text)
{
    const struct asterix_category *c;
    const char *edition = strchr(text, '=');
    unsigned number = 0;

    if (!edition || edition == text || edition - text > 3) return ASTERIX_UNKNOWN_CATEGORY;
    for (; text < edition; text++) {
        if (*text < '0' || *text > '9') return ASTERIX_UNKNOWN_CATEGORY;
        number = number * 10 + (unsigned)(*text - '0');
    }
    if (number > 255 || !(c = asterix_find(number, edition + 1))) return ASTERIX_UNKNOWN_CATEGORY;
    editions->by_number[number] = c;
    return ASTERIX_OK;
}

void asterix_block_open(struct asterix_block *block, const struct asterix_editions *editions, const uint8_t *bytes, size_t size)
{
    *block = (struct asterix_block){ .editions = editions, .bytes = bytes, .size = size };
}

static size_t length_at(const struct asterix_block *block, size_t at)
{
    return (size_t)block->bytes[at + 1] << 8 | block->bytes[at + 2];
}

/* Could a block that we take begin at `at`, or do the bytes end there? */
static bool plausible(const struct asterix_block *block, size_t at)
{
    if (at == block->size) return true;
    if (block->size - at < HEADER || !block->editions->by_number[block->bytes[at]]) return false;
    return length_at(block, at) >= HEADER && length_at(block, at) <= block->size - at;
}

/* Passes over everything up to `to`. */
static int skip(struct asterix_block *block, struct asterix_fault *fault, int code, size_t to)
{
    fault->code = code;
    fault->offset = (uint32_t)block->at;
    fault->lost = (uint32_t)(to - block->at);
    block->at = block->end = to;
    block->category = NULL;
    return code;
}

/* Reads a block's header: 1, or the fault. */
static int open_block(struct asterix_block *block, struct asterix_fault *fault)
{
    size_t left = block->size - block->at, length;
    bool tail = block->blocks > 0;

    *fault = (struct asterix_fault){ .category = block->bytes[block->at], .expected = HEADER, .found = (uint32_t)left };
    if (left < HEADER) return skip(block, fault, tail ? ASTERIX_JUNK : ASTERIX_SHORT_BLOCK, block->size);
    fault->found = (uint32_t)(length = length_at(block, block->at));
    if (length < HEADER) return skip(block, fault, tail ? ASTERIX_JUNK : ASTERIX_SHORT_BLOCK, block->size);
    fault->expected = (uint32_t)left;
    block->category = block->editions->by_number[block->bytes[block->at]];
    if (length > left) return skip(block, fault, tail && !block->category ? ASTERIX_JUNK : ASTERIX_BLOCK_OVERRUN, block->size);
    if (!block->category) {
        if (tail && !plausible(block, block->at + length)) return skip(block, fault, ASTERIX_JUNK, block->size);
        fault->expected = fault->found = (uint32_t)length;
        return skip(block, fault, ASTERIX_UNKNOWN_CATEGORY, block->at + length);
    }
    block->end = block->at + length;
    block->at += HEADER;
    block->blocks++;
    return 1;
}

int asterix_block_next(struct asterix_block *block, struct asterix_record *record, struct asterix_fault *fault)
{
    int code;

    while (block->at == block->end) {
        if (block->at == block->size) return 0;
        if ((code = open_block(block, fault)) < 0) return code;
    }
    code = asterix_decode(block->category, block->bytes + block->at, block->end - block->at, record, fault);
    if (code < 0) {
        fault->offset += (uint32_t)block->at;
        fault->lost = (uint32_t)(block->end - block->at);
        block->at = block->end;
        return code;
    }
    block->at += (size_t)code;
    return 1;
}

void asterix_block_init(struct asterix_block_out *out, uint8_t *bytes, size_t limit)
{
    assert(limit >= HEADER && limit <= UINT16_MAX);
    *out = (struct asterix_block_out){ .bytes = bytes, .limit = limit };
}

int asterix_block_put(struct asterix_block_out *out, unsigned number, const uint8_t *record, size_t octets)
{
    size_t used = out->used ? out->used : HEADER;

    if ((out->used && out->number != number) || octets > out->limit - used) return ASTERIX_NO_ROOM;
    out->number = (uint8_t)number;
    memcpy(out->bytes + used, record, octets);
    out->used = used + octets;
    return ASTERIX_OK;
}

size_t asterix_block_close(struct asterix_block_out *out)
{
    size_t octets = out->used;

    if (octets > 0) {
        out->bytes[0] = out->number;
        out->bytes[1] = (uint8_t)(octets >> 8);
        out->bytes[2] = (uint8_t)octets;
    }
    out->used = 0;
    return octets;
}
