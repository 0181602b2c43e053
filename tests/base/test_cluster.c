#include "base/cluster.h"

#include <math.h>

#include "base/assign.h"
#include "base/rng.h"
#include "support/support.h"

#define PLOTS 40
#define TRACKS 1000
#define PAIRS 4096
#define MOST 64

static struct cluster *cluster;
static struct assign *assign;

static void setup(void)
{
    cluster = cluster_new(256, PAIRS, TRACKS, MOST);
    assign = assign_new(MOST);
}

static void teardown(void)
{
    cluster_free(cluster);
    assign_free(assign);
}

static double value_of(const struct cluster_pair *pairs, uint32_t count, const uint32_t *track_of)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < count; i++)
        if (track_of[pairs[i].row] == pairs[i].column)
            sum += pairs[i].cost;
    return sum;
}

/* The whole sector as one matrix, and cut into clusters: the same sum. */
START_TEST(clusters_are_worth_what_the_whole_matrix_is)
{
    struct rng r = rng_init(4);
    for (int round = 0; round < 200; round++) {
        struct cluster_pair pairs[PAIRS];
        static double cost[PLOTS * PLOTS];
        uint32_t count = 0, plots = 1 + rng_below(&r, PLOTS), columns = PLOTS, track_of[PLOTS], column_of[PLOTS];
        for (uint32_t i = 0; i < plots * columns; i++)
            cost[i] = HUGE_VAL;
        for (uint32_t p = 0; p < plots; p++)
            for (uint32_t k = rng_below(&r, 4); k > 0; k--) {
                uint32_t c = rng_below(&r, columns);
                if (cost[p * columns + c] < HUGE_VAL)
                    continue;
                cost[p * columns + c] = 10.0 * rng_uniform(&r) - 8.0;
                pairs[count++] = (struct cluster_pair){p, 20 * c + 7, cost[p * columns + c]};
            }
        cluster_solve(cluster, pairs, count, plots, track_of);
        ck_assert_double_eq_tol(value_of(pairs, count, track_of), assign_solve(assign, cost, plots, columns, column_of), 1e-9);
    }
}
END_TEST

START_TEST(the_order_of_pairs_does_not_matter)
{
    struct rng r = rng_init(5);
    struct cluster_pair pairs[200], back[200];
    uint32_t a[PLOTS], b[PLOTS];
    for (uint32_t i = 0; i < 200; i++)
        pairs[i] = (struct cluster_pair){i % PLOTS, 13 * (i / PLOTS * 7 + i % 9), 10.0 * rng_uniform(&r) - 8.0};
    for (uint32_t i = 0; i < 200; i++)
        back[i] = pairs[199 - i];
    cluster_solve(cluster, pairs, 200, PLOTS, a);
    cluster_solve(cluster, back, 200, PLOTS, b);
    ck_assert_mem_eq(a, b, sizeof a);
}
END_TEST

START_TEST(a_cluster_too_large_is_still_one_to_one)
{
    struct rng r = rng_init(6);
    static struct cluster_pair pairs[PAIRS];
    uint32_t count = 0, track_of[100];
    for (uint32_t p = 0; p < 100; p++)
        for (uint32_t t = 0; t < 30; t++)
            pairs[count++] = (struct cluster_pair){p, (p + t) % 120, -rng_uniform(&r)};
    struct cluster_result result = cluster_solve(cluster, pairs, count, 100, track_of);
    ck_assert_uint_gt(result.largest, MOST);
    ck_assert_uint_eq(result.greedy, 1);
    bool used[120] = {false};
    uint32_t made = 0;
    for (uint32_t p = 0; p < 100; p++) {
        if (track_of[p] == CLUSTER_NONE)
            continue;
        ck_assert(!used[track_of[p]]);
        used[track_of[p]] = true;
        made++;
    }
    ck_assert_uint_gt(made, 80);
}
END_TEST

START_TEST(no_pairs_leave_every_plot_alone)
{
    uint32_t track_of[3];
    cluster_solve(cluster, NULL, 0, 3, track_of);
    for (int i = 0; i < 3; i++)
        ck_assert_uint_eq(track_of[i], CLUSTER_NONE);
}
END_TEST

Suite *test_cluster_suite(void)
{
    Suite *suite = suite_create("cluster");
    TCase *property = tcase_create("property");
    tcase_add_checked_fixture(property, setup, teardown);
    tcase_add_test(property, clusters_are_worth_what_the_whole_matrix_is);
    tcase_add_test(property, the_order_of_pairs_does_not_matter);
    tcase_add_test(property, a_cluster_too_large_is_still_one_to_one);
    tcase_add_test(property, no_pairs_leave_every_plot_alone);
    suite_add_tcase(suite, property);
    return suite;
}
