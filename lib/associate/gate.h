/* gate: which tracks a plot may belong to: a spatial hash of where the tracks are, and a coarse test that keeps most of them out.
 *
 * Each track is a row of 64 bytes, so that one cache line decides. Rows are refreshed whenever a track's state changes and at least every
 * GATE_REFRESH_S while it coasts. What passes is examined with the full covariance by the caller (chi-square on the innovation). */
#ifndef ASSOCIATE_GATE_H
#define ASSOCIATE_GATE_H

#include "base/instant.h"
#include "geo/frame.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GATE_REFRESH_S 5.0

/* Chi-square quantiles, 2 degrees of freedom. */
#define GATE_NIS 16.0          /* 0.9997: a plot of the track */
#define GATE_NIS_ADDRESS 30.0  /* 3e-7: a plot of its address; beyond, the filter has lost the aircraft */

struct gate_row {
    struct instant time;        /* the row holds at this instant */
    double lat_rad, lon_rad;
    double lat_rad_s, lon_rad_s;
    double sigma_m;             /* of the position, larger half axis */
    double sigma_mps;           /* of the velocity, larger half axis */
    struct instant seen;        /* latest plot: since then it may have manoeuvred */
};

struct gate;

/* Room for tracks named by slots below capacity. reach_m: the farthest a plot can be from its track's row (half width of a search). */
struct gate *gate_new(uint32_t capacity, double reach_m);
void gate_free(struct gate *g);

void gate_add(struct gate *g, uint32_t slot, const struct gate_row *row); /* or moves it */
void gate_remove(struct gate *g, uint32_t slot);

struct gate_plot {
    struct instant time;
    struct geodetic at;    /* of the plot; height unused */
    double sigma_m;        /* of the plot's place, larger half axis */
    double slack_m;        /* further doubt of its place: an unknown height */
};
/* Slots whose rows pass, in ascending order; at most max are written, the number that passed is returned. */
uint32_t gate_find(struct gate *g, const struct gate_plot *plot, uint32_t *slots, uint32_t max);

size_t gate_state_size(const struct gate *g);
void gate_save(const struct gate *g, void *out);
int gate_load(struct gate *g, const void *in, size_t size);

#endif
