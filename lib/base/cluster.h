/* cluster: the assignment of many rows to many columns where few pairs are possible (a sector's plots and tracks, an instant's truths and tracks):
 * the pairs fall apart into clusters that have nothing to do with each other.
 *
 * Union-find over rows and columns; a cluster of one row and one column is decided directly, others by assign_solve. A cluster of more than
 * `most` rows or columns takes its best pairs one after the other instead (documented loss: the sum may not be optimal there). */
#ifndef BASE_CLUSTER_H
#define BASE_CLUSTER_H

#include <stdint.h>

#define CLUSTER_NONE UINT32_MAX

struct cluster_pair {
    uint32_t row, column; /* row: below `rows` of solve; column: any number the caller has for it, below capacity */
    double cost;          /* of making this pair, against leaving both alone: below 0 where it is worth it */
};

struct cluster;

/* Room for rows and pairs of one call, for column numbers below columns, and for most rows and most columns in a cluster. NULL when memory is short. */
struct cluster *cluster_new(uint32_t rows, uint32_t pairs, uint32_t columns, uint32_t most);
void cluster_free(struct cluster *c);

struct cluster_result {
    uint32_t clusters, largest; /* clusters with more than one pair; rows in the largest of all */
    uint32_t greedy;            /* clusters too large for the optimum */
};

/* Sets column_of[row] to a column or CLUSTER_NONE. Pairs in any order (the result depends on it only where costs are equal). */
struct cluster_result cluster_solve(struct cluster *c, const struct cluster_pair *pairs, uint32_t count, uint32_t rows, uint32_t *column_of);

#endif
