/* What an independent decoder says of everything that this program sends: nothing malformed, no expert notice, and the values that were meant. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/unit.h"
#include "nouns.h"
#include "support/support.h"
#include "wire/plot_out.h"
#include "wire/system_track.h"

static char path[64];
static FILE *pcap;

static void put32(uint32_t v)
{
    ck_assert_uint_eq(fwrite(&v, sizeof v, 1, pcap), 1);
}

/* A UDP datagram to port 8600 in a raw IPv4 packet (link type 101). */
static void packet(void *context, const uint8_t *bytes, size_t size)
{
    unsigned *count = context;
    uint32_t total = (uint32_t)size + 28, udp = (uint32_t)size + 8;
    uint8_t head[28] = {0x45, 0, (uint8_t)(total >> 8), (uint8_t)total, 0, 0, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1, 0x21, 0x98, 0x21, 0x98, (uint8_t)(udp >> 8), (uint8_t)udp, 0, 0};
    put32(1800000000);
    put32(0);
    put32(total);
    put32(total);
    ck_assert_uint_eq(fwrite(head, sizeof head, 1, pcap), 1);
    ck_assert_uint_eq(fwrite(bytes, size, 1, pcap), 1);
    ++*count;
}

/* One record as a datagram of its own. */
static void record(const struct out_sink *sink, unsigned category, const uint8_t *bytes, int size)
{
    uint8_t datagram[3 + SYSTEM_TRACK_RECORD] = {(uint8_t)category, 0, (uint8_t)(size + 3)};
    ck_assert_int_gt(size, 0);
    memcpy(datagram + 3, bytes, (size_t)size);
    sink->datagram(sink->context, datagram, (size_t)size + 3);
}

static void begin(void)
{
    snprintf(path, sizeof path, "/tmp/airseam-tshark-XXXXXX");
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    pcap = fdopen(descriptor, "wb");
    put32(0xa1b2c3d4);
    put32(2 | 4 << 16);
    put32(0);
    put32(0);
    put32(65535);
    put32(101);
}

/* First line that tshark prints for a filter or fields; false when it prints none. */
static bool asked(const char *options, char *line, size_t size)
{
    char command[512];
    snprintf(command, sizeof command, "tshark -r %s -d udp.port==8600,asterix %s 2>/dev/null", path, options);
    FILE *p = popen(command, "r");
    ck_assert_ptr_nonnull(p);
    bool some = fgets(line, (int)size, p) != NULL;
    while (fgetc(p) != EOF)
        ;
    pclose(p);
    return some;
}

static bool ready(void)
{
    if (system("command -v tshark >/dev/null 2>&1") == 0)
        return true;
    support_skip("tshark is not installed");
    return false;
}

START_TEST(nothing_that_is_sent_is_malformed_or_worth_a_notice)
{
    if (!ready())
        return;
    unsigned count = 0;
    struct out_sink sink = {packet, &count};
    struct rng r = rng_init(11);
    begin();
    for (int k = 0; k < 3; k++) {
        struct plot_out *o = plot_out_new((const unsigned[]){48, 1, 21}[k]);
        for (int j = 0; j < 300; j++) {
            struct report plot = {.kind = REPORT_PLOT, .plot = k == 2 ? nouns_geodetic(&r) : nouns_polar(&r)};
            struct report service = {.kind = REPORT_SERVICE, .service = nouns_service(&r)};
            ck_assert_int_eq(plot_out_input(o, &plot, &sink), 0);
            if (k < 2 && j % 10 == 0)
                ck_assert_int_eq(plot_out_input(o, &service, &sink), 0);
        }
        plot_out_drain(o, &sink);
        plot_out_free(o);
    }
    struct system_track *writer = system_track_new(9, 8);
    for (int j = 0; j < 500; j++) {
        struct track_event e = {.kind = (uint8_t)(j % TRACK_EVENTS), .track = nouns_track(&r)};
        uint8_t bytes[SYSTEM_TRACK_RECORD];
        e.track.number = (uint32_t)(j / TRACK_EVENTS);
        record(&sink, 62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    }
    for (uint16_t j = 0; j < 16; j++) {
        struct system_track_sensor s = {.source = j, .connected = j & 1, .degraded = j & 2, .time_invalid = j & 4, .clock_known = j & 8, .clock_offset_s = j};
        uint8_t bytes[SYSTEM_TRACK_RECORD];
        record(&sink, 63, bytes, system_track_encode_sensor(writer, &s, (struct instant){j * INT64_C(1000000000)}, bytes, sizeof bytes));
    }
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    record(&sink, 65, bytes, system_track_encode_batch(writer, 255, (struct instant){0}, bytes, sizeof bytes));
    record(&sink, 65, bytes, system_track_encode_status(writer, &(struct system_track_status){.degraded = true}, (struct instant){0}, bytes, sizeof bytes));
    system_track_free(writer);
    fclose(pcap);
    char line[256] = "", expected[32];
    ck_assert_msg(!asked("-Y '_ws.malformed || _ws.expert || !asterix'", line, sizeof line), "tshark: %s (%s)", line, path);
    ck_assert(asked("-T fields -e frame.number | tail -1", line, sizeof line));
    snprintf(expected, sizeof expected, "%u\n", count);
    ck_assert_str_eq(line, expected);
    remove(path);
}
END_TEST

START_TEST(a_system_track_reads_as_it_was_meant)
{
    if (!ready())
        return;
    unsigned count = 0;
    struct out_sink sink = {packet, &count};
    struct track_event e = {.kind = TRACK_NEW, .track = {.number = 123456, .flags = TRACK_CONFIRMED, .time = {INT64_C(28800500000000)}, .born = {INT64_C(28790500000000)},
                            .at = {49.5 * UNIT_DEG, -97.25 * UNIT_DEG, 0.0}, .east_mps = 200.25, .north_mps = -60.5,
                            .level = {.pressure_m = 350 * UNIT_FL, .flags = LEVEL_PRESSURE}, .level_time = {INT64_C(28798500000000)},
                            .ident = {.mode_s = 0xC01234, .mode_a = 02345, .flags = IDENT_MODE_S | IDENT_MODE_A}}};
    for (int k = 0; k < TRACK_AGES; k++)
        e.track.age[k] = INSTANT_NONE;
    (void)ident_set_callsign(&e.track.ident, "ACA123", 6);
    begin();
    struct system_track *writer = system_track_new(9, 8);
    uint8_t bytes[SYSTEM_TRACK_RECORD];
    record(&sink, 62, bytes, system_track_encode(writer, &e, bytes, sizeof bytes));
    system_track_free(writer);
    fclose(pcap);
    char line[256] = "";
    ck_assert(asked("-T fields -E separator=' ' -e asterix.062_040_VALUE -e asterix.062_105_LAT -e asterix.062_105_LON -e asterix.062_185_VX -e asterix.062_185_VY -e asterix.062_136_VALUE",
                    line, sizeof line));
    double number = 0.0, lat = 0.0, lon = 0.0, vx = 0.0, vy = 0.0, level = 0.0;
    ck_assert_msg(sscanf(line, "%lf %lf %lf %lf %lf %lf", &number, &lat, &lon, &vx, &vy, &level) == 6, "tshark: %s", line);
    ck_assert_double_eq(number, 1.0);
    ck_assert_double_eq_tol(lat, 49.5, 1e-5);
    ck_assert_double_eq_tol(lon, -97.25, 1e-5);
    ck_assert_double_eq_tol(vx, 200.25, 1e-6);
    ck_assert_double_eq_tol(vy, -60.5, 1e-6);
    ck_assert_double_eq_tol(level, 350.0, 1e-6);
    remove(path);
}
END_TEST

Suite *test_tshark_suite(void)
{
    Suite *suite = suite_create("tshark");
    TCase *t = tcase_create("an independent decoder");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, nothing_that_is_sent_is_malformed_or_worth_a_notice);
    tcase_add_test(t, a_system_track_reads_as_it_was_meant);
    suite_add_tcase(suite, t);
    return suite;
}
