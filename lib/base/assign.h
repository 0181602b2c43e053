/* assign: the optimal one-to-one assignment of rows to columns (plots to tracks, truths to tracks), where either may stay alone.
 *
 * Shortest augmenting paths with potentials (Jonker, Volgenant, Computing 38, 1987; Crouse, IEEE TAES 52(4), 2016). Every row may stay
 * unassigned at cost 0, so a pair is worth making only where its cost is negative or where it helps the sum. */
#ifndef BASE_ASSIGN_H
#define BASE_ASSIGN_H

#include <stdint.h>

#define ASSIGN_NONE UINT32_MAX

struct assign; /* work space: holds nothing between calls */

/* For at most `most` rows and as many columns. NULL when memory is short. */
struct assign *assign_new(uint32_t most);
void assign_free(struct assign *a);

/* cost[row * columns + column], HUGE_VAL where the pair is impossible; rows, columns <= most. column_of[row] is set to the row's
 * column or ASSIGN_NONE. Returns the sum of costs. Ties go to the lower column number. */
double assign_solve(struct assign *a, const double *cost, uint32_t rows, uint32_t columns, uint32_t *column_of);

#endif
