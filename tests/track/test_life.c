#include "track/life.h"

#include <string.h>

#include "support/support.h"

START_TEST(every_state_is_reached_from_the_first)
{
    bool reached[LIFE_STATES] = {[LIFE_TENTATIVE] = true};
    for (int round = 0; round < LIFE_STATES; round++)
        for (unsigned s = 0; s < LIFE_STATES; s++)
            for (unsigned e = 0; reached[s] && e < LIFE_EVENTS; e++)
                reached[life_step((enum life_state)s, (enum life_event)e).next] = true;
    for (unsigned s = 0; s < LIFE_STATES; s++)
        ck_assert(reached[s]);
}
END_TEST

START_TEST(a_track_is_announced_before_it_is_hidden_and_hidden_before_it_is_forgotten)
{
    ck_assert_int_eq(life_step(LIFE_TENTATIVE, LIFE_SURE).action, LIFE_ANNOUNCE);
    ck_assert_int_eq(life_step(LIFE_CONFIRMED, LIFE_DOUBT).action, LIFE_HIDE);
    ck_assert_int_eq(life_step(LIFE_CONFIRMED, LIFE_SILENT).action, LIFE_HIDE);
    ck_assert_int_eq(life_step(LIFE_DORMANT, LIFE_AGAIN).action, LIFE_ANNOUNCE);
    ck_assert_int_eq(life_step(LIFE_DORMANT, LIFE_FORGET).action, LIFE_REMOVE);
    ck_assert_int_eq(life_step(LIFE_TENTATIVE, LIFE_DOUBT).action, LIFE_REMOVE);
    for (unsigned e = 0; e < LIFE_EVENTS; e++) /* nothing shown is removed unannounced */
        ck_assert_int_ne(life_step(LIFE_CONFIRMED, (enum life_event)e).action, LIFE_REMOVE);
}
END_TEST

START_TEST(odds_are_probabilities_by_the_rule_of_bayes)
{
    double odds = 0.0, p = 0.5, pd = 0.9;
    odds = life_miss(odds, pd);
    p = p * (1 - pd) / (p * (1 - pd) + 1 - p);
    ck_assert_double_eq_tol(life_probability(odds), p, 1e-12);
    odds = life_hit(odds, 3.0);
    ck_assert_double_gt(life_probability(odds), p);
    for (int i = 0; i < 100; i++)
        odds = life_hit(odds, 10.0);
    ck_assert_double_eq(odds, LIFE_CEILING);
}
END_TEST

START_TEST(an_old_track_is_given_up_after_three_certain_misses_and_not_after_one)
{
    double odds = LIFE_CEILING;
    ck_assert_double_gt(odds = life_miss(odds, 0.9), LIFE_DROP);
    ck_assert_double_gt(odds = life_miss(odds, 0.9), LIFE_DROP);
    ck_assert_double_lt(life_miss(odds, 0.9), LIFE_DROP);
}
END_TEST

START_TEST(a_look_that_could_not_see_says_nothing)
{
    ck_assert_double_eq(life_miss(1.5, 0.0), 1.5);
}
END_TEST

START_TEST(names_are_told)
{
    ck_assert_str_eq(life_state_name(LIFE_DORMANT), "dormant");
    ck_assert_str_eq(life_event_name(LIFE_SILENT), "silent");
    ck_assert_str_eq(life_state_name(99), "?");
}
END_TEST

Suite *test_life_suite(void)
{
    Suite *suite = suite_create("life");
    TCase *matrix = tcase_create("matrix"), *odds = tcase_create("odds");
    tcase_add_test(matrix, every_state_is_reached_from_the_first);
    tcase_add_test(matrix, a_track_is_announced_before_it_is_hidden_and_hidden_before_it_is_forgotten);
    tcase_add_test(matrix, names_are_told);
    tcase_add_test(odds, odds_are_probabilities_by_the_rule_of_bayes);
    tcase_add_test(odds, an_old_track_is_given_up_after_three_certain_misses_and_not_after_one);
    tcase_add_test(odds, a_look_that_could_not_see_says_nothing);
    suite_add_tcase(suite, matrix);
    suite_add_tcase(suite, odds);
    return suite;
}
