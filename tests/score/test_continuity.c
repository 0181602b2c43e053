#include "score/continuity.h"

#include "score/sight.h"

#define O MATCH_NONE

static struct continuity_life live(const uint32_t *tracks, unsigned count, uint32_t long_gap)
{
    struct continuity_life l = {0};
    for (unsigned i = 0; i < count; i++)
        continuity_instant(&l, 5.0 * i, tracks[i], long_gap);
    return l;
}
#define LIVE(long_gap, ...) live((const uint32_t[]){__VA_ARGS__}, sizeof(uint32_t[]){__VA_ARGS__} / sizeof(uint32_t), long_gap)

START_TEST(one_track_all_the_time_is_one_segment)
{
    struct continuity_life l = LIVE(3, O, O, 7, 7, 7);
    ck_assert_uint_eq(l.first, 2);
    ck_assert_double_eq(l.first_s, 10);
    ck_assert_uint_eq(l.held, 3);
    ck_assert_uint_eq(l.longest_segment, 3);
    ck_assert_uint_eq(l.switches + l.breaks + l.longest_gap, 0);
}
END_TEST

START_TEST(another_number_is_a_switch_and_not_a_break)
{
    struct continuity_life l = LIVE(3, 7, 7, 8, 8, 8);
    ck_assert_uint_eq(l.switches, 1);
    ck_assert_uint_eq(l.breaks, 0);
    ck_assert_uint_eq(l.longest_segment, 3);
}
END_TEST

START_TEST(a_gap_is_a_break_and_a_switch_where_the_number_changed)
{
    struct continuity_life same = LIVE(9, 7, 7, O, O, 7), other = LIVE(9, 7, 7, O, 8);
    ck_assert_uint_eq(same.breaks, 1);
    ck_assert_uint_eq(same.switches, 0);
    ck_assert_uint_eq(same.longest_gap, 2);
    ck_assert_uint_eq(same.longest_segment, 2);
    ck_assert_uint_eq(other.breaks, 1);
    ck_assert_uint_eq(other.switches, 1);
}
END_TEST

START_TEST(a_loss_for_good_is_a_gap_and_no_break)
{
    struct continuity_life l = LIVE(9, 7, O, O, O);
    ck_assert_uint_eq(l.breaks, 0);
    ck_assert_uint_eq(l.longest_gap, 3);
}
END_TEST

START_TEST(long_gaps_count_whole_and_short_ones_not_at_all)
{
    ck_assert_uint_eq(LIVE(3, 7, O, O, 7, O, O, O, O, 7).long_gaps, 4);
    ck_assert_uint_eq(LIVE(3, O, O, O, O, 7).long_gaps, 0); /* before the first track there is delay, not a gap */
}
END_TEST

START_TEST(three_large_errors_on_end_are_correlated)
{
    struct continuity_life l = {0};
    for (const char *c = "..xx.xxx.xxxx"; *c; c++)
        continuity_error(&l, *c == 'x');
    ck_assert_uint_eq(l.correlated, 7);
}
END_TEST

START_TEST(watched_gaps_say_when_where_and_whether_the_number_stayed)
{
    const uint32_t tracks[] = {O, O, 7, O, O, 7, O, 9};
    const bool seen[] = {false, true, true, false, true, true, true, true};
    struct continuity_watch w = {0};
    struct continuity_gap gap[4];
    unsigned gaps = 0;
    for (unsigned i = 0; i < 8; i++) {
        struct match_state at = sight(3, 100.0 * i, 0);
        gaps += continuity_watch(&w, &(struct continuity_look){10 + 5.0 * i, 5, tracks[i], seen[i]}, &at, &gap[gaps]);
    }
    ck_assert_uint_eq(gaps, 3);
    ck_assert_uint_eq(gap[0].before, O);
    ck_assert_uint_eq(gap[0].after, 7);
    ck_assert_double_eq(gap[0].start_s, 10);
    ck_assert_double_eq(gap[0].end_s, 20);
    ck_assert_double_eq(gap[0].seen_s, 5);
    ck_assert_uint_eq(gap[1].before, 7);
    ck_assert_uint_eq(gap[1].after, 7);
    ck_assert_double_eq(gap[1].end_s - gap[1].start_s, 10);
    ck_assert_double_eq(gap[1].at.lon_rad, sight(3, 300, 0).lon_rad);
    ck_assert_uint_eq(gap[2].before, 7);
    ck_assert_uint_eq(gap[2].after, 9);
    ck_assert(!w.open);
}
END_TEST

Suite *test_continuity_suite(void)
{
    Suite *suite = suite_create("score continuity");
    TCase *trace = tcase_create("trace");
    tcase_add_test(trace, one_track_all_the_time_is_one_segment);
    tcase_add_test(trace, another_number_is_a_switch_and_not_a_break);
    tcase_add_test(trace, a_gap_is_a_break_and_a_switch_where_the_number_changed);
    tcase_add_test(trace, a_loss_for_good_is_a_gap_and_no_break);
    tcase_add_test(trace, long_gaps_count_whole_and_short_ones_not_at_all);
    tcase_add_test(trace, three_large_errors_on_end_are_correlated);
    tcase_add_test(trace, watched_gaps_say_when_where_and_whether_the_number_stayed);
    suite_add_tcase(suite, trace);
    return suite;
}
