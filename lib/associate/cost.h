/* cost: what speaks for a plot and a track being the same aircraft, as log likelihood ratios.
 *
 * Everything is evidence, nothing is a wall: a different code makes a pair unlikely (a code may have been changed, or garbled), never
 * impossible. A ratio compares "this aircraft's next plot" with "somebody else's". */
#ifndef ASSOCIATE_COST_H
#define ASSOCIATE_COST_H

#include "air/ident.h"

/* Identity of a track against that of a plot: the sum over address, Mode 3/A and callsign; 0 where nothing can be compared. */
double cost_identity(const struct ident *track, const struct ident *plot);

/* Log likelihood ratio of a plot being this track's (existing with probability `existence`, seen by this kind of look with probability
 * pd) against being a false or new one of density_m2: log(existence pd L / (density (1 - existence pd))), L the kinematic likelihood.
 * The assignment minimises the sum of its negatives. */
double cost_track(double log_likelihood, double existence, double pd, double density_m2);

#endif
