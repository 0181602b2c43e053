/* The judge of continuity against stories told by hand. */
#include "sim/continuity.h"

#include <string.h>

#include "support/support.h"

#define SOURCE 0x1481

static struct continuity *c;

static void setup(void)
{
    c = continuity_new(60.0);
}

static void teardown(void)
{
    continuity_free(c);
}

static struct instant at(double s)
{
    return instant_from_s(1000.0 + s);
}

static void plot(uint32_t address, double s)
{
    struct report r = {.kind = REPORT_PLOT};
    r.plot.source = SOURCE;
    r.plot.time = at(s);
    r.plot.ident.flags = IDENT_MODE_S;
    r.plot.ident.mode_s = address;
    continuity_report(c, &r);
}

static void event(enum track_event_kind kind, uint32_t number, uint32_t address, double s)
{
    struct track_event e = {.kind = (uint8_t)kind};
    e.track.number = number;
    e.track.time = at(s);
    e.track.ident.mode_s = address;
    e.track.ident.flags = address ? IDENT_MODE_S : 0;
    e.track.sensors = 1;
    e.track.sensor[0] = (struct track_sensor){SOURCE, at(s)};
    continuity_event(c, &e);
}

/* Plots every 4 s from `from`, n of them; the track takes each one from the skip-th on. */
static void flight(uint32_t address, uint32_t track, double from, int n, int skip)
{
    for (int i = 0; i < n; i++) {
        plot(address, from + 4 * i);
        if (i >= skip)
            event(i == skip ? TRACK_NEW : TRACK_UPDATE, track, address, from + 4 * i);
    }
}

static struct continuity_account close_account(void)
{
    continuity_close(c);
    return continuity_account(c);
}

START_TEST(a_track_that_lasts_is_whole)
{
    flight(0xabc, 1, 0, 10, 2);
    struct continuity_account a = close_account();
    ck_assert_uint_eq(a.addresses, 1);
    ck_assert_uint_eq(a.long_visits, 1);
    ck_assert_uint_eq(a.whole, 1);
    ck_assert_uint_eq(a.waiting, 2);
    ck_assert_uint_eq(a.unassigned + a.switches + a.breaks + a.gaps + a.untracked, 0);
}
END_TEST

START_TEST(another_number_while_the_track_lives_is_a_switch)
{
    flight(0xabc, 1, 0, 10, 0);
    flight(0xabc, 2, 40, 10, 0);
    struct continuity_account a = close_account();
    ck_assert_uint_eq(a.switches, 1);
    ck_assert_uint_eq(a.breaks, 0);
    ck_assert_uint_eq(a.whole, 0);
}
END_TEST

START_TEST(another_number_after_the_drop_is_a_break)
{
    flight(0xabc, 1, 0, 10, 0);
    event(TRACK_DROP, 1, 0xabc, 50);
    flight(0xabc, 2, 60, 10, 1);
    struct continuity_account a = close_account();
    ck_assert_uint_eq(a.switches, 0);
    ck_assert_uint_eq(a.breaks, 1);
    ck_assert_uint_eq(a.unassigned, 1);
}
END_TEST

START_TEST(coming_back_under_the_same_number_is_a_gap)
{
    flight(0xabc, 1, 0, 10, 0);
    event(TRACK_DROP, 1, 0xabc, 50);
    flight(0xabc, 1, 60, 10, 0);
    struct continuity_account a = close_account();
    ck_assert_uint_eq(a.gaps, 1);
    ck_assert_uint_eq(a.switches + a.breaks, 0);
    ck_assert_uint_eq(a.whole, 1);
}
END_TEST

START_TEST(a_silent_minute_begins_another_visit)
{
    flight(0xabc, 1, 0, 10, 0);
    event(TRACK_DROP, 1, 0xabc, 80);
    flight(0xabc, 2, 120, 10, 0);
    struct continuity_account a = close_account();
    ck_assert_uint_eq(a.visits, 2);
    ck_assert_uint_eq(a.whole, 2);
    ck_assert_uint_eq(a.breaks + a.switches, 0);
}
END_TEST

START_TEST(plots_that_no_track_took_are_unassigned)
{
    flight(0xabc, 1, 0, 4, 0);
    plot(0xabc, 16);
    plot(0xabc, 20);
    struct continuity_account a = close_account();
    ck_assert_uint_eq(a.unassigned, 2);
}
END_TEST

START_TEST(a_long_visit_without_a_track_is_said)
{
    for (int i = 0; i < 5; i++)
        plot(0xabc, 4 * i);
    for (int i = 0; i < 4; i++)
        plot(0xdef, 4 * i);
    struct continuity_account a = close_account();
    ck_assert_uint_eq(a.untracked, 1);
    ck_assert_uint_eq(a.long_visits, 1);
}
END_TEST

START_TEST(another_aircraft_at_the_same_time_is_not_taken_for_it)
{
    flight(0xabc, 1, 0, 10, 0);
    for (int i = 0; i < 10; i++) /* the same radar at the same instants, taken by nobody */
        plot(0xdef, 4 * i);
    struct continuity_account a = close_account();
    ck_assert_uint_eq(a.untracked, 1);
    ck_assert_uint_eq(a.whole, 1);
}
END_TEST

START_TEST(findings_are_in_text_and_json)
{
    char text[4096] = "";
    flight(0xabc, 1, 0, 10, 0);
    flight(0xabc, 2, 40, 10, 0);
    close_account();
    FILE *f = fmemopen(text, sizeof text, "w");
    continuity_print(c, f);
    fclose(f);
    ck_assert_ptr_nonnull(strstr(text, "switch     000abc at 1970-01-01T00:17:20.000Z by 20/129, track 1 to 2"));
    json_t *j = continuity_json(c);
    ck_assert_int_eq(json_integer_value(json_object_get(j, "switches")), 1);
    ck_assert_uint_eq(json_array_size(json_object_get(j, "findings")), 1);
    json_decref(j);
}
END_TEST

Suite *test_continuity_suite(void);
Suite *test_continuity_suite(void)
{
    Suite *s = suite_create("continuity");
    TCase *t = tcase_create("stories");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_track_that_lasts_is_whole);
    tcase_add_test(t, another_number_while_the_track_lives_is_a_switch);
    tcase_add_test(t, another_number_after_the_drop_is_a_break);
    tcase_add_test(t, coming_back_under_the_same_number_is_a_gap);
    tcase_add_test(t, a_silent_minute_begins_another_visit);
    tcase_add_test(t, plots_that_no_track_took_are_unassigned);
    tcase_add_test(t, a_long_visit_without_a_track_is_said);
    tcase_add_test(t, another_aircraft_at_the_same_time_is_not_taken_for_it);
    tcase_add_test(t, findings_are_in_text_and_json);
    suite_add_tcase(s, t);
    return s;
}
