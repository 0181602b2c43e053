/* desk: the facade of the room: one node's centres, their ledger, every dialogue, and the numbering towards each peer node.
 *
 * A function of what it is fed: tracks and plans of the picture, messages of peers, links up and down, commands of controllers, and time. Out come
 * messages, records for the journal, and events with times. Dialogues between two centres of the same node run through the same matrices and the same
 * messages, without a link. Before each input whatever is due is worked off, at the instant it was due; `now` never goes backwards (assert). */
#ifndef HANDOFF_DESK_H
#define HANDOFF_DESK_H

#include "air/plan.h"
#include "air/track.h"
#include "handoff/centre.h"
#include "handoff/controller.h"
#include "handoff/diary.h"
#include "handoff/ledger.h"
#include "handoff/machine.h"
#include "handoff/message.h"
#include "handoff/peer.h"

#define DESK_PEERS 8
#define DESK_HERE 0xff /* host of a centre: this node */
#define DESK_NOWHERE 0xfe /* a centre without a node: it can only be called by voice */

struct desk_settings {
    uint32_t flights, transfers, plans; /* capacities */
    uint32_t window;                /* unacknowledged messages per peer */
    uint32_t outputs;               /* room for what was not drained yet */
    uint8_t host[CENTRE_MAX];       /* of each centre: DESK_HERE, a peer's number, DESK_NOWHERE */
    uint32_t peers;
    struct controller_settings controller[CENTRE_MAX]; /* of each centre here */
    struct voice_settings voice;
    bool calls;                     /* simulate telephone calls; false: people make them and say so (DESK_VOICE) */
    double forecast_period_s;       /* each aircraft is predicted once in so long */
    double horizon_s;               /* how far ahead */
    double update_period_s;         /* RTU */
    double change_s;                /* an estimate that moves by more is said (CHG) */
    double clip_s;                  /* airspace that is only cut for so long is not handed over: point-out */
    double margin_m;                /* nearer than this to another node's airspace nobody claims an aircraft by entry */
    double hold_s;                  /* a transfer is kept so long behind the boundary */
    uint64_t seed, epoch;           /* of simulated controllers; of this run (peer.h) */
};
struct desk_settings desk_settings_default(void);

struct desk;
/* Settings copied; centres lent for life. NULL: memory. */
struct desk *desk_new(const struct desk_settings *s, const struct centres *c);
void desk_free(struct desk *d);

void desk_input_track(struct desk *d, const struct track_event *e, struct instant now);
void desk_input_plan(struct desk *d, const struct plan *p, struct instant now);
/* 0, or message_check's error, or ERR_UNKNOWN (a centre that is not here): counted, and the link goes on. */
int desk_input_message(struct desk *d, uint32_t peer, const struct message *m, struct instant now);
void desk_input_link(struct desk *d, uint32_t peer, bool up, struct instant now);

/* X(NAME, word, text): what a controller can do. ACCEPT and REJECT name an offer to `centre`, the others are of the centre that is responsible. */
#define DESK_COMMANDS(X)                                                                                                \
    X(INITIATE, "initiate", "offer the aircraft to the next centre now") X(ACCEPT, "accept", "take what is offered")   \
    X(REJECT, "reject", "refuse what is offered") X(RETRACT, "retract", "withdraw an offer")                           \
    X(RECALL, "recall", "ask back for what was given") X(FORCE, "force", "give without acceptance")                    \
    X(VOICE, "voice", "given by telephone, typed in afterwards") X(POINT_OUT, "point-out", "show it to another centre, without handing over") \
    X(APPROVE, "approve", "a point-out is understood") X(UNABLE, "unable", "a point-out is rejected")                   \
    X(ASSUME, "assume", "take an aircraft that nobody has, or whose centre the link does not reach") X(END, "end", "give up responsibility")
enum desk_command_kind {
#define X(name, word, text) DESK_##name,
    DESK_COMMANDS(X)
#undef X
        DESK_COMMANDS_COUNT
};
struct desk_command {
    uint8_t kind;            /* enum desk_command_kind */
    int16_t to;              /* INITIATE, FORCE, VOICE, POINT_OUT, ASSUME: centre; CENTRE_NONE: the predicted one */
    uint32_t track;          /* by number, */
    uint64_t transfer;       /* or by transfer (0: by track) */
};
const char *desk_command_word(unsigned kind);
/* 0; ERR_UNKNOWN: no such aircraft or transfer; ERR_DENIED: not responsible, or no agreement; ERR_STATE: not in this state; ERR_FULL. */
int desk_input_command(struct desk *d, const struct desk_command *c, struct instant now);

struct instant desk_deadline(const struct desk *d);
void desk_expire(struct desk *d, struct instant now);

/* What happened, in order; lent for the call. A record has to lie on the disk before any message behind it leaves (desk_restore takes it back);
 * without a journal they are passed over. */
struct desk_sink {
    void (*record)(void *context, const uint8_t *bytes, size_t size);
    void (*message)(void *context, uint32_t peer, const struct message *m);
    void (*event)(void *context, const struct diary_entry *e);
    void *context;
};
void desk_drain(struct desk *d, const struct desk_sink *sink);

/* A restart: every record of the journal, in order (0 or its error), before the first input; then a new journal begins with desk_save, which hands out the
 * whole state as records (slots are numbered anew, so an old journal does not go on). */
int desk_restore(struct desk *d, const uint8_t *bytes, size_t size);
void desk_save(struct desk *d, void (*record)(void *context, const uint8_t *bytes, size_t size), void *context);

/* To look at. */
struct desk_transfer {       /* one side of one dialogue */
    uint64_t id;
    uint8_t side, state, outcome, mode; /* machine.h, centre.h */
    int16_t from, to;        /* centres: gives, receives */
    struct message_flight flight;
    struct message_crossing crossing;
    struct instant stamp[MESSAGE_STAMPS];
};
#define DESK_COUNTERS(X)                                                                                                \
    X(messages_in, "messages of peers taken") X(messages_bad, "refused by their content") X(messages_local, "between centres of this node") \
    X(messages_out, "messages to peers") X(protocol_errors, "empty cells met") X(repeated, "known serials") X(transfers, "dialogues begun") \
    X(closed, "dialogues over") X(told, "people warned") X(conflicts, "claims given up") X(overflow, "victims of full tables") X(lost_entries, "entries nobody drained")
struct desk_counters {
#define X(name, help) uint64_t name;
    DESK_COUNTERS(X)
#undef X
};
const struct ledger *desk_ledger(const struct desk *d);
const struct centres *desk_centres(const struct desk *d);
const struct peer *desk_peer(const struct desk *d, uint32_t peer);
struct desk_counters desk_counters(const struct desk *d);
uint32_t desk_transfers(const struct desk *d); /* one past the highest slot in use */
bool desk_transfer(const struct desk *d, uint32_t slot, struct desk_transfer *out);

#endif
