#include "sensor/site.h"

#include "base/err.h"
#include "base/rng.h"
#include "base/unit.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/support.h"

START_TEST(every_kind_comes_whole_and_sees_what_its_name_says)
{
    for (int kind = 0; kind < SITE_KINDS; kind++) {
        struct site s = site_usual((enum site_kind)kind, 12);
        ck_assert_int_eq(site_check(&s), 0);
        ck_assert_int_eq(!!(s.flags & SITE_PRIMARY), s.primary.range_max_m > 0);
        ck_assert_int_eq(!!(s.flags & SITE_SECONDARY), s.secondary.range_max_m > 0);
        ck_assert_ptr_nonnull(site_kind_text((enum site_kind)kind));
    }
    ck_assert_str_eq(site_kind_text(SITE_MODE_S_COMBINED), "mode_s_combined");
    ck_assert(site_usual(SITE_MODE_S, 4).flags & SITE_SELECTIVE);
    ck_assert(site_usual(SITE_PSR_3D, 12).flags & SITE_HEIGHT);
}
END_TEST

START_TEST(fast_antennas_have_terminal_ranges)
{
    ck_assert_double_eq_tol(site_usual(SITE_COMBINED, 4.8).primary.range_max_m, 60 * 1852, 1e-6);
    ck_assert_double_eq_tol(site_usual(SITE_COMBINED, 12).primary.range_max_m, 200 * 1852, 1e-6);
    ck_assert_double_eq_tol(site_usual(SITE_COMBINED, 0).primary.range_max_m, 200 * 1852, 1e-6);
}
END_TEST

START_TEST(impossible_sites_are_refused)
{
    struct site good = site_usual(SITE_COMBINED, 12), s;
    struct site_table *t = site_table_new(2);
#define REFUSED(member, value, code)                  \
    do {                                              \
        s = good;                                     \
        s.member = (value);                           \
        ck_assert_int_eq(site_check(&s), (code));     \
        ck_assert_int_eq(site_table_add(t, &s), (code)); \
    } while (0)
    REFUSED(kind, SITE_KINDS, ERR_UNKNOWN);
    REFUSED(refraction, SITE_EXPONENTIAL + 1, ERR_UNKNOWN);
    REFUSED(at.lat_rad, 1.6, ERR_RANGE);
    REFUSED(at.lon_rad, NAN, ERR_RANGE);
    REFUSED(at.hae_m, INFINITY, ERR_RANGE);
    REFUSED(primary.detection, 1.01, ERR_RANGE);
    REFUSED(secondary.sigma_azimuth_rad, -1e-9, ERR_RANGE);
    REFUSED(period_s, -1, ERR_RANGE);
    REFUSED(bias.gain, 0.7, ERR_RANGE);
#undef REFUSED
    ck_assert_uint_eq(site_table_count(t), 0);
    site_table_free(t);
}
END_TEST

START_TEST(placing_a_site_moves_its_frame)
{
    struct site s = site_usual(SITE_SSR, 4);
    site_place(&s, (struct geodetic){0.72, 0.04, 30});
    ck_assert_double_lt(mat_norm3(frame_to_enu(&s.frame, frame_ecef(s.at))), 1e-9);
}
END_TEST

START_TEST(replies_decide_the_accuracy_of_a_combined_plot)
{
    struct site s = site_usual(SITE_COMBINED, 12);
    struct plot p = {.kind = PLOT_POLAR_LEVEL, .flags = PLOT_PRIMARY | PLOT_SECONDARY};
    site_fill(&s, &p);
    ck_assert_double_eq(p.polar.sigma_range_m, s.secondary.sigma_range_m);
    p = (struct plot){.kind = PLOT_POLAR, .flags = PLOT_PRIMARY};
    site_fill(&s, &p);
    ck_assert_double_eq(p.polar.sigma_azimuth_rad, s.primary.sigma_azimuth_rad);
    p.polar.sigma_range_m = 7;
    site_fill(&s, &p);
    ck_assert_double_eq(p.polar.sigma_range_m, 7); /* what a plot states stays */
}
END_TEST

START_TEST(no_sigma_ever_stays_zero)
{
    for (int kind = 0; kind < SITE_KINDS; kind++)
        for (uint8_t plot_kind = 0; plot_kind < PLOT_KINDS; plot_kind++) {
            struct site s = site_usual((enum site_kind)kind, 5);
            s.sigma_height_m = s.sigma_position_m = 0;
            struct plot p = {.kind = plot_kind, .level = {.flags = LEVEL_HEIGHT}};
            site_fill(&s, &p);
            bool polar = plot_kind <= PLOT_POLAR_3D;
            ck_assert_double_gt(polar ? p.polar.sigma_range_m : p.geodetic.cov_ee_m2, 0);
            ck_assert_double_gt(polar ? p.polar.sigma_azimuth_rad : p.geodetic.cov_nn_m2, 0);
            ck_assert_double_gt(p.level.sigma_height_m, 0);
        }
}
END_TEST

START_TEST(the_table_agrees_with_a_naive_one)
{
    struct rng r = rng_init(15);
    printf("SEED=15\n");
    struct site_table *t = site_table_new(300);
    static int index_of[65536];
    memset(index_of, 0xff, sizeof index_of);
    int count = 0;
    for (int i = 0; i < 2000; i++) {
        struct site s = site_usual(SITE_SSR, 4);
        s.source = (uint16_t)(rng_below(&r, 400) * 163);
        s.latency_s = i * 0.001;
        int index = site_table_add(t, &s);
        if (index_of[s.source] < 0 && count == 300) {
            ck_assert_int_eq(index, ERR_FULL);
            continue;
        }
        if (index_of[s.source] < 0)
            index_of[s.source] = count++;
        ck_assert_int_eq(index, index_of[s.source]);
        ck_assert_double_eq(site_table_at(t, (uint32_t)index)->latency_s, i * 0.001);
    }
    ck_assert_uint_eq(site_table_count(t), 300);
    for (unsigned source = 0; source < 65536; source++)
        ck_assert_int_eq(site_table_find(t, (uint16_t)source), index_of[source] < 0 ? ERR_UNKNOWN : index_of[source]);
    site_table_free(t);
}
END_TEST

START_TEST(a_table_may_hold_every_source_but_one)
{
    struct site_table *t = site_table_new(SITE_TABLE_MAX);
    struct site s = site_usual(SITE_PSR, 4);
    for (unsigned source = 0; source < SITE_TABLE_MAX; source++) {
        s.source = (uint16_t)source;
        ck_assert_int_eq(site_table_add(t, &s), (int)source);
    }
    s.source = 65535;
    ck_assert_int_eq(site_table_add(t, &s), ERR_FULL);
    ck_assert_int_eq(site_table_find(t, 65535), ERR_UNKNOWN);
    site_table_free(t);
}
END_TEST

Suite *test_site_suite(void)
{
    Suite *suite = suite_create("site");
    TCase *facts = tcase_create("facts");
    tcase_add_test(facts, every_kind_comes_whole_and_sees_what_its_name_says);
    tcase_add_test(facts, fast_antennas_have_terminal_ranges);
    tcase_add_test(facts, impossible_sites_are_refused);
    tcase_add_test(facts, placing_a_site_moves_its_frame);
    suite_add_tcase(suite, facts);
    TCase *plots = tcase_create("plots");
    tcase_add_test(plots, replies_decide_the_accuracy_of_a_combined_plot);
    tcase_add_test(plots, no_sigma_ever_stays_zero);
    suite_add_tcase(suite, plots);
    TCase *table = tcase_create("table");
    tcase_add_test(table, the_table_agrees_with_a_naive_one);
    tcase_add_test(table, a_table_may_hold_every_source_but_one);
    suite_add_tcase(suite, table);
    return suite;
}
