/* trust: whether what an aircraft broadcasts of its place is borne out by radar: evidence counted, a verdict with hysteresis.
 *
 * The score goes up by one where a radar agrees and down by two where one contradicts, between -6 and 6. Against forged, displaced and
 * duplicated ADS-B: Strohmeier, Lenders, Martinovic, "On the security of the automatic dependent surveillance-broadcast protocol", IEEE
 * Communications Surveys 17(2), 2015 (radar as the independent source). Plain data; zeroed: no position was broadcast. */
#ifndef TRACK_TRUST_H
#define TRACK_TRUST_H

#include "base/instant.h"
#include <stdbool.h>
#include <stdint.h>

enum trust_state {
    TRUST_NONE,         /* no ADS-B */
    TRUST_UNCHECKED,    /* no radar has said much */
    TRUST_CONFIRMED,    /* radar sees the aircraft where it says it is */
    TRUST_CONTRADICTED, /* radar sees it elsewhere: displaced or forged */
    TRUST_UNSEEN,       /* radar should see it and does not */
    TRUST_STATES
};

struct trust {
    uint8_t state; /* enum trust_state */
    int8_t score;
    uint16_t unused;
    float missed;             /* radar looks that should have succeeded, since the last that did */
    struct instant position;  /* of the latest position that was broadcast */
    struct instant radar;     /* of the latest radar plot; 0: none yet */
    struct instant duplicate; /* when the address was last heard elsewhere */
};

/* Each returns true when the state changed. */
bool trust_hear(struct trust *t, struct instant time); /* a position was broadcast */
bool trust_compare(struct trust *t, bool agrees);      /* and stood against a radar plot */
bool trust_see(struct trust *t, struct instant time);  /* a radar saw the track */
bool trust_miss(struct trust *t, double looks);        /* so many looks of radars should have seen it, and did not */

/* A radar saw the track lately. */
#define TRUST_RADAR_S 30.0
bool trust_has_radar(const struct trust *t, struct instant now);

const char *trust_text(enum trust_state s);

#endif
