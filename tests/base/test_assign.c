#include "base/assign.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "support/support.h"

#define MOST 64

static struct assign *assign;

static void setup(void)
{
    assign = assign_new(MOST);
}

static void teardown(void)
{
    assign_free(assign);
}

/* The best sum over all ways to give each row a column or none. */
static double exhaustive(const double *cost, uint32_t rows, uint32_t columns, uint32_t row, unsigned used)
{
    if (row == rows)
        return 0.0;
    double best = exhaustive(cost, rows, columns, row + 1, used);
    for (uint32_t c = 0; c < columns; c++)
        if (!(used & 1U << c) && cost[row * columns + c] < HUGE_VAL)
            best = fmin(best, cost[row * columns + c] + exhaustive(cost, rows, columns, row + 1, used | 1U << c));
    return best;
}

static double greedy(const double *cost, uint32_t rows, uint32_t columns)
{
    bool row_used[MOST] = {false}, column_used[MOST] = {false};
    double sum = 0.0;
    for (;;) {
        double best = 0.0;
        uint32_t row = 0, column = 0;
        for (uint32_t r = 0; r < rows; r++)
            for (uint32_t c = 0; c < columns; c++)
                if (!row_used[r] && !column_used[c] && cost[r * columns + c] < best)
                    best = cost[r * columns + c], row = r, column = c;
        if (best == 0.0)
            return sum;
        sum += best;
        row_used[row] = column_used[column] = true;
    }
}

static void fill(struct rng *r, double *cost, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cost[i] = rng_uniform(r) < 0.3 ? HUGE_VAL : 10.0 * rng_uniform(r) - 7.0;
}

/* Sum over the pairs that were made; each column at most once. */
static double sum_of(const double *cost, uint32_t rows, uint32_t columns, const uint32_t *column_of)
{
    bool used[MOST] = {false};
    double sum = 0.0;
    for (uint32_t r = 0; r < rows; r++) {
        if (column_of[r] == ASSIGN_NONE)
            continue;
        ck_assert_uint_lt(column_of[r], columns);
        ck_assert(!used[column_of[r]]);
        used[column_of[r]] = true;
        sum += cost[r * columns + column_of[r]];
    }
    return sum;
}

START_TEST(small_assignments_are_the_best_of_all)
{
    struct rng r = rng_init(1);
    for (int round = 0; round < 3000; round++) {
        uint32_t rows = 1 + rng_below(&r, 5), columns = 1 + rng_below(&r, 6), column_of[MOST];
        double cost[30];
        fill(&r, cost, rows * columns);
        double sum = assign_solve(assign, cost, rows, columns, column_of);
        ck_assert_double_eq_tol(sum, exhaustive(cost, rows, columns, 0, 0), 1e-9);
        ck_assert_double_eq_tol(sum, sum_of(cost, rows, columns, column_of), 1e-9);
    }
}
END_TEST

START_TEST(large_assignments_are_never_worse_than_greedy)
{
    struct rng r = rng_init(2);
    static double cost[MOST * MOST];
    for (int round = 0; round < 100; round++) {
        uint32_t rows = 1 + rng_below(&r, MOST), columns = 1 + rng_below(&r, MOST), column_of[MOST];
        fill(&r, cost, rows * columns);
        double sum = assign_solve(assign, cost, rows, columns, column_of);
        ck_assert_double_le(sum, greedy(cost, rows, columns) + 1e-9);
        ck_assert_double_eq_tol(sum, sum_of(cost, rows, columns, column_of), 1e-9);
    }
}
END_TEST

START_TEST(a_pair_that_costs_is_not_made)
{
    const double cost[] = {1.0};
    uint32_t column_of[1];
    ck_assert_double_eq(assign_solve(assign, cost, 1, 1, column_of), 0.0);
    ck_assert_uint_eq(column_of[0], ASSIGN_NONE);
}
END_TEST

START_TEST(impossible_pairs_are_never_made)
{
    const double cost[] = {HUGE_VAL, HUGE_VAL, -1.0, HUGE_VAL};
    uint32_t column_of[2];
    ck_assert_double_eq(assign_solve(assign, cost, 2, 2, column_of), -1.0);
    ck_assert_uint_eq(column_of[0], ASSIGN_NONE);
    ck_assert_uint_eq(column_of[1], 0);
}
END_TEST

Suite *test_assign_suite(void)
{
    Suite *suite = suite_create("assign");
    TCase *property = tcase_create("property");
    tcase_add_checked_fixture(property, setup, teardown);
    tcase_add_test(property, small_assignments_are_the_best_of_all);
    tcase_add_test(property, large_assignments_are_never_worse_than_greedy);
    tcase_add_test(property, a_pair_that_costs_is_not_made);
    tcase_add_test(property, impossible_pairs_are_never_made);
    suite_add_tcase(suite, property);
    return suite;
}
