/* correlate: how much a track speaks for being the flight that a plan names: a log likelihood ratio, summed over what both say.
 *
 * Address, callsign and code compare as identities that are sometimes filed or set wrongly; codes are used again by others at the same time, so an equal one
 * counts less than an equal address. The way counts by how far aside the track is, how far off in time, whether it goes along, and at which level. Each
 * density is a mixture of what plans are usually kept to, and a wide one for those that are not. Alternative: any other flight over the continent that day. */
#ifndef TRACK_CORRELATE_H
#define TRACK_CORRELATE_H

#include "air/plan.h"
#include "air/track.h"

#define CORRELATE_ACCEPT 3.0  /* 95 %: odds, with the prior, above which a plan is a track's */
#define CORRELATE_MARGIN 3.0  /* as much above the next plan, or the next track */
#define CORRELATE_REFUSE -3.0 /* below, a plan that was a track's is no longer */

enum correlate_part {
    CORRELATE_ADDRESS = 1 << 0,
    CORRELATE_CALLSIGN = 1 << 1,
    CORRELATE_CODE = 1 << 2,
    CORRELATE_WAY = 1 << 3, /* within a corridor and an hour of the plan */
};

/* The sum; *agree (may be NULL): the parts that agree, enum correlate_part. */
double correlate_ratio(const struct plan *plan, const struct track *t, unsigned *agree);
/* Log prior odds that one of so many plans is that of a track that is picked blindly. */
double correlate_prior(uint32_t plans);

#endif
