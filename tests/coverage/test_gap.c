#include "coverage/gap.h"

#include "base/rng.h"
#include <math.h>
#include <stdlib.h>

#include "grid.h"
#include "support/support.h"

#define W 40
#define H 30
#define LAYER 5

static struct region *region;
static struct volume *volume;

static void open_grid(void)
{
    region = grid_region(W, H);
    volume = volume_new(region, 1);
    ck_assert_ptr_nonnull(volume);
}

static void close_grid(void)
{
    volume_free(volume);
    region_free(region);
}

static void see(int x, int y, int layer, bool seen)
{
    volume->count[SIGHT_ECHO][(size_t)(y * W + x) * REGION_LAYERS + (size_t)layer] = seen;
}

static void see_all(void)
{
    for (int i = 0; i < W * H; i++)
        for (int k = 0; k < REGION_LAYERS; k++)
            see(i % W, i / W, k, true);
}

static void open_box(int x, int y, int w, int h, int layer)
{
    for (int i = 0; i < w * h; i++)
        see(x + i % w, y + i / w, layer, false);
}

START_TEST(two_boxes_are_two_gaps_with_their_measures)
{
    see_all();
    open_box(5, 5, 7, 5, LAYER);
    open_box(20, 12, 3, 3, LAYER);
    struct gaps *g = gap_new(volume, SIGHT_ECHO, 0xFFF, 4);
    ck_assert_uint_eq(g->count, 2);
    ck_assert_uint_eq(g->kept, 2);
    ck_assert_double_eq_tol(g->gap[0].area_m2, 35 * region->cell_m2, 1);
    ck_assert_double_eq_tol(g->gap[0].radius_m, 2.5 * GRID_CELL_M, 1);
    ck_assert_double_eq_tol(g->gap[1].radius_m, 1.5 * GRID_CELL_M, 1);
    ck_assert_uint_eq(g->gap[1].centre, 13 * W + 21);
    ck_assert_int_eq(g->gap[0].lowest, LAYER);
    ck_assert_double_eq_tol(gap_crossing_s(&g->gap[0], 100), 500, 0.01);
    gap_free(g);
}
END_TEST

START_TEST(layers_above_each_other_are_one_gap_and_corners_join_nothing)
{
    see_all();
    open_box(5, 5, 4, 4, LAYER);
    open_box(8, 8, 6, 6, LAYER + 1);
    open_box(14, 14, 2, 2, LAYER + 1);
    struct gaps *g = gap_new(volume, SIGHT_ECHO, 0xFFF, 1);
    ck_assert_uint_eq(g->count, 2);
    ck_assert_uint_eq(g->kept, 1);
    ck_assert_double_eq_tol(g->gap[0].area_m2, (16 + 36 - 1) * region->cell_m2, 1);
    ck_assert_int_eq(g->gap[0].lowest, LAYER);
    ck_assert_int_eq(g->gap[0].highest, LAYER + 1);
    ck_assert_double_eq(g->gap[0].floor_m, region_layer[LAYER].height_m);
    gap_free(g);
    g = gap_new(volume, SIGHT_ECHO, 1u << LAYER, 1);
    ck_assert_uint_eq(g->count, 1);
    ck_assert_double_eq_tol(g->gap[0].area_m2, 16 * region->cell_m2, 1);
    gap_free(g);
}
END_TEST

/* The widest circle against every pair of places, and the sum of all gaps against a count. */
START_TEST(random_gaps_have_the_circle_that_a_search_finds)
{
    struct rng r = rng_init(21);

    for (int round = 0; round < 20; round++) {
        double share = 0.02 + 0.2 * rng_uniform(&r), widest = 0, unseen = 0, found = 0;
        see_all();
        for (int i = 0; i < W * H; i++)
            see(i % W, i / W, LAYER, rng_uniform(&r) < share);
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++) {
                double clear = fmin(fmin(x + 1, W - x), fmin(y + 1, H - y)); /* to the first place outside */
                for (int i = 0; i < W * H; i++)
                    if (volume->count[SIGHT_ECHO][(size_t)i * REGION_LAYERS + LAYER])
                        clear = fmin(clear, hypot(i % W - x, i / W - y));
                bool open = !volume->count[SIGHT_ECHO][(size_t)(y * W + x) * REGION_LAYERS + LAYER];
                widest = open ? fmax(widest, clear - 0.5) : widest;
                unseen += open;
            }
        struct gaps *g = gap_new(volume, SIGHT_ECHO, 1u << LAYER, 1000);
        double radius = 0;
        for (uint32_t i = 0; i < g->kept; i++) {
            radius = fmax(radius, g->gap[i].radius_m);
            found += g->gap[i].area_m2;
            ck_assert(i == 0 || g->gap[i].area_m2 <= g->gap[i - 1].area_m2);
        }
        ck_assert_double_eq_tol(found, unseen * region->cell_m2, 1);
        /* at the edge of a grid without a rim the transform knows of no outside: it may find more there, never less */
        ck_assert_double_ge(radius, widest * GRID_CELL_M - 1);
        gap_free(g);
    }
}
END_TEST

Suite *test_gap_suite(void)
{
    Suite *suite = suite_create("gap");
    TCase *tc = tcase_create("grid");

    tcase_add_checked_fixture(tc, open_grid, close_grid);
    tcase_add_test(tc, two_boxes_are_two_gaps_with_their_measures);
    tcase_add_test(tc, layers_above_each_other_are_one_gap_and_corners_join_nothing);
    tcase_add_test(tc, random_gaps_have_the_circle_that_a_search_finds);
    suite_add_tcase(suite, tc);
    return suite;
}
