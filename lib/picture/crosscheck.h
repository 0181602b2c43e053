/* crosscheck: positions that aircraft broadcast, held against the radars that should see them there.
 *
 * Every position that lies between two plots of a radar, and every radar plot between two positions, is compared with the line through the others
 * (sensor/equation), whatever the track believes: a forger who draws the track along gains nothing by it. What a radar contradicts does not
 * correct the track any more, is counted and flagged; a position corrects no bias unless radars have confirmed it. */
#ifndef PICTURE_CROSSCHECK_H
#define PICTURE_CROSSCHECK_H

#include "picture/inside.h"

/* A radar has seen the track. */
void crosscheck_see(struct picture *p, struct store_track *t, const struct filter_plot *plot);
/* A radar plot that the track has taken (q as an equation needs it), or a broadcast position that has the track's address: compared, learned from and
 * remembered. */
void crosscheck_radar(struct picture *p, struct store_track *t, const struct filter_plot *plot, const struct equation_plot *q);
void crosscheck_position(struct picture *p, struct store_track *t, const struct filter_plot *plot);

/* A broadcast position that must not correct the track: contradicted, or heard by several receivers (counted). */
bool crosscheck_refuses(struct picture *p, struct store_track *t, const struct filter_plot *plot);
/* A broadcast position lies where the aircraft that a radar sees cannot be: one contradiction, and it is refused (true); false where no radar sees it. */
bool crosscheck_astray(struct picture *p, struct store_track *t, const struct filter_plot *plot);
/* The track's address was heard `away_m` from it. */
void crosscheck_duplicate(struct picture *p, struct store_track *t, const struct filter_plot *plot, double away_m);

/* The timer of a track in TRUST_UNCHECKED after so many seconds: looks of radars that should have seen it. */
void crosscheck_watch(struct picture *p, struct store_track *t, struct geodetic at, double seconds);

#endif
