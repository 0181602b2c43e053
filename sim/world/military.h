/* military: formations and refuelling tracks, as flights of the scenario: drawn by the seed, put behind those that it describes itself.
 *
 * A formation is two to four fast aircraft within a mile, of which the leader alone answers (FAA Order JO 7110.65, 5-2: a formation squawks one code), flying round
 * an area. A refuelling track is an anchor area: a tanker and two receivers a few hundred metres apart fly a racetrack of 60 miles at 20 000 to 26 000 feet
 * (ATP-3.3.4.2: anchor pattern); they are where they are for the whole scenario, or until their racetracks are flown. All file plans. */
#ifndef SIM_WORLD_MILITARY_H
#define SIM_WORLD_MILITARY_H

#include "sim/world/scenario.h"

/* False when the scenario's flights leave no room for them (SCENARIO_FLIGHTS). */
bool military_add(struct scenario *s);

#endif
