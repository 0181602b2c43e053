/* calibrate: see the header. Registration learns from aircraft that fly straight at a height they report: there nothing but the sensors' biases
 * and noise stands between the plots of two sensors. */
#include "picture/calibrate.h"

#include <math.h>

#define SMOOTH_RESIDUAL 0.01 /* about the last hundred plots: noise of 70 m becomes 5 m */
#define STRAIGHT 0.5         /* probability of constant velocity */

/* The innovation along and across the sensor's line of sight, smoothed: what is left of its registration. */
static void calibrate_residual(struct picture *p, const struct filter_plot *plot, const struct filter_judgement *j)
{
    struct station *s = &p->station[plot->sensor];
    double sine = sin(plot->plot.polar.azimuth_rad), cosine = cos(plot->plot.polar.azimuth_rad);
    double along = j->residual_e_m * sine + j->residual_n_m * cosine, across = j->residual_e_m * cosine - j->residual_n_m * sine;
    s->residual_range_m += SMOOTH_RESIDUAL * (along - s->residual_range_m);
    s->residual_azimuth_rad += SMOOTH_RESIDUAL * (across / plot->plot.polar.range_m - s->residual_azimuth_rad);
}

static void calibrate_registration(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    if (!plot->height_known || t->imm.probability[0] < STRAIGHT || (plot->site->flags & SITE_MOVING) || (plot->plot.flags & PLOT_MOVING))
        return;
    const double *held = registration_held(p->registration, plot->sensor, plot->plot.arrival);
    struct equation_plot q = equation_polar(plot->sensor, plot->site, &plot->plot, &plot->at, held);
    double x[KALMAN_STATES];
    imm_mean(&t->imm, x);
    struct store_turn turn = store_convergence(t, plot->at.at.lon_rad);
    double ve = turn.cosine * x[KALMAN_VE] + turn.sine * x[KALMAN_VN], vn = turn.cosine * x[KALMAN_VN] - turn.sine * x[KALMAN_VE];
    registration_input(p->registration, &t->seen, &q, ve, vn);
}

void calibrate_take(struct picture *p, struct store_track *t, const struct filter_plot *plot, const struct filter_judgement *j)
{
    if (plot->plot.kind > PLOT_POLAR_3D || j->violent)
        return;
    calibrate_residual(p, plot, j);
    if (p->settings.registration)
        calibrate_registration(p, t, plot);
}

void calibrate_plot(struct picture *p, uint32_t station, struct plot *plot)
{
    struct bias b = site_table_at(p->sites, station)->bias;
    if (p->settings.registration) {
        registration_solve(p->registration, (uint16_t)station, p->now);
        struct bias found = registration_bias(p->registration, (uint16_t)station, p->now);
        b.range_m += found.range_m;
        b.gain += found.gain;
        b.azimuth_rad += found.azimuth_rad;
        b.time_s += found.time_s;
    }
    bias_remove(&b, plot);
}
