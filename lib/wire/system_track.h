/* system_track: what this node says to others in ASTERIX: tracks (062), sensors' states (063), its own state (065).
 *
 * Records leave out what is not known; rows younger than the editions that common decoders know (062 1.19, 063 1.6, 065 1.5) are not used. Track numbers
 * are given by track_number.h, since the item has sixteen bits: a track has its own from its first message to its last. Values beyond an item's range are set to its limit.
 * One writer serves one consumer's SAC/SIC; encoding allocates nothing. */
#ifndef WIRE_SYSTEM_TRACK_H
#define WIRE_SYSTEM_TRACK_H

#include "air/track.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYSTEM_TRACK_RECORD 256 /* octets: no record is longer */

struct system_track;

/* NULL when memory is short. */
struct system_track *system_track_new(uint8_t sac, uint8_t sic);
void system_track_free(struct system_track *w);

/* A track as a record of category 062: octets; 0: the end of a track never sent, nothing to say; ERR_FULL: no room; ERR_STATE: all 65 535 numbers are
 * in use; ERR_RANGE: no such place or time. A track's first message is marked so, that of its DROP as its last. */
int system_track_encode(struct system_track *w, const struct track_event *e, uint8_t *out, size_t room);

/* The sixteen-bit number under which a track goes out; 0 none. */
uint16_t system_track_number(const struct system_track *w, uint32_t track);

struct system_track_sensor {
    uint16_t source; /* SAC << 8 | SIC */
    bool connected, degraded; /* degraded: heard, but with a fault such as a wrong clock */
    bool time_invalid;
    bool clock_known;
    double clock_offset_s;    /* of its time stamps: stated minus true */
};
/* Category 063: octets, or ERR_FULL. */
int system_track_encode_sensor(const struct system_track *w, const struct system_track_sensor *s, struct instant now, uint8_t *out, size_t room);

struct system_track_status {
    bool degraded, not_connected; /* some of, or all of the sensors are silent */
    bool overload, time_invalid;
};
/* Category 065, SDPS status: octets, or ERR_FULL. */
int system_track_encode_status(const struct system_track *w, const struct system_track_status *s, struct instant now, uint8_t *out, size_t room);
/* Category 065, end of batch (behind the last track of a period); batch counts modulo 256. */
int system_track_encode_batch(const struct system_track *w, unsigned batch, struct instant now, uint8_t *out, size_t room);

#endif
