/* filter: one plot against one track: the plot as a measurement in the track's frame, how likely it is, and the correction by it.
 *
 * The height that a slant range needs comes from the best that is known, in this order: the plot's own Mode C or measured height, the
 * track's vertical filter, and where neither exists the sixth state of the track's filter, which is resolved by
 * ranges of several radars (its prior: slant_prior). Late plots are judged and taken in their own place in time through the track's past. */
#ifndef TRACK_FILTER_H
#define TRACK_FILTER_H

#include "air/plot.h"
#include "sensor/baro.h"
#include "sensor/slant.h"
#include "track/store.h"

/* 1 sigma between pressure altitude and height above the ellipsoid until the difference has been learned, m. */
#define FILTER_DATUM_SIGMA_M BARO_SIGMA_M
/* Per axis, of an aircraft of which one plot is known: 900 m/s is 3.6 sigma of it. */
#define FILTER_SPEED_SIGMA_MPS 250.0

/* A plot made ready: registration removed, sigmas filled, placed at the best height that it has itself. */
struct filter_plot {
    struct plot plot;
    const struct site *site; /* lent; for a moving platform filter_prepare puts `moved` in its place */
    uint16_t sensor;         /* index */
    struct baro_offset datum; /* from pressure altitude to height above the ellipsoid there; sigma 0: not known */
    bool height_fixed;       /* a track that begins with it and knows no height keeps the prior instead of making it a state (for comparison) */
    bool height_known;       /* by the plot */
    struct slant_height height;
    struct slant_place at;   /* for geodetic kinds as well: place, noise, no slope */
    struct gate_plot place;  /* the same for the gates */
    struct site moved;       /* with PLOT_MOVING: the site where its antenna was */
};

/* Fills all but plot, site, sensor and height_fixed. False: the plot's geometry is impossible (a height that its range does not reach). */
bool filter_prepare(struct filter_plot *p);

struct filter_judgement {
    double log_likelihood, nis;
    struct measure z;
    double residual_e_m, residual_n_m; /* measured minus predicted */
    bool violent; /* only a violent manoeuvre explains it */
};
/* False where the plot cannot be placed, or is older than the track's past. */
bool filter_judge(const struct store_track *t, const struct filter_plot *p, struct filter_judgement *out);

/* Corrects the track by the plot, late or not: horizontal state, height, anchor. Gated by nis_max: false, and nothing changed, outside. */
bool filter_update(struct store_track *t, const struct filter_plot *p, double nis_max, struct filter_judgement *out);

/* Another system's track against ours: squared distance in position and, where it has one, velocity (chi-square, 4 or 2 degrees of freedom). False where
 * the plot is older than the track's past. And our track corrected by it, through covariance intersection; false, and nothing done, likewise. */
bool filter_distance(const struct store_track *t, const struct filter_plot *p, double *distance);
bool filter_fuse(struct store_track *t, const struct filter_plot *p);

/* The plot is this aircraft's though the filter does not expect it there: the filter has lost the aircraft. It begins anew some seconds back
 * with the track's own last plots and unknown velocity; where even that does not explain the plot, at the plot itself. */
void filter_restart(struct store_track *t, const struct filter_plot *p);

/* Begins the track's state at the plot, velocity unknown unless the plot has one. */
void filter_start(struct store_track *t, const struct filter_plot *p);

/* The state at `time` (not before the last plot), m predicted. */
void filter_predict(const struct store_track *t, struct instant time, struct imm *m);

#endif
