#include "base/text.h"

#include "base/err.h"
#include "base/rng.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

static struct text text(const char *s)
{
    return (struct text){s, strlen(s)};
}

START_TEST(decimals_are_read_as_strtod_reads_them)
{
    static const char *const numbers[] = {"0",       "-0",     "1",         "1.",      ".5",      "-12.25",   "+3e2",
                                          "1e-7",    "1E+22",  "1e23",      "1e-300",  "5e-324",  "123456789012345678901234567890",
                                          "0.1",     "0.3",    "9007199254740993",     "9007199254740992", "1.7976931348623157e308",
                                          "3.14159265358979323846264338327950288", "000000000000000000000000000000.5", "1e-400"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double value = NAN;
        ck_assert_msg(text_double(text(numbers[i]), &value) == 0, "%s", numbers[i]);
        ck_assert_msg(value == strtod(numbers[i], NULL), "%s", numbers[i]);
        ck_assert_int_eq(!signbit(value), numbers[i][0] != '-');
    }
}
END_TEST

START_TEST(what_is_no_decimal_is_refused)
{
    static const char *const wrong[] = {"", "-", "+", ".", "e5", "1e", "1e+", "1,5", " 1", "1 ", "0x10", "inf", "nan", "1.2.3", "--1", "1-"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double value = 7;
        ck_assert_msg(text_double(text(wrong[i]), &value) == ERR_FORMAT, "%s", wrong[i]);
        ck_assert_double_eq(value, 7);
    }
    double value;
    ck_assert_int_eq(text_double(text("1e309"), &value), ERR_RANGE);
    ck_assert_int_eq(text_double(text("-1e99999999999999999999"), &value), ERR_RANGE);
}
END_TEST

START_TEST(random_numbers_survive_print_and_parse)
{
    struct rng r = rng_init(11);
    printf("SEED=11\n");
    for (int i = 0; i < 20000; i++) {
        char printed[64];
        double wanted = (rng_uniform(&r) - 0.5) * pow(10.0, 40.0 * rng_uniform(&r) - 20.0), value;
        snprintf(printed, sizeof printed, i % 2 ? "%.17g" : "%.6f", wanted);
        ck_assert_int_eq(text_double(text(printed), &value), 0);
        ck_assert_msg(value == strtod(printed, NULL), "%s", printed);
    }
}
END_TEST

START_TEST(a_number_never_looks_behind_its_piece)
{
    double value;
    int64_t number;
    ck_assert_int_eq(text_double((struct text){"12.75", 4}, &value), 0);
    ck_assert_double_eq(value, 12.7);
    ck_assert_int_eq(text_int((struct text){"1234", 2}, 10, &number), 0);
    ck_assert_int_eq(number, 12);
}
END_TEST

START_TEST(integers_of_every_base_and_limit)
{
    int64_t v;
    ck_assert_int_eq(text_int(text("-42"), 10, &v), 0);
    ck_assert_int_eq(v, -42);
    ck_assert_int_eq(text_int(text("7600"), 8, &v), 0);
    ck_assert_int_eq(v, 07600);
    ck_assert_int_eq(text_int(text("aBc123"), 16, &v), 0);
    ck_assert_int_eq(v, 0xabc123);
    ck_assert_int_eq(text_int(text("9223372036854775807"), 10, &v), 0);
    ck_assert(v == INT64_MAX);
    ck_assert_int_eq(text_int(text("-9223372036854775808"), 10, &v), 0);
    ck_assert(v == INT64_MIN);
    ck_assert_int_eq(text_int(text("9223372036854775808"), 10, &v), ERR_RANGE);
    ck_assert_int_eq(text_int(text("-9223372036854775809"), 10, &v), ERR_RANGE);
    ck_assert_int_eq(text_int(text("8"), 8, &v), ERR_FORMAT);
    ck_assert_int_eq(text_int(text(""), 10, &v), ERR_FORMAT);
    ck_assert_int_eq(text_int(text("1.0"), 10, &v), ERR_FORMAT);
}
END_TEST

START_TEST(fields_keep_the_empty_ones)
{
    struct text rest = text(",b,,"), field;
    static const char *const expected[] = {"", "b", "", ""};
    for (int i = 0; i < 4; i++) {
        ck_assert(text_field(&rest, ',', &field));
        ck_assert(text_equal(field, expected[i]));
    }
    ck_assert(!text_field(&rest, ',', &field));
    ck_assert(!text_field(&rest, ',', &field));
}
END_TEST

START_TEST(lines_end_with_or_without_carriage_return)
{
    struct text rest = text("one\r\n\ntwo\nthree"), line;
    static const char *const expected[] = {"one", "", "two", "three"};
    for (int i = 0; i < 4; i++) {
        ck_assert(text_line(&rest, &line));
        ck_assert(text_equal(line, expected[i]));
    }
    ck_assert(!text_line(&rest, &line));
    rest = text("");
    ck_assert(!text_line(&rest, &line));
    rest = text("a\n");
    ck_assert(text_line(&rest, &line));
    ck_assert(!text_line(&rest, &line));
}
END_TEST

START_TEST(output_is_cut_and_says_so)
{
    char buffer[8];
    struct text_out o = text_out_init(buffer, sizeof buffer);
    text_put(&o, "%s", "abc");
    text_put(&o, "%d", 1234);
    ck_assert_str_eq(buffer, "abc1234");
    ck_assert(!o.cut);
    text_put(&o, "%s", "");
    ck_assert(!o.cut);
    text_put(&o, "x");
    ck_assert(o.cut);
    text_put(&o, "y");
    ck_assert_str_eq(buffer, "abc1234");
    ck_assert_uint_eq(o.used, 7);
}
END_TEST

Suite *test_text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *numbers = tcase_create("numbers");
    tcase_add_test(numbers, decimals_are_read_as_strtod_reads_them);
    tcase_add_test(numbers, what_is_no_decimal_is_refused);
    tcase_add_test(numbers, random_numbers_survive_print_and_parse);
    tcase_add_test(numbers, a_number_never_looks_behind_its_piece);
    tcase_add_test(numbers, integers_of_every_base_and_limit);
    suite_add_tcase(suite, numbers);
    TCase *pieces = tcase_create("pieces");
    tcase_add_test(pieces, fields_keep_the_empty_ones);
    tcase_add_test(pieces, lines_end_with_or_without_carriage_return);
    tcase_add_test(pieces, output_is_cut_and_says_so);
    suite_add_tcase(suite, pieces);
    return suite;
}
