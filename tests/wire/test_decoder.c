#include "wire/decoder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"
#include "nouns.h"
#include "support/support.h"
#include "wire/asterix_block.h"
#include "wire/asterix_build.h"
#include "wire/envelope.h"

#define MIDNIGHT_NS (INT64_C(20833) * INSTANT_DAY_NS) /* some day in 2027 */
static const struct instant midnight = {MIDNIGHT_NS};
static const struct instant arrival = {MIDNIGHT_NS + INT64_C(28801200000000)}; /* 0.7 s after the vectors' 08:00:00.5 */

static struct nouns n;

static void use(const struct decoder_settings *s)
{
    const char *error = "";
    decoder_free(n.decoder);
    memset(&n, 0, sizeof n);
    n.decoder = decoder_new(s, &error);
    ck_assert_msg(n.decoder != NULL, "%s", error);
    n.arrival = arrival;
}

static void setup(void)
{
    struct decoder_settings s = decoder_settings_default();
    use(&s);
}

static void teardown(void)
{
    decoder_free(n.decoder);
    n.decoder = NULL;
}

static int feed(const void *bytes, size_t size)
{
    struct decoder_sink sink = nouns_sink(&n);
    n.count = 0;
    return decoder_input(n.decoder, bytes, size, 0, n.arrival, &sink);
}

#define FEED(...) feed((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* A block of one record of which some rows are given in SI units; path NULL ends. */
struct put {
    const char *path;
    double si;
};

static size_t block_of(uint8_t *bytes, unsigned number, const char *edition, const struct put *puts)
{
    uint8_t content[512];
    struct asterix_build b;
    struct asterix_place place;
    const struct asterix_category *c = asterix_find(number, edition);
    asterix_build_init(&b, c, content, sizeof content);
    for (; puts->path; puts++) {
        ck_assert_msg(asterix_path_find(c, puts->path, &place) == 0, "%s", puts->path);
        bool scaled = place.field->coding == ASTERIX_UNSIGNED || place.field->coding == ASTERIX_SIGNED;
        ck_assert_int_eq(scaled ? asterix_build_si(&b, &place, puts->si) : asterix_build_raw(&b, &place, (uint64_t)puts->si), 0);
    }
    int size = asterix_build_encode(&b, bytes + 3, 500);
    ck_assert_int_gt(size, 0);
    bytes[0] = (uint8_t)number;
    bytes[1] = 0;
    bytes[2] = (uint8_t)(size + 3);
    return (size_t)size + 3;
}

static int feed_block(unsigned number, const char *edition, const struct put *puts)
{
    uint8_t bytes[512];
    size_t size = block_of(bytes, number, edition, puts);
    return feed(bytes, size);
}

/* ---- hand vectors ----------------------------------------------------------------------------------------------------------- */

#define PLOT_048                                                                                                                     \
    48, 0, 30, 0xFD, 0xD0, 0x14, 0x81, 0x38, 0x40, 0x40, 0xA0, 0x64, 0x00, 0x40, 0x00, 0x0A, 0x00, 0x05, 0x78, 0x48, 0x40, 0xD6, 0x2C, 0xC3, \
        0x71, 0xCB, 0x3D, 0x20, 0x01, 0x23

START_TEST(a_mode_s_plot_of_048_reads_as_the_standard_says)
{
    ck_assert_int_eq(FEED(PLOT_048), 1);
    const struct plot *p = &n.reports[0].plot;
    ck_assert_uint_eq(n.reports[0].kind, REPORT_PLOT);
    ck_assert_uint_eq(p->kind, PLOT_POLAR_LEVEL);
    ck_assert_uint_eq(p->flags, PLOT_MODE_S);
    ck_assert_uint_eq(p->source, 0x1481);
    ck_assert_int_eq(p->time.ns, MIDNIGHT_NS + INT64_C(28800500000000));
    ck_assert_int_eq(p->arrival.ns, arrival.ns);
    ck_assert_double_eq_tol(p->polar.range_m, 185200.0, 1e-6);
    ck_assert_double_eq_tol(p->polar.azimuth_rad, UNIT_PI / 2.0, 1e-12);
    ck_assert_uint_eq(p->ident.mode_a, 05000);
    ck_assert_double_eq_tol(p->level.pressure_m, 10668.0, 1e-9);
    ck_assert_uint_eq(p->ident.mode_s, 0x4840D6);
    ck_assert_str_eq(p->ident.callsign, "KLM1234");
    ck_assert_uint_eq(p->ident.flags, IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN);
    ck_assert_uint_eq(p->local_number, 0x123);
}
END_TEST

START_TEST(a_north_mark_of_034_reads_as_the_standard_says)
{
    ck_assert_int_eq(FEED(34, 0, 25, 0xED, 0x18, 0x14, 0x81, 0x01, 0x38, 0x40, 0x40, 0x02, 0x00, 0x80, 0x02, 0x00, 0x1B, 0x20, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x02, 0xFF), 1);
    const struct service *s = &n.reports[0].service;
    ck_assert_uint_eq(s->kind, SERVICE_NORTH);
    ck_assert_uint_eq(s->flags, SERVICE_PERIOD | SERVICE_SITE | SERVICE_TIME_INVALID | SERVICE_BIAS);
    ck_assert_double_eq_tol(s->period_s, 4.0, 1e-12);
    ck_assert_double_eq_tol(s->site.lat_rad, UNIT_PI / 4.0, 1e-12);
    ck_assert_double_eq_tol(s->site.lon_rad, -UNIT_PI / 2.0, 1e-12);
    ck_assert_double_eq_tol(s->site.hae_m, 27.0, 1e-12);
    ck_assert_double_eq_tol(s->bias_range_m, UNIT_NM / 64.0, 1e-9);
    ck_assert_double_eq_tol(s->bias_azimuth_rad, -360.0 / 16384.0 * UNIT_DEG, 1e-12);
    ck_assert_uint_eq(n.notices[NOTICE_TIME_INVALID], 1);
    ck_assert_uint_eq(decoder_counters(n.decoder).services, 1);
}
END_TEST

START_TEST(a_track_of_001_reads_as_the_standard_says)
{
    ck_assert_int_eq(FEED(1, 0, 20, 0xF3, 0xC0, 0x14, 0x81, 0xA0, 0x00, 0x07, 0x19, 0x00, 0x80, 0x00, 0x02, 0x00, 0x01, 0x90, 0x40, 0x40), 1);
    const struct plot *p = &n.reports[0].plot;
    ck_assert_uint_eq(p->kind, PLOT_POLAR_LEVEL);
    ck_assert_uint_eq(p->flags, PLOT_SECONDARY);
    ck_assert_uint_eq(p->local_number, 7);
    ck_assert_int_eq(p->time.ns, MIDNIGHT_NS + INT64_C(28800500000000));
    ck_assert_double_eq_tol(p->polar.range_m, 92600.0, 1e-6);
    ck_assert_double_eq_tol(p->polar.azimuth_rad, UNIT_PI, 1e-12);
    ck_assert_uint_eq(p->ident.mode_a, 01000);
    ck_assert_double_eq_tol(p->level.pressure_m, 3048.0, 1e-9);
}
END_TEST

/* ---- meaning ---------------------------------------------------------------------------------------------------------------- */

#define BASE_048 {"010/SAC", 20}, {"010/SIC", 129}, {"140", 28800.5}
#define BASE_062 {"010/SAC", 9}, {"010/SIC", 9}, {"070", 28800.5}, {"040", 77}

START_TEST(reports_without_detection_or_position_are_no_plots)
{
    ck_assert_int_eq(feed_block(48, NULL, (struct put[]){BASE_048, {"020/TYP", 0}, {"040/RHO", 5e4}, {NULL, 0}}), 0);
    ck_assert_int_eq(feed_block(48, NULL, (struct put[]){BASE_048, {"020/TYP", 2}, {"070/MODE3A", 01234}, {NULL, 0}}), 0);
    ck_assert_uint_eq(decoder_counters(n.decoder).no_position, 2);
    ck_assert_uint_eq(decoder_counters(n.decoder).records, 2);
    ck_assert_uint_eq(decoder_counters(n.decoder).records_bad, 0);
}
END_TEST

START_TEST(field_monitors_and_test_targets_are_flagged)
{
    static const char *marks[] = {"020/RAB", "020/TST"};
    for (int k = 0; k < 2; k++) {
        ck_assert_int_eq(feed_block(48, NULL, (struct put[]){BASE_048, {"020/TYP", 2}, {"040/RHO", 5e4}, {marks[k], 1}, {NULL, 0}}), 1);
        ck_assert_uint_eq(n.reports[0].plot.flags, PLOT_SECONDARY | PLOT_TEST);
    }
}
END_TEST

START_TEST(doubt_about_codes_and_levels_is_kept)
{
    ck_assert_int_eq(feed_block(48, NULL, (struct put[]){BASE_048, {"020/TYP", 2}, {"040/RHO", 5e4}, {"070/G", 1}, {"070/MODE3A", 07700}, {"090/V", 1}, {"090/FL", 3000.0}, {NULL, 0}}), 1);
    const struct plot *p = &n.reports[0].plot;
    ck_assert_uint_eq(p->ident.flags, IDENT_MODE_A | IDENT_A_GARBLED); /* a garbled 7700 is no emergency */
    ck_assert(!ident_mode_a_trusted(&p->ident));
    ck_assert(!level_trusted(&p->level));
}
END_TEST

START_TEST(a_measured_height_makes_a_three_dimensional_plot)
{
    ck_assert_int_eq(feed_block(48, NULL, (struct put[]){BASE_048, {"020/TYP", 1}, {"040/RHO", 5e4}, {"110/3DH", 7620.0}, {"120/CAL/CAL", -35.0}, {NULL, 0}}), 1);
    const struct plot *p = &n.reports[0].plot;
    ck_assert_uint_eq(p->kind, PLOT_POLAR_3D);
    ck_assert_uint_eq(p->flags, PLOT_PRIMARY | PLOT_DOPPLER);
    ck_assert_double_eq_tol(p->level.hae_m, 7620.0, 1e-9);
    ck_assert_double_eq_tol(p->polar.doppler_mps, -35.0, 1e-9);
}
END_TEST

START_TEST(multilateration_in_the_plane_needs_the_system_reference)
{
    struct put plane[] = {{"010/SAC", 20}, {"010/SIC", 5}, {"140", 28800.5}, {"020/MS", 1}, {"042/X", 3000.0}, {"042/Y", 4000.0}, {"220", 0xABCDEF},
                          {"500/SDP/X", 10.0}, {"500/SDP/Y", 20.0}, {NULL, 0}};
    ck_assert_int_eq(feed_block(20, NULL, plane), 0);
    ck_assert_uint_eq(decoder_counters(n.decoder).no_position, 1);
    ck_assert_int_eq(feed_block(19, NULL, (struct put[]){{"010/SAC", 20}, {"010/SIC", 5}, {"000", 2}, {"140", 28800.5}, {"600/LAT", 0.7}, {"600/LON", 0.04}, {NULL, 0}}), 1);
    ck_assert_uint_eq(n.reports[0].service.kind, SERVICE_STATUS);
    ck_assert_int_eq(feed_block(20, NULL, plane), 1);
    const struct plot *p = &n.reports[0].plot;
    ck_assert_uint_eq(p->kind, PLOT_GEODETIC);
    ck_assert_uint_eq(p->flags, PLOT_MLAT);
    ck_assert_double_eq_tol(p->geodetic.at.lat_rad - 0.7, 4000.0 / 6.36e6, 2e-6);
    ck_assert_double_eq_tol(p->geodetic.at.lon_rad - 0.04, 3000.0 / 6.38e6 / cos(0.7), 2e-6);
    ck_assert_double_eq_tol(p->geodetic.cov_ee_m2, 100.0, 1e-9);
    ck_assert_double_eq_tol(p->geodetic.cov_nn_m2, 400.0, 1e-9);
}
END_TEST

static const struct {
    const char *edition, *time;
} editions_021[] = {{"2.7", "073"}, {"2.4", "073"}, {"2.1", "071"}, {"0.23", "030"}};

START_TEST(every_edition_of_021_gives_the_same_plot)
{
    struct decoder_settings s = decoder_settings_default();
    bool old = _i == 3;
    s.editions = 1;
    s.edition[0] = (struct decoder_edition){.category = 21};
    strcpy(s.edition[0].edition, editions_021[_i].edition);
    use(&s);
    struct put puts[] = {{"010/SAC", 20}, {"010/SIC", 7}, {editions_021[_i].time, 28800.5}, {"040/ATP", old ? 1 : 0}, {"130/LAT", 0.5}, {"130/LON", -1.5},
                         {"080", 0xC0FFEE}, {"145", 9144.0}, {"140", 9200.0}, {"160/GS", 200.0}, {"160/TA", UNIT_PI / 2.0},
                         {old ? "090/PA" : "090/NUCPNIC", 7}, {old ? "157" : "157/GVR", 5.08}, {NULL, 0}};
    ck_assert_int_eq(feed_block(21, editions_021[_i].edition, puts), 1);
    const struct plot *p = &n.reports[0].plot;
    ck_assert_uint_eq(p->kind, PLOT_GEODETIC);
    ck_assert_uint_eq(p->flags, PLOT_ADSB | PLOT_VELOCITY);
    ck_assert_int_eq(p->time.ns, MIDNIGHT_NS + INT64_C(28800500000000));
    ck_assert_double_eq_tol(p->geodetic.at.lat_rad, 0.5, 4e-7);
    ck_assert_double_eq_tol(p->geodetic.at.lon_rad, -1.5, 4e-7);
    ck_assert_double_eq_tol(p->geodetic.east_mps, 200.0, 0.1);
    ck_assert_double_eq_tol(p->geodetic.up_mps, 5.08, 0.02);
    ck_assert_uint_eq(p->ident.flags, IDENT_MODE_S);
    ck_assert_uint_eq(p->level.flags & (LEVEL_HEIGHT | LEVEL_PRESSURE), LEVEL_HEIGHT | LEVEL_PRESSURE);
    /* NUCp 7, or a NIC that contains it: 0.05 NM, 95 % */
    ck_assert_double_eq_tol(sqrt(p->geodetic.cov_ee_m2), hypot(92.6 / 2.4477, 5.0), 0.01);
}
END_TEST

START_TEST(better_accuracy_categories_have_smaller_errors)
{
    double last = 1e9;
    for (unsigned nac = 1; nac <= 11; nac++) {
        ck_assert_int_eq(feed_block(21, NULL, (struct put[]){{"010/SAC", 20}, {"010/SIC", 7}, {"073", 28800.5}, {"130/LAT", 0.5}, {"130/LON", -1.5}, {"210/VN", 2},
                                                             {"090/NACP", nac}, {NULL, 0}}), 1);
        ck_assert_double_lt(n.reports[0].plot.geodetic.cov_ee_m2, last);
        last = n.reports[0].plot.geodetic.cov_ee_m2;
    }
    ck_assert_double_eq_tol(sqrt(last), hypot(3.0 / 2.4477, 5.0), 0.01);
}
END_TEST

START_TEST(a_system_track_keeps_its_covariance_and_its_end)
{
    ck_assert_int_eq(feed_block(62, NULL, (struct put[]){BASE_062, {"105/LAT", 0.5}, {"105/LON", 1.5}, {"185/VX", 100.0}, {"185/VY", -50.0}, {"080/TSE", 1}, {"136", 3048.0},
                                                         {"500/APC/X", 100.0}, {"500/APC/Y", 50.0}, {"500/COV", -60.0}, {NULL, 0}}), 1);
    const struct plot *p = &n.reports[0].plot;
    ck_assert_uint_eq(p->kind, PLOT_TRACK);
    ck_assert_uint_eq(p->flags, PLOT_VELOCITY | PLOT_END);
    ck_assert_uint_eq(p->geodetic.number, 77);
    ck_assert_double_eq_tol(p->geodetic.cov_ee_m2, 10000.0, 1e-6);
    ck_assert_double_eq_tol(p->geodetic.cov_nn_m2, 2500.0, 1e-6);
    ck_assert_double_eq_tol(p->geodetic.cov_en_m2, -3600.0, 1e-6);
    ck_assert_uint_eq(decoder_counters(n.decoder).tracks, 1);
}
END_TEST

/* ---- sources, editions, faults ---------------------------------------------------------------------------------------------- */

START_TEST(sources_that_are_not_bound_to_the_feed_are_refused)
{
    struct decoder_settings s = decoder_settings_default();
    s.sources = 1;
    s.source[0] = 0x1482;
    use(&s);
    ck_assert_int_eq(FEED(PLOT_048), 0);
    ck_assert_uint_eq(decoder_counters(n.decoder).refused, 1);
    ck_assert_uint_eq(n.last.kind, NOTICE_SOURCE_REFUSED);
    ck_assert_double_eq(n.last.a, 0x14);
    ck_assert_double_eq(n.last.b, 0x81);
}
END_TEST

START_TEST(each_source_speaks_its_own_edition)
{
    struct decoder_settings s = decoder_settings_default();
    uint8_t bytes[512];
    s.editions = 1;
    s.edition[0] = (struct decoder_edition){.source = 0x1407, .category = 21, .edition = "0.23"};
    use(&s);
    size_t size = block_of(bytes, 21, "0.23", (struct put[]){{"010/SAC", 0x14}, {"010/SIC", 7}, {"030", 28800.5}, {"130/LAT", 0.5}, {"130/LON", 1.0}, {NULL, 0}});
    size += block_of(bytes + size, 21, NULL, (struct put[]){{"010/SAC", 0x14}, {"010/SIC", 8}, {"073", 28800.5}, {"130/LAT", 0.25}, {"130/LON", 1.0}, {NULL, 0}});
    ck_assert_int_eq(feed(bytes, size), 2);
    ck_assert_double_eq_tol(n.reports[0].plot.geodetic.at.lat_rad, 0.5, 4e-7);
    ck_assert_double_eq_tol(n.reports[1].plot.geodetic.at.lat_rad, 0.25, 4e-7);
}
END_TEST

START_TEST(unknown_editions_are_refused_at_birth)
{
    struct decoder_settings s = decoder_settings_default();
    const char *error = NULL;
    s.editions = 1;
    s.edition[0] = (struct decoder_edition){.category = 21, .edition = "9.9"};
    ck_assert_ptr_null(decoder_new(&s, &error));
    ck_assert_ptr_nonnull(error);
}
END_TEST

START_TEST(a_counter_behind_the_block_is_a_trailer_and_costs_nothing)
{
    ck_assert_int_eq(FEED(PLOT_048, 0, 0, 0, 0, 0, 0, 0x12, 0x34), 1);
    struct decoder_counters c = decoder_counters(n.decoder);
    ck_assert_uint_eq(c.trailers, 1);
    ck_assert_uint_eq(c.records_bad + c.blocks_bad + c.categories_unknown, 0);
    ck_assert_double_eq(n.last.a, 8);
}
END_TEST

START_TEST(a_bad_record_costs_itself_and_says_where)
{
    ck_assert_int_eq(FEED(48, 0, 7, 0xFD, 0xD0, 0x14, 0x81, PLOT_048), 1);
    ck_assert_uint_eq(decoder_counters(n.decoder).records_bad, 1);
    ck_assert_uint_eq(n.notices[NOTICE_RECORD_BAD], 1);
    ck_assert_int_eq(FEED(99, 0, 5, 1, 2), 0);
    ck_assert_uint_eq(decoder_counters(n.decoder).categories_unknown, 1);
    ck_assert_int_eq(feed_block(48, NULL, (struct put[]){{"140", 28800.5}, {"040/RHO", 5e4}, {NULL, 0}}), 0); /* nobody's */
    ck_assert_uint_eq(decoder_counters(n.decoder).records_bad, 2);
}
END_TEST

START_TEST(impossible_plots_are_refused_with_a_notice)
{
    ck_assert_int_eq(feed_block(48, NULL, (struct put[]){BASE_048, {"020/TYP", 2}, {"040/RHO", 0.0}, {NULL, 0}}), 0);
    ck_assert_uint_eq(n.notices[NOTICE_PLOT_REFUSED], 1);
    ck_assert_double_eq(n.last.a, ERR_RANGE);
}
END_TEST

START_TEST(every_truncation_and_corruption_is_survived_and_counted)
{
    static const uint8_t good[] = {PLOT_048, 34, 0, 25, 0xED, 0x18, 0x14, 0x81, 0x01, 0x38, 0x40, 0x40, 0x02, 0x00, 0x80, 0x02, 0x00, 0x1B, 0x20, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x02, 0xFF};
    for (size_t size = 0; size < sizeof good; size++)
        (void)feed(good, size);
    for (size_t at = 0; at < sizeof good; at++) {
        for (unsigned value = 0; value < 256; value++) {
            uint8_t bad[sizeof good];
            memcpy(bad, good, sizeof good);
            bad[at] = (uint8_t)value;
            (void)feed(bad, sizeof bad);
            for (unsigned k = 0; k < n.count && k < NOUNS_MOST; k++)
                ck_assert(n.reports[k].kind != REPORT_PLOT || plot_check(&n.reports[k].plot) == 0);
        }
    }
}
END_TEST

/* ---- time ------------------------------------------------------------------------------------------------------------------- */

START_TEST(a_wrong_clock_is_noticed_once_and_its_plots_are_corrected)
{
    for (int k = 0; k < 50; k++) {
        double truth_s = 28800.0 + 0.25 * k;
        n.arrival = instant_add(midnight, truth_s + 1.2);
        ck_assert_int_eq(feed_block(48, NULL, (struct put[]){{"010/SAC", 20}, {"010/SIC", 129}, {"140", truth_s + 1581.7}, {"020/TYP", 2}, {"040/RHO", 5e4}, {NULL, 0}}), 1);
        const struct plot *p = &n.reports[0].plot;
        ck_assert_double_lt(fabs(instant_diff(p->time, midnight) - truth_s), 0.75);
        ck_assert_uint_ne(p->flags & PLOT_TIME_ESTIMATED, 0);
    }
    ck_assert_uint_eq(n.notices[NOTICE_CLOCK_WRONG], 1);
    struct decoder_clock c;
    ck_assert(decoder_clock(n.decoder, 0x1481, &c));
    ck_assert(c.corrected);
    ck_assert_double_eq_tol(c.offset_s, -1581.7, 1.0);
    ck_assert(!decoder_clock(n.decoder, 0x1482, &c));
}
END_TEST

START_TEST(records_without_time_are_stamped_by_arrival_less_latency)
{
    ck_assert_int_eq(feed_block(1, NULL, (struct put[]){{"010/SAC", 1}, {"010/SIC", 2}, {"020/SSRPSR", 2}, {"040/RHO", 5e4}, {NULL, 0}}), 1);
    ck_assert_uint_eq(n.reports[0].plot.flags, PLOT_SECONDARY | PLOT_TIME_ESTIMATED);
    ck_assert_double_eq_tol(instant_diff(arrival, n.reports[0].plot.time), 0.8, 1e-6);
    ck_assert_uint_eq(decoder_counters(n.decoder).no_time, 1);
}
END_TEST

START_TEST(units_without_arrival_follow_their_own_time_across_midnight)
{
    struct decoder_settings s = decoder_settings_default();
    s.date = midnight;
    use(&s);
    n.arrival = INSTANT_NONE;
    struct instant last = INSTANT_NONE;
    for (int k = 0; k < 200; k++) {
        double t = 86399.0 - 300.0 + k * 3.0;
        ck_assert_int_eq(feed_block(48, NULL, (struct put[]){{"010/SAC", 20}, {"010/SIC", 129}, {"140", fmod(t, 86400.0)}, {"020/TYP", 2}, {"040/RHO", 5e4}, {NULL, 0}}), 1);
        const struct plot *p = &n.reports[0].plot;
        ck_assert_double_eq_tol(instant_diff(p->time, midnight), t, 1e-6);
        ck_assert(instant_cmp(p->arrival, last) >= 0);
        ck_assert_uint_eq(p->flags & PLOT_TIME_ESTIMATED, 0);
        last = p->arrival;
    }
}
END_TEST

START_TEST(a_saved_decoder_goes_on_as_it_would_have)
{
    for (int k = 0; k < 20; k++) {
        n.arrival = instant_add(midnight, 100.0 + k);
        (void)feed_block(48, NULL, (struct put[]){{"010/SAC", 20}, {"010/SIC", (double)(k % 3)}, {"140", 1000.0 + k}, {"020/TYP", 2}, {"040/RHO", 5e4}, {NULL, 0}});
    }
    size_t size = decoder_state_size(n.decoder);
    void *state = malloc(size);
    decoder_save(n.decoder, state);
    uint8_t bytes[512];
    size_t octets = block_of(bytes, 48, NULL, (struct put[]){{"010/SAC", 20}, {"010/SIC", 1}, {"140", 1021.0}, {"020/TYP", 2}, {"040/RHO", 5e4}, {NULL, 0}});
    n.arrival = instant_add(midnight, 121.0);
    ck_assert_int_eq(feed(bytes, octets), 1);
    struct plot first = n.reports[0].plot;
    setup();
    n.arrival = instant_add(midnight, 121.0);
    ck_assert_int_eq(decoder_load(n.decoder, state, size - 1), ERR_FORMAT);
    ck_assert_int_eq(decoder_load(n.decoder, state, size), 0);
    ck_assert_int_eq(feed(bytes, octets), 1);
    ck_assert_mem_eq(&first, &n.reports[0].plot, sizeof first);
    ck_assert_uint_eq(decoder_counters(n.decoder).records, 21);
    free(state);
}
END_TEST

/* ---- other formats ---------------------------------------------------------------------------------------------------------- */

static int line(const char *text)
{
    return feed(text, strlen(text));
}

static void use_csv(void)
{
    struct decoder_settings s = decoder_settings_default();
    s.format = DECODER_CSV;
    s.date = midnight;
    use(&s);
    n.arrival = INSTANT_NONE;
    ck_assert_int_eq(line("time_s,sensor_id,sensor_lat,sensor_lon,sensor_alt_m,range_m,azimuth_rad,alt_m,mode_a,mode_s,sigma_r,sigma_az,arrival_s\n"), 0);
}

START_TEST(rows_of_a_plots_file_become_a_sensor_and_plots)
{
    use_csv();
    ck_assert_int_eq(line("10.5000,3,40.0000000,-90.0000000,123.4,50000.00,1.5000000,3048.00,1234,a0b1c2,70.0,0.0013963,12.5000\n"), 2);
    const struct plot *p = &n.reports[1].plot;
    ck_assert_uint_eq(n.reports[0].kind, REPORT_SENSOR);
    ck_assert_uint_eq(n.reports[0].sensor.source, 3);
    ck_assert_double_eq_tol(n.reports[0].sensor.at.lat_rad, 40.0 * UNIT_DEG, 1e-12);
    ck_assert_double_eq_tol(n.reports[0].sensor.at.hae_m, 123.4, 1e-12);
    ck_assert_uint_eq(p->kind, PLOT_POLAR_LEVEL);
    ck_assert_uint_eq(p->flags, PLOT_MODE_S);
    ck_assert_int_eq(p->time.ns, MIDNIGHT_NS + INT64_C(10500000000));
    ck_assert_int_eq(p->arrival.ns, MIDNIGHT_NS + INT64_C(12500000000));
    ck_assert_double_eq(p->polar.sigma_range_m, 70.0);
    ck_assert_uint_eq(p->ident.mode_a, 01234);
    ck_assert_uint_eq(p->ident.mode_s, 0xa0b1c2);
    ck_assert_int_eq(line("10.6000,3,40.0000000,-90.0000000,123.4,50000.00,1.5000000,,,,120.0,0.002,12.6\n"), 1);
    ck_assert_uint_eq(n.reports[0].plot.kind, PLOT_POLAR);
    ck_assert_uint_eq(n.reports[0].plot.flags, PLOT_PRIMARY);
}
END_TEST

START_TEST(bad_lines_are_noticed_by_line_and_column)
{
    use_csv();
    ck_assert_int_eq(line("10.5000,3,40.0,-90.0,123.4,fast,1.5,,,,70.0,0.0013963,12.5\n"), 0);
    ck_assert_uint_eq(n.notices[NOTICE_LINE_BAD], 1);
    ck_assert_double_eq(n.last.a, 2);
    ck_assert_double_eq(n.last.b, 28);
    ck_assert_int_eq(line("1e300,3,40.0,-90.0,123.4,1.0,1.5,,,,70.0,0.0013963,12.5\n"), 0);
    ck_assert_int_eq(line("1,0,40.0,-90.0,123.4,1.0,1.5,,,,70.0,0.0013963,12.5\n"), 0);
    ck_assert_int_eq(line("1,3,40.0,-90.0,123.4,-1.0,1.5,,,,70.0,0.0013963,12.5\n"), 1); /* the sensor is good, its plot is not */
    ck_assert_uint_eq(n.notices[NOTICE_LINE_BAD], 3);
    ck_assert_uint_eq(n.notices[NOTICE_PLOT_REFUSED], 1);
    ck_assert_int_eq(line("\n"), 0);
    ck_assert_uint_eq(decoder_counters(n.decoder).records_bad, 4);
    ck_assert_int_eq(line("sensor_id,range_m,azimuth_rad\n"), 0);
    ck_assert_uint_eq(n.notices[NOTICE_HEADER_BAD], 1);
    ck_assert_uint_eq(n.notices[NOTICE_LINE_BAD], 3);
}
END_TEST

START_TEST(envelopes_bring_reports_and_a_peers_tracks)
{
    struct decoder_settings s = decoder_settings_default();
    uint8_t bytes[ENVELOPE_SIZE];
    struct rng r = rng_init(8);
    s.format = DECODER_PB;
    s.sources = 2;
    struct envelope e = {.node = "north", .nation = "CA", .instant = arrival, .kind = ENVELOPE_REPORT, .report = {.kind = REPORT_PLOT, .plot = nouns_polar(&r)}};
    s.source[0] = e.report.plot.source;
    s.source[1] = 0x0102;
    use(&s);
    ck_assert_int_eq(feed(bytes, (size_t)envelope_encode(&e, bytes, sizeof bytes)), 1);
    e.report.plot.arrival = arrival;
    ck_assert_int_eq(n.reports[0].plot.time.ns, e.report.plot.time.ns);
    ck_assert_double_eq(n.reports[0].plot.polar.range_m, e.report.plot.polar.range_m);
    ck_assert_int_eq(n.reports[0].plot.arrival.ns, arrival.ns);
    s.sources = 1;
    s.source[0] = 0x0102;
    use(&s);
    ck_assert_int_eq(feed(bytes, (size_t)envelope_encode(&e, bytes, sizeof bytes)), 0);
    ck_assert_uint_eq(decoder_counters(n.decoder).refused, 1);
    struct track t = nouns_track(&r);
    t.east_mps = 100.0;
    e.kind = ENVELOPE_TRACK;
    e.track = (struct track_event){.kind = TRACK_DROP, .track = t};
    ck_assert_int_eq(feed(bytes, (size_t)envelope_encode(&e, bytes, sizeof bytes)), 1);
    ck_assert_uint_eq(n.reports[0].plot.kind, PLOT_TRACK);
    ck_assert_uint_eq(n.reports[0].plot.source, 0x0102);
    ck_assert_uint_eq(n.reports[0].plot.geodetic.number, t.number);
    ck_assert_uint_ne(n.reports[0].plot.flags & PLOT_END, 0);
    ck_assert_int_eq(feed("nonsense", 8), 0);
    ck_assert_uint_eq(decoder_counters(n.decoder).records_bad, 1);
}
END_TEST

static TCase *tcase_of(Suite *suite, const char *name)
{
    TCase *t = tcase_create(name);
    tcase_add_checked_fixture(t, setup, teardown);
    suite_add_tcase(suite, t);
    return t;
}

Suite *test_decoder_suite(void)
{
    Suite *suite = suite_create("decoder");
    TCase *t = tcase_of(suite, "vectors");
    tcase_add_test(t, a_mode_s_plot_of_048_reads_as_the_standard_says);
    tcase_add_test(t, a_north_mark_of_034_reads_as_the_standard_says);
    tcase_add_test(t, a_track_of_001_reads_as_the_standard_says);
    t = tcase_of(suite, "meaning");
    tcase_add_test(t, reports_without_detection_or_position_are_no_plots);
    tcase_add_test(t, field_monitors_and_test_targets_are_flagged);
    tcase_add_test(t, doubt_about_codes_and_levels_is_kept);
    tcase_add_test(t, a_measured_height_makes_a_three_dimensional_plot);
    tcase_add_test(t, multilateration_in_the_plane_needs_the_system_reference);
    tcase_add_loop_test(t, every_edition_of_021_gives_the_same_plot, 0, 4);
    tcase_add_test(t, better_accuracy_categories_have_smaller_errors);
    tcase_add_test(t, a_system_track_keeps_its_covariance_and_its_end);
    t = tcase_of(suite, "sources and faults");
    tcase_add_test(t, sources_that_are_not_bound_to_the_feed_are_refused);
    tcase_add_test(t, each_source_speaks_its_own_edition);
    tcase_add_test(t, unknown_editions_are_refused_at_birth);
    tcase_add_test(t, a_counter_behind_the_block_is_a_trailer_and_costs_nothing);
    tcase_add_test(t, a_bad_record_costs_itself_and_says_where);
    tcase_add_test(t, impossible_plots_are_refused_with_a_notice);
    tcase_add_test(t, every_truncation_and_corruption_is_survived_and_counted);
    t = tcase_of(suite, "time");
    tcase_add_test(t, a_wrong_clock_is_noticed_once_and_its_plots_are_corrected);
    tcase_add_test(t, records_without_time_are_stamped_by_arrival_less_latency);
    tcase_add_test(t, units_without_arrival_follow_their_own_time_across_midnight);
    tcase_add_test(t, a_saved_decoder_goes_on_as_it_would_have);
    t = tcase_of(suite, "formats");
    tcase_add_test(t, rows_of_a_plots_file_become_a_sensor_and_plots);
    tcase_add_test(t, bad_lines_are_noticed_by_line_and_column);
    tcase_add_test(t, envelopes_bring_reports_and_a_peers_tracks);
    return suite;
}
