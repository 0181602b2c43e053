/* Airborne radars and radars over the horizon: the table, what they see and what they say. Limits of random quantities are 4.5 standard deviations. */
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sensor/slant.h"
#include "sim/world/clutter.h"
#include "sim/world/platforms.h"
#include "sim/world/radar.h"
#include "sim/world/skywave.h"
#include "support/support.h"
#include <math.h>
#include <string.h>

#define Z 4.5
#define START ((struct instant){INT64_C(1780315200) * 1000000000})

Suite *test_platforms_suite(void);

static struct platforms table;
static char room[1024];

static const struct platform *find(const char *name)
{
    struct text_out errors = text_out_init(room, sizeof room);

    ck_assert_msg(platforms_read(&table, NULL, &errors), "%s", room);
    for (unsigned i = 0; i < table.count; i++)
        if (strcmp(table.platform[i].site.name, name) == 0)
            return &table.platform[i];
    ck_abort_msg("no %s", name);
    return NULL;
}

static struct radar_site site_of(const struct platform *p)
{
    return (struct radar_site){.site = p->site, .quirks = p->quirks, .type = p->type, .typed = true, .moving = p->moving, .orbit = p->orbit, .revisit_s = p->revisit_s};
}

static void fly(struct aircraft *a, uint32_t number, struct geodetic at, double hae_m)
{
    struct aircraft_flight f = {.number = number, .class = AIRCRAFT_AIRLINER, .transponder = true, .rcs_m2 = 40, .steady = true, .cruise_mps = 200};

    f.cruise_m = hae_m;
    f.ident = (struct ident){.mode_a = 01234, .flags = IDENT_MODE_A};
    f.route = route_init();
    at.hae_m = hae_m;
    route_add(&f.route, at);
    route_add(&f.route, geodesic_direct(at, 0, 100e3, NULL));
    aircraft_start(a, &f, rng_init(number), 0, 0);
    while (a->last < AIRCRAFT_NODES - 1)
        aircraft_step(a);
}

START_TEST(terms_mean_some_of_the_table)
{
    struct text_out errors = text_out_init(room, sizeof room);
    unsigned meant = 0, airborne = 0, over_horizon = 0;

    ck_assert_msg(platforms_read(&table, "flags=over-horizon", &errors), "%s", room);
    for (unsigned i = 0; i < table.count; i++) {
        const struct platform *p = &table.platform[i];
        ck_assert_int_eq(site_check(&p->site), 0);
        ck_assert_int_eq(p->meant, p->type.over_horizon);
        ck_assert(p->moving != p->type.over_horizon);
        ck_assert(p->availability > 0 && p->availability <= 1);
        meant += p->meant;
        airborne += p->moving;
        over_horizon += p->type.over_horizon;
    }
    ck_assert(meant == 3 && over_horizon == 3 && airborne >= 4);
    ck_assert(!platforms_read(&table, "flags", &errors));
}
END_TEST

START_TEST(a_flying_radar_measures_from_where_it_is)
{
    const struct platform *p = find("e3-gulf");
    struct radar_site site = site_of(p);
    unsigned plots_seen = 0;

    site.site.secondary.detection = 1;
    site.site.primary.sigma_range_m = site.site.secondary.sigma_range_m = 1e-6;
    site.site.primary.sigma_azimuth_rad = site.site.secondary.sigma_azimuth_rad = 1e-12;
    for (uint32_t n = 1; n <= 60; n++) {
        struct radar r;
        struct aircraft a;
        struct radar_plot plots[RADAR_LOOK_MAX];
        struct vec3 at;
        radar_init(&r, &site, n, START);
        fly(&a, n, geodesic_direct(p->site.at, n * 6 * UNIT_DEG, 200e3, NULL), 9000);
        unsigned count = radar_look(&r, &a, plots);
        for (unsigned i = 0; i < count; i++, plots_seen++) {
            const struct plot *plot = &plots[i].plot;
            double time_s = instant_diff(plot->time, START);
            struct geodetic stand = orbit_at(&p->orbit, time_s, NULL);
            struct site there = site.site;
            ck_assert(plot->flags & PLOT_MOVING);
            ck_assert_double_le(geodesic_inverse(plot->polar.platform, stand, NULL, NULL), 1e-3);
            ck_assert_double_eq(plot->polar.platform.hae_m, stand.hae_m);
            site_place(&there, stand);
            ck_assert(aircraft_motion(&a, time_s, &at, NULL));
            struct slant_look look = slant_look(&there, frame_to_enu(&there.frame, at));
            ck_assert_double_eq_tol(plot->polar.range_m, look.range_m, 1e-3);
            ck_assert_double_le(fabs(frame_angle(plot->polar.azimuth_rad - look.azimuth_rad)), 1e-9);
        }
    }
    ck_assert_uint_ge(plots_seen, 58);
}
END_TEST

/* 300 km away, 150 m high: hidden by the earth for an antenna on the ground, in sight from 8800 m. */
START_TEST(it_looks_down_upon_what_the_earth_hides_from_the_ground)
{
    const struct platform *p = find("e3-gulf");

    for (int high = 0; high < 2; high++) {
        struct radar_site site = site_of(p);
        struct radar r;
        struct aircraft a;
        struct radar_plot plots[RADAR_LOOK_MAX];
        site.site.secondary.detection = 1;
        if (!high) {
            site.moving = false;
            site_place(&site.site, (struct geodetic){p->site.at.lat_rad, p->site.at.lon_rad, 30});
        }
        radar_init(&r, &site, 1, START);
        fly(&a, 1, geodesic_direct(p->site.at, 0.3, 300e3, NULL), 150);
        ck_assert_uint_eq(radar_look(&r, &a, plots) > 0, high);
        ck_assert_uint_eq(r.outcomes[RADAR_HORIZON], !high);
    }
}
END_TEST

START_TEST(blanked_sectors_count_from_the_nose)
{
    const struct platform *p = find("emb145-isthmus");
    struct radar_site site = site_of(p);
    double nose;

    orbit_at(&p->orbit, 0, &nose);
    ck_assert_uint_eq(p->quirks.blanks, 2);
    site.site.secondary.detection = 1;
    for (unsigned k = 0; k < 8; k++) {
        /* ahead, abeam, astern: 0, 45, 90 ... from the nose; the first turn begins on the first leg */
        struct radar r;
        struct aircraft a;
        struct radar_plot plots[RADAR_LOOK_MAX];
        bool blank = k % 4 == 0;
        radar_init(&r, &site, 1, START);
        fly(&a, 1, geodesic_direct(p->site.at, nose + k * 45 * UNIT_DEG, 150e3, NULL), 8000);
        ck_assert_uint_eq(radar_look(&r, &a, plots), !blank);
        ck_assert_uint_eq(r.outcomes[RADAR_BLANKED], blank);
    }
}
END_TEST

START_TEST(neither_does_clutter_come_from_blanked_sectors)
{
    const struct platform *p = find("emb145-isthmus");
    struct radar_site site = site_of(p);
    static struct radar_plot plots[500];
    struct radar r;
    unsigned count = 0;

    site.site.false_plots = 40;
    radar_init(&r, &site, 1, START);
    for (unsigned turn = 0; turn < 60; turn++, radar_next_turn(&r)) {
        unsigned n = clutter_turn(&r, NULL, NULL, plots, 500);
        for (unsigned i = 0; i < n; i++) {
            double nose;
            orbit_at(&p->orbit, instant_diff(plots[i].plot.time, START), &nose);
            double off = frame_angle(2 * UNIT_PI * (instant_diff(plots[i].plot.time, START) - r.north_s) / site.site.period_s - nose);
            ck_assert_double_ge(fabs(off), 15 * UNIT_DEG - 1e-6);
            ck_assert_double_le(fabs(off), 165 * UNIT_DEG + 1e-6);
        }
        count += n;
    }
    /* two sectors of 30 degrees are missing of 360 */
    ck_assert_double_le(fabs(count - 60 * 40 * 300 / 360.0), Z * sqrt(60 * 40 * 300 / 360.0));
}
END_TEST

START_TEST(over_the_horizon_there_is_a_band_and_a_sector_and_no_horizon)
{
    const struct platform *p = find("rothr-virginia"); /* 500 to 1600 NM, 175 to 239 degrees */
    static const struct {
        double azimuth_deg, range_nm;
        enum radar_outcome expected;
    } cases[] = {{207, 450, RADAR_NEAR}, {207, 1650, RADAR_FAR}, {170, 800, RADAR_BLANKED}, {244, 800, RADAR_BLANKED}, {207, 800, RADAR_SEEN}, {180, 600, RADAR_SEEN}};
    struct radar_site site = site_of(p);

    site.revisit_s = site.site.period_s; /* it looks in every turn */
    site.type.reference_rcs_m2 = 1e-6;   /* and sees all */
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct radar r;
        struct aircraft a;
        struct radar_plot plot;
        radar_init(&r, &site, 1, START);
        fly(&a, 1, geodesic_direct(p->site.at, cases[i].azimuth_deg * UNIT_DEG, cases[i].range_nm * UNIT_NM, NULL), 300);
        unsigned plots = skywave_look(&r, &a, &plot);
        ck_assert_uint_eq(plots, cases[i].expected == RADAR_SEEN);
        ck_assert_msg(r.outcomes[cases[i].expected] == 1, "case %u", i);
        if (plots)
            ck_assert(plot.plot.kind == PLOT_GEODETIC && plot.plot.level.flags == 0 && plot.plot.flags == PLOT_PRIMARY && plot.plot.ident.flags == 0);
    }
}
END_TEST

/* Normalised errors: chi-square of two degrees of freedom, mean 2, variance 4. One registration for a seed: each look has a seed of its own. */
START_TEST(positions_over_the_horizon_are_as_coarse_as_their_covariance_says)
{
    const struct platform *p = find("rothr-virginia");
    struct radar_site site = site_of(p);
    unsigned looks = 2000, seldom = 0;
    double sum = 0;

    site.type.reference_rcs_m2 = 1e-6;
    for (uint32_t n = 1; n <= looks; n++) {
        struct radar r;
        struct aircraft a;
        struct radar_plot plot;
        struct vec3 at;
        site.revisit_s = site.site.period_s;
        radar_init(&r, &site, n, START);
        fly(&a, n, geodesic_direct(p->site.at, 200 * UNIT_DEG, 1200 * UNIT_NM, NULL), 10000);
        ck_assert_uint_eq(skywave_look(&r, &a, &plot), 1);
        ck_assert(aircraft_motion(&a, instant_diff(plot.plot.time, START), &at, NULL));
        struct frame here = frame_at(plot.plot.geodetic.at);
        struct geodetic on_ground = frame_geodetic(at);
        on_ground.hae_m = 0;
        struct vec3 off = frame_to_enu(&here, frame_ecef(on_ground));
        const struct plot_geodetic *g = &plot.plot.geodetic;
        double det = g->cov_ee_m2 * g->cov_nn_m2 - g->cov_en_m2 * g->cov_en_m2;
        sum += (off.x * off.x * g->cov_nn_m2 - 2 * off.x * off.y * g->cov_en_m2 + off.y * off.y * g->cov_ee_m2) / det;
        ck_assert_double_ge(sqrt(det), 8000.0 * 8000.0);
        site.revisit_s = 4 * site.site.period_s;
        radar_init(&r, &site, n, START);
        seldom += skywave_look(&r, &a, &plot);
    }
    ck_assert_double_le(fabs(sum / looks - 2), Z * sqrt(4.0 / looks));
    ck_assert_uint_eq(seldom, looks / 4);
}
END_TEST

Suite *test_platforms_suite(void)
{
    Suite *s = suite_create("platforms");
    TCase *t = tcase_create("platforms");

    tcase_add_test(t, terms_mean_some_of_the_table);
    tcase_add_test(t, a_flying_radar_measures_from_where_it_is);
    tcase_add_test(t, it_looks_down_upon_what_the_earth_hides_from_the_ground);
    tcase_add_test(t, blanked_sectors_count_from_the_nose);
    tcase_add_test(t, neither_does_clutter_come_from_blanked_sectors);
    tcase_add_test(t, over_the_horizon_there_is_a_band_and_a_sector_and_no_horizon);
    tcase_add_test(t, positions_over_the_horizon_are_as_coarse_as_their_covariance_says);
    suite_add_tcase(s, t);
    return s;
}
