/* machine: the dialogue as two matrices, cells[STATE][EVENT]: one for the side that hands over, one for the side that receives.
 *
 * A cell says the next state and what is to be done; nothing is done here (handoff/desk.h does it). An empty cell is a protocol error by definition:
 * the state stays, and a message that caused it is answered by LRM STATE. Names after the North American Common Coordination ICD's messages; the
 * rules of responsibility are one sentence: whoever is responsible stays so until he gives it away, by one message that goes out with the change,
 * and the other takes it when that message arrives; so nobody is responsible twice, whatever the link does.
 *
 * The transition function, the test that the matrices are closed, the graph in doc/handoff.md and the words of the log come from these rows. */
#ifndef HANDOFF_MACHINE_H
#define HANDOFF_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

enum machine_side { MACHINE_SENDER, MACHINE_RECEIVER, MACHINE_SIDES };

/* X(name, text). */
#define MACHINE_SENDER_STATES(X)                                           \
    X(EXPECTED, "a crossing is predicted; nothing was said yet")           \
    X(ESTIMATED, "estimate sent, not yet acknowledged")                    \
    X(COORDINATED, "the other centre has the estimate")                    \
    X(INITIATED, "offered, not yet acknowledged")                          \
    X(OFFERED, "the offer stands before the other controller")             \
    X(RETRACTING, "withdrawing the offer")                                 \
    X(HELD, "refused, withdrawn or recalled: waits for a person, or for another try") \
    X(VOICE, "by telephone, because that is agreed or the machine path failed") \
    X(GIVEN, "given away; can be recalled until the boundary")             \
    X(RECALLING, "asking for it back")                                     \
    X(CLOSED, "over")

#define MACHINE_RECEIVER_STATES(X)                                         \
    X(UNHEARD, "nothing was heard yet")                                    \
    X(NOTIFIED, "an estimate is here, not yet due for display")            \
    X(SHOWN, "the position sees that it will come")                        \
    X(PROPOSED, "the offer stands before the controller")                  \
    X(DECLINED, "refused")                                                 \
    X(ACCEPTING, "accepted; the other side has not yet given it")          \
    X(OWNING, "taken")                                                     \
    X(DONE, "over")

enum machine_sender_state {
#define X(name, text) MACHINE_##name,
    MACHINE_SENDER_STATES(X)
#undef X
        MACHINE_SENDER_STATES_COUNT
};
enum machine_receiver_state {
#define X(name, text) MACHINE_##name,
    MACHINE_RECEIVER_STATES(X)
#undef X
        MACHINE_RECEIVER_STATES_COUNT
};

/* What happens: heard from the other side, commanded by a person or rule, come due, or seen in the sky. */
#define MACHINE_SENDER_EVENTS(X)                                                                          \
    X(HEAR_LAM) X(HEAR_RLA) X(HEAR_REFUSAL) X(HEAR_REJECTION) X(HEAR_ACCEPT)                               \
    X(DO_ESTIMATE) X(DO_INITIATE) X(DO_CALL) X(DO_RETRACT) X(DO_RECALL) X(DO_FORCE) X(DO_VOICE)            \
    X(DUE_UPDATE) X(DUE_UNANSWERED) X(DUE_UNACCEPTED) X(DUE_END)                                           \
    X(SEE_CHANGE) X(SEE_TURNBACK) X(SEE_CROSSED) X(SEE_LOST)

#define MACHINE_RECEIVER_EVENTS(X)                                                                        \
    X(HEARD_EST) X(HEARD_CHG) X(HEARD_CNL) X(HEARD_RTI) X(HEARD_RTU)                                       \
    X(HEARD_RETRACT) X(HEARD_RECALL) X(HEARD_RECALL_LATE) X(HEARD_FORCE) X(HEARD_RLA) X(HEARD_LRM)         \
    X(CHOOSE_ACCEPT) X(CHOOSE_REJECT) X(DUE_DISPLAY) X(DUE_NO_ANSWER) X(DUE_OVER) X(SEE_ENTERED) X(SEE_GONE)

enum machine_sender_event {
#define X(name) MACHINE_##name,
    MACHINE_SENDER_EVENTS(X)
#undef X
        MACHINE_SENDER_EVENTS_COUNT
};
enum machine_receiver_event {
#define X(name) MACHINE_##name,
    MACHINE_RECEIVER_EVENTS(X)
#undef X
        MACHINE_RECEIVER_EVENTS_COUNT
};

/* What is to be done, in this order. */
#define MACHINE_ACTIONS(X)                                                                                 \
    X(LEARN, "take over what the message says of the aircraft") X(PRESENT, "before the controller")       \
    X(GIVE, "responsibility goes to the other centre") X(TAKE, "responsibility comes here") X(DROP, "responsibility ends") \
    X(SAY_EST, "EST or CPL") X(SAY_CHG, "CHG") X(SAY_CNL, "CNL") X(SAY_RTI, "RTI") X(SAY_RTU, "RTU")       \
    X(SAY_ACCEPT, "RTA accept") X(SAY_RETRACT, "RTA retract") X(SAY_RECALL, "RTA recall") X(SAY_FORCE, "RTA force") \
    X(SAY_LAM, "LAM") X(SAY_RLA, "RLA") X(SAY_REFUSED, "LRM REFUSED") X(SAY_RETRACTED, "LRM RETRACTED")   \
    X(SAY_CROSSED, "LRM CROSSED") X(TELL, "people are warned")                                            \
    X(STOP_ANSWER, "") X(STOP_ACCEPT, "") X(STOP_UPDATE, "") X(STOP_DECIDE, "") X(STOP_CALL, "")           \
    X(ARM_ANSWER, "timer: acknowledgement") X(ARM_ACCEPT, "timer: acceptance") X(ARM_DISPLAY, "timer: display lead") \
    X(ARM_UPDATE, "timer: track update") X(ARM_END, "timer: end") X(ARM_RETRY, "timer: another try, where it has crossed already") X(CALL, "somebody takes the telephone") \
    X(DECIDE, "a rule, a simulated or a real controller decides") X(CLOSE, "over: one line in the log")
enum machine_action_bit {
#define X(name, text) MACHINE_BIT_##name,
    MACHINE_ACTIONS(X)
#undef X
        MACHINE_ACTION_BITS
};
#define MACHINE_DO(name) (UINT64_C(1) << MACHINE_BIT_##name)

/* How it stands, or ended. The last one that a cell names holds. */
#define MACHINE_OUTCOMES(X)                                                                                \
    X(OPEN, "open") X(ACCEPTED, "accepted") X(FORCED, "forced") X(BY_VOICE, "voice") X(RECALLED, "recalled") \
    X(RETRACTED, "retracted") X(REFUSED, "refused") X(TIMED_OUT, "timed out") X(CANCELLED, "cancelled") X(DROPPED, "dropped at the boundary") \
    X(LOST, "track lost")
enum machine_outcome {
#define X(name, text) MACHINE_##name,
    MACHINE_OUTCOMES(X)
#undef X
        MACHINE_OUTCOMES_COUNT
};

struct machine_cell {
    uint8_t decided;  /* 0: empty, a protocol error */
    uint8_t to;       /* next state */
    uint8_t outcome;  /* enum machine_outcome; OPEN: as before */
    uint64_t actions; /* MACHINE_DO(...) */
};

/* The cell; never NULL. */
const struct machine_cell *machine_cell(enum machine_side side, unsigned state, unsigned event);
unsigned machine_states(enum machine_side side);
unsigned machine_events(enum machine_side side);
const char *machine_state_name(enum machine_side side, unsigned state);
const char *machine_state_text(enum machine_side side, unsigned state);
const char *machine_event_name(enum machine_side side, unsigned event);
const char *machine_action_name(unsigned bit);
const char *machine_outcome_name(unsigned outcome);
bool machine_is_over(enum machine_side side, unsigned state);

#endif
