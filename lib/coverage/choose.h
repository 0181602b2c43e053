/* choose: which candidates, added to what is there, close most weighted gap within a budget.
 *
 * The gain of a set is the weight of the places that it sees and that nobody saw: a monotone submodular function. Greedy choice by gain (or by gain
 * per cost, the better of the two) with lazy evaluation (Minoux 1978; Leskovec et al., KDD 2007); the bound on the best possible is the one that the
 * greedy itself yields: at every step, what is there plus the best fractional filling of the whole budget with present gains. */
#ifndef COVERAGE_CHOOSE_H
#define COVERAGE_CHOOSE_H

#include "coverage/volume.h"

#define CHOOSE_CANDIDATES 512

struct choose_candidate {
    const struct view *view; /* NULL: sees nothing */
    double cost;             /* positive */
};
/* Weight of each place: 0 where somebody sees it already. Of a kind and the layers whose bits are set: by air (m3), or by area (m2). */
struct choose_weight {
    double kind[SIGHT_KINDS]; /* weight of a kind's gap */
    unsigned layers;
    bool by_area;
};

struct choose_result {
    unsigned count;
    uint32_t chosen[CHOOSE_CANDIDATES]; /* in the order of the choice */
    double gain[CHOOSE_CANDIDATES];     /* of each, when it was chosen */
    double total, cost;
    double bound;                       /* no set within the budget gains more */
    double all;                         /* the gain of all candidates together */
};

/* The working space: places that the candidates see and nobody in v does, with their weights. NULL when memory is short. */
struct choose;
struct choose *choose_new(const struct volume *v, const struct choose_candidate *candidate, uint32_t candidates, const struct choose_weight *weight);
void choose_free(struct choose *c);

void choose_greedy(const struct choose *c, double budget, struct choose_result *out);
/* Gain of a set of candidates (indices). */
double choose_gain(const struct choose *c, const uint32_t *set, uint32_t count);

/* Places that the same candidates see are one element: for the exact optimum. Element i < choose_elements: its weight and the candidates that see it
 * (ascending; lent). */
uint32_t choose_elements(const struct choose *c);
double choose_element(const struct choose *c, uint32_t element, const uint16_t **seen_by, uint32_t *count);

#endif
