/* course: what happens to one track in the picture: a plot is taken, a look fails, a timer runs, it is shown, hidden, merged, removed. */
#ifndef PICTURE_COURSE_H
#define PICTURE_COURSE_H

#include "picture/inside.h"
#include "track/life.h"

/* Log likelihood ratio of an address that fits: 16 000 addresses, times 10 for the place. */
#define COURSE_ADDRESS_RATIO 12.0

/* The plot belongs to the track, with this log likelihood ratio against clutter. False: it could not be taken (counted as late where it was). */
bool course_take(struct picture *p, struct store_track *t, const struct filter_plot *plot, double log_ratio);
/* Another system's track is this one: fused, or, where it ends, let go. */
void course_fuse(struct picture *p, struct store_track *t, const struct filter_plot *plot);
/* The plot's sensor has seen the track in this turn already. */
bool course_seen(const struct picture *p, struct store_track *t, const struct filter_plot *plot);
/* The plot has the track's address: taken, or the state begun anew there; false where it must be another aircraft (noticed). */
bool course_take_address(struct picture *p, struct store_track *t, const struct filter_plot *plot);
/* A lone plot and this one begin a track, the pair having this log likelihood ratio. False: they do not fit after all. */
bool course_pair(struct picture *p, uint32_t lone, const struct filter_plot *plot, double log_ratio);
/* The plot belongs to nobody: it waits for a second one. */
void course_start(struct picture *p, const struct filter_plot *plot);
/* The track's place now, for searches. */
struct geodetic course_where(const struct store_track *t);
/* An event goes out; other: the number that ended in it, 0 none. */
void course_report(struct picture *p, const struct store_track *t, enum track_event_kind kind, uint32_t other);
/* What an event of its life does. False when the track is gone. */
bool course_step(struct picture *p, struct store_track *t, enum life_event event);
/* An address that became known: the track owns it, unless another one does. */
void course_bind(struct picture *p, struct store_track *t);
void course_remove(struct picture *p, struct store_track *t);
/* The timer of a slot, due at the instant. */
void course_expire(struct picture *p, uint32_t slot, struct instant due);

#endif
