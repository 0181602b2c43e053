/* What speaks for a plan: an address more than a code; the way alone not among many; a code that somebody else uses elsewhere not at all. */
#include "track/correlate.h"

#include <math.h>
#include <string.h>

#include "base/unit.h"
#include "kit.h"
#include "support/support.h"

Suite *test_correlate_suite(void);

static struct plan plan;
static struct track track;

/* Eastbound along 220 km in 1000 s; the track is where it should be, and says nothing yet. */
static void setup(void)
{
    plan = (struct plan){.number = 1, .points = 2, .cruise_mps = 220};
    plan.ident = (struct ident){.mode_s = 0xC01234, .mode_a = 04321, .flags = IDENT_MODE_S | IDENT_MODE_A};
    ident_set_callsign(&plan.ident, "ACA123", 6);
    plan.route[0] = (struct plan_point){.at = kit_place(0, 0, 9000), .over = kit_at(0), .pressure_m = 9000};
    plan.route[1] = (struct plan_point){.at = kit_place(220e3, 0, 9000), .over = kit_at(1000), .pressure_m = 9000};
    track = (struct track){.number = 4, .time = kit_at(500), .at = kit_place(110e3, 0, 9000), .east_mps = 220};
    track.level = (struct level){.pressure_m = 9000, .flags = LEVEL_PRESSURE};
}

static double odds(uint32_t plans)
{
    return correlate_ratio(&plan, &track, NULL) + correlate_prior(plans);
}

START_TEST(an_equal_address_gives_the_plan_among_twenty_thousand)
{
    unsigned agree;
    track.ident = (struct ident){.mode_s = 0xC01234, .flags = IDENT_MODE_S};
    ck_assert_double_gt(odds(20000), CORRELATE_ACCEPT);
    (void)correlate_ratio(&plan, &track, &agree);
    ck_assert_uint_eq(agree, CORRELATE_ADDRESS | CORRELATE_WAY);
    track.ident.mode_s = 0xC09999;
    ck_assert_double_lt(odds(20000), CORRELATE_ACCEPT);
}
END_TEST

START_TEST(an_equal_code_gives_it_only_where_the_plan_leads)
{
    track.ident = (struct ident){.mode_a = 04321, .flags = IDENT_MODE_A};
    ck_assert_double_gt(odds(20000), CORRELATE_ACCEPT);
    track.at = kit_place(110e3, 800e3, 9000); /* another aircraft with the same code in another region */
    ck_assert_double_lt(odds(20000), CORRELATE_REFUSE);
    setup();
    track.ident = (struct ident){.mode_a = 04321, .flags = IDENT_MODE_A};
    track.time = kit_at(500 + 6 * 3600); /* the same code hours later */
    ck_assert_double_lt(odds(20000), CORRELATE_ACCEPT);
}
END_TEST

START_TEST(the_way_alone_is_not_enough_among_many)
{
    unsigned agree;
    ck_assert_double_lt(odds(20000), CORRELATE_ACCEPT);
    (void)correlate_ratio(&plan, &track, &agree);
    ck_assert_uint_eq(agree, CORRELATE_WAY);
}
END_TEST

START_TEST(a_code_given_anew_does_not_take_the_plan_from_a_known_address)
{
    track.ident = (struct ident){.mode_s = 0xC01234, .mode_a = 01111, .flags = IDENT_MODE_S | IDENT_MODE_A};
    ck_assert_double_gt(odds(20000), CORRELATE_ACCEPT);
    track.ident.mode_a = 07700; /* an emergency says nothing about who it is */
    double emergency = odds(20000);
    track.ident.flags = IDENT_MODE_S;
    ck_assert_double_eq(odds(20000), emergency);
}
END_TEST

START_TEST(an_hour_late_or_fifty_kilometres_aside_still_counts_less_and_less)
{
    double before = HUGE_VAL;
    track.ident = (struct ident){.mode_s = 0xC01234, .flags = IDENT_MODE_S};
    for (double aside = 0; aside <= 400e3; aside += 50e3) {
        track.at = kit_place(110e3, aside, 9000);
        ck_assert_double_le(odds(100), before + 1e-9);
        before = odds(100);
    }
}
END_TEST

Suite *test_correlate_suite(void)
{
    Suite *s = suite_create("correlate");
    TCase *t = tcase_create("evidence");
    tcase_add_checked_fixture(t, setup, NULL);
    tcase_add_test(t, an_equal_address_gives_the_plan_among_twenty_thousand);
    tcase_add_test(t, an_equal_code_gives_it_only_where_the_plan_leads);
    tcase_add_test(t, the_way_alone_is_not_enough_among_many);
    tcase_add_test(t, a_code_given_anew_does_not_take_the_plan_from_a_known_address);
    tcase_add_test(t, an_hour_late_or_fifty_kilometres_aside_still_counts_less_and_less);
    suite_add_tcase(s, t);
    return s;
}
