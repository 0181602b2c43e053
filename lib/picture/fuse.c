/* fuse: see the header. */
#include "picture/fuse.h"

#include "picture/course.h"
#include "track/identity.h"
#include <math.h>

#define SAME 18.5    /* chi-square, 4 degrees of freedom, 99.9 %: position and velocity */
#define STAYS 60.0   /* of a number that was ours before: its tracker may have lost a turn that ours has not */
#define LEVELS_M 300.0

/* Identity and level do not say that they are two. */
static bool compatible(const struct picture *p, const struct store_track *t, const struct plot *plot)
{
    if (p->settings.identity && !identity_compatible(&t->ident, &plot->ident))
        return false;
    bool levels = level_trusted(&plot->level) && t->pressure.plots;
    return !levels || fabs(t->pressure.height_m - plot->level.pressure_m) < LEVELS_M + fabs(t->pressure.climb_mps) * fabs(instant_diff(plot->time, t->pressure.time));
}

static struct store_track *nearest(struct picture *p, const struct filter_plot *plot)
{
    uint32_t slots[INSIDE_CANDIDATES], found = gate_find(store_gate(p->store), &plot->place, slots, INSIDE_CANDIDATES);
    struct store_track *best = NULL;
    double least = SAME;
    for (uint32_t i = 0; i < found && i < INSIDE_CANDIDATES; i++) {
        struct store_track *t = store_slot(p->store, slots[i]);
        double distance;
        if (store_has_remote(t, plot->plot.source, plot->plot.time) || !compatible(p, t, &plot->plot))
            continue;
        if (filter_distance(t, plot, &distance) && distance < least) {
            least = distance;
            best = t;
        }
    }
    return best;
}

/* The track that the plot is of; NULL: none yet. */
static struct store_track *find(struct picture *p, const struct filter_plot *plot)
{
    const struct plot *raw = &plot->plot;
    struct store_track *t = store_find_remote(p->store, raw->source, raw->geodetic.number);
    double distance;
    if (t && compatible(p, t, raw) && filter_distance(t, plot, &distance) && distance < STAYS)
        return t;
    if (t)
        store_unbind_remote(p->store, t, raw->source);
    t = p->settings.identity && ident_has(&raw->ident, IDENT_MODE_S) ? store_find_address(p->store, raw->ident.mode_s) : NULL;
    if (t && filter_distance(t, plot, &distance) && distance < STAYS)
        return t;
    return nearest(p, plot);
}

bool fuse_take(struct picture *p, const struct filter_plot *plot)
{
    struct store_track *t = find(p, plot);
    if (!t)
        return false;
    p->counters.tracks_fused++;
    if (plot->plot.flags & PLOT_END)
        store_unbind_remote(p->store, t, plot->plot.source);
    else
        store_bind_remote(p->store, t, plot->plot.source, plot->plot.geodetic.number, plot->plot.time);
    course_fuse(p, t, plot);
    return true;
}
