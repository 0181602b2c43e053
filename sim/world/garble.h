/* garble: what the replies of two aircraft do to each other: where they overlap at the radar, codes are mixed or exchanged.
 *
 * Replies overlap where both aircraft are in one beam and their slant ranges differ by less than a reply is long: 20.3 us, 1.64 NM (ICAO Annex 10 vol. IV,
 * 3.1.1; Stevens, Secondary Surveillance Radar, ch. 5: garbling). Of selectively addressed replies (Mode S) none does. */
#ifndef SIM_WORLD_GARBLE_H
#define SIM_WORLD_GARBLE_H

#include "sim/world/radar.h"

#define GARBLE_RANGE_M 3043.0
#define GARBLE_BEAM_RAD 0.042 /* 2.4 degrees: of the usual interrogator */

/* Over the plots of the radar's present turn, in the order of their times. Does nothing unless the site's quirks say so. */
void garble_turn(const struct radar *r, struct radar_plot *plots, unsigned count);

#endif
