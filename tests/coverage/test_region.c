#include "coverage/region.h"

#include "base/unit.h"
#include "geo/geodesic.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "files.h"
#include "support/support.h"

static const char *const continent[] = {"US", "CA", "MX", NULL};
static struct region *whole;
static struct area *land;

static void open_whole(void)
{
    struct area *fir = files_area("config/areas/fir.area", NULL);
    struct terrain *ground = files_terrain();

    land = files_area("config/areas/land.area", continent);
    whole = region_new(land, fir, ground, 10 * UNIT_NM, 600 * UNIT_NM);
    ck_assert_ptr_nonnull(whole);
    area_free(fir);
    terrain_free(ground);
}

static void close_whole(void)
{
    region_free(whole);
    area_free(land);
}

static double million_nm2(double cells)
{
    return cells * whole->cell_m2 / (UNIT_NM * UNIT_NM) / 1e6;
}

START_TEST(region_and_band_have_their_areas)
{
    uint32_t sea = 0;

    for (uint32_t i = 0; i < whole->cells; i++)
        sea += whole->cell[i].nation == AREA_NONE;
    ck_assert_double_eq_tol(million_nm2(whole->cells), 17.85, 0.005 * 17.85);
    ck_assert_double_eq_tol(million_nm2(sea), 11.64, 0.005 * 11.64);
}
END_TEST

/* Areas of the countries with their lakes and without Hawaii and Puerto Rico, from their offices of statistics: 9.83, 9.98 and 1.96 million
 * km2; the first counts the Great Lakes and coastal waters that the coast of a map leaves out. */
START_TEST(countries_have_their_areas)
{
    double km2[3] = {0};

    for (uint32_t i = 0; i < whole->cells; i++)
        if (whole->cell[i].nation >= 0)
            km2[whole->cell[i].nation] += whole->cell_m2 / 1e12;
    ck_assert_double_eq_tol(km2[0], 9.45, 0.03 * 9.45);
    ck_assert_double_eq_tol(km2[1], 9.98, 0.02 * 9.98);
    ck_assert_double_eq_tol(km2[2], 1.96, 0.01 * 1.96);
}
END_TEST

START_TEST(the_pole_and_the_antimeridian_are_places_like_others)
{
    int32_t pole = region_find(whole, UNIT_PI / 2, 0), west = region_find(whole, 53 * UNIT_DEG, -179.9 * UNIT_DEG), east = region_find(whole, 53 * UNIT_DEG, 179.9 * UNIT_DEG);

    ck_assert_int_ge(pole, 0);
    ck_assert_int_ge(west, 0);
    ck_assert_int_ge(east, 0);
    ck_assert_double_eq_tol(whole->cell[pole].distance_m / UNIT_NM, 413, 12); /* from Cape Columbia, 83.11 N */
    ck_assert_double_lt(hypot(whole->cell[west].column - whole->cell[east].column, whole->cell[west].row - whole->cell[east].row), 4);
    ck_assert_int_eq(region_find(whole, -30 * UNIT_DEG, 0), -1);
    ck_assert_int_eq(region_find(whole, 48.85 * UNIT_DEG, 2.35 * UNIT_DEG), -1);
}
END_TEST

START_TEST(every_cell_is_where_its_index_says)
{
    for (uint32_t i = 0; i < whole->cells; i += 97) {
        const struct region_cell *c = &whole->cell[i];
        ck_assert_int_eq(region_find(whole, c->lat_rad, c->lon_rad), (int32_t)i);
        ck_assert_int_eq(region_band(whole, c) == -1, c->nation != AREA_NONE);
        ck_assert_double_le(c->distance_m, 600 * UNIT_NM + 1);
    }
}
END_TEST

/* Cells left out next to the region really are farther away. */
START_TEST(what_is_left_out_is_beyond)
{
    uint32_t checked = 0;

    for (int32_t i = 1; i < whole->columns * whole->rows - 1; i++) {
        if (whole->at[i] >= 0 || (whole->at[i - 1] < 0 && whole->at[i + 1] < 0))
            continue;
        struct geodetic at;
        ck_assert(laea_inverse(&whole->projection, (i % whole->columns + 0.5 - 0.5 * whole->columns) * whole->cell_m,
                               (i / whole->columns + 0.5 - 0.5 * whole->rows) * whole->cell_m, &at));
        ck_assert_double_gt(area_distance(land, at.lat_rad, at.lon_rad, NULL, NULL), 600 * UNIT_NM);
        checked++;
    }
    ck_assert_uint_gt(checked, 500);
}
END_TEST

START_TEST(layers_within_the_ground_are_no_airspace)
{
    struct region_cell peak = {.ground_m = 3000};
    unsigned within = 0;

    for (int i = 0; i < REGION_LAYERS; i++) {
        double height = region_height_m(&peak, &region_layer[i]);
        ck_assert(height < 0 || height > 3000);
        within += height < 0;
    }
    ck_assert_uint_eq(within, 1); /* 5000 ft alone: 10000 ft are 3048 m */
}
END_TEST

START_TEST(what_is_kept_comes_back_and_damage_does_not)
{
    size_t size = region_saved_size(whole);
    char *bytes = malloc(size);

    region_save(whole, bytes);
    struct region *r = region_restored_new(bytes, size);
    ck_assert_ptr_nonnull(r);
    ck_assert_uint_eq(r->cells, whole->cells);
    ck_assert_mem_eq(r->cell, whole->cell, r->cells * sizeof *r->cell);
    ck_assert_mem_eq(r->at, whole->at, (size_t)r->columns * (size_t)r->rows * sizeof *r->at);
    region_free(r);
    ck_assert_ptr_null(region_restored_new(bytes, size - 1));
    bytes[size / 2] ^= 1;
    ck_assert_ptr_null(region_restored_new(bytes, size));
    free(bytes);
}
END_TEST

START_TEST(hawaii_and_puerto_rico_are_options)
{
    static const char *const all[] = {"US", "CA", "MX", "US-HI", "US-PR", NULL};
    struct area *more = files_area("config/areas/land.area", all);
    struct terrain *smooth = terrain_smooth_new();
    struct region *r = region_new(more, NULL, smooth, 20 * UNIT_NM, 600 * UNIT_NM);

    ck_assert_int_eq(region_find(whole, 21.3 * UNIT_DEG, -157.9 * UNIT_DEG), -1);
    ck_assert_int_ge(region_find(r, 21.3 * UNIT_DEG, -157.9 * UNIT_DEG), 0);
    ck_assert_double_gt(4.0 * r->cells, 1.05 * whole->cells);
    region_free(r);
    terrain_free(smooth);
    area_free(more);
}
END_TEST

Suite *test_region_suite(void)
{
    Suite *suite = suite_create("region");
    TCase *tc = tcase_create("continent");

    tcase_add_unchecked_fixture(tc, open_whole, close_whole);
    tcase_add_test(tc, region_and_band_have_their_areas);
    tcase_add_test(tc, countries_have_their_areas);
    tcase_add_test(tc, the_pole_and_the_antimeridian_are_places_like_others);
    tcase_add_test(tc, every_cell_is_where_its_index_says);
    tcase_add_test(tc, what_is_left_out_is_beyond);
    tcase_add_test(tc, layers_within_the_ground_are_no_airspace);
    tcase_add_test(tc, what_is_kept_comes_back_and_damage_does_not);
    tcase_add_test(tc, hawaii_and_puerto_rico_are_options);
    suite_add_tcase(suite, tc);
    return suite;
}
