/* baro: how far the height above the ellipsoid lies above the pressure altitude, by region, learned from aircraft that state both.
 *
 * Pressure altitude is a pressure, by the standard atmosphere; the air's own pressure at the ground and its temperature, and the geoid, put a pressure
 * surface up to some hundred metres elsewhere. In a region of BARO_CELL_DEG squared the difference is taken for a + b pressure altitude
 * (a: ground pressure and geoid, b: temperature), estimated by least squares in information form with a prior at zero, old reports being
 * forgotten with BARO_MEMORY_S; the regions around help with BARO_NEAR of their weight. Where nobody stated both, the answer is 0 with the prior's
 * sigma, BARO_SIGMA_M. That ADS-B's geometric height corrects slant ranges is what COMPASS's reconstructor does (doi 10.3390/engproc2022028008). */
#ifndef SENSOR_BARO_H
#define SENSOR_BARO_H

#include "base/instant.h"
#include "geo/frame.h"
#include <stddef.h>

#define BARO_CELL_DEG 4.0
#define BARO_MEMORY_S 7200.0
#define BARO_NEAR 0.1
#define BARO_SIGMA_M 75.0 /* of the difference where nothing was learned */

struct baro;

struct baro *baro_new(void); /* NULL when memory is short */
void baro_free(struct baro *b);

/* An aircraft at (lat, lon) stated both heights, geometric with this sigma. */
void baro_add(struct baro *b, const struct geodetic *at, double pressure_m, double sigma_m, struct instant time); /* at->hae_m: the geometric one */

/* To be added to a pressure altitude there, and how well that is known. */
struct baro_offset {
    double add_m, sigma_m;
};
struct baro_offset baro_at(const struct baro *b, double lat_rad, double lon_rad, double pressure_m);

size_t baro_state_size(const struct baro *b);
void baro_save(const struct baro *b, void *out);
int baro_load(struct baro *b, const void *in, size_t size); /* 0, or ERR_FORMAT */

#endif
