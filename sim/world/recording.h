/* recording: aircraft that were really flown, as traffic: trajectories out of a file, each followed instead of steered.
 *
 * Files lie below the folder that the environment variable AIRSEAM_DATA names, or anywhere when their name begins with "/"; those that end in .gz are unpacked.
 * Two forms: a JSON array of objects with timestamp (ms since 1970), icao24, latitude, longitude (degrees), altitude (feet, pressure), groundspeed (kt), track
 * (degrees), vertical_rate (ft/min) and callsign, as the Python package traffic keeps what ADS-B receivers heard; and truth.csv of sim/world/truth.h. Points
 * without position or height, on the ground, or where no aircraft can have got to from the one before are passed over; where nothing was heard for
 * RECORDING_GAP_S the flight ends and another one begins. Between points the way is the cubic Hermite curve of positions and velocities. */
#ifndef SIM_WORLD_RECORDING_H
#define SIM_WORLD_RECORDING_H

#include "geo/frame.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORDING_GAP_S 60.0
#define RECORDING_LEAST 3     /* points of a flight; fewer are no flight */
#define RECORDING_FASTEST_MPS 400.0

struct recording_point {
    double time_s;             /* since the first point that is used */
    struct vec3 at, velocity;  /* ECEF */
};

/* One flight: points first .. first + count - 1 of the recording's. */
struct recording_flight {
    uint32_t address;          /* 24 bits; 0 none */
    char callsign[9];          /* "" none */
    uint32_t first, count;
    double fastest_mps, highest_m;
};

struct recording {
    struct recording_point *point;
    struct recording_flight *flight;
    uint32_t points, flights;
};

struct recording_settings {
    const char *file;
    double from_s, duration_s;  /* of the recording's time, from its first point */
    bool moved;                 /* to where it is not: its middle goes to `to` */
    struct geodetic to;
};

/* False and a line in error when the file is not there (or AIRSEAM_DATA is not set), or not of its form. */
bool recording_open(struct recording *r, const struct recording_settings *s, char *error, size_t error_size);
void recording_close(struct recording *r);

/* Where a flight is at a time within its points' (clamped to them). */
struct recording_point recording_at(const struct recording *r, const struct recording_flight *f, double time_s);

#endif
