#include "geo/terrain.h"

#include "base/err.h"
#include "base/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

/* Two rows of three nodes, one a degree, from 40 N 260 E: 0 0 7 / 0 5 300. */
static const uint8_t small[] = {'T', 'E', 'R', 'R', 1, 2, 0, 3, 0, 1, 0, 40, 0, 4, 1, 0, 2, 14, 0, 1, 10, 0xCA, 0x04};

static struct terrain *parse(const void *bytes, size_t size, int *error)
{
    size_t offset;
    struct terrain *t = terrain_new(bytes, size, error, &offset);

    ck_assert(t || offset <= size);
    return t;
}

START_TEST(nodes_are_met_and_between_them_it_is_bilinear)
{
    int error;
    struct terrain *t = parse(small, sizeof small, &error);

    ck_assert_int_eq(error, 0);
    ck_assert_double_eq_tol(terrain_height_m(t, 40 * UNIT_DEG, -98 * UNIT_DEG), 7, 1e-9);
    ck_assert_double_eq_tol(terrain_height_m(t, 39 * UNIT_DEG, -99 * UNIT_DEG), 5, 1e-9);
    ck_assert_double_eq_tol(terrain_height_m(t, 39 * UNIT_DEG, 262 * UNIT_DEG), 300, 1e-9);
    ck_assert_double_eq_tol(terrain_height_m(t, 39.5 * UNIT_DEG, -98.5 * UNIT_DEG), (0 + 7 + 5 + 300) / 4.0, 1e-9);
    ck_assert(terrain_inside(t, 39.5 * UNIT_DEG, -98.5 * UNIT_DEG) && !terrain_inside(t, 41 * UNIT_DEG, -98.5 * UNIT_DEG));
    ck_assert_double_eq(terrain_height_m(t, 41 * UNIT_DEG, -98.5 * UNIT_DEG), 0);
    terrain_free(t);
}
END_TEST

START_TEST(every_truncation_is_refused)
{
    int error;

    for (size_t size = 0; size < sizeof small; size++) {
        uint8_t *copy = malloc(size + 1);
        memcpy(copy, small, size);
        ck_assert_ptr_null(parse(copy, size, &error));
        ck_assert_int_eq(error, ERR_TRUNCATED);
        free(copy);
    }
}
END_TEST

START_TEST(no_octet_changed_breaks_it)
{
    int error;

    for (size_t i = 0; i < sizeof small; i++)
        for (int value = 0; value < 256; value++) {
            uint8_t copy[sizeof small];
            memcpy(copy, small, sizeof small);
            copy[i] = (uint8_t)value;
            struct terrain *t = parse(copy, sizeof copy, &error);
            ck_assert((t != NULL) == (error == 0));
            if (t)
                ck_assert_double_ge(terrain_height_m(t, 39.7 * UNIT_DEG, -98.7 * UNIT_DEG), 0);
            terrain_free(t);
        }
}
END_TEST

static struct terrain *shipped(void)
{
    FILE *f = fopen("config/terrain/etopo5.terrain", "rb");
    char *bytes = malloc(1 << 20);
    int error;

    ck_assert(f && bytes);
    size_t size = fread(bytes, 1, 1 << 20, f);
    fclose(f);
    struct terrain *t = parse(bytes, size, &error);
    ck_assert_msg(t != NULL, "error %d", error);
    free(bytes);
    return t;
}

/* Places whose height is known and whose surroundings are level for more than the grid's 5 minutes. */
START_TEST(the_continent_has_its_heights)
{
    static const struct { double lat, lon, metres, within; } places[] = {
        {39.20, -101.9, 1120, 80},  /* western Kansas */
        {19.40, -99.10, 2240, 150}, /* valley of Mexico */
        {51.05, -114.1, 1080, 120}, /* Calgary */
        {26.20, -81.00, 5, 10},     /* Everglades */
        {25.00, -90.00, 0, 0},      /* Gulf */
        {0.00, 0.00, 0, 0},
    };
    struct terrain *t = shipped();

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        ck_assert_double_eq_tol(terrain_height_m(t, places[i].lat * UNIT_DEG, places[i].lon * UNIT_DEG), places[i].metres, places[i].within + 1e-9);
    terrain_free(t);
}
END_TEST

/* Node by node against the grid that the file was made from. */
START_TEST(the_file_is_the_grid_that_it_was_made_from)
{
    const char *path = support_data("terrain/etopo5_na_i16le.bin");
    if (!path) {
        support_skip("ETOPO5: terrain/etopo5_na_i16le.bin is not there");
        return;
    }
    struct terrain *t = shipped();
    FILE *f = fopen(path, "rb");
    for (int r = 0; r < 961; r++)
        for (int c = 0; c < 1981; c++) {
            int low = fgetc(f), high = fgetc(f), height = (int16_t)(low | high << 8);
            ck_assert_double_eq_tol(terrain_height_m(t, (85 - r / 12.0) * UNIT_DEG, (165 + c / 12.0) * UNIT_DEG), height > 0 ? height : 0, 1e-6);
        }
    fclose(f);
    terrain_free(t);
}
END_TEST

Suite *test_terrain_suite(void)
{
    Suite *suite = suite_create("terrain");
    TCase *tc = tcase_create("vectors");

    tcase_add_test(tc, nodes_are_met_and_between_them_it_is_bilinear);
    tcase_add_test(tc, every_truncation_is_refused);
    tcase_add_test(tc, no_octet_changed_breaks_it);
    tcase_add_test(tc, the_continent_has_its_heights);
    tcase_add_test(tc, the_file_is_the_grid_that_it_was_made_from);
    suite_add_tcase(suite, tc);
    return suite;
}
