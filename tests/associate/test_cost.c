#include "associate/cost.h"

#include <math.h>

#include "support/support.h"

static struct ident mode_a(uint16_t code, uint16_t more)
{
    return (struct ident){.mode_a = code, .flags = (uint16_t)(IDENT_MODE_A | more)};
}

static struct ident mode_s(uint32_t address)
{
    return (struct ident){.mode_s = address, .flags = IDENT_MODE_S};
}

START_TEST(equal_parts_speak_for_and_different_ones_against)
{
    struct ident a = mode_a(04321, 0), b = mode_a(04321, 0), c = mode_a(01111, 0), s = mode_s(0xABCDEF), t = mode_s(0xABCDEE);
    ck_assert_double_gt(cost_identity(&a, &b), 7.0);
    ck_assert_double_lt(cost_identity(&a, &c), -4.0);
    ck_assert_double_gt(cost_identity(&s, &s), 9.0);
    ck_assert_double_lt(cost_identity(&s, &t), -10.0);
}
END_TEST

START_TEST(absent_parts_say_nothing)
{
    struct ident none = {0}, a = mode_a(04321, 0), s = mode_s(1);
    ck_assert_double_eq(cost_identity(&none, &a), 0.0);
    ck_assert_double_eq(cost_identity(&a, &none), 0.0);
    ck_assert_double_eq(cost_identity(&a, &s), 0.0);
}
END_TEST

START_TEST(shared_and_doubted_codes_say_little)
{
    struct ident vfr = mode_a(01200, 0), own = mode_a(04321, 0), garbled = mode_a(01111, IDENT_A_GARBLED);
    ck_assert_double_lt(cost_identity(&vfr, &vfr), 3.0);
    ck_assert_double_gt(cost_identity(&vfr, &vfr), 0.0);
    ck_assert_double_gt(cost_identity(&own, &garbled), -2.0);
}
END_TEST

START_TEST(nothing_is_a_wall)
{
    struct ident s = mode_s(1), t = mode_s(2);
    ck_assert_double_gt(cost_identity(&s, &t), -50.0);
}
END_TEST

START_TEST(a_surer_track_and_a_cleaner_sky_are_worth_more)
{
    ck_assert_double_gt(cost_track(-10, 0.99, 0.9, 1e-10), cost_track(-10, 0.5, 0.9, 1e-10));
    ck_assert_double_gt(cost_track(-10, 0.99, 0.9, 1e-11), cost_track(-10, 0.99, 0.9, 1e-10));
}
END_TEST

Suite *test_cost_suite(void)
{
    Suite *suite = suite_create("cost");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, equal_parts_speak_for_and_different_ones_against);
    tcase_add_test(claims, absent_parts_say_nothing);
    tcase_add_test(claims, shared_and_doubted_codes_say_little);
    tcase_add_test(claims, nothing_is_a_wall);
    tcase_add_test(claims, a_surer_track_and_a_cleaner_sky_are_worth_more);
    suite_add_tcase(suite, claims);
    return suite;
}
