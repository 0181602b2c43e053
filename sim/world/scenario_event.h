/* scenario_event: an event as people write it.
 *
 *   at 00:20 fail US-makah              a sensor; with NATION- before it, of that nation; several with commas between them
 *   at 00:20 fail flags=aerostat for 00:05    or terms of sim/world/select.h; for so long
 *   at 00:30 repair US-makah
 *   at 01:00 leave MX                   all sensors of a nation
 *   at 01:10 rejoin MX
 *   at 00:10 silence 0.33               the transponders of a share of the aircraft
 *   at 00:10 silence XAL11              that of a flight which the scenario describes
 * Times are HH:MM or HH:MM:SS after the scenario's start. */
#ifndef SIM_WORLD_SCENARIO_EVENT_H
#define SIM_WORLD_SCENARIO_EVENT_H

#include "sim/world/scenario.h"

/* Fills *e but for its place. False: where in the text that is (*at), and what was expected there. */
bool scenario_event_parse(struct scenario_event *e, const char *text, size_t *at, char *expected, size_t size);

#endif
