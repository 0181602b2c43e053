/* track_out: tracks as CAT062 datagrams (items that edition 1.19 has, so that common decoders read all of them).
 *
 * Written: 010 015 040 070 080 105 185 290 500 always; 060 120 130 135 136 200 220 245 295 380 where the track has what they say. A track's first message
 * has TSB, that of its drop TSE; then its number is given back. Not written: 100 (a plane for a continent), 210, 340, 510.
 * Periodic or per-event output is the caller's choice: an UPDATE may be given at any instant to which the track was predicted. */
#ifndef WIRE_TRACK_OUT_H
#define WIRE_TRACK_OUT_H

#include "air/track.h"
#include "wire/out.h"

struct track_out_settings {
    uint8_t sac, sic;  /* of this system */
    uint8_t service;   /* I062/015 */
    double old_s;      /* an update of one kind older than this counts as gone in I062/080; 0: 24 s */
};

struct track_out;

/* NULL when memory is short. */
struct track_out *track_out_new(const struct track_out_settings *s);
void track_out_free(struct track_out *o);

/* 0; ERR_FULL: all 65 535 numbers are in use, nothing was sent; ERR_RANGE: no such place or time. A drop of a track never sent is passed over. */
int track_out_input(struct track_out *o, const struct track_event *e, const struct out_sink *sink);
void track_out_drain(struct track_out *o, const struct out_sink *sink);

/* The sixteen-bit number under which a track goes out; 0 none. */
uint16_t track_out_number(const struct track_out *o, uint32_t track);

#endif
