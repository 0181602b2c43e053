#include "base/rng.h"

#include <math.h>
#include <stdlib.h>

#include "support/support.h"

#define DRAWS 200000

/* First outputs of xoshiro256** from the state {1, 2, 3, 4}: computed by hand from the definition for the first two. */
START_TEST(first_numbers_follow_the_definition)
{
    struct rng r = {{1, 2, 3, 4}};
    ck_assert_uint_eq(rng_next(&r), 11520); /* rotl(2 * 5, 7) * 9 */
    ck_assert_uint_eq(rng_next(&r), 0);     /* s[1] is 1 ^ 2 ^ 3 = 0 */
    ck_assert_uint_eq(rng_next(&r), 1509978240);
}
END_TEST

START_TEST(equal_seeds_agree_and_streams_differ)
{
    struct rng a = rng_init(7), b = rng_init(7), c = rng_stream(7, 1), d = rng_stream(7, 2);
    int same = 0;
    for (int i = 0; i < 100; i++) {
        ck_assert_uint_eq(rng_next(&a), rng_next(&b));
        same += rng_next(&c) == rng_next(&d);
    }
    ck_assert_int_eq(same, 0);
}
END_TEST

/* Limits are five standard errors of the mean and of the variance. */
START_TEST(draws_have_the_moments_they_claim)
{
    struct rng r = rng_init(42);
    double sum[4] = {0}, square[4] = {0};
    for (int i = 0; i < DRAWS; i++) {
        double draw[4] = {rng_uniform(&r), rng_normal(&r), rng_exponential(&r, 3.0), rng_poisson(&r, 40.0)};
        for (int k = 0; k < 4; k++) {
            sum[k] += draw[k];
            square[k] += draw[k] * draw[k];
        }
    }
    static const double mean[] = {0.5, 0.0, 3.0, 40.0}, variance[] = {1.0 / 12, 1.0, 9.0, 40.0}, kurtosis[] = {1.8, 3.0, 9.0, 3.025};
    for (int k = 0; k < 4; k++) {
        double m = sum[k] / DRAWS, v = square[k] / DRAWS - m * m;
        ck_assert_double_eq_tol(m, mean[k], 5.0 * sqrt(variance[k] / DRAWS));
        ck_assert_double_eq_tol(v, variance[k], 5.0 * variance[k] * sqrt((kurtosis[k] - 1.0) / DRAWS));
    }
}
END_TEST

START_TEST(below_reaches_every_number_and_no_other)
{
    struct rng r = rng_init(1);
    int hits[7] = {0};
    for (int i = 0; i < 70000; i++)
        hits[rng_below(&r, 7)]++;
    for (int i = 0; i < 7; i++)
        ck_assert_int_lt(abs(hits[i] - 10000), 500); /* 5 sigma = 463 */
    ck_assert_uint_eq(rng_below(&r, 1), 0);
    ck_assert_uint_eq(rng_poisson(&r, 0.0), 0);
}
END_TEST

Suite *test_rng_suite(void)
{
    Suite *suite = suite_create("rng");
    TCase *draws = tcase_create("draws");
    tcase_add_test(draws, first_numbers_follow_the_definition);
    tcase_add_test(draws, equal_seeds_agree_and_streams_differ);
    tcase_add_test(draws, draws_have_the_moments_they_claim);
    tcase_add_test(draws, below_reaches_every_number_and_no_other);
    suite_add_tcase(suite, draws);
    return suite;
}
