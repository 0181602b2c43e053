#include "daemon/gateway_words.h"

#include "support/support.h"
#include <stdio.h>
#include <string.h>

#define DAY INT64_C(86400000000000)

START_TEST(what_is_said_of_an_aircraft_comes_back)
{
    struct message_flight f = {.departure = "KDFW", .destination = "MMMX", .aircraft_type = "B738", .ident = {.flags = IDENT_MODE_A, .mode_a = 07041}}, back = {.track = 1};
    struct message_crossing c = {{20000 * DAY + INT64_C(60000000000) * 700 + 31000000000}, 4, {0.5, -1.7, 0}, 10668}, crossed;
    struct oldi o = gateway_words_about(OLDI_ACT, "AMX123", &f);

    gateway_words_cross(&o, &c);
    ck_assert_int_eq(o.minute, 700);
    ck_assert_int_eq(o.transfer_level_fl, 350);
    gateway_words_learn(&back, &o, c.time);
    ck_assert_str_eq(back.ident.callsign, "AMX123");
    ck_assert_uint_eq(back.ident.mode_a, 07041);
    ck_assert_str_eq(back.destination, "MMMX");
    crossed = gateway_words_crossing(&o, (struct instant){c.time.ns - 900 * INT64_C(1000000000)});
    ck_assert_int_eq(c.time.ns - crossed.time.ns, 31000000000); /* the minute alone is said */
    ck_assert(crossed.at.lat_rad == 0.5 && crossed.pressure_m == 10668);
}
END_TEST

START_TEST(a_minute_of_the_day_is_the_nearest_one)
{
    struct oldi o = {.minute = 1439};
    struct instant midnight = {20000 * DAY};

    ck_assert_int_eq(gateway_words_crossing(&o, instant_add(midnight, 120)).time.ns, midnight.ns - INT64_C(60000000000)); /* yesterday's last */
    o.minute = 1;
    ck_assert_int_eq(gateway_words_crossing(&o, instant_add(midnight, -120)).time.ns, midnight.ns + INT64_C(60000000000)); /* tomorrow's second */
    o.minute = -1;
    ck_assert(!instant_is_set(gateway_words_crossing(&o, midnight).time));
}
END_TEST

START_TEST(what_is_not_known_is_said_so)
{
    struct message_flight f = {.track = 1};
    struct message_crossing none = {.time = INSTANT_NONE};
    struct oldi o = gateway_words_about(OLDI_HOP, "X1", &f);

    gateway_words_cross(&o, &none);
    ck_assert_str_eq(o.departure, "ZZZZ");
    ck_assert(!o.has_code && !o.point[0] && o.minute == -1 && o.transfer_level_fl == OLDI_NO_LEVEL);
    ck_assert_int_eq(gateway_words_level(-500), OLDI_NO_LEVEL);
}
END_TEST

Suite *test_gateway_words_suite(void);
Suite *test_gateway_words_suite(void)
{
    Suite *s = suite_create("gateway_words");
    TCase *t = tcase_create("gateway_words");
    tcase_add_test(t, what_is_said_of_an_aircraft_comes_back);
    tcase_add_test(t, a_minute_of_the_day_is_the_nearest_one);
    tcase_add_test(t, what_is_not_known_is_said_so);
    suite_add_tcase(s, t);
    return s;
}
