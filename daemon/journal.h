/* journal: records that must survive, one file, synced in groups: a thread writes and syncs what was gathered meanwhile, so that a thousand records a second cost
 * no more syncs than the disk can do, and the loop never waits.
 *
 * A record in the file: its size and its CRC-32C (each four octets, little-endian), then its octets. What a crash left torn at the end is cut off when
 * the file is opened; a damaged record ends it (what lies behind cannot be trusted) and is reported. */
#ifndef DAEMON_JOURNAL_H
#define DAEMON_JOURNAL_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JOURNAL_RECORD 65536 /* octets of one at most */

struct journal;

struct journal_sink {
    void (*record)(void *context, const uint8_t *bytes, size_t size); /* one of the file's, in order, while it is opened; lent */
    void (*durable)(void *context, uint64_t sequence);                /* all records up to this one lie on the disk; from the loop */
    void *context;
};

struct journal_counters {
    uint64_t records, octets, syncs, errors;
    uint64_t read, cut_octets; /* when it was opened */
    double sync_s, sync_longest_s; /* the last one; the longest */
};

/* Opens or creates. NULL with *why. */
struct journal *journal_open(struct event_base *base, const char *path, const struct journal_sink *sink, const char **why);
/* Waits until everything lies on the disk; false when something does not. */
bool journal_close(struct journal *j);

/* Gathers a record (copied): its sequence number, from 1. */
uint64_t journal_put(struct journal *j, const uint8_t *bytes, size_t size);
/* Hands what was gathered to the thread; call it once per wake-up. */
void journal_flush(struct journal *j);
uint64_t journal_durable(const struct journal *j);
/* The records gathered from here to the next journal_flush become the whole file (written beside it and renamed over it). */
void journal_shorten(struct journal *j);
/* Octets in the file, and what was gathered for it. */
uint64_t journal_size(const struct journal *j);

struct journal_counters journal_counters(struct journal *j);
/* The first error in words since the last call; false: none. After an error nothing more becomes durable. */
bool journal_error(struct journal *j, char *out, size_t size);

#endif
