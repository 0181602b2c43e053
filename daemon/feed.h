/* feed: one feed's sockets: datagrams (unicast, multicast) or streams (accepted or connected), cut into the units that decoders take.
 *
 * Only addresses that the feed names may send; others are counted. What the kernel had to drop is counted too (SO_RXQ_OVFL). One wake-up reads at most
 * FEED_BATCHES batches, so that no feed starves the others. */
#ifndef DAEMON_FEED_H
#define DAEMON_FEED_H

#include "daemon/log.h"
#include "settings/settings.h"
#include <event2/event.h>
#include <stdint.h>

#define FEED_BATCH 64   /* datagrams of one recvmmsg */
#define FEED_BATCHES 32 /* of one wake-up */

struct feed;

/* A unit came; bytes are lent. `context` and `number` as given at opening. */
struct feed_sink {
    void (*unit)(void *context, int number, const uint8_t *bytes, size_t size);
    void *context;
};

#define FEED_COUNTERS(X)                                                                                           \
    X(datagrams, "datagrams or stream reads taken") X(octets, "octets taken") X(units, "units handed on")            \
    X(refused, "datagrams or connections from addresses that may not send") X(kernel_drops, "datagrams the kernel dropped") \
    X(faults, "runs of octets that belong to no unit") X(truncated, "datagrams longer than the buffer") X(connections, "streams opened")
struct feed_counters {
#define X(name, help) uint64_t name;
    FEED_COUNTERS(X)
#undef X
};

/* Opens; s is copied. NULL with *why when that fails. A stream that cannot be connected is tried again every few seconds and is no failure. */
struct feed *feed_open(struct event_base *base, const struct settings_feed *s, int number, const struct feed_sink *sink, struct log *log, const char **why);
void feed_close(struct feed *f);

const struct settings_feed *feed_settings(const struct feed *f); /* lends */
struct feed_counters feed_counters(const struct feed *f);
/* Where it listens, "127.0.0.1:8600" (useful with port 0); "" where it connects. */
void feed_address(const struct feed *f, char *out, size_t size);

#endif
