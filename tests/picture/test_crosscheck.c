#include "picture/picture.h"

#include <math.h>
#include <string.h>

#include "base/unit.h"
#include "kit.h"
#include "support/support.h"

#define RECEIVER 0x0901
#define ADDRESS 0xA1B2C3

static struct kit k;
static struct site radar[3];

static void setup(void)
{
    static const double place[3][2] = {{40, -90}, {41, -89}, {39.6, -88.8}};
    kit_open(&k, NULL);
    for (unsigned i = 0; i < 3; i++) {
        radar[i] = kit_radar((uint16_t)(i + 1), place[i][0], place[i][1], i == 2 ? 5.0 : 10.0);
        picture_add_sensor(k.picture, &radar[i]);
    }
    for (uint16_t i = 0; i < 2; i++) {
        struct site receiver = site_usual(SITE_ADSB, 0.0);
        receiver.source = (uint16_t)(RECEIVER + i);
        site_place(&receiver, radar[0].at);
        picture_add_sensor(k.picture, &receiver);
    }
}

static void teardown(void)
{
    kit_close(&k);
}

static struct kit_flight flight(double east_km, double north_km, double heading_rad, uint32_t address)
{
    struct geodetic at = {(40.3 + north_km / 111.0) * UNIT_DEG, (-89.2 + east_km / 85.0) * UNIT_DEG, 9000.0};
    return (struct kit_flight){.from = at, .east_mps = 200 * sin(heading_rad), .north_mps = 200 * cos(heading_rad), .flags = PLOT_SECONDARY | PLOT_MODE_S,
                               .ident = {.mode_s = address, .flags = IDENT_MODE_S}};
}

/* The flight says at t where it is, or would be so far east of there. */
static void broadcast(const struct kit_flight *f, double t, double east_m, uint16_t receiver)
{
    struct geodetic at = kit_where(f, t);
    struct plot p = {.time = sky_instant(t), .arrival = sky_instant(floor(t) + 1.0 + 0.1), .source = receiver, .kind = PLOT_GEODETIC, .flags = PLOT_ADSB, .ident = f->ident};
    p.geodetic.at = (struct geodetic){at.lat_rad, at.lon_rad + east_m / (FRAME_A * cos(at.lat_rad)), 0.0};
    p.geodetic.cov_ee_m2 = p.geodetic.cov_nn_m2 = 100.0;
    p.level = (struct level){.pressure_m = at.hae_m, .flags = LEVEL_PRESSURE};
    kit_input(&k, &p);
}

/* Each second of [begin, end): radars see the first `seen` flights, and all broadcast, displaced by east_m + drift_mps (t - begin). */
struct shift {
    double east_m, drift_mps;
};

static void run(const struct kit_flight *f, unsigned seen, unsigned count, double begin, double end, struct shift s)
{
    for (double t = begin; t < end; t += 1.0) {
        kit_fly(&k, f, seen, radar, 3, t, t + 1.0);
        for (unsigned i = 0; i < count; i++)
            broadcast(&f[i], t + 0.95, s.east_m + s.drift_mps * (t - begin), RECEIVER);
    }
}

/* The shown track nearest to the place; how far away. */
static double nearest(struct geodetic at, double t, struct track *out)
{
    double best = HUGE_VAL;
    struct track track;
    for (uint32_t i = 0; i < picture_slots(k.picture); i++) {
        if (!picture_at(k.picture, i, sky_instant(t), &track))
            continue;
        double away = hypot(track.at.lat_rad - at.lat_rad, (track.at.lon_rad - at.lon_rad) * cos(at.lat_rad)) * FRAME_A;
        if (away < best) {
            best = away;
            *out = track;
        }
    }
    return best;
}

static const struct shift honest = {0, 0};
#define DOUBTS (TRACK_ADSB_CONTRADICTED | TRACK_ADSB_UNSEEN | TRACK_DUPLICATE)

START_TEST(an_honest_aircraft_is_borne_out_by_radar)
{
    struct kit_flight f = flight(0, 0, 1.0, ADDRESS);
    struct track t;
    run(&f, 1, 1, 0, 120, honest);
    ck_assert_double_lt(nearest(kit_where(&f, 120.5), 120.5, &t), 60.0);
    ck_assert_uint_eq(t.flags & DOUBTS, 0);
    ck_assert_uint_gt(picture_counters(k.picture).adsb_agreed, 10);
    ck_assert_uint_eq(picture_counters(k.picture).adsb_disagreed, 0);
    ck_assert_uint_eq(k.new, 1);
}
END_TEST

/* Nine honest aircraft, among whom the radars become known, and one that lies from the first or the second minute on. */
static void liar(struct kit_flight f[10], double begin, struct shift s)
{
    for (unsigned i = 0; i < 10; i++)
        f[i] = flight(-60.0 + 12.0 * i, 10.0 * (i % 5) - 20.0, 0.6 * i, ADDRESS + i);
    for (double t = 0; t < 300; t += 1.0) {
        run(f, 10, 9, t, t + 1.0, honest);
        broadcast(&f[9], t + 0.97, t < begin ? 0.0 : s.east_m + s.drift_mps * (t - begin), RECEIVER);
    }
}

static void only_the_liar_is_flagged(const struct kit_flight f[10])
{
    struct track t;
    ck_assert_double_lt(nearest(kit_where(&f[9], 300.5), 300.5, &t), 200.0);
    ck_assert_uint_ne(t.flags & TRACK_ADSB_CONTRADICTED, 0);
    ck_assert_uint_gt(picture_counters(k.picture).adsb_refused, 50);
    ck_assert_uint_ge(k.notices[NOTICE_ADSB_CONTRADICTED], 1);
    for (unsigned i = 0; i < 9; i++) {
        ck_assert_double_lt(nearest(kit_where(&f[i], 300.5), 300.5, &t), 100.0);
        ck_assert_uint_eq(t.flags & DOUBTS, 0);
    }
    for (uint32_t i = 0; i < 3; i++) { /* and no radar learned from it */
        struct picture_sensor s;
        ck_assert(picture_sensor(k.picture, i, &s));
        ck_assert_double_lt(fabs(s.registration.bias.range_m), 10.0);
        ck_assert_double_lt(fabs(s.registration.bias.azimuth_rad), 0.0003);
    }
}

START_TEST(a_displaced_aircraft_is_flagged_and_shown_where_radar_sees_it)
{
    struct kit_flight f[10];
    liar(f, 120, (struct shift){2500, 0});
    only_the_liar_is_flagged(f);
}
END_TEST

START_TEST(a_forger_who_draws_the_track_along_gains_nothing)
{
    struct kit_flight f[10];
    liar(f, 120, (struct shift){0, 15});
    only_the_liar_is_flagged(f);
}
END_TEST

START_TEST(a_broadcast_that_no_radar_sees_is_shown_with_its_flag)
{
    struct kit_flight f[2] = {flight(0, 0, 1.0, ADDRESS), flight(30, 20, 2.0, ADDRESS + 1)};
    struct track t;
    run(f, 1, 2, 0, 90, honest);
    ck_assert_double_lt(nearest(kit_where(&f[1], 90.5), 90.5, &t), 60.0);
    ck_assert_uint_eq(t.flags & DOUBTS, TRACK_ADSB_UNSEEN);
    ck_assert_uint_eq(k.notices[NOTICE_ADSB_UNSEEN], 1);
    ck_assert_double_lt(nearest(kit_where(&f[0], 90.5), 90.5, &t), 60.0);
    ck_assert_uint_eq(t.flags & DOUBTS, 0);
}
END_TEST

START_TEST(one_address_in_two_places_makes_two_tracks_that_say_so)
{
    struct kit_flight f[2] = {flight(-40, 0, 1.0, ADDRESS), flight(40, 20, 2.0, ADDRESS)};
    struct track a, b;
    run(f, 2, 0, 0, 60, honest);
    ck_assert_double_lt(nearest(kit_where(&f[0], 60.5), 60.5, &a), 100.0);
    ck_assert_double_lt(nearest(kit_where(&f[1], 60.5), 60.5, &b), 100.0);
    ck_assert_uint_ne(a.number, b.number);
    ck_assert_uint_ne(a.flags & TRACK_DUPLICATE, 0);
    ck_assert_uint_ne(b.flags & TRACK_DUPLICATE, 0);
    ck_assert_uint_gt(picture_counters(k.picture).duplicates, 0);
}
END_TEST

START_TEST(a_transmission_that_two_receivers_hear_counts_once)
{
    struct kit_flight f = flight(0, 0, 1.0, ADDRESS);
    struct track once, twice;
    run(&f, 0, 1, 0, 30, honest);
    nearest(kit_where(&f, 30.5), 30.5, &once);
    teardown();
    setup();
    for (double t = 0; t < 30; t += 1.0) {
        broadcast(&f, t + 0.95, 0, RECEIVER);
        if (t > 5.0)
            broadcast(&f, t + 0.96, 0, RECEIVER + 1);
    }
    nearest(kit_where(&f, 30.5), 30.5, &twice);
    ck_assert_double_eq_tol(once.cov[TRACK_EE], twice.cov[TRACK_EE], 1e-6);
    ck_assert_uint_eq(picture_counters(k.picture).adsb_repeated, 24);
}
END_TEST

Suite *test_crosscheck_suite(void)
{
    Suite *suite = suite_create("crosscheck");
    TCase *claims = tcase_create("claims");
    tcase_set_timeout(claims, 60);
    tcase_add_checked_fixture(claims, setup, teardown);
    tcase_add_test(claims, an_honest_aircraft_is_borne_out_by_radar);
    tcase_add_test(claims, a_displaced_aircraft_is_flagged_and_shown_where_radar_sees_it);
    tcase_add_test(claims, a_forger_who_draws_the_track_along_gains_nothing);
    tcase_add_test(claims, a_broadcast_that_no_radar_sees_is_shown_with_its_flag);
    tcase_add_test(claims, one_address_in_two_places_makes_two_tracks_that_say_so);
    tcase_add_test(claims, a_transmission_that_two_receivers_hear_counts_once);
    suite_add_tcase(suite, claims);
    return suite;
}
