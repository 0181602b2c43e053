#include "wire/cd2.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"
#include "nouns.h"
#include "support/support.h"
#include "wire/framing.h"
#include "wire/plot_out.h"

#define RADAR 0xD205 /* 210/5 */

/* Worked out by hand from doc/cd2.md. */
static const struct {
    struct cd2_message m;
    size_t size;
    uint8_t bytes[CD2_SIZE];
} vectors[] = {
    {{.kind = CD2_NORTH}, 2, {0x86, 0x00}},
    {{.kind = CD2_SOUTH}, 2, {0x97, 0x00}},
    {{.kind = CD2_STATUS, .not_operational = 1}, 2, {0x88, 0x02}},
    {{.kind = CD2_SECTOR, .azimuth = 128}, 4, {0x85, 0x00, 0x00, 0x80}},
    {{.kind = CD2_SEARCH, .quality = 2, .azimuth = 1, .range = 4095}, 6, {0x81, 0x02, 0x00, 0x01, 0x1f, 0xff}},
    {{.kind = CD2_BEACON, .reinforced = 1, .has_code = 1, .azimuth = 4095, .range = 800, .code = 01234, .level_fl = -3},
     10, {0x92, 0x90, 0x1f, 0xff, 0x03, 0x20, 0x02, 0x9c, 0x0f, 0xfd}},
};
#define VECTORS (sizeof vectors / sizeof *vectors)

START_TEST(messages_are_the_octets_of_the_document)
{
    uint8_t bytes[CD2_SIZE];
    struct cd2_message m;
    ck_assert_int_eq(cd2_encode(&vectors[_i].m, bytes, sizeof bytes), (int)vectors[_i].size);
    ck_assert_mem_eq(bytes, vectors[_i].bytes, vectors[_i].size);
    ck_assert_int_eq(cd2_decode(bytes, vectors[_i].size, &m), (int)vectors[_i].size);
    ck_assert_mem_eq(&m, &vectors[_i].m, sizeof m);
}
END_TEST

START_TEST(every_truncation_is_refused)
{
    struct cd2_message m;
    for (size_t size = 0; size < vectors[_i].size; size++)
        ck_assert_int_eq(cd2_decode(vectors[_i].bytes, size, &m), ERR_TRUNCATED);
}
END_TEST

START_TEST(every_flipped_bit_is_refused)
{
    struct cd2_message m;
    for (size_t bit = 0; bit < 8 * vectors[_i].size; bit++) {
        uint8_t bytes[CD2_SIZE];
        memcpy(bytes, vectors[_i].bytes, sizeof bytes);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        ck_assert_int_eq(cd2_decode(bytes, vectors[_i].size, &m), ERR_CHECKSUM);
    }
}
END_TEST

START_TEST(values_that_have_no_place_are_refused)
{
    uint8_t bytes[CD2_SIZE];
    struct cd2_message far = {.kind = CD2_SEARCH, .range = 4096}, loud = {.kind = CD2_SEARCH, .quality = 8}, high = {.kind = CD2_BEACON, .level_fl = 2048};
    struct cd2_message none = {0}, north = {.kind = CD2_NORTH};
    ck_assert_int_eq(cd2_encode(&far, bytes, sizeof bytes), ERR_RANGE);
    ck_assert_int_eq(cd2_encode(&loud, bytes, sizeof bytes), ERR_RANGE);
    ck_assert_int_eq(cd2_encode(&high, bytes, sizeof bytes), ERR_RANGE);
    ck_assert_int_eq(cd2_encode(&none, bytes, sizeof bytes), ERR_UNKNOWN);
    ck_assert_int_eq(cd2_encode(&north, bytes, 1), ERR_FULL);
}
END_TEST

static double turn(double rad)
{
    return fabs(remainder(rad, 2.0 * UNIT_PI));
}

static void check_plot(const struct plot *in, const struct plot *out)
{
    bool beacon = (in->flags & (PLOT_SECONDARY | PLOT_MODE_S)) != 0;
    ck_assert_double_le(fabs(out->polar.range_m - in->polar.range_m), UNIT_NM / 16.0 + 1e-6);
    ck_assert_double_le(turn(out->polar.azimuth_rad - in->polar.azimuth_rad), UNIT_PI / 4096.0 + 1e-9);
    ck_assert_int_eq((out->flags & PLOT_SECONDARY) != 0, beacon);
    ck_assert_int_eq((out->flags & PLOT_PRIMARY) != 0, !beacon || (in->flags & PLOT_PRIMARY) != 0);
    ck_assert_int_eq((out->flags & PLOT_TEST) != 0, (in->flags & PLOT_TEST) != 0);
    ck_assert_int_eq((out->ident.flags & IDENT_MODE_A) != 0, beacon && (in->ident.flags & IDENT_MODE_A));
    if (out->ident.flags & IDENT_MODE_A)
        ck_assert_uint_eq(out->ident.mode_a, in->ident.mode_a);
    if (out->level.flags & LEVEL_PRESSURE)
        ck_assert_double_le(fabs(out->level.pressure_m - in->level.pressure_m), 50.0 * UNIT_FT + 1e-6);
}

START_TEST(plots_come_back_within_the_counts)
{
    struct rng rng = rng_stream(20, (uint64_t)_i);
    unsigned said = 0;
    for (int k = 0; k < 2000; k++) {
        struct report in = {.kind = REPORT_PLOT, .plot = nouns_polar(&rng)}, out, again;
        struct cd2_message m, twice;
        int code = cd2_from_report(&in, &m);
        ck_assert(code == 0 || code == ERR_RANGE);
        if (code)
            continue;
        said++;
        ck_assert_int_eq(cd2_report(&m, &out), 0);
        check_plot(&in.plot, &out.plot);
        ck_assert_int_eq(cd2_from_report(&out, &twice), 0); /* the second trip loses nothing */
        ck_assert_mem_eq(&m, &twice, sizeof m);
        ck_assert_int_eq(cd2_report(&twice, &again), 0);
        ck_assert_mem_eq(&again, &out, sizeof out);
    }
    ck_assert_uint_gt(said, 500);
}
END_TEST

START_TEST(what_is_too_near_or_too_far_is_refused)
{
    struct report r = {.kind = REPORT_PLOT, .plot = {.kind = PLOT_POLAR, .flags = PLOT_PRIMARY, .polar = {.range_m = 0.05 * UNIT_NM}}};
    struct cd2_message m;
    ck_assert_int_eq(cd2_from_report(&r, &m), ERR_RANGE);
    r.plot.polar.range_m = 512.0 * UNIT_NM;
    ck_assert_int_eq(cd2_from_report(&r, &m), ERR_RANGE);
    r.plot.kind = PLOT_GEODETIC;
    ck_assert_int_eq(cd2_from_report(&r, &m), ERR_UNKNOWN);
}
END_TEST

/* ---- through plot_out and the decoder ---- */

static struct decoder *line_decoder(void)
{
    struct decoder_settings s = decoder_settings_default();
    s.format = DECODER_CD2;
    s.sources = 1;
    s.source[0] = RADAR;
    return decoder_new(&s, NULL);
}

/* A sector's worth: a beacon report, a search report, the mark. Returns the octets of its one datagram. */
struct datagram {
    uint8_t bytes[OUT_LIMIT];
    size_t size;
};

static void keep(void *context, const uint8_t *bytes, size_t size)
{
    struct datagram *d = context;
    memcpy(d->bytes, bytes, size);
    d->size = size;
}

static struct datagram sector(void)
{
    struct datagram d = {.size = 0};
    struct plot_out *o = plot_out_new(PLOT_OUT_CD2);
    struct out_sink sink = {keep, &d};
    struct report r = {.kind = REPORT_PLOT};
    r.plot = (struct plot){.kind = PLOT_POLAR_LEVEL, .flags = PLOT_SECONDARY, .polar = {.range_m = 100.0 * UNIT_NM, .azimuth_rad = 0.1}};
    r.plot.ident = (struct ident){.flags = IDENT_MODE_A, .mode_a = 04321};
    r.plot.level = (struct level){.flags = LEVEL_PRESSURE, .pressure_m = 35000.0 * UNIT_FT};
    ck_assert_int_eq(plot_out_input(o, &r, &sink), 0);
    r.plot = (struct plot){.kind = PLOT_POLAR, .flags = PLOT_PRIMARY, .polar = {.range_m = 40.0 * UNIT_NM, .azimuth_rad = 0.15}};
    ck_assert_int_eq(plot_out_input(o, &r, &sink), 0);
    r = (struct report){.kind = REPORT_SERVICE, .service = {.kind = SERVICE_SECTOR, .azimuth_rad = 2.0 * UNIT_PI / 32.0}};
    ck_assert_int_eq(plot_out_input(o, &r, &sink), 0);
    plot_out_drain(o, &sink);
    plot_out_free(o);
    ck_assert_uint_eq(d.size, 10 + 6 + 4);
    return d;
}

START_TEST(the_line_gets_its_feeds_source_and_the_time_of_its_arrival)
{
    struct datagram d = sector();
    struct nouns n = {.decoder = line_decoder()};
    struct decoder_sink sink = nouns_sink(&n);
    struct instant arrival = {INT64_C(1800000000) * 1000000000};
    ck_assert_int_eq(decoder_input(n.decoder, d.bytes, d.size, 0, arrival, &sink), 3);
    ck_assert_uint_eq(n.count, 3);
    for (unsigned k = 0; k < 2; k++) {
        const struct plot *p = &n.reports[k].plot;
        ck_assert_uint_eq(p->source, RADAR);
        ck_assert_uint_ne(p->flags & PLOT_TIME_ESTIMATED, 0);
        ck_assert_double_eq_tol(instant_diff(arrival, p->time), 0.8, 1e-6);
        ck_assert_int_eq(instant_cmp(p->arrival, arrival), 0);
    }
    ck_assert_uint_eq(n.reports[0].plot.ident.mode_a, 04321);
    ck_assert_double_eq_tol(n.reports[0].plot.level.pressure_m, 35000.0 * UNIT_FT, 1e-6);
    ck_assert_int_eq(n.reports[2].kind, REPORT_SERVICE);
    ck_assert_int_eq(n.reports[2].service.kind, SERVICE_SECTOR);
    ck_assert_double_eq_tol(n.reports[2].service.azimuth_rad, 2.0 * UNIT_PI / 32.0, 1e-9);
    decoder_free(n.decoder);
}
END_TEST

START_TEST(one_damaged_message_costs_that_message_alone)
{
    struct datagram good = sector();
    for (size_t bit = 0; bit < 8 * good.size; bit++) {
        struct datagram d = good;
        struct nouns n = {.decoder = line_decoder()};
        struct decoder_sink sink = nouns_sink(&n);
        d.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        ck_assert_int_eq(decoder_input(n.decoder, d.bytes, d.size, 0, (struct instant){1}, &sink), 2);
        ck_assert_uint_eq(decoder_counters(n.decoder).records_bad, 1);
        ck_assert_uint_eq(n.notices[NOTICE_RECORD_BAD], 1);
        decoder_free(n.decoder);
    }
}
END_TEST

START_TEST(a_cut_datagram_gives_its_whole_messages)
{
    struct datagram d = sector();
    for (size_t size = 0; size < d.size; size++) {
        struct nouns n = {.decoder = line_decoder()};
        struct decoder_sink sink = nouns_sink(&n);
        int whole = (size >= 10) + (size >= 16);
        ck_assert_int_eq(decoder_input(n.decoder, d.bytes, size, 0, (struct instant){1}, &sink), whole);
        ck_assert_uint_eq(decoder_counters(n.decoder).records_bad, size != 0 && size != 10 && size != 16);
        decoder_free(n.decoder);
    }
}
END_TEST

START_TEST(a_line_without_its_one_source_is_refused)
{
    struct decoder_settings s = decoder_settings_default();
    const char *error = NULL;
    s.format = DECODER_CD2;
    ck_assert_ptr_null(decoder_new(&s, &error));
    ck_assert_ptr_nonnull(error);
}
END_TEST

/* A stream cut anywhere, with junk in front of each message, gives every message. */
START_TEST(a_stream_finds_every_message_again)
{
    struct datagram d = sector();
    uint8_t stream[64] = {0x41, 0x42, 0x43};
    memcpy(stream + 3, d.bytes, d.size);
    stream[3 + d.size] = 0x17;
    memcpy(stream + 4 + d.size, d.bytes, d.size);
    size_t size = 4 + 2 * d.size;
    for (size_t piece = 1; piece <= size; piece++) {
        struct framing *f = framing_new(FRAMING_CD2, 64);
        struct framing_unit unit;
        struct framing_fault fault;
        unsigned units = 0, faults = 0;
        int code = 0;
        for (size_t at = 0; at < size; at += piece) {
            framing_put(f, stream + at, piece < size - at ? piece : size - at);
            while ((code = framing_next(f, &unit, &fault)) != 0)
                *(code > 0 ? &units : &faults) += 1;
        }
        ck_assert_uint_eq(units, 6);
        ck_assert_uint_eq(faults, 2);
        framing_free(f);
    }
}
END_TEST

Suite *test_cd2_suite(void);
Suite *test_cd2_suite(void)
{
    Suite *s = suite_create("cd2");
    TCase *t = tcase_create("cd2");
    tcase_add_loop_test(t, messages_are_the_octets_of_the_document, 0, (int)VECTORS);
    tcase_add_loop_test(t, every_truncation_is_refused, 0, (int)VECTORS);
    tcase_add_loop_test(t, every_flipped_bit_is_refused, 0, (int)VECTORS);
    tcase_add_test(t, values_that_have_no_place_are_refused);
    tcase_add_loop_test(t, plots_come_back_within_the_counts, 0, 3);
    tcase_add_test(t, what_is_too_near_or_too_far_is_refused);
    tcase_add_test(t, the_line_gets_its_feeds_source_and_the_time_of_its_arrival);
    tcase_add_test(t, one_damaged_message_costs_that_message_alone);
    tcase_add_test(t, a_cut_datagram_gives_its_whole_messages);
    tcase_add_test(t, a_line_without_its_one_source_is_refused);
    tcase_add_test(t, a_stream_finds_every_message_again);
    suite_add_tcase(s, t);
    return s;
}
