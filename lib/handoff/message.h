/* message: what one centre says to another about one aircraft: the dialogue's words, after the message names of the North American Common
 * Coordination ICD (FAA, NAV CANADA, SENEAM). That document's field layouts and timers are not published: the fields here are this project's own,
 * and go over links as proto/handoff.proto (wire/coordination.h).
 *
 * Plain data, a copy. Three numberings, each for one purpose: `number` counts the messages of a link and belongs to handoff/peer.h; `transfer`
 * names one dialogue for ever and everywhere; `serial` counts one side's messages within it, so that answers name what they answer and a
 * message that comes twice is known. */
#ifndef HANDOFF_MESSAGE_H
#define HANDOFF_MESSAGE_H

#include "air/ident.h"
#include "air/level.h"
#include "air/track.h"
#include "base/instant.h"
#include "geo/frame.h"

/* X(name, answered, text). `answered`: the other side owes a logical answer (LAM or RLA, or LRM). */
#define MESSAGE_KINDS_LIST(X)                                                                        \
    X(SYNC, 0, "link: what I have of yours, what I still hold of mine; opens a connection and acknowledges") \
    X(EST, 1, "estimate: the aircraft will cross at this time and place; the plan is known")          \
    X(CPL, 1, "current plan: as EST, with the plan")                                                 \
    X(CHG, 1, "change of an estimate")                                                               \
    X(CNL, 1, "cancel: it will not come")                                                            \
    X(LAM, 0, "logical acknowledgement of EST, CPL, CHG, CNL")                                       \
    X(LRM, 0, "logical rejection of anything, with a reason")                                        \
    X(RTI, 1, "radar transfer initiate: the offer")                                                  \
    X(RTU, 0, "radar track update while an offer stands")                                            \
    X(RLA, 0, "radar logical acknowledgement: received, processed and presented")                    \
    X(RTA, 1, "radar transfer: accept, retract, recall, force")                                      \
    X(POI, 1, "point-out initiate")                                                                  \
    X(POA, 1, "point-out approved")                                                                  \
    X(POJ, 1, "point-out rejected")

enum message_kind {
#define X(name, answered, text) MESSAGE_##name,
    MESSAGE_KINDS_LIST(X)
#undef X
        MESSAGE_KINDS
};

/* What an RTA does. Accept is the receiver's; the others are the sender's. */
enum message_act { MESSAGE_NO_ACT, MESSAGE_ACCEPT, MESSAGE_RETRACT, MESSAGE_RECALL, MESSAGE_FORCE, MESSAGE_ACTS };

/* X(name, text): why an LRM rejects, or why something ended. */
#define MESSAGE_REASONS(X)                                     \
    X(NONE, "")                                                \
    X(REFUSED, "refused by the controller")                    \
    X(RETRACTED, "the offer was withdrawn before")             \
    X(UNKNOWN, "no such transfer here")                        \
    X(STATE, "not in this state of the dialogue")              \
    X(NOT_YOURS, "the sender is not responsible for it")       \
    X(CROSSED, "has crossed the boundary")                     \
    X(OTHER_FIRST, "both sides offered; the other offer stands") \
    X(FULL, "no room for another transfer")                    \
    X(NO_AGREEMENT, "no agreement between these centres")
enum message_reason {
#define X(name, text) MESSAGE_REASON_##name,
    MESSAGE_REASONS(X)
#undef X
        MESSAGE_REASONS_COUNT
};

/* The times of a transfer, each INSTANT_NONE until it happened; all in the picture's clock. */
enum message_stamp {
    MESSAGE_INITIATED, /* t0: the offer was made */
    MESSAGE_DELIVERED, /* t1: it reached the other centre */
    MESSAGE_DISPLAYED, /* t2: and was presented to the position */
    MESSAGE_ACCEPTED,  /* t3: the controller took it (or it was forced on him) */
    MESSAGE_SEEN,      /* t4: the first centre saw that, and released */
    MESSAGE_BOUNDARY,  /* tb: the aircraft crossed */
    MESSAGE_STAMPS
};

/* The aircraft as its sender sees it. */
struct message_flight {
    uint32_t track;              /* number in the sender's picture; 0: none */
    struct instant time;         /* the state holds then */
    struct geodetic at;
    double east_mps, north_mps, climb_mps;
    struct level level;
    struct ident ident;
    char departure[5], destination[5], aircraft_type[5]; /* of the plan; "" unknown; not in RTU */
};

/* A boundary crossing as predicted. */
struct message_crossing {
    struct instant time;      /* INSTANT_NONE: not predicted */
    double sigma_s;           /* one standard deviation of the time */
    struct geodetic at;
    double pressure_m;        /* level there */
};

struct message {
    uint8_t kind;             /* enum message_kind */
    uint8_t act;              /* enum message_act, of an RTA */
    uint8_t reason;           /* enum message_reason, of an LRM; why, of a CNL */
    bool by_voice;            /* of an RTA: agreed on the telephone, typed in afterwards */
    bool from_sender;         /* said by the side that hands over (or points out); false: by the side that receives */
    uint64_t number;          /* on its link, counts from 1 (peer); 0 for SYNC */
    uint64_t acknowledges;    /* the sender has every message of the link up to this one, on disk */
    uint64_t first;           /* SYNC: oldest number still held for the other side */
    uint64_t epoch;           /* SYNC: identity of the sender's numbering; another one: it began anew */
    uint64_t transfer;        /* message_transfer(); 0: none (SYNC) */
    uint32_t serial, about;   /* within the transfer: own count from 1; the other side's serial that this answers, 0 none. SYNC: about 1 wants an answer */
    char from[5], to[5];      /* centres, ICAO location indicators; "" for SYNC */
    struct instant sent;
    struct message_flight flight;     /* EST, CPL, CHG, RTI, RTU, POI */
    struct message_crossing crossing; /* EST, CPL, CHG, RTI, RTU */
    struct instant stamp[MESSAGE_STAMPS]; /* what the sender of the message knows of them */
};

/* Names a transfer: the four letters of the centre that began it, and its count there. */
uint64_t message_transfer(const char *centre, uint32_t count);
/* "KZLA-17". */
void message_transfer_print(uint64_t transfer, char *out, unsigned size);

const char *message_kind_name(unsigned kind);     /* "RTI" */
bool message_is_answered(unsigned kind);          /* the other side owes a logical answer */
const char *message_act_name(unsigned act);       /* "accept"; "" for none */
const char *message_reason_name(unsigned reason); /* "REFUSED" */
const char *message_reason_text(unsigned reason);
const char *message_stamp_name(unsigned stamp);   /* "initiated" */

/* 0, or what is wrong with a message from outside: ERR_RANGE (an enumeration, an angle, a number that is not finite), ERR_MISSING (a centre,
 * the transfer, its serial), ERR_FORMAT (a code that is not four letters). */
int message_check(const struct message *m);

#endif
