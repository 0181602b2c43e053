/* ranked: the k best one-to-one assignments of rows to columns, in order of their cost, where a row may stay alone.
 *
 * Murty, Operations Research 16, 1968, with the partition kept per row as in Miller, Stone, Cox, IEEE TAES 33(3), 1997: what is left of a solved
 * problem without its solution falls apart into smaller problems, each without one of its pairs. Every problem is solved by base/assign. */
#ifndef ASSOCIATE_RANKED_H
#define ASSOCIATE_RANKED_H

#include <stdbool.h>
#include <stdint.h>

#define RANKED_NONE UINT8_MAX /* the row stays alone, at cost 0 */
#define RANKED_MOST 62        /* rows and columns at most */

struct ranked; /* work space: holds nothing between runs */

/* For at most `rows` rows, `columns` columns (both up to RANKED_MOST) and `best` assignments a run. NULL when memory is short. */
struct ranked *ranked_new(uint32_t rows, uint32_t columns, uint32_t best);
void ranked_free(struct ranked *r);

/* Begins a run: cost[row * columns + column], HUGE_VAL where a pair is impossible; lent until the run ends. */
void ranked_begin(struct ranked *r, const double *cost, uint32_t rows, uint32_t columns);
/* The next best assignment: column_of[row] (or RANKED_NONE) and its cost. False: there are no more, or `best` have been told. Of equal costs the
 * order is fixed but arbitrary. */
bool ranked_next(struct ranked *r, uint8_t *column_of, double *cost);

#endif
