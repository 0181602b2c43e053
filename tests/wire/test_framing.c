#include "wire/framing.h"

#include "base/err.h"
#include "wire/framing_kit.h"
#include "wire/cd2.h"
#include "wire/tape.h"
#include <stdio.h>

#include "support/support.h"

#define LIMIT 4096

static struct framing_kit kit; /* the stream under test; every test begins it anew */

static void be(uint8_t *p, uint64_t value, int octets)
{
    for (int i = 0; i < octets; i++)
        p[i] = (uint8_t)(value >> 8 * (octets - 1 - i));
}

/* One ASTERIX block of a category: n octets of content that looks like anything. */
static size_t block(uint8_t *p, uint8_t category, size_t n, struct rng *r)
{
    p[0] = category;
    be(p + 1, n + 3, 2);
    for (size_t i = 0; i < n; i++)
        p[3 + i] = (uint8_t)rng_below(r, 256);
    return n + 3;
}

static void add_raw(struct rng *r)
{
    uint8_t b[300];
    framing_kit_add(&kit, b, block(b, rng_below(r, 8) ? 48 : 34, 10 + rng_below(r, 80), r));
}

static void add_final(struct rng *r)
{
    uint8_t b[300];
    size_t n = block(b + 8, 62, 10 + rng_below(r, 80), r);
    if (rng_below(r, 3) == 0)
        n += block(b + 8 + n, 65, 9, r);
    be(b, n + 12, 2);
    b[2] = b[3] = 0;
    b[4] = 2;
    be(b + 5, 4100 + kit.size, 3);
    memset(b + 8 + n, 0xa5, 4);
    framing_kit_add(&kit, b, n + 12);
}

static void add_gps(struct rng *r)
{
    uint8_t b[300] = {0};
    size_t n = block(b, 48, 10 + rng_below(r, 80), r);
    memset(b + n, 0, 10);
    be(b + n + 6, 128 * 60 + kit.size, 3);
    framing_kit_add(&kit, b, n + 10);
}

static void add_line(struct rng *r)
{
    char line[128];
    int n = snprintf(line, sizeof line, "%u,%u,row%s\n", rng_below(r, 1000000), rng_below(r, 1000), rng_below(r, 2) ? "\r" : "");
    framing_kit_add(&kit, line, (size_t)n);
}

static void add_pb(struct rng *r)
{
    uint8_t b[300];
    size_t n = 1 + rng_below(r, 250), at = 0;
    if (n < 128)
        b[at++] = (uint8_t)n;
    else {
        b[at++] = (uint8_t)(n | 0x80);
        b[at++] = (uint8_t)(n >> 7);
    }
    for (size_t i = 0; i < n; i++)
        b[at++] = (uint8_t)rng_below(r, 256);
    framing_kit_add(&kit, b, at);
}

static void add_tape(struct rng *r)
{
    uint8_t payload[200], b[300];
    size_t n = block(payload, 48, rng_below(r, 100), r);
    int size = tape_encode(&(struct tape_frame){TAPE_FEED, 3, {(int64_t)kit.size}, payload, n}, b, sizeof b);
    ck_assert_int_gt(size, 0);
    framing_kit_add(&kit, b, (size_t)size);
}

/* A packet of the capture: headers as octets, then payload. big: byte order of the capture. */
static void packet(uint32_t s, const uint8_t *head, size_t head_size, const uint8_t *payload, size_t n, bool big)
{
    uint8_t b[600];
    uint32_t words[4] = {s, 250000, (uint32_t)(head_size + n), (uint32_t)(head_size + n)};
    for (int i = 0; i < 4; i++) {
        be(b + 4 * i, words[i], 4);
        if (!big) {
            uint8_t w[4] = {b[4 * i + 3], b[4 * i + 2], b[4 * i + 1], b[4 * i]};
            memcpy(b + 4 * i, w, 4);
        }
    }
    memcpy(b + 16, head, head_size);
    memcpy(b + 16 + head_size, payload, n);
    framing_kit_add(&kit, b, 16 + head_size + n);
}

static size_t ipv4_udp(uint8_t *p, size_t payload)
{
    memset(p, 0, 28);
    p[0] = 0x45;
    be(p + 2, 28 + payload, 2);
    p[8] = 64;
    p[9] = 17;
    be(p + 12, 0x0a000001, 4);
    be(p + 16, 0xef010203, 4);
    be(p + 20, 40000, 2);
    be(p + 22, 8600, 2);
    be(p + 24, 8 + payload, 2);
    return 28;
}

static void add_cd2(struct rng *r)
{
    uint8_t b[CD2_SIZE];
    struct cd2_message m = {.kind = (uint8_t)(1 + rng_below(r, CD2_KINDS - 1)), .azimuth = (uint16_t)rng_below(r, 4096), .range = (uint16_t)rng_below(r, 4096)};
    framing_kit_add(&kit, b, (size_t)cd2_encode(&m, b, sizeof b));
}

static void pcap_header(uint32_t magic, uint32_t link, bool big)
{
    uint8_t b[24] = {0};
    uint32_t words[6] = {magic, big ? 0x00020004 : 0x00040002, 0, 0, 65535, link};
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 4; j++)
            b[4 * i + j] = (uint8_t)(words[i] >> 8 * (big ? 3 - j : j));
    framing_kit_add(&kit, b, 24);
}

static void add_packet(struct rng *r)
{
    uint8_t payload[300], head[64] = {0};
    size_t n = 0, messages = rng_below(r, 3);
    for (size_t i = 0; i < messages; i++) { /* ORADIS */
        size_t size = block(payload + n + 6, 1, 10 + rng_below(r, 40), r);
        be(payload + n, size + 6, 2);
        be(payload + n + 2, 45826101, 4);
        n += size + 6;
    }
    if (!messages)
        n = block(payload, 48, 10 + rng_below(r, 80), r);
    size_t at = 14;
    be(head + 12, 0x0800, 2);
    if (rng_below(r, 3) == 0) {
        be(head + 12, 0x8100, 2);
        be(head + 16, 0x0800, 2);
        at = 18;
    }
    at += ipv4_udp(head + at, n);
    size_t padding = rng_below(r, 6);
    memset(payload + n, 0, padding);
    packet(1600000000 + (uint32_t)kit.size / 1000, head, at, payload, n + padding, false);
}

static void begin(enum framing_kind kind)
{
    static const uint8_t zeros[2200];
    kit.size = 0;
    if (kind == FRAMING_PCAP)
        pcap_header(0xa1b2c3d4, 1, false);
    if (kind == FRAMING_GPS)
        framing_kit_add(&kit, zeros, sizeof zeros);
    if (kind == FRAMING_TAPE)
        framing_kit_add(&kit, TAPE_MAGIC, TAPE_MAGIC_SIZE);
}

static void (*const adders[FRAMING_KINDS])(struct rng *) = {
    [FRAMING_RAW] = add_raw,     [FRAMING_FINAL] = add_final, [FRAMING_PCAP] = add_packet, [FRAMING_TAPE] = add_tape,
    [FRAMING_LINES] = add_line,  [FRAMING_PB] = add_pb,       [FRAMING_GPS] = add_gps,       [FRAMING_CD2] = add_cd2,
};

static void stream(enum framing_kind kind, int units, struct rng *r)
{
    begin(kind);
    for (int i = 0; i < units; i++)
        adders[kind](r);
}

static struct framing_kit_result whole(enum framing_kind kind)
{
    return framing_kit_run(kind, LIMIT, kit.bytes, kit.size, 0, 0);
}

START_TEST(a_good_stream_is_all_units)
{
    struct rng r = rng_init(11);
    stream((enum framing_kind)_i, 200, &r);
    struct framing_kit_result got = whole((enum framing_kind)_i);
    ck_assert_int_eq(got.faults, 0);
    if (_i == FRAMING_PCAP) /* a packet may hold two ORADIS messages */
        ck_assert_int_ge(got.units, 200);
    else
        ck_assert_int_eq(got.units, 200);
}
END_TEST

START_TEST(cuts_change_nothing)
{
    struct rng r = rng_init(12);
    stream((enum framing_kind)_i, 100, &r);
    struct framing_kit_result want = whole((enum framing_kind)_i);
    static const uint32_t most[] = {1, 2, 7, 50, 1000};
    for (size_t i = 0; i < 5; i++)
        for (uint64_t seed = 1; seed < 5; seed++)
            ck_assert_uint_eq(framing_kit_run((enum framing_kind)_i, LIMIT, kit.bytes, kit.size, most[i], seed).digest, want.digest);
}
END_TEST

START_TEST(cuts_change_nothing_in_damaged_streams)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct rng r = rng_init(seed);
        stream((enum framing_kind)_i, 60, &r);
        for (uint32_t hits = 1 + rng_below(&r, 5); hits > 0; hits--)
            kit.bytes[rng_below(&r, (uint32_t)kit.size)] = (uint8_t)rng_below(&r, 256);
        size_t size = kit.size - rng_below(&r, 40);
        struct framing_kit_result want = framing_kit_run((enum framing_kind)_i, LIMIT, kit.bytes, size, 0, 0);
        for (uint32_t most = 1; most < 300; most *= 6)
            ck_assert_msg(framing_kit_run((enum framing_kind)_i, LIMIT, kit.bytes, size, most, seed).digest == want.digest, "SEED=%u most=%u",
                          (unsigned)seed, most);
    }
}
END_TEST

START_TEST(a_damaged_octet_costs_few_units)
{
    int lost_most = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct rng r = rng_init(seed);
        stream((enum framing_kind)_i, 100, &r);
        int want = whole((enum framing_kind)_i).units;
        size_t head = _i == FRAMING_PCAP ? 24 : _i == FRAMING_TAPE ? 16 : 0;
        kit.bytes[head + rng_below(&r, (uint32_t)(kit.size * 2 / 3))] ^= (uint8_t)(1 << rng_below(&r, 8));
        int lost = want - whole((enum framing_kind)_i).units;
        lost_most = lost > lost_most ? lost : lost_most;
    }
    ck_assert_int_le(lost_most, 4); /* the damaged one, one that a damaged length swallowed, and what it takes to believe again */
}
END_TEST

START_TEST(junk_between_blocks_is_one_fault_with_its_place)
{
    struct rng r = rng_init(14);
    stream(FRAMING_RAW, 20, &r);
    size_t at = kit.size;
    static const uint8_t junk[37] = {0};
    framing_kit_add(&kit, junk, sizeof junk);
    for (int i = 0; i < 20; i++)
        add_raw(&r);
    struct framing_kit_result got = whole(FRAMING_RAW);
    ck_assert_int_eq(got.units, 40);
    ck_assert_int_eq(got.faults, 1);
    ck_assert_int_eq(got.first_code, ERR_FORMAT);
    ck_assert_uint_eq(got.first_fault.offset, at);
    ck_assert_uint_eq(got.first_fault.size, sizeof junk);
}
END_TEST

START_TEST(a_torn_end_is_said)
{
    static const int silent[FRAMING_KINDS] = {[FRAMING_LINES] = 1};
    struct rng r = rng_init(15);
    stream((enum framing_kind)_i, 10, &r);
    int want = whole((enum framing_kind)_i).units;
    struct framing_kit_result got = framing_kit_run((enum framing_kind)_i, LIMIT, kit.bytes, kit.size - 1, 0, 0);
    if (silent[_i]) { /* the last line needs no end */
        ck_assert_int_eq(got.units, want);
        return;
    }
    ck_assert_int_lt(got.units, want);
    ck_assert_int_ge(got.faults, 1);
    ck_assert_int_eq(got.first_code, ERR_TRUNCATED);
}
END_TEST

START_TEST(final_has_day_and_time_of_recording)
{
    struct rng r = rng_init(16);
    begin(FRAMING_FINAL);
    add_final(&r);
    ck_assert_int_eq(whole(FRAMING_FINAL).last_unit.arrival.ns, 2 * INSTANT_DAY_NS + (int64_t)41 * 1000000000);
}
END_TEST

START_TEST(capture_gives_time_and_addresses_in_both_orders_and_units)
{
    static const uint32_t magics[] = {0xa1b2c3d4, 0xa1b23c4d};
    uint8_t head[64], payload[] = {48, 0, 4, 0};
    bool big = _i & 1, nano = _i & 2;
    kit.size = 0;
    pcap_header(magics[nano], 101, big);
    packet(1600000000, head, ipv4_udp(head, 4), payload, 4, big);
    struct framing_kit_result got = whole(FRAMING_PCAP);
    ck_assert_int_eq(got.units, 1);
    ck_assert_int_eq(got.last_unit.arrival.ns, 1600000000 * INT64_C(1000000000) + (nano ? 250000 : 250000000));
    ck_assert_uint_eq(got.last_unit.from_ipv4, 0x0a000001);
    ck_assert_uint_eq(got.last_unit.to_ipv4, 0xef010203);
    ck_assert_uint_eq(got.last_unit.to_port, 8600);
    ck_assert_uint_eq(got.last_unit.offset, 24 + 16 + 28);
}
END_TEST

START_TEST(links_and_ipv6_are_unwrapped)
{
    static const struct { uint32_t link; size_t size, protocol_at; } links[] = {{1, 14, 12}, {113, 16, 14}, {276, 20, 0}, {101, 0, 0}, {229, 0, 0}};
    for (size_t i = 0; i < 5; i++) {
        uint8_t head[128] = {0}, payload[] = {48, 0, 4, 0};
        size_t at = links[i].size;
        if (at)
            be(head + links[i].protocol_at, 0x86dd, 2);
        head[at] = 0x60;
        be(head + at + 4, 8 + 8 + 4, 2); /* an extension header, UDP, payload */
        head[at + 6] = 60;
        head[at + 40] = 17;
        be(head + at + 50, 8600, 2);
        be(head + at + 52, 12, 2);
        kit.size = 0;
        pcap_header(0xa1b2c3d4, links[i].link, false);
        packet(1, head, at + 56, payload, 4, false);
        struct framing_kit_result got = whole(FRAMING_PCAP);
        ck_assert_int_eq(got.units, 1);
        ck_assert_uint_eq(got.last_unit.size, 4);
    }
}
END_TEST

START_TEST(unwanted_packets_are_faults_that_say_what_was_expected)
{
    static const struct { size_t at; uint8_t value; int code; const char *word; } rows[] = {
        {9, 6, ERR_UNKNOWN, "UDP"},             {6, 0x20, ERR_UNKNOWN, "piece"},   {3, 200, ERR_TRUNCATED, "whole"},
        {0, 0x43, ERR_FORMAT, "IPv4"},          {25, 3, ERR_LENGTH, "UDP header"}, {25, 200, ERR_LENGTH, "UDP header"},
    };
    uint8_t head[64], payload[] = {48, 0, 4, 0};
    kit.size = 0;
    pcap_header(0xa1b2c3d4, 101, false);
    ipv4_udp(head, 4);
    head[rows[_i].at] = rows[_i].value;
    packet(5, head, 28, payload, 4, false);
    ipv4_udp(head, 4);
    packet(5, head, 28, payload, 4, false);
    struct framing_kit_result got = whole(FRAMING_PCAP);
    ck_assert_int_eq(got.units, 1);
    ck_assert_int_eq(got.faults, 1);
    ck_assert_int_eq(got.first_code, rows[_i].code);
    ck_assert_uint_eq(got.first_fault.offset, 24);
    ck_assert_uint_eq(got.first_fault.size, 48);
    ck_assert_ptr_nonnull(strstr(got.first_fault.expected, rows[_i].word));
}
END_TEST

START_TEST(oradis_messages_are_units_of_their_own)
{
    uint8_t head[64], payload[] = {0, 10, 1, 2, 3, 4, 1, 0, 4, 0x80, 0, 11, 1, 2, 3, 5, 2, 0, 5, 0x80, 1};
    kit.size = 0;
    pcap_header(0xa1b2c3d4, 101, false);
    packet(5, head, ipv4_udp(head, sizeof payload), payload, sizeof payload, false);
    struct framing_kit_result got = whole(FRAMING_PCAP);
    ck_assert_int_eq(got.units, 2);
    ck_assert_uint_eq(got.last_unit.size, 5);
    ck_assert_int_eq(got.last_unit.arrival.ns, INT64_C(5250000000));
    payload[11] = 12; /* one octet too many: then it is no ORADIS at all */
    kit.size = 0;
    pcap_header(0xa1b2c3d4, 101, false);
    packet(5, head, ipv4_udp(head, sizeof payload), payload, sizeof payload, false);
    ck_assert_int_eq(whole(FRAMING_PCAP).units, 1);
}
END_TEST

START_TEST(too_large_units_are_refused_and_passed_over)
{
    static uint8_t line[LIMIT + 2];
    memset(line, 'x', sizeof line);
    line[LIMIT + 1] = '\n';
    kit.size = 0;
    framing_kit_add(&kit, "a,b\n", 4);
    framing_kit_add(&kit, line, sizeof line);
    framing_kit_add(&kit, "c,d", 3);
    struct framing_kit_result got = framing_kit_run(FRAMING_LINES, LIMIT, kit.bytes, kit.size, 100, 1);
    ck_assert_int_eq(got.units, 2);
    ck_assert_int_eq(got.faults, 1);
    ck_assert_uint_eq(got.first_fault.size, sizeof line);
    kit.size = 0;
    const uint8_t length[] = {0x81, 0x20}; /* 4097 */
    framing_kit_add(&kit, length, 2);
    framing_kit_add(&kit, line, LIMIT + 1);
    framing_kit_add(&kit, "\1x", 2);
    got = framing_kit_run(FRAMING_PB, LIMIT, kit.bytes, kit.size, 100, 1);
    ck_assert_int_eq(got.units, 1);
    ck_assert_int_eq(got.first_code, ERR_LENGTH);
}
END_TEST

START_TEST(snapshots_that_are_too_large_are_passed_over)
{
    static uint8_t big[LIMIT + 1], frame[LIMIT + 100];
    struct rng r = rng_init(17);
    begin(FRAMING_TAPE);
    add_tape(&r);
    int n = tape_encode(&(struct tape_frame){TAPE_SNAPSHOT, 0, {0}, big, sizeof big}, frame, sizeof frame);
    framing_kit_add(&kit, frame, (size_t)n);
    add_tape(&r);
    struct framing_kit_result got = whole(FRAMING_TAPE);
    ck_assert_int_eq(got.units, 2);
    ck_assert_int_eq(got.faults, 0);
}
END_TEST

START_TEST(containers_are_known_by_their_content)
{
    static const char *const names[FRAMING_KINDS] = {[FRAMING_PB] = "x.pb", [FRAMING_GPS] = "dir/x.GPS", [FRAMING_CD2] = "x.cd2"};
    struct rng r = rng_init(18);
    stream((enum framing_kind)_i, 100, &r);
    ck_assert_int_eq(framing_sniff(kit.bytes, kit.size, names[_i]), _i);
}
END_TEST

START_TEST(what_is_no_container_is_unknown)
{
    static const uint8_t zeros[64];
    ck_assert_int_eq(framing_sniff(zeros, sizeof zeros, "x"), ERR_UNKNOWN);
    ck_assert_int_eq(framing_sniff((const uint8_t *)"hello\nworld, or so", 18, NULL), ERR_UNKNOWN);
    ck_assert_int_eq(framing_sniff(zeros, 0, NULL), ERR_UNKNOWN);
    for (int i = 0; i < FRAMING_KINDS; i++)
        ck_assert_uint_gt(strlen(framing_name((enum framing_kind)i)), 1);
}
END_TEST

Suite *test_framing_suite(void);
Suite *test_framing_suite(void)
{
    Suite *s = suite_create("framing");
    TCase *c = tcase_create("units");
    tcase_add_loop_test(c, a_good_stream_is_all_units, 0, FRAMING_KINDS);
    tcase_add_test(c, final_has_day_and_time_of_recording);
    tcase_add_loop_test(c, capture_gives_time_and_addresses_in_both_orders_and_units, 0, 4);
    tcase_add_test(c, links_and_ipv6_are_unwrapped);
    tcase_add_test(c, oradis_messages_are_units_of_their_own);
    tcase_add_test(c, snapshots_that_are_too_large_are_passed_over);
    suite_add_tcase(s, c);
    c = tcase_create("property");
    tcase_add_loop_test(c, cuts_change_nothing, 0, FRAMING_KINDS);
    tcase_add_loop_test(c, cuts_change_nothing_in_damaged_streams, 0, FRAMING_KINDS);
    suite_add_tcase(s, c);
    c = tcase_create("hostile");
    tcase_add_loop_test(c, a_damaged_octet_costs_few_units, 0, FRAMING_PB);
    tcase_add_test(c, junk_between_blocks_is_one_fault_with_its_place);
    tcase_add_loop_test(c, a_torn_end_is_said, 0, FRAMING_KINDS);
    tcase_add_loop_test(c, unwanted_packets_are_faults_that_say_what_was_expected, 0, 6);
    tcase_add_test(c, too_large_units_are_refused_and_passed_over);
    suite_add_tcase(s, c);
    c = tcase_create("sniffing");
    tcase_add_loop_test(c, containers_are_known_by_their_content, 0, FRAMING_KINDS);
    tcase_add_test(c, what_is_no_container_is_unknown);
    suite_add_tcase(s, c);
    return s;
}
