#include "coverage/choose.h"

#include "base/rng.h"
#include <math.h>
#include <stdlib.h>

#include "grid.h"
#include "support/support.h"

#define N 12

static const struct choose_weight by_area = {{1, 0}, 0xFFF, true};

static void disc_views(const struct region *r, struct rng *rng, struct choose_candidate *out, bool costs)
{
    for (int i = 0; i < N; i++) {
        out[i].view = grid_view(r, 40 * rng_uniform(rng), 30 * rng_uniform(rng), 2 + 9 * rng_uniform(rng), (uint16_t)(1u << (unsigned)(12 * rng_uniform(rng)) | 32));
        out[i].cost = costs ? 1 + floor(5 * rng_uniform(rng)) : 1;
    }
}

static void free_views(struct choose_candidate *c)
{
    for (int i = 0; i < N; i++)
        free((void *)(uintptr_t)c[i].view);
}

/* The best of all sets within the budget. */
static double exact(const struct choose *c, const struct choose_candidate *candidate, double budget)
{
    double best = 0;

    for (unsigned bits = 0; bits < 1u << N; bits++) {
        uint32_t set[N], n = 0;
        double cost = 0;
        for (uint32_t i = 0; i < N; i++)
            if (bits >> i & 1) {
                set[n++] = i;
                cost += candidate[i].cost;
            }
        if (cost <= budget)
            best = fmax(best, choose_gain(c, set, n));
    }
    return best;
}

START_TEST(greedy_never_beats_exact_and_exact_never_the_bound)
{
    struct rng rng = rng_init(31);
    struct region *r = grid_region(40, 30);

    for (int round = 0; round < 12; round++) {
        struct choose_candidate candidate[N];
        struct volume *v = volume_new(r, 1);
        struct choose_result result;
        disc_views(r, &rng, candidate, round % 2);
        volume_add(v, candidate[0].view, 0, 0.9); /* what is there: its own view gains nothing more */
        struct choose *c = choose_new(v, candidate, N, &by_area);
        ck_assert_ptr_nonnull(c);
        for (double budget = 1; budget < 9; budget += 2) {
            choose_greedy(c, budget, &result);
            double best = exact(c, candidate, budget);
            ck_assert_double_le(result.total, best + 1);
            ck_assert_double_le(best, result.bound + 1);
            ck_assert_double_le(result.bound, result.all + 1);
            ck_assert_double_le(result.cost, budget);
            ck_assert_double_eq_tol(choose_gain(c, result.chosen, result.count), result.total, 1);
            ck_assert_double_ge(result.total, (round % 2 ? 0.5 * (1 - exp(-1)) : 1 - exp(-1)) * best - 1); /* Nemhauser 1978; Leskovec 2007 */
        }
        choose_free(c);
        volume_free(v);
        free_views(candidate);
    }
    region_free(r);
}
END_TEST

/* The gain of a set is what the volume's figures gain by it. */
START_TEST(the_gain_is_what_the_volume_gains)
{
    struct rng rng = rng_init(32);
    struct region *r = grid_region(40, 30);
    struct choose_candidate candidate[N];
    struct volume *v = volume_new(r, 1);
    struct choose_weight by_air = {{1, 0}, 0xFFF, false};
    uint32_t set[] = {2, 5, 7};
    double alone[SIGHT_KINDS][VOLUME_ROWS];

    disc_views(r, &rng, candidate, false);
    struct choose *c = choose_new(v, candidate, N, &by_air);
    double gained = 0;
    for (int i = 0; i < 3; i++) {
        volume_add(v, candidate[set[i]].view, 0, 0.9);
        volume_alone(v, candidate[set[i]].view, alone);
        gained += alone[SIGHT_ECHO][REGION_LAYERS];
    }
    ck_assert_double_eq_tol(choose_gain(c, set, 3) / gained, 1, 1e-9);
    choose_free(c);
    volume_free(v);
    free_views(candidate);
    region_free(r);
}
END_TEST

Suite *test_choose_suite(void)
{
    Suite *suite = suite_create("choose");
    TCase *tc = tcase_create("grid");

    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, greedy_never_beats_exact_and_exact_never_the_bound);
    tcase_add_test(tc, the_gain_is_what_the_volume_gains);
    suite_add_tcase(suite, tc);
    return suite;
}
