/* vertical: see the header. */
#include "estimate/vertical.h"

#include <math.h>

/* Levelling off from 15 m/s takes about 15 s, some 1 m/s2 for that time in one minute of ten: 1^2 * 15 * 0.1. */
#define PSD_M2_S3 1.5
#define CLIMB_SIGMA_MPS 10.0   /* before two heights are known: transport aircraft climb up to 20 m/s */
#define GARBLED_NIS 25.0       /* 5 sigma */
#define GARBLED_SHARE 0.01     /* of Mode C replies that are wrong though validated: ED-142 allows 1 % */
#define HEIGHTS_M 15000.0      /* heights that aircraft use: the density of any height is one over this */

void vertical_predict(struct vertical *v, struct instant to)
{
    if (v->plots == 0 || !instant_before(v->time, to))
        return;
    double t = instant_diff(to, v->time);
    v->height_m += t * v->climb_mps;
    v->hh += t * (2.0 * v->hv + t * v->vv) + PSD_M2_S3 * t * t * t / 3.0;
    v->hv += t * v->vv + PSD_M2_S3 * t * t / 2.0;
    v->vv += PSD_M2_S3 * t;
    v->time = to;
}

static void vertical_start(struct vertical *v, struct instant time, double height_m, double variance_m2)
{
    *v = (struct vertical){.time = time, .height_m = height_m, .hh = variance_m2, .vv = CLIMB_SIGMA_MPS * CLIMB_SIGMA_MPS, .plots = 1};
}

bool vertical_update(struct vertical *v, struct instant time, double height_m, double variance_m2)
{
    if (v->plots == 0) {
        vertical_start(v, time, height_m, variance_m2);
        return true;
    }
    vertical_predict(v, time);
    double y = height_m - v->height_m, s = v->hh + variance_m2;
    if (y * y > GARBLED_NIS * s) {
        if (v->refused++ == 0)
            return false;
        vertical_start(v, v->time, height_m, variance_m2);
        return true;
    }
    double gh = v->hh / s, gv = v->hv / s;
    v->height_m += gh * y;
    v->climb_mps += gv * y;
    v->vv -= gv * v->hv;
    v->hv -= gh * v->hv;
    v->hh -= gh * v->hh;
    v->plots++;
    v->refused = 0;
    return true;
}

double vertical_log_ratio(const struct vertical *v, struct instant time, double height_m, double variance_m2)
{
    if (v->plots == 0)
        return 0.0;
    struct vertical at = *v;
    vertical_predict(&at, time);
    double y = height_m - at.height_m, s = at.hh + variance_m2;
    double density = exp(-0.5 * y * y / s) / sqrt(2.0 * 3.141592653589793 * s);
    return log((1.0 - GARBLED_SHARE) * density * HEIGHTS_M + GARBLED_SHARE);
}
