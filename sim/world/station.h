/* station: an ADS-B ground station: about once a second each equipped aircraft in sight says where it is. It shares the radar's clothes (radar.h): a site,
 * a turn of RADAR_STATION_S without a beam, streams of random numbers, outcomes, a line. */
#ifndef SIM_WORLD_STATION_H
#define SIM_WORLD_STATION_H

#include "sim/world/radar.h"

/* What the station hears of an aircraft in this turn: the number of plots (0 or 1) written to out. Counted by outcome. */
unsigned station_look(struct radar *r, const struct aircraft *a, struct radar_plot *out);

#endif
