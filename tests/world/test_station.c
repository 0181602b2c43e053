/* ADS-B stations: who is heard, how often, and where they say they are. Limits are 4.5 standard deviations of the estimate. */
#include "base/unit.h"
#include "sim/world/station.h"
#include "support/support.h"
#include <math.h>
#include <string.h>

#define Z 4.5
#define START ((struct instant){INT64_C(1780315200) * 1000000000})

Suite *test_station_suite(void);

static void start(struct radar *r, struct aircraft *a, bool adsb, double detection)
{
    struct radar_site site = {.site = site_usual(SITE_ADSB, 0), .category = 21};
    struct aircraft_flight f = {.number = 9, .class = AIRCRAFT_AIRLINER, .transponder = true, .mode_s = true, .adsb = adsb, .rcs_m2 = 40};

    site.site.source = site_source(212, 30);
    site.site.period_s = RADAR_STATION_S;
    site.site.primary.range_max_m = 300e3;
    site.site.primary.detection = detection;
    site_place(&site.site, (struct geodetic){20.5 * UNIT_DEG, -103.3 * UNIT_DEG, 1550});
    radar_init(r, &site, 4, START);
    f.cruise_mps = 230;
    f.cruise_m = 10000;
    f.ident = (struct ident){.mode_s = 0x0d1234, .mode_a = 01234, .callsign = "AMX1", .flags = IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN};
    f.route = route_init();
    route_add(&f.route, (struct geodetic){19.5 * UNIT_DEG, -104.3 * UNIT_DEG, 9000});
    route_add(&f.route, (struct geodetic){22.5 * UNIT_DEG, -101.3 * UNIT_DEG, 9000});
    aircraft_start(a, &f, rng_init(1), 0, 10e3);
}

/* Listens for `turns` seconds; sums of the errors east and north in sigmas and of their squares. */
static unsigned listen(struct radar *r, struct aircraft *a, unsigned turns, double sum[2])
{
    struct radar_plot p;
    unsigned heard = 0;

    for (unsigned i = 0; i < turns; i++, radar_next_turn(r)) {
        while ((double)a->last * AIRCRAFT_STEP_S < radar_turn_end_s(r) + 0.1)
            ck_assert(aircraft_step(a));
        if (station_look(r, a, &p) == 0)
            continue;
        struct vec3 at;
        double time_s = instant_diff(p.plot.time, START);
        ck_assert(aircraft_motion(a, time_s, &at, NULL));
        ck_assert(time_s >= r->north_s && time_s < radar_turn_end_s(r));
        struct geodetic g = frame_geodetic(at);
        struct frame here = frame_at(g);
        struct geodetic said = p.plot.geodetic.at;
        said.hae_m = g.hae_m;
        struct vec3 off = frame_to_enu(&here, frame_ecef(said));
        double sigma = sqrt(p.plot.geodetic.cov_ee_m2);
        sum[0] += (off.x + off.y) / sigma;
        sum[1] += (off.x * off.x + off.y * off.y) / (sigma * sigma);
        ck_assert_uint_eq(p.target, 9);
        ck_assert_uint_eq(p.plot.ident.mode_s, 0x0d1234);
        ck_assert_uint_eq(plot_check(&p.plot), 0);
        heard++;
    }
    return heard;
}

START_TEST(an_equipped_aircraft_is_heard_with_the_probability_of_the_station)
{
    struct radar r;
    struct aircraft a;
    double sum[2] = {0}, p = 0.9;

    start(&r, &a, true, p);
    unsigned heard = listen(&r, &a, 1200, sum);
    ck_assert_double_le(fabs(heard / 1200.0 - p), Z * sqrt(p * (1 - p) / 1200));
    ck_assert_double_le(fabs(sum[0] / (2 * heard)), Z / sqrt(2 * heard));
    ck_assert_double_le(fabs(sum[1] / (2 * heard) - 1), Z * sqrt(2.0 / (2 * heard)));
}
END_TEST

START_TEST(an_aircraft_without_it_is_not_heard)
{
    struct radar r;
    struct aircraft a;
    double sum[2] = {0};

    start(&r, &a, false, 1.0);
    ck_assert_uint_eq(listen(&r, &a, 100, sum), 0);
    ck_assert_uint_eq(r.outcomes[RADAR_MUTE], 100);
}
END_TEST

Suite *test_station_suite(void)
{
    Suite *s = suite_create("station");
    TCase *t = tcase_create("statistical");

    tcase_add_test(t, an_equipped_aircraft_is_heard_with_the_probability_of_the_station);
    tcase_add_test(t, an_aircraft_without_it_is_not_heard);
    suite_add_tcase(s, t);
    return s;
}
