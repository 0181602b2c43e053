/* past: a track's last plots, and states to begin again from, so that a late plot is taken in its own place in time.
 *
 * Two states are kept: before the oldest plot, and before the one in the middle. A late plot is put among the others by its time, and the
 * filter runs again from the nearer state before it: exact, at most PAST_PLOTS updates (Bar-Shalom, Chen, Mallick, IEEE TAES 40(1), 2004,
 * call it reprocessing). The value of an old plot decays quickly with newer ones: what is older than the kept past is refused. */
#ifndef TRACK_PAST_H
#define TRACK_PAST_H

#include "estimate/imm.h"
#include "estimate/intersect.h"
#include <stdbool.h>
#include <stdint.h>

#define PAST_PLOTS 16
#define PAST_MIDDLE (PAST_PLOTS / 2)

struct past_plot {
    struct instant time;
    union {
        struct {
            struct measure z;
            struct measure_radial radial;
        };
        struct intersect track; /* with `foreign` */
    };
    bool foreign; /* another system's estimate, fused by intersection */
    bool violent; /* the state was predicted to it by imm_predict_violent */
    unsigned char unused[6];
};

struct past {
    struct imm base, middle; /* before plot[0], before plot[PAST_MIDDLE] */
    uint32_t count, unused;
    struct past_plot plot[PAST_PLOTS];
};

/* Nothing behind it: the track begins, or begins anew, at state m. */
void past_reset(struct past *p, const struct imm *m);
/* Plot q, not before the last one, is about to correct `head` (the state after the last plot, not predicted). */
void past_add(struct past *p, const struct imm *head, const struct past_plot *q);
/* True when a plot at `time` can still be put in. */
bool past_reaches(const struct past *p, struct instant time);
/* The state at `time` (before the head's) from the plots before it; past_reaches must be true. */
void past_at(const struct past *p, struct instant time, struct imm *out);
/* Puts q in its place and runs the filter again: *head is the state after the last plot. past_reaches must be true. */
void past_insert(struct past *p, const struct past_plot *q, struct imm *head);
/* Forgets what was before the latest plot at or before `time` (or the first one kept) and begins anew there, with any velocity that
 * `start` allows; *head is the state after the last plot. False: there is no plot to begin with. */
bool past_restart(struct past *p, struct instant time, const struct imm_start *start, struct imm *head);
/* Everything in another frame, as imm_shift. */
void past_shift(struct past *p, const struct imm_shift *s);

#endif
