/* noise: what the plots of one sensor really scatter by, by kind of plot and range, in place of what it states or what is nominal.
 *
 * Three plots of one sensor of an aircraft that flies straight: the middle one lies off the line between the outer two by noise alone; bias, height and
 * the track's own errors are the same in all three. Each cell (echo or reply, a band of range) follows the median of the squares of that, in range and
 * across it, as a multiple of what the plots' sigmas promise: by steps of fixed sense (Robbins, Monro, Ann. Math. Stat. 22, 1951), so
 * that the few aircraft that were turning after all weigh no more than others. It begins at 1 as if NOISE_NOMINAL plots had said so, and forgets
 * after NOISE_PLOTS. Rejected: the innovations of tracks less the variance of their prediction (Mehra 1972): where the prediction is the worse of the
 * two, what remains is its model's error, and a filter that allows for turns is always too careful on straight ways.
 * Plain data: save and load are a copy. */
#ifndef SENSOR_NOISE_H
#define SENSOR_NOISE_H

#include "sensor/equation.h"

#define NOISE_BANDS 10
#define NOISE_BAND_M 50e3
#define NOISE_NOMINAL 400.0
#define NOISE_PLOTS 4000.0

struct noise_cell {
    float range, azimuth; /* variance as a multiple of the plot's own */
    float plots;          /* that it was learned from */
};

enum noise_channel { NOISE_ECHO, NOISE_REPLY, NOISE_CHANNELS };

struct noise {
    struct noise_cell cell[NOISE_CHANNELS][NOISE_BANDS];
};

void noise_init(struct noise *n);

/* Multiplies the sigmas of a polar plot, which are filled. */
void noise_apply(const struct noise *n, struct plot *p);

/* Three plots of the sensor of one aircraft that flies straight, in order of time, no more than NOISE_SPAN_S from one to the next (others are passed over).
 * Their own variances hold the multiple. */
#define NOISE_SPAN_S 15.0
void noise_add(struct noise *n, const struct equation_plot *first, const struct equation_plot *middle, const struct equation_plot *last);

/* The root of the multiple over all that was learned, for people: range and azimuth. */
struct noise_factor {
    double range, azimuth;
};
struct noise_factor noise_factor(const struct noise *n);

#endif
