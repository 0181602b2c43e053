/* merge: two tracks that one aircraft makes become one, under the older number.
 *
 * Side by side: two shown tracks too near in position and velocity to be two aircraft, for several checks in a row. One after the other: a
 * track that is about to be shown for the first time is set against those that have had no plot since its own first one: an aircraft that
 * manoeuvred out of its gate, or came out of a gap, is likelier the one that was lost than a new one (Bayes: see merge_former). */
#ifndef PICTURE_MERGE_H
#define PICTURE_MERGE_H

#include "picture/inside.h"

/* The track's timer at `now`: looks for a twin; three times in a row, and they are one. False when t is gone. */
bool merge_compare(struct picture *p, struct store_track *t, struct instant now);

/* t has been confirmed and has no number yet. Where a lost track is likelier the same aircraft than t is a new one, that track goes on with t's
 * state and t is gone: true. */
bool merge_former(struct picture *p, struct store_track *t);

#endif
