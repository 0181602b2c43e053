/* clock: what time a source means when it says what time it is.
 *
 * A source states seconds of the day (or of a shorter period that wraps). With an arrival the statement is read as the nearest such instant, so that
 * midnight is nothing special. Arrival less stated time is the delay: usually the latency of processing and lines (0.5 to 1.3 s), steady to a
 * fraction of a second. A clock that is wrong by a constant shows as a steady delay that no latency explains. It is recognised from CLOCK_WINDOW
 * delays in a row that agree, then corrected: time = stated + offset. It is recognised in the same way when it is right again. Until then:
 *   - a source that was right and now lags was held up on the line: its own time is kept;
 *   - a source not known, or one that speaks from the future, is not believed: its time is the arrival less the usual latency.
 * Without arrivals (raw files) the stated times themselves are unwrapped: each is read nearest to the front, the latest time so far. A single time
 * far ahead does not move the front; a second one that agrees with it does (a gap in the recording, or a new day).
 *
 * Deterministic: a function of the sequence of (statement, arrival). Plain data: state is saved by copying. */
#ifndef WIRE_CLOCK_H
#define WIRE_CLOCK_H

#include "base/instant.h"
#include <stdbool.h>
#include <stdint.h>

#define CLOCK_WINDOW 8
#define CLOCK_LATENCY_S 0.8 /* usual latency, until a source shows its own */

struct clock {
    double offset_s;              /* added to stated times; 0: right */
    double mean_s;                /* delay, smoothed, while the clock is wrong */
    double latency_s;             /* of this source while right, smoothed */
    double delay_s[CLOCK_WINDOW]; /* latest delays, folded near each other */
    uint32_t delays;              /* how many came, all in all */
    bool known;                   /* latency_s was measured */
    bool full;                    /* stated a time of day at least once: shorter counters then only follow */
};

enum clock_change { CLOCK_SAME, CLOCK_TURNED_WRONG, CLOCK_TURNED_RIGHT };

struct clock_reading {
    struct instant time;
    bool estimated;      /* not as stated: corrected, or derived from arrival */
    uint8_t change;      /* enum clock_change: what this statement revealed */
    double offset_s;     /* with a change: mean delay, and its spread */
    double spread_s;
};

struct clock clock_init(void);

/* The statement count_s of a counter that wraps every period_s (86400: time of day), arrived at `arrival`. tolerance_s: the largest delay that
 * is taken for latency. */
struct clock_reading clock_read(struct clock *c, double count_s, double period_s, struct instant arrival, double tolerance_s);

/* For a message without any time: arrival less the usual latency. */
struct instant clock_without(const struct clock *c, struct instant arrival);

/* Unwrapping without arrivals; one per feed. */
struct clock_front {
    struct instant front;  /* latest believed time; INSTANT_NONE at first */
    struct instant ahead;  /* a time far ahead that waits for a second one */
};
struct clock_front clock_front_init(void);

/* The instant of the statement; date: midnight of the first record's day. The front is then the arrival that such a unit has. */
struct instant clock_unwrap(struct clock_front *f, double count_s, double period_s, struct instant date);

#endif
