/* envelope: this project's own message (proto/envelope.proto) as plain structs: plots, service messages, sensors, flight plans, tracks and the scenario's clock.
 *
 * One datagram holds one envelope; a stream holds each behind its length as a base-128 varint (wire/framing.h cuts them). Nothing is allocated:
 * unpacking works in the caller's stack. */
#ifndef WIRE_ENVELOPE_H
#define WIRE_ENVELOPE_H

#include "air/report.h"
#include "air/track.h"
#include <stddef.h>
#include <stdint.h>

#define ENVELOPE_VERSION 1
#define ENVELOPE_SIZE 4096 /* octets: no envelope of this version is longer */

enum envelope_kind { ENVELOPE_OTHER, ENVELOPE_CLOCK, ENVELOPE_REPORT, ENVELOPE_TRACK };

/* The scenario's clock: instant = epoch + (wall - CLOCK_REALTIME at epoch) * rate. */
struct envelope_clock {
    struct instant epoch, wall;
    double rate;
};

struct envelope {
    char node[32];
    char nation[3];
    uint64_t sequence;
    struct instant instant;
    uint8_t kind; /* enum envelope_kind; OTHER: a body of a younger version, passed over */
    union {
        struct envelope_clock clock;
        struct report report; /* the arrival is not carried */
        struct track_event track;
    };
};

/* Octets written (at most ENVELOPE_SIZE), or ERR_FULL. kind must not be OTHER (ERR_UNKNOWN). */
int envelope_encode(const struct envelope *e, uint8_t *out, size_t room);
/* The same behind its length, for streams. */
int envelope_encode_framed(const struct envelope *e, uint8_t *out, size_t room);
/* 0, or ERR_FORMAT (not an envelope), ERR_LENGTH (longer than ENVELOPE_SIZE), ERR_VERSION. Values are not judged here: plot_check does that. */
int envelope_decode(const uint8_t *bytes, size_t size, struct envelope *out);

#endif
