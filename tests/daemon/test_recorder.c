#include "daemon/recorder.h"

#include "daemon_kit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zstd.h>

#include "support/support.h"

static struct kit kit;

static void setup(void)
{
    kit_init(&kit);
}

static void teardown(void)
{
    kit_fini(&kit);
}

static struct recorder *opened(size_t buffer_bytes)
{
    const char *why = "";
    struct recorder *r = recorder_open(kit.tape, 0.1, buffer_bytes, &why);
    ck_assert_msg(r != NULL, "%s", why);
    return r;
}

START_TEST(frames_come_back_in_order_with_end_and_index)
{
    struct recorder *r = opened(64 << 20);
    struct tape_frame f;
    size_t size, at = TAPE_MAGIC_SIZE;
    int n;
    char path[512];
    uint8_t *state = malloc(100000);
    memset(state, 7, 100000);
    snprintf(path, sizeof path, "%s", recorder_path(r));
    for (int i = 0; i < 20000; i++) {
        char text[64];
        snprintf(text, sizeof text, "unit %d", i);
        recorder_put(r, TAPE_FEED, (uint16_t)(i % 3), (struct instant){i}, text, strlen(text));
        if (i == 9999)
            recorder_snapshot(r, (struct instant){i}, state, 100000);
        if (i % 100 == 0)
            recorder_flush(r);
    }
    ck_assert(recorder_close(r, (struct instant){20000}, UINT64_C(0x0123456789abcdef)));
    uint8_t *tape = (uint8_t *)kit_read_file(path, &size);
    for (int i = 0; i < 20000; i++) {
        char text[64];
        snprintf(text, sizeof text, "unit %d", i);
        ck_assert_int_gt(n = tape_decode(tape + at, size - at, &f), 0);
        ck_assert_uint_eq(f.type, TAPE_FEED);
        ck_assert_uint_eq(f.feed, (unsigned)i % 3);
        ck_assert_int_eq(f.arrival.ns, i);
        ck_assert_uint_eq(f.size, strlen(text));
        ck_assert_mem_eq(f.payload, text, f.size);
        at += (size_t)n;
        if (i == 9999) {
            uint8_t *back = malloc(100000);
            ck_assert_int_gt(n = tape_decode(tape + at, size - at, &f), 0);
            ck_assert_uint_eq(f.type, TAPE_SNAPSHOT);
            ck_assert_uint_eq(ZSTD_decompress(back, 100000, f.payload, f.size), 100000);
            ck_assert_uint_eq(back[99999], 7);
            free(back);
            at += (size_t)n;
        }
    }
    ck_assert_int_gt(n = tape_decode(tape + at, size - at, &f), 0);
    ck_assert_uint_eq(f.type, TAPE_END);
    ck_assert_int_eq(f.arrival.ns, 20000);
    ck_assert_uint_eq(f.payload[0], 0xef);
    at += (size_t)n;
    ck_assert_int_gt(n = tape_decode(tape + at, size - at, &f), 0);
    ck_assert_uint_eq(f.type, TAPE_INDEX);
    ck_assert_uint_eq(f.size, 16);
    uint64_t offset = 0;
    for (int i = 7; i >= 0; i--)
        offset = offset << 8 | f.payload[8 + i];
    ck_assert_uint_eq(at + (size_t)n, size);
    ck_assert_int_gt(tape_decode(tape + offset, size - offset, &f), 0);
    ck_assert_uint_eq(f.type, TAPE_SNAPSHOT);
    free(tape);
}
END_TEST

START_TEST(what_the_disk_refuses_is_lost_loudly_and_the_rest_lives)
{
    struct rlimit limit;
    char path[512], why[256];
    size_t size, at = TAPE_MAGIC_SIZE;
    struct tape_frame f;
    int n, frames = 0;
    if (!support_forks()) { // the limit below would stay with the whole program
        support_skip("needs a process of its own");
        return;
    }
    struct recorder *r = opened(64 << 20);
    snprintf(path, sizeof path, "%s", recorder_path(r));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = 300000;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    static uint8_t unit[1000];
    for (int i = 0; i < 1000; i++)
        recorder_put(r, TAPE_FEED, 0, (struct instant){i}, unit, sizeof unit);
    recorder_flush(r);
    while (recorder_counters(r).write_errors == 0)
        usleep(1000);
    ck_assert(recorder_error(r, why, sizeof why));
    ck_assert_ptr_nonnull(strstr(why, "write"));
    ck_assert(!recorder_close(r, (struct instant){1000}, 0));
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_FSIZE, &limit);
    uint8_t *tape = (uint8_t *)kit_read_file(path, &size);
    for (; at < size; at += (size_t)n, frames++)
        ck_assert_int_gt(n = tape_decode(tape + at, size - at, &f), 0);
    ck_assert_int_gt(frames, 100);
    ck_assert_int_lt(frames, 1000);
    free(tape);
}
END_TEST

START_TEST(beyond_its_buffer_frames_are_lost_and_counted)
{
    struct recorder *r = opened(1000);
    static uint8_t unit[2000];
    char why[256];
    recorder_put(r, TAPE_FEED, 0, (struct instant){0}, unit, sizeof unit);
    recorder_flush(r);
    ck_assert_uint_eq(recorder_counters(r).frames_lost, 1);
    ck_assert(recorder_error(r, why, sizeof why));
    ck_assert(!recorder_close(r, (struct instant){1}, 0));
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_is_an_error_at_opening)
{
    const char *why = NULL;
    ck_assert_ptr_null(recorder_open("/proc/nowhere", 1, 1 << 20, &why));
    ck_assert_ptr_nonnull(why);
}
END_TEST

START_TEST(two_tapes_of_one_second_have_two_names)
{
    struct recorder *a = opened(1 << 20), *b = opened(1 << 20);
    ck_assert_str_ne(recorder_path(a), recorder_path(b));
    ck_assert(recorder_close(a, (struct instant){0}, 0));
    ck_assert(recorder_close(b, (struct instant){0}, 0));
}
END_TEST

Suite *test_recorder_suite(void);
Suite *test_recorder_suite(void)
{
    Suite *s = suite_create("recorder");
    TCase *c = tcase_create("tape");
    tcase_set_timeout(c, 120);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, frames_come_back_in_order_with_end_and_index);
    tcase_add_test(c, what_the_disk_refuses_is_lost_loudly_and_the_rest_lives);
    tcase_add_test(c, beyond_its_buffer_frames_are_lost_and_counted);
    tcase_add_test(c, a_folder_that_cannot_be_written_is_an_error_at_opening);
    tcase_add_test(c, two_tapes_of_one_second_have_two_names);
    suite_add_tcase(s, c);
    return s;
}
