#include "track/filter.h"

#include <math.h>

#include "base/rng.h"
#include "base/unit.h"
#include "kit.h"
#include "support/support.h"
#include "track/quality.h"

static struct site radar;

static void setup(void)
{
    radar = kit_site(1, 40.0 * UNIT_DEG, -90.0 * UNIT_DEG);
}

static double metres(struct geodetic a, struct geodetic b)
{
    return hypot((a.lat_rad - b.lat_rad) * FRAME_A, (a.lon_rad - b.lon_rad) * FRAME_A * cos(a.lat_rad));
}

static struct track report(const struct store_track *t)
{
    struct track out;
    quality_report(t, &t->imm, &out);
    return out;
}

/* An aircraft eastwards at 230 m/s for 40 minutes crosses eleven anchors; without noise the track stays on it. */
START_TEST(a_long_flight_stays_on_its_way_through_every_change_of_anchor)
{
    struct store_track t = {0};
    struct filter_judgement j;
    struct frame first;
    int anchors = 0;
    for (int k = 0; k <= 120; k++) {
        struct site near = kit_site(1, 40.0 * UNIT_DEG, (-90.0 + k / 120.0 * 6.0) * UNIT_DEG);
        struct geodetic target = {40.5 * UNIT_DEG, -90.0 * UNIT_DEG + 230.0 * 20.0 * k / (FRAME_A * cos(40.5 * UNIT_DEG)), 10000.0};
        struct filter_plot p = kit_plot(&near, 20.0 * k, target, true);
        if (k == 0) {
            filter_start(&t, &p);
            first = t.anchor;
            continue;
        }
        ck_assert(filter_update(&t, &p, GATE_NIS, &j));
        anchors += t.anchor.at.lon_rad != first.at.lon_rad;
        first = t.anchor;
        if (k > 5) {
            struct track out = report(&t);
            ck_assert_double_lt(metres(out.at, target), 60.0);
            ck_assert_double_eq_tol(track_heading_rad(&out), 90.0 * UNIT_DEG, 1.5 * UNIT_DEG);
        }
    }
    ck_assert_int_gt(anchors, 8);
}
END_TEST

START_TEST(a_plot_that_only_fits_a_violent_turn_is_taken_as_one)
{
    struct store_track t = {0};
    struct filter_judgement j;
    struct filter_plot p = kit_plot(&radar, 0, kit_place(60e3, 0, 9000), true);
    filter_start(&t, &p);
    for (int k = 1; k <= 8; k++) {
        p = kit_plot(&radar, 12.0 * k, kit_place(60e3, 250.0 * 12 * k, 9000), true);
        ck_assert(filter_update(&t, &p, GATE_NIS, &j));
        ck_assert(k < 3 || !j.violent);
    }
    p = kit_plot(&radar, 12.0 * 9, kit_place(60e3 + 1100, 250.0 * 12 * 9 - 700, 9000), true);
    ck_assert(filter_update(&t, &p, GATE_NIS, &j));
    ck_assert(j.violent);
    ck_assert_double_lt(metres(report(&t).at, p.at.at), 200.0);
}
END_TEST

START_TEST(what_is_outside_the_gate_changes_nothing)
{
    struct store_track t = {0}, before;
    struct filter_judgement j;
    struct filter_plot p = kit_plot(&radar, 0, kit_place(60e3, 0, 9000), true);
    filter_start(&t, &p);
    for (int k = 1; k <= 4; k++) {
        p = kit_plot(&radar, 4.0 * k, kit_place(60e3, 1000.0 * k, 9000), true);
        filter_update(&t, &p, GATE_NIS, &j);
    }
    before = t;
    p = kit_plot(&radar, 20.0, kit_place(75e3, 5000.0, 9000), true);
    ck_assert(!filter_update(&t, &p, GATE_NIS, &j));
    ck_assert_mem_eq(&t, &before, sizeof t);
}
END_TEST

/* The same target at 3000 m seen by two primary radars 160 km apart: their slant ranges tell the height; one alone does not. */
static struct track fly_low(unsigned radars, bool height_fixed, double *sigma_m)
{
    struct site second = kit_site(2, 40.0 * UNIT_DEG, -88.6 * UNIT_DEG);
    struct rng r = rng_init(12);
    struct store_track t = {0};
    struct filter_judgement j;
    for (int k = 0; k <= 60; k++) {
        const struct site *s = k % radars ? &second : &radar;
        struct filter_plot p = kit_plot(s, 5.0 * k, kit_place(40e3 + 500.0 * k, 30e3, 3000), false);
        p.plot.polar.range_m += 60.0 * rng_normal(&r);
        p.plot.polar.sigma_range_m = 60.0;
        p.height_fixed = height_fixed;
        ck_assert(filter_prepare(&p));
        if (k == 0)
            filter_start(&t, &p);
        else
            filter_update(&t, &p, GATE_NIS, &j);
    }
    struct track out = report(&t);
    *sigma_m = out.sigma_height_m;
    return out;
}

START_TEST(a_height_that_is_fixed_stays_what_is_usual)
{
    double sigma;
    ck_assert_double_gt(fabs(fly_low(2, true, &sigma).at.hae_m - 3000.0), 2000.0);
}
END_TEST

START_TEST(two_primary_radars_find_the_height_that_one_cannot)
{
    double one_sigma, two_sigma;
    struct track one = fly_low(1, false, &one_sigma), two = fly_low(2, false, &two_sigma);
    ck_assert(!(two.flags & TRACK_HEIGHT)); /* an estimate without a height measurement is not called one */
    ck_assert_double_lt(two_sigma, 0.6 * one_sigma);
    ck_assert_double_lt(fabs(two.at.hae_m - 3000.0), 3.0 * two_sigma);
    ck_assert_double_lt(metres(two.at, kit_place(40e3 + 500.0 * 60, 30e3, 3000)), metres(one.at, kit_place(40e3 + 500.0 * 60, 30e3, 3000)));
}
END_TEST

START_TEST(a_measured_height_is_called_one)
{
    struct store_track t = {0};
    struct filter_plot p = kit_plot(&radar, 0, kit_place(60e3, 0, 4000), false);
    p.plot.level = (struct level){.hae_m = 4000.0, .sigma_height_m = 50.0, .flags = LEVEL_HEIGHT};
    ck_assert(filter_prepare(&p));
    filter_start(&t, &p);
    ck_assert(report(&t).flags & TRACK_HEIGHT);
    ck_assert_double_eq_tol(report(&t).at.hae_m, 4000.0, 1e-6);
}
END_TEST

START_TEST(a_mode_c_reply_ends_the_guessing_of_the_height)
{
    struct store_track t = {0};
    struct filter_judgement j;
    struct filter_plot p = kit_plot(&radar, 0, kit_place(60e3, 0, 4000), false);
    filter_start(&t, &p);
    ck_assert_uint_eq(t.imm.states, 6);
    p = kit_plot(&radar, 12, kit_place(60e3, 2400, 4000), true);
    ck_assert(filter_update(&t, &p, GATE_NIS, &j));
    ck_assert_uint_eq(t.imm.states, 5);
    ck_assert_double_eq_tol(report(&t).at.hae_m, 4000.0, 1.0);
    ck_assert(!(report(&t).flags & TRACK_HEIGHT)); /* pressure altitude is not called a measured height */
    p = kit_plot(&radar, 24, kit_place(60e3, 4800, 4000), false); /* and an echo is placed at that height from now on */
    ck_assert(filter_update(&t, &p, GATE_NIS, &j));
    ck_assert_double_eq_tol(j.z.height_m, 4000.0, 30.0);
}
END_TEST

START_TEST(a_position_is_taken_as_it_is)
{
    struct filter_plot p = {.site = &radar};
    p.plot = (struct plot){.time = kit_at(0), .kind = PLOT_GEODETIC, .flags = PLOT_ADSB | PLOT_VELOCITY};
    p.plot.geodetic = (struct plot_geodetic){.at = kit_place(10e3, 20e3, 0), .cov_ee_m2 = 400, .cov_nn_m2 = 400, .east_mps = 100, .north_mps = 50,
                                             .sigma_velocity_mps = 2};
    ck_assert(filter_prepare(&p));
    struct store_track t = {0};
    filter_start(&t, &p);
    struct track out = report(&t);
    ck_assert_double_lt(metres(out.at, p.plot.geodetic.at), 0.1);
    ck_assert_double_eq_tol(out.east_mps, 100.0, 1e-6);
    ck_assert_double_eq_tol(out.cov[TRACK_EE], 425.0, 1e-6);
}
END_TEST

START_TEST(a_moving_antenna_sees_from_where_it_is)
{
    struct site here = kit_site(1, 41.0 * UNIT_DEG, -91.0 * UNIT_DEG);
    struct geodetic target = kit_place(10e3, 20e3, 6000);
    struct filter_plot p = kit_plot(&here, 0, target, true), aboard = {.site = &radar};
    aboard.plot = p.plot;
    aboard.plot.flags |= PLOT_MOVING;
    aboard.plot.polar.platform = here.at;
    ck_assert(filter_prepare(&aboard));
    ck_assert_double_lt(metres(aboard.at.at, target), 1.0);
}
END_TEST

START_TEST(a_restart_finds_the_velocity_of_the_last_plots)
{
    struct store_track t = {0};
    struct filter_judgement j;
    struct filter_plot p = kit_plot(&radar, 0, kit_place(60e3, 0, 9000), true);
    filter_start(&t, &p);
    for (int k = 1; k <= 10; k++) {
        p = kit_plot(&radar, 6.0 * k, kit_place(60e3, 1200.0 * k, 9000), true);
        ck_assert(filter_update(&t, &p, GATE_NIS, &j));
    }
    p = kit_plot(&radar, 66.0, kit_place(60e3 + 4200, 10800, 9000), true); /* 700 m/s sideways */
    ck_assert(!filter_update(&t, &p, GATE_NIS_ADDRESS, &j));
    filter_restart(&t, &p);
    ck_assert_double_lt(metres(report(&t).at, p.at.at), 300.0);
    ck_assert_double_eq_tol(report(&t).east_mps, 700.0, 150.0);
}
END_TEST

/* Along the line of sight at once; and a late plot, for which the filter runs again, does not lose it. */
START_TEST(a_doppler_speed_is_known_at_once_and_survives_a_replay)
{
    struct store_track t = {0};
    struct filter_judgement j;
    struct filter_plot p = kit_plot(&radar, 0, kit_place(0, 60e3, 9000), true), late = kit_plot(&radar, 6, kit_place(0, 60e3 + 1200, 9000), true);
    filter_start(&t, &p);
    p = kit_plot(&radar, 12, kit_place(0, 60e3 + 2400, 9000), true);
    p.plot.flags |= PLOT_DOPPLER;
    p.plot.polar.doppler_mps = 198.0;
    ck_assert(filter_update(&t, &p, GATE_NIS, &j));
    ck_assert_double_eq_tol(report(&t).north_mps, 200.0, 6.0);
    ck_assert_double_lt(sqrt(report(&t).cov[TRACK_VNVN]), 5.0);
    ck_assert(filter_update(&t, &late, GATE_NIS, &j));
    ck_assert_double_eq_tol(report(&t).north_mps, 200.0, 6.0);
    ck_assert_double_lt(sqrt(report(&t).cov[TRACK_VNVN]), 5.0);
}
END_TEST

Suite *test_filter_suite(void)
{
    Suite *suite = suite_create("filter");
    TCase *flights = tcase_create("flights");
    tcase_add_checked_fixture(flights, setup, NULL);
    tcase_add_test(flights, a_long_flight_stays_on_its_way_through_every_change_of_anchor);
    tcase_add_test(flights, a_plot_that_only_fits_a_violent_turn_is_taken_as_one);
    tcase_add_test(flights, what_is_outside_the_gate_changes_nothing);
    tcase_add_test(flights, a_height_that_is_fixed_stays_what_is_usual);
    tcase_add_test(flights, two_primary_radars_find_the_height_that_one_cannot);
    tcase_add_test(flights, a_measured_height_is_called_one);
    tcase_add_test(flights, a_mode_c_reply_ends_the_guessing_of_the_height);
    tcase_add_test(flights, a_doppler_speed_is_known_at_once_and_survives_a_replay);
    tcase_add_test(flights, a_position_is_taken_as_it_is);
    tcase_add_test(flights, a_moving_antenna_sees_from_where_it_is);
    tcase_add_test(flights, a_restart_finds_the_velocity_of_the_last_plots);
    suite_add_tcase(suite, flights);
    return suite;
}
