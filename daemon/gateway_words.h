/* gateway_words: what a message between centres says of an aircraft and its crossing, as OLDI says it, and back. */
#ifndef DAEMON_GATEWAY_WORDS_H
#define DAEMON_GATEWAY_WORDS_H

#include "handoff/message.h"
#include "wire/oldi.h"

/* Everything but the references; departure and destination that are not known are ZZZZ. */
struct oldi gateway_words_about(enum oldi_title title, const char *callsign, const struct message_flight *f);
/* Puts in where, when and at which level the boundary is crossed, if that is predicted: a point of no name, GEO01. */
void gateway_words_cross(struct oldi *o, const struct message_crossing *c);
/* Flight level of a pressure altitude, OLDI_NO_LEVEL outside 0 to 999. */
int16_t gateway_words_level(double pressure_m);

/* What a message of OLDI says of the aircraft; where it is stays unknown but for the crossing point. */
void gateway_words_learn(struct message_flight *f, const struct oldi *o, struct instant now);
/* Its minute of the day is the one nearest to now, good to half a minute. */
struct message_crossing gateway_words_crossing(const struct oldi *o, struct instant now);

#endif
