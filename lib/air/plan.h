/* plan: what a flight plan says: who, what, from where to where, by which way. */
#ifndef AIR_PLAN_H
#define AIR_PLAN_H

#include "air/ident.h"
#include "base/instant.h"
#include "geo/frame.h"

#define PLAN_ROUTE_POINTS 32

enum plan_action { PLAN_FILE, PLAN_CHANGE, PLAN_CANCEL, PLAN_ACTIONS };

struct plan_point {
    char name[8];          /* fix or airport, NUL-ended */
    struct geodetic at;
    struct instant over;   /* estimated; INSTANT_NONE: unknown */
    double pressure_m;     /* planned level there; 0: unknown */
};

struct plan {
    struct instant arrival;
    uint32_t number;       /* unique at its source */
    uint16_t source;
    uint8_t action;        /* enum plan_action */
    uint8_t flight_rules;  /* 'I' or 'V', 0 unknown */
    char departure[5], destination[5], aircraft_type[5];
    char wake;             /* L M H J, 0 unknown */
    struct ident ident;    /* callsign always; Mode 3/A and address where assigned */
    double cruise_mps, cruise_pressure_m;
    uint8_t points;
    struct plan_point route[PLAN_ROUTE_POINTS];
};

#endif
