/* tape: the project's own recording: every input that can change the picture, in order, with the instant it had.
 *
 * File: 16 octets "airseam tape 1\r\n", then frames: type(1) feed(2) reserved(1) length(4) arrival(8), payload, CRC-32 (IEEE 802.3, over header
 * and payload) (4); integers little-endian, arrival in ns of the picture's clock. A torn tail is cut at the last good CRC. The last frame of
 * a closed tape is an index of its snapshots; a tape without one is read from the start. */
#ifndef WIRE_TAPE_H
#define WIRE_TAPE_H

#include "base/instant.h"
#include <stddef.h>
#include <stdint.h>

enum tape_type {
    TAPE_START = 1,    /* payload: settings in force (the YAML text, all files it names inlined); arrival: the picture's first instant */
    TAPE_FEED = 2,     /* payload: a unit's bytes as decoders take them; feed: which one */
    TAPE_FEED_INFO = 3,/* payload: text "name format edition…" of feed `feed` (one per feed, after START and after each reload) */
    TAPE_COMMAND = 4,  /* payload: a control command that changes the picture */
    TAPE_SETTINGS = 5, /* payload: new settings after a reload */
    TAPE_SNAPSHOT = 6, /* payload: zstd-compressed picture state (picture_save) with decoder states */
    TAPE_END = 7,      /* payload: digest (8); arrival: the last instant to which the picture was expired */
    TAPE_INDEX = 8,    /* payload: pairs (arrival 8, file offset 8) of the snapshots */
};

#define TAPE_MAGIC "airseam tape 1\r\n"
#define TAPE_MAGIC_SIZE 16
#define TAPE_HEADER 16
#define TAPE_TRAILER 4
#define TAPE_PAYLOAD_MAX (1u << 30)

struct tape_frame {
    uint8_t type;
    uint16_t feed;
    struct instant arrival;
    const uint8_t *payload; /* lends */
    size_t size;
};

/* Writes one frame into out (room for size + 20 octets): octets written, or ERR_FULL. */
int tape_encode(const struct tape_frame *f, uint8_t *out, size_t room);
/* Octets of the frame that begins with these TAPE_HEADER octets, 0 when they begin none. */
size_t tape_size(const uint8_t *header);
/* Reads one frame at bytes: octets used (> 0), 0 when it is not whole yet, ERR_FORMAT or ERR_CHECKSUM when header or CRC are wrong. */
int tape_decode(const uint8_t *bytes, size_t size, struct tape_frame *f);

#endif
