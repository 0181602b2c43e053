/* solve: symmetric positive definite systems of a few dozen unknowns, in place, without allocation.
 *
 * The matrix is its lower triangle packed by rows: element (i, j), j <= i, at solve_at(i, j). Cholesky: Golub, Van Loan, Matrix
 * Computations, 4.2.3. */
#ifndef BASE_SOLVE_H
#define BASE_SOLVE_H

#include <stdbool.h>

#define SOLVE_SIZE(n) ((n) * ((n) + 1) / 2)

static inline unsigned solve_at(unsigned i, unsigned j)
{
    return i * (i + 1) / 2 + j;
}

/* a = L L', L in the place of a. False, a spoilt, where a is not positive definite. */
bool solve_factor(double *a, unsigned n);
/* L x = b, x in the place of b. */
void solve_forward(const double *l, unsigned n, double *b);
/* L' x = b for the unknowns first .. n - 1 alone (the others are not needed for them), x in the place of b. */
void solve_backward(const double *l, unsigned n, unsigned first, double *b);
/* Diagonal of the inverse of L L' for the unknowns first .. n - 1, at most 8. */
void solve_variances(const double *l, unsigned n, unsigned first, double *var);

#endif
