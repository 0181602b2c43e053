/* level: height as aircraft and radars report it, each with its datum.
 *
 * Mode C is pressure altitude against 1013.25 hPa (_pressure_m); height above the WGS-84 ellipsoid is _hae_m. Conversion between the two is
 * a matter of weather: `offset_m` = hae - pressure, 0 until something learns it. */
#ifndef AIR_LEVEL_H
#define AIR_LEVEL_H

#include <stdbool.h>
#include <stdint.h>

enum level_flag {
    LEVEL_PRESSURE = 1 << 0,    /* pressure_m is present (Mode C or Mode S altitude) */
    LEVEL_UNVALIDATED = 1 << 1, /* V bit */
    LEVEL_GARBLED = 1 << 2,     /* G bit */
    LEVEL_FINE = 1 << 3,        /* 25 ft steps (Q bit), otherwise 100 ft */
    LEVEL_HEIGHT = 1 << 4,      /* hae_m is present: measured by a 3-D radar, or geometric height of ADS-B */
};

struct level {
    double pressure_m;     /* with LEVEL_PRESSURE */
    double hae_m;          /* with LEVEL_HEIGHT */
    double sigma_height_m; /* of hae_m, 1 sigma; 0: the sensor's nominal */
    uint8_t flags;
};

/* A pressure altitude that may be used: present, validated, not garbled, between -1500 ft and 150 000 ft. */
bool level_trusted(const struct level *l);
/* 1 sigma of the reporting step of the pressure altitude, m: step / sqrt(12) with the transponder's own 125 ft (2 sigma) error added in square. */
double level_sigma_m(const struct level *l);

#endif
