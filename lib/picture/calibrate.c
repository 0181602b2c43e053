/* calibrate: see the header. Registration learns from aircraft that fly straight at a height they report: there nothing but the sensors' biases
 * and noise stands between the plots of two sensors. */
#include "picture/calibrate.h"

#include "picture/crosscheck.h"
#include <math.h>

#define SMOOTH_RESIDUAL 0.01 /* about the last hundred plots: noise of 70 m becomes 5 m */
#define SAMPLE 4
#define STRAIGHT 0.8         /* probability of constant velocity, for the scatter of plots over two turns */

/* The innovation along and across the sensor's line of sight, smoothed: what is left of its registration. */
static void calibrate_residual(struct picture *p, const struct store_track *t, const struct filter_plot *plot, const struct filter_judgement *j)
{
    struct station *s = &p->station[plot->sensor];
    struct vec3 from = frame_to_enu(&t->anchor, plot->site->frame.origin);
    double e = j->z.east_m - from.x, n = j->z.north_m - from.y, ground = fmax(hypot(e, n), 1.0);
    e /= ground;
    n /= ground;
    double along = j->residual_e_m * e + j->residual_n_m * n, across = j->residual_e_m * n - j->residual_n_m * e;
    s->residual_range_m += SMOOTH_RESIDUAL * (along - s->residual_range_m);
    s->residual_azimuth_rad += SMOOTH_RESIDUAL * (across / ground - s->residual_azimuth_rad);
}

/* The plot and the two before it of the same sensor: how far the middle one lies off their line. */
static void calibrate_scatter(struct picture *p, const struct registration_memory *m, const struct equation_plot *q)
{
    const struct equation_plot *own[2];
    unsigned found = 0;
    for (uint32_t i = m->count; i-- > 0 && found < 2;)
        if (m->plot[i].sensor == q->sensor && m->plot[i].echo == q->echo && instant_before(m->plot[i].time, q->time))
            own[found++] = &m->plot[i];
    if (found == 2)
        noise_add(&p->station[q->sensor].noise, own[1], own[0], q);
}

/* What a straight flight shows: registration and scatter. */
static void calibrate_straight(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    const double *held = registration_held(p->registration, plot->sensor, plot->plot.arrival);
    struct equation_plot q = equation_polar(plot->sensor, plot->site, &plot->plot, &plot->at, held);
    q.adrift = !plot->height_known;
    crosscheck_radar(p, t, plot, &q);
    if (p->settings.sigma_maps && t->imm.probability[0] > STRAIGHT)
        calibrate_scatter(p, &t->seen, &q);
    registration_remember(&t->seen, &q);
}

/* Of a sensor that has had many equations a sample of the tracks is enough, and those that broadcast positions. */
static bool calibrate_wants(const struct picture *p, const struct store_track *t, const struct filter_plot *plot)
{
    return t->trust.state != TRUST_NONE || t->self.slot % SAMPLE == 0 || registration_wants(p->registration, plot->sensor);
}

void calibrate_take(struct picture *p, struct store_track *t, const struct filter_plot *plot, const struct filter_judgement *j)
{
    if (plot->plot.kind > PLOT_POLAR_3D || j->violent)
        return;
    calibrate_residual(p, t, plot, j);
    crosscheck_see(p, t, plot);
    bool moves = (plot->site->flags & SITE_MOVING) || (plot->plot.flags & PLOT_MOVING);
    if (!moves && calibrate_wants(p, t, plot))
        calibrate_straight(p, t, plot);
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

void calibrate_noise(const struct picture *p, uint32_t station, struct plot *plot)
{
    if (p->settings.sigma_maps && plot->kind <= PLOT_POLAR_3D)
        noise_apply(&p->station[station].noise, plot);
}

/* A plot's region is known from its sensor's place and a flat earth well enough. */
void calibrate_height(const struct picture *p, struct filter_plot *plot)
{
    plot->datum = (struct baro_offset){0.0, 0.0};
    if (!(plot->plot.level.flags & LEVEL_PRESSURE))
        return;
    double lat = plot->site->at.lat_rad, lon = plot->site->at.lon_rad;
    if (plot->plot.kind <= PLOT_POLAR_3D) {
        lon += plot->plot.polar.range_m * sin(plot->plot.polar.azimuth_rad) / (FRAME_A * cos(lat));
        lat += plot->plot.polar.range_m * cos(plot->plot.polar.azimuth_rad) / FRAME_A;
    } else {
        lat = plot->plot.geodetic.at.lat_rad;
        lon = plot->plot.geodetic.at.lon_rad;
    }
    plot->datum = baro_at(p->baro, lat, lon, plot->plot.level.pressure_m);
}
