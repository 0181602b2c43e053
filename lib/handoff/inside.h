/* inside: what the desk's files share. dialogue.c feeds the matrices, act.c does what they say; watch.c follows aircraft and predicts; point.c shows
 * aircraft without handing over; keep.c makes records and takes them back; desk.c is the facade. */
#ifndef HANDOFF_INSIDE_H
#define HANDOFF_INSIDE_H

#include "base/heap.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/rng.h"
#include "handoff/desk.h"
#include "handoff/forecast.h"

/* X(NAME, text): the timers of one side of a dialogue. */
#define INSIDE_TIMERS(X)                                                                        \
    X(ESTIMATE, "estimate lead") X(INITIATE, "initiate lead") X(ANSWER, "acknowledgement")      \
    X(ACCEPT, "acceptance") X(UPDATE, "track update") X(CALL, "telephone call") X(DISPLAY, "display lead") \
    X(DECIDE, "controller's decision") X(END, "end")
enum inside_timer {
#define X(name, text) INSIDE_##name,
    INSIDE_TIMERS(X)
#undef X
        INSIDE_TIMERS_COUNT
};

struct transfer {
    uint64_t id;
    uint8_t side, state, outcome, mode, why;
    bool by_voice, accepts, standing, crossed; /* the simulated controller's decision; an offer stands; the boundary was crossed */
    uint8_t misses;              /* forecasts in a row that did not show the crossing */
    int16_t from, to;            /* gives, receives */
    uint32_t serial_out, serial_in, awaiting; /* own last; other's last; own that has to be answered */
    uint32_t offer;              /* receiver: serial of the offer that stands */
    struct handle row;           /* in the ledger; not kept over a restart */
    struct message_flight flight;
    struct message_crossing crossing;
    struct instant said;         /* boundary time that the other side knows */
    double distance_m;           /* to the boundary, when last predicted */
    double speed_mps, sigma_s;   /* when it was offered */
    uint32_t other_track;        /* number at the other side */
    struct instant stamp[MESSAGE_STAMPS], called, agreed;
    struct instant due[INSIDE_TIMERS_COUNT];
};

struct point {
    uint64_t id;
    bool asks;                   /* this side shows; false: it is shown here */
    int16_t from, to;
    struct message_flight flight;
    struct instant due;          /* expires */
};

struct dirty {
    uint32_t count;
    uint32_t *slot;
    uint8_t *is;
};

struct desk {
    struct desk_settings s;
    const struct centres *c;
    struct ledger *ledger;
    struct pool *transfers, *points;
    struct map *by_id;           /* transfers */
    struct heap *timers;         /* slot * INSIDE_TIMERS_COUNT + timer */
    struct plan *plan;           /* ring */
    uint32_t plans;
    struct map *plan_by_callsign, *plan_by_address;
    struct peer *peer[DESK_PEERS];
    uint64_t kept[DESK_PEERS];   /* the last number whose message is in a record */
    struct peer_state kept_state[DESK_PEERS];
    struct message *local;       /* ring of messages between centres of this node */
    uint32_t local_first, local_count;
    struct diary_entry *entry;   /* ring of what was not drained */
    uint32_t entry_first, entry_count;
    struct dirty dirty_row, dirty_transfer;
    uint64_t *gone;              /* keys of transfers that ended since the last drain */
    uint32_t gone_count;
    uint32_t count_of[CENTRE_MAX]; /* transfers begun by each centre */
    uint32_t offers[CENTRE_MAX]; /* standing before each centre */
    struct instant line_free[CENTRE_MAX][CENTRE_MAX][CONTROLLER_LINES]; /* telephone, lower index first */
    struct handle *restored;     /* rows by the slots that the journal's run had them in */
    bool resumed;                /* a journal was read: this run goes on with another's claims */
    struct instant began;        /* first input */
    bool unbound;                /* dialogues of a restart have not met their rows yet */
    struct instant now;
    struct desk_counters counters;
};

#define INSIDE_LOCAL 4096u

/* desk.c */
struct diary_entry desk_entry(const struct desk *d, enum diary_kind kind, int centre, int with);
void desk_put(struct desk *d, const struct diary_entry *e);
const struct plan *desk_plan_of(const struct desk *d, const struct ledger_row *row);

/* dialogue.c */
uint64_t dialogue_key(uint64_t id, unsigned side);
uint32_t dialogue_slot(const struct desk *d, const struct transfer *t);
struct transfer *dialogue_find(const struct desk *d, uint64_t id, enum machine_side side);
/* A new one of this node's own, to be fed; NULL: full. */
struct transfer *dialogue_begin(struct desk *d, struct handle row, int from, int to);
/* As it was before a restart. NULL: full. */
struct transfer *dialogue_restore(struct desk *d, const struct transfer *was);
/* Takes one away without a word. */
void dialogue_forget(struct desk *d, struct transfer *t);
/* An event without a message. False: an empty cell. The transfer may be over afterwards. */
bool dialogue_feed(struct desk *d, struct transfer *t, unsigned event);
void dialogue_hear(struct desk *d, const struct message *m);
void dialogue_expire(struct desk *d, uint32_t entry);
/* Works off the messages between centres of this node. */
void dialogue_run(struct desk *d);

/* act.c */
#define ACT_SERIALS (UINT32_C(1) << 10) /* a receiver's serials begin at the sender's times this: one that began anew is never behind */
/* Every action of the mask, in the order of the bits; heard: the message that led to it, or NULL. */
void act_all(struct desk *d, struct transfer *t, uint64_t actions, const struct message *heard);
void act_say(struct desk *d, struct transfer *t, const struct message *heard, enum message_kind kind, unsigned act_or_reason);
/* An answer where there is no dialogue. */
void act_answer(struct desk *d, const struct message *heard, enum message_kind kind, enum message_reason reason);
void act_send(struct desk *d, int from, int to, const struct message *m);
void act_arm(struct desk *d, struct transfer *t, enum inside_timer timer, struct instant due); /* INSTANT_NONE: stop */
void act_describe(const struct desk *d, const struct ledger_row *row, struct message_flight *out);
void act_entry(struct desk *d, const struct transfer *t, struct diary_entry *e, enum diary_kind kind);
void act_tell(struct desk *d, const struct transfer *t, enum diary_why why);

/* watch.c */
void watch_track(struct desk *d, const struct track_event *e);
void watch_owner(struct desk *d, struct handle row, int owner, enum ledger_how how, uint64_t transfer);
/* The row of the aircraft that a message is about: found, or a new one without a track. */
struct handle watch_bind(struct desk *d, const struct message *m);
/* Predicts one aircraft, and begins, changes or ends its dialogue; late: it has crossed already, unannounced. */
void watch_predict(struct desk *d, struct handle row);

/* point.c */
int point_ask(struct desk *d, struct handle row, int to);
void point_hear(struct desk *d, const struct message *m);
int point_answer(struct desk *d, uint64_t id, bool approve);
struct instant point_deadline(const struct desk *d);
void point_expire(struct desk *d, struct instant now);

/* keep.c */
void keep_mark(struct dirty *list, uint32_t slot);
void keep_drain(struct desk *d, void (*record)(void *context, const uint8_t *bytes, size_t size), void *context, bool whole);
int keep_take(struct desk *d, const uint8_t *bytes, size_t size);

#endif
