#include "wire/csv.h"

#include <string.h>

#include "base/err.h"
#include "support/support.h"

static struct text text(const char *s)
{
    return (struct text){s, strlen(s)};
}

static const char header[] = "time_s,sensor_id,sensor_lat,sensor_lon,sensor_alt_m,range_m,azimuth_rad,alt_m,mode_a,mode_s,sigma_r,sigma_az,arrival_s";

START_TEST(a_full_line_is_read_by_its_header)
{
    struct csv c = {0};
    struct csv_row row;
    unsigned column = 0;
    ck_assert_int_eq(csv_header(&c, text(header), &column), 0);
    ck_assert_int_eq(csv_line(&c, text("12.3456,7,40.1,-90.25,123.4,51234.56,1.2345678,3048.00,1234,a0b1c2,70.0,0.0013963,12.9"), &row, &column), 0);
    ck_assert_uint_eq(row.has, (1u << CSV_KNOWN) - 1);
    ck_assert_double_eq(row.value[CSV_time_s], 12.3456);
    ck_assert_double_eq(row.value[CSV_sensor_id], 7);
    ck_assert_double_eq(row.value[CSV_mode_a], 01234);
    ck_assert_double_eq(row.value[CSV_mode_s], 0xa0b1c2);
    ck_assert_double_eq(row.value[CSV_arrival_s], 12.9);
}
END_TEST

START_TEST(a_header_begins_with_a_letter_after_the_mark_of_utf8)
{
    struct text marked = text("\xEF\xBB\xBFtime_s,range_m"), plain = text("Time_s"), row = text("\xEF\xBB\xBF" "12.5,1"), empty = text("");
    ck_assert(csv_is_header(&marked));
    ck_assert(text_equal(marked, "time_s,range_m"));
    ck_assert(csv_is_header(&plain));
    ck_assert(!csv_is_header(&row));
    ck_assert(text_equal(row, "12.5,1"));
    ck_assert(!csv_is_header(&empty));
}
END_TEST

START_TEST(empty_fields_are_absent_also_at_the_end)
{
    struct csv c = {0};
    struct csv_row row;
    unsigned column = 0;
    ck_assert_int_eq(csv_header(&c, text("range_m,azimuth_rad,time_s,remark,sensor_id,alt_m"), &column), 0);
    ck_assert_int_eq(csv_line(&c, text("100,1,5,whatever,3,"), &row, &column), 0);
    ck_assert_uint_eq(row.has, 1u << CSV_range_m | 1u << CSV_azimuth_rad | 1u << CSV_time_s | 1u << CSV_sensor_id);
}
END_TEST

static const struct {
    const char *line;
    int code;
    unsigned column;
} bad[] = {
    {"1,2,3,4,5,6", ERR_MISSING, 12},
    {"1,x,3,4,5,6,1,,,,,,", ERR_FORMAT, 3},
    {"1,2,3,4,5,6,1,,9,,,,", ERR_FORMAT, 16},      /* no octal digit */
    {"1,2,3,4,5,6,1,,17777,,,,", ERR_RANGE, 16},
    {"1,2,3,4,5,6,1,,,1000000,,,", ERR_RANGE, 17}, /* more than 24 bits */
    {"1,2,3,4,5,,1,,,,,,", ERR_MISSING, 0},        /* no range */
    {"1,2,3,4,5,6,1,,,,,,7,8", ERR_LENGTH, 22},
};

START_TEST(faults_are_found_with_their_column)
{
    struct csv c = {0};
    struct csv_row row;
    unsigned column = 0;
    ck_assert_int_eq(csv_header(&c, text(header), &column), 0);
    ck_assert_int_eq(csv_line(&c, text(bad[_i].line), &row, &column), bad[_i].code);
    if (bad[_i].column)
        ck_assert_uint_eq(column, bad[_i].column);
}
END_TEST

START_TEST(headers_without_what_is_needed_change_nothing)
{
    struct csv c = {0};
    unsigned column = 0;
    ck_assert_int_eq(csv_header(&c, text(header), &column), 0);
    struct csv before = c;
    ck_assert_int_eq(csv_header(&c, text("time_s,sensor_id,range_m"), &column), ERR_MISSING);
    ck_assert_int_eq(csv_header(&c, text("time_s,sensor_id,range_m,azimuth_rad,range_m"), &column), ERR_DUPLICATE);
    ck_assert_uint_eq(column, 38);
    ck_assert_mem_eq(&c, &before, sizeof c);
}
END_TEST

START_TEST(every_truncation_of_a_line_is_read_or_refused)
{
    struct csv c = {0};
    struct csv_row row;
    unsigned column = 0;
    struct text line = text("12.3456,7,40.1,-90.25,123.4,51234.56,1.2345678,3048.00,1234,a0b1c2,70.0,0.0013963,12.9");
    size_t whole = line.size;
    ck_assert_int_eq(csv_header(&c, text(header), &column), 0);
    for (line.size = 0; line.size < whole; line.size++)
        ck_assert(csv_line(&c, line, &row, &column) == 0 || column <= line.size + 1);
}
END_TEST

Suite *test_csv_suite(void)
{
    Suite *suite = suite_create("csv");
    TCase *t = tcase_create("lines");
    tcase_add_test(t, a_full_line_is_read_by_its_header);
    tcase_add_test(t, a_header_begins_with_a_letter_after_the_mark_of_utf8);
    tcase_add_test(t, empty_fields_are_absent_also_at_the_end);
    tcase_add_loop_test(t, faults_are_found_with_their_column, 0, 7);
    tcase_add_test(t, headers_without_what_is_needed_change_nothing);
    tcase_add_test(t, every_truncation_of_a_line_is_read_or_refused);
    suite_add_tcase(suite, t);
    return suite;
}
