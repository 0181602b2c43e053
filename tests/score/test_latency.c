#include "score/latency.h"

#include "base/rng.h"
#include "support/support.h"
#include <math.h>

START_TEST(percentiles_lie_between_ranks)
{
    double values[] = {40, 10, 30, 20};
    ck_assert_double_eq(latency_mean(values, 4), 25);
    ck_assert_double_eq(latency_percentile(values, 4, 0), 10);
    ck_assert_double_eq(latency_percentile(values, 4, 0.5), 25);
    ck_assert_double_eq_tol(latency_percentile(values, 4, 0.95), 38.5, 1e-12);
    ck_assert_double_eq(latency_percentile(values, 4, 1), 40);
}
END_TEST

START_TEST(values_come_in_order)
{
    struct rng r = rng_init(8);
    for (uint32_t n = 1; n < 60; n++) {
        double values[60], sum = 0, sum_after = 0;
        for (uint32_t i = 0; i < n; i++)
            sum += values[i] = floor(20 * rng_uniform(&r));
        latency_percentile(values, n, 0.5);
        for (uint32_t i = 0; i < n; i++) {
            sum_after += values[i];
            ck_assert(i == 0 || values[i - 1] <= values[i]);
        }
        ck_assert_double_eq(sum, sum_after);
    }
}
END_TEST

START_TEST(none_have_no_mean)
{
    ck_assert(isnan(latency_mean(NULL, 0)) && isnan(latency_percentile(NULL, 0, 0.5)));
}
END_TEST

Suite *test_latency_suite(void)
{
    Suite *suite = suite_create("latency");
    TCase *vectors = tcase_create("vectors");
    tcase_add_test(vectors, percentiles_lie_between_ranks);
    tcase_add_test(vectors, values_come_in_order);
    tcase_add_test(vectors, none_have_no_mean);
    suite_add_tcase(suite, vectors);
    return suite;
}
