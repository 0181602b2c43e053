/* quality: a track as it leaves the picture: position, velocity, covariance, ages, sensors, identity, from the store's own form. */
#ifndef TRACK_QUALITY_H
#define TRACK_QUALITY_H

#include "air/track.h"
#include "track/store.h"

/* m: the track's filter at the instant that is wanted. out is filled whole. */
void quality_report(const struct store_track *t, const struct imm *m, struct track *out);

#endif
