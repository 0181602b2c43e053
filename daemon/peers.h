/* peers: the links to the other nodes: TCP with TLS in both directions of trust (daemon/tls.h), coordination messages framed by their lengths
 * (wire/coordination.h), an empty frame where nothing else was said for keepalive_s.
 *
 * A peer is known by the name in its certificate. Who has an address for the other connects, again and again with growing pauses; both may, and the later
 * connection replaces the earlier one. A link from which nothing came for three times keepalive_s is down; so is one whose queue is full: what it should have
 * carried is sent again after the resynchronisation (handoff/peer.h), which the owner does when told that the link is up. */
#ifndef DAEMON_PEERS_H
#define DAEMON_PEERS_H

#include "daemon/log.h"
#include "daemon/tls.h"
#include "handoff/message.h"
#include "settings/settings_endpoint.h"
#include <event2/event.h>

#define PEERS_MAX 8
#define PEERS_NAME 32

struct peers_settings {
    struct settings_endpoint listen; /* transport NONE: nobody connects here */
    double keepalive_s;
    uint32_t queue_bytes;            /* waiting for one peer at most */
    unsigned count;
    struct {
        char name[PEERS_NAME];
        struct settings_endpoint connect; /* transport NONE: it connects to us */
    } peer[PEERS_MAX];
};

struct peers_sink {
    void (*link)(void *context, unsigned peer, bool up);
    void (*message)(void *context, unsigned peer, const struct message *m); /* lent; not checked but decoded */
    void *context;
};

#define PEERS_COUNTERS(X)                                                                                                  \
    X(connected, "connections that came up") X(lost, "connections that ended") X(refused, "handshakes refused, or names that are no peer's") \
    X(messages_in, "messages taken") X(messages_out, "messages queued") X(octets_in, "octets taken") X(octets_out, "octets queued")       \
    X(bad, "frames that are no message") X(overflows, "connections ended because their queue was full")
struct peers_counters {
#define X(name, help) uint64_t name;
    PEERS_COUNTERS(X)
#undef X
};

struct peers;

/* Settings are copied; tls is lent. NULL with *why. */
struct peers *peers_open(struct event_base *base, const struct peers_settings *s, struct tls *tls, const struct peers_sink *sink, struct log *log, const char **why);
void peers_close(struct peers *p);

/* False: the link is down, and the message was not taken. */
bool peers_send(struct peers *p, unsigned peer, const struct message *m);
bool peers_is_up(const struct peers *p, unsigned peer);
struct peers_counters peers_counters(const struct peers *p, unsigned peer);
void peers_address(const struct peers *p, char *out, size_t size); /* where it listens; "" nowhere */

#endif
