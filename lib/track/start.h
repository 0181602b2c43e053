/* start: a track begins with one plot that belongs to no other: state, identity and prior odds.
 *
 * Single plots are the pool of initiation: they wait in a gate of their own, wide enough for 900 m/s and with no lower speed limit (a
 * balloon is an aircraft), and the plot that fits one of them makes a tentative track of it. Whether it is believed is then a matter of its
 * likelihood against the sensor's density of false plots, not of counting. */
#ifndef TRACK_START_H
#define TRACK_START_H

#include "track/filter.h"

/* Prior log odds of a lone plot being an aircraft, by what speaks for it. */
#define START_PRIMARY (-5.3)   /* 1 : 200: dozens of false echoes a scan against one new aircraft in several scans */
#define START_SECONDARY 0.0    /* 1 : 1: asynchronous replies and reflections are about as many as new aircraft */
#define START_ADDRESS 2.2      /* 9 : 1: the address passed its parity check */
#define START_DUPLICATE (-2.2) /* 1 : 9: an address that flies elsewhere already is mostly a reflection */

/* Fills a zeroed track from a plot. duplicate: another track owns its address. */
void start_track(struct store_track *t, const struct filter_plot *p, bool duplicate);

/* Begins the state of a known aircraft anew at the plot; identity, number and odds stay. */
void start_again(struct store_track *t, const struct filter_plot *p);

#endif
