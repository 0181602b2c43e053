#include "daemon/log.h"

#include "support/support.h"

static struct log *logger;

static void setup(void)
{
    logger = log_new();
    log_set(logger, LOG_ERROR, 3600); // warnings are counted, and not printed here
}

static void teardown(void)
{
    log_free(logger);
}

static void say(unsigned kind, uint16_t source, unsigned times)
{
    struct notice n = {.kind = (uint16_t)kind, .source = source};
    for (unsigned i = 0; i < times; i++)
        log_notice(logger, "a", &n);
}

START_TEST(one_kind_and_source_says_one_line_in_a_period)
{
    say(NOTICE_RECORD_BAD, 1, 100);
    ck_assert_uint_eq(log_suppressed(logger), 99);
    say(NOTICE_RECORD_BAD, 2, 1);
    say(NOTICE_LATE, 1, 1);
    ck_assert_uint_eq(log_suppressed(logger), 99);
    say(NOTICE_LATE, 1, 1);
    ck_assert_uint_eq(log_suppressed(logger), 100);
    ck_assert_uint_eq(log_notices(logger, NOTICE_RECORD_BAD), 101);
    ck_assert_uint_eq(log_notices(logger, NOTICE_LATE), 2);
}
END_TEST

START_TEST(a_period_of_zero_suppresses_nothing)
{
    log_set(logger, LOG_ERROR, 0);
    say(NOTICE_RECORD_BAD, 1, 100);
    ck_assert_uint_eq(log_suppressed(logger), 0);
}
END_TEST

START_TEST(more_sources_than_the_table_holds_share_a_line)
{
    for (unsigned source = 0; source < 65536; source++)
        say(NOTICE_SOURCE_UNKNOWN, (uint16_t)source, 1);
    ck_assert_uint_gt(log_suppressed(logger), 50000);
    ck_assert_uint_eq(log_notices(logger, NOTICE_SOURCE_UNKNOWN), 65536);
}
END_TEST

Suite *test_log_suite(void);
Suite *test_log_suite(void)
{
    Suite *s = suite_create("log");
    TCase *c = tcase_create("limits");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, one_kind_and_source_says_one_line_in_a_period);
    tcase_add_test(c, a_period_of_zero_suppresses_nothing);
    tcase_add_test(c, more_sources_than_the_table_holds_share_a_line);
    suite_add_tcase(s, c);
    return s;
}
