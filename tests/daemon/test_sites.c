#include "daemon/sites.h"

#include "base/unit.h"
#include <string.h>

#include "support/support.h"

static struct settings_site given(uint8_t kind)
{
    return (struct settings_site){.name = "here", .nation = "US", .sac = 210, .sic = 7, .kind = kind, .lat_rad = 0.7, .lon_rad = -1.5, .hae_m = 100, .period_s = 12};
}

START_TEST(what_is_not_said_is_as_usual_for_the_kind)
{
    for (uint8_t kind = 0; kind < SITE_KINDS; kind++) {
        struct settings_site s = given(kind);
        struct site site = sites_from_settings(&s), usual = site_usual((enum site_kind)kind, 12);
        ck_assert_uint_eq(site.source, 210 << 8 | 7);
        ck_assert_str_eq(site.name, "here");
        ck_assert_mem_eq(&site.primary, &usual.primary, sizeof site.primary);
        ck_assert_mem_eq(&site.secondary, &usual.secondary, sizeof site.secondary);
        ck_assert_double_eq(site.latency_s, usual.latency_s);
        ck_assert_double_eq(site.frame.at.lat_rad, 0.7);
        ck_assert_int_eq(site_check(&site), 0);
    }
}
END_TEST

START_TEST(replies_and_echoes_have_their_own_figures)
{
    struct settings_site s = given(SETTINGS_COMBINED);
    s.range_max_m = 200 * UNIT_NM;
    s.sigma_range_m = 50;
    s.detection = 0.97;
    s.primary_range_m = 60 * UNIT_NM;
    s.sigma_primary_azimuth_rad = 0.003;
    s.detection_primary = 0.7;
    s.refraction = SETTINGS_FOUR_THIRDS;
    s.false_plots = 33;
    strcpy(s.type, "TSR");
    struct site site = sites_from_settings(&s);
    ck_assert_double_eq(site.secondary.range_max_m, 200 * UNIT_NM);
    ck_assert_double_eq(site.secondary.sigma_range_m, 50);
    ck_assert_double_eq(site.primary.range_max_m, 60 * UNIT_NM);
    ck_assert_double_eq(site.primary.sigma_azimuth_rad, 0.003);
    ck_assert_double_eq(site.primary.detection, 0.7);
    ck_assert_double_eq(site.secondary.detection, 0.97);
    ck_assert_uint_eq(site.refraction, SITE_FOUR_THIRDS);
    ck_assert_double_eq(site.false_plots, 33);
    ck_assert_str_eq(site.type, "TSR");
}
END_TEST

START_TEST(a_radar_without_replies_takes_the_figures_for_its_echoes)
{
    struct settings_site s = given(SETTINGS_PSR);
    s.sigma_range_m = 80;
    s.detection = 0.6;
    struct site site = sites_from_settings(&s);
    ck_assert_double_eq(site.primary.sigma_range_m, 80);
    ck_assert_double_eq(site.primary.detection, 0.6);
    ck_assert_double_eq(site.secondary.detection, 0);
}
END_TEST

START_TEST(echoes_never_carry_farther_than_the_instrument)
{
    struct settings_site s = given(SETTINGS_COMBINED);
    s.range_max_m = 100e3;
    ck_assert_double_eq(sites_from_settings(&s).primary.range_max_m, 100e3);
}
END_TEST

Suite *test_sites_suite(void)
{
    Suite *suite = suite_create("sites");
    TCase *rows = tcase_create("rows");
    tcase_add_test(rows, what_is_not_said_is_as_usual_for_the_kind);
    tcase_add_test(rows, replies_and_echoes_have_their_own_figures);
    tcase_add_test(rows, a_radar_without_replies_takes_the_figures_for_its_echoes);
    tcase_add_test(rows, echoes_never_carry_farther_than_the_instrument);
    suite_add_tcase(suite, rows);
    return suite;
}
