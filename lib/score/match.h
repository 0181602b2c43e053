/* match: which track belongs to which aircraft at one instant, in the three senses that measures need.
 *
 * - paired: the optimal assignment of GOSPA (p 2, alpha 2): the sum of squared distances and of cutoff^2 / 2 for everything left alone is least.
 * - held:   the one-to-one association that continuity is judged by: within the gate, and a partner that is not the former one costs stick^2 more.
 * - near:   the aircraft that a track belongs to for SIAP: the one that holds it, else the nearest within the gate; several tracks may share one.
 * Distances are great circles on a sphere of 6 371 008.8 m (IUGG mean radius), heights ignored: a definition, so that judges agree.
 * Rahmathullah, García-Fernández, Svensson: Generalized optimal sub-pattern assignment metric (FUSION 2017). */
#ifndef SCORE_MATCH_H
#define SCORE_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#define MATCH_NONE UINT32_MAX
#define MATCH_RADIUS_M 6371008.8

struct match_state {
    uint32_t id; /* of the aircraft below `targets`, of the track below `tracks` */
    double lat_rad, lon_rad;
    double alt_m, north_mps, east_mps; /* NaN: not known */
    bool aside; /* of an aircraft that does not count: a track that it holds is near to whichever aircraft is nearest */
};

struct match_settings {
    double cutoff_m, gate_m, stick_m;
    uint32_t targets, tracks;               /* ids in all */
    uint32_t targets_at_once, tracks_at_once;
};

struct match;

/* NULL when memory is short. */
struct match *match_new(const struct match_settings *s);
void match_free(struct match *m);

/* The state age_s later at its own velocity; where that is not known, unchanged. */
void match_extrapolate(struct match_state *s, double age_s);

/* Indices into the arrays that were given; lent until the next call. */
struct match_result {
    const uint32_t *paired;   /* per aircraft: its track */
    const double *paired_m;
    const uint32_t *held;     /* per aircraft: its track */
    const double *held_m;
    const uint32_t *near;     /* per track: its aircraft */
    const double *near_m;
    uint32_t pairs;           /* made by GOSPA's assignment */
    uint32_t switches;        /* aircraft whose holding track is another one than their last */
    uint32_t swaps;           /* tracks that hold another aircraft than their last */
    uint32_t inexact;         /* clusters too large for the optimum, and pairs that found no room */
};

/* One instant; call in the order of time. Each id at most once in its array; at most targets_at_once and tracks_at_once. */
struct match_result match_instant(struct match *m, const struct match_state *targets, uint32_t n, const struct match_state *tracks, uint32_t k);

#endif
