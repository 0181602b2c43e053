#include "wire/tape.h"

#include "base/err.h"
#include <string.h>

#include "support/support.h"

static const uint8_t payload[] = "thirty-one octets of a payload";

static int encode(uint8_t *out, size_t room)
{
    const struct tape_frame f = {.type = TAPE_FEED, .feed = 0x1234, .arrival = {-5}, .payload = payload, .size = sizeof payload};
    return tape_encode(&f, out, room);
}

START_TEST(what_is_encoded_is_decoded)
{
    uint8_t bytes[100];
    int n = encode(bytes, sizeof bytes);
    ck_assert_int_eq(n, (int)sizeof payload + TAPE_HEADER + TAPE_TRAILER);
    ck_assert_uint_eq(tape_size(bytes), n);
    struct tape_frame f;
    ck_assert_int_eq(tape_decode(bytes, sizeof bytes, &f), n);
    ck_assert_int_eq(f.type, TAPE_FEED);
    ck_assert_int_eq(f.feed, 0x1234);
    ck_assert_int_eq(f.arrival.ns, -5);
    ck_assert_uint_eq(f.size, sizeof payload);
    ck_assert_mem_eq(f.payload, payload, sizeof payload);
}
END_TEST

START_TEST(checksum_is_that_of_ieee_802_3)
{
    /* An empty END frame of instant 0; its CRC-32 as zlib's crc32() says. */
    static const uint8_t want[20] = {7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0xb3, 0x42, 0x11};
    uint8_t bytes[20];
    ck_assert_int_eq(tape_encode(&(struct tape_frame){.type = TAPE_END}, bytes, sizeof bytes), 20);
    ck_assert_mem_eq(bytes, want, sizeof want);
}
END_TEST

START_TEST(no_room_is_refused)
{
    uint8_t bytes[100];
    for (size_t room = 0; room < sizeof payload + 20; room++)
        ck_assert_int_eq(encode(bytes, room), ERR_FULL);
    ck_assert_int_gt(encode(bytes, sizeof payload + 20), 0);
}
END_TEST

START_TEST(every_truncation_is_waited_for)
{
    uint8_t bytes[100];
    int n = encode(bytes, sizeof bytes);
    struct tape_frame f;
    for (int i = 0; i < n; i++)
        ck_assert_int_eq(tape_decode(bytes, (size_t)i, &f), 0);
}
END_TEST

START_TEST(every_flipped_bit_is_noticed)
{
    uint8_t bytes[100];
    int n = encode(bytes, sizeof bytes);
    for (int bit = 0; bit < 8 * n; bit++) {
        struct tape_frame f;
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        ck_assert_int_le(tape_decode(bytes, (size_t)n, &f), 0);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}
END_TEST

Suite *test_tape_suite(void);
Suite *test_tape_suite(void)
{
    Suite *s = suite_create("tape");
    TCase *c = tcase_create("frames");
    tcase_add_test(c, what_is_encoded_is_decoded);
    tcase_add_test(c, checksum_is_that_of_ieee_802_3);
    tcase_add_test(c, no_room_is_refused);
    tcase_add_test(c, every_truncation_is_waited_for);
    tcase_add_test(c, every_flipped_bit_is_noticed);
    suite_add_tcase(s, c);
    return s;
}
