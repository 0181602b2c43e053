/* aircraft: one flight: what it is, where it means to go, and where it was during the last half minute.
 *
 * Integrated on the WGS-84 ellipsoid in steps of AIRCRAFT_STEP_S with constant turn rate, acceleration and climb within a step; between the
 * steps the path is the cubic Hermite curve through positions and velocities (ECEF): that curve is the truth, for radars and for truth.csv
 * alike. A recorded flight takes the steps' places from its recording, begins at its first point and ends with its last one. Times are seconds since the scenario's start. The storage is the caller's. */
#ifndef SIM_WORLD_AIRCRAFT_H
#define SIM_WORLD_AIRCRAFT_H

#include "air/ident.h"
#include "sim/world/recording.h"
#include "sim/world/route.h"
#include <stdbool.h>
#include <stdint.h>

#define AIRCRAFT_STEP_S 2.0
#define AIRCRAFT_NODES 16 /* steps remembered, a power of two: 30 s, more than any turn of an antenna and its jitter */

enum aircraft_class { AIRCRAFT_AIRLINER, AIRCRAFT_REGIONAL, AIRCRAFT_GENERAL, AIRCRAFT_FAST, AIRCRAFT_SILENT, AIRCRAFT_BALLOON, AIRCRAFT_MISSILE, AIRCRAFT_CLASSES };

/* What a class of aircraft can do and what it carries. */
struct aircraft_type {
    const char *name;
    double share;                       /* of the traffic; 0: only where a scenario asks for one */
    double cruise_lo_mps, cruise_hi_mps;
    double slow_mps;                    /* just after departure and just before landing */
    double level_lo_m, level_hi_m;      /* cruise, above the ellipsoid */
    double climb_mps;                   /* at sea level; half of it at 12 km */
    double bank_rad;                    /* in turns */
    double rcs_m2;                      /* mean radar cross-section */
    double transponder, mode_s, adsb;   /* share that carries one; of these, share with Mode S; of these, share with ADS-B */
    double change_s;                    /* mean time between changes of level or speed; 0: never */
};
const struct aircraft_type *aircraft_type(enum aircraft_class class);

/* The flight as it is planned; filled by who makes traffic. */
struct aircraft_flight {
    uint32_t number; /* of this run, from 1, below AIRCRAFT_NUMBERS */
    uint8_t class;   /* enum aircraft_class */
    bool transponder, mode_s, adsb;
    double silenced_s;  /* from then on it answers nothing and sends nothing; 0: never */
    struct ident ident; /* what the transponder answers */
    double rcs_m2;
    double cruise_mps, cruise_m;
    bool steady;     /* keeps level and speed, from its first point to its last */
    unsigned holds; /* half laps to fly before the last point of the route */
    bool plan;      /* files a flight plan, where it can be told by a code of its own */
    char callsign[IDENT_CALLSIGN_SIZE + 1]; /* as filed; ident has it where the transponder says it */
    char departure[5], destination[5], type[5]; /* location indicators, type designator (ICAO Doc 8643); "" none */
    char wake, flight_type; /* as in air/plan.h */
    struct route route;
    const struct recording *recording; /* lent; what was really flown is followed instead of the route: its flight `recorded`. NULL: steered */
    uint32_t recorded;
};
#define AIRCRAFT_NUMBERS ((uint32_t)1 << 24)

struct aircraft_node {
    struct vec3 at, velocity; /* ECEF, m and m/s */
};

struct aircraft {
    struct aircraft_flight flight;
    struct rng rng;
    bool flying;
    int64_t first, last; /* steps: life so far is [first, last] * AIRCRAFT_STEP_S */
    /* state at the last step */
    struct geodetic at;
    double heading_rad, speed_mps, climb_mps, turn_rad_s;
    unsigned next;       /* point of the route that is steered to */
    double change_s;     /* when level or speed change next */
    unsigned holds;      /* half laps left */
    double hold_left;    /* rad of the turn, then (negative) s of the straight leg */
    struct aircraft_node node[AIRCRAFT_NODES];
};

/* Puts the flight on its route, from_start_m behind the departure, at a step of time. The flight is copied; rng is the target's own. */
void aircraft_start(struct aircraft *t, const struct aircraft_flight *flight, struct rng rng, int64_t step, double from_start_m);
/* One step further; false when the flight has landed (its last half minute can still be asked for). t must be flying. */
bool aircraft_step(struct aircraft *t);
/* How fast, and at which height, it means to fly at a distance from the start. */
double aircraft_planned_mps(const struct aircraft_flight *flight, double from_start_m, double *hae_m);
/* Whether its transponder answers at a time. */
bool aircraft_answers(const struct aircraft *t, double time_s);
/* Position and velocity (may be NULL), ECEF, at a time; false when it did not fly then or it is longer ago than remembered. */
bool aircraft_motion(const struct aircraft *t, double time_s, struct vec3 *at, struct vec3 *velocity);

#endif
