/* link: one TCP port with many consumers, each with a queue of its own. A consumer that does not read loses frames, whole ones and only its own. */
#ifndef DAEMON_LINK_H
#define DAEMON_LINK_H

#include "daemon/log.h"
#include "settings/settings.h"
#include <event2/event.h>
#include <stdint.h>

struct link;

struct link_counters {
    uint32_t consumers;              /* now */
    uint64_t accepted, frames, octets; /* frames and octets queued, summed over consumers */
    uint64_t frames_lost;            /* for want of room in a consumer's queue */
};

/* Called when a consumer has come: what link_send_to sends then goes to it alone (a first full picture). May be NULL. */
struct link_sink {
    void (*consumer)(void *context, struct link *l, unsigned consumer);
    void *context;
};

/* The link of an output: its name, where it listens and what may wait for one consumer. NULL with *why. */
struct link *link_open(struct event_base *base, const struct settings_output *output, const struct link_sink *sink, struct log *log, const char **why);
void link_close(struct link *l);

/* One frame to all; to one. Copied; frames stay whole. */
void link_send(struct link *l, const uint8_t *bytes, size_t size);
void link_send_to(struct link *l, unsigned consumer, const uint8_t *bytes, size_t size);

struct link_counters link_counters(const struct link *l);
void link_address(const struct link *l, char *out, size_t size);

#endif
