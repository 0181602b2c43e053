#include "base/instant.h"

#include "base/err.h"
#include <math.h>
#include <stdlib.h>

#include "support/support.h"

static struct instant at(const char *date, double seconds)
{
    struct instant t;
    ck_assert_int_eq(instant_parse_date(date, &t), 0);
    return instant_add(t, seconds);
}

START_TEST(one_tick_of_asterix_is_exact)
{
    struct instant t = instant_add((struct instant){0}, 1.0 / 128);
    ck_assert_int_eq(t.ns, 7812500);
    ck_assert_double_eq(instant_diff(t, (struct instant){0}), 1.0 / 128);
}
END_TEST

START_TEST(never_and_none_absorb_whatever_is_added)
{
    ck_assert_int_eq(instant_add(INSTANT_NEVER, -1e9).ns, INT64_MAX);
    ck_assert_int_eq(instant_add(INSTANT_NONE, 1e9).ns, INT64_MIN);
    ck_assert_int_eq(instant_add((struct instant){0}, 1e12).ns, INT64_MAX);
    ck_assert_int_eq(instant_add((struct instant){0}, -INFINITY).ns, INT64_MIN);
    ck_assert_int_eq(instant_add((struct instant){INT64_MAX - 10}, 1.0).ns, INT64_MAX);
}
END_TEST

START_TEST(differences_are_exact_to_a_nanosecond_within_100_days)
{
    struct instant a = at("2026-11-21", 0), b = {a.ns + 100 * INSTANT_DAY_NS - 1};
    ck_assert_int_le(llabs(llround(instant_diff(b, a) * 1e9) - (b.ns - a.ns)), 1);
}
END_TEST

START_TEST(adding_nan_is_our_mistake)
{
    instant_add((struct instant){0}, NAN);
}
END_TEST

START_TEST(dates_of_known_days)
{
    ck_assert_int_eq(at("1970-01-01", 0).ns, 0);
    ck_assert_int_eq(at("2000-03-01", 0).ns, INT64_C(951868800) * 1000000000);
    ck_assert_int_eq(at("2026-11-21", 0).ns, INT64_C(1795219200) * 1000000000);
    ck_assert_int_eq(at("1969-12-31", 0).ns, -INSTANT_DAY_NS);
}
END_TEST

START_TEST(what_is_no_date_is_refused)
{
    static const char *const wrong[] = {"", "2026", "2026-2-3", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-32", "2026-01-011", "26-01-01", "1200-01-01"};
    struct instant t;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(instant_parse_date(wrong[i], &t) == ERR_FORMAT, "%s", wrong[i]);
}
END_TEST

START_TEST(printing_shows_date_and_milliseconds)
{
    char text[32];
    instant_print(at("2026-11-21", 5463.1239), text, sizeof text);
    ck_assert_str_eq(text, "2026-11-21T01:31:03.123Z");
    instant_print((struct instant){-1}, text, sizeof text);
    ck_assert_str_eq(text, "1969-12-31T23:59:59.999Z");
    instant_print(INSTANT_NEVER, text, sizeof text);
    ck_assert_str_eq(text, "never");
    instant_print((struct instant){INT64_MIN + INSTANT_DAY_NS}, text, sizeof text);
    ck_assert_str_eq(text, "1677-09-22T00:12:43.145Z");
}
END_TEST

START_TEST(every_day_of_four_centuries_prints_as_it_was_read)
{
    int count = 0;
    struct instant first = at("1801-01-01", 0), last = at("2199-12-31", 0);
    for (struct instant t = first; !instant_before(last, t); t.ns += INSTANT_DAY_NS, count++) {
        char text[32];
        struct instant back;
        instant_print(t, text, sizeof text);
        text[10] = '\0';
        ck_assert_int_eq(instant_parse_date(text, &back), 0);
        ck_assert_int_eq(back.ns, t.ns);
    }
    ck_assert_int_eq(count, 145732);
}
END_TEST

START_TEST(time_of_day_is_taken_to_the_nearest_day)
{
    struct instant before = at("2026-11-21", -2.0), after = at("2026-11-21", 2.0);
    ck_assert_int_eq(instant_nearest(86399.0, after).ns, at("2026-11-20", 86399.0).ns);
    ck_assert_int_eq(instant_nearest(1.0, before).ns, at("2026-11-21", 1.0).ns);
    ck_assert_int_eq(instant_nearest(43200.0, at("2026-11-21", 43000.0)).ns, at("2026-11-21", 43200.0).ns);
    ck_assert_int_eq(instant_nearest(86400.5, before).ns, at("2026-11-21", 0.5).ns);
    ck_assert_int_eq(instant_nearest(-0.5, after).ns, at("2026-11-20", 86399.5).ns);
}
END_TEST

START_TEST(truncated_time_starts_anew_at_midnight)
{
    ck_assert_int_eq(instant_nearest_period(1.0, 512.0, at("2026-11-21", 5121.0)).ns, at("2026-11-21", 5121.0).ns);
    ck_assert_int_eq(instant_nearest_period(511.0, 512.0, at("2026-11-21", 5121.0)).ns, at("2026-11-21", 5119.0).ns);
    /* 86399 = 168 * 512 + 383: the counter stands at 383 one second before midnight and at 0 at midnight */
    ck_assert_int_eq(instant_nearest_period(383.0, 512.0, at("2026-11-21", 3.0)).ns, at("2026-11-20", 86399.0).ns);
    ck_assert_int_eq(instant_nearest_period(2.0, 512.0, at("2026-11-20", 86399.0)).ns, at("2026-11-21", 2.0).ns);
}
END_TEST

START_TEST(midnight_and_time_of_day_add_up)
{
    struct instant t = {-1};
    ck_assert_int_eq(instant_midnight(t).ns, -INSTANT_DAY_NS);
    ck_assert_double_eq_tol(instant_time_of_day(t), 86400.0 - 1e-9, 1e-10);
    ck_assert_double_eq(instant_time_of_day(at("2026-11-21", 12.25)), 12.25);
    ck_assert_double_eq_tol(instant_to_s(instant_from_s(1795219200.125)), 1795219200.125, 3e-7);
}
END_TEST

Suite *test_instant_suite(void)
{
    Suite *suite = suite_create("instant");
    TCase *arithmetic = tcase_create("arithmetic");
    tcase_add_test(arithmetic, one_tick_of_asterix_is_exact);
    tcase_add_test(arithmetic, never_and_none_absorb_whatever_is_added);
    tcase_add_test(arithmetic, differences_are_exact_to_a_nanosecond_within_100_days);
    support_add_abort_test(arithmetic, adding_nan_is_our_mistake);
    suite_add_tcase(suite, arithmetic);
    TCase *dates = tcase_create("dates");
    tcase_add_test(dates, dates_of_known_days);
    tcase_add_test(dates, what_is_no_date_is_refused);
    tcase_add_test(dates, printing_shows_date_and_milliseconds);
    tcase_add_test(dates, every_day_of_four_centuries_prints_as_it_was_read);
    suite_add_tcase(suite, dates);
    TCase *day = tcase_create("day");
    tcase_add_test(day, time_of_day_is_taken_to_the_nearest_day);
    tcase_add_test(day, truncated_time_starts_anew_at_midnight);
    tcase_add_test(day, midnight_and_time_of_day_add_up);
    suite_add_tcase(suite, day);
    return suite;
}
