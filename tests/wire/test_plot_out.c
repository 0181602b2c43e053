#include "wire/plot_out.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"
#include "nouns.h"
#include "support/support.h"

/* There and back: a report through the encoder and the decoder. */
static int trip(unsigned category, const struct report *r, struct nouns *n)
{
    struct decoder_settings s = decoder_settings_default();
    memset(n, 0, sizeof *n);
    n->decoder = decoder_new(&s, NULL);
    n->arrival = instant_add(r->kind == REPORT_PLOT ? r->plot.time : r->service.time, 0.7);
    struct plot_out *o = plot_out_new(category);
    struct out_sink sink = nouns_out(n);
    int code = plot_out_input(o, r, &sink);
    plot_out_drain(o, &sink);
    plot_out_free(o);
    decoder_free(n->decoder);
    return code;
}

static void same_identity(const struct plot *a, const struct plot *b, bool mode_s)
{
    unsigned of_mode_s = IDENT_MODE_S | IDENT_CALLSIGN | IDENT_NOT_ICAO, of_code = IDENT_EMERGENCY;
    unsigned mask = 0xFFFFu & ~of_code & ~(mode_s ? 0u : of_mode_s);
    ck_assert_uint_eq(a->ident.flags & mask, b->ident.flags & mask);
    ck_assert_uint_eq(a->ident.mode_a, b->ident.mode_a);
    ck_assert_uint_eq(a->ident.mode_2, b->ident.mode_2);
    if (mode_s) {
        ck_assert_uint_eq(a->ident.mode_s, b->ident.mode_s);
        ck_assert_str_eq(a->ident.callsign, b->ident.callsign);
    }
}

START_TEST(polar_plots_come_back_from_048)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    struct nouns n;
    struct report in = {.kind = REPORT_PLOT, .plot = nouns_polar(&r)};
    const struct plot *p = &in.plot, *q = &n.reports[0].plot;
    ck_assert_int_eq(trip(48, &in, &n), 0);
    ck_assert_uint_eq(n.count, 1);
    ck_assert_uint_eq(q->kind, p->kind);
    ck_assert_uint_eq(q->source, p->source);
    ck_assert_uint_eq(q->flags, p->flags);
    ck_assert_uint_eq(q->local_number, p->local_number);
    ck_assert_int_eq(q->time.ns, p->time.ns);
    ck_assert_double_eq_tol(q->polar.range_m, p->polar.range_m, UNIT_NM / 512.0 + 1e-6);
    ck_assert_double_lt(fabs(frame_angle(q->polar.azimuth_rad - p->polar.azimuth_rad)), UNIT_PI / 65536.0 + 1e-9);
    ck_assert_double_eq_tol(q->polar.doppler_mps, p->polar.doppler_mps, 1e-9);
    ck_assert_double_eq_tol(q->level.pressure_m, p->level.pressure_m, 1e-6);
    ck_assert_double_eq_tol(q->level.hae_m, p->level.hae_m, 1e-6);
    ck_assert_uint_eq(q->level.flags, p->level.flags);
    same_identity(p, q, true);
}
END_TEST

START_TEST(polar_plots_come_back_from_001)
{
    struct rng r = rng_init((uint64_t)_i + 1000);
    struct nouns n;
    struct report in = {.kind = REPORT_PLOT, .plot = nouns_polar(&r)};
    const struct plot *p = &in.plot, *q = &n.reports[0].plot;
    ck_assert_int_eq(trip(1, &in, &n), 0);
    ck_assert_uint_eq(n.count, 1);
    ck_assert_uint_eq(q->kind, p->level.flags & LEVEL_PRESSURE ? PLOT_POLAR_LEVEL : PLOT_POLAR);
    ck_assert_uint_eq(q->local_number, 0);
    ck_assert_uint_eq(q->flags & PLOT_PRIMARY, p->flags & PLOT_PRIMARY);
    ck_assert_uint_eq((q->flags & PLOT_SECONDARY) != 0, (p->flags & (PLOT_SECONDARY | PLOT_MODE_S)) != 0);
    ck_assert_uint_eq(q->flags & (PLOT_TEST | PLOT_SIMULATED | PLOT_DOPPLER), p->flags & (PLOT_TEST | PLOT_SIMULATED | PLOT_DOPPLER));
    ck_assert_int_eq(q->time.ns, p->time.ns);
    ck_assert_double_eq_tol(q->polar.range_m, p->polar.range_m, UNIT_NM / 256.0 + 1e-6);
    ck_assert_double_lt(fabs(frame_angle(q->polar.azimuth_rad - p->polar.azimuth_rad)), UNIT_PI / 65536.0 + 1e-9);
    ck_assert_double_eq_tol(q->polar.doppler_mps, p->polar.doppler_mps, UNIT_NM / 512.0 + 1e-9);
    ck_assert_double_eq_tol(q->level.pressure_m, p->level.pressure_m, 1e-6);
    same_identity(p, q, false);
}
END_TEST

START_TEST(adsb_plots_come_back_from_021)
{
    struct rng r = rng_init((uint64_t)_i + 2000);
    struct nouns n;
    struct report in = {.kind = REPORT_PLOT, .plot = nouns_geodetic(&r)};
    const struct plot *p = &in.plot, *q = &n.reports[0].plot;
    ck_assert_int_eq(trip(21, &in, &n), 0);
    ck_assert_uint_eq(n.count, 1);
    ck_assert_uint_eq(q->kind, PLOT_GEODETIC);
    ck_assert_uint_eq(q->flags, p->flags);
    ck_assert_int_eq(q->time.ns, p->time.ns);
    ck_assert_double_eq_tol(q->geodetic.at.lat_rad, p->geodetic.at.lat_rad, 2e-9);
    ck_assert_double_eq_tol(q->geodetic.at.lon_rad, p->geodetic.at.lon_rad, 2e-9);
    ck_assert_double_ge(q->geodetic.cov_ee_m2, p->geodetic.cov_ee_m2); /* classes of accuracy: never better than it was */
    ck_assert_double_eq_tol(q->geodetic.east_mps, p->geodetic.east_mps, 0.2);
    ck_assert_double_eq_tol(q->geodetic.north_mps, p->geodetic.north_mps, 0.2);
    ck_assert_double_eq_tol(q->geodetic.up_mps, p->geodetic.up_mps, 0.02);
    ck_assert_double_eq_tol(q->level.hae_m, p->level.hae_m, 1e-6);
    ck_assert_uint_eq(q->level.flags, p->level.flags);
    same_identity(p, q, true);
}
END_TEST

START_TEST(service_messages_come_back)
{
    static const unsigned categories[] = {48, 1};
    struct rng r = rng_init((uint64_t)_i + 3000);
    for (int k = 0; k < 2; k++) {
        struct nouns n;
        struct report in = {.kind = REPORT_SERVICE, .service = nouns_service(&r)};
        const struct service *p = &in.service, *q = &n.reports[0].service;
        if (k == 0) {
            in.service.flags |= SERVICE_SITE | SERVICE_NOT_OPERATIONAL;
            in.service.site = (struct geodetic){0.75, -1.25, 123.0};
        }
        ck_assert_int_eq(trip(categories[k], &in, &n), 0);
        ck_assert_uint_eq(n.count, 1);
        ck_assert_uint_eq(q->kind, p->kind);
        ck_assert_uint_eq(q->flags, p->flags);
        ck_assert_int_eq(q->time.ns, p->time.ns);
        ck_assert_double_eq_tol(q->azimuth_rad, p->azimuth_rad, 1e-9);
        ck_assert_double_eq_tol(q->period_s, p->period_s, 1e-9);
        ck_assert_double_eq_tol(q->bias_range_m, p->bias_range_m, 1e-6);
        ck_assert_double_eq_tol(q->bias_azimuth_rad, p->bias_azimuth_rad, 1e-9);
        ck_assert_double_eq_tol(q->site.lat_rad, p->site.lat_rad, 2e-7);
        ck_assert_double_eq_tol(q->site.lon_rad, p->site.lon_rad, 2e-7);
        ck_assert_double_eq_tol(q->site.hae_m, p->site.hae_m, 0.5);
    }
}
END_TEST

START_TEST(what_a_station_says_of_itself_comes_back_from_023)
{
    struct nouns n;
    struct report in = {.kind = REPORT_SERVICE,
                        .service = {.time = {INT64_C(1780315200) * 1000000000}, .source = 0xD419, .kind = SERVICE_STATUS, .flags = _i ? SERVICE_NOT_OPERATIONAL : 0u}};
    ck_assert_int_eq(trip(21, &in, &n), 0);
    ck_assert_uint_eq(n.count, 1);
    ck_assert_uint_eq(n.reports[0].service.kind, SERVICE_STATUS);
    ck_assert_uint_eq(n.reports[0].service.source, 0xD419);
    ck_assert_uint_eq(n.reports[0].service.flags, in.service.flags);
    ck_assert_int_eq(n.reports[0].service.time.ns, in.service.time.ns);
    in.service.kind = SERVICE_NORTH;
    ck_assert_int_eq(trip(21, &in, &n), ERR_UNKNOWN);
}
END_TEST

START_TEST(what_does_not_fit_is_refused_whole)
{
    struct rng r = rng_init(5);
    struct nouns n;
    struct report in = {.kind = REPORT_PLOT, .plot = nouns_polar(&r)};
    in.plot.polar.range_m = 256.0 * UNIT_NM;
    ck_assert_int_eq(trip(48, &in, &n), ERR_RANGE);
    ck_assert_uint_eq(n.datagrams, 0);
    ck_assert_int_eq(trip(1, &in, &n), 0);
    ck_assert_int_eq(trip(21, &in, &n), ERR_UNKNOWN);
    in.plot = nouns_geodetic(&r);
    ck_assert_int_eq(trip(48, &in, &n), ERR_UNKNOWN);
    in.kind = REPORT_SENSOR;
    ck_assert_int_eq(trip(48, &in, &n), ERR_UNKNOWN);
}
END_TEST

START_TEST(full_datagrams_go_out_in_order_and_below_the_limit)
{
    struct rng r = rng_init(6);
    struct decoder_settings s = decoder_settings_default();
    struct nouns n = {.decoder = decoder_new(&s, NULL)};
    struct plot_out *o = plot_out_new(48);
    struct out_sink sink = nouns_out(&n);
    struct report in = {.kind = REPORT_PLOT, .plot = nouns_polar(&r)};
    n.arrival = instant_add(in.plot.time, 1.0);
    for (uint16_t k = 1; k <= 60; k++) {
        in.plot.local_number = k;
        ck_assert_int_eq(plot_out_input(o, &in, &sink), 0);
    }
    plot_out_drain(o, &sink);
    ck_assert_uint_ge(n.datagrams, 1);
    ck_assert_uint_eq(n.count, 60);
    for (uint16_t k = 1; k <= 60; k++)
        ck_assert_uint_eq(n.reports[k - 1].plot.local_number, k);
    plot_out_free(o);
    decoder_free(n.decoder);
}
END_TEST

Suite *test_plot_out_suite(void)
{
    Suite *suite = suite_create("plot_out");
    TCase *t = tcase_create("round trip");
    tcase_add_loop_test(t, polar_plots_come_back_from_048, 0, 100);
    tcase_add_loop_test(t, polar_plots_come_back_from_001, 0, 100);
    tcase_add_loop_test(t, adsb_plots_come_back_from_021, 0, 100);
    tcase_add_loop_test(t, what_a_station_says_of_itself_comes_back_from_023, 0, 2);
    tcase_add_loop_test(t, service_messages_come_back, 0, 50);
    tcase_add_test(t, what_does_not_fit_is_refused_whole);
    tcase_add_test(t, full_datagrams_go_out_in_order_and_below_the_limit);
    suite_add_tcase(suite, t);
    return suite;
}
