/* Each pair is judged once, by a stream of its own. Mixed codes have the pulses of both, and the radar marks them; exchanged ones look as good as any. */
#include "sim/world/garble.h"
#include "base/unit.h"
#include <math.h>

static bool plain_reply(const struct radar_plot *p)
{
    return p->kind == RADAR_PLOT_TARGET && ident_has(&p->plot.ident, IDENT_MODE_A) && !(p->plot.flags & PLOT_MODE_S);
}

static void mark(struct radar_plot *p)
{
    p->kind = RADAR_PLOT_GARBLED;
    p->plot.ident.flags |= IDENT_A_GARBLED;
    p->plot.level.flags |= LEVEL_GARBLED;
}

static void mix(const struct radar *r, struct radar_plot *a, struct radar_plot *b)
{
    const struct quirks *q = &r->site.quirks;
    struct rng rng = radar_stream(r, RADAR_STREAM_GARBLE), pair = rng_stream(rng_next(&rng), (uint64_t)a->target << 32 | b->target);
    double draw = rng_uniform(&pair);
    uint16_t code = a->plot.ident.mode_a;

    if (draw < q->garble) {
        a->plot.ident.mode_a |= b->plot.ident.mode_a;
        b->plot.ident.mode_a |= code;
        mark(a);
        mark(b);
    } else if (draw < q->garble + (1 - q->garble) * q->swap && code != b->plot.ident.mode_a) {
        a->plot.ident.mode_a = b->plot.ident.mode_a;
        b->plot.ident.mode_a = code;
        a->kind = b->kind = RADAR_PLOT_SWAPPED;
    }
}

void garble_turn(const struct radar *r, struct radar_plot *plots, unsigned count)
{
    const struct quirks *q = &r->site.quirks;
    double beam_s = GARBLE_BEAM_RAD / (2 * UNIT_PI) * r->site.site.period_s;

    if (!(q->garble > 0) && !(q->swap > 0))
        return;
    for (unsigned i = 0; i < count; i++)
        for (unsigned j = i + 1; j < count && instant_diff(plots[j].plot.time, plots[i].plot.time) < beam_s; j++) {
            bool both = plain_reply(&plots[i]) && plain_reply(&plots[j]) && plots[i].target != plots[j].target;
            if (both && fabs(plots[i].plot.polar.range_m - plots[j].plot.polar.range_m) < GARBLE_RANGE_M)
                mix(r, &plots[i], &plots[j]);
        }
}
