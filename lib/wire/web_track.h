/* web_track: a track as proto/web.proto's columns hold it: scaled integers. */
#ifndef WIRE_WEB_TRACK_H
#define WIRE_WEB_TRACK_H

#include "air/track.h"

struct web_track {
    uint32_t number;
    int32_t lat_e5, lon_e5;
    uint32_t speed_dmps, heading_ddeg;
    int32_t altitude_25ft, climb_dmps;
    uint32_t flags; /* enum TrackFlag of web.proto */
    uint32_t age_ds;
};

struct web_ident {
    uint32_t number, mode_s, mode_a, kind, plan;
    uint8_t callsign[IDENT_CALLSIGN_SIZE];
};

/* The track at instant `at`, a few seconds from its own, along its velocity (good to half a percent of the way). */
struct web_track web_track_of(const struct track *t, struct instant at);
/* The same so many seconds later, along its velocity. */
void web_track_advance(struct web_track *w, double seconds);

struct web_ident web_track_ident(const struct track *t);

#endif
