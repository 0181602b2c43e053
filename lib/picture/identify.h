/* identify: in which order the picture finds out who a track is: flight plans, silence of transponders, classes.
 *
 * A track that is shown looks for its plan among those that name its address, callsign or code: when it is first shown, when a plan comes that names it,
 * and then every IDENTIFY_SEEK_S; what it has is looked at again every IDENTIFY_CHECK_S. A plan belongs to one track. The way alone never gives a plan. */
#ifndef PICTURE_IDENTIFY_H
#define PICTURE_IDENTIFY_H

#include "picture/inside.h"

#define IDENTIFY_SEEK_S 10.0
#define IDENTIFY_CHECK_S 30.0
#define IDENTIFY_CANDIDATES 32

/* A plan, an amendment or a cancellation came. */
void identify_plan(struct picture *p, const struct plan *plan);
/* The track's timer, or it is shown now: its plan is sought or looked at again when that is due. */
void identify_expire(struct picture *p, struct store_track *t, struct instant now);
/* A plot updated it: replies, or an echo alone where one was due. True: its transponder fell silent, or answers again, at this plot. */
bool identify_hear(struct picture *p, struct store_track *t, const struct filter_plot *plot);
/* A look of a sensor brought nothing: counts where the track has an address, high above the horizon. */
bool identify_miss(struct picture *p, struct store_track *t, uint32_t station, struct geodetic at);
/* It is given up: whether its replies ceased inside coverage; said to people when so. */
void identify_end(struct picture *p, struct store_track *t);
/* What is reported of it besides what it measures. */
void identify_report(const struct picture *p, const struct store_track *t, struct track *out);

#endif
