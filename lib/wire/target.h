/* target: what a target report of any ASTERIX category says, in SI units, and how it becomes a plot, and a plot one of these.
 *
 * Categories 001, 020, 021 (all editions), 048 and 062 fill the same struct through tables of rows (target_rows.c), so that what is the same
 * is done once: identity, level, flags. What a category means by a member that others code differently is in target.c, a table per meaning. */
#ifndef WIRE_TARGET_H
#define WIRE_TARGET_H

#include "air/plot.h"
#include "wire/mapping.h"

/* What a report has; bits of `has`. */
enum target_part {
    TARGET_SOURCE, TARGET_SERVICE, TARGET_TIME, TARGET_TIME_RECEIVED, TARGET_TIME_SENT, /* 021: of applicability, of reception, of transmission */
    TARGET_DESCRIPTOR, TARGET_POLAR, TARGET_CARTESIAN, TARGET_POSITION, TARGET_POSITION_FINE, TARGET_SPEED, TARGET_VELOCITY, TARGET_CLIMB,
    TARGET_CLIMB_GEOMETRIC, TARGET_MODE_A, TARGET_MODE_2, TARGET_LEVEL, TARGET_LEVEL_CALCULATED, TARGET_HEIGHT, TARGET_ADDRESS, TARGET_CALLSIGN,
    TARGET_NUMBER, TARGET_STATUS, TARGET_FLIGHT_STATUS, TARGET_EMERGENCY, TARGET_DOPPLER, TARGET_QUALITY, TARGET_QUALITY_OLD, TARGET_VERSION,
    TARGET_SIGMA, TARGET_DOP, TARGET_SIGMA_WGS84, TARGET_SIGMA_COV, TARGET_SIGMA_HEIGHT, TARGET_SIGMA_VELOCITY, TARGET_SIGMA_CLIMB, TARGET_MOVEMENT,
    TARGET_AGE_TRACK, TARGET_AGE_PSR, TARGET_AGE_SSR, TARGET_AGE_MODE_S, TARGET_AGE_ADSB, TARGET_AGE_MLAT, TARGET_AGE_LEVEL, TARGET_AGE_MODE_A,
    TARGET_PLAN, TARGET_PLAN_TYPE, TARGET_PLAN_WAKE, TARGET_PLAN_FROM, TARGET_PLAN_TO,
    TARGET_PARTS
};
#define TARGET_HAS(part) (UINT64_C(1) << TARGET_##part)

struct target {
    uint64_t has; /* TARGET_HAS of each part */
    uint8_t sac, sic, service;
    double tod_s, tod_received_s, tod_sent_s; /* seconds since midnight; 001: since the last multiple of 512 s */

    /* descriptor; codes as the category has them */
    uint8_t detection;             /* 001 SSRPSR, 048 TYP */
    uint8_t urgency;               /* 001 DS1DS2, 021 PS: 0 none */
    uint8_t address_type, address_type_old; /* 021 ATP of 2.x and of 0.23; 020 CF */
    uint8_t flight_status;         /* 048 and 020 STAT */
    uint8_t surveillance_status;   /* 021 SS */
    bool track;                    /* 001: the record is a track's */
    bool simulated, test, field_monitor, spi, military_emergency, ground;

    double range_m, azimuth_rad;
    double x_m, y_m;               /* east, north of the sensor, in the plane */
    double lat_rad, lon_rad, lat_fine_rad, lon_fine_rad;
    double speed_mps, heading_rad;
    double east_mps, north_mps, climb_mps, climb_geometric_mps;
    double doppler_mps;
    bool doppler_doubtful;
    double pressure_m, pressure_calculated_m, height_m;
    bool level_unvalidated, level_garbled, qnh_corrected;
    uint16_t mode_a, mode_2;
    bool a_unvalidated, a_garbled, a_smoothed, a_changed;
    uint32_t address;
    char callsign[IDENT_CALLSIGN_SIZE + 1];
    uint8_t callsign_kind;         /* STI of 020 and 062 */
    uint16_t number;               /* local or system track number */

    /* track status */
    bool monosensor, tentative, end, begin, planned, amalgamated, coasting, height_best;
    uint8_t height_source;         /* 062 SRC */
    bool psr_old, ssr_old, mode_s_old, adsb_old;
    uint8_t turn, acceleration, vertical; /* 062/200 */

    /* 062/390: the flight plan that belongs to the track */
    uint8_t plan_sac, plan_sic, plan_traffic, plan_rules; /* GATOAT, FR1FR2 */
    char plan_callsign[8], plan_type[5], plan_wake[2], plan_from[5], plan_to[5];

    /* quality */
    uint8_t nuc_p, nuc_r, nac_p, gva, version; /* 021/090: NUCp or NIC, NUCr or NACv, NACp, GVA; 021/210 VN */
    int8_t accuracy_old;           /* 021 0.23, 090 PA */
    double sigma_x_m, sigma_y_m, sigma_xy_m; /* sigma_xy: signed root of the covariance */
    double sigma_lat_rad, sigma_lon_rad;
    uint16_t dop_x, dop_y;         /* quarters */
    double sigma_height_m, sigma_vx_mps, sigma_vy_mps, sigma_climb_mps;
    double age_track_s, age_psr_s, age_ssr_s, age_mode_s_s, age_adsb_s, age_mlat_s, age_level_s, age_mode_a_s;
};

/* The table of a category and edition, or NULL where it holds no target reports. */
const struct mapping_row *target_rows(const struct asterix_category *category, size_t *count);

/* The stated time: seconds (of day, or of the 512 s period when *period_s says so); false when the report has none. */
bool target_time(const struct target *t, unsigned category, double *count_s, double *period_s);

/* Everything but time and arrival, which stay as they are. site: where the sensor stands, NULL unknown (needed for 020 without WGS-84 position).
 * 0; ERR_MISSING without a position; ERR_STATE when the report says that nothing was detected (extrapolated by the sensor's own tracker). */
int target_plot(const struct target *t, unsigned category, const struct geodetic *site, struct plot *p);

/* The target report that says what the plot says: polar kinds for 001 and 048, geodetic ones for 021. ERR_UNKNOWN: the category cannot say it. */
int target_from_plot(struct target *t, unsigned category, const struct plot *p);

/* Seconds of day as ASTERIX codes them: rounded to 1/128 s, 86400 folded to 0. */
double target_time_of_day(struct instant time);

#endif
