#include "air/notice.h"

#include <string.h>

#include "support/support.h"

START_TEST(every_kind_has_its_own_name_a_text_and_a_severity)
{
    for (unsigned k = 0; k < NOTICE_KINDS; k++) {
        ck_assert_uint_gt(strlen(notice_name(k)), 0);
        ck_assert_uint_gt(strlen(notice_text(k)), 0);
        ck_assert(notice_severity(k) >= 0 && notice_severity(k) <= 2);
        for (unsigned j = 0; j < k; j++)
            ck_assert_str_ne(notice_name(k), notice_name(j));
    }
    ck_assert_str_eq(notice_name(NOTICE_CLOCK_WRONG), "CLOCK_WRONG");
}
END_TEST

START_TEST(a_kind_outside_the_list_is_our_mistake)
{
    notice_text(NOTICE_KINDS);
}
END_TEST

Suite *test_notice_suite(void)
{
    Suite *suite = suite_create("notice");
    TCase *t = tcase_create("rows");
    tcase_add_test(t, every_kind_has_its_own_name_a_text_and_a_severity);
    support_add_abort_test(t, a_kind_outside_the_list_is_our_mistake);
    suite_add_tcase(suite, t);
    return suite;
}
