/* gateway: a centre that speaks OLDI instead of this project's messages: its dialogues over FMTP, in ADEXP.
 *
 * Towards the desk it stands for the other node: it numbers and acknowledges messages as handoff/peer.h does, and translates, one by one:
 *
 *     EST, CHG  ABI        CPL  ACT         CNL, RTA retract  MAC         LAM, RLA  LAM
 *     RTI       HOP        RTA accept  ROF  RTA force, and the answer to an accept: COF
 *     MAS is said when what was accepted has been given; LAM of what the desk has answered; RTU and point-outs have no equivalent and are left out
 *
 * OLDI has no word for a refusal or a recall here: a refusal is not said (the other side's time runs out and people talk), a recall is refused at once.
 * What stood in flight when the association ends is lost as far as OLDI is concerned: the desk says it again, under new sequence numbers. One operational
 * message belongs to one aircraft, known by its callsign. */
#ifndef DAEMON_GATEWAY_H
#define DAEMON_GATEWAY_H

#include "daemon/log.h"
#include "handoff/message.h"
#include "settings/settings_endpoint.h"
#include "wire/fmtp.h"
#include <event2/event.h>

struct gateway_settings {
    char local[5], remote[5];         /* the centres; their location indicators are also the names of the association */
    struct settings_endpoint listen, connect; /* one of them */
    double ti_s, ts_s, tr_s;          /* of FMTP, in wall time */
};

struct gateway_sink {
    void (*link)(void *context, unsigned peer, bool up);
    void (*message)(void *context, unsigned peer, const struct message *m);
    bool (*now)(void *context, struct instant *now);
    void *context;
};

#define GATEWAY_COUNTERS(X)                                                                                                  \
    X(said, "messages of OLDI said") X(heard, "messages of OLDI heard") X(unreadable, "messages that could not be read")            \
    X(untold, "messages of the dialogue without equivalent, or of an aircraft without callsign") X(unknown, "heard about an aircraft without dialogue") \
    X(associations, "associations begun")
struct gateway_counters {
#define X(name, help) uint64_t name;
    GATEWAY_COUNTERS(X)
#undef X
};

struct gateway;

/* `peer` is the number by which the desk knows the other side. NULL with *why. */
struct gateway *gateway_open(struct event_base *base, const struct gateway_settings *s, unsigned peer, const struct gateway_sink *sink, struct log *log, const char **why);
void gateway_close(struct gateway *g);
/* What the desk says to that peer. */
void gateway_send(struct gateway *g, const struct message *m);
bool gateway_is_up(const struct gateway *g);
struct gateway_counters gateway_counters(const struct gateway *g);
void gateway_address(const struct gateway *g, char *out, size_t size);

#endif
