/*
 * asterix_block: datagrams (and files of raw blocks) into records, and records into datagrams.
 *
 * Block: CAT, LEN (16 bits, big-endian, its own three octets included), records. A record that cannot be delimited takes the rest of its block with it;
 * the blocks behind it live. Octets behind a good block that are no block are reported once as junk (one radar appends an eight-octet counter).
 */
#ifndef WIRE_ASTERIX_BLOCK_H
#define WIRE_ASTERIX_BLOCK_H

#include "wire/asterix.h"

/* Which edition speaks for each category of one source; NULL: not taken. */
struct asterix_editions { const struct asterix_category *by_number[256]; };

void asterix_block_editions(struct asterix_editions *editions); /* every category in its default edition */
/* "021=0.23": 0, or ASTERIX_UNKNOWN_CATEGORY when there is no such category or edition. */
int asterix_block_choose(struct asterix_editions *editions, const char *text);

/* Cursor over bytes (lent, as are editions). */
struct asterix_block {
    const struct asterix_editions *editions;
    const uint8_t *bytes;
    size_t size, at, end; /* at: next octet; end: of the block that is open, or at */
    const struct asterix_category *category;
    uint32_t blocks; /* opened so far */
};

void asterix_block_open(struct asterix_block *block, const struct asterix_editions *editions, const uint8_t *bytes, size_t size);

/* 1: *record is the next one and begins at record->bytes; negative: *fault says what was passed over, go on; 0: the bytes are used up. */
int asterix_block_next(struct asterix_block *block, struct asterix_record *record, struct asterix_fault *fault);

/* Records of one category into blocks of at most limit octets each. bytes is the caller's. */
struct asterix_block_out {
    uint8_t *bytes;
    size_t limit, used; /* used: octets of the block so far, 0 when empty */
    uint8_t number;
};

/* limit: 3 .. 65535 and the size of bytes; 1472 is what one Ethernet datagram carries. */
void asterix_block_init(struct asterix_block_out *out, uint8_t *bytes, size_t limit);
/* Adds an encoded record. 0; or ASTERIX_NO_ROOM when the block is full (close it, send it, put again) or of another category. */
int asterix_block_put(struct asterix_block_out *out, unsigned number, const uint8_t *record, size_t octets);
/* Writes LEN; returns the octets to send (0 when empty) and begins anew. */
size_t asterix_block_close(struct asterix_block_out *out);

#endif
