/* solve: see the header. The last unknowns of a factored system depend on the last block of L alone: that is why callers put what they want last. */
#include "base/solve.h"

#include <assert.h>
#include <math.h>

#define LAST_MAX 8u

bool solve_factor(double *a, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        double *row = a + solve_at(i, 0);
        for (unsigned j = 0; j <= i; j++) {
            const double *other = a + solve_at(j, 0);
            double sum = row[j];
            for (unsigned k = 0; k < j; k++)
                sum -= row[k] * other[k];
            if (j < i)
                row[j] = sum / other[j];
            else if (sum > 0.0)
                row[i] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

void solve_forward(const double *l, unsigned n, double *b)
{
    for (unsigned i = 0; i < n; i++) {
        const double *row = l + solve_at(i, 0);
        for (unsigned k = 0; k < i; k++)
            b[i] -= row[k] * b[k];
        b[i] /= row[i];
    }
}

void solve_backward(const double *l, unsigned n, unsigned first, double *b)
{
    for (unsigned i = n; i-- > first;) {
        for (unsigned k = i + 1; k < n; k++)
            b[i] -= l[solve_at(k, i)] * b[k];
        b[i] /= l[solve_at(i, i)];
    }
}

/* Of (L L')^-1 = L'^-1 L^-1 the last block is made of the last block of L: var[c] is the square of column c of that block's inverse. */
void solve_variances(const double *l, unsigned n, unsigned first, double *var)
{
    assert(n - first <= LAST_MAX);
    for (unsigned c = first; c < n; c++) {
        double x[LAST_MAX], sum = 0.0;
        for (unsigned i = c; i < n; i++) {
            x[i - first] = i == c ? 1.0 : 0.0;
            for (unsigned k = c; k < i; k++)
                x[i - first] -= l[solve_at(i, k)] * x[k - first];
            x[i - first] /= l[solve_at(i, i)];
            sum += x[i - first] * x[i - first];
        }
        var[c - first] = sum;
    }
}
