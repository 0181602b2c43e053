/* coordination: what centres say to each other (handoff/message.h) as octets: proto/handoff.proto.
 *
 * On a stream each message lies behind its length as a base-128 varint (wire/framing.h, FRAMING_PB, cuts them). Nothing is allocated. */
#ifndef WIRE_COORDINATION_H
#define WIRE_COORDINATION_H

#include "handoff/message.h"
#include <stddef.h>
#include <stdint.h>

#define COORDINATION_SIZE 1024 /* octets: no message of this version is longer */

/* Octets written, or ERR_FULL. */
int coordination_encode(const struct message *m, uint8_t *out, size_t room);
/* The same behind its length, for streams. */
int coordination_encode_framed(const struct message *m, uint8_t *out, size_t room);
/* 0, or ERR_FORMAT (no such message), ERR_LENGTH (longer than COORDINATION_SIZE). Values are not judged here: message_check does that. */
int coordination_decode(const uint8_t *bytes, size_t size, struct message *out);

#endif
