/* world: all aircraft and all radars of a scenario, and what the radars say, in the order in which it arrives.
 *
 * Runs as fast as it is asked. A radar's turn is looked at when it is over and its aircraft are known beyond its end; aircraft in its reach
 * come from a spatial hash, so the work is proportional to what the radars see, not to radars times aircraft. */
#ifndef SIM_WORLD_WORLD_H
#define SIM_WORLD_WORLD_H

#include "sim/world/scenario.h"
#include "sim/world/stream.h"
#include "sim/world/aircraft.h"

struct world;

/* Told of every aircraft in the air at each instant of a grid; the target is lent for the call. */
struct world_observer {
    double period_s;
    void (*target)(void *context, double time_s, const struct aircraft *t);
    /* told of every look of every radar, a turn after the other; may be NULL */
    void (*look)(void *context, const struct radar *r, const struct aircraft *t, double time_s, enum radar_outcome outcome);
    void *context;
    /* where each flying radar is, at the same instants; may be NULL */
    void (*platform)(void *context, double time_s, const struct radar *r);
};

/* The scenario is lent and must live as long. observer may be NULL. NULL and a line in error when something is wrong. */
struct world *world_new(const struct scenario *s, const struct world_observer *observer, char *error, size_t error_size);
void world_free(struct world *w);

/* The next datagram, in order of (arrival, radar); what it lends holds until the next call. False: the scenario is over, or (world_failed)
 * memory was short. */
bool world_next(struct world *w, struct stream_datagram *out);
/* The next message of the flight plans' feed (sim/world/filing.h) that arrives at `until` or before; likewise lent. All that arrive before a datagram are
 * known when world_next has given it. */
bool world_next_plan(struct world *w, struct instant until, struct stream_datagram *out);
bool world_failed(const struct world *w);

struct world_counters {
    uint64_t datagrams, bytes, plots, false_plots; /* sent so far */
    uint64_t flights, plans;
    uint64_t outcomes[RADAR_OUTCOME_COUNT];
};
struct world_counters world_counters(const struct world *w);
/* The radars as completed from their sites; index < scenario's radars. */
const struct radar *world_radar(const struct world *w, uint32_t index);

#endif
