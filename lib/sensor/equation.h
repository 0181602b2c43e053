/* equation: what three plots of one aircraft say of two sensors: the middle one should lie on the line between the outer two.
 *
 * Stated place minus place of a plot at slant range R, ground distance D and elevation el, by the bias of its sensor; u is the direction of
 * growing range on the ground, w that of growing azimuth, v the aircraft's velocity:
 *   u / cos(el) (range + gain R) + w D azimuth - v time                                   (1)
 * and with plots a1, a2 of one sensor about plot b of another, f the share of the time between them,
 *   y = z_b - (1 - f) z_a1 - f z_a2 + J_b held_b - sum f J_a held_a = J_b b_b - J_a b_a + noise   (2)
 * because from the plots `held` has been removed. Fischer, Muehe, Cameron, MIT Lincoln Laboratory TN 1980-40, eq. of the registration errors. */
#ifndef SENSOR_EQUATION_H
#define SENSOR_EQUATION_H

#include "sensor/slant.h"

enum equation_term { EQUATION_RANGE, EQUATION_GAIN, EQUATION_AZIMUTH, EQUATION_TIME, EQUATION_TERMS };

/* What a plot is to its equations. */
enum equation_reference {
    EQUATION_RADAR,   /* has the bias of its sensor */
    EQUATION_TRUSTED, /* a position that counts as free of bias */
    EQUATION_CHECKED, /* a position that is only compared: nothing is learned from it */
};

/* One plot as the equations need it. */
struct equation_plot {
    struct instant time;
    struct vec3 ecef;
    float along_e, along_n;         /* unit vector on the ground away from the sensor, in east and north at the place */
    float range_m, ground_m;
    float ree_m2, ren_m2, rnn_m2;   /* noise and doubt about the height */
    float along_m2, across_m2;      /* of the noise alone, along the line of sight and across it */
    float held[EQUATION_TERMS]; /* the bias that was removed from it, of what is estimated here */
    uint16_t sensor;
    uint8_t reference;              /* enum equation_reference */
    uint8_t echo;                   /* of an echo alone */
    uint8_t adrift;                 /* its height was not known: placed somewhere along its range */
    uint8_t unused[3];
};

/* A polar plot made ready (bias removed, height known, placed at `at`), from which `held` has been removed. */
struct equation_plot equation_polar(uint16_t sensor, const struct site *site, const struct plot *p, const struct slant_place *at,
                                    const double held[EQUATION_TERMS]);
/* A position, trusted to have no bias: the caller may make it EQUATION_CHECKED. */
struct equation_plot equation_position(uint16_t sensor, const struct plot *p, const struct slant_place *at);
/* The plot may stand in an equation: its height was known, and it is not so near or so high that the height is everything. */
bool equation_fits(const struct equation_plot *p);

/* What one unit of each term does to a plot's east and north. */
struct equation_columns {
    double e[EQUATION_TERMS], n[EQUATION_TERMS];
};

/* Equation (2), its sides in east and north at the middle plot. */
struct equation {
    struct equation_columns ja, jb;
    double ye, yn;
    double off_e_m, off_n_m; /* the middle one's distance from the line as it is: ye, yn without what was held */
    struct sym2 r;        /* of the noise, a slight swerve of the aircraft included */
    struct instant time;  /* of the middle plot */
};
struct equation equation_make(const struct equation_plot *a1, const struct equation_plot *a2, const struct equation_plot *b, double ve_mps, double vn_mps);

#endif
