/* Inputs as one sequence: by arrival, whatever the container, over midnight, and not carried away by one damaged time. */
#include "sim/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "support/support.h"

static char paths[4][64];
static int files;
static struct merge *m;

static void setup(void)
{
    struct asterix_editions editions;
    struct instant date;
    asterix_block_editions(&editions);
    ck_assert_int_eq(instant_parse_date("2026-06-01", &date), 0);
    m = merge_new(date, &editions);
    files = 0;
}

static void teardown(void)
{
    merge_free(m);
    for (int i = 0; i < files; i++)
        unlink(paths[i]);
}

static void add(const char *suffix, const void *bytes, size_t size)
{
    char why[256];
    struct instant date;
    instant_parse_date("2026-06-01", &date);
    snprintf(paths[files], sizeof paths[files], "/tmp/airseam-merge-%d-%d%s", (int)getpid(), files, suffix);
    FILE *f = fopen(paths[files], "wb");
    ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
    fclose(f);
    struct input *in = input_open(paths[files++], date, why, sizeof why);
    ck_assert_msg(in != NULL, "%s", why);
    ck_assert_int_ge(merge_add(m, in), 0);
}

/* A north mark of CAT034 from source 1/sic at a time of day. */
static size_t mark(uint8_t *p, uint8_t sic, double tod_s)
{
    uint32_t t = (uint32_t)(tod_s * 128.0);
    const uint8_t bytes[] = {34, 0, 10, 0xe0, 1, sic, 1, (uint8_t)(t >> 16), (uint8_t)(t >> 8), (uint8_t)t};
    memcpy(p, bytes, sizeof bytes);
    return sizeof bytes;
}

static double seconds(struct instant t)
{
    struct instant date;
    instant_parse_date("2026-06-01", &date);
    return instant_diff(t, date);
}

START_TEST(units_come_by_arrival_whatever_the_container)
{
    static const char csv[] = "time_s,sensor_id,range_m,azimuth_rad,arrival_s\n0.5,1,1000,1,1.5\n1.0,1,1000,1,3.5\n";
    static const double keys[] = {1.0, 1.5, 2.0, 3.0, 3.5};
    uint8_t raw[64];
    size_t n = mark(raw, 1, 1.0);
    n += mark(raw + n, 1, 2.0);
    n += mark(raw + n, 1, 3.0);
    add(".csv", csv, sizeof csv - 1);
    add(".ast", raw, n);
    struct merge_unit u;
    struct framing_fault fault;
    int input;
    ck_assert_int_eq(merge_next(m, &u, &fault, &input), 1); /* the line that names the columns goes first */
    ck_assert_int_eq(u.input, 0);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(merge_next(m, &u, &fault, &input), 1);
        ck_assert_double_eq_tol(seconds(u.key), keys[i], 1e-9);
        ck_assert_int_eq(u.input, i == 1 || i == 4 ? 0 : 1);
    }
    ck_assert_int_eq(merge_next(m, &u, &fault, &input), 0);
    ck_assert_uint_eq(merge_done(m), merge_size(m));
}
END_TEST

START_TEST(midnight_goes_on_to_the_next_day)
{
    uint8_t raw[64];
    size_t n = mark(raw, 1, 86399.0);
    n += mark(raw + n, 1, 1.0);
    add(".ast", raw, n);
    struct merge_unit u;
    struct framing_fault fault;
    int input;
    ck_assert_int_eq(merge_next(m, &u, &fault, &input), 1);
    ck_assert_int_eq(merge_next(m, &u, &fault, &input), 1);
    ck_assert_double_eq_tol(seconds(u.key), 86401.0, 1e-9);
}
END_TEST

START_TEST(one_damaged_time_does_not_carry_the_rest_away)
{
    static const double tod_s[] = {100, 101, 20000, 102, 50, 103};
    static const double keys[] = {100, 101, 101, 102, 102, 103};
    uint8_t raw[128];
    size_t n = 0;
    for (int i = 0; i < 6; i++)
        n += mark(raw + n, 1, tod_s[i]);
    add(".ast", raw, n);
    struct merge_unit u;
    struct framing_fault fault;
    int input;
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq(merge_next(m, &u, &fault, &input), 1);
        ck_assert_double_eq_tol(seconds(u.key), keys[i], 1e-9);
    }
}
END_TEST

START_TEST(a_gap_in_the_recording_is_believed_in_the_end)
{
    uint8_t raw[256];
    size_t n = mark(raw, 1, 100);
    for (int i = 0; i < UNIT_TIME_BELIEF; i++)
        n += mark(raw + n, 1, 5000 + i);
    add(".ast", raw, n);
    struct merge_unit u = {.key = INSTANT_NONE};
    struct framing_fault fault;
    int input;
    while (merge_next(m, &u, &fault, &input) > 0)
        ;
    ck_assert_double_eq_tol(seconds(u.key), 5000 + UNIT_TIME_BELIEF - 1, 1e-9);
}
END_TEST

START_TEST(days_of_final_count_from_the_date)
{
    uint8_t final[64];
    size_t n = 0;
    for (int day = 30; day < 32; day++) {
        const uint8_t head[8] = {0, 22, 0, 0, (uint8_t)day, 0, 0, 100};
        memcpy(final + n, head, 8);
        mark(final + n + 8, 1, 1.0);
        memset(final + n + 18, 0xa5, 4);
        n += 22;
    }
    add(".ff", final, n);
    struct merge_unit u;
    struct framing_fault fault;
    int input;
    ck_assert_int_eq(merge_next(m, &u, &fault, &input), 1);
    ck_assert_double_eq_tol(seconds(u.key), 1.0, 1e-9);
    ck_assert_int_eq(merge_next(m, &u, &fault, &input), 1);
    ck_assert_double_eq_tol(seconds(u.key), 86401.0, 1e-9);
}
END_TEST

START_TEST(faults_name_their_input)
{
    uint8_t raw[64] = {0};
    size_t n = mark(raw, 1, 1.0);
    n += mark(raw + n, 1, 2.0);
    add(".ast", raw, n);
    add(".ast", raw, n + 5); /* zeros at the end */
    struct merge_unit u;
    struct framing_fault fault;
    int input = -1, code, units = 0, faults = 0;
    while ((code = merge_next(m, &u, &fault, &input)) != 0) {
        units += code > 0;
        faults += code < 0;
        if (code < 0) {
            ck_assert_int_eq(input, 1);
            ck_assert_uint_eq(fault.offset, n);
            ck_assert_uint_eq(fault.size, 5);
        }
    }
    ck_assert_int_eq(units, 4);
    ck_assert_int_eq(faults, 1);
}
END_TEST

START_TEST(what_cannot_be_opened_says_why)
{
    char why[256];
    ck_assert_ptr_null(input_open("/nonexistent/x.ast", INSTANT_NONE, why, sizeof why));
    ck_assert_ptr_nonnull(strstr(why, "/nonexistent/x.ast: No such file"));
    ck_assert_ptr_null(input_open("/dev/null", INSTANT_NONE, why, sizeof why));
    ck_assert_ptr_nonnull(strstr(why, "empty"));
}
END_TEST

Suite *test_merge_suite(void);
Suite *test_merge_suite(void)
{
    Suite *s = suite_create("merge");
    TCase *c = tcase_create("order");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, units_come_by_arrival_whatever_the_container);
    tcase_add_test(c, midnight_goes_on_to_the_next_day);
    tcase_add_test(c, one_damaged_time_does_not_carry_the_rest_away);
    tcase_add_test(c, a_gap_in_the_recording_is_believed_in_the_end);
    tcase_add_test(c, days_of_final_count_from_the_date);
    tcase_add_test(c, faults_name_their_input);
    tcase_add_test(c, what_cannot_be_opened_says_why);
    suite_add_tcase(s, c);
    return s;
}
