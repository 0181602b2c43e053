#include "wire/track_out.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"
#include "nouns.h"
#include "support/support.h"
#include "wire/target.h"
#include "wire/track_number.h"

static struct nouns n;
static struct track_out *out;
static struct out_sink sink;

static void setup(void)
{
    struct decoder_settings s = decoder_settings_default();
    memset(&n, 0, sizeof n);
    n.decoder = decoder_new(&s, NULL);
    out = track_out_new(&(struct track_out_settings){.sac = 0x31, .sic = 7, .service = 1});
    sink = nouns_out(&n);
}

static void teardown(void)
{
    track_out_free(out);
    decoder_free(n.decoder);
}

static const struct plot *trip(const struct track *t, unsigned kind)
{
    struct track_event e = {.kind = (uint8_t)kind, .track = *t};
    n.count = 0;
    n.arrival = instant_add(t->time, 0.2);
    ck_assert_int_eq(track_out_input(out, &e, &sink), 0);
    track_out_drain(out, &sink);
    ck_assert_uint_eq(n.count, 1);
    return &n.reports[0].plot;
}

START_TEST(tracks_come_back_as_plots_of_the_track_kind)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    struct track t = nouns_track(&r);
    const struct plot *p = trip(&t, TRACK_UPDATE);
    ck_assert_uint_eq(p->kind, PLOT_TRACK);
    ck_assert_uint_eq(p->source, 0x3107);
    ck_assert_uint_eq(p->geodetic.number, track_out_number(out, t.number));
    ck_assert_double_eq_tol(instant_diff(p->time, t.time), 0.0, 1e-9);
    ck_assert_double_eq_tol(p->geodetic.at.lat_rad, t.at.lat_rad, 5e-8);
    ck_assert_double_lt(fabs(frame_angle(p->geodetic.at.lon_rad - t.at.lon_rad)), 2e-7);
    ck_assert_double_eq_tol(p->geodetic.east_mps, t.east_mps, 0.126);
    ck_assert_double_eq_tol(p->geodetic.north_mps, t.north_mps, 0.126);
    ck_assert_double_eq_tol(sqrt(p->geodetic.cov_ee_m2), sqrt(t.cov[TRACK_EE]), 0.26);
    ck_assert_double_eq_tol(sqrt(p->geodetic.cov_nn_m2), sqrt(t.cov[TRACK_NN]), 0.26);
    ck_assert_double_eq_tol(copysign(sqrt(fabs(p->geodetic.cov_en_m2)), p->geodetic.cov_en_m2), copysign(sqrt(fabs(t.cov[TRACK_EN])), t.cov[TRACK_EN]), 1.0);
    ck_assert_double_eq_tol(p->geodetic.sigma_velocity_mps, fmin(63.75, sqrt(t.cov[TRACK_VEVE])), 0.13);
    ck_assert_uint_eq((p->level.flags & LEVEL_HEIGHT) != 0, (t.flags & TRACK_HEIGHT) != 0);
    if (t.flags & TRACK_HEIGHT)
        ck_assert_double_eq_tol(p->level.hae_m, t.at.hae_m, 1.0);
    if (t.flags & TRACK_CLIMB)
        ck_assert_double_eq_tol(p->geodetic.up_mps, t.climb_mps, 0.02);
    if (t.level.flags & LEVEL_PRESSURE)
        ck_assert_double_eq_tol(p->level.pressure_m, t.level.pressure_m, 1e-6);
    ck_assert_uint_eq(p->ident.flags & (IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN | IDENT_SPI), t.ident.flags & (IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN | IDENT_SPI));
    ck_assert_uint_eq(p->ident.mode_s, t.ident.mode_s);
    ck_assert_uint_eq(p->ident.mode_a, t.ident.mode_a);
    ck_assert_str_eq(p->ident.callsign, t.ident.callsign);
    ck_assert_uint_eq((p->flags & PLOT_SIMULATED) != 0, (t.flags & TRACK_SIMULATED) != 0);
    ck_assert_uint_eq(p->flags & PLOT_END, 0);
}
END_TEST

START_TEST(the_last_message_says_so_and_gives_the_number_back)
{
    struct rng r = rng_init(77);
    struct track t = nouns_track(&r);
    ck_assert_uint_eq(trip(&t, TRACK_NEW)->geodetic.number, 1);
    ck_assert_uint_eq(trip(&t, TRACK_UPDATE)->geodetic.number, 1);
    const struct plot *last = trip(&t, TRACK_DROP);
    ck_assert_uint_eq(last->geodetic.number, 1);
    ck_assert_uint_ne(last->flags & PLOT_END, 0);
    ck_assert_uint_eq(track_out_number(out, t.number), 0);
    n.count = 0;
    ck_assert_int_eq(track_out_input(out, &(struct track_event){.kind = TRACK_DROP, .track = t}, &sink), 0);
    track_out_drain(out, &sink);
    ck_assert_uint_eq(n.count, 0); /* nobody heard of it: nothing to end */
    ck_assert_uint_eq(trip(&t, TRACK_UPDATE)->geodetic.number, 2);
}
END_TEST

START_TEST(impossible_tracks_are_refused)
{
    struct rng r = rng_init(78);
    struct track_event e = {.kind = TRACK_UPDATE, .track = nouns_track(&r)};
    e.track.at.lat_rad = NAN;
    ck_assert_int_eq(track_out_input(out, &e, &sink), ERR_RANGE);
    e.track.at.lat_rad = 0.5;
    e.track.time = INSTANT_NONE;
    ck_assert_int_eq(track_out_input(out, &e, &sink), ERR_RANGE);
    ck_assert_uint_eq(track_out_number(out, e.track.number), 0);
}
END_TEST

START_TEST(numbers_come_again_only_after_all_others)
{
    struct track_number *numbers = track_number_new();
    bool fresh = false;
    ck_assert_uint_eq(track_number_add(numbers, 100, &fresh), 1);
    ck_assert(fresh);
    ck_assert_uint_eq(track_number_add(numbers, 100, &fresh), 1);
    ck_assert(!fresh);
    track_number_remove(numbers, 100);
    for (uint32_t k = 2; k <= 65535; k++) {
        ck_assert_uint_eq(track_number_add(numbers, 1000 + k, &fresh), k);
        if (k % 2)
            track_number_remove(numbers, 1000 + k);
    }
    ck_assert_uint_eq(track_number_add(numbers, 7, &fresh), 1);
    ck_assert_uint_eq(track_number_add(numbers, 8, &fresh), 3);
    track_number_free(numbers);
}
END_TEST

START_TEST(when_all_numbers_are_taken_a_track_is_refused)
{
    struct track_number *numbers = track_number_new();
    bool fresh = false;
    for (uint32_t k = 1; k <= 65535; k++)
        ck_assert_uint_ne(track_number_add(numbers, k, &fresh), 0);
    ck_assert_uint_eq(track_number_add(numbers, 0, &fresh), 0);
    ck_assert(!fresh);
    track_number_remove(numbers, 12345);
    ck_assert_uint_eq(track_number_add(numbers, 0, &fresh), 12345);
    track_number_free(numbers);
}
END_TEST

START_TEST(the_last_instant_of_the_day_is_midnight)
{
    struct instant midnight = {INT64_C(20833) * INSTANT_DAY_NS};
    ck_assert_double_eq(target_time_of_day(midnight), 0.0);
    ck_assert_double_eq(target_time_of_day(instant_add(midnight, -0.001)), 0.0);
    ck_assert_double_eq(target_time_of_day(instant_add(midnight, -0.0078125)), 86400.0 - 0.0078125);
}
END_TEST

Suite *test_track_out_suite(void)
{
    Suite *suite = suite_create("track_out");
    TCase *t = tcase_create("tracks");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, tracks_come_back_as_plots_of_the_track_kind, 0, 200);
    tcase_add_test(t, the_last_message_says_so_and_gives_the_number_back);
    tcase_add_test(t, impossible_tracks_are_refused);
    suite_add_tcase(suite, t);
    t = tcase_create("numbers");
    tcase_add_test(t, numbers_come_again_only_after_all_others);
    tcase_add_test(t, when_all_numbers_are_taken_a_track_is_refused);
    tcase_add_test(t, the_last_instant_of_the_day_is_midnight);
    suite_add_tcase(suite, t);
    return suite;
}
