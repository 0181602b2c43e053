/* continuity: see the header. */
#include "score/continuity.h"

#define CORRELATED 3 /* large errors on end that ESASSP calls correlated */

static void continuity_held(struct continuity_life *l, double time_s, uint32_t track)
{
    bool same = l->held > 0 && l->last == track;
    if (l->held == 0) {
        l->first = l->instants;
        l->first_s = time_s;
    } else {
        l->switches += !same;
        l->breaks += l->gap > 0;
    }
    l->segment = same && l->gap == 0 ? l->segment + 1 : 1;
    l->longest_segment = l->segment > l->longest_segment ? l->segment : l->longest_segment;
    l->last = track;
    l->gap = 0;
    l->held++;
}

void continuity_instant(struct continuity_life *l, double time_s, uint32_t track, uint32_t long_gap)
{
    if (l->instants == 0)
        l->begin_s = time_s;
    if (track != MATCH_NONE)
        continuity_held(l, time_s, track);
    else if (l->held > 0) {
        l->gap++;
        l->longest_gap = l->gap > l->longest_gap ? l->gap : l->longest_gap;
        l->long_gaps += l->gap == long_gap ? long_gap : l->gap > long_gap;
        l->large = 0;
    }
    l->instants++;
}

void continuity_error(struct continuity_life *l, bool large)
{
    l->large = large ? l->large + 1 : 0;
    l->correlated += l->large == CORRELATED ? CORRELATED : l->large > CORRELATED;
}

static void watch_without(struct continuity_watch *w, const struct continuity_look *look, const struct match_state *truth)
{
    if (!w->open) {
        uint32_t before = w->tracked ? w->gap.before : MATCH_NONE;
        w->gap = (struct continuity_gap){.target = truth->id, .before = before, .after = MATCH_NONE, .start_s = look->time_s, .at = *truth};
    }
    w->open = true;
    w->gap.end_s = look->time_s;
    w->gap.seen_s += look->seen ? look->step_s : 0;
}

bool continuity_watch(struct continuity_watch *w, const struct continuity_look *look, const struct match_state *truth, struct continuity_gap *out)
{
    bool ended = w->open && look->track != MATCH_NONE;
    if (look->track == MATCH_NONE) {
        watch_without(w, look, truth);
        return false;
    }
    if (ended) {
        w->gap.after = look->track;
        w->gap.end_s = look->time_s;
        *out = w->gap;
    }
    w->gap.before = look->track;
    w->open = false;
    w->tracked = true;
    return ended;
}
