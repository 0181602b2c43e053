/* pb: what the messages of proto/ share: memory for unpacking, and the nouns of lib/air that lie in several of them.
 *
 * protobuf-c unpacks through an allocator that hands out a piece of the caller's stack and never takes back: too little room is a message that does not
 * unpack, never an overrun. A message of 4096 octets cannot need more than PB_ARENA (each octet costs at most one pointer and one empty message). */
#ifndef WIRE_PB_H
#define WIRE_PB_H

#include "air/ident.h"
#include "air/level.h"
#include "geo/frame.h"
#include "proto/plot.pb-c.h"
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

#define PB_ARENA 32768

struct pb_arena {
    alignas(max_align_t) uint8_t bytes[PB_ARENA];
    size_t used;
};
/* Empties it; lent to the allocator. */
ProtobufCAllocator pb_allocator(struct pb_arena *a);

void pb_put_geodetic(Airseam__Geodetic *out, const struct geodetic *g);
struct geodetic pb_get_geodetic(const Airseam__Geodetic *g); /* NULL: 0, 0, 0 */
/* callsign: room that lasts until the message is packed, as protobuf-c wants texts that may be written. */
void pb_put_ident(Airseam__Ident *out, char callsign[IDENT_CALLSIGN_SIZE + 1], const struct ident *i);
/* Wider numbers than their members cannot be meant: they are masked, and the flags say what is there. */
struct ident pb_get_ident(const Airseam__Ident *i);
void pb_put_level(Airseam__Level *out, const struct level *l);
struct level pb_get_level(const Airseam__Level *l);
/* A packed message behind its length as a base-128 varint, for streams: octets written, or ERR_FULL; a negative size is handed back. Below 16384 octets. */
int pb_frame(const uint8_t *body, int size, uint8_t *out, size_t room);
/* Cut to its room; NULL is "". */
void pb_get_text(const char *text, char *out, size_t size);

#endif
