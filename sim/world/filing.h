/* filing: the flight plans of the simulator's flights: who files one, when it is sent, what it says, and how it is amended.
 *
 * Airliners, regional and military aircraft and those of general aviation with a code of their own file; visual flights (1200) and those without transponder do
 * not. Flights that are in the air at the start have filed before: their plans are sent in the first half minute. Later ones are sent a lead time before the
 * departure that is expected then; when the flight departs or its level or speed become others, an amendment follows. A plan's number is the flight's, its source
 * the flight-data system of the nation it departs from (SAC of the nation, SIC 250). Each message is one envelope (wire/envelope.h) in a datagram. */
#ifndef SIM_WORLD_FILING_H
#define SIM_WORLD_FILING_H

#include "air/plan.h"
#include "sim/world/aircraft.h"
#include "sim/world/stream.h"

#define FILING_CATEGORY 1000u /* of its datagrams: no ASTERIX one */
#define FILING_SIC 250u
#define FILING_NAME "plans" /* of the feed, as sinks name a sensor */
#define FILING_LATENCY_S 1.0
#define FILING_FIRST_S 30.0   /* within which those in the air at the start are sent */

struct filing;

/* Room for so many messages that wait, at least; NULL when memory is short. */
struct filing *filing_new(uint32_t messages, struct instant start);
void filing_free(struct filing *f);

/* Whether a flight files at all. */
bool filing_wants(const struct aircraft_flight *flight);
/* What the plan of a flight says that departs (or did) at a time, seconds since the start. */
struct plan filing_plan(const struct aircraft_flight *flight, double departs_s, struct instant start);
/* Seconds from the departure to a distance from it, as planned. */
double filing_time_s(const struct aircraft_flight *flight, double from_start_m);

/* A message about the flight's plan at a time; action: enum plan_action; revision 0 with PLAN_FILE. The flight is copied. */
void filing_put(struct filing *f, const struct aircraft_flight *flight, double departs_s, double now_s, unsigned revision);
/* The next message that arrives at `until` or before; what it lends holds until the next call. */
bool filing_next(struct filing *f, struct instant until, struct stream_datagram *out);
/* Messages sent, and those for which there was no room. */
uint64_t filing_sent(const struct filing *f);
uint64_t filing_lost(const struct filing *f);

#endif
