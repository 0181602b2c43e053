/* traffic: who flies where: cross-border city pairs, and what else is in the air near the airports.
 *
 * Airports and pairs come from two files of this project (config/traffic). Every flight is a function of the seed and its own number. */
#ifndef SIM_WORLD_TRAFFIC_H
#define SIM_WORLD_TRAFFIC_H

#include "sim/world/aircraft.h"
#include <stddef.h>

struct traffic;

/* Reads DIRECTORY/airports.csv and DIRECTORY/pairs.csv. NULL and a line in error when something is wrong with them. */
struct traffic *traffic_new(const char *directory, uint64_t seed, char *error, size_t error_size);
void traffic_free(struct traffic *t);

/* The share of flights without a transponder, whatever their class; negative: as the classes have it. */
void traffic_set_silent(struct traffic *t, double share);

/* The share of flights that file a plan, of those that would (sim/world/filing.h); otherwise all. */
void traffic_set_plans(struct traffic *t, double share);

/* Flight `number`, and the random numbers that its pilot goes on with. */
struct rng traffic_flight(const struct traffic *t, uint32_t number, struct aircraft_flight *flight);

#endif
