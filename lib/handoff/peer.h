/* peer: messages to another node and back, each exactly once and in order, whatever the link does.
 *
 * Every message has a number of its link and stays in a window until the other side acknowledges it (cumulatively, in any message or in a SYNC). A
 * message whose number is not the next is not taken: one that was had before is a repetition, one from beyond a gap waits for the sender to go back
 * (go-back-N: Tanenbaum, Computer Networks, 3.4.2). When a link comes up both sides say SYNC: what they have, what they hold, and the epoch of their
 * numbering; then each sends again what the other lacks. A side that lost its memory begins a new epoch, and the other starts at its first number.
 *
 * No clock and no socket: the owner says when the link is up, and asks for what is to be sent. */
#ifndef HANDOFF_PEER_H
#define HANDOFF_PEER_H

#include "handoff/message.h"

#define PEER_RESEND_S 5.0 /* unacknowledged for so long on a link that is up: sent again */

struct peer;

/* Holds up to `window` unacknowledged messages. epoch: any number that this node never used towards the other before. NULL: memory. */
struct peer *peer_new(uint32_t window, uint64_t epoch);
void peer_free(struct peer *p);

/* Numbers the message and keeps it: its number, or 0 when the window is full (the caller tells people: the machine path has failed). */
uint64_t peer_input(struct peer *p, const struct message *m, struct instant now);
/* A message from the other side. True: it is the next one, and the caller acts on it now, once. False: a SYNC, a repetition, or beyond a gap. */
bool peer_receive(struct peer *p, const struct message *m, struct instant now);
void peer_link(struct peer *p, bool up, struct instant now);
bool peer_is_up(const struct peer *p); /* the link is up and the other side has said SYNC */

struct instant peer_deadline(const struct peer *p);
void peer_expire(struct peer *p, struct instant now);
/* Hands out what is to be sent now, with acknowledgement; nothing while the link is down. */
void peer_drain(struct peer *p, struct instant now, void (*send)(void *context, const struct message *m), void *context);

/* Counters, one row each. */
#define PEER_COUNTERS(X)                                                                                                  \
    X(sent, "messages numbered") X(resent, "sent again") X(taken, "messages taken") X(repeated, "had before")              \
    X(early, "beyond a gap, refused") X(full, "window full") X(breaks, "link breaks") X(syncs, "SYNC taken") X(epochs, "the other began anew")
struct peer_counters {
#define X(name, help) uint64_t name;
    PEER_COUNTERS(X)
#undef X
};
struct peer_counters peer_counters(const struct peer *p);
/* A held message by its number: true, or false when it is not held. */
bool peer_message(const struct peer *p, uint64_t number, struct message *out);
uint32_t peer_held(const struct peer *p);       /* unacknowledged */
struct instant peer_oldest(const struct peer *p); /* when the oldest of them was made; INSTANT_NONE */

/* What has to survive: the numbers, and each held message by itself. */
struct peer_state {
    uint64_t epoch, next, acknowledged;    /* ours: next number, and what the other has */
    uint64_t other_epoch, other_taken;     /* theirs: what we have */
};
struct peer_state peer_state(const struct peer *p);
void peer_restore(struct peer *p, const struct peer_state *s);
/* A held message of a state that was restored before, in any order; others are passed over. */
void peer_restore_message(struct peer *p, const struct message *m);

#endif
