/* What radars do beyond their sites' figures, one quirk at a time. Limits of random quantities are 4.5 standard deviations of the estimate; seeds are fixed. */
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sensor/slant.h"
#include "sim/world/clutter.h"
#include "sim/world/garble.h"
#include "sim/world/radar.h"
#include "sim/world/stream.h"
#include "support/support.h"
#include "wire/decoder.h"
#include <math.h>
#include <string.h>

#define Z 4.5
#define START ((struct instant){INT64_C(1780315200) * 1000000000})

Suite *test_quirks_suite(void);

static struct radar_site site_of(enum site_kind kind, double period_s)
{
    struct radar_site s = {.site = site_usual(kind, period_s), .quirks = quirks_default(), .category = 48};

    s.site.source = site_source(20, 7);
    s.site.refraction = SITE_EXPONENTIAL;
    s.site.latency_s = 0.5;
    strcpy(s.site.name, "test");
    strcpy(s.site.nation, "US");
    site_place(&s.site, (struct geodetic){40 * UNIT_DEG, -95 * UNIT_DEG, 300});
    return s;
}

static void make_exact(struct site *s)
{
    s->primary.sigma_range_m = s->secondary.sigma_range_m = 1e-6;
    s->primary.sigma_azimuth_rad = s->secondary.sigma_azimuth_rad = 1e-12;
    s->secondary.detection = 1;
}

/* An aircraft that has flown long enough past a place, northwards, for a turn to be looked at. */
static void fly(struct aircraft *a, uint32_t number, double lat_deg, double lon_deg, double hae_m)
{
    struct aircraft_flight f = {.number = number, .class = AIRCRAFT_AIRLINER, .transponder = true, .rcs_m2 = 40, .steady = true};

    f.cruise_mps = 230;
    f.cruise_m = hae_m;
    f.ident = (struct ident){.mode_a = (uint16_t)(number * 73 & 07777), .flags = IDENT_MODE_A};
    f.route = route_init();
    route_add(&f.route, (struct geodetic){lat_deg * UNIT_DEG, lon_deg * UNIT_DEG, hae_m});
    route_add(&f.route, (struct geodetic){(lat_deg + 1) * UNIT_DEG, lon_deg * UNIT_DEG, hae_m});
    aircraft_start(a, &f, rng_init(number), 0, 0);
    while (a->last < AIRCRAFT_NODES - 1)
        aircraft_step(a);
}

START_TEST(every_key_sets_its_own_value_and_no_other)
{
    static const char *const texts[][2] = {
        {"latency_s", "1.3"}, {"jitter_s", "0.1"}, {"false_plots", "7"}, {"detection", "0.9"}, {"bias_range_m", "-80"}, {"bias_azimuth_deg", "0.1"},
        {"bias_time_s", "0.2"}, {"rays", "straight"}, {"blanked_deg", "350-20,160-200"}, {"elevation_max_deg", "30"}, {"up_s", "600"}, {"down_s", "60"}, {"up_first_s", "9"},
        {"storm_nm", "40"}, {"announced", "true"}, {"ground_plots", "3"}, {"ground_nm", "10"}, {"sea_plots", "4"}, {"weather_plots", "5"}, {"split", "0.1"},
        {"split_deg", "3"}, {"code_error", "0.2"}, {"garble", "0.3"}, {"swap", "0.4"}, {"reflectors", "2"}, {"reflection", "0.6"}, {"stamp_s", "0.5"},
        {"clock_error_s", "-7"}, {"clock_said", "true"}, {"trailer", "true"},
    };
    struct quirks usual = quirks_default(), all = usual;
    char room[QUIRKS_EXPECTED];

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct quirks_said said = {0};
        struct quirks before = all;
        ck_assert_ptr_null(quirks_set(&said, texts[i][0], texts[i][1], room));
        quirks_apply(&all, &said);
        ck_assert_msg(memcmp(&before, &all, sizeof all) != 0, "%s changes nothing", texts[i][0]);
    }
    ck_assert(all.straight && all.announced && all.clock_said && all.trailer && all.blanks == 2);
    ck_assert_double_eq(all.down_s, 60);
    ck_assert_double_eq_tol(all.ground_m, 18520, 1e-9);
    ck_assert_double_eq(all.clock_s, -7);
    struct quirks_said nothing = {0};
    struct quirks before = all;
    quirks_apply(&all, &nothing);
    ck_assert_int_eq(memcmp(&before, &all, sizeof all), 0);
    ck_assert_str_eq(quirks_set(&nothing, "wobble", "1", room), "");
}
END_TEST

START_TEST(a_blanked_sector_and_nothing_beside_it_is_blank)
{
    struct radar_site site = site_of(SITE_SSR, 10);
    unsigned blank = 0;

    site.quirks.blanks = 1;
    site.quirks.blank[0].from_rad = 340 * UNIT_DEG;
    site.quirks.blank[0].width_rad = 40 * UNIT_DEG;
    make_exact(&site.site);
    for (unsigned degree = 0; degree < 360; degree += 4) {
        struct radar r;
        struct aircraft a;
        struct radar_plot plots[RADAR_LOOK_MAX];
        double azimuth = (degree + 0.5) * UNIT_DEG;
        struct geodetic at = geodesic_direct(site.site.at, azimuth, 150e3, NULL);
        radar_init(&r, &site, 1, START);
        fly(&a, 1, at.lat_rad / UNIT_DEG - 0.02, at.lon_rad / UNIT_DEG, 9000);
        unsigned seen = radar_look(&r, &a, plots);
        bool inside = degree < 20 || degree >= 340;
        ck_assert_uint_eq(seen, !inside);
        ck_assert_uint_eq(r.outcomes[RADAR_BLANKED], inside);
        blank += inside;
    }
    ck_assert_uint_eq(blank, 10);
}
END_TEST

START_TEST(above_the_beam_is_the_cone_of_silence)
{
    /* 10 km up, 20 km away: 26.6 degrees */
    for (int high = 0; high < 2; high++) {
        struct radar_site site = site_of(SITE_SSR, 10);
        struct radar r;
        struct aircraft a;
        struct radar_plot plots[RADAR_LOOK_MAX];
        site.quirks.cone_rad = (high ? 28 : 24) * UNIT_DEG;
        make_exact(&site.site);
        radar_init(&r, &site, 1, START);
        fly(&a, 1, 40 + 18.0 / 111.04, -95, 10300);
        ck_assert_uint_eq(radar_look(&r, &a, plots), high);
        ck_assert_uint_eq(r.outcomes[RADAR_CONE], !high);
    }
}
END_TEST

/* 300 km away the ray leaves the antenna 300 / (8 * 6371) = 0.34 degrees above the straight line. */
START_TEST(a_bent_ray_leaves_the_antenna_above_the_straight_line)
{
    for (int bent = 0; bent < 2; bent++) {
        struct radar_site site = site_of(SITE_SSR, 10);
        struct radar r;
        struct aircraft a;
        struct radar_plot plots[RADAR_LOOK_MAX];
        struct vec3 at;
        make_exact(&site.site);
        site.site.refraction = bent ? SITE_EXPONENTIAL : SITE_STRAIGHT;
        fly(&a, 1, 40 + 300 / 111.04, -95, 9000);
        ck_assert(aircraft_motion(&a, 10, &at, NULL));
        struct slant_look look = slant_look(&site.site, frame_to_enu(&site.site.frame, at));
        site.typed = true;
        site.type = sight_type_usual(&site.site);
        site.type.elevation_min_rad = look.elevation_rad + 0.17 * UNIT_DEG;
        radar_init(&r, &site, 1, START);
        ck_assert_uint_eq(radar_look(&r, &a, plots), bent);
        ck_assert_uint_eq(r.outcomes[RADAR_CONE], !bent);
    }
}
END_TEST

/* What the air adds: its refractivity of 315 N at the ground, less with height, along some 380 km to 14 km up: between a quarter and six tenths of it. */
START_TEST(ranges_are_along_the_bent_ray_or_straight_where_that_is_said)
{
    double range_m[2];

    for (int bent = 0; bent < 2; bent++) {
        struct radar_site site = site_of(SITE_SSR, 10);
        struct radar r;
        struct aircraft a;
        struct radar_plot plots[RADAR_LOOK_MAX];
        struct vec3 at;
        site.site.refraction = bent ? SITE_EXPONENTIAL : SITE_STRAIGHT;
        make_exact(&site.site);
        site.site.secondary.range_max_m = 500e3;
        radar_init(&r, &site, 1, START);
        fly(&a, 1, 43.3, -95, 14000);
        ck_assert_uint_eq(radar_look(&r, &a, plots), 1);
        range_m[bent] = plots[0].plot.polar.range_m;
        ck_assert(aircraft_motion(&a, instant_diff(plots[0].plot.time, START), &at, NULL));
        double chord_m = mat_norm3(frame_to_enu(&site.site.frame, at));
        if (!bent)
            ck_assert_double_eq_tol(range_m[0], chord_m, 1e-3);
        else {
            ck_assert_double_gt(range_m[1] - chord_m, 315e-6 * chord_m / 4);
            ck_assert_double_lt(range_m[1] - chord_m, 315e-6 * chord_m * 0.6);
            ck_assert_double_eq_tol(range_m[1], slant_look(&site.site, frame_to_enu(&site.site.frame, at)).range_m, 1e-3);
        }
    }
}
END_TEST

START_TEST(an_image_obeys_the_law_of_reflection)
{
    unsigned images = 0;

    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct radar_site site = site_of(SITE_SSR, 10);
        struct radar r;
        make_exact(&site.site);
        site.site.refraction = SITE_STRAIGHT;
        site.quirks.reflectors = QUIRKS_REFLECTORS;
        site.quirks.reflection = 1;
        radar_init(&r, &site, seed, START);
        for (uint32_t n = 1; n <= 90; n++) {
            struct aircraft a;
            struct radar_plot plots[RADAR_LOOK_MAX];
            struct vec3 at;
            struct geodetic from = geodesic_direct(site.site.at, n * 4 * UNIT_DEG, 100e3, NULL);
            fly(&a, n, from.lat_rad / UNIT_DEG, from.lon_rad / UNIT_DEG, 9000);
            unsigned count = radar_images(&r, &a, plots);
            images += count;
            for (unsigned i = 0; i < count; i++) {
                const struct plot_polar *p = &plots[i].plot.polar;
                double x = sin(p->azimuth_rad), y = cos(p->azimuth_rad), error = 1e9;
                ck_assert(plots[i].target == 0 && plots[i].origin == n && plots[i].kind == RADAR_PLOT_REFLECTED);
                ck_assert_uint_eq(plots[i].plot.ident.mode_a, a.flight.ident.mode_a);
                double time_s = instant_diff(plots[i].plot.time, START);
                ck_assert_double_le(fabs(frame_angle(2 * UNIT_PI * (time_s - r.north_s) / 10 - p->azimuth_rad)), 1e-4);
                ck_assert(aircraft_motion(&a, time_s, &at, NULL));
                struct vec3 enu = frame_to_enu(&site.site.frame, at);
                for (unsigned k = 0; k < r.reflectors; k++) {
                    const struct radar_reflector *m = &r.reflector[k];
                    double t = (m->x_m * m->normal_x + m->y_m * m->normal_y) / (x * m->normal_x + y * m->normal_y), px = t * x, py = t * y;
                    double ax = enu.x - px, ay = enu.y - py, there = hypot(ax, ay);
                    double in = -(x * m->normal_x + y * m->normal_y), out = (ax * m->normal_x + ay * m->normal_y) / there;
                    double path = hypot(fabs(t) + there, enu.z);
                    if (t > 0 && hypot(px - m->x_m, py - m->y_m) <= m->half_m + 1 && fabs(in - out) < 1e-4)
                        error = fmin(error, fabs(path - p->range_m));
                }
                ck_assert_double_le(error, 1);
            }
        }
    }
    ck_assert_uint_ge(images, 40);
}
END_TEST

/* Two plots in one beam, so far apart in range. */
static void pair(struct radar_plot two[2], const struct radar *r, double apart_m, uint32_t number)
{
    for (unsigned i = 0; i < 2; i++) {
        two[i] = (struct radar_plot){.kind = RADAR_PLOT_TARGET, .target = 2 * number + i};
        two[i].plot = (struct plot){.time = instant_add(START, r->north_s + 1 + 0.01 * i), .kind = PLOT_POLAR_LEVEL, .flags = PLOT_SECONDARY};
        two[i].plot.polar.range_m = 100e3 + i * apart_m;
        two[i].plot.ident = (struct ident){.flags = IDENT_MODE_A, .mode_a = i ? 02610 : 01234};
    }
}

START_TEST(replies_that_overlap_are_mixed_or_exchanged_as_often_as_asked_and_others_never)
{
    struct radar_site site = site_of(SITE_SSR, 10);
    struct radar r;
    unsigned mixed = 0, exchanged = 0, pairs = 4000;

    site.quirks.garble = 0.3;
    site.quirks.swap = 0.2;
    radar_init(&r, &site, 1, START);
    for (uint32_t n = 1; n <= pairs; n++) {
        struct radar_plot two[2];
        pair(two, &r, 2900, n);
        garble_turn(&r, two, 2);
        bool mix = two[0].kind == RADAR_PLOT_GARBLED, swap = two[0].kind == RADAR_PLOT_SWAPPED;
        ck_assert_uint_eq(two[0].plot.ident.mode_a, mix ? 01234 | 02610 : swap ? 02610 : 01234);
        ck_assert_uint_eq(two[1].plot.ident.mode_a, mix ? 01234 | 02610 : swap ? 01234 : 02610);
        ck_assert_int_eq((two[1].plot.ident.flags & IDENT_A_GARBLED) != 0, mix);
        mixed += mix;
        exchanged += swap;
        pair(two, &r, 3100, n);
        garble_turn(&r, two, 2);
        ck_assert(two[0].kind == RADAR_PLOT_TARGET && two[0].plot.ident.mode_a == 01234);
        pair(two, &r, 10, n);
        two[1].plot.flags |= PLOT_MODE_S;
        garble_turn(&r, two, 2);
        ck_assert_uint_eq(two[0].kind, RADAR_PLOT_TARGET);
    }
    ck_assert_double_le(fabs((double)mixed / pairs - 0.3), Z * sqrt(0.3 * 0.7 / pairs));
    ck_assert_double_le(fabs((double)exchanged / pairs - 0.7 * 0.2), Z * sqrt(0.14 * 0.86 / pairs));
}
END_TEST

START_TEST(clutter_of_each_sort_has_its_mean_and_its_place)
{
    enum { TURNS = 1500, ROOM = 200 };
    static struct radar_plot plots[ROOM];
    struct radar_site site = site_of(SITE_PSR, 12);
    struct weather weather = {.storms = 1};
    double count[RADAR_PLOT_KINDS] = {0}, first_m = 0, last_m = 0;
    struct radar r;

    site.site.false_plots = 2;
    site.quirks.ground_plots = 3;
    site.quirks.sea_plots = 4;
    site.quirks.weather_plots = 5;
    radar_init(&r, &site, 3, START);
    struct clutter c = clutter_init(&r, NULL);
    /* 150 km east, going north at 10 m/s */
    weather.storm[0] = weather_storm(geodesic_direct(site.site.at, 0.5 * UNIT_PI, 150e3, NULL), 0, 10, 10e3);
    for (unsigned t = 0; t < TURNS; t++, radar_next_turn(&r)) {
        double sum_m = 0, here = 0;
        unsigned n = clutter_turn(&r, &c, &weather, plots, ROOM);
        for (unsigned i = 0; i < n; i++) {
            const struct plot_polar *p = &plots[i].plot.polar;
            double nearest_m = 1e9, x = p->range_m * sin(p->azimuth_rad), y = p->range_m * cos(p->azimuth_rad);
            count[plots[i].kind]++;
            if (plots[i].kind == RADAR_PLOT_WEATHER) {
                sum_m += y;
                here++;
                ck_assert_double_le(fabs(x - 149e3), 35e3);
            }
            for (unsigned k = 0; k < CLUTTER_PLACES && plots[i].kind == RADAR_PLOT_GROUND; k++)
                nearest_m = fmin(nearest_m, hypot(x - c.ground[k].range_m * sin(c.ground[k].azimuth_rad), y - c.ground[k].range_m * cos(c.ground[k].azimuth_rad)));
            ck_assert(plots[i].kind != RADAR_PLOT_GROUND || (nearest_m < 1500 && p->range_m < site.quirks.ground_m + 1500));
            /* from 300 m up the sea ends at 71 km; patches are 11 km wide, 1 sigma */
            ck_assert(plots[i].kind != RADAR_PLOT_SEA || p->range_m < 72e3 + 6 * 11112);
        }
        if (t < TURNS / 10)
            first_m += here > 0 ? sum_m / here / (TURNS / 10) : 0;
        if (t >= TURNS - TURNS / 10)
            last_m += here > 0 ? sum_m / here / (TURNS / 10) : 0;
    }
    ck_assert_double_le(fabs(count[RADAR_PLOT_NOISE] - 2 * TURNS), Z * sqrt(2 * TURNS));
    ck_assert_double_le(fabs(count[RADAR_PLOT_GROUND] - 3 * TURNS), Z * sqrt(3 * TURNS));
    ck_assert_double_le(fabs(count[RADAR_PLOT_WEATHER] - 5 * TURNS), Z * sqrt(5 * TURNS));
    ck_assert_double_le(fabs(count[RADAR_PLOT_SEA] - 4 * TURNS), Z * sqrt(4 * TURNS) + 0.03 * 4 * TURNS); /* a few fall onto the antenna */
    ck_assert_double_eq_tol(last_m - first_m, 10 * 12 * 0.9 * TURNS, 0.05 * 10 * 12 * 0.9 * TURNS);
}
END_TEST

START_TEST(a_storm_is_near_when_it_has_come)
{
    struct radar_site site = site_of(SITE_PSR, 12);
    struct weather w = {.storms = 1};

    /* from 200 km in the west, eastwards at 50 m/s: here after 4000 s */
    w.storm[0] = weather_storm(geodesic_direct(site.site.at, 1.5 * UNIT_PI, 200e3, NULL), 0.5 * UNIT_PI, 50, 10e3);
    for (double t = 0; t < 8000; t += 100) {
        double away_m = fabs(200e3 - 50 * t);
        if (fabs(away_m - 60e3) > 3e3) /* the great circle bends away from the parallel by a km */
            ck_assert_int_eq(weather_near(&w, &site.site, t, 60e3), away_m < 60e3);
    }
}
END_TEST

/* ---- on the line ---- */

struct heard {
    unsigned north, sector, inoperative, invalid, plots;
    struct instant plot;
    struct decoder_clock clock; /* as the decoder judges it */
};

static void hear(void *context, const struct report *r)
{
    struct heard *h = context;

    if (r->kind == REPORT_PLOT) {
        h->plots++;
        h->plot = r->plot.time;
    } else {
        h->north += r->service.kind == SERVICE_NORTH;
        h->sector += r->service.kind == SERVICE_SECTOR;
        h->inoperative += (r->service.flags & SERVICE_NOT_OPERATIONAL) != 0;
        h->invalid += (r->service.flags & SERVICE_TIME_INVALID) != 0;
    }
}

static void pass_over(void *context, const struct notice *n)
{
    (void)context;
    (void)n;
}

/* Turns with one plot in the middle of each, as a decoder hears them; datagrams and trailers are counted. */
static struct heard listen(struct radar_site *site, unsigned turns, unsigned *datagrams, unsigned *trailers, uint64_t *found_trailers)
{
    struct decoder_settings settings = decoder_settings_default();
    struct decoder *d = decoder_new(&settings, NULL);
    struct stream *s = stream_new(site->category);
    struct stream_datagram out;
    struct heard h = {0};
    struct radar r;
    const struct decoder_sink sink = {{hear, &h}, {pass_over, NULL}};

    *datagrams = *trailers = 0;
    radar_init(&r, site, 1, START);
    for (unsigned t = 0; t < turns; t++, radar_next_turn(&r)) {
        struct radar_plot p = {.target = 1};
        struct rng rng = rng_init(t + 1);
        radar_primary_plot(&r, r.north_s + 0.5 * site->site.period_s, 50e3, UNIT_PI, &rng, &p.plot);
        ck_assert_int_eq(stream_input(s, &r, &p, 1, 1e9), 0);
        while (stream_next(s, &out)) {
            uint32_t count = (uint32_t)out.bytes[out.size - 2] << 8 | out.bytes[out.size - 1];
            ck_assert(out.trailer == 0 || (out.trailer == 8 && out.bytes[out.size - 8] == 0x40 && count == *datagrams % 65536));
            ++*datagrams;
            *trailers += out.trailer != 0;
            decoder_input(d, out.bytes, out.size, 0, out.time, &sink);
        }
    }
    *found_trailers = decoder_counters(d).trailers;
    decoder_clock(d, site->site.source, &h.clock);
    ck_assert_uint_eq(decoder_counters(d).records_bad + decoder_counters(d).blocks_bad, 0);
    stream_free(s);
    decoder_free(d);
    return h;
}

START_TEST(a_trailer_stands_behind_every_datagram_and_costs_no_plot)
{
    struct radar_site site = site_of(SITE_COMBINED, 5);
    unsigned datagrams, trailers;
    uint64_t found;

    struct heard plain = listen(&site, 20, &datagrams, &trailers, &found);
    ck_assert_uint_eq(trailers, 0);
    site.quirks.trailer = true;
    struct heard h = listen(&site, 20, &datagrams, &trailers, &found);
    ck_assert_uint_eq(trailers, datagrams);
    ck_assert_uint_eq(found, datagrams);
    ck_assert_uint_eq(h.plots, plain.plots);
    ck_assert_uint_eq(h.north, plain.north);
}
END_TEST

START_TEST(a_wrong_clock_is_in_every_message_and_said_where_asked_and_the_decoder_corrects_it)
{
    struct radar_site site = site_of(SITE_COMBINED, 5);
    unsigned datagrams, trailers;
    uint64_t found;

    site.quirks.clock_s = 1581.7;
    struct heard h = listen(&site, 20, &datagrams, &trailers, &found);
    ck_assert_uint_eq(h.invalid, 0);
    ck_assert(h.clock.corrected);
    ck_assert_double_eq_tol(h.clock.offset_s, -1581.7, 1);
    /* the last plot is in the middle of the last turn; a sector and the usual latency of 0.5 s are what the correction cannot know */
    struct radar r;
    radar_init(&r, &site, 1, START);
    double middle_s = r.north_s + 19.5 * 5;
    ck_assert_double_eq_tol(instant_diff(h.plot, START), middle_s, 0.5 + 5.0 / RADAR_SECTORS);
    site.quirks.clock_said = true;
    h = listen(&site, 20, &datagrams, &trailers, &found);
    ck_assert_uint_eq(h.invalid, h.north + h.sector);
}
END_TEST

START_TEST(times_of_plots_are_rounded_down_to_the_stamp)
{
    struct radar_site site = site_of(SITE_COMBINED, 4.8);
    unsigned datagrams, trailers;
    uint64_t found;
    struct radar r;

    radar_init(&r, &site, 1, START);
    double middle_s = r.north_s + 19.5 * 4.8;
    site.quirks.stamp_s = 0.5;
    struct heard h = listen(&site, 20, &datagrams, &trailers, &found);
    ck_assert_double_eq_tol(instant_diff(h.plot, START), 0.5 * floor(middle_s / 0.5), 1e-6);
}
END_TEST

START_TEST(out_of_order_it_is_silent_or_says_so_in_its_marks)
{
    struct radar_site site = site_of(SITE_COMBINED, 5);
    unsigned datagrams, trailers;
    uint64_t found;

    site.outages = 1;
    site.outage[0].from_s = 0;
    site.outage[0].to_s = 1e9;
    struct heard h = listen(&site, 4, &datagrams, &trailers, &found);
    ck_assert_uint_eq(datagrams, 0);
    site.quirks.announced = true;
    h = listen(&site, 4, &datagrams, &trailers, &found);
    ck_assert_uint_eq(h.plots, 0);
    ck_assert_uint_eq(h.north, 4);
    ck_assert_uint_eq(h.inoperative, h.north + h.sector);
    ck_assert_uint_eq(h.sector, 4 * RADAR_SECTORS);
}
END_TEST

Suite *test_quirks_suite(void)
{
    Suite *s = suite_create("quirks");
    TCase *keys = tcase_create("keys"), *sight = tcase_create("sight"), *plots = tcase_create("plots"), *line = tcase_create("line");

    tcase_add_test(keys, every_key_sets_its_own_value_and_no_other);
    suite_add_tcase(s, keys);
    tcase_add_test(sight, a_blanked_sector_and_nothing_beside_it_is_blank);
    tcase_add_test(sight, above_the_beam_is_the_cone_of_silence);
    tcase_add_test(sight, a_bent_ray_leaves_the_antenna_above_the_straight_line);
    tcase_add_test(sight, ranges_are_along_the_bent_ray_or_straight_where_that_is_said);
    suite_add_tcase(s, sight);
    tcase_add_test(plots, an_image_obeys_the_law_of_reflection);
    tcase_add_test(plots, replies_that_overlap_are_mixed_or_exchanged_as_often_as_asked_and_others_never);
    tcase_add_test(plots, clutter_of_each_sort_has_its_mean_and_its_place);
    tcase_add_test(plots, a_storm_is_near_when_it_has_come);
    suite_add_tcase(s, plots);
    tcase_add_test(line, a_trailer_stands_behind_every_datagram_and_costs_no_plot);
    tcase_add_test(line, a_wrong_clock_is_in_every_message_and_said_where_asked_and_the_decoder_corrects_it);
    tcase_add_test(line, times_of_plots_are_rounded_down_to_the_stamp);
    tcase_add_test(line, out_of_order_it_is_silent_or_says_so_in_its_marks);
    suite_add_tcase(s, line);
    return s;
}
