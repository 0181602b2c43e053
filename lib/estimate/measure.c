/* measure: see the header. Rejected: the unscented transform, because the curvature error of the exact conversion is the 0.45 m named there. */
#include "estimate/measure.h"

struct measure measure_cartesian(double east_m, double north_m, double sigma_m)
{
    return (struct measure){.east_m = east_m, .north_m = north_m, .r = {sigma_m * sigma_m, 0.0, sigma_m * sigma_m}};
}

void measure_turn(struct measure *z, double cosine, double sine)
{
    double c = cosine, s = sine, e = z->east_m, n = z->north_m, se = z->slope_e, sn = z->slope_n;
    struct sym2 r = z->r;
    z->east_m = c * e - s * n;
    z->north_m = s * e + c * n;
    z->slope_e = c * se - s * sn;
    z->slope_n = s * se + c * sn;
    z->r.xx = c * c * r.xx - 2.0 * c * s * r.xy + s * s * r.yy;
    z->r.yy = s * s * r.xx + 2.0 * c * s * r.xy + c * c * r.yy;
    z->r.xy = c * s * (r.xx - r.yy) + (c * c - s * s) * r.xy;
}

double measure_up(double east_m, double north_m, double height_m, double radius_m)
{
    /* second order of sqrt((R + h)^2 - d^2) - R; the next term is d^4 / 8 R^3 = 0.02 m at 50 km */
    return height_m - (east_m * east_m + north_m * north_m) / (2.0 * (radius_m + height_m));
}
