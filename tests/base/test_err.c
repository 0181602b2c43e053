#include "base/err.h"

#include <ctype.h>
#include <string.h>

#include "support/support.h"

START_TEST(every_code_is_negative_and_has_its_own_name)
{
    for (int i = 1; i < ERR_COUNT; i++) {
        ck_assert_int_eq(err_index(-i), i);
        ck_assert_uint_gt(strlen(err_name(-i)), 0);
        ck_assert_uint_gt(strlen(err_text(-i)), 0);
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(err_name(-i), err_name(-j));
    }
}
END_TEST

START_TEST(names_are_lower_case_for_counters)
{
    for (int i = 0; i < ERR_COUNT; i++)
        for (const char *c = err_name(-i); *c; c++)
            ck_assert(islower((unsigned char)*c));
    ck_assert_str_eq(err_name(ERR_TRUNCATED), "truncated");
    ck_assert_str_eq(err_name(ERR_MEMORY), "memory");
}
END_TEST

START_TEST(success_and_counts_are_no_error)
{
    ck_assert_str_eq(err_name(ERR_NONE), "none");
    ck_assert_str_eq(err_name(17), "none");
    ck_assert_int_eq(err_index(17), 0);
}
END_TEST

START_TEST(numbers_outside_the_list_are_named_so)
{
    ck_assert_str_eq(err_name(-ERR_COUNT), "unlisted");
    ck_assert_str_eq(err_name(-10000), "unlisted");
    ck_assert_uint_gt(strlen(err_text(-10000)), 0);
}
END_TEST

START_TEST(counting_a_number_that_is_no_code_is_our_mistake)
{
    err_index(-ERR_COUNT);
}
END_TEST

START_TEST(first_codes_keep_their_numbers)
{
    ck_assert_int_eq(ERR_TRUNCATED, -1);
    ck_assert_int_eq(ERR_LENGTH, -2);
    ck_assert_int_eq(ERR_RANGE, -3);
    ck_assert_int_eq(ERR_FORMAT, -4);
}
END_TEST

Suite *test_err_suite(void)
{
    Suite *suite = suite_create("err");
    TCase *names = tcase_create("names");
    tcase_add_test(names, every_code_is_negative_and_has_its_own_name);
    tcase_add_test(names, names_are_lower_case_for_counters);
    tcase_add_test(names, success_and_counts_are_no_error);
    tcase_add_test(names, numbers_outside_the_list_are_named_so);
    tcase_add_test(names, first_codes_keep_their_numbers);
    support_add_abort_test(names, counting_a_number_that_is_no_code_is_our_mistake);
    suite_add_tcase(suite, names);
    return suite;
}
