/* plan: what a flight plan says: who, what, from where to where, by which way, and when over each point.
 *
 * Plain data without pointers, a copy: it is taped, stored and sent as it is. A plan is named by (source, number). An amendment (PLAN_CHANGE) is the whole plan
 * anew, with the next revision; PLAN_CANCEL needs the names alone. The way between two points is a great circle; the first point is where the flight begins
 * (the departure, or where it enters), the last where it ends. Along the way a sphere stands for the ellipsoid: distances are good to 0.6 %. */
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
    struct instant arrival; /* of this message at this node */
    struct instant filed;   /* when its sender made it; INSTANT_NONE: unknown */
    uint32_t number;        /* unique at its source, not 0 */
    uint16_t source;
    uint16_t revision;      /* counts amendments from 0; an older one than is known is passed over */
    uint8_t action;         /* enum plan_action */
    uint8_t flight_rules;   /* 'I' or 'V', 0 unknown */
    char flight_type;       /* S scheduled, N not scheduled, G general, M military, X other (ICAO Doc 4444, item 8); 0 unknown */
    char wake;              /* L M H J, 0 unknown */
    char departure[5], destination[5], aircraft_type[5];
    struct ident ident;     /* callsign always; Mode 3/A and address where assigned */
    double cruise_mps, cruise_pressure_m; /* filed true airspeed and level */
    uint8_t points;
    struct plan_point route[PLAN_ROUTE_POINTS];
};

/* 0, or ERR_RANGE when a value cannot be (not finite, latitude beyond a pole, times that go backwards, too many points, unknown action, number 0). */
int plan_check(const struct plan *p);

/* Fills in the times over points that have none, from their neighbours' by the filed speed; without any time nothing is known. True when all have one. */
bool plan_complete(struct plan *p);

/* From the first point's time to the last one's; false when either is unknown. */
bool plan_span(const struct plan *p, struct instant *begin, struct instant *end);

/* Where the plan puts the flight. */
struct plan_place {
    struct geodetic at;  /* on the way; the height is the pressure altitude planned there, between levels that are known */
    double course_rad;   /* along the way there, clockwise from north */
    double ground_mps;   /* that the times over the points ask for */
    unsigned next;       /* the point it leads to, >= 1 */
    struct instant over; /* when it should be here */
    double aside_m;      /* plan_near: how far the place asked for lies off the way, right positive */
    double to_go_m;      /* along the way to the last point */
};
/* At an instant within its span; false outside of it, or when a time of the leg is not known. */
bool plan_at(const struct plan *p, struct instant t, struct plan_place *out);
/* On the way nearest to a place: `over` is INSTANT_NONE where times are not known. False with fewer than two points. */
bool plan_near(const struct plan *p, struct geodetic at, struct plan_place *out);

#endif
