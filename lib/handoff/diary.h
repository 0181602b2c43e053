/* diary: what happened at the centres, one entry a line: the log file, the trace that tests compare, and what `airseam handoffs` reads.
 *
 * A line is: time, centre, kind, then key=value words, those that say nothing left out. Printing and parsing go by the same rows.
 *
 *     2026-11-21T01:31:03.123Z KZLA said RTI transfer=KZLA-17 with=MMZT track=12 callsign=AAL123 state=INITIATED */
#ifndef HANDOFF_DIARY_H
#define HANDOFF_DIARY_H

#include "base/text.h"
#include "handoff/machine.h"
#include "handoff/message.h"

/* X(NAME, word): what an entry says. */
#define DIARY_KINDS(X)                                                                                       \
    X(SAID, "said")           /* a message of a dialogue left: message, act, reason */                      \
    X(HEARD, "heard")         /* and came */                                                                \
    X(PRESENTED, "presented") /* estimate or offer stands before the controller */                          \
    X(TOLD, "told")           /* people were warned: why */                                                 \
    X(CALLING, "calling")     /* somebody took the telephone */                                             \
    X(AGREED, "agreed")       /* and the call is over */                                                    \
    X(OWNER, "owner")         /* responsibility: `with` has it now ("----" nobody), how */                  \
    X(POINTED, "pointed")     /* a point-out began, was approved, rejected, or expired: why */              \
    X(CLOSED, "closed")       /* a transfer is over: outcome, times, and all that is measured */            \
    X(LINK, "link")           /* a link to a peer went up or down: why */                                   \
    X(CONFLICT, "conflict")   /* two nodes claimed the aircraft; `with` has it now */
enum diary_kind {
#define X(name, word) DIARY_##name,
    DIARY_KINDS(X)
#undef X
        DIARY_KINDS_COUNT
};

/* X(NAME, word): why people are told, and what became of point-outs and links. */
#define DIARY_WHYS(X)                                                                                        \
    X(NOTHING, "") X(UNANSWERED, "unanswered") X(UNACCEPTED, "unaccepted") X(WAS_REFUSED, "refused") X(REJECTED, "rejected") X(HAS_CROSSED, "crossed") \
    X(WINDOW_FULL, "window-full") X(NO_LINK, "no-link") X(IN_CONFLICT, "conflict") X(NOT_GIVEN, "not-given") X(BY_AGREEMENT, "agreement") \
    X(NOBODY, "nobody") X(ASKED, "asked") X(APPROVED, "approved") X(UNABLE, "unable") X(EXPIRED, "expired") X(UP, "up") X(DOWN, "down") \
    X(LATE_DETECTION, "late-detection")
enum diary_why {
#define X(name, word) DIARY_##name,
    DIARY_WHYS(X)
#undef X
        DIARY_WHYS_COUNT
};

struct diary_entry {
    uint8_t kind;            /* enum diary_kind */
    uint8_t side, state;     /* enum machine_side and its state, where transfer is not 0 */
    uint8_t message, act, reason; /* SAID, HEARD */
    uint8_t outcome;         /* CLOSED: enum machine_outcome */
    uint8_t how;             /* OWNER: enum ledger_how */
    uint8_t why;             /* enum diary_why; CLOSED: the latest trouble people were told of */
    uint8_t mode;            /* CLOSED: enum centre_mode of the agreement */
    bool by_voice, same_track;
    struct instant time;
    char centre[5], with[5]; /* whose entry; the other centre ("" none) */
    char callsign[IDENT_CALLSIGN_SIZE + 1];
    uint32_t track;
    uint64_t transfer;
    /* CLOSED of the sender's side */
    struct instant stamp[MESSAGE_STAMPS];
    struct instant called, agreed; /* telephone */
    double speed_mps, sigma_s;     /* over ground; of the boundary's time when it was offered */
};

void diary_print(const struct diary_entry *e, struct text_out *out);
/* 0, or ERR_FORMAT (no such line; *column, from 1, says where). */
int diary_parse(struct text line, struct diary_entry *out, unsigned *column);

const char *diary_kind_word(unsigned kind);
const char *diary_why_word(unsigned why);

#endif
