#include "wire/coordination.h"

#include "base/err.h"
#include "base/rng.h"
#include "support/support.h"
#include "wire/framing.h"
#include <string.h>

static struct message example(unsigned kind)
{
    struct message m = {.kind = (uint8_t)kind, .act = kind == MESSAGE_RTA ? MESSAGE_RECALL : MESSAGE_NO_ACT, .reason = MESSAGE_REASON_REFUSED, .by_voice = true,
                        .from_sender = true, .number = 1ull << 40, .acknowledges = 7, .first = 3, .epoch = UINT64_MAX, .transfer = message_transfer("KZLA", 17), .serial = 5,
                        .about = 4, .from = "KZLA", .to = "MMZT", .sent = {1234567890123456789}};

    for (int i = 0; i < MESSAGE_STAMPS; i++)
        m.stamp[i] = i == MESSAGE_BOUNDARY ? INSTANT_NONE : (struct instant){1000 + i};
    m.flight = (struct message_flight){.track = 99, .time = {55}, .at = {0.56, -2.04, 10000.5}, .east_mps = -123.25, .north_mps = 200.5, .climb_mps = -5,
                                       .level = {.pressure_m = 10668, .flags = LEVEL_PRESSURE}, .departure = "KLAX", .destination = "MMMX", .aircraft_type = "B738"};
    m.flight.ident = (struct ident){.mode_s = 0xabcdef, .mode_a = 07041, .flags = IDENT_MODE_S | IDENT_MODE_A};
    ident_set_callsign(&m.flight.ident, "AMX123", 6);
    m.crossing = (struct message_crossing){{66}, 4.5, {0.57, -2.03, 0}, 10668};
    return m;
}

START_TEST(every_message_comes_back_as_it_went)
{
    struct message m = example((unsigned)_i), back;
    uint8_t bytes[COORDINATION_SIZE], again[COORDINATION_SIZE];

    int size = coordination_encode(&m, bytes, sizeof bytes);
    ck_assert_int_gt(size, 0);
    ck_assert_int_eq(coordination_decode(bytes, (size_t)size, &back), 0);
    ck_assert(back.kind == m.kind && back.act == m.act && back.reason == m.reason && back.by_voice && back.from_sender);
    ck_assert(back.number == m.number && back.acknowledges == 7 && back.first == 3 && back.epoch == UINT64_MAX && back.transfer == m.transfer);
    ck_assert(back.serial == 5 && back.about == 4 && back.sent.ns == m.sent.ns);
    ck_assert_str_eq(back.from, "KZLA");
    ck_assert_str_eq(back.to, "MMZT");
    for (int i = 0; i < MESSAGE_STAMPS; i++)
        ck_assert_int_eq(back.stamp[i].ns, m.stamp[i].ns);
    if (m.kind == MESSAGE_RTI) {
        ck_assert_str_eq(back.flight.destination, "MMMX");
        ck_assert_str_eq(back.flight.ident.callsign, "AMX123");
        ck_assert(back.flight.at.lat_rad == 0.56 && back.flight.north_mps == 200.5 && back.flight.level.pressure_m == 10668 && back.crossing.sigma_s == 4.5);
    }
    ck_assert_int_eq(coordination_encode(&back, again, sizeof again), size);
    ck_assert_mem_eq(bytes, again, (size_t)size);
    ck_assert_int_eq(coordination_encode(&m, again, (size_t)size - 1), ERR_FULL);
}
END_TEST

START_TEST(a_stream_of_them_is_cut_by_their_lengths)
{
    struct framing *f = framing_new(FRAMING_PB, 65535);
    struct framing_unit unit;
    struct framing_fault fault;
    struct message back;
    uint8_t bytes[MESSAGE_KINDS * (COORDINATION_SIZE + 2)];
    size_t size = 0;

    for (unsigned kind = 0; kind < MESSAGE_KINDS; kind++) {
        struct message m = example(kind);
        size += (size_t)coordination_encode_framed(&m, bytes + size, sizeof bytes - size);
    }
    framing_put(f, bytes, size);
    for (unsigned kind = 0; kind < MESSAGE_KINDS; kind++) {
        ck_assert_int_eq(framing_next(f, &unit, &fault), 1);
        ck_assert_int_eq(coordination_decode(unit.bytes, unit.size, &back), 0);
        ck_assert_uint_eq(back.kind, kind);
    }
    framing_free(f);
}
END_TEST

START_TEST(hostile_octets_are_refused_or_read_in_their_bounds)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    uint8_t bytes[COORDINATION_SIZE + 1];
    struct message m = example(MESSAGE_RTI), back;
    int whole = coordination_encode(&m, bytes, sizeof bytes), read = 0;

    for (int n = 0; n < 2000; n++) {
        coordination_encode(&m, bytes, sizeof bytes);
        for (int k = 0; k < 3; k++)
            bytes[rng_below(&r, (uint32_t)whole)] = (uint8_t)rng_next(&r);
        int code = coordination_decode(bytes, rng_below(&r, (uint32_t)whole + 1), &back);
        ck_assert(code <= 0);
        if (code == 0) {
            read++;
            ck_assert(memchr(back.from, 0, sizeof back.from) && memchr(back.flight.departure, 0, sizeof back.flight.departure));
            message_check(&back);
        }
    }
    ck_assert_int_gt(read, 0);
    ck_assert_int_eq(coordination_decode(bytes, sizeof bytes, &back), ERR_LENGTH);
}
END_TEST

Suite *test_coordination_suite(void);
Suite *test_coordination_suite(void)
{
    Suite *s = suite_create("coordination");
    TCase *t = tcase_create("coordination");
    tcase_add_loop_test(t, every_message_comes_back_as_it_went, 0, MESSAGE_KINDS);
    tcase_add_test(t, a_stream_of_them_is_cut_by_their_lengths);
    tcase_add_loop_test(t, hostile_octets_are_refused_or_read_in_their_bounds, 0, 4);
    suite_add_tcase(s, t);
    return s;
}
