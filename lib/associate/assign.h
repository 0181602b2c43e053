/* assign: the optimal one-to-one assignment of a few plots to a few tracks, where either may stay alone.
 *
 * Shortest augmenting paths with potentials (Jonker, Volgenant, Computing 38, 1987; Crouse, IEEE TAES 52(4), 2016). Every row may stay
 * unassigned at cost 0, so a pair is worth making only where its cost is negative or where it helps the sum. */
#ifndef ASSOCIATE_ASSIGN_H
#define ASSOCIATE_ASSIGN_H

#include <stdint.h>

#define ASSIGN_MAX 64          /* rows, and columns, that one call takes */
#define ASSIGN_NONE UINT32_MAX

/* cost[row * columns + column], HUGE_VAL where the pair is impossible; rows, columns <= ASSIGN_MAX. column_of[row] is set to the row's
 * column or ASSIGN_NONE. Returns the sum of costs. Ties go to the lower column number. */
double assign_solve(const double *cost, uint32_t rows, uint32_t columns, uint32_t *column_of);

#endif
