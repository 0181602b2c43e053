/* continuity: whether an aircraft keeps one track as long as it should be seen, instant by instant.
 *
 * A switch: the track at an instant is another one than the last that held it. A break: it has a track again after instants without. A segment: instants
 * on end with the same track. A gap, as a list shows it: instants on end in the air without a track, whether or not the aircraft could be seen. */
#ifndef SCORE_CONTINUITY_H
#define SCORE_CONTINUITY_H

#include "score/match.h"
#include <stdbool.h>
#include <stdint.h>

/* One aircraft's life among the instants at which it counts; begins zeroed. */
struct continuity_life {
    uint32_t instants, held;     /* at which it counted; with a track of them */
    uint32_t first;              /* instants before its first track */
    double begin_s, first_s;     /* time of its first instant, and of its first track */
    uint32_t last;               /* its last track; meaningful when held > 0 */
    uint32_t segment, longest_segment;
    uint32_t gap, longest_gap;   /* after its first track */
    uint32_t long_gaps;          /* instants in gaps of at least `long_gap` instants */
    uint32_t switches, breaks;
    uint32_t large, correlated;  /* large errors on end; instants in sets of three or more of them */
};

/* The next instant at which it counts: its track, or MATCH_NONE. */
void continuity_instant(struct continuity_life *l, double time_s, uint32_t track, uint32_t long_gap);
/* The error of that track. */
void continuity_error(struct continuity_life *l, bool large);

struct continuity_gap {
    uint32_t target, before, after; /* tracks; MATCH_NONE: none yet, never again */
    double start_s, end_s;          /* first instant without; with one again (or the last in the air) */
    double seen_s;                  /* of that time it could be seen */
    struct match_state at;          /* where it was at the start */
};

/* One aircraft while it is in the air; begins zeroed. */
struct continuity_watch {
    bool open, tracked;
    struct continuity_gap gap; /* before holds its track when there is no gap */
};

struct continuity_look {
    double time_s, step_s; /* of the instant; how long it lasts */
    uint32_t track;        /* MATCH_NONE: none */
    bool seen;
};
/* The next instant in the air. True when a gap has ended: *out. */
bool continuity_watch(struct continuity_watch *w, const struct continuity_look *look, const struct match_state *truth, struct continuity_gap *out);

#endif
