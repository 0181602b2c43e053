#include "score/score.h"

#include "score/sight.h"

#define STEP_S 5.0

static struct score *score;
static struct continuity_gap gaps[8];
static unsigned gap_count;

static void on_gap(void *context, const struct continuity_gap *gap)
{
    (void)context;
    gaps[gap_count++] = *gap;
}

static void setup(void)
{
    struct score_settings s = {.match = {10000, 5000, 1000, 4, 4, 4, 4}, .switch_m = 10000, .step_s = STEP_S, .long_gap_s = 10, .slices = 3, .gap = on_gap};
    gap_count = 0;
    score = score_new(&s);
}

static void teardown(void)
{
    score_free(score);
}

/* Two aircraft 50 km apart, in slices 1 and 2, with tracks where `tracks` has a digit for each: its number; '.' none. Errors of 100 m. */
static void instant(unsigned i, const char *tracks, const char *counts)
{
    struct match_state target[2] = {sight(0, 0, 0), sight(1, 50000, 0)}, track[2];
    struct score_mark mark[2] = {{1 | 2, counts[0] == 'y', true}, {1 | 4, counts[1] == 'y', true}};
    uint32_t k = 0;
    for (uint32_t a = 0; a < 2; a++)
        if (tracks[a] != '.')
            track[k++] = sight((uint32_t)(tracks[a] - '0'), 50000.0 * a, 100);
    score_instant(score, &(struct score_instant){STEP_S * i, target, track, mark, 2, k});
}

START_TEST(a_story_of_two_aircraft_gives_the_measures_worked_out_by_hand)
{
    static const char *const story[] = {".1", "01", "01", ".1", "02"};
    double v[SCORE_COUNT];
    for (unsigned i = 0; i < 5; i++)
        instant(i, story[i], "yy");
    score_end(score);
    score_result(score, 0, v);
    ck_assert_double_eq(v[SCORE_instants], 5);
    ck_assert_double_eq(v[SCORE_targets], 2);
    ck_assert_double_eq(v[SCORE_track_ids], 3);
    ck_assert_double_eq(v[SCORE_siap_completeness], 0.8);
    ck_assert_double_eq(v[SCORE_siap_ambiguity], 1);
    ck_assert_double_eq(v[SCORE_siap_spuriousness], 0);
    ck_assert_double_eq(v[SCORE_id_switches], 1);
    ck_assert_double_eq(v[SCORE_breaks], 1);
    ck_assert_double_eq(v[SCORE_swaps], 0);
    ck_assert_double_eq(v[SCORE_tracks_per_target], 1.5);
    ck_assert_double_eq(v[SCORE_init_delay_mean_s], 2.5);
    ck_assert_double_eq(v[SCORE_longest_segment_share], 0.5 * (2.0 / 5 + 4.0 / 5));
    ck_assert_double_eq_tol(v[SCORE_siap_number_changes_per_hour], 1 / (8 * STEP_S / 3600), 1e-9);
    ck_assert_double_eq_tol(v[SCORE_pos_rms_m], 100, 0.1);
    ck_assert_double_eq_tol(v[SCORE_gospa_rms_m], sqrt((8 * 1e4 + 2 * 5e7) / 5), 1);
    ck_assert_double_eq_tol(v[SCORE_gospa_missed_m], sqrt(2 * 5e7 / 5), 1e-6);
    ck_assert_uint_eq(gap_count, 2);
    ck_assert_uint_eq(score_inexact(score), 0);
}
END_TEST

START_TEST(slices_part_the_whole)
{
    static const char *const story[] = {".1", "01", "01", ".1", "02"};
    double all[SCORE_COUNT], a[SCORE_COUNT], b[SCORE_COUNT];
    for (unsigned i = 0; i < 5; i++)
        instant(i, story[i], "yy");
    score_end(score);
    score_result(score, 0, all);
    score_result(score, 1, a);
    score_result(score, 2, b);
    ck_assert_double_eq(a[SCORE_siap_completeness], 0.6);
    ck_assert_double_eq(b[SCORE_siap_completeness], 1.0);
    static const enum score_measure sums[] = {SCORE_targets, SCORE_id_switches, SCORE_breaks, SCORE_missed_per_instant, SCORE_mean_targets};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        ck_assert_double_eq_tol(a[sums[i]] + b[sums[i]], all[sums[i]], 1e-12);
    ck_assert(isnan(a[SCORE_false_tracks]) && isnan(a[SCORE_gospa_rms_m]));
}
END_TEST

START_TEST(aircraft_that_do_not_count_are_not_missed_nor_their_tracks_false)
{
    double v[SCORE_COUNT];
    instant(0, ".1", "ny");
    instant(1, "01", "ny");
    score_end(score);
    score_result(score, 0, v);
    ck_assert_double_eq(v[SCORE_targets], 1);
    ck_assert_double_eq(v[SCORE_siap_completeness], 1);
    ck_assert_double_eq(v[SCORE_missed_per_instant], 0);
    ck_assert_double_eq(v[SCORE_false_per_instant], 0);
    ck_assert_double_eq(v[SCORE_mean_tracks], 1);
    ck_assert_double_eq(v[SCORE_false_tracks], 0);
}
END_TEST

START_TEST(a_track_without_aircraft_is_false)
{
    double v[SCORE_COUNT];
    struct match_state target = sight(0, 0, 0), track[2] = {sight(0, 0, 0), sight(1, 30000, 0)};
    struct score_mark mark = {1, true, true};
    score_instant(score, &(struct score_instant){0, &target, track, &mark, 1, 2});
    score_end(score);
    score_result(score, 0, v);
    ck_assert_double_eq(v[SCORE_false_tracks], 1);
    ck_assert_double_eq(v[SCORE_siap_spuriousness], 0.5);
    ck_assert_double_eq_tol(v[SCORE_gospa_false_m], sqrt(5e7), 1e-6);
}
END_TEST

START_TEST(a_gap_that_stays_open_is_told_at_the_end)
{
    instant(0, "01", "yy");
    instant(1, ".1", "yy");
    instant(2, ".1", "yy");
    ck_assert_uint_eq(gap_count, 0);
    score_end(score);
    ck_assert_uint_eq(gap_count, 1);
    ck_assert_uint_eq(gaps[0].target, 0);
    ck_assert_uint_eq(gaps[0].after, MATCH_NONE);
    ck_assert_double_eq(gaps[0].start_s, STEP_S);
    ck_assert_double_eq(gaps[0].end_s, 2 * STEP_S);
}
END_TEST

START_TEST(every_measure_has_a_name_of_its_own)
{
    for (int a = 0; a < SCORE_COUNT; a++)
        for (int b = 0; b < a; b++)
            ck_assert_str_ne(score_row[a].name, score_row[b].name);
}
END_TEST

Suite *test_score_suite(void)
{
    Suite *suite = suite_create("score");
    TCase *vectors = tcase_create("vectors");
    tcase_add_checked_fixture(vectors, setup, teardown);
    tcase_add_test(vectors, a_story_of_two_aircraft_gives_the_measures_worked_out_by_hand);
    tcase_add_test(vectors, slices_part_the_whole);
    tcase_add_test(vectors, aircraft_that_do_not_count_are_not_missed_nor_their_tracks_false);
    tcase_add_test(vectors, a_track_without_aircraft_is_false);
    tcase_add_test(vectors, a_gap_that_stays_open_is_told_at_the_end);
    tcase_add_test(vectors, every_measure_has_a_name_of_its_own);
    suite_add_tcase(suite, vectors);
    return suite;
}
