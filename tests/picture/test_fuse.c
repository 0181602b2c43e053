#include "picture/picture.h"

#include <math.h>
#include <string.h>

#include "base/unit.h"
#include "kit.h"
#include "support/support.h"

#define FEED_A 0x0A01
#define FEED_B 0x0A02

static struct kit k;
static struct site radar;

static void setup(void)
{
    kit_open(&k, NULL);
    radar = kit_radar(1, 40, -90, 5.0);
    picture_add_sensor(k.picture, &radar);
    for (uint16_t i = 0; i < 2; i++) {
        struct site centre = site_usual(SITE_TRACKER, 0.0);
        centre.source = (uint16_t)(FEED_A + i);
        site_place(&centre, radar.at);
        picture_add_sensor(k.picture, &centre);
    }
}

static void teardown(void)
{
    kit_close(&k);
}

static struct kit_flight flight(double east_km, double north_km, struct ident ident)
{
    struct geodetic at = {(40 + north_km / 111.0) * UNIT_DEG, (-90 + east_km / 85.0) * UNIT_DEG, 9000.0};
    return (struct kit_flight){.from = at, .east_mps = 200, .north_mps = 30, .flags = PLOT_SECONDARY | PLOT_MODE_S, .ident = ident};
}

static struct ident addressed(uint32_t mode_s)
{
    return (struct ident){.mode_s = mode_s, .flags = IDENT_MODE_S};
}

/* A feed's track of the flight at t, without identity, under this number. */
static void tell(const struct kit_flight *f, double t, uint16_t feed, uint32_t number, uint32_t flags)
{
    struct plot p = {.time = sky_instant(t), .arrival = sky_instant(floor(t) + 1.0 + 0.1), .source = feed, .kind = PLOT_TRACK, .flags = PLOT_VELOCITY | flags};
    p.geodetic = (struct plot_geodetic){.at = kit_where(f, t), .cov_ee_m2 = 2500, .cov_nn_m2 = 2500, .east_mps = f->east_mps, .north_mps = f->north_mps,
                                        .sigma_velocity_mps = 3, .number = number};
    kit_input(&k, &p);
}

/* The shown track nearest to the flight. */
static struct track shown(const struct kit_flight *f, double t)
{
    struct track track, best = {0};
    double least = HUGE_VAL;
    struct geodetic at = kit_where(f, t);
    for (uint32_t i = 0; i < picture_slots(k.picture); i++) {
        if (!picture_at(k.picture, i, sky_instant(t), &track))
            continue;
        double away = hypot(track.at.lat_rad - at.lat_rad, (track.at.lon_rad - at.lon_rad) * cos(at.lat_rad)) * FRAME_A;
        if (away < least) {
            least = away;
            best = track;
        }
    }
    ck_assert_double_lt(least, 500.0);
    return best;
}

/* So many seconds of radar plots, and each fourth second the feeds' track. */
static void run(const struct kit_flight *f, double begin, double end, unsigned feeds)
{
    for (double t = begin; t < end; t += 1.0) {
        kit_fly(&k, f, 1, &radar, 1, t, t + 1.0);
        for (unsigned i = 0; i < feeds && fmod(t, 4.0) == 3.0; i++)
            tell(f, t + 0.9, (uint16_t)(FEED_A + i), 500 + i, 0);
    }
}

START_TEST(a_remote_track_joins_ours_and_keeps_its_number)
{
    struct kit_flight f = flight(30, 40, addressed(0xA00001));
    run(&f, 0, 60, 2);
    struct track t = shown(&f, 60.5);
    ck_assert_uint_eq(k.new, 1);
    ck_assert_uint_eq(t.flags & TRACK_FOREIGN_ONLY, 0);
    ck_assert_uint_eq(t.remotes, 2);
    for (unsigned i = 0; i < 2; i++)
        ck_assert_uint_eq(t.remote[i].number, t.remote[i].source == FEED_A ? 500 : 501);
}
END_TEST

START_TEST(the_same_feed_by_two_ways_does_not_shrink_the_covariance)
{
    struct kit_flight f = flight(30, 40, addressed(0xA00001));
    run(&f, 0, 60, 1);
    struct track once = shown(&f, 60.0);
    teardown();
    setup();
    run(&f, 0, 60, 2);
    struct track twice = shown(&f, 60.0);
    ck_assert_double_ge(twice.cov[TRACK_EE], 0.9 * once.cov[TRACK_EE]);
    ck_assert_double_ge(twice.cov[TRACK_NN], 0.9 * once.cov[TRACK_NN]);
    ck_assert_double_ge(twice.cov[TRACK_VEVE], 3.0 * 3.0); /* between what we knew and what the feed claims, never below both */
}
END_TEST

/* However often it is told, a foreign track is not known better than its own system claims. */
START_TEST(a_track_of_feeds_alone_is_no_surer_than_they_are)
{
    struct kit_flight f = flight(30, 40, (struct ident){0});
    for (double t = 0; t < 60; t += 1.0)
        for (unsigned i = 0; i < 2; i++)
            tell(&f, t + 0.9, (uint16_t)(FEED_A + i), 500 + i, 0);
    struct track t = shown(&f, 59.9);
    ck_assert_uint_ne(t.flags & TRACK_FOREIGN_ONLY, 0);
    ck_assert_double_ge(t.cov[TRACK_EE], 0.98 * 2500);
    ck_assert_uint_eq(k.new, 1);
}
END_TEST

START_TEST(numbers_follow_their_aircraft_when_two_fly_near_each_other)
{
    struct kit_flight f[2] = {flight(30, 40, addressed(0xA00001)), flight(30, 43, addressed(0xA00002))};
    for (double t = 0; t < 60; t += 1.0) {
        kit_fly(&k, f, 2, &radar, 1, t, t + 1.0);
        for (unsigned i = 0; i < 2 && fmod(t, 4.0) == 3.0; i++)
            tell(&f[i], t + 0.9, FEED_A, 700 + i, 0);
    }
    ck_assert_uint_eq(k.new, 2);
    for (unsigned i = 0; i < 2; i++) {
        struct track t = shown(&f[i], 60.5);
        ck_assert_uint_eq(t.remotes, 1);
        ck_assert_uint_eq(t.remote[0].number, 700 + i);
    }
}
END_TEST

START_TEST(a_feed_that_changes_its_number_is_followed)
{
    struct kit_flight f = flight(30, 40, addressed(0xA00001));
    run(&f, 0, 40, 1);
    for (double t = 40; t < 120; t += 1.0) {
        kit_fly(&k, &f, 1, &radar, 1, t, t + 1.0);
        if (fmod(t, 4.0) == 3.0)
            tell(&f, t + 0.9, FEED_A, 900, 0);
    }
    struct track t = shown(&f, 120.5);
    ck_assert_uint_eq(t.remotes, 1);
    ck_assert_uint_eq(t.remote[0].number, 900);
}
END_TEST

START_TEST(the_end_of_a_remote_track_ends_no_track_that_radar_sees)
{
    struct kit_flight f = flight(30, 40, addressed(0xA00001));
    run(&f, 0, 40, 1);
    tell(&f, 39.9, FEED_A, 500, PLOT_END);
    run(&f, 40, 60, 0);
    ck_assert_uint_eq(k.drop, 0);
    ck_assert_uint_eq(shown(&f, 60.5).remotes, 0);
}
END_TEST

START_TEST(the_same_plot_by_two_ways_counts_once)
{
    struct kit_flight f = flight(30, 40, addressed(0xA00001));
    run(&f, 0, 60, 0);
    struct track once = shown(&f, 60.0);
    teardown();
    setup();
    for (double t = 0.0; t < 60.0; t += 0.01) { /* as kit_fly, each plot twice */
        double antenna = fmod(t / radar.period_s, 1.0), next = antenna + 0.01 / radar.period_s;
        struct plot p = kit_plot(&radar, t, kit_where(&f, t), f.flags, f.ident);
        double a = p.polar.azimuth_rad / (2.0 * UNIT_PI);
        for (int i = 0; i < 2 && a >= antenna && a < next; i++)
            kit_input(&k, &p);
    }
    struct track twice = shown(&f, 60.0);
    ck_assert_uint_eq(twice.plots, once.plots);
    ck_assert_uint_eq(picture_counters(k.picture).plots_repeated, once.plots);
    ck_assert_double_eq_tol(twice.cov[TRACK_EE], once.cov[TRACK_EE], 1e-6 * once.cov[TRACK_EE]);
}
END_TEST

Suite *test_fuse_suite(void)
{
    Suite *suite = suite_create("fuse");
    TCase *claims = tcase_create("claims");
    tcase_add_checked_fixture(claims, setup, teardown);
    tcase_add_test(claims, a_remote_track_joins_ours_and_keeps_its_number);
    tcase_add_test(claims, the_same_feed_by_two_ways_does_not_shrink_the_covariance);
    tcase_add_test(claims, a_track_of_feeds_alone_is_no_surer_than_they_are);
    tcase_add_test(claims, numbers_follow_their_aircraft_when_two_fly_near_each_other);
    tcase_add_test(claims, a_feed_that_changes_its_number_is_followed);
    tcase_add_test(claims, the_end_of_a_remote_track_ends_no_track_that_radar_sees);
    tcase_add_test(claims, the_same_plot_by_two_ways_counts_once);
    suite_add_tcase(suite, claims);
    return suite;
}
