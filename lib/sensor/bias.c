/* bias: three numbers taken out of a plot, and put in. */
#include "sensor/bias.h"

#include <math.h>

static bool is_polar(const struct plot *p)
{
    return p->kind == PLOT_POLAR || p->kind == PLOT_POLAR_LEVEL || p->kind == PLOT_POLAR_3D;
}

void bias_remove(const struct bias *b, struct plot *p)
{
    p->time = instant_add(p->time, -b->time_s);
    if (!is_polar(p))
        return;
    struct plot_polar *polar = &p->polar;
    polar->range_m = fmax(0.0, (polar->range_m - b->range_m) / (1.0 + b->gain));
    polar->azimuth_rad = frame_azimuth(polar->azimuth_rad - b->azimuth_rad);
    if (polar->sigma_range_m > 0.0) {
        double gain_m2 = polar->range_m * polar->range_m * b->var_gain;
        polar->sigma_range_m = sqrt(polar->sigma_range_m * polar->sigma_range_m + b->var_range_m2 + gain_m2);
    }
    if (polar->sigma_azimuth_rad > 0.0)
        polar->sigma_azimuth_rad = sqrt(polar->sigma_azimuth_rad * polar->sigma_azimuth_rad + b->var_azimuth_rad2);
}

void bias_add(const struct bias *b, struct plot *p)
{
    p->time = instant_add(p->time, b->time_s);
    if (!is_polar(p))
        return;
    p->polar.range_m = fmax(0.0, p->polar.range_m * (1.0 + b->gain) + b->range_m);
    p->polar.azimuth_rad = frame_azimuth(p->polar.azimuth_rad + b->azimuth_rad);
}
