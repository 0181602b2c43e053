/* bias: registration: what a sensor says minus what is, and how a plot is freed of it.
 *
 *   stated range   = range (1 + gain) + range_m
 *   stated azimuth = azimuth + azimuth_rad
 *   stated time    = time + time_s
 * Zero unless settings or an estimator say otherwise. Model: Fischer, Muehe, Cameron, "Registration errors in a netted air surveillance
 * system", MIT Lincoln Laboratory TN 1980-40, with the time bias of US patent 8,054,215. */
#ifndef SENSOR_BIAS_H
#define SENSOR_BIAS_H

#include "air/plot.h"

struct bias {
    double range_m, gain, azimuth_rad, time_s;
    double var_range_m2, var_gain, var_azimuth_rad2, var_time_s2; /* how well they are known; 0: exactly */
};

/* Takes the bias out of the plot: range, azimuth (polar kinds) and time (every kind). Where the plot states its sigmas (site_fill), what
 * is not known of the bias is added to them in square: var_range + range^2 var_gain, and var_azimuth. The time's variance is left to who knows the
 * target's speed. A range that would become negative becomes 0. */
void bias_remove(const struct bias *b, struct plot *p);

/* Puts the bias into a true plot: the inverse, for simulation and tests. Sigmas are left alone. */
void bias_add(const struct bias *b, struct plot *p);

#endif
