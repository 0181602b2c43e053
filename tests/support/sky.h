// A small made-up sky for tests and benchmarks: aircraft on straight and curved ways, turning radars on a grid, noise, false plots.
#ifndef SUPPORT_SKY_H
#define SUPPORT_SKY_H

#include "air/plot.h"
#include "sensor/site.h"

struct sky_settings {
    uint64_t seed;
    uint32_t aircraft, columns, rows; // radars: columns x rows
    double spacing_m;                 // between radars; aircraft fill the grid's area and half a spacing around it
    struct geodetic centre;
    double period_s, range_m;
    double false_plots;               // per turn and radar
    double mode_s, primary;           // shares of aircraft: with an address; without a transponder. The rest has Mode A/C
    double turning;                   // share on circles of 1 degree/s
    double detection_reply, detection_echo;
    double latency_s, jitter_s;
    double begin_s, duration_s;       // plots from begin to begin + duration, time zero is 2026-01-01
};
struct sky_settings sky_settings_default(void); // 100 aircraft, three radars, 60 s

struct sky_aircraft {
    double lat_rad, lon_rad, hae_m; // at time zero
    double speed_mps, heading_rad, turn_rad_s;
    struct ident ident;
    uint32_t flags; // of its plots: PLOT_MODE_S, PLOT_SECONDARY or PLOT_PRIMARY
};

struct sky {
    struct sky_settings settings;
    struct site *site;              // columns * rows
    uint32_t sites;
    struct sky_aircraft *aircraft;
    uint32_t plots;
    struct plot *plot;              // in order of arrival
    int32_t *of;                    // aircraft of each plot, -1: false
};

struct sky *sky_new(const struct sky_settings *s);
void sky_free(struct sky *s);
struct instant sky_instant(double s); // seconds since time zero
// Where an aircraft is and how fast, at a time since zero.
struct geodetic sky_truth(const struct sky_aircraft *a, double time_s, double *east_mps, double *north_mps);

#endif
