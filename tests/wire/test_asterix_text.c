#include "wire/asterix_text.h"

#include <string.h>

#include "support/support.h"

static const struct asterix_field code = { .bits = 12, .coding = ASTERIX_OCTAL }, callsign = { .bits = 48, .coding = ASTERIX_ICAO },
                                  airport = { .bits = 32, .coding = ASTERIX_ASCII }, number = { .bits = 64, .coding = ASTERIX_RAW },
                                  kind = { .bits = 8, .coding = ASTERIX_ENUM, .labels = "none||two|8=eight|nine|64=sixty-four" };

static const char *shown(const struct asterix_field *field, uint64_t raw)
{
    static char text[ASTERIX_TEXT_SIZE];

    ck_assert_uint_eq(asterix_text_print(field, raw, text, sizeof text), strlen(text));
    return text;
}

START_TEST(codes_and_characters_are_shown)
{
    ck_assert_str_eq(shown(&code, 0xf11), "7421");
    ck_assert_str_eq(shown(&code, 0), "0000");
    ck_assert_str_eq(shown(&callsign, UINT64_C(0x042c720c4ce0)), "AB12CD3");
    ck_assert_str_eq(shown(&callsign, UINT64_C(0x820820820820)), "");
    ck_assert_str_eq(shown(&callsign, 0), "????????");
    ck_assert_str_eq(shown(&airport, 0x4c45424c), "LEBL");
    ck_assert_str_eq(shown(&airport, 0x41000000), "A");
    ck_assert_str_eq(shown(&airport, 0x41ff0a41), "A??A");
    ck_assert_str_eq(shown(&number, UINT64_MAX), "18446744073709551615");
}
END_TEST

START_TEST(text_that_does_not_fit_is_cut)
{
    char text[4];

    ck_assert_uint_eq(asterix_text_print(&airport, 0x4c45424c, text, sizeof text), 3);
    ck_assert_str_eq(text, "LEB");
    ck_assert_uint_eq(asterix_text_print(&airport, 0x4c45424c, NULL, 0), 0);
}
END_TEST

START_TEST(every_character_comes_back_as_its_code)
{
    uint64_t raw;

    for (unsigned c = 0; c < 128; c++) {
        char text[5] = { (char)c, 'A', 'B', 'C', 0 };
        if (asterix_text_parse(&callsign, text, &raw) == 0 && c != ' ') ck_assert_str_eq(shown(&callsign, raw), text);
        if (asterix_text_parse(&airport, text, &raw) == 0 && c != 0) ck_assert_str_eq(shown(&airport, raw), text);
    }
    for (unsigned v = 0; v < 4096; v++) {
        ck_assert_int_eq(asterix_text_parse(&code, shown(&code, v), &raw), 0);
        ck_assert_uint_eq(raw, v);
    }
}
END_TEST

START_TEST(text_outside_the_alphabet_is_refused)
{
    uint64_t raw;

    ck_assert_int_eq(asterix_text_parse(&code, "7428", &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_text_parse(&code, "742", &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_text_parse(&code, "07421", &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_text_parse(&callsign, "abc", &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_text_parse(&callsign, "A-B", &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_text_parse(&callsign, "ABCDEFGHI", &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_text_parse(&airport, "A\n", &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_text_parse(&number, "1", &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_text_parse(&airport, "AB", &raw), 0);
    ck_assert_uint_eq(raw, 0x41422020);
}
END_TEST

START_TEST(labels_follow_their_values)
{
    static const struct { unsigned value; const char *label; } rows[] = { { 0, "none" }, { 1, "" }, { 2, "two" }, { 3, "" }, { 8, "eight" }, { 9, "nine" }, { 10, "" },
                                                                          { 64, "sixty-four" }, { 65, "" }, { 255, "" } };
    char text[32];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_uint_eq(asterix_text_label(&kind, rows[i].value, text, sizeof text), strlen(rows[i].label));
        ck_assert_str_eq(text, rows[i].label);
    }
    ck_assert_uint_eq(asterix_text_label(&code, 0, text, sizeof text), 0);
}
END_TEST

Suite *test_asterix_text_suite(void)
{
    Suite *suite = suite_create("asterix_text");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, codes_and_characters_are_shown);
    tcase_add_test(vectors, text_that_does_not_fit_is_cut);
    tcase_add_test(vectors, every_character_comes_back_as_its_code);
    tcase_add_test(vectors, text_outside_the_alphabet_is_refused);
    tcase_add_test(vectors, labels_follow_their_values);
    suite_add_tcase(suite, vectors);
    return suite;
}
