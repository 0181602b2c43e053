/* One radar and one aircraft: where the beam meets it, how often it is seen, and what errors the plot has. Limits of random quantities are
 * 4.5 standard deviations of the estimate, so that a right simulator fails once in 150 000 checks; seeds are fixed. */
#include "base/unit.h"
#include "sensor/slant.h"
#include "sim/world/clutter.h"
#include "sim/world/radar.h"
#include "support/support.h"
#include <math.h>
#include <string.h>

#define Z 4.5
#define START ((struct instant){INT64_C(1780315200) * 1000000000})

Suite *test_radar_suite(void);

static struct radar_site site_of(enum site_kind kind, double period_s)
{
    struct radar_site s = {.site = site_usual(kind, period_s)};

    s.site.source = site_source(20, 7);
    s.site.period_s = period_s;
    strcpy(s.site.name, "test");
    strcpy(s.site.nation, "US");
    site_place(&s.site, (struct geodetic){40 * UNIT_DEG, -95 * UNIT_DEG, 300});
    return s;
}

/* An airliner that passes the radar at 40 km, from west to east through the north, or from east to west. */
static void start_flight(struct aircraft *a, uint32_t number, bool eastward, double off_deg)
{
    struct aircraft_flight f = {.number = number, .class = AIRCRAFT_AIRLINER, .transponder = true, .mode_s = true, .rcs_m2 = 40};
    double lon = eastward ? -1.5 : 1.5;

    f.cruise_mps = 230;
    f.cruise_m = 10000;
    f.ident = (struct ident){.mode_s = 0xabc000 + number, .mode_a = 01234, .flags = IDENT_MODE_S | IDENT_MODE_A};
    f.route = route_init();
    route_add(&f.route, (struct geodetic){(40 + off_deg) * UNIT_DEG, (-95 + lon) * UNIT_DEG, 9000});
    route_add(&f.route, (struct geodetic){(40 + off_deg) * UNIT_DEG, (-95 - lon) * UNIT_DEG, 9000});
    aircraft_start(a, &f, rng_init(number), 0, 10e3);
}

/* Looks at a flight for as many turns as its half hour holds, calling see for each plot; returns the number of turns with a look in the air. */
static unsigned watch(struct radar *r, struct aircraft *a, void (*see)(void *context, const struct radar *r, const struct aircraft *a, const struct plot *p), void *context)
{
    struct radar_plot plots[RADAR_LOOK_MAX];
    unsigned turns = 0;

    for (;; turns++, radar_next_turn(r)) {
        while (a->flying && (double)a->last * AIRCRAFT_STEP_S < radar_turn_end_s(r) + 2.5)
            aircraft_step(a);
        if (!a->flying)
            return turns;
        unsigned n = radar_look(r, a, plots);
        for (unsigned i = 0; i < n; i++)
            see(context, r, a, &plots[i].plot);
    }
}

struct seen {
    unsigned plots;
    double first_s, last_s, gap_min_s, gap_max_s; /* times between plots */
    double beam_rad;                              /* greatest distance of the plot from the beam */
    double range[2], azimuth[2];                  /* sums of errors in sigmas, and of their squares */
};

static void note(void *context, const struct radar *r, const struct aircraft *a, const struct plot *p)
{
    struct seen *s = context;
    const struct site *site = &r->site.site;
    double t = instant_diff(p->time, START) - site->bias.time_s;
    struct vec3 at;

    ck_assert(aircraft_motion(a, t, &at, NULL));
    struct slant_look look = slant_look(site, frame_to_enu(&site->frame, at));
    double beam = frame_azimuth(2 * UNIT_PI * (t - r->north_s) / site->period_s);
    double range = (p->polar.range_m - look.range_m - site->bias.range_m) / p->polar.sigma_range_m;
    double azimuth = frame_angle(p->polar.azimuth_rad - look.azimuth_rad - site->bias.azimuth_rad) / p->polar.sigma_azimuth_rad;
    if (s->plots > 0) {
        s->gap_min_s = fmin(s->plots > 1 ? s->gap_min_s : 1e9, t - s->last_s);
        s->gap_max_s = fmax(s->gap_max_s, t - s->last_s);
    } else
        s->first_s = t;
    s->last_s = t;
    s->plots++;
    s->beam_rad = fmax(s->beam_rad, fabs(frame_angle(look.azimuth_rad - beam)));
    s->range[0] += range;
    s->range[1] += range * range;
    s->azimuth[0] += azimuth;
    s->azimuth[1] += azimuth * azimuth;
}

/* Mean 0 and variance 1 of n normal errors: standard deviations 1/sqrt(n) and sqrt(2/n). */
static void check_errors(const double sum[2], unsigned n)
{
    ck_assert_double_le(fabs(sum[0] / n), Z / sqrt(n));
    ck_assert_double_le(fabs(sum[1] / n - 1), Z * sqrt(2.0 / n));
}

START_TEST(a_plot_is_measured_when_the_beam_crosses_the_aircraft)
{
    for (int direction = 0; direction < 2; direction++) {
        struct radar_site site = site_of(SITE_MODE_S_COMBINED, 4.8);
        struct radar r;
        struct aircraft a;
        struct seen seen = {0};
        radar_init(&r, &site, 1, START);
        start_flight(&a, 1, direction, 0.4);
        watch(&r, &a, note, &seen);
        ck_assert_uint_gt(seen.plots, 100);
        ck_assert_double_le(seen.beam_rad, 1e-6);
    }
}
END_TEST

/* Through north in both senses, close and far: with certain detection every turn has its plot, and none has two. */
START_TEST(every_crossing_is_found_once)
{
    static const double off[] = {0.05, 0.1, 0.4, 1.0};
    for (int i = 0; i < 8; i++) {
        struct radar_site site = site_of(SITE_MODE_S, 12);
        struct radar r;
        struct aircraft a;
        struct seen seen = {0};
        site.site.secondary.detection = 1.0;
        radar_init(&r, &site, (uint64_t)i + 1, START);
        start_flight(&a, 1, i % 2, off[i / 2]);
        /* without the cone of silence nothing is ever lost */
        a.flight.cruise_m = 3000;
        a.at.hae_m = 3000;
        a.flight.route.point[1].hae_m = 2500;
        watch(&r, &a, note, &seen);
        /* bearings change by less than 0.2 rad a turn where the beam still sees it */
        ck_assert_double_ge(seen.gap_min_s, 12 * 0.85);
        ck_assert_double_le(seen.gap_max_s, off[i / 2] < 0.1 ? 40 : 12 * 1.15);
    }
}
END_TEST

START_TEST(errors_have_the_sigmas_and_the_bias_of_the_site)
{
    static const enum site_kind kinds[] = {SITE_PSR, SITE_SSR, SITE_MODE_S_COMBINED, SITE_PSR_3D};
    for (unsigned k = 0; k < 4; k++) {
        struct seen seen = {0};
        for (uint32_t n = 1; n <= 8; n++) {
            struct radar_site site = site_of(kinds[k], 4.8);
            struct radar r;
            struct aircraft a;
            site.site.bias = (struct bias){.range_m = 250, .azimuth_rad = 0.2 * UNIT_DEG, .time_s = 1.5};
            radar_init(&r, &site, n, START);
            start_flight(&a, n, n % 2, 0.3);
            seen.last_s = 0;
            watch(&r, &a, note, &seen);
        }
        ck_assert_uint_gt(seen.plots, 1000);
        check_errors(seen.range, seen.plots);
        check_errors(seen.azimuth, seen.plots);
    }
}
END_TEST

START_TEST(replies_come_with_the_probability_that_was_asked_for)
{
    static const double asked[] = {0.5, 0.9, 0.98};
    for (int k = 0; k < 3; k++) {
        unsigned looks = 0, seen = 0;
        for (uint32_t n = 1; n <= 10; n++) {
            struct radar_site site = site_of(SITE_MODE_S, 4.8);
            struct radar r;
            struct aircraft a;
            struct seen s = {0};
            site.site.secondary.detection = asked[k];
            radar_init(&r, &site, n, START);
            start_flight(&a, n, true, 0.5);
            watch(&r, &a, note, &s);
            seen += (unsigned)r.outcomes[RADAR_SEEN];
            looks += (unsigned)(r.outcomes[RADAR_SEEN] + r.outcomes[RADAR_CHANCE]);
        }
        ck_assert_uint_gt(looks, 1000);
        ck_assert_double_le(fabs((double)seen / looks - asked[k]), Z * sqrt(asked[k] * (1 - asked[k]) / looks));
    }
}
END_TEST

/* A standing target: a balloon would do; here a flight that has not moved for one turn. */
static double primary_share(double range_m, double rcs_m2)
{
    struct radar_site site = site_of(SITE_PSR, 12);
    unsigned seen = 0, looks = 4000;
    site.site.primary.range_max_m = 300e3;
    site.site.primary.detection = 0.8;
    for (uint32_t n = 1; n <= looks; n++) {
        struct aircraft a;
        struct radar r;
        struct radar_plot plots[RADAR_LOOK_MAX];
        struct aircraft_flight f = {.number = n, .class = AIRCRAFT_AIRLINER, .rcs_m2 = rcs_m2, .cruise_mps = 230, .cruise_m = 11000};
        f.route = route_init();
        route_add(&f.route, (struct geodetic){(40 + (range_m - 10e3) / 111.04e3) * UNIT_DEG, -95 * UNIT_DEG, 11000});
        route_add(&f.route, (struct geodetic){(40 + (range_m + 10e3) / 111.04e3) * UNIT_DEG, -95 * UNIT_DEG, 11000});
        aircraft_start(&a, &f, rng_init(n), 0, 10e3 - 230 * 8);
        radar_init(&r, &site, 77, START);
        while ((double)a.last * AIRCRAFT_STEP_S < radar_turn_end_s(&r) + 2.5)
            aircraft_step(&a);
        seen += radar_look(&r, &a, plots) > 0;
        ck_assert_uint_eq(r.outcomes[RADAR_SEEN] + r.outcomes[RADAR_CHANCE], 1);
    }
    return (double)seen / looks;
}

START_TEST(echoes_follow_the_radar_equation)
{
    double reference = 0.85 * 300e3, margin = Z * sqrt(0.25 / 4000);

    ck_assert_double_eq_tol(primary_share(reference, 2.0), 0.8, margin);
    /* twice the range needs sixteen times the cross-section */
    ck_assert_double_eq_tol(primary_share(reference / 2, 2.0 / 16), 0.8, margin);
    ck_assert_double_ge(primary_share(reference, 40.0), 0.97);
    ck_assert_double_le(primary_share(reference, 0.05), 0.1);
}
END_TEST

START_TEST(a_look_depends_on_nothing_but_seed_radar_aircraft_and_turn)
{
    struct radar_site site = site_of(SITE_MODE_S_COMBINED, 4.8);
    struct radar alone, busy;
    struct aircraft a, other;
    struct radar_plot x[RADAR_LOOK_MAX], y[RADAR_LOOK_MAX], z[RADAR_LOOK_MAX];
    unsigned same = 0;
    radar_init(&alone, &site, 5, START);
    radar_init(&busy, &site, 5, START);
    start_flight(&a, 1, true, 0.4);
    start_flight(&other, 2, false, 0.6);
    for (int turn = 0; turn < 60; turn++) {
        while ((double)a.last * AIRCRAFT_STEP_S < radar_turn_end_s(&alone) + 2.5) {
            aircraft_step(&a);
            aircraft_step(&other);
        }
        memset(x, 0, sizeof x);
        memset(y, 0, sizeof y);
        radar_look(&busy, &other, z);
        unsigned n = radar_look(&alone, &a, x), m = radar_look(&busy, &a, y);
        ck_assert_uint_eq(n, m);
        if (n > 0)
            ck_assert(x[0].plot.polar.range_m == y[0].plot.polar.range_m && x[0].plot.time.ns == y[0].plot.time.ns);
        same += n;
        radar_next_turn(&alone);
        radar_next_turn(&busy);
    }
    ck_assert_uint_gt(same, 40);
}
END_TEST

START_TEST(what_cannot_be_seen_says_why)
{
    struct radar_site site = site_of(SITE_SSR, 12);
    struct radar r;
    struct aircraft a;
    struct radar_plot plots[RADAR_LOOK_MAX];
    static const struct {
        double off_deg, hae_m;
        bool transponder;
        enum radar_outcome expected;
    } cases[] = {
        {5.5, 12000, true, RADAR_FAR}, {3.0, 900, true, RADAR_HORIZON}, {0.03, 11000, true, RADAR_CONE}, {1.0, 9000, false, RADAR_MUTE},
    };
    for (unsigned i = 0; i < 4; i++) {
        struct aircraft_flight f = {.number = 1, .class = AIRCRAFT_AIRLINER, .cruise_mps = 230, .cruise_m = cases[i].hae_m, .rcs_m2 = 40};
        f.transponder = cases[i].transponder;
        f.route = route_init();
        route_add(&f.route, (struct geodetic){(40 + cases[i].off_deg) * UNIT_DEG, -95.02 * UNIT_DEG, cases[i].hae_m});
        route_add(&f.route, (struct geodetic){(40 + cases[i].off_deg) * UNIT_DEG, -94.0 * UNIT_DEG, cases[i].hae_m});
        site.site.secondary.range_max_m = 450e3;
        radar_init(&r, &site, 1, START);
        aircraft_start(&a, &f, rng_init(1), 0, 0);
        while ((double)a.last * AIRCRAFT_STEP_S < radar_turn_end_s(&r) + 2.5)
            aircraft_step(&a);
        ck_assert_uint_eq(radar_look(&r, &a, plots), 0);
        ck_assert_msg(r.outcomes[cases[i].expected] == 1, "case %u: not \"%s\"", i, radar_outcome_text(cases[i].expected));
    }
}
END_TEST

START_TEST(false_plots_have_their_mean_number_and_fill_the_area)
{
    struct radar_site site = site_of(SITE_PSR, 12);
    struct radar r;
    static struct radar_plot plots[1000];
    unsigned turns = 2000, total = 0, outer = 0;
    site.site.false_plots = 7.5;
    radar_init(&r, &site, 3, START);
    for (unsigned t = 0; t < turns; t++, radar_next_turn(&r)) {
        unsigned n = clutter_turn(&r, NULL, NULL, plots, 1000);
        total += n;
        for (unsigned i = 0; i < n; i++) {
            double beam = 2 * UNIT_PI * (instant_diff(plots[i].plot.time, START) - r.north_s) / 12;
            outer += plots[i].plot.polar.range_m > site.site.primary.range_max_m * sqrt(0.5);
            ck_assert_double_le(fabs(frame_angle(plots[i].plot.polar.azimuth_rad - beam)), 7 * plots[i].plot.polar.sigma_azimuth_rad);
            ck_assert_uint_eq(plots[i].target, 0);
        }
    }
    ck_assert_double_le(fabs(total - 7.5 * turns), Z * sqrt(7.5 * turns));
    ck_assert_double_le(fabs(outer - 0.5 * total), Z * sqrt(0.25 * total) + 0.001 * total);
}
END_TEST

Suite *test_radar_suite(void)
{
    Suite *s = suite_create("radar");
    TCase *t = tcase_create("look"), *statistical = tcase_create("statistical");

    tcase_add_test(t, a_plot_is_measured_when_the_beam_crosses_the_aircraft);
    tcase_add_test(t, every_crossing_is_found_once);
    tcase_add_test(t, a_look_depends_on_nothing_but_seed_radar_aircraft_and_turn);
    tcase_add_test(t, what_cannot_be_seen_says_why);
    suite_add_tcase(s, t);
    tcase_add_test(statistical, errors_have_the_sigmas_and_the_bias_of_the_site);
    tcase_add_test(statistical, replies_come_with_the_probability_that_was_asked_for);
    tcase_add_test(statistical, echoes_follow_the_radar_equation);
    tcase_add_test(statistical, false_plots_have_their_mean_number_and_fill_the_area);
    suite_add_tcase(s, statistical);
    return s;
}
