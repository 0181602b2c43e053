#include "wire/mapping.h"

#include "support/support.h"
#include "wire/status.h"
#include "wire/target.h"

START_TEST(every_row_of_every_table_names_a_row_of_its_category)
{
    const struct asterix_category *c = NULL;
    int tables = 0;
    for (unsigned k = 0; (c = asterix_at(k)) != NULL; k++) {
        struct mapping m;
        size_t count = 0, bad = 0;
        const struct mapping_row *rows = target_rows(c, &count);
        bool target = rows != NULL;
        if (!rows)
            rows = status_rows(c, &count);
        ck_assert_msg(rows != NULL, "category %03u edition %s has no table", c->number, c->edition);
        ck_assert_msg(mapping_init(&m, c, rows, count, &bad) == 0, "%03u %s: %s", c->number, c->edition, rows[bad].path);
        for (size_t r = 0; r < count; r++)
            ck_assert_uint_lt(rows[r].part, target ? (unsigned)TARGET_PARTS : (unsigned)STATUS_PARTS);
        tables++;
    }
    ck_assert_int_ge(tables, 14);
    ck_assert_uint_le(TARGET_PARTS, 64);
    ck_assert_uint_le(STATUS_PARTS, 64);
}
END_TEST

START_TEST(rows_of_one_part_come_and_go_together)
{
    const struct asterix_category *c = asterix_find(48, NULL);
    struct mapping m;
    size_t count = 0, bad = 0;
    const struct mapping_row *rows = target_rows(c, &count);
    ck_assert_int_eq(mapping_init(&m, c, rows, count, &bad), 0);
    struct target t = {.range_m = 40.0 * 1852.0, .azimuth_rad = 1.0, .sac = 20, .sic = 129}, back = {0};
    uint8_t content[512], bytes[512];
    struct asterix_build b;
    struct asterix_record record;
    struct asterix_fault fault;
    asterix_build_init(&b, c, content, sizeof content);
    ck_assert_int_eq(mapping_write(&m, &b, &t, TARGET_HAS(SOURCE) | TARGET_HAS(POLAR)), 0);
    int size = asterix_build_encode(&b, bytes, sizeof bytes);
    ck_assert_int_eq(size, 1 + 2 + 4);
    ck_assert_int_eq(asterix_decode(c, bytes, (size_t)size, &record, &fault), size);
    ck_assert_uint_eq(mapping_read(&m, &record, &back), TARGET_HAS(SOURCE) | TARGET_HAS(POLAR));
    ck_assert_double_eq_tol(back.range_m, t.range_m, 1e-9);
    ck_assert_double_eq_tol(back.azimuth_rad, t.azimuth_rad, 5e-5);
    ck_assert_uint_eq(back.sic, 129);
}
END_TEST

Suite *test_mapping_suite(void)
{
    Suite *suite = suite_create("mapping");
    TCase *t = tcase_create("tables");
    tcase_add_test(t, every_row_of_every_table_names_a_row_of_its_category);
    tcase_add_test(t, rows_of_one_part_come_and_go_together);
    suite_add_tcase(suite, t);
    return suite;
}
