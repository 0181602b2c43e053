#include "wire/asterix_path.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/unit.h"
#include "vector.h"
#include "wire/asterix_build.h"
#include "wire/categories.h"

static struct asterix_record record_of(const struct asterix_category *category, const char *hex)
{
    static uint8_t octets[256];
    struct asterix_record record;
    struct asterix_fault fault;
    size_t n = vector_octets(hex, octets);

    ck_assert_int_eq(asterix_decode(category, octets, n, &record, &fault), (int)n);
    return record;
}

START_TEST(paths_that_name_no_row_are_refused)
{
    static const char *const wrong[] = { "", "/", "999", "040", "040/", "040/RH", "040/RHO/", "040[1]/RHO", "140/X", "130", "130/", "130/XXX", "250[]/BDS1", "250[1/BDS1",
                                         "250[x]/BDS1", "250[255]/BDS1", "250[99999]/BDS1", "030[65535]", "RE", "SP", "RFS", "020/ADSB", "020/FX", "010/SAC ", "[0]" };
    struct asterix_place place;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(asterix_path_find(&cat048, wrong[i], &place) == ASTERIX_BAD_PATH, "\"%s\"", wrong[i]);
    ck_assert_int_eq(asterix_path_row(&cat048, 999, 0, 0, &place), ASTERIX_BAD_PATH);
}
END_TEST

START_TEST(every_row_is_found_by_the_path_that_its_names_make)
{
    const struct asterix_category *c = asterix_at((unsigned)_i);

    for (unsigned slot = 0; slot < c->slot_count; slot++)
        for (unsigned row = 0; row < 64; row++) {
            struct asterix_place place, again;
            char path[64];
            if (asterix_path_row(c, slot, row, 0, &place) < 0) continue;
            snprintf(path, sizeof path, "%s%s%s%s%s", c->items[place.parent].id, place.parent == slot ? "" : "/", place.parent == slot ? "" : place.item->id,
                     *place.field->name ? "/" : "", place.field->name);
            ck_assert_msg(asterix_path_find(c, path, &again) == 0, "%03u %s", c->number, path);
            ck_assert_ptr_eq(again.field, place.field);
            ck_assert_uint_eq(again.slot, slot);
        }
}
END_TEST

struct si {
    unsigned category;
    const char *path;
    uint64_t raw;
    double si;
};

static const struct si si[] = {
    { 48, "040/RHO", 256, UNIT_NM },           { 48, "040/THETA", 16384, UNIT_PI / 2 }, { 48, "090/FL", 4, 30.48 },      { 48, "090/FL", 0x3fff, -7.62 },
    { 48, "200/GSP", 16384, UNIT_NM },         { 48, "110/3DH", 4, 30.48 },             { 48, "140", 128, 1 },           { 48, "130/SAM", 0xff, -1 },
    { 48, "120/RDS/FRQ", 1, 1e6 },             { 62, "105/LAT", 1u << 23, UNIT_PI / 4 }, { 62, "220", 2, 12.5 * 0.3048 / 60 }, { 62, "210/AX", 4, 1 },
    { 62, "130", 4, 7.62 },                    { 62, "380/TAS", 1, 1852.0 / 3600 },     { 62, "380/IAS/MACH", 850, 0.85 }, { 62, "380/BPS/BPS", 10, 100 },
    { 62, "380/MET/TMPD", 0xfffc, -1 },        { 62, "380/TAR/ROT", 4, UNIT_PI / 180 }, { 63, "070", 0xffff, -1e-3 },    { 1, "040/RHO", 128, UNIT_NM },
};

START_TEST(si_values_follow_the_units)
{
    const struct si *row = &si[_i];
    struct asterix_place place;
    uint64_t raw;

    ck_assert_int_eq(asterix_path_find(asterix_find(row->category, NULL), row->path, &place), 0);
    ck_assert_double_eq_tol((double)asterix_path_signed(place.field, row->raw) * place.si, row->si, 1e-12 * fabs(row->si));
    ck_assert_int_eq(asterix_path_raw_of(&place, row->si, &raw), 0);
    ck_assert_uint_eq(raw, row->raw);
}
END_TEST

START_TEST(si_values_that_do_not_fit_are_refused_and_full_turns_wrap)
{
    struct asterix_place rho, theta, level, offset;
    uint64_t raw;

    asterix_path_find(&cat048, "040/RHO", &rho);
    asterix_path_find(&cat048, "040/THETA", &theta);
    asterix_path_find(&cat048, "090/FL", &level);
    asterix_path_find(&cat048, "130/RPD", &offset);
    ck_assert_int_eq(asterix_path_raw_of(&rho, 256 * UNIT_NM, &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_path_raw_of(&rho, -1 * UNIT_NM, &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_path_raw_of(&rho, NAN, &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_path_raw_of(&rho, INFINITY, &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_path_raw_of(&theta, 2 * UNIT_PI - 1e-9, &raw), 0);
    ck_assert_uint_eq(raw, 0);
    ck_assert_int_eq(asterix_path_raw_of(&theta, 7, &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_path_raw_of(&level, 2048 * UNIT_FL, &raw), ASTERIX_RANGE);
    ck_assert_int_eq(asterix_path_raw_of(&level, -2048 * UNIT_FL, &raw), 0);
    ck_assert_uint_eq(raw, 0x2000);
    ck_assert_int_eq(asterix_path_raw_of(&offset, -0.5 * UNIT_NM, &raw), 0);
    ck_assert_uint_eq(raw, 0x80);
}
END_TEST

START_TEST(rows_that_the_record_lacks_are_absent)
{
    struct asterix_record record = record_of(&cat048, "A120 1481 A0 01 11223344556677 40");
    struct asterix_place place;
    uint64_t raw;
    static const char *const absent[] = { "140", "020/TST", "020/ADSB/EP", "250[1]/BDS1", "130/SRL", "240", "120/RDS/DOP" };

    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        ck_assert_int_eq(asterix_path_find(&cat048, absent[i], &place), 0);
        ck_assert_msg(!asterix_path_raw(&record, &place, &raw), "%s", absent[i]);
        ck_assert_uint_eq(asterix_path_count(&record, &place), strncmp(absent[i], "250", 3) == 0 || strncmp(absent[i], "020", 3) == 0 ? 1 : 0);
    }
    ck_assert_int_eq(asterix_path_find(&cat048, "250/BDS1", &place), 0);
    ck_assert(asterix_path_raw(&record, &place, &raw) && raw == 4);
}
END_TEST

START_TEST(only_the_chosen_row_of_a_choice_is_there)
{
    struct asterix_place ias, mach;
    struct asterix_record record;
    uint64_t raw;

    asterix_path_find(&cat021_023, "150/IAS", &ias);
    asterix_path_find(&cat021_023, "150/MACH", &mach);
    record = record_of(&cat021_023, "0110 0800");
    ck_assert(asterix_path_raw(&record, &ias, &raw) && raw == 0x800);
    ck_assert(!asterix_path_raw(&record, &mach, &raw));
    record = record_of(&cat021_023, "0110 81F4");
    ck_assert(!asterix_path_raw(&record, &ias, &raw));
    ck_assert(asterix_path_raw(&record, &mach, &raw) && raw == 500);
}
END_TEST

START_TEST(explicit_items_are_lent_without_their_length)
{
    struct asterix_record record = record_of(&cat048, "81010106 1481 03AABB 02CC");
    size_t n = 9;
    const uint8_t *bytes = asterix_path_bytes(&record, "SP", &n);

    ck_assert_uint_eq(n, 2);
    ck_assert(bytes && bytes[0] == 0xaa && bytes[1] == 0xbb);
    bytes = asterix_path_bytes(&record, "RE", &n);
    ck_assert(bytes && n == 1 && bytes[0] == 0xcc);
    ck_assert_ptr_null(asterix_path_bytes(&record, "010", &n));
    record = record_of(&cat048, "80 1481");
    ck_assert_ptr_null(asterix_path_bytes(&record, "SP", &n));
}
END_TEST

START_TEST(every_unit_has_a_name)
{
    for (unsigned u = ASTERIX_NONE + 1; u <= ASTERIX_CELSIUS; u++) ck_assert_str_ne(asterix_path_unit_name(u), "");
    ck_assert_str_eq(asterix_path_unit_name(ASTERIX_CELSIUS + 1), "");
}
END_TEST

Suite *test_asterix_path_suite(void)
{
    Suite *suite = suite_create("asterix_path");
    TCase *paths = tcase_create("paths"), *values = tcase_create("values");
    int categories = 0;

    while (asterix_at((unsigned)categories)) categories++;
    tcase_add_test(paths, paths_that_name_no_row_are_refused);
    tcase_add_loop_test(paths, every_row_is_found_by_the_path_that_its_names_make, 0, categories);
    tcase_add_loop_test(values, si_values_follow_the_units, 0, (int)(sizeof si / sizeof *si));
    tcase_add_test(values, si_values_that_do_not_fit_are_refused_and_full_turns_wrap);
    tcase_add_test(values, rows_that_the_record_lacks_are_absent);
    tcase_add_test(values, only_the_chosen_row_of_a_choice_is_there);
    tcase_add_test(values, explicit_items_are_lent_without_their_length);
    tcase_add_test(values, every_unit_has_a_name);
    suite_add_tcase(suite, paths);
    suite_add_tcase(suite, values);
    return suite;
}
