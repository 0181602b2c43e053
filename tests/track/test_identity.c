#include "track/identity.h"

#include <string.h>

#include "kit.h"
#include "support/support.h"

static struct store_track track;

static void setup(void)
{
    memset(&track, 0, sizeof track);
    track.level_time = INSTANT_NONE;
    for (unsigned i = 0; i < TRACK_AGES; i++)
        track.age[i] = INSTANT_NONE;
    track.plots = 1;
}

static struct plot saying(double t, uint16_t code, uint16_t more)
{
    return (struct plot){.time = kit_at(t), .flags = PLOT_SECONDARY, .ident = {.mode_a = code, .flags = (uint16_t)(IDENT_MODE_A | more)}};
}

START_TEST(one_garbled_code_does_not_change_the_identity)
{
    struct plot p = saying(0, 04321, 0), wrong = saying(4, 04320, 0), doubted = saying(6, 01111, IDENT_A_GARBLED);
    identity_update(&track, &p);
    identity_update(&track, &wrong);
    identity_update(&track, &doubted);
    ck_assert_uint_eq(track.ident.mode_a, 04321);
    p.time = kit_at(8);
    identity_update(&track, &p);
    identity_update(&track, &wrong);
    ck_assert_uint_eq(track.ident.mode_a, 04321);
}
END_TEST

START_TEST(a_code_said_twice_in_a_row_is_the_new_one)
{
    struct plot old = saying(0, 04321, 0), new = saying(4, 07700, 0);
    identity_update(&track, &old);
    identity_update(&track, &new);
    identity_update(&track, &new);
    ck_assert_uint_eq(track.ident.mode_a, 07700);
}
END_TEST

START_TEST(confidence_is_the_share_that_agrees)
{
    struct plot p = saying(0, 04321, 0), wrong = saying(4, 04320, 0);
    identity_update(&track, &p);
    ck_assert_double_eq_tol((double)track.confidence, 1.0, 1e-6);
    track.plots = 5;
    identity_update(&track, &wrong);
    ck_assert_double_lt((double)track.confidence, 0.9);
}
END_TEST

START_TEST(the_address_is_told_once_and_kept)
{
    struct plot p = {.time = kit_at(0), .flags = PLOT_MODE_S, .ident = {.mode_s = 0xABC123, .flags = IDENT_MODE_S}};
    ck_assert(identity_update(&track, &p));
    ck_assert(!identity_update(&track, &p));
    p.ident.mode_s = 0x111111;
    identity_update(&track, &p);
    ck_assert_uint_eq(track.ident.mode_s, 0xABC123);
}
END_TEST

START_TEST(ages_and_levels_are_of_the_latest_plot_that_had_them)
{
    struct plot p = saying(10, 04321, 0), echo = {.time = kit_at(12), .flags = PLOT_PRIMARY}, late = saying(5, 04321, 0);
    p.level = (struct level){.pressure_m = 3000, .flags = LEVEL_PRESSURE};
    late.level = (struct level){.pressure_m = 2000, .flags = LEVEL_PRESSURE};
    identity_update(&track, &p);
    identity_update(&track, &echo);
    identity_update(&track, &late);
    ck_assert_int_eq(instant_cmp(track.age[TRACK_AGE_SSR], kit_at(10)), 0);
    ck_assert_int_eq(instant_cmp(track.age[TRACK_AGE_PSR], kit_at(12)), 0);
    ck_assert_double_eq(track.level.pressure_m, 3000.0);
}
END_TEST

START_TEST(only_what_both_say_can_contradict)
{
    struct ident a = {.mode_a = 1, .flags = IDENT_MODE_A}, b = {.mode_a = 2, .flags = IDENT_MODE_A}, s = {.mode_s = 5, .flags = IDENT_MODE_S};
    ck_assert(!identity_compatible(&a, &b));
    ck_assert(identity_compatible(&a, &a));
    ck_assert(identity_compatible(&a, &s));
}
END_TEST

Suite *test_identity_suite(void)
{
    Suite *suite = suite_create("identity");
    TCase *claims = tcase_create("claims");
    tcase_add_checked_fixture(claims, setup, NULL);
    tcase_add_test(claims, one_garbled_code_does_not_change_the_identity);
    tcase_add_test(claims, a_code_said_twice_in_a_row_is_the_new_one);
    tcase_add_test(claims, confidence_is_the_share_that_agrees);
    tcase_add_test(claims, the_address_is_told_once_and_kept);
    tcase_add_test(claims, ages_and_levels_are_of_the_latest_plot_that_had_them);
    tcase_add_test(claims, only_what_both_say_can_contradict);
    suite_add_tcase(suite, claims);
    return suite;
}
