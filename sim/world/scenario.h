/* scenario: all that decides what the simulator makes. Equal scenarios give equal bytes.
 *
 * Read from files that people write (scenario_file.h) and from options; then the sensors are read, and the events are put on their radars. */
#ifndef SIM_WORLD_SCENARIO_H
#define SIM_WORLD_SCENARIO_H

#include "sim/world/radar.h"
#include <stddef.h>

#define SCENARIO_FILES 16
#define SCENARIO_EVENTS 64
#define SCENARIO_QUIRKS 32
#define SCENARIO_STORMS 64
#define SCENARIO_CENTRES 40
#define SCENARIO_TEXT 256
#define SCENARIO_QUERY 1024

struct config; /* daemon/config.h */
struct text_out;

enum scenario_event_kind { SCENARIO_FAIL, SCENARIO_REPAIR, SCENARIO_SILENCE };

/* Where in the files something was said. */
#define SCENARIO_PATHS 16
struct scenario_place {
    unsigned path; /* of scenario.path, from 1; 0: in no file */
    unsigned line, column;
};

/* At a time some sensors fail, or are repaired, or transponders fail. */
struct scenario_event {
    struct scenario_place place;
    double at_s;
    double until_s;             /* FAIL: 0: until it is repaired */
    uint8_t kind;               /* enum scenario_event_kind */
    char where[SCENARIO_QUERY]; /* FAIL, REPAIR: which sensors: terms of sim/world/select.h; SILENCE: a flight's callsign, or "" */
    unsigned sensors;           /* of the scenario that it meets; counted by scenario_open */
    double share;               /* SILENCE: of the aircraft in the air */
};

/* A flight, or some side by side, that the scenario describes itself. It appears at its first point and is gone after its last one, and keeps its level. */
#define SCENARIO_FLIGHTS 64
#define SCENARIO_ABREAST 16
#define SCENARIO_NUMBER 10000000u /* flight numbers of these begin here */
struct scenario_flight {
    double at_s;
    uint8_t class;              /* enum aircraft_class */
    uint8_t count;              /* side by side */
    double spread_m;            /* between two of them */
    double speed_mps, level_m;
    double rcs_m2;              /* 0: as its class */
    bool transponder, plan;
    bool leader;                /* of those side by side the first alone answers */
    char departure[5], destination[5]; /* of the plan */
    uint16_t mode_a;
    char callsign[IDENT_CALLSIGN_SIZE + 1];
    unsigned points;
    struct geodetic point[ROUTE_POINTS];
};

/* What the scenario says of some of its radars; a later one counts more. */
struct scenario_quirks {
    struct scenario_place place;
    char where[SCENARIO_QUERY]; /* "": all */
    struct quirks_said said;
};

struct scenario {
    char title[SCENARIO_TEXT]; /* one line for people */
    uint64_t seed;
    struct instant start;
    double duration_s;

    unsigned files;
    char file[SCENARIO_FILES][SCENARIO_TEXT]; /* of sensors; none: those that are shipped */
    char where[SCENARIO_QUERY];               /* which of them are there */
    struct scenario_place where_place;
    bool flying;                              /* there are platforms (sim/world/platforms.h) */
    char platforms[SCENARIO_QUERY];           /* which of them */
    struct scenario_place platforms_place;
    char terrain[SCENARIO_TEXT];              /* file of the ground that hides (geo/terrain); "": smooth ground */
    /* for every radar, where not negative: instead of what its site has */
    double latency_s, jitter_s, false_plots, detection;
    /* standard deviations of registration errors that nobody was told of, drawn for each radar */
    double error_range_m, error_azimuth_rad, error_time_s;
    unsigned quirks;
    struct scenario_quirks quirk[SCENARIO_QUIRKS];

    uint32_t storms;             /* at most SCENARIO_STORMS */
    double storm_radius_m, storm_speed_mps, storm_course_rad;

    char traffic[SCENARIO_TEXT]; /* folder of airports.csv and pairs.csv */
    uint32_t aircraft;           /* flying at any time */
    double silent;               /* share of them without transponder; negative: as their classes have it */
    double plans, plan_lead_s;   /* share that files a flight plan, of those that would; sent so long before departure */
    double domestic;             /* share of airline flights within a nation */
    double share[AIRCRAFT_CLASSES]; /* of each class in the traffic; negative: as its type has it */
    bool airways, rhythm;        /* shared ways; day and night: then `aircraft` is the most of the day */
    uint32_t formations, tankers; /* of military aircraft (sim/world/military.h) */
    bool anywhere;               /* flights under way at the start may be where no radar sees them */

    char recorded[SCENARIO_TEXT]; /* file of sim/world/recording.h; "": none */
    double recorded_from_s;
    bool recorded_moved;         /* to the place that follows */
    double recorded_lat_rad, recorded_lon_rad;

    unsigned flights;
    struct scenario_flight flight[SCENARIO_FLIGHTS];

    unsigned events;
    struct scenario_event event[SCENARIO_EVENTS];

    unsigned paths;              /* files that were read */
    char path[SCENARIO_PATHS][SCENARIO_TEXT];

    unsigned centres;            /* trackers that radars report to: those of nations, and those of platforms */
    struct radar_site centre[SCENARIO_CENTRES];
    unsigned passed;             /* rows of the sensor files that are wrong and were passed over */
    uint32_t radars;             /* made by scenario_open */
    struct radar_site *radar;
};

/* The one-th of the flights that stand side by side in the flight-th description, as it flies. */
struct aircraft_flight scenario_flight(const struct scenario *s, unsigned flight, unsigned one);

struct scenario scenario_default(void);
void scenario_fini(struct scenario *s);

/* "FILE:LINE:COLUMN: " of a place, "" where it is none. */
void scenario_say_place(const struct scenario *s, struct scenario_place place, struct text_out *out);

/* Reads the sensors into c (a settings file may have filled it already: then that one's sites count) and makes the radars of those that turn, with their
 * outages. False: lines of what is wrong in *errors; lines of rows that were passed over may stand there in any case. */
bool scenario_open(struct scenario *s, struct config *c, struct text_out *errors);
/* "2026-06-01T12:00:00Z", also without seconds, or "now": false when it is neither. */
bool scenario_parse_start(const char *text, struct instant *out);

#endif
