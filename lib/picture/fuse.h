/* fuse: tracks of other systems (a tracker's feed, another node, an airborne radar) taken into ours.
 *
 * Found by the feed's own number where it is known, else by address, else the nearest of our tracks in position and velocity that nothing
 * contradicts; fused by covariance intersection (estimate/intersect), because what the other tracker was fed may have come to us as well.
 * The numbers under which feeds know a track are kept with it. What fits none of ours begins a track of its own by the common way. */
#ifndef PICTURE_FUSE_H
#define PICTURE_FUSE_H

#include "picture/inside.h"

/* Takes a plot of kind PLOT_TRACK, made ready. False: it is none of our tracks'. */
bool fuse_take(struct picture *p, const struct filter_plot *plot);

#endif
