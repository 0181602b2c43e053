/* The matrices. Read a row as: in this state, when that happens, go there and do this. Race rules, in one place:
 *
 * - the sender is responsible until it says accept was seen (GIVE with SAY_RLA) or forces; so when its retraction and the receiver's acceptance cross,
 *   the retraction holds, and the acceptance is answered LRM RETRACTED;
 * - the receiver takes only what an RLA of its acceptance, or a forced transfer, brings; so no instant has two who are responsible;
 * - a recall turns the roles: now the receiver gives (GIVE with SAY_RLA), and the sender takes when that arrives;
 * - VOICE is no end: the messages may still arrive, and whichever way is first through gives the aircraft away. */
#include "handoff/machine.h"

#include <assert.h>

#define DO(name) MACHINE_DO(name)
#define CELL(state, what, todo) {1, MACHINE_##state, MACHINE_##what, (todo)}
#define NOTHING 0
#define ON(event) [MACHINE_##event]

#define QUIET (DO(STOP_ANSWER) | DO(STOP_ACCEPT) | DO(STOP_UPDATE) | DO(STOP_CALL))
#define OFFER (QUIET | DO(SAY_RTI) | DO(ARM_ANSWER) | DO(ARM_UPDATE))
#define GIVEN_AWAY (QUIET | DO(GIVE) | DO(ARM_END))

/* what every state of the sender does alike while it is still responsible */
#define SENDER_RESPONSIBLE                                                  \
    ON(DO_FORCE) = CELL(GIVEN, FORCED, GIVEN_AWAY | DO(SAY_FORCE) | DO(ARM_ANSWER)), \
    ON(DO_VOICE) = CELL(GIVEN, BY_VOICE, GIVEN_AWAY | DO(SAY_FORCE) | DO(ARM_ANSWER)), \
    ON(SEE_TURNBACK) = CELL(CLOSED, CANCELLED, QUIET | DO(SAY_CNL) | DO(CLOSE)), \
    ON(SEE_LOST) = CELL(CLOSED, LOST, QUIET | DO(SAY_CNL) | DO(CLOSE))

static const struct machine_cell sender[MACHINE_SENDER_STATES_COUNT][MACHINE_SENDER_EVENTS_COUNT] = {
    [MACHINE_EXPECTED] = {
        ON(DO_ESTIMATE) = CELL(ESTIMATED, OPEN, DO(SAY_EST) | DO(ARM_ANSWER)),
        ON(DO_INITIATE) = CELL(INITIATED, OPEN, OFFER),
        ON(DO_CALL) = CELL(VOICE, OPEN, DO(CALL)),
        ON(DO_FORCE) = CELL(GIVEN, FORCED, GIVEN_AWAY | DO(SAY_FORCE) | DO(ARM_ANSWER)),
        ON(DO_VOICE) = CELL(GIVEN, BY_VOICE, GIVEN_AWAY | DO(SAY_FORCE) | DO(ARM_ANSWER)),
        ON(SEE_CHANGE) = CELL(EXPECTED, OPEN, NOTHING),
        ON(SEE_TURNBACK) = CELL(CLOSED, CANCELLED, DO(CLOSE)),
        ON(SEE_CROSSED) = CELL(CLOSED, DROPPED, DO(DROP) | DO(CLOSE)),
        ON(SEE_LOST) = CELL(CLOSED, LOST, DO(CLOSE)),
    },
    [MACHINE_ESTIMATED] = {
        SENDER_RESPONSIBLE,
        ON(HEAR_LAM) = CELL(COORDINATED, OPEN, DO(STOP_ANSWER)),
        ON(HEAR_REFUSAL) = CELL(HELD, REFUSED, QUIET | DO(ARM_RETRY) | DO(TELL)),
        ON(HEAR_REJECTION) = CELL(VOICE, OPEN, QUIET | DO(TELL) | DO(CALL)),
        ON(DO_ESTIMATE) = CELL(ESTIMATED, OPEN, NOTHING),
        ON(DO_INITIATE) = CELL(INITIATED, OPEN, OFFER),
        ON(DO_CALL) = CELL(VOICE, OPEN, QUIET | DO(CALL)),
        ON(DUE_UNANSWERED) = CELL(ESTIMATED, OPEN, DO(TELL)),
        ON(SEE_CHANGE) = CELL(ESTIMATED, OPEN, DO(SAY_CHG) | DO(ARM_ANSWER)),
        ON(SEE_CROSSED) = CELL(VOICE, OPEN, QUIET | DO(TELL) | DO(CALL)),
    },
    [MACHINE_COORDINATED] = {
        SENDER_RESPONSIBLE,
        ON(DO_ESTIMATE) = CELL(COORDINATED, OPEN, NOTHING),
        ON(DO_INITIATE) = CELL(INITIATED, OPEN, OFFER),
        ON(DO_CALL) = CELL(VOICE, OPEN, QUIET | DO(CALL)),
        ON(SEE_CHANGE) = CELL(ESTIMATED, OPEN, DO(SAY_CHG) | DO(ARM_ANSWER)),
        ON(SEE_CROSSED) = CELL(VOICE, OPEN, QUIET | DO(TELL) | DO(CALL)),
    },
    [MACHINE_INITIATED] = {
        SENDER_RESPONSIBLE,
        ON(HEAR_RLA) = CELL(OFFERED, OPEN, DO(STOP_ANSWER) | DO(ARM_ACCEPT)),
        ON(HEAR_REFUSAL) = CELL(HELD, REFUSED, QUIET | DO(ARM_RETRY) | DO(TELL)),
        ON(HEAR_REJECTION) = CELL(VOICE, OPEN, QUIET | DO(TELL) | DO(CALL)),
        ON(HEAR_ACCEPT) = CELL(GIVEN, ACCEPTED, GIVEN_AWAY | DO(SAY_RLA)),
        ON(DO_CALL) = CELL(VOICE, OPEN, QUIET | DO(CALL)),
        ON(DO_RETRACT) = CELL(RETRACTING, OPEN, QUIET | DO(SAY_RETRACT) | DO(ARM_ANSWER)),
        ON(DUE_UPDATE) = CELL(INITIATED, OPEN, DO(SAY_RTU) | DO(ARM_UPDATE)),
        ON(DUE_UNANSWERED) = CELL(VOICE, TIMED_OUT, QUIET | DO(TELL) | DO(CALL)),
        ON(SEE_CHANGE) = CELL(INITIATED, OPEN, DO(SAY_RTU)),
        ON(SEE_CROSSED) = CELL(INITIATED, OPEN, DO(TELL)),
    },
    [MACHINE_OFFERED] = {
        SENDER_RESPONSIBLE,
        ON(HEAR_REFUSAL) = CELL(HELD, REFUSED, QUIET | DO(ARM_RETRY) | DO(TELL)),
        ON(HEAR_REJECTION) = CELL(VOICE, OPEN, QUIET | DO(TELL) | DO(CALL)),
        ON(HEAR_ACCEPT) = CELL(GIVEN, ACCEPTED, GIVEN_AWAY | DO(SAY_RLA)),
        ON(DO_CALL) = CELL(VOICE, OPEN, QUIET | DO(CALL)),
        ON(DO_RETRACT) = CELL(RETRACTING, OPEN, QUIET | DO(SAY_RETRACT) | DO(ARM_ANSWER)),
        ON(DUE_UPDATE) = CELL(OFFERED, OPEN, DO(SAY_RTU) | DO(ARM_UPDATE)),
        ON(DUE_UNACCEPTED) = CELL(VOICE, TIMED_OUT, QUIET | DO(TELL) | DO(CALL)),
        ON(SEE_CHANGE) = CELL(OFFERED, OPEN, DO(SAY_RTU)),
        ON(SEE_CROSSED) = CELL(OFFERED, OPEN, DO(TELL)),
    },
    [MACHINE_RETRACTING] = {
        SENDER_RESPONSIBLE,
        ON(HEAR_RLA) = CELL(HELD, RETRACTED, QUIET | DO(ARM_RETRY)),
        ON(HEAR_REFUSAL) = CELL(HELD, RETRACTED, QUIET | DO(ARM_RETRY)),
        ON(HEAR_REJECTION) = CELL(HELD, RETRACTED, QUIET | DO(ARM_RETRY)),
        ON(HEAR_ACCEPT) = CELL(RETRACTING, OPEN, DO(SAY_RETRACTED)),
        ON(DUE_UNANSWERED) = CELL(RETRACTING, OPEN, DO(TELL)),
        ON(SEE_CHANGE) = CELL(RETRACTING, OPEN, NOTHING),
        ON(SEE_CROSSED) = CELL(RETRACTING, OPEN, DO(TELL)),
    },
    [MACHINE_HELD] = {
        SENDER_RESPONSIBLE,
        ON(HEAR_ACCEPT) = CELL(HELD, OPEN, DO(SAY_RETRACTED)),
        ON(DO_INITIATE) = CELL(INITIATED, OPEN, OFFER),
        ON(DO_CALL) = CELL(VOICE, OPEN, QUIET | DO(CALL)),
        ON(SEE_CHANGE) = CELL(HELD, OPEN, NOTHING),
        ON(SEE_CROSSED) = CELL(VOICE, OPEN, QUIET | DO(TELL) | DO(CALL)),
    },
    [MACHINE_VOICE] = {
        SENDER_RESPONSIBLE,
        ON(HEAR_LAM) = CELL(VOICE, OPEN, NOTHING),
        ON(HEAR_RLA) = CELL(VOICE, OPEN, NOTHING),
        ON(HEAR_REFUSAL) = CELL(VOICE, REFUSED, DO(TELL)),
        ON(HEAR_REJECTION) = CELL(VOICE, OPEN, DO(TELL)),
        ON(HEAR_ACCEPT) = CELL(GIVEN, ACCEPTED, GIVEN_AWAY | DO(SAY_RLA)),
        ON(DO_INITIATE) = CELL(INITIATED, OPEN, OFFER),
        ON(DO_CALL) = CELL(VOICE, OPEN, DO(CALL)),
        ON(DO_RETRACT) = CELL(RETRACTING, OPEN, QUIET | DO(SAY_RETRACT) | DO(ARM_ANSWER)),
        ON(SEE_CHANGE) = CELL(VOICE, OPEN, NOTHING),
        ON(SEE_CROSSED) = CELL(VOICE, OPEN, DO(TELL)),
    },
    [MACHINE_GIVEN] = {
        ON(HEAR_RLA) = CELL(GIVEN, OPEN, DO(STOP_ANSWER)),
        ON(HEAR_REFUSAL) = CELL(HELD, REFUSED, QUIET | DO(ARM_RETRY) | DO(TAKE) | DO(TELL)),
        ON(HEAR_REJECTION) = CELL(HELD, REFUSED, QUIET | DO(ARM_RETRY) | DO(TAKE) | DO(TELL)),
        ON(HEAR_ACCEPT) = CELL(GIVEN, OPEN, DO(SAY_RLA)),
        ON(DO_RECALL) = CELL(RECALLING, OPEN, DO(SAY_RECALL) | DO(ARM_ANSWER)),
        ON(DUE_UNANSWERED) = CELL(GIVEN, OPEN, DO(TELL)),
        ON(DUE_END) = CELL(CLOSED, OPEN, QUIET | DO(CLOSE)),
        ON(SEE_CHANGE) = CELL(GIVEN, OPEN, NOTHING),
        ON(SEE_TURNBACK) = CELL(GIVEN, OPEN, NOTHING),
        ON(SEE_CROSSED) = CELL(GIVEN, OPEN, DO(ARM_END)),
        ON(SEE_LOST) = CELL(CLOSED, OPEN, QUIET | DO(CLOSE)),
    },
    [MACHINE_RECALLING] = {
        ON(HEAR_RLA) = CELL(HELD, RECALLED, QUIET | DO(ARM_RETRY) | DO(TAKE)),
        ON(HEAR_REFUSAL) = CELL(GIVEN, OPEN, DO(STOP_ANSWER) | DO(TELL)),
        ON(HEAR_REJECTION) = CELL(GIVEN, OPEN, DO(STOP_ANSWER) | DO(TELL)),
        ON(DUE_UNANSWERED) = CELL(RECALLING, OPEN, DO(TELL)),
        ON(DUE_END) = CELL(RECALLING, OPEN, DO(ARM_END)),
        ON(SEE_CHANGE) = CELL(RECALLING, OPEN, NOTHING),
        ON(SEE_TURNBACK) = CELL(RECALLING, OPEN, NOTHING),
        ON(SEE_CROSSED) = CELL(RECALLING, OPEN, DO(TELL)),
        ON(SEE_LOST) = CELL(CLOSED, LOST, QUIET | DO(CLOSE)),
    },
};

#define SILENT (DO(STOP_ANSWER) | DO(STOP_DECIDE))
#define PROPOSAL (DO(LEARN) | DO(PRESENT) | DO(SAY_RLA) | DO(DECIDE) | DO(ARM_END))
#define TAKEN (SILENT | DO(LEARN) | DO(PRESENT) | DO(TAKE) | DO(SAY_RLA) | DO(ARM_END))

static const struct machine_cell receiver[MACHINE_RECEIVER_STATES_COUNT][MACHINE_RECEIVER_EVENTS_COUNT] = {
    [MACHINE_UNHEARD] = {
        ON(HEARD_EST) = CELL(NOTIFIED, OPEN, DO(LEARN) | DO(SAY_LAM) | DO(ARM_DISPLAY) | DO(ARM_END)),
        ON(HEARD_RTI) = CELL(PROPOSED, OPEN, PROPOSAL),
        ON(HEARD_FORCE) = CELL(OWNING, FORCED, TAKEN),
    },
    [MACHINE_NOTIFIED] = {
        ON(HEARD_EST) = CELL(NOTIFIED, OPEN, DO(LEARN) | DO(SAY_LAM) | DO(ARM_DISPLAY) | DO(ARM_END)),
        ON(HEARD_CHG) = CELL(NOTIFIED, OPEN, DO(LEARN) | DO(SAY_LAM) | DO(ARM_DISPLAY) | DO(ARM_END)),
        ON(HEARD_CNL) = CELL(DONE, CANCELLED, SILENT | DO(SAY_LAM) | DO(CLOSE)),
        ON(HEARD_RTI) = CELL(PROPOSED, OPEN, PROPOSAL),
        ON(HEARD_FORCE) = CELL(OWNING, FORCED, TAKEN),
        ON(DUE_DISPLAY) = CELL(SHOWN, OPEN, DO(PRESENT)),
        ON(DUE_OVER) = CELL(DONE, TIMED_OUT, SILENT | DO(CLOSE)),
        ON(SEE_ENTERED) = CELL(NOTIFIED, OPEN, NOTHING),
        ON(SEE_GONE) = CELL(NOTIFIED, OPEN, NOTHING),
    },
    [MACHINE_SHOWN] = {
        ON(HEARD_EST) = CELL(SHOWN, OPEN, DO(LEARN) | DO(SAY_LAM) | DO(PRESENT) | DO(ARM_END)),
        ON(HEARD_CHG) = CELL(SHOWN, OPEN, DO(LEARN) | DO(SAY_LAM) | DO(PRESENT) | DO(ARM_END)),
        ON(HEARD_CNL) = CELL(DONE, CANCELLED, SILENT | DO(SAY_LAM) | DO(CLOSE)),
        ON(HEARD_RTI) = CELL(PROPOSED, OPEN, PROPOSAL),
        ON(HEARD_FORCE) = CELL(OWNING, FORCED, TAKEN),
        ON(HEARD_LRM) = CELL(SHOWN, OPEN, NOTHING),
        ON(DUE_OVER) = CELL(DONE, TIMED_OUT, SILENT | DO(CLOSE)),
        ON(SEE_ENTERED) = CELL(SHOWN, OPEN, NOTHING),
        ON(SEE_GONE) = CELL(SHOWN, OPEN, NOTHING),
    },
    [MACHINE_PROPOSED] = {
        ON(HEARD_CNL) = CELL(DONE, CANCELLED, SILENT | DO(SAY_LAM) | DO(CLOSE)),
        ON(HEARD_RTI) = CELL(PROPOSED, OPEN, DO(LEARN) | DO(SAY_RLA) | DO(ARM_END)),
        ON(HEARD_RTU) = CELL(PROPOSED, OPEN, DO(LEARN)),
        ON(HEARD_RETRACT) = CELL(SHOWN, RETRACTED, SILENT | DO(SAY_RLA)),
        ON(HEARD_FORCE) = CELL(OWNING, FORCED, TAKEN),
        ON(CHOOSE_ACCEPT) = CELL(ACCEPTING, OPEN, SILENT | DO(SAY_ACCEPT) | DO(ARM_ANSWER)),
        ON(CHOOSE_REJECT) = CELL(DECLINED, REFUSED, SILENT | DO(SAY_REFUSED) | DO(ARM_END)),
        ON(DUE_OVER) = CELL(DECLINED, TIMED_OUT, SILENT | DO(SAY_REFUSED) | DO(ARM_END)),
        ON(SEE_ENTERED) = CELL(PROPOSED, OPEN, DO(TELL)),
        ON(SEE_GONE) = CELL(PROPOSED, OPEN, NOTHING),
    },
    [MACHINE_DECLINED] = {
        ON(HEARD_CNL) = CELL(DONE, CANCELLED, SILENT | DO(SAY_LAM) | DO(CLOSE)),
        ON(HEARD_RTI) = CELL(PROPOSED, OPEN, PROPOSAL),
        ON(HEARD_RTU) = CELL(DECLINED, OPEN, NOTHING),
        ON(HEARD_RETRACT) = CELL(DECLINED, OPEN, DO(SAY_RLA)),
        ON(HEARD_FORCE) = CELL(OWNING, FORCED, TAKEN),
        ON(DUE_OVER) = CELL(DONE, OPEN, SILENT | DO(CLOSE)),
        ON(SEE_ENTERED) = CELL(DECLINED, OPEN, NOTHING),
        ON(SEE_GONE) = CELL(DECLINED, OPEN, NOTHING),
    },
    [MACHINE_ACCEPTING] = {
        ON(HEARD_CNL) = CELL(DONE, CANCELLED, SILENT | DO(SAY_LAM) | DO(TELL) | DO(CLOSE)),
        ON(HEARD_RTI) = CELL(ACCEPTING, OPEN, DO(LEARN) | DO(SAY_RLA)),
        ON(HEARD_RTU) = CELL(ACCEPTING, OPEN, DO(LEARN)),
        ON(HEARD_RETRACT) = CELL(SHOWN, RETRACTED, SILENT | DO(SAY_RLA) | DO(TELL)),
        ON(HEARD_FORCE) = CELL(OWNING, FORCED, TAKEN),
        ON(HEARD_RLA) = CELL(OWNING, ACCEPTED, SILENT | DO(TAKE) | DO(ARM_END)),
        ON(HEARD_LRM) = CELL(SHOWN, RETRACTED, SILENT | DO(TELL)),
        ON(DUE_NO_ANSWER) = CELL(ACCEPTING, OPEN, DO(TELL)),
        ON(DUE_OVER) = CELL(ACCEPTING, OPEN, DO(ARM_END)),
        ON(SEE_ENTERED) = CELL(ACCEPTING, OPEN, NOTHING),
        ON(SEE_GONE) = CELL(ACCEPTING, OPEN, NOTHING),
    },
    [MACHINE_OWNING] = {
        ON(HEARD_RECALL) = CELL(SHOWN, RECALLED, SILENT | DO(GIVE) | DO(SAY_RLA)),
        ON(HEARD_RECALL_LATE) = CELL(OWNING, OPEN, DO(SAY_CROSSED)),
        ON(HEARD_RLA) = CELL(OWNING, OPEN, NOTHING),
        ON(HEARD_RTU) = CELL(OWNING, OPEN, NOTHING),
        ON(DUE_OVER) = CELL(DONE, OPEN, SILENT | DO(CLOSE)),
        ON(SEE_ENTERED) = CELL(OWNING, OPEN, NOTHING),
        ON(SEE_GONE) = CELL(DONE, OPEN, SILENT | DO(CLOSE)),
    },
};

/* ---- names ---- */

#define X(name, text) {#name, text},
static const struct { const char *name, *text; } sender_states[] = {MACHINE_SENDER_STATES(X)}, receiver_states[] = {MACHINE_RECEIVER_STATES(X)};
#undef X
#define X(name) #name,
static const char *const sender_events[] = {MACHINE_SENDER_EVENTS(X)}, *const receiver_events[] = {MACHINE_RECEIVER_EVENTS(X)};
#undef X
#define X(name, text) #name,
static const char *const actions[] = {MACHINE_ACTIONS(X)};
#undef X
#define X(name, text) text,
static const char *const outcomes[] = {MACHINE_OUTCOMES(X)};
#undef X

const struct machine_cell *machine_cell(enum machine_side side, unsigned state, unsigned event)
{
    assert(state < machine_states(side) && event < machine_events(side));
    return side == MACHINE_SENDER ? &sender[state][event] : &receiver[state][event];
}

unsigned machine_states(enum machine_side side)
{
    return side == MACHINE_SENDER ? MACHINE_SENDER_STATES_COUNT : MACHINE_RECEIVER_STATES_COUNT;
}

unsigned machine_events(enum machine_side side)
{
    return side == MACHINE_SENDER ? MACHINE_SENDER_EVENTS_COUNT : MACHINE_RECEIVER_EVENTS_COUNT;
}

const char *machine_state_name(enum machine_side side, unsigned state)
{
    return state >= machine_states(side) ? "?" : side == MACHINE_SENDER ? sender_states[state].name : receiver_states[state].name;
}

const char *machine_state_text(enum machine_side side, unsigned state)
{
    return state >= machine_states(side) ? "?" : side == MACHINE_SENDER ? sender_states[state].text : receiver_states[state].text;
}

const char *machine_event_name(enum machine_side side, unsigned event)
{
    return event >= machine_events(side) ? "?" : side == MACHINE_SENDER ? sender_events[event] : receiver_events[event];
}

const char *machine_action_name(unsigned bit)
{
    return bit < MACHINE_ACTION_BITS ? actions[bit] : "?";
}

const char *machine_outcome_name(unsigned outcome)
{
    return outcome < MACHINE_OUTCOMES_COUNT ? outcomes[outcome] : "?";
}

bool machine_is_over(enum machine_side side, unsigned state)
{
    return side == MACHINE_SENDER ? state == MACHINE_CLOSED : state == MACHINE_DONE;
}
