#include "associate/hypothesis.h"

#include <math.h>

#include "support/support.h"

#define NO (-HUGE_VAL)

static struct hypothesis *h;

static void setup(void)
{
    h = hypothesis_new(&(struct hypothesis_limits){.globals = 8, .members = 6, .leaves = 40, .plots = 4});
}

static void teardown(void)
{
    hypothesis_free(h);
}

static void update(uint32_t plots, const double *gain, const double *miss)
{
    hypothesis_update(h, &(struct hypothesis_scan){.plots = plots, .gain = gain, .miss = miss, .floor = 1e-6});
}

static double sum_of_weights(void)
{
    double sum = 0.0;
    for (uint32_t g = 0; g < hypothesis_globals(h); g++)
        sum += hypothesis_weight(h, g);
    return sum;
}

/* The plot that member took in hypothesis g. */
static uint16_t taken(uint32_t g, uint16_t member)
{
    uint16_t leaf = hypothesis_of(h, g, member);
    return leaf == HYPOTHESIS_NONE ? HYPOTHESIS_NONE : hypothesis_leaf(h, leaf).plot;
}

START_TEST(a_plot_is_the_tracks_or_not_with_the_odds_of_its_gain)
{
    ck_assert_uint_eq(hypothesis_add(h), 0);
    update(1, (double[]){2.0}, (double[]){-0.5});
    ck_assert_uint_eq(hypothesis_globals(h), 2);
    ck_assert_uint_eq(taken(0, 0), 0);
    ck_assert_uint_eq(taken(1, 0), HYPOTHESIS_NONE);
    ck_assert_double_eq_tol(hypothesis_weight(h, 0) / hypothesis_weight(h, 1), exp(2.0), 1e-9);
    ck_assert_double_eq_tol(sum_of_weights(), 1.0, 1e-12);
}
END_TEST

/* Two tracks, two plots, no telling which is whose; the next scan knows, and the first one is seen in its light. */
START_TEST(what_one_scan_leaves_open_the_next_decides)
{
    double miss[40] = {0}, gain[40 * 2];
    hypothesis_add(h);
    hypothesis_add(h);
    update(2, (double[]){8, 8, 8, 8}, miss);
    ck_assert_double_eq_tol(hypothesis_weight(h, 0), hypothesis_weight(h, 1), 1e-9);
    ck_assert_uint_ne(taken(0, 0), taken(0, 1));
    ck_assert_uint_ne(taken(0, 0), taken(1, 0));
    uint16_t right = HYPOTHESIS_NONE;
    for (uint16_t i = 0; i < hypothesis_leaves(h); i++) { /* member 0 took plot 1, and the others fit badly now */
        struct hypothesis_leaf l = hypothesis_leaf(h, i);
        bool crossed = l.plot != HYPOTHESIS_NONE && l.plot != l.member;
        right = crossed && l.member == 0 ? i : right;
        for (int z = 0; z < 2; z++)
            gain[i * 2 + z] = z != l.member ? NO : crossed ? 8.0 : 1.0;
    }
    update(2, gain, miss);
    uint16_t leaf = hypothesis_of(h, 0, 0);
    ck_assert_uint_eq(hypothesis_leaf(h, leaf).parent, right);
    ck_assert_double_gt(hypothesis_weight(h, 0), 0.99);
}
END_TEST

START_TEST(a_leaf_is_shared_by_all_hypotheses_with_its_history)
{
    hypothesis_add(h);
    hypothesis_add(h);
    update(1, (double[]){3, NO}, (double[]){-1, -1}); /* the second track is out of reach: one leaf of it */
    ck_assert_uint_eq(hypothesis_globals(h), 2);
    ck_assert_uint_eq(hypothesis_leaves(h), 3);
    ck_assert_uint_eq(hypothesis_of(h, 0, 1), hypothesis_of(h, 1, 1));
}
END_TEST

START_TEST(a_new_track_is_there_where_nobody_else_has_its_plot)
{
    hypothesis_add(h);
    update(2, (double[]){1.0, NO}, (double[]){0});
    uint16_t first = hypothesis_begin(h, 0), second = hypothesis_begin(h, 1);
    ck_assert_uint_ne(first, HYPOTHESIS_NONE);
    ck_assert_uint_ne(second, HYPOTHESIS_NONE);
    for (uint32_t g = 0; g < hypothesis_globals(h); g++) {
        ck_assert_uint_eq(hypothesis_of(h, g, hypothesis_leaf(h, first).member), taken(g, 0) == 0 ? HYPOTHESIS_NONE : first);
        ck_assert_uint_eq(hypothesis_of(h, g, hypothesis_leaf(h, second).member), second);
    }
}
END_TEST

START_TEST(hypotheses_that_become_equal_become_one)
{
    hypothesis_add(h);
    update(1, (double[]){0.5}, (double[]){0});
    ck_assert_uint_eq(hypothesis_globals(h), 2);
    hypothesis_drop(h, hypothesis_of(h, 0, 0));
    hypothesis_drop(h, hypothesis_of(h, 1, 0));
    hypothesis_settle(h);
    ck_assert_uint_eq(hypothesis_globals(h), 1);
    ck_assert_double_eq_tol(hypothesis_weight(h, 0), 1.0, 1e-12);
    ck_assert_uint_eq(hypothesis_members(h), 0);
}
END_TEST

START_TEST(no_more_are_kept_than_there_is_room_for_and_the_heaviest_are)
{
    double gain[40 * 4], miss[40] = {0};
    for (int i = 0; i < 6; i++)
        hypothesis_add(h);
    for (int scan = 0; scan < 20; scan++) {
        for (int i = 0; i < 40 * 4; i++)
            gain[i] = 1.0 + 0.1 * (i * 7 % 11);
        update(4, gain, miss);
        ck_assert_uint_le(hypothesis_globals(h), 8);
        ck_assert_uint_le(hypothesis_leaves(h), 40);
        ck_assert_double_eq_tol(sum_of_weights(), 1.0, 1e-9);
        for (uint32_t g = 1; g < hypothesis_globals(h); g++)
            ck_assert_double_le(hypothesis_weight(h, g), hypothesis_weight(h, g - 1));
    }
    hypothesis_reset(h);
    for (int i = 0; i < 6; i++)
        ck_assert_uint_ne(hypothesis_add(h), HYPOTHESIS_NONE);
    ck_assert_uint_eq(hypothesis_add(h), HYPOTHESIS_NONE);
}
END_TEST

Suite *test_hypothesis_suite(void)
{
    Suite *suite = suite_create("hypothesis");
    TCase *claims = tcase_create("claims");
    tcase_add_checked_fixture(claims, setup, teardown);
    tcase_add_test(claims, a_plot_is_the_tracks_or_not_with_the_odds_of_its_gain);
    tcase_add_test(claims, what_one_scan_leaves_open_the_next_decides);
    tcase_add_test(claims, a_leaf_is_shared_by_all_hypotheses_with_its_history);
    tcase_add_test(claims, a_new_track_is_there_where_nobody_else_has_its_plot);
    tcase_add_test(claims, hypotheses_that_become_equal_become_one);
    tcase_add_test(claims, no_more_are_kept_than_there_is_room_for_and_the_heaviest_are);
    suite_add_tcase(suite, claims);
    return suite;
}
