/* track: what the picture knows of one aircraft at one instant: the form in which tracks leave the picture, whatever the output.
 *
 * Plain data, a copy. Position and velocity are in WGS-84 geodetic terms with the local east and north at the position. */
#ifndef AIR_TRACK_H
#define AIR_TRACK_H

#include "air/ident.h"
#include "air/level.h"
#include "base/instant.h"
#include "geo/frame.h"

#define TRACK_SENSORS 8 /* contributing sensors that are named, the latest ones */

enum track_flag {
    TRACK_CONFIRMED = 1 << 0,
    TRACK_COASTING = 1 << 1,    /* extrapolated: a detection was due and did not come */
    TRACK_MONOSENSOR = 1 << 2,  /* one sensor supports it now */
    TRACK_HEIGHT = 1 << 3,      /* at.hae_m comes from measured heights; otherwise it is pressure altitude or an assumption */
    TRACK_CLIMB = 1 << 4,       /* climb_mps is estimated */
    TRACK_FOREIGN_ONLY = 1 << 5, /* supported by other systems' tracks alone, no sensor of this node */
    TRACK_SIMULATED = 1 << 6,
    TRACK_AMALGAMATED = 1 << 7, /* merged with another number at this event: other_number */
    TRACK_SILENT = 1 << 8,      /* its transponder answered and fell silent: silent */
    TRACK_ADSB_CONTRADICTED = 1 << 10, /* radar sees it elsewhere than it says: the position is radar's */
    TRACK_ADSB_UNSEEN = 1 << 11, /* it broadcasts a position where radar should see it and does not */
    TRACK_DUPLICATE = 1 << 12,  /* its Mode S address is heard in another place too */
    TRACK_DELAYED = 1 << 9,     /* an older state, because release holds the present one back from this viewer */
};

/* Identification, by the operator's rules. */
enum track_class { TRACK_PENDING, TRACK_UNKNOWN, TRACK_ASSUMED, TRACK_FRIENDLY, TRACK_NEUTRAL, TRACK_SUSPECT, TRACK_HOSTILE, TRACK_CLASSES };
const char *track_class_name(unsigned class); /* "pending" */

enum track_age { TRACK_AGE_PSR, TRACK_AGE_SSR, TRACK_AGE_MODE_S, TRACK_AGE_ADSB, TRACK_AGE_MLAT, TRACK_AGE_TRACK, TRACK_AGES };

/* Symmetric covariance of (east, north, east velocity, north velocity): SI units, upper triangle in this order. */
enum track_cov { TRACK_EE, TRACK_EN, TRACK_EVE, TRACK_EVN, TRACK_NN, TRACK_NVE, TRACK_NVN, TRACK_VEVE, TRACK_VEVN, TRACK_VNVN, TRACK_COVS };

/* Of the flight plan that belongs to a track, what outputs say; texts are NUL-ended, "" unknown. */
struct track_flight {
    uint16_t source;
    uint8_t flight_rules; /* 'I' or 'V', 0 unknown */
    char wake, flight_type; /* as in air/plan.h */
    char callsign[IDENT_CALLSIGN_SIZE + 1];
    char departure[5], destination[5], aircraft_type[5];
    double cruise_pressure_m;
};

#define TRACK_REMOTES 4 /* feeds whose numbers of a track are kept */

/* What another system calls the track. */
struct track_remote {
    uint16_t source;
    uint32_t number;
    struct instant last;
};

struct track_sensor {
    uint16_t source;
    struct instant last; /* time of its latest plot */
};

struct track {
    uint32_t number;      /* of this run; never used again */
    uint32_t flags;       /* enum track_flag */
    struct instant time;  /* the state holds at this instant */
    struct instant born;  /* first plot */
    struct instant last;  /* latest plot that was used */
    struct geodetic at;
    double east_mps, north_mps, climb_mps;
    double turn_rad_s;    /* clockwise positive */
    double cov[TRACK_COVS];
    double sigma_height_m, sigma_climb_mps;
    double existence;     /* probability that there is an aircraft, 0..1 */
    double mode[3];       /* probabilities: constant velocity, turn, high noise */
    struct level level;   /* the latest trusted pressure altitude, and its time */
    struct instant level_time;
    struct ident ident;   /* identity in force, by evidence */
    double identity_confidence; /* 0..1 */
    struct instant age[TRACK_AGES]; /* latest plot of that kind; INSTANT_NONE: never */
    uint32_t plots;       /* used so far */
    uint32_t other_number; /* with TRACK_AMALGAMATED: the number that ends */
    uint32_t plan;        /* number of the flight plan that belongs to it (at flight.source), 0 none */
    struct track_flight flight; /* with plan */
    uint8_t class;        /* enum track_class */
    struct instant silent; /* with TRACK_SILENT: its last reply */
    uint8_t sensors, remotes;
    struct track_remote remote[TRACK_REMOTES];
    struct track_sensor sensor[TRACK_SENSORS]; /* latest first */
};

enum track_event_kind { TRACK_NEW, TRACK_UPDATE, TRACK_DROP, TRACK_EVENTS };

struct track_event {
    uint8_t kind; /* enum track_event_kind */
    struct track track;
};

/* The same track at a later instant, predicted by constant velocity (turn where estimated), covariance grown by the white acceleration of
 * psd_m2_s3 per axis. For outputs that need a common instant; the picture's own prediction is picture_at(). */
void track_predict(struct track *t, struct instant to, double psd_m2_s3);
double track_speed_mps(const struct track *t);
double track_heading_rad(const struct track *t); /* of the velocity, [0, 2 pi) */

#endif
