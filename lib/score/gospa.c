/* gospa: see the header. */
#include "score/gospa.h"

#include <math.h>

void gospa_pair(struct gospa *g, double distance_m)
{
    g->near_m2 += distance_m * distance_m;
}

void gospa_miss(struct gospa *g)
{
    g->missed += 1;
}

void gospa_false(struct gospa *g, uint32_t count)
{
    g->extra += count;
}

void gospa_switch(struct gospa *g, uint32_t count)
{
    g->switches += count;
}

void gospa_end(struct gospa *g, double cutoff_m)
{
    double square_m2 = g->near_m2 + 0.5 * cutoff_m * cutoff_m * (g->missed + g->extra);
    g->sum_m2 += square_m2;
    g->sum_root_m += sqrt(square_m2);
    g->sum_near_m2 += g->near_m2;
    g->sum_missed += g->missed;
    g->sum_extra += g->extra;
    g->sum_switches += g->switches;
    g->instants++;
    g->near_m2 = g->missed = g->extra = g->switches = 0;
}

struct gospa_result gospa_result(const struct gospa *g, double cutoff_m, double switch_m)
{
    double n = g->instants ? (double)g->instants : (double)NAN, half = 0.5 * cutoff_m * cutoff_m;
    return (struct gospa_result){
        .rms_m = sqrt(g->sum_m2 / n),
        .mean_m = g->sum_root_m / n,
        .near_m = sqrt(g->sum_near_m2 / n),
        .missed_m = sqrt(half * g->sum_missed / n),
        .false_m = sqrt(half * g->sum_extra / n),
        .missed = g->sum_missed / n,
        .extra = g->sum_extra / n,
        .trajectory_m = sqrt((g->sum_m2 + switch_m * switch_m * g->sum_switches) / n),
    };
}
