/* life: whether a track is believed, as a small machine over the probability that there is an aircraft.
 *
 * Existence is a Bernoulli variable kept as log odds. A plot adds its log likelihood ratio against clutter, a look without a plot takes
 * away what the detection probability says (sequential probability ratio test: Wald 1945; Sittler 1964; in tracking Blackman, Popoli,
 * "Design and Analysis of Modern Tracking Systems", 1999, 6.2). Only looks that should have seen the aircraft count. */
#ifndef TRACK_LIFE_H
#define TRACK_LIFE_H

#include <stdint.h>

enum life_state {
    LIFE_TENTATIVE, /* perhaps an aircraft; not shown */
    LIFE_CONFIRMED, /* shown */
    LIFE_DORMANT,   /* no longer shown; keeps its number when it comes back: in its place or, for longer, under its address */
    LIFE_STATES
};

enum life_event {
    LIFE_SURE,   /* odds above LIFE_CONFIRM and at least two plots */
    LIFE_DOUBT,  /* odds below LIFE_DROP, or of a tentative track below where it began */
    LIFE_SILENT, /* no plot for the longest coasting allowed */
    LIFE_AGAIN,  /* dormant, and a plot in its place or with its address */
    LIFE_FORGET, /* dormant for too long */
    LIFE_EVENTS
};

enum life_action { LIFE_NOTHING, LIFE_ANNOUNCE, LIFE_HIDE, LIFE_REMOVE, LIFE_ACTIONS };

struct life_cell {
    uint8_t next;   /* enum life_state */
    uint8_t action; /* enum life_action */
};
/* What an event does. */
struct life_cell life_step(enum life_state state, enum life_event event);
const char *life_state_name(unsigned state);
const char *life_event_name(unsigned event);

/* Log odds. */
#define LIFE_CONFIRM 4.6 /* 99 %: one shown track in a hundred may be false when it is first shown */
#define LIFE_DROP 0.0    /* 50 %: shown while more likely there than not */
#define LIFE_FORGOTTEN -6.9 /* 0.1 %: hidden, and no longer looked for either */
#define LIFE_CEILING 5.7 /* 99.7 %: an aircraft stays about an hour, so one in 300 has gone since the last turn of 12 s, however old its track */

double life_probability(double log_odds);
/* Log odds after a plot of log likelihood ratio log_ratio, and after a look of detection probability pd without one. */
double life_hit(double log_odds, double log_ratio);
double life_miss(double log_odds, double pd);

#endif
