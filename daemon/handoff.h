/* handoff: the shell around lib/handoff/desk: tracks, plans, commands and peers' messages go in; what comes out is kept in the journal, sent, and written
 * into the log of handoffs.
 *
 * A message leaves only when every record that came before it lies on the disk (daemon/journal.h), so that what another node has been told is never
 * forgotten. Without a journal, and in a replay (base NULL), messages leave at once and nothing survives. */
#ifndef DAEMON_HANDOFF_H
#define DAEMON_HANDOFF_H

#include "daemon/gateway.h"
#include "daemon/journal.h"
#include "daemon/log.h"
#include "daemon/peers.h"
#include "handoff/desk.h"

struct handoff_settings {
    struct desk_settings desk;
    const struct centres *centres; /* lent */
    const char *journal, *diary;   /* files; "" none */
    const char *certificate, *key, *authority; /* PEM files of this node, where there are peers */
    struct peers_settings peers;   /* in the order of desk.host's numbers, */
    unsigned gateways;             /* and behind them the centres that speak OLDI */
    struct gateway_settings gateway[PEERS_MAX];
};

struct handoff_sink {
    void (*event)(void *context, const struct diary_entry *e); /* beside the log; may be NULL */
    bool (*now)(void *context, struct instant *now);           /* the picture's clock, for what peers say; false: not known yet */
    void *context;
};

struct handoff;

/* Reads the journal, opens the links. NULL with the reason in why. */
struct handoff *handoff_open(struct event_base *base, const struct handoff_settings *s, const struct handoff_sink *sink, struct log *log, char *why, size_t why_size);
/* Waits for the disk; false when something could not be kept. */
bool handoff_close(struct handoff *h);

void handoff_track(struct handoff *h, const struct track_event *e, struct instant now);
void handoff_plan(struct handoff *h, const struct plan *p, struct instant now);
int handoff_command(struct handoff *h, const struct desk_command *c, struct instant now); /* as desk_input_command */
struct instant handoff_deadline(const struct handoff *h);
void handoff_expire(struct handoff *h, struct instant now);
/* At the end of each wake-up: drains the desk, hands the journal its group. */
void handoff_flush(struct handoff *h);

const struct desk *handoff_desk(const struct handoff *h);
struct handoff_state {
    uint64_t held;               /* messages that wait for the disk */
    uint64_t journal_octets;
    struct journal_counters journal;
    uint64_t entries;            /* written into the log */
    uint64_t unrestored;         /* records of the journal that the desk did not take */
};
struct handoff_state handoff_state(const struct handoff *h);
/* Where it listens for peers; "" nowhere. */
void handoff_address(const struct handoff *h, char *out, size_t size);
/* The same of a gateway. */
void handoff_gateway_address(const struct handoff *h, unsigned gateway, char *out, size_t size);
struct gateway_counters handoff_gateway(const struct handoff *h, unsigned gateway);
/* Of a peer's link; false: no such peer. */
bool handoff_peer(const struct handoff *h, unsigned peer, bool *up, struct peers_counters *counters);

#endif
