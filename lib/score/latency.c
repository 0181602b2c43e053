/* latency: see the header. Heapsort (Williams, CACM 7, 1964): in place, never slow, and the library has no qsort. */
#include "score/latency.h"

#include <math.h>

double latency_mean(const double *values, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += values[i];
    return count ? sum / count : (double)NAN;
}

/* Lets the value at `root` sink in the heap of `count` values whose largest is first. */
static void sink(double *values, uint32_t root, uint32_t count)
{
    double value = values[root];
    for (uint32_t child; (child = 2 * root + 1) < count; root = child) {
        child += child + 1 < count && values[child] < values[child + 1];
        if (value >= values[child])
            break;
        values[root] = values[child];
    }
    values[root] = value;
}

static void sort(double *values, uint32_t count)
{
    for (uint32_t root = count / 2; root-- > 0;)
        sink(values, root, count);
    for (uint32_t end = count; end-- > 1;) {
        double largest = values[0];
        values[0] = values[end];
        values[end] = largest;
        sink(values, 0, end);
    }
}

double latency_percentile(double *values, uint32_t count, double share)
{
    if (count == 0)
        return (double)NAN;
    sort(values, count);
    double rank = share * (count - 1);
    uint32_t below = (uint32_t)rank, above = below + 1 < count ? below + 1 : below;
    return values[below] + (rank - below) * (values[above] - values[below]);
}
