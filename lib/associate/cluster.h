/* cluster: the assignment of a whole sector's plots: pairs in gates fall apart into clusters that have nothing to do with each other.
 *
 * Union-find over plots and tracks; a cluster of one plot and one track is decided directly, others by assign_solve. A cluster larger than
 * ASSIGN_MAX takes its best pairs one after the other instead (documented loss: the sum may not be optimal there). */
#ifndef ASSOCIATE_CLUSTER_H
#define ASSOCIATE_CLUSTER_H

#include <stdint.h>

#define CLUSTER_NONE UINT32_MAX

struct cluster_pair {
    uint32_t plot, track; /* plot: number within the sector, below `plots` of solve; track: any number the caller has for it, below capacity */
    double cost;          /* of making this pair, against leaving both alone: minus a log likelihood ratio */
};

struct cluster;

/* Room for plots and pairs of one sector and for track numbers below tracks. NULL when memory is short. */
struct cluster *cluster_new(uint32_t plots, uint32_t pairs, uint32_t tracks);
void cluster_free(struct cluster *c);

struct cluster_result {
    uint32_t clusters, largest; /* clusters with more than one plot or track; plots in the largest of all */
};

/* Sets track_of[plot] to a track or CLUSTER_NONE. Pairs in any order (the result depends on it only where costs are equal). */
struct cluster_result cluster_solve(struct cluster *c, const struct cluster_pair *pairs, uint32_t count, uint32_t plots, uint32_t *track_of);

#endif
