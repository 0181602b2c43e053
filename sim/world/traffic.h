/* traffic: who flies where: cross-border city pairs, and what else is in the air near the airports.
 *
 * Airports and pairs come from two files of this project (config/traffic). Every flight is a function of the seed and its own number. */
#ifndef SIM_WORLD_TRAFFIC_H
#define SIM_WORLD_TRAFFIC_H

#include "sim/world/aircraft.h"
#include "base/instant.h"
#include <stddef.h>

struct traffic;

/* Reads DIRECTORY/airports.csv and DIRECTORY/pairs.csv. NULL and a line in error when something is wrong with them. */
struct traffic *traffic_new(const char *directory, uint64_t seed, char *error, size_t error_size);
void traffic_free(struct traffic *t);

/* The share of flights without a transponder, whatever their class; negative: as the classes have it. */
void traffic_set_silent(struct traffic *t, double share);

/* The share of flights that file a plan, of those that would (sim/world/filing.h); otherwise all. */
void traffic_set_plans(struct traffic *t, double share);

/* Flights within the nations: so large a share of those of airlines goes to an airport of the same nation, the more often the more people use it (column
 * passengers_m of airports.csv); along shared airways (sim/world/airways.h) at levels of their direction, odd thousands of feet eastwards, even ones
 * westwards (FAR 91.179; ICAO Annex 2, appendix 3). False when memory is short. */
void traffic_set_domestic(struct traffic *t, double share);
bool traffic_set_airways(struct traffic *t);
/* What part of the traffic a class is, relative to the others; otherwise as its type has it. */
void traffic_set_share(struct traffic *t, unsigned class, double share);
/* Day and night from a start on: departures follow the sun at their airport, and the number in the air the day. */
void traffic_set_rhythm(struct traffic *t, struct instant start);
/* How many are in the air at a time (seconds since the start), as a share of the most there are in a day; 1 without rhythm. */
double traffic_activity(const struct traffic *t, double time_s);
/* Flight `number` that departs at a time; as traffic_flight without rhythm. */
struct rng traffic_departure(const struct traffic *t, uint32_t number, double departs_s, struct aircraft_flight *flight);
/* A Mode 3/A code that is nobody's in particular. */
uint16_t traffic_code(struct rng *rng);

/* Flight `number`, and the random numbers that its pilot goes on with. */
struct rng traffic_flight(const struct traffic *t, uint32_t number, struct aircraft_flight *flight);

#endif
