/* plot: one sensor's measurement of one target, the same form for every format, nation and kind of sensor.
 *
 * Conversions are done before (wire) and after (sensor): here are SI units, angles clockwise from true north in [0, 2 pi), and the
 * sensor's own frame. What a kind does not use is zero. Plain data without pointers: it is copied, taped and replayed as it is. */
#ifndef AIR_PLOT_H
#define AIR_PLOT_H

#include "air/ident.h"
#include "air/level.h"
#include "base/instant.h"
#include "geo/frame.h"

enum plot_kind {
    PLOT_POLAR,       /* slant range and azimuth; height unknown */
    PLOT_POLAR_LEVEL, /* slant range, azimuth and Mode C (level.pressure_m) */
    PLOT_POLAR_3D,    /* slant range, azimuth and a measured height (level.hae_m); Mode C may be there too */
    PLOT_GEODETIC,    /* position with covariance (ADS-B, multilateration) */
    PLOT_TRACK,       /* another system's track: position, velocity, covariance, its number */
    PLOT_KINDS
};

enum plot_flag {
    PLOT_PRIMARY = 1 << 0,   /* primary echo contributed */
    PLOT_SECONDARY = 1 << 1, /* Mode A/C reply contributed */
    PLOT_MODE_S = 1 << 2,    /* Mode S reply contributed */
    PLOT_ADSB = 1 << 3,
    PLOT_MLAT = 1 << 4,
    PLOT_MOVING = 1 << 5,    /* from a moving platform: `platform` is where the antenna was */
    PLOT_DOPPLER = 1 << 6,   /* doppler_mps is there */
    PLOT_TEST = 1 << 7,      /* test target or field monitor: never becomes a track */
    PLOT_SIMULATED = 1 << 8, /* flagged as simulated by its sender */
    PLOT_ON_GROUND = 1 << 9,
    PLOT_VELOCITY = 1 << 10, /* velocity is there (geodetic and track kinds) */
    PLOT_END = 1 << 11,      /* the other system ends this track (track kind) */
    PLOT_TIME_ESTIMATED = 1 << 12, /* the sensor gave no time (or a wrong one): time was derived from arrival */
};

struct plot_polar {
    double range_m;             /* slant */
    double azimuth_rad;
    double sigma_range_m;       /* 1 sigma; 0: the sensor's nominal */
    double sigma_azimuth_rad;
    double doppler_mps;         /* radial speed, positive away from the sensor */
    struct geodetic platform;   /* with PLOT_MOVING */
};

struct plot_geodetic {
    struct geodetic at;          /* at.hae_m meaningful with LEVEL_HEIGHT only */
    double cov_ee_m2, cov_en_m2, cov_nn_m2;
    double east_mps, north_mps, up_mps; /* with PLOT_VELOCITY */
    double sigma_velocity_mps;
    uint32_t number;             /* the other system's track number (track kind) */
};

struct plot {
    struct instant time;    /* of measurement, picture's clock */
    struct instant arrival; /* at this node */
    uint16_t source;        /* SAC << 8 | SIC */
    uint8_t kind;           /* enum plot_kind: which member of the union holds */
    uint32_t flags;         /* enum plot_flag */
    uint16_t local_number;  /* the sensor's own track number, 0 none: evidence, never trusted alone */
    union {
        struct plot_polar polar;
        struct plot_geodetic geodetic;
    };
    struct level level;
    struct ident ident;
};

/* 0, or ERR_RANGE / ERR_UNKNOWN when a value cannot be (not finite, range <= 0 or > 1000 km, latitude beyond a pole, unknown kind …).
 * Everything that enters the picture passes here, whatever decoded it. */
int plot_check(const struct plot *p);

#endif
