#include "daemon/timekeeper.h"

#include <time.h>

#include "support/support.h"

static int64_t wall_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

START_TEST(the_wall_clock_is_known_at_once)
{
    struct timekeeper k;
    struct instant now;
    timekeeper_init(&k, false);
    int64_t before = wall_ns();
    ck_assert(timekeeper_read(&k, &now));
    ck_assert_int_ge(now.ns, before);
    ck_assert_int_le(now.ns, wall_ns());
}
END_TEST

START_TEST(a_scenario_is_unknown_until_its_beacon)
{
    struct timekeeper k;
    struct instant now;
    struct envelope_clock map = {{INT64_C(1000000000000)}, {wall_ns()}, 10};
    timekeeper_init(&k, true);
    ck_assert(!timekeeper_read(&k, &now));
    ck_assert(timekeeper_beacon(&k, &map));
    ck_assert(!timekeeper_beacon(&k, &map));
    ck_assert(timekeeper_read(&k, &now));
    ck_assert_int_ge(now.ns, map.epoch.ns);
    ck_assert_int_le(now.ns, map.epoch.ns + 10 * (wall_ns() - map.wall.ns));
    ck_assert_uint_eq(k.beacons, 2);
    ck_assert_uint_eq(k.changes, 1);
}
END_TEST

START_TEST(time_never_goes_backwards)
{
    struct timekeeper k;
    struct instant first, second;
    struct envelope_clock map = {{INT64_C(1000000000000)}, {wall_ns()}, 1};
    timekeeper_init(&k, true);
    timekeeper_beacon(&k, &map);
    ck_assert(timekeeper_read(&k, &first));
    map.epoch.ns -= INT64_C(3600000000000);
    ck_assert(timekeeper_beacon(&k, &map));
    ck_assert(timekeeper_read(&k, &second));
    ck_assert_int_eq(second.ns, first.ns);
    ck_assert_uint_eq(k.backwards, 1);
}
END_TEST

START_TEST(waiting_is_in_wall_seconds)
{
    struct timekeeper k;
    struct instant now;
    struct envelope_clock map = {{INT64_C(1000000000000)}, {wall_ns()}, 10};
    timekeeper_init(&k, true);
    timekeeper_beacon(&k, &map);
    ck_assert(timekeeper_read(&k, &now));
    ck_assert_double_eq_tol(timekeeper_wait_s(&k, instant_add(now, 20)), 2, 1e-9);
    ck_assert_double_eq(timekeeper_wait_s(&k, instant_add(now, -20)), 0);
    ck_assert_double_eq(timekeeper_wait_s(&k, INSTANT_NONE), 0);
}
END_TEST

Suite *test_timekeeper_suite(void);
Suite *test_timekeeper_suite(void)
{
    Suite *s = suite_create("timekeeper");
    TCase *c = tcase_create("vectors");
    tcase_add_test(c, the_wall_clock_is_known_at_once);
    tcase_add_test(c, a_scenario_is_unknown_until_its_beacon);
    tcase_add_test(c, time_never_goes_backwards);
    tcase_add_test(c, waiting_is_in_wall_seconds);
    suite_add_tcase(s, c);
    return s;
}
