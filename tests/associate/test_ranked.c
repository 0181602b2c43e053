#include "associate/ranked.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "support/support.h"

#define ROWS 4
#define COLUMNS 3
#define ALL 73 /* ways to give some of 4 rows a column of 3 of their own: sum over k of C(4,k) C(3,k) k! */

static double cost_of(const double *cost, const uint8_t *column_of)
{
    double sum = 0.0;
    for (int i = 0; i < ROWS; i++)
        sum += column_of[i] == RANKED_NONE ? 0.0 : cost[i * COLUMNS + column_of[i]];
    return sum;
}

/* Every way there is, by counting in base 4. */
static int brute(const double *cost, double *sums)
{
    int count = 0;
    for (int code = 0; code < 256; code++) {
        uint8_t column_of[ROWS];
        unsigned used = 0;
        bool valid = true;
        for (int i = 0; i < ROWS; i++) {
            int c = code >> 2 * i & 3;
            column_of[i] = c == COLUMNS ? RANKED_NONE : (uint8_t)c;
            if (c == COLUMNS)
                continue;
            valid = valid && !(used >> c & 1) && cost[i * COLUMNS + c] < HUGE_VAL;
            used |= 1U << c;
        }
        if (valid)
            sums[count++] = cost_of(cost, column_of);
    }
    return count;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

START_TEST(every_assignment_is_told_once_and_in_order)
{
    struct rng rng = rng_init(7);
    struct ranked *r = ranked_new(ROWS, COLUMNS, 100);
    for (int round = 0; round < 200; round++) {
        double cost[ROWS * COLUMNS], sums[256], sum;
        uint8_t column_of[ROWS];
        for (int i = 0; i < ROWS * COLUMNS; i++)
            cost[i] = rng_uniform(&rng) < 0.2 ? HUGE_VAL : 20.0 * (rng_uniform(&rng) - 0.7);
        int count = brute(cost, sums), told = 0;
        qsort(sums, (size_t)count, sizeof *sums, ascending);
        ranked_begin(r, cost, ROWS, COLUMNS);
        for (; ranked_next(r, column_of, &sum); told++) {
            ck_assert_int_lt(told, count);
            ck_assert_double_eq_tol(sum, sums[told], 1e-9);
            ck_assert_double_eq_tol(sum, cost_of(cost, column_of), 1e-9);
        }
        ck_assert_int_eq(told, count);
    }
    ranked_free(r);
}
END_TEST

START_TEST(without_a_limit_of_pairs_all_ways_are_there)
{
    struct ranked *r = ranked_new(ROWS, COLUMNS, 100);
    double cost[ROWS * COLUMNS] = {0}, sum;
    uint8_t column_of[ROWS];
    int told = 0;
    for (ranked_begin(r, cost, ROWS, COLUMNS); ranked_next(r, column_of, &sum);)
        told++;
    ck_assert_int_eq(told, ALL);
    ranked_free(r);
}
END_TEST

START_TEST(no_more_are_told_than_asked_for)
{
    struct ranked *r = ranked_new(ROWS, COLUMNS, 5);
    double cost[ROWS * COLUMNS] = {-1, -2, -3}, sum;
    uint8_t column_of[ROWS];
    int told = 0;
    for (ranked_begin(r, cost, ROWS, COLUMNS); ranked_next(r, column_of, &sum);)
        told++;
    ck_assert_int_eq(told, 5);
    ranked_begin(r, cost, 0, 0);
    ck_assert(ranked_next(r, column_of, &sum));
    ck_assert_double_eq(sum, 0.0);
    ck_assert(!ranked_next(r, column_of, &sum));
    ranked_free(r);
}
END_TEST

Suite *test_ranked_suite(void)
{
    Suite *suite = suite_create("ranked");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, every_assignment_is_told_once_and_in_order);
    tcase_add_test(claims, without_a_limit_of_pairs_all_ways_are_there);
    tcase_add_test(claims, no_more_are_told_than_asked_for);
    suite_add_tcase(suite, claims);
    return suite;
}
