/* hypothesis: a small number of global hypotheses over tracks whose plots cannot be told apart yet.
 *
 * Where targets cross, the best assignment of one scan may be wrong, and later plots show it. Each global hypothesis says for every track
 * which of its plots are its own; what a track would be under one such history is a leaf (the caller keeps its state, by number). A scan
 * makes of every hypothesis its k best successors, k by its weight; the lightest of all are given up. It is the track-oriented form of multiple hypothesis
 * tracking (Reid, IEEE TAC 24(6), 1979; Kurien, in Bar-Shalom, Multitarget-Multisensor Tracking, 1990), and with existence probabilities
 * and a Poisson density of new targets exactly the Poisson multi-Bernoulli mixture (Williams, IEEE TAES 51(3), 2015): the gain of a pair
 * is cost_track's, and a track that is there without plots costs log(1 - existence pd).
 *
 * The order of work: hypothesis_update with every leaf against every plot; for each new leaf (hypothesis_leaf) the caller makes the state out of its parent's;
 * hypothesis_begin for plots that may be new targets; hypothesis_drop for leaves whose existence is too small; hypothesis_settle. */
#ifndef ASSOCIATE_HYPOTHESIS_H
#define ASSOCIATE_HYPOTHESIS_H

#include <stdbool.h>
#include <stdint.h>

#define HYPOTHESIS_NONE UINT16_MAX /* of a leaf: the track does not exist there; of a plot: none */

struct hypothesis_limits {
    uint32_t globals; /* kept after a scan */
    uint32_t members; /* tracks */
    uint32_t leaves;
    uint32_t plots;   /* of one scan */
};

struct hypothesis;

/* NULL when memory is short. Begins with one hypothesis of no tracks. */
struct hypothesis *hypothesis_new(const struct hypothesis_limits *limits);
void hypothesis_free(struct hypothesis *h);
void hypothesis_reset(struct hypothesis *h);

/* A track that is there in every hypothesis: its leaf, or HYPOTHESIS_NONE where there is no room. */
uint16_t hypothesis_add(struct hypothesis *h);

/* One scan. gain[leaf * plots + plot]: log likelihood ratio of the plot being the leaf's, as cost_track, -HUGE_VAL where it cannot be;
 * miss[leaf]: log(1 - existence pd). Leaves are numbered anew; hypotheses lighter than `floor` (0..1) times the heaviest are given up. */
struct hypothesis_scan {
    uint32_t plots;
    const double *gain, *miss;
    double floor;
};
void hypothesis_update(struct hypothesis *h, const struct hypothesis_scan *scan);

struct hypothesis_leaf {
    uint16_t member; /* its track */
    uint16_t parent; /* leaf before the scan */
    uint16_t plot;   /* that it took, or HYPOTHESIS_NONE */
};
uint32_t hypothesis_leaves(const struct hypothesis *h);
struct hypothesis_leaf hypothesis_leaf(const struct hypothesis *h, uint16_t leaf);

/* A new track out of a plot of the scan, there in all hypotheses in which nobody else has the plot: its leaf; HYPOTHESIS_NONE where somebody always has
 * it, or where there is no room. */
uint16_t hypothesis_begin(struct hypothesis *h, uint16_t plot);

/* The leaf's track does not exist where it was this leaf. */
void hypothesis_drop(struct hypothesis *h, uint16_t leaf);
/* Hypotheses that have become equal are one; members without leaves are forgotten and their numbers used again. */
void hypothesis_settle(struct hypothesis *h);

/* Number of hypotheses, 0 the heaviest first; weight (sum 1); a member's leaf there. Members' numbers end at hypothesis_members. */
uint32_t hypothesis_globals(const struct hypothesis *h);
double hypothesis_weight(const struct hypothesis *h, uint32_t global);
uint32_t hypothesis_members(const struct hypothesis *h);
uint16_t hypothesis_of(const struct hypothesis *h, uint32_t global, uint16_t member);

#endif
