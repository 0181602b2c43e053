// RFC 6455's own vectors (1.3, 5.7), every way of cutting, and every rule that a client may break.
#include "daemon/web/ws.h"
#include "daemon/web/ws_key.h"

#include "base/rng.h"
#include "support/support.h"
#include <stdio.h>
#include <string.h>

START_TEST(the_key_of_the_standard_is_answered_as_the_standard_says)
{
    char out[WS_KEY_SIZE];
    ck_assert(ws_key_accept("dGhlIHNhbXBsZSBub25jZQ==", out));
    ck_assert_str_eq(out, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}
END_TEST

START_TEST(a_key_that_is_not_sixteen_octets_is_refused)
{
    static const char *const wrong[] = {"", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=A", "dGhlIHNhbXBsZSBub25jZ!==",
                                        "dGhlIHNhbXBsZSBub25jZQ==x"};
    char out[WS_KEY_SIZE];
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert_msg(!ws_key_accept(wrong[i], out), "\"%s\"", wrong[i]);
}
END_TEST

static int read_all(struct ws_reader *r, const uint8_t *bytes, size_t size, struct ws_message *out)
{
    size_t used;
    return ws_read(r, bytes, size, &used, out);
}

// 5.7: a single-frame masked text message "Hello"
static const uint8_t hello[] = {0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58};

START_TEST(the_masked_hello_of_the_standard_is_read)
{
    struct ws_reader r;
    struct ws_message m;
    ws_init(&r);
    ck_assert_int_eq(read_all(&r, hello, sizeof hello, &m), 1);
    ck_assert_int_eq(m.opcode, WS_TEXT);
    ck_assert_uint_eq(m.size, 5);
    ck_assert_mem_eq(m.bytes, "Hello", 5);
}
END_TEST

// a client's frame
static size_t put(uint8_t *out, unsigned first, const void *payload, size_t size)
{
    static const uint8_t mask[4] = {0xA1, 0x02, 0xFF, 0x30};
    size_t at = 0, more = size < 126 ? 0 : size < 65536 ? 2 : 8;
    out[at++] = (uint8_t)first;
    out[at++] = (uint8_t)(0x80 | (more == 0 ? size : more == 2 ? 126 : 127));
    for (size_t i = 0; i < more; i++)
        out[at++] = (uint8_t)((uint64_t)size >> (8 * (more - 1 - i)));
    memcpy(out + at, mask, 4);
    at += 4;
    for (size_t i = 0; i < size; i++)
        out[at++] = ((const uint8_t *)payload)[i] ^ mask[i & 3];
    return at;
}

// fragments with a ping between them: the ping comes first, then the whole message; and so wherever the octets are cut
START_TEST(fragments_and_a_ping_between_them_are_read_however_they_are_cut)
{
    uint8_t wire[512], long_part[200];
    size_t size = 0;
    memset(long_part, 'x', sizeof long_part);
    size += put(wire + size, WS_BINARY, "Hel", 3);
    size += put(wire + size, WS_CONTINUATION, long_part, sizeof long_part);
    size += put(wire + size, 0x80 | WS_PING, "are you there", 13);
    size += put(wire + size, 0x80 | WS_CONTINUATION, "lo", 2);
    size += put(wire + size, 0x80 | WS_BINARY, "", 0);
    for (size_t chunk = 1; chunk <= size; chunk++) {
        struct ws_reader r;
        unsigned seen = 0;
        ws_init(&r);
        for (size_t at = 0; at < size;) {
            struct ws_message m;
            size_t used, n = size - at < chunk ? size - at : chunk;
            int code = ws_read(&r, wire + at, n, &used, &m);
            ck_assert_int_ge(code, 0);
            at += used;
            if (code == 0)
                continue;
            if (seen == 0) {
                ck_assert_int_eq(m.opcode, WS_PING);
                ck_assert_uint_eq(m.size, 13);
                ck_assert_mem_eq(m.bytes, "are you there", 13);
            } else if (seen == 1) {
                ck_assert_int_eq(m.opcode, WS_BINARY);
                ck_assert_uint_eq(m.size, 205);
                ck_assert_mem_eq(m.bytes, "Helx", 4);
                ck_assert_mem_eq(m.bytes + 202, "xlo", 3);
            } else {
                ck_assert_int_eq(m.opcode, WS_BINARY);
                ck_assert_uint_eq(m.size, 0);
            }
            seen++;
        }
        ck_assert_uint_eq(seen, 3);
    }
}
END_TEST

static const struct broken { const char *what; uint8_t wire[16]; size_t size; int status; } broken[] = {
    {"not masked", {0x82, 0x01, 'x'}, 3, WS_PROTOCOL},
    {"RSV1", {0xC2, 0x80, 0, 0, 0, 0}, 6, WS_PROTOCOL},
    {"RSV3", {0x92, 0x80, 0, 0, 0, 0}, 6, WS_PROTOCOL},
    {"opcode 3", {0x83, 0x80, 0, 0, 0, 0}, 6, WS_PROTOCOL},
    {"opcode 11", {0x8B, 0x80, 0, 0, 0, 0}, 6, WS_PROTOCOL},
    {"a ping in pieces", {0x09, 0x80, 0, 0, 0, 0}, 6, WS_PROTOCOL},
    {"a ping of 126", {0x89, 0xFE, 0, 126, 0, 0, 0, 0}, 8, WS_PROTOCOL},
    {"a continuation of nothing", {0x80, 0x80, 0, 0, 0, 0}, 6, WS_PROTOCOL},
    {"a message within a message", {0x02, 0x80, 0, 0, 0, 0, 0x82, 0x80, 0, 0, 0, 0}, 12, WS_PROTOCOL},
    {"a short length in two octets", {0x82, 0xFE, 0, 125, 0, 0, 0, 0}, 8, WS_PROTOCOL},
    {"a short length in eight octets", {0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0}, 14, WS_PROTOCOL},
    {"16 KiB and one", {0x82, 0xFE, 0x40, 0x01, 0, 0, 0, 0}, 8, WS_TOO_BIG},
    {"2^63", {0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 14, WS_TOO_BIG},
};

START_TEST(who_breaks_a_rule_is_told_which_kind)
{
    const struct broken *b = &broken[_i];
    struct ws_reader r;
    struct ws_message m;
    size_t used = 0, at = 0;
    int code = 0;
    ws_init(&r);
    while (code >= 0 && at < b->size) {
        code = ws_read(&r, b->wire + at, b->size - at, &used, &m);
        at += used;
    }
    ck_assert_msg(code == -b->status, "%s: %d", b->what, code);
}
END_TEST

START_TEST(fragments_together_beyond_the_limit_are_too_big)
{
    static uint8_t wire[WS_MESSAGE_MAX + 64], part[WS_MESSAGE_MAX];
    struct ws_reader r;
    struct ws_message m;
    size_t size = put(wire, WS_BINARY, part, WS_MESSAGE_MAX);
    ws_init(&r);
    ck_assert_int_eq(read_all(&r, wire, size, &m), 0);
    size = put(wire, 0x80 | WS_CONTINUATION, "x", 1);
    ck_assert_int_eq(read_all(&r, wire, size, &m), -WS_TOO_BIG);
}
END_TEST

START_TEST(a_close_says_a_status_that_may_be_said)
{
    struct { uint8_t bytes[2]; size_t size; unsigned status; } rows[] = {
        {{0}, 0, WS_NONE}, {{3}, 1, WS_PROTOCOL}, {{0x03, 0xE8}, 2, 1000}, {{0x03, 0xED}, 2, WS_PROTOCOL}, {{0x0F, 0xA0}, 2, 4000}, {{0x27, 0x10}, 2, WS_PROTOCOL},
    };
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ws_message m = {WS_CLOSE, rows[i].bytes, rows[i].size};
        ck_assert_uint_eq(ws_close_status(&m), rows[i].status);
    }
}
END_TEST

START_TEST(a_server_writes_lengths_in_their_shortest_form)
{
    uint8_t out[WS_HEADER_MAX];
    ck_assert_uint_eq(ws_put_header(out, WS_BINARY, 125), 2);
    ck_assert_mem_eq(out, "\x82\x7D", 2);
    ck_assert_uint_eq(ws_put_header(out, WS_BINARY, 256), 4);
    ck_assert_mem_eq(out, "\x82\x7E\x01\x00", 4);
    ck_assert_uint_eq(ws_put_header(out, WS_BINARY, 65536), 10);
    ck_assert_mem_eq(out, "\x82\x7F\0\0\0\0\0\1\0\0", 10);
    ck_assert_uint_eq(ws_put_header(out, WS_CLOSE, 2), 2);
    ck_assert_mem_eq(out, "\x88\x02", 2);
}
END_TEST

// whatever comes: it ends by using all or by a status, and never reads beyond (the sanitizers see to that)
START_TEST(random_octets_do_no_harm)
{
    struct rng g = rng_stream(5, (uint64_t)_i);
    struct ws_reader r;
    struct ws_message m;
    uint8_t bytes[64];
    ws_init(&r);
    for (unsigned round = 0; round < 2000; round++) {
        size_t used = 0, at = 0;
        int code = 0;
        for (unsigned i = 0; i < sizeof bytes; i++)
            bytes[i] = (uint8_t)rng_next(&g);
        if (!r.inside && r.headed == 0) { // half of the frames begin as frames do
            bytes[0] = (uint8_t)(bytes[0] & 0x8F);
            bytes[1] |= 0x80;
        }
        while (code >= 0 && at < sizeof bytes) {
            code = ws_read(&r, bytes + at, sizeof bytes - at, &used, &m);
            ck_assert(code == 0 || code == 1 || code == -WS_PROTOCOL || code == -WS_TOO_BIG);
            ck_assert_uint_le(m.size, code == 1 ? WS_MESSAGE_MAX : SIZE_MAX);
            at += used;
        }
        if (code < 0)
            ws_init(&r);
    }
}
END_TEST

Suite *test_ws_suite(void)
{
    Suite *suite = suite_create("ws");
    TCase *vectors = tcase_create("vectors"), *hostile = tcase_create("hostile");
    tcase_add_test(vectors, the_key_of_the_standard_is_answered_as_the_standard_says);
    tcase_add_test(vectors, the_masked_hello_of_the_standard_is_read);
    tcase_add_test(vectors, fragments_and_a_ping_between_them_are_read_however_they_are_cut);
    tcase_add_test(vectors, a_close_says_a_status_that_may_be_said);
    tcase_add_test(vectors, a_server_writes_lengths_in_their_shortest_form);
    tcase_add_test(hostile, a_key_that_is_not_sixteen_octets_is_refused);
    tcase_add_loop_test(hostile, who_breaks_a_rule_is_told_which_kind, 0, (int)(sizeof broken / sizeof broken[0]));
    tcase_add_test(hostile, fragments_together_beyond_the_limit_are_too_big);
    tcase_add_loop_test(hostile, random_octets_do_no_harm, 0, 20);
    suite_add_tcase(suite, vectors);
    suite_add_tcase(suite, hostile);
    return suite;
}
