/* plans: the flight plans that are known, found by who is named in them: by 24-bit address, by callsign and by Mode 3/A code.
 *
 * A fixed number of slots. A plan that has ended more than PLANS_LINGER_S ago (one without times: that came more than PLANS_AGE_S ago) is cleared away as others
 * come. Where there is no room, the plan that ends first of PLANS_VICTIMS slots looked at gives way, those of tracks last. Iteration is by slot. */
#ifndef TRACK_PLANS_H
#define TRACK_PLANS_H

#include "air/plan.h"
#include "base/pool.h"

#define PLANS_LINGER_S 7200.0
#define PLANS_AGE_S 86400.0
#define PLANS_VICTIMS 64

enum plans_key { PLANS_ADDRESS, PLANS_CALLSIGN, PLANS_CODE, PLANS_KEYS };

struct plans_entry {
    struct handle self;
    struct plan plan;              /* with times over all points where any was known */
    struct instant ends;           /* when it is cleared away */
    struct handle track;           /* whose plan it is; HANDLE_NONE: nobody's */
    uint32_t next[PLANS_KEYS];     /* in the chains of its keys */
};

struct plans;

/* capacity 0: keeps none. NULL when memory is short. */
struct plans *plans_new(uint32_t capacity);
void plans_free(struct plans *p);

/* Takes a message (copied): 0; ERR_RANGE: it cannot be (plan_check); ERR_STATE: older than what is known, or a cancellation of what is not; ERR_FULL: it was
 * taken and another one gave way, or, with capacity 0, it was not taken. *entry (may be NULL): the plan as it is now, NULL when there is none. */
int plans_input(struct plans *p, const struct plan *plan, struct instant now, struct plans_entry **entry);
/* Lent until the next plans_input; NULL when it is gone. */
struct plans_entry *plans_find(const struct plans *p, struct handle h);
/* Plans that name the address, callsign or (unshared) code of an identity, each once: how many there are, at most `room` of them in out. */
uint32_t plans_named(const struct plans *p, const struct ident *ident, struct plans_entry **out, uint32_t room);
uint32_t plans_count(const struct plans *p);
/* By slot below plans_end; NULL where there is none. */
struct plans_entry *plans_slot(const struct plans *p, uint32_t slot);
uint32_t plans_end(const struct plans *p);

size_t plans_state_size(const struct plans *p);
void plans_save(const struct plans *p, void *out);
int plans_load(struct plans *p, const void *in, size_t size);

#endif
