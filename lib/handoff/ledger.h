/* ledger: who is responsible for which aircraft, at this node.
 *
 * A row per aircraft that the picture shows or that a peer announced. `owner` is what this node believes; where the owner is a centre of this
 * node (`ours`), it is a claim: among all nodes at most one has a claim on an aircraft, or none while a message carries it over. */
#ifndef HANDOFF_LEDGER_H
#define HANDOFF_LEDGER_H

#include "air/plan.h"
#include "air/track.h"
#include "base/instant.h"
#include "base/pool.h"
#include <stddef.h>

/* X(name, text): how responsibility came. */
#define LEDGER_HOWS(X)                                              \
    X(NOBODY, "nobody") X(ENTRY, "entry") X(PLAN, "plan") X(HANDOFF, "handoff") X(FORCE, "force") X(VOICE, "voice") X(TAKEN_BACK, "recall") \
    X(PLACE, "place") X(COMMAND, "command")
enum ledger_how {
#define X(name, text) LEDGER_##name,
    LEDGER_HOWS(X)
#undef X
        LEDGER_HOWS_COUNT
};

/* The part of a row that survives. */
struct ledger_claim {
    int16_t owner, sector;     /* centre (handoff/centre.h) or CENTRE_NONE */
    uint8_t ours;              /* the owner is a centre of this node: a claim */
    uint8_t how;               /* enum ledger_how */
    struct instant since;
    uint64_t transfer;         /* that brought it; 0 none */
    uint64_t outgoing;         /* transfer by which this node hands it over now; 0 none */
    struct ident ident;
};

struct ledger_row {
    uint32_t track;            /* number in this node's picture; 0: none of ours yet (announced, or left by a restart) */
    uint32_t plan;             /* slot of its plan + 1; 0 none */
    struct ledger_claim claim;
    struct instant time;       /* of at */
    struct geodetic at;
    double east_mps, north_mps, climb_mps;
    double cov[TRACK_COVS];
    struct level level;
    bool coasting;
    bool announced;            /* another node has said something of it */
    bool doubtful;             /* first seen just after a restart: another node may have it */
    int16_t inside;            /* centre whose airspace it is in; CENTRE_NONE: outside */
    struct instant forecast;   /* when it was last predicted; INSTANT_NONE */
    struct instant waits;      /* since when it has no owner inside a centre; INSTANT_NONE */
};

struct ledger;

struct ledger *ledger_new(uint32_t capacity);
void ledger_free(struct ledger *l);

/* A row by its track's number, or by identity: address, else callsign, else (within 20 km of `at`, code equal) the nearest. HANDLE_NONE. */
struct handle ledger_find_track(const struct ledger *l, uint32_t track);
struct handle ledger_find_ident(const struct ledger *l, const struct ident *ident, struct geodetic at);
/* A new row (track 0: none yet); HANDLE_NONE when full. */
struct handle ledger_add(struct ledger *l, uint32_t track, const struct ident *ident);
void ledger_remove(struct ledger *l, struct handle h);
/* The row (lent until removed), or NULL. Its track and claim.ident are changed by the two functions below alone: they are indexed. */
struct ledger_row *ledger_row(const struct ledger *l, struct handle h);
void ledger_set_track(struct ledger *l, struct handle h, uint32_t track);
void ledger_set_ident(struct ledger *l, struct handle h, const struct ident *ident);

/* Rows by slot: for (s = 0; s < ledger_end(l); s++) if ((row = ledger_slot(l, s, &h))) … */
uint32_t ledger_end(const struct ledger *l);
struct ledger_row *ledger_slot(const struct ledger *l, uint32_t slot, struct handle *h);
uint32_t ledger_count(const struct ledger *l);
const char *ledger_how_name(unsigned how);

/* A claim as bytes (explicit, little-endian, the same on every machine) and back: octets written (at most LEDGER_CLAIM_SIZE); 0 or ERR_LENGTH, ERR_RANGE,
 * ERR_VERSION. The row that comes back has no track: it is bound when the picture shows the aircraft again. */
#define LEDGER_CLAIM_SIZE 96
size_t ledger_encode(const struct ledger_claim *c, uint8_t out[LEDGER_CLAIM_SIZE]);
int ledger_decode(const uint8_t *bytes, size_t size, struct ledger_claim *out);

#endif
