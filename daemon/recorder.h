/* recorder: writes the tape (wire/tape.h) without ever holding up the loop: a thread of its own writes, compresses snapshots and syncs.
 *
 * Frames wait in memory until the disk takes them; beyond buffer_bytes they are lost, counted and reported. A write that fails loses what it held:
 * the file is cut back to its last whole frame and writing goes on with what comes next. The daemon lives on in either case. */
#ifndef DAEMON_RECORDER_H
#define DAEMON_RECORDER_H

#include "base/instant.h"
#include "wire/tape.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct recorder;

struct recorder_counters {
    uint64_t frames, octets;     /* taken */
    uint64_t frames_lost;        /* for want of room, or by failed writes */
    uint64_t write_errors, syncs, snapshots;
    uint64_t waiting_octets;     /* now */
    uint64_t written_octets;     /* of the file */
};

/* Creates directory/<time of day it is>.tape; NULL with *why. */
struct recorder *recorder_open(const char *directory, double sync_period_s, size_t buffer_bytes, const char **why);
/* Writes what waits, END with the digest, the index; syncs and closes. False when something could not be written. */
bool recorder_close(struct recorder *r, struct instant last, uint64_t digest);

/* One frame; the payload is copied. */
void recorder_put(struct recorder *r, enum tape_type type, uint16_t feed, struct instant arrival, const void *payload, size_t size);
/* A snapshot: the engine's state, compressed by the thread. Takes `state` (from malloc). */
void recorder_snapshot(struct recorder *r, struct instant arrival, uint8_t *state, size_t size);
/* Hands to the thread what was gathered; call it once per wake-up. */
void recorder_flush(struct recorder *r);

/* The engine's state out of a SNAPSHOT frame, for engine_load: the caller frees it. NULL when the frame is damaged or memory is short. */
uint8_t *recorder_unpack(const struct tape_frame *f, size_t *size);

struct recorder_counters recorder_counters(struct recorder *r);
const char *recorder_path(const struct recorder *r);
/* The last error in words, and true when it is a new one since the last call. */
bool recorder_error(struct recorder *r, char *out, size_t size);

#endif
