/* out: records into datagrams, one block of one category each.
 *
 * A record that does not fit, or is of another category, sends the block first: order is kept. */
#ifndef WIRE_OUT_H
#define WIRE_OUT_H

#include "wire/asterix_block.h"
#include "wire/mapping.h"

#define OUT_LIMIT 1472 /* octets of UDP payload that fit one Ethernet frame */

/* Takes one datagram; the bytes are lent for the call. */
struct out_sink {
    void (*datagram)(void *context, const uint8_t *bytes, size_t size);
    void *context;
};

struct out {
    struct asterix_block_out block;
    uint8_t bytes[OUT_LIMIT];
};

void out_init(struct out *o);
/* Adds the record that holds `parts` of the object. 0, or ERR_RANGE when a value does not fit its item (nothing was added). */
int out_input(struct out *o, const struct mapping *m, const void *object, uint64_t parts, const struct out_sink *sink);
/* Sends what waits. */
void out_drain(struct out *o, const struct out_sink *sink);

#endif
