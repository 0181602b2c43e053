/* start: plots that belong to no track wait here for a second one; two that fit begin a track.
 *
 * A lone plot is found by its Mode S address or by where it is, in a gate wide enough for 900 m/s and with no lower speed limit (a balloon
 * is an aircraft). Two plots fit when their distance is likely for an aircraft of unknown velocity, weighed with identity and height against
 * the density of false and of other new plots: whether the pair is believed is a matter of likelihood, not of counting. Lone plots leave
 * in the order in which they came, after their sensor had START_TURNS more turns; where the pool is full the oldest leaves earlier. */
#ifndef TRACK_START_H
#define TRACK_START_H

#include "track/filter.h"

/* Prior log odds of a lone plot being an aircraft, by what speaks for it. */
#define START_PRIMARY (-5.3)   /* 1 : 200: dozens of false echoes a turn against one new aircraft in several turns */
#define START_SECONDARY 0.0    /* 1 : 1: asynchronous replies and reflections are about as many as new aircraft */
#define START_ADDRESS 2.2      /* 9 : 1: the address passed its parity check */
#define START_DUPLICATE (-2.2) /* 1 : 9: an address that flies elsewhere already is mostly a reflection */

#define START_TURNS 2.5
#define START_AGE_S 30.0       /* and this at most: 2.5 turns of the slowest antenna; where the turn is not known, this */
#define START_NONE UINT32_MAX

struct start;

struct start *start_new(uint32_t capacity);
void start_free(struct start *s);

struct start_plot {
    struct plot plot;
    struct slant_place at;
    struct instant until;  /* no longer of use after it */
    uint16_t sensor;
    bool height_fixed, height_known, live, duplicate;
    uint8_t unused[2];
};

/* Keeps the plot; until: see above. duplicate: a track owns its address. *left gets the plot that had to make room or whose time is over
 * (call start_next for more), live as long as nothing is added. */
void start_add(struct start *s, const struct filter_plot *p, struct instant until, bool duplicate);
/* The next plot whose time is over at now: taken out, lent until the next start_add. NULL: none. */
const struct start_plot *start_next(struct start *s, struct instant now);
void start_remove(struct start *s, uint32_t slot);
/* A plot by slot (lent); NULL where none is. */
const struct start_plot *start_slot(const struct start *s, uint32_t slot);

/* Slots near a plot, as gate_find; and the one of its address, START_NONE when none. */
uint32_t start_find(struct start *s, const struct gate_plot *place, uint32_t *slots, uint32_t max);
uint32_t start_find_address(const struct start *s, uint32_t mode_s);

/* Log likelihood that the second plot is one of the aircraft of the first, density in 1/m2 over positions; -HUGE_VAL outside the gate. */
double start_log_likelihood(const struct start_plot *first, const struct filter_plot *second);
/* Prior log odds of a plot being an aircraft, as above. */
double start_odds(const struct plot *p, bool duplicate);

/* Fills a zeroed track from a lone plot. */
void start_track(struct store_track *t, const struct start_plot *first, const struct site *site);
size_t start_state_size(const struct start *s);
void start_save(const struct start *s, void *out);
int start_load(struct start *s, const void *in, size_t size);

#endif
