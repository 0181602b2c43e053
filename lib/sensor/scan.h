/* scan: one radar's rotation: where its antenna points at any time, which sectors are complete, and whether the radar is alive.
 *
 * Observations are pairs (time, azimuth): every plot is one, every north mark and sector crossing is a better one. They drive a two-state
 * Kalman filter of antenna angle and rate (Bar-Shalom, Li, Kirubarajan, Estimation with Applications, 6.3). Without a nominal period the rate is found
 * by the periodogram of the first observations (Lomb, Astrophys. Space Sci. 39, 1976; phases here have unit weight). Sensors whose azimuths
 * do not follow their times (ADS-B, multilateration, electronic scan) never lock: their plots belong to no sector.
 *
 * A turn has SCAN_SECTORS sectors; they are numbered on and on over turns (sector % SCAN_SECTORS is the place, 0 begins at north). Sector n closes when
 * the antenna has left it and what it saw has had time to arrive: mean latency + 2 mean deviations (as RFC 6298 does for round trips), at most one turn.
 * Plots of a closed sector are late: they are to be used at once. Deadlines change only on input, and events carry the instant at which they were due.
 * Plain data: save and load are a copy. */
#ifndef SENSOR_SCAN_H
#define SENSOR_SCAN_H

#include "base/instant.h"
#include <stdbool.h>
#include <stdint.h>

#define SCAN_SECTORS 32
#define SCAN_SAMPLES 48 /* observations kept to find an unknown rotation */
#define SCAN_PERIOD_MIN_S 1.5
#define SCAN_PERIOD_MAX_S 20.0
#define SCAN_LATENCY_MAX_S 60.0

enum scan_mark_kind {
    SCAN_PLOT,    /* a polar plot */
    SCAN_SERVICE, /* a north mark or sector crossing: azimuth_rad is exact */
    SCAN_STATUS,  /* any other message, or a plot without azimuth: a sign of life */
};

struct scan_mark {
    uint8_t kind;          /* enum scan_mark_kind */
    bool time_estimated;   /* the time was derived from arrival: worth little */
    struct instant time;   /* of measurement or crossing */
    struct instant arrival;
    double azimuth_rad;    /* [0, 2 pi) */
    double period_s;       /* rotation that the message states; 0: none */
};

struct scan {
    bool rotates, locked, alive, latency_known;
    uint8_t misses;        /* observations that did not fit, lately */
    double nominal_s;      /* period by settings or service message; 0 unknown */
    struct instant time;   /* of the filter's state */
    int64_t turn;          /* whole turns */
    double angle_rad, rate_rad_s; /* antenna at `time`, [0, 2 pi); its speed */
    double var_angle, cov, var_rate;
    int64_t open;          /* the first sector that is not closed */
    int64_t highest;       /* the last that may hold plots */
    int64_t flush, resume; /* sectors to `flush` belong to an earlier rotation: they close at once, then numbering goes on at `resume` */
    struct instant due, silent_due, last; /* next closing; when silence is diagnosed; latest arrival */
    double latency_s, latency_dev_s;
    uint32_t samples;
    double gap_s;          /* least time between samples */
    struct { int64_t ns; double azimuth_rad; } sample[SCAN_SAMPLES];
};

/* period_s: nominal, 0 unknown. rotates false: never any sectors (ADS-B, multilateration, trackers). */
void scan_init(struct scan *s, double period_s, bool rotates);

#define SCAN_NO_SECTOR (-1) /* the radar's rotation is not known: use the plot at once */
#define SCAN_LATE (-2)      /* its sector is closed: use the plot at once */

/* Takes one mark; for a SCAN_PLOT returns the number of the sector it belongs to (>= 0), or one of the above. What is due at or before the mark's arrival is
 * expired first (the caller's duty). `alive` may become true: the caller compares. A mark whose time lies SCAN_PERIOD_MAX_S after its arrival or
 * SCAN_LATENCY_MAX_S before it, or that does not fit the rotation, is a sign of life and no more. */
int64_t scan_input(struct scan *s, const struct scan_mark *m);

enum scan_event_kind { SCAN_CLOSED, SCAN_SILENT };
struct scan_event {
    uint8_t kind;       /* enum scan_event_kind */
    struct instant due;
    int64_t sector;            /* CLOSED: its number, one more than the last one's or greater */
    struct instant begin, end; /* CLOSED: when the antenna entered and left it; INSTANT_NONE where its rotation was given up */
};
/* The next instant at which something happens without input; INSTANT_NEVER: nothing. */
struct instant scan_deadline(const struct scan *s);
/* One event that is due at or before now, the earliest; false: none. Call until false. After two and a half turns without a sign of life (SCAN_SILENCE_S
 * where the rotation is unknown) a radar falls silent and closes no sector until it speaks again; what passed meanwhile is never closed: nothing was
 * seen there, and nothing was missed. */
#define SCAN_SILENCE_S 30.0
bool scan_expire(struct scan *s, struct instant now, struct scan_event *e);

/* Measured period, s; 0: not known (never locked). */
double scan_period(const struct scan *s);
/* The azimuth at an instant, [0, 2 pi). Only when locked. */
double scan_azimuth(const struct scan *s, struct instant t);

#endif
