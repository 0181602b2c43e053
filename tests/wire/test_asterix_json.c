#include "wire/asterix_json.h"

#include <stdlib.h>

#include "synth.h"
#include "vector.h"
#include "wire/categories.h"

START_TEST(a_record_is_shown_in_the_units_of_the_standard)
{
    uint8_t octets[128];
    struct asterix_record record;
    struct asterix_fault fault;
    size_t n;
    json_t *json;
    char *text;

    n = vector_octets("FF 41 41 02 1481 546040 A101E8 6400 4000 0F11 0579 A0 10 B0 042C720C4CE0 0320 02CC", octets);
    ck_assert_int_eq(asterix_decode(&cat048, octets, n, &record, &fault), (int)n);
    json = asterix_json_record(&record, 3);
    text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(15));
    ck_assert_str_eq(text, "{\"cat\":48,\"edition\":\"1.32\",\"offset\":3,\"items\":{\"010\":{\"SAC\":20,\"SIC\":129},\"140\":43200.5,"
                           "\"020\":{\"TYP\":5,\"SIM\":0,\"RDP\":0,\"SPI\":0,\"RAB\":0,\"TST\":0,\"ERR\":0,\"XPP\":0,\"ME\":0,\"MI\":0,\"FOEFRI\":0,"
                           "\"ADSB\":{\"EP\":1,\"VAL\":1},\"SCN\":{\"EP\":1,\"VAL\":0},\"PAI\":{\"EP\":1,\"VAL\":0}},"
                           "\"040\":{\"RHO\":100.0,\"THETA\":90.0},\"070\":{\"V\":0,\"G\":0,\"L\":0,\"MODE3A\":\"7421\"},"
                           "\"090\":{\"V\":0,\"G\":0,\"FL\":350.25},\"130\":{\"SRL\":0.703125,\"SAM\":-80},\"240\":\"AB12CD3\",\"030\":[1,16],\"RE\":\"cc\"}}");
    free(text);
    json_decref(json);
}
END_TEST

START_TEST(repetitions_are_arrays_and_wide_bits_are_hexadecimal)
{
    uint8_t octets[128];
    struct asterix_record record;
    struct asterix_fault fault;
    size_t n = vector_octets("01A0 A1B2C3 02 11223344556677 40 8899AABBCCDDEE 50", octets);
    json_t *json;
    char *text;

    ck_assert_int_eq(asterix_decode(&cat048, octets, n, &record, &fault), (int)n);
    json = asterix_json_items(&record);
    text = json_dumps(json, JSON_COMPACT);
    ck_assert_str_eq(text, "{\"220\":\"a1b2c3\",\"250\":[{\"MBDATA\":\"11223344556677\",\"BDS1\":4,\"BDS2\":0},{\"MBDATA\":\"8899aabbccddee\",\"BDS1\":5,\"BDS2\":0}]}");
    free(text);
    json_decref(json);
}
END_TEST

START_TEST(every_category_can_be_shown_whole)
{
    static struct synth synth;
    static uint8_t octets[8192];
    const struct asterix_category *c = asterix_at((unsigned)_i);
    struct rng rng = rng_init((uint64_t)_i);
    struct asterix_record record;
    struct asterix_fault fault;
    json_t *json;
    size_t n;

    synth_fill(&synth, c, 0, SYNTH_FULL, &rng);
    n = synth_encode(&synth, octets, sizeof octets);
    ck_assert_int_eq(asterix_decode(c, octets, n, &record, &fault), (int)n);
    json = asterix_json_items(&record);
    ck_assert_ptr_nonnull(json);
    for (unsigned i = 0; i < c->item_count; i++)
        ck_assert_msg(!asterix_has(&record, i) || json_object_get(json, c->items[i].id), "%03u/%s", c->number, c->items[i].id);
    json_decref(json);
}
END_TEST

Suite *test_asterix_json_suite(void)
{
    Suite *suite = suite_create("asterix_json");
    TCase *form = tcase_create("form");
    int categories = 0;

    while (asterix_at((unsigned)categories)) categories++;
    tcase_add_test(form, a_record_is_shown_in_the_units_of_the_standard);
    tcase_add_test(form, repetitions_are_arrays_and_wide_bits_are_hexadecimal);
    tcase_add_loop_test(form, every_category_can_be_shown_whole, 0, categories);
    suite_add_tcase(suite, form);
    return suite;
}
