/* Evenly over the area: the square of the range is uniform, as is the azimuth, and the azimuth gives the instant. */
#include "sim/world/clutter.h"
#include "base/unit.h"
#include <math.h>

#define NEAREST_M (2 * UNIT_NM)

unsigned clutter_turn(const struct radar *r, struct radar_plot *out, unsigned max)
{
    struct rng rng = radar_stream(r, RADAR_STREAM_CLUTTER);
    unsigned count = (r->site.site.flags & SITE_PRIMARY) ? rng_poisson(&rng, r->site.site.false_plots) : 0;

    if (count > max)
        count = max;
    for (unsigned i = 0; i < count; i++) {
        double part = rng_uniform(&rng), far_m = r->site.site.primary.range_max_m;
        double range_m = sqrt(NEAREST_M * NEAREST_M + rng_uniform(&rng) * (far_m * far_m - NEAREST_M * NEAREST_M));

        radar_primary_plot(r, r->north_s + part * r->site.site.period_s, range_m, 2 * UNIT_PI * part, &rng, &out[i].plot);
        out[i].target = 0;
    }
    return count;
}
