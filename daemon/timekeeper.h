/* timekeeper: the one place that reads the time. Wall: the computer's clock. Scenario: instant = epoch + (wall clock - wall clock at epoch) * rate, as the
 * simulator's beacon says; unknown until a beacon was heard. What it gives never goes backwards. */
#ifndef DAEMON_TIMEKEEPER_H
#define DAEMON_TIMEKEEPER_H

#include "base/instant.h"
#include "wire/envelope.h"
#include <stdbool.h>

struct timekeeper {
    bool scenario, known;
    struct envelope_clock map;
    struct instant last;  /* given last */
    uint64_t beacons, changes, backwards; /* heard; that said something new; readings that were held back */
};

void timekeeper_init(struct timekeeper *c, bool scenario);
/* Reads: true and *now; false: a scenario of which nothing was heard yet. */
bool timekeeper_read(struct timekeeper *c, struct instant *now);
/* A beacon: true when it says something else than before (or is the first). */
bool timekeeper_beacon(struct timekeeper *c, const struct envelope_clock *map);
/* A replay's clock: this map from now on, also back in time; rate 0: it stands. */
void timekeeper_set(struct timekeeper *c, const struct envelope_clock *map);
/* Seconds of waiting from the instant read last until `due`; 0 when it has passed. */
double timekeeper_wait_s(const struct timekeeper *c, struct instant due);

#endif
