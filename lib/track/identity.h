/* identity: who a track is, out of what its plots say, one message at a time.
 *
 * A first trusted value is taken at once; a different one has to be said IDENTITY_CHANGES times in a row, because a garbled reply looks like
 * a change of code. The address is taken once and kept: a plot with another address belongs to another aircraft, or is a swap that
 * association has to undo. Confidence is the smoothed share of plots that agree. */
#ifndef TRACK_IDENTITY_H
#define TRACK_IDENTITY_H

#include "air/plot.h"
#include "track/store.h"

#define IDENTITY_CHANGES 2 /* replies in a row that make a change of code; ESASSP asks for a change within 24 s */

/* Takes over what the plot says: codes, callsign, pressure altitude, kinds of contribution. True when the track has an address since now. */
bool identity_update(struct store_track *t, const struct plot *p);

/* True when the two may be one aircraft: no trusted part contradicts. */
bool identity_compatible(const struct ident *a, const struct ident *b);

#endif
