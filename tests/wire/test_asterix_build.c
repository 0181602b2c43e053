#include "wire/asterix_build.h"

#include <math.h>
#include <string.h>

#include "base/unit.h"
#include "synth.h"
#include "vector.h"
#include "wire/categories.h"

static uint8_t content[4096], octets[4096];
static struct asterix_build build;

static struct asterix_place at(const char *path)
{
    struct asterix_place place;

    ck_assert_msg(asterix_path_find(build.category, path, &place) == 0, "%s", path);
    return place;
}

static int put(const char *path, uint64_t raw)
{
    struct asterix_place place = at(path);

    return asterix_build_raw(&build, &place, raw);
}

static void check_octets(const char *hex)
{
    uint8_t expected[512];
    size_t n = vector_octets(hex, expected);

    ck_assert_int_eq(asterix_build_encode(&build, octets, sizeof octets), (int)n);
    ck_assert_mem_eq(octets, expected, n);
}

static void begin(const struct asterix_category *category)
{
    asterix_build_init(&build, category, content, sizeof content);
}

START_TEST(the_order_of_puts_does_not_show)
{
    begin(&cat048);
    put("250[1]/BDS1", 5);
    put("130/APD", 1);
    put("020/FOEFRI", 2);
    put("130/SRL", 2);
    put("250[0]/BDS1", 4);
    put("010/SIC", 129);
    put("020/TYP", 5);
    put("010/SAC", 20);
    check_octets("A320 1481 A104 82 02 01 02 00000000000000 40 00000000000000 50");
}
END_TEST

START_TEST(parts_that_say_nothing_are_left_out)
{
    begin(&cat048);
    put("020/TYP", 5);
    put("020/TST", 0);
    put("020/ADSB/EP", 0);
    check_octets("20 A0");
    put("020/ADSB/EP", 1);
    check_octets("20 A1 01 80");
}
END_TEST

START_TEST(parts_in_which_a_quantity_was_put_stay)
{
    begin(&cat021_27);
    put("090/NUCPNIC", 8);
    put("090/NACP", 0);
    check_octets("01 01 20 11 00");
}
END_TEST

START_TEST(a_first_part_is_whole_even_if_one_bit_was_put)
{
    begin(&cat023);
    put("101/SC", 1);
    check_octets("04 0020");
    put("101/SSRP", 0);
    check_octets("04 0021 00");
}
END_TEST

START_TEST(nothing_put_is_no_record)
{
    begin(&cat048);
    ck_assert_int_eq(asterix_build_encode(&build, octets, sizeof octets), ASTERIX_EMPTY_FSPEC);
    put("140", 1);
    asterix_build_reset(&build);
    ck_assert_int_eq(asterix_build_encode(&build, octets, sizeof octets), ASTERIX_EMPTY_FSPEC);
}
END_TEST

START_TEST(what_does_not_fit_is_refused_and_not_put)
{
    struct asterix_place rho, callsign, mode;

    begin(&cat048);
    rho = at("040/RHO");
    callsign = at("240");
    mode = at("070/MODE3A");
    ck_assert_int_eq(put("020/TYP", 8), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_build_si(&build, &rho, 256 * UNIT_NM), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_build_si(&build, &rho, NAN), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_build_text(&build, &callsign, "lower"), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_build_text(&build, &mode, "8000"), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_build_bytes(&build, "SP", content, 255), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_build_bytes(&build, "010", content, 2), ASTERIX_BAD_PATH);
    ck_assert_int_eq(asterix_build_encode(&build, octets, sizeof octets), ASTERIX_EMPTY_FSPEC);
}
END_TEST

START_TEST(storage_too_small_for_a_record_is_said)
{
    static struct synth synth;
    static uint8_t small[4096];

    for (size_t size = 0;; size++) {
        struct rng rng = rng_init(7);
        struct asterix_record record;
        struct asterix_fault fault;
        size_t n;
        synth_fill(&synth, &cat062, 0, SYNTH_FULL, &rng);
        n = synth_encode(&synth, octets, sizeof octets);
        ck_assert_int_eq(asterix_decode(&cat062, octets, n, &record, &fault), (int)n);
        asterix_build_init(&build, &cat062, content, size);
        if (asterix_build_copy(&build, &record) == 0) {
            for (size_t room = 0; room < n; room++) ck_assert_int_eq(asterix_build_encode(&build, small, room), ASTERIX_NO_ROOM);
            ck_assert_int_eq(asterix_build_encode(&build, small, n), (int)n);
            return;
        }
        ck_assert_int_eq(asterix_build_copy(&build, &record), ASTERIX_NO_ROOM);
    }
}
END_TEST

START_TEST(rows_younger_than_common_decoders_are_refused_on_request)
{
    begin(&cat048);
    build.common = true;
    ck_assert_int_eq(put("020/ACASXV/EP", 1), ASTERIX_RECENT);
    ck_assert_int_eq(put("020/ADSB/EP", 1), 0);
    begin(&cat062);
    build.common = true;
    ck_assert_int_eq(put("080/M5I", 1), ASTERIX_RECENT);
    ck_assert_int_eq(put("080/DUPF", 1), 0);
    begin(&cat062);
    ck_assert_int_eq(put("080/M5I", 1), 0);
}
END_TEST

START_TEST(choosing_a_row_sets_the_choosing_bit)
{
    begin(&cat062);
    put("380/IAS/MACH", 850);
    check_octets("0110 10 8352");
    put("380/IAS/IAS", 2048);
    check_octets("0110 10 0800");
}
END_TEST

START_TEST(an_item_of_the_other_uap_cannot_vanish)
{
    begin(&cat001);
    put("161", 5);
    ck_assert_int_eq(asterix_build_encode(&build, octets, sizeof octets), ASTERIX_UNKNOWN_FRN);
    put("010/SAC", 5);
    ck_assert_int_eq(asterix_build_encode(&build, octets, sizeof octets), ASTERIX_UNKNOWN_FRN);
    put("020/TYP", 1);
    check_octets("E0 0500 80 0005");
}
END_TEST

START_TEST(another_edition_takes_the_rows_that_it_has)
{
    struct asterix_record record;
    struct asterix_fault fault;
    struct asterix_place address;
    uint64_t raw;
    size_t n;

    begin(&cat021_27);
    put("080", 0xa1b2c3);
    put("130/LAT", 5);
    put("040/MBC/VAL", 4);
    n = (size_t)asterix_build_encode(&build, octets, sizeof octets);
    ck_assert_int_eq(asterix_decode(&cat021_27, octets, n, &record, &fault), (int)n);
    begin(&cat021_24);
    ck_assert_int_eq(asterix_build_copy(&build, &record), 4); /* TBC and MBC came with 2.6 */
    ck_assert_int_gt(asterix_build_encode(&build, content + 2048, 100), 0);
    begin(&cat021_023);
    ck_assert_int_ge(asterix_build_copy(&build, &record), 4);
    asterix_build_encode(&build, content + 2048, 100);
    ck_assert_int_gt(asterix_decode(&cat021_023, content + 2048, 100, &record, &fault), 0);
    address = at("080");
    ck_assert(asterix_path_raw(&record, &address, &raw) && raw == 0xa1b2c3);
}
END_TEST

Suite *test_asterix_build_suite(void)
{
    Suite *suite = suite_create("asterix_build");
    TCase *canonical = tcase_create("canonical"), *limits = tcase_create("limits");

    tcase_add_test(canonical, the_order_of_puts_does_not_show);
    tcase_add_test(canonical, parts_that_say_nothing_are_left_out);
    tcase_add_test(canonical, parts_in_which_a_quantity_was_put_stay);
    tcase_add_test(canonical, a_first_part_is_whole_even_if_one_bit_was_put);
    tcase_add_test(canonical, choosing_a_row_sets_the_choosing_bit);
    tcase_add_test(canonical, another_edition_takes_the_rows_that_it_has);
    tcase_add_test(limits, nothing_put_is_no_record);
    tcase_add_test(limits, what_does_not_fit_is_refused_and_not_put);
    tcase_add_test(limits, storage_too_small_for_a_record_is_said);
    tcase_add_test(limits, rows_younger_than_common_decoders_are_refused_on_request);
    tcase_add_test(limits, an_item_of_the_other_uap_cannot_vanish);
    suite_add_tcase(suite, canonical);
    suite_add_tcase(suite, limits);
    return suite;
}
