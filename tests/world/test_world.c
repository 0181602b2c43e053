/* Whole scenarios: the same bytes for the same seed, lines that keep their order and their latency, antennas that keep their period, and that
 * what arrives decodes to what was seen. Limits of random quantities are 4.5 standard deviations of the estimate. */
#include "base/digest.h"
#include "base/unit.h"
#include "sim/world/world.h"
#include "support/support.h"
#include "wire/decoder.h"
#include <math.h>
#include <string.h>

#define Z 4.5
#define RADARS 6

Suite *test_world_suite(void);

static struct radar_site sites[RADARS];

/* Around the Great Lakes: six radars of two nations, all kinds of them. */
static struct scenario open_scenario(uint64_t seed)
{
    static const struct {
        enum site_kind kind;
        double period_s, lat_deg, lon_deg;
        const char *nation;
    } rows[RADARS] = {
        {SITE_MODE_S_COMBINED, 4.8, 42.2, -83.4, "US"}, {SITE_COMBINED, 12, 43.0, -86.0, "US"},    {SITE_PSR, 12, 42.6, -77.7, "US"},
        {SITE_COMBINED, 5, 43.7, -79.6, "CA"},          {SITE_MODE_S, 12, 46.5, -81.0, "CA"},      {SITE_PSR_3D, 10, 45.3, -75.7, "CA"},
    };
    struct scenario s = scenario_default();

    s.seed = seed;
    s.duration_s = 240;
    s.aircraft = 80;
    for (unsigned i = 0; i < RADARS; i++) {
        sites[i] = (struct radar_site){.site = site_usual(rows[i].kind, rows[i].period_s), .quirks = quirks_default(), .jitter_s = 0.02};
        sites[i].site.source = site_source(rows[i].nation[0] == 'U' ? 100 : 101, i + 1);
        sites[i].site.period_s = rows[i].period_s;
        sites[i].site.latency_s = 0.5 + 0.1 * i;
        sites[i].site.false_plots = 4;
        strcpy(sites[i].site.name, "site");
        strcpy(sites[i].site.nation, rows[i].nation);
        sites[i].category = rows[i].kind == SITE_COMBINED && rows[i].nation[0] == 'C' ? 1 : 48;
        site_place(&sites[i].site, (struct geodetic){rows[i].lat_deg * UNIT_DEG, rows[i].lon_deg * UNIT_DEG, 200});
    }
    s.radar = sites;
    s.radars = RADARS;
    return s;
}

static struct world *open_world(const struct scenario *s)
{
    char error[256];
    struct world *w = world_new(s, NULL, error, sizeof error);

    ck_assert_msg(w != NULL, "%s", error);
    return w;
}

/* Digest of what one source sends (0: all). */
static uint64_t digest_of(const struct scenario *s, uint16_t source)
{
    struct world *w = open_world(s);
    struct stream_datagram d;
    uint64_t digest = DIGEST_START;

    while (world_next(w, &d))
        if (source == 0 || d.source == source)
            digest = digest_add(digest_add_u64(digest, (uint64_t)d.time.ns), d.bytes, d.size);
    ck_assert(!world_failed(w));
    world_free(w);
    return digest;
}

START_TEST(one_seed_makes_one_sequence_of_bytes)
{
    struct scenario a = open_scenario(3), b = open_scenario(4);
    uint64_t first = digest_of(&a, 0);

    ck_assert_uint_eq(first, digest_of(&a, 0));
    ck_assert_uint_ne(first, digest_of(&b, 0));
}
END_TEST

START_TEST(a_radar_sends_the_same_whoever_else_is_there)
{
    struct scenario all = open_scenario(3), few = open_scenario(3);

    all.anywhere = few.anywhere = true; /* where flights begin would depend on the radars */
    few.radars = 2;
    ck_assert_uint_eq(digest_of(&all, sites[0].site.source), digest_of(&few, sites[0].site.source));
    ck_assert_uint_eq(digest_of(&all, sites[1].site.source), digest_of(&few, sites[1].site.source));
}
END_TEST

START_TEST(datagrams_come_in_the_order_of_arrival_and_fit_a_frame)
{
    struct scenario s = open_scenario(3);
    struct world *w = open_world(&s);
    struct stream_datagram d;
    struct instant last = s.start;
    uint64_t plots = 0;

    while (world_next(w, &d)) {
        ck_assert(!instant_before(d.time, last));
        last = d.time;
        ck_assert_uint_le(d.size, 1472);
        ck_assert_uint_gt(d.size, 0);
        plots += d.count;
        for (unsigned i = 0; i < d.count; i++)
            ck_assert(instant_before(d.plots[i].plot.time, d.time));
    }
    ck_assert_uint_gt(plots, 2000);
    world_free(w);
}
END_TEST

/* ---- what arrives, by the project's own decoder ---- */

struct heard {
    struct instant north[RADARS];  /* latest north mark */
    double gap_sum[RADARS], latency[RADARS][2]; /* of marks: sums of latency and of its square */
    unsigned gaps[RADARS], marks[RADARS], plots, wrong;
    const struct stream_datagram *datagram;
    unsigned next;                 /* plot of the datagram that is due */
};

static void compare(struct heard *h, const struct plot *p)
{
    const struct plot *was = &h->datagram->plots[h->next++].plot;
    bool legacy = h->datagram->source == sites[3].site.source;
    double step = (legacy ? 1.0 / 128 : 1.0 / 256) * UNIT_NM;

    ck_assert_uint_le(h->next, h->datagram->count);
    ck_assert_double_le(fabs(instant_diff(p->time, was->time)), 0.5 / 128 + 1e-6);
    ck_assert_double_le(fabs(p->polar.range_m - was->polar.range_m), 0.5 * step + 1e-6);
    ck_assert_double_le(fabs(frame_angle(p->polar.azimuth_rad - was->polar.azimuth_rad)), UNIT_PI / 65536 + 1e-9);
    ck_assert_uint_eq(p->ident.mode_a, was->ident.mode_a);
    ck_assert_uint_eq(p->ident.mode_s, was->ident.mode_s);
    ck_assert_uint_eq(p->flags & (PLOT_PRIMARY | PLOT_MODE_S), was->flags & (PLOT_PRIMARY | PLOT_MODE_S));
    ck_assert_uint_eq(p->level.flags & LEVEL_PRESSURE, was->level.flags & LEVEL_PRESSURE);
    ck_assert_double_le(fabs(p->level.pressure_m - was->level.pressure_m), 0.01);
    h->plots++;
}

static void take_report(void *context, const struct report *r)
{
    struct heard *h = context;

    if (r->kind == REPORT_PLOT) {
        compare(h, &r->plot);
        return;
    }
    ck_assert_uint_eq(r->kind, REPORT_SERVICE);
    unsigned i = (r->service.source & 0xff) - 1u;
    double latency = instant_diff(h->datagram->time, r->service.time);
    h->marks[i]++;
    h->latency[i][0] += latency;
    h->latency[i][1] += latency * latency;
    if (r->service.kind == SERVICE_NORTH) {
        if (h->gaps[i]++ > 0)
            h->gap_sum[i] += instant_diff(r->service.time, h->north[i]);
        h->north[i] = r->service.time;
    }
}

static void take_notice(void *context, const struct notice *n)
{
    ((struct heard *)context)->wrong += notice_severity(n->kind) > 0;
}

static void hear(const struct scenario *s, struct heard *h)
{
    struct decoder_settings settings = decoder_settings_default();
    struct decoder *decoder = decoder_new(&settings, NULL);
    struct decoder_sink sink = {{take_report, h}, {take_notice, h}};
    struct world *w = open_world(s);
    struct stream_datagram d;

    memset(h, 0, sizeof *h);
    while (world_next(w, &d)) {
        h->datagram = &d;
        h->next = 0;
        decoder_input(decoder, d.bytes, d.size, 0, d.time, &sink);
        ck_assert_uint_eq(h->next, d.count);
    }
    struct decoder_counters c = decoder_counters(decoder);
    ck_assert_uint_eq(c.records_bad + c.blocks_bad + c.trailers + c.categories_unknown, 0);
    decoder_free(decoder);
    world_free(w);
}

START_TEST(what_arrives_decodes_to_what_was_seen)
{
    struct scenario s = open_scenario(8);
    struct heard h;

    hear(&s, &h);
    ck_assert_uint_gt(h.plots, 2000);
    ck_assert_uint_eq(h.wrong, 0);
}
END_TEST

START_TEST(antennas_keep_their_period)
{
    struct scenario s = open_scenario(8);
    struct heard h;

    hear(&s, &h);
    for (unsigned i = 0; i < RADARS; i++) {
        unsigned gaps = h.gaps[i] - 1;
        ck_assert_uint_ge(h.gaps[i], 18);
        /* both ends are known to half of 1/128 s */
        ck_assert_double_le(fabs(h.gap_sum[i] / gaps - sites[i].site.period_s), 1.0 / 128 / gaps);
    }
}
END_TEST

START_TEST(lines_have_the_latency_and_the_jitter_that_were_asked_for)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct scenario s = open_scenario(seed);
        struct heard h;
        hear(&s, &h);
        for (unsigned i = 0; i < RADARS; i++) {
            double n = h.marks[i], mean = h.latency[i][0] / n, variance = h.latency[i][1] / n - mean * mean;
            /* marks at north come twice with one latency: at most a part of 1/33 counts double. Times of day are rounded to 1/128 s, and with some
             * periods always by the same part of it. */
            double effective = n / 1.1, rounding = 0.5 / 128;
            ck_assert_double_le(fabs(mean - sites[i].site.latency_s), Z * 0.02 / sqrt(effective) + rounding);
            ck_assert_double_le(fabs(variance - 0.02 * 0.02), Z * 0.02 * 0.02 * sqrt(2 / effective) + rounding * rounding / 3);
        }
    }
}
END_TEST

START_TEST(aircraft_that_land_make_room_for_others)
{
    struct scenario s = open_scenario(2);
    struct stream_datagram d;

    s.duration_s = 3600;
    struct world *w = open_world(&s);
    while (world_next(w, &d))
        ;
    struct world_counters c = world_counters(w);
    ck_assert_uint_gt(c.flights, 90);
    /* what was seen after the last sector that ended in time is not sent */
    ck_assert_uint_le(c.plots - c.false_plots, c.outcomes[RADAR_SEEN]);
    ck_assert_uint_ge(c.plots - c.false_plots, c.outcomes[RADAR_SEEN] - 80 * RADARS);
    world_free(w);
}
END_TEST

START_TEST(a_start_is_a_date_and_a_time_or_now)
{
    struct instant t;

    ck_assert(scenario_parse_start("2026-06-01T12:00:00Z", &t) && t.ns == INT64_C(1780315200) * 1000000000);
    ck_assert(scenario_parse_start("2026-06-01T12:00Z", &t) && t.ns == INT64_C(1780315200) * 1000000000);
    ck_assert(scenario_parse_start("now", &t) && t.ns > INT64_C(1780315200) * 1000000000 / 2);
    static const char *const bad[] = {"", "2026-06-01", "2026-06-01T12:00:00", "2026-06-01T25:00:00Z", "2026-13-01T12:00:00Z", "2026-06-01T12:00:00Zx"};
    for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!scenario_parse_start(bad[i], &t), "%s was taken", bad[i]);
}
END_TEST

Suite *test_world_suite(void)
{
    Suite *s = suite_create("world");
    TCase *t = tcase_create("scenario"), *statistical = tcase_create("statistical");

    tcase_add_test(t, one_seed_makes_one_sequence_of_bytes);
    tcase_add_test(t, a_radar_sends_the_same_whoever_else_is_there);
    tcase_add_test(t, datagrams_come_in_the_order_of_arrival_and_fit_a_frame);
    tcase_add_test(t, what_arrives_decodes_to_what_was_seen);
    tcase_add_test(t, aircraft_that_land_make_room_for_others);
    tcase_add_test(t, a_start_is_a_date_and_a_time_or_now);
    suite_add_tcase(s, t);
    tcase_add_test(statistical, antennas_keep_their_period);
    tcase_add_test(statistical, lines_have_the_latency_and_the_jitter_that_were_asked_for);
    suite_add_tcase(s, statistical);
    return s;
}
