/* silence: when a transponder that answered answers no more. A sequential test over the looks that should have brought a reply.
 *
 * A look that brings an echo alone, by a sensor that should have heard the reply too, speaks for silence by the probability that the reply was merely
 * missed; so does a look that brings nothing at all where the aircraft stands well above the horizon of the sensor. Looks of one aircraft fail together
 * (its antenna is shaded in a turn, replies garble), so one look never counts for more than SILENCE_LOOK. A reply ends all of it. The event's time is
 * that of the last reply; it is told when the test is sure. */
#ifndef TRACK_SILENCE_H
#define TRACK_SILENCE_H

#include "air/track.h"
#include <stdbool.h>

#define SILENCE_SURE 9.2   /* ln 10^4: transponders fail about once in 10^4 hours, and an hour has some hundred looks */
#define SILENCE_LOOK 2.3   /* ln 10 */
#define SILENCE_GONE 4.5   /* with no echo left: enough to say so when the track is given up */
#define SILENCE_RISE 0.0175 /* sine of one degree: how high above the horizon a look must be to count without an echo */
#define SILENCE_HEIGHT_M 1500.0 /* and how high above the sensor: lower, it may be landing beside it */

struct silence {
    float log_ratio;  /* of silence against chance */
    bool silent;      /* it has been told */
};

enum silence_change { SILENCE_NOTHING, SILENCE_BEGAN, SILENCE_ENDED };

/* The latest reply of any kind (secondary, Mode S, ADS-B, multilateration); INSTANT_NONE: it never answered. */
struct instant silence_last_reply(const struct instant age[TRACK_AGES]);
/* A reply came. */
enum silence_change silence_reply(struct silence *s);
/* A look that should have brought a reply with probability detection did not. */
enum silence_change silence_look(struct silence *s, double detection);
/* Whether a target at a distance over ground and a height above the sensor stands well above its horizon, and does not land there. */
bool silence_counts(double distance_m, double above_m);

#endif
