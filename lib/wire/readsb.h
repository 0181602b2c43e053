/* readsb: tracks in the form of readsb's aircraft.json, which tar1090 and its kin read: feet, knots, degrees, seconds.
 *
 * Form: readsb's README-json.md. An aircraft without an ICAO address gets "~" and its track number as hex, so that one name stays one track. */
#ifndef WIRE_READSB_H
#define WIRE_READSB_H

#include "air/track.h"

#include <jansson.h>

/* One aircraft: a new reference, or NULL without memory. now: the document's. */
json_t *readsb_aircraft(const struct track *t, struct instant now);
/* {"now":…, "messages":…, "aircraft":[…]}; takes the array (steals the reference). */
json_t *readsb_document(struct instant now, uint64_t messages, json_t *aircraft);
/* receiver.json: at is the place the map begins with, NULL: none. */
json_t *readsb_receiver(const char *version, double refresh_s, const struct geodetic *at);

#endif
