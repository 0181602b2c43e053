/* roster: who is in the air: the slots of the traffic, behind them the scenario's own flights, behind those the recorded ones.
 *
 * A slot of the traffic has one flight after the other; who comes next files a flight plan a lead time before it departs (sim/world/filing.h). A flight of the
 * scenario's own, or a recorded one, has its slot for itself. Aircraft that landed stay in their slot until the last antenna has passed over their end. */
#ifndef SIM_WORLD_ROSTER_H
#define SIM_WORLD_ROSTER_H

#include "sim/world/filing.h"
#include "sim/world/scenario.h"

struct roster;

#define ROSTER_RECORDED 12000000u /* numbers of recorded flights begin here */

/* The scenario is lent and must live as long. NULL and a line in error when something is wrong. */
struct roster *roster_new(const struct scenario *s, char *error, size_t error_size);
void roster_free(struct roster *r);

/* Puts those into the air that fly at the start: where `seen` says so, if the scenario wishes it. */
void roster_begin(struct roster *r, bool (*seen)(void *context, struct geodetic at), void *context);
/* One step of AIRCRAFT_STEP_S. */
void roster_step(struct roster *r);

/* Slots; an aircraft whose flight has no number is not there yet. Lent; they move with each step. */
uint32_t roster_slots(const struct roster *r);
struct aircraft *roster_aircraft(const struct roster *r);
uint64_t roster_flights(const struct roster *r); /* so far */
struct filing *roster_filing(const struct roster *r);

#endif
