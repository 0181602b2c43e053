/* store: all tracks of one picture: slots with generation handles, numbers that are never used again, and the two ways to find a track:
 * by its Mode S address, and by where it is (a gate). */
#ifndef TRACK_STORE_H
#define TRACK_STORE_H

#include "air/track.h"
#include "associate/gate.h"
#include "base/map.h"
#include "base/pool.h"
#include "estimate/vertical.h"
#include "sensor/baro.h"
#include "sensor/registration.h"
#include "track/past.h"
#include "track/trust.h"
#include "track/silence.h"

#define STORE_LOOKS 8 /* sensors that a track is accounted with; the one silent for longest gives way */

#define STORE_REMOTES TRACK_REMOTES

/* One sensor's dealings with one track. */
struct store_look {
    uint16_t sensor;      /* index */
    uint16_t source;      /* SAC << 8 | SIC */
    uint16_t misses;      /* in a row */
    uint16_t unused;
    struct instant last;  /* its last look that was accounted, hit or miss */
    struct instant hit;   /* its last plot */
};

struct store_track {
    /* what every plot touches */
    struct handle self;
    uint32_t number;      /* 0 while tentative */
    uint8_t life;         /* enum life_state */
    uint8_t flags;        /* enum store_flag */
    uint16_t looks;
    double log_odds, log_odds_start;
    struct instant born, last; /* first and latest plot */
    uint32_t plots;
    uint32_t near_count;  /* timer checks in a row that found near_slot too near to be another aircraft */
    uint32_t near_slot;
    uint32_t unused;
    struct imm imm;       /* at the latest plot */
    struct frame anchor;  /* on the ellipsoid */
    double radius_m;
    struct vertical pressure; /* pressure altitude */
    struct baro_offset datum; /* from the one to the other, where it was last */
    struct vertical height;   /* above the ellipsoid, where a sensor measures it */
    struct store_look look[STORE_LOOKS];
    /* who it is and what is reported of it */
    struct ident ident;
    uint16_t mode_a_next; /* a code seen once that differs from ident.mode_a */
    uint8_t mode_a_count, address_count;
    float confidence;
    struct track_remote remote[STORE_REMOTES]; /* what feeds call it; the first `remotes` */
    uint32_t remotes, unused_remote;
    struct silence silence; /* of its transponder */
    struct handle plan;   /* in the picture's plans */
    struct instant plan_due; /* when its plan is sought, or looked at, again */
    struct level level;
    struct instant level_time;
    struct instant age[TRACK_AGES];
    struct past past;
    struct trust trust; /* in the positions it broadcasts */
    struct registration_memory seen; /* for registration */
};

enum store_flag {
    STORE_ADDRESS = 1 << 0,   /* the address map names this track */
    STORE_DUPLICATE = 1 << 1, /* its address belongs to another track */
    STORE_SIMULATED = 1 << 2,
    STORE_SENSED = 1 << 3,    /* a sensor of this node contributed */
};

struct store;

struct store *store_new(uint32_t capacity);
void store_free(struct store *s);

/* A zeroed track in a free slot; NULL when there is none. */
struct store_track *store_add(struct store *s);
void store_remove(struct store *s, struct store_track *t);
/* By slot, NULL where nothing lives; slots end at store_end. */
struct store_track *store_slot(const struct store *s, uint32_t slot);
uint32_t store_end(const struct store *s);
uint32_t store_capacity(const struct store *s);
void store_prefetch(const struct store *s, uint32_t slot);

/* Gives the track its number. */
void store_number(struct store *s, struct store_track *t);

/* The track that owns an address, NULL when none; and making t the owner. */
struct store_track *store_find_address(const struct store *s, uint32_t mode_s);
void store_bind_address(struct store *s, struct store_track *t);

/* The track that a feed knows by a number, NULL when none; making it so at `time` (the feed's other number of it, or where there are too many the one
 * heard longest ago, gives way); and undoing it. */
struct store_track *store_find_remote(const struct store *s, uint16_t source, uint32_t number);
void store_bind_remote(struct store *s, struct store_track *t, uint16_t source, uint32_t number, struct instant time);
void store_unbind_remote(struct store *s, struct store_track *t, uint16_t source);
/* The feed has a number for the track that it used within STORE_REMOTE_S before `time`: another number of it is another aircraft. */
#define STORE_REMOTE_S 15.0
bool store_has_remote(const struct store_track *t, uint16_t source, struct instant time);

/* The meridian convergence between the track's anchor and a longitude: how east and north there are turned against the anchor's,
 * anticlockwise positive. Without trigonometry within 3 degrees. */
struct store_turn {
    double cosine, sine;
};
struct store_turn store_convergence(const struct store_track *t, double lon_rad);

/* Puts the track into the gate where its state at `time` is; takes it out of the gate. */
void store_place(struct store *s, struct store_track *t, struct instant time);
void store_hide(struct store *s, struct store_track *t);
struct gate *store_gate(struct store *s);

/* The sensor's look, NULL when it has none; and one for it, made where it is missing. */
struct store_look *store_find_look(struct store_track *t, uint16_t sensor);
struct store_look *store_add_look(struct store_track *t, uint16_t sensor);

size_t store_state_size(const struct store *s);
void store_save(const struct store *s, void *out);
int store_load(struct store *s, const void *in, size_t size);

#endif
