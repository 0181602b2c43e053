#include "coverage/route.h"

#include "base/unit.h"
#include "geo/geodesic.h"
#include "coverage/outline.h"
#include <math.h>
#include <stdlib.h>

#include "grid.h"
#include "support/support.h"

#define W 40
#define H 30
#define LAYER 5

/* A wall of coverage, three cells thick and with a door, around the defended middle: the way goes through the door, however long. */
START_TEST(the_way_goes_through_the_door)
{
    struct region *r = grid_region(W, H);
    struct volume *v = volume_new(r, 1);
    uint8_t defended[W * H] = {0};
    bool reached;

    defended[15 * W + 20] = 1;
    for (int i = 0; i < W * H; i++) {
        double d = hypot(i % W - 20, i / W - 15);
        v->count[SIGHT_ECHO][(size_t)i * REGION_LAYERS + LAYER] = d >= 6 && d < 9 && !(i / W == 15 && i % W > 20);
    }
    struct route *way = route_new(v, SIGHT_ECHO, LAYER, defended, &reached);
    ck_assert(reached && way);
    ck_assert_double_eq(way->seen_m, 0);
    ck_assert_uint_eq(way->cell[way->cells - 1], 15 * W + 20);
    ck_assert_double_eq_tol(way->longest_unseen_m, way->length_m, 1e-6);
    bool door = false;
    for (uint32_t i = 0; i < way->cells; i++)
        door = door || way->cell[i] == 15 * W + 27;
    ck_assert(door);
    route_free(way);
    for (int x = 21; x < W; x++) /* the door is shut */
        v->count[SIGHT_ECHO][(size_t)(15 * W + x) * REGION_LAYERS + LAYER] = hypot(x - 20, 0) >= 6 && x < 29;
    way = route_new(v, SIGHT_ECHO, LAYER, defended, &reached);
    ck_assert(way->seen_m > GRID_CELL_M && way->seen_m < 3.01 * GRID_CELL_M); /* aslant where the wall has a corner */
    ck_assert_double_le(way->longest_unseen_m, way->length_m - way->seen_m + 1e-6);
    route_free(way);
    volume_free(v);
    region_free(r);
}
END_TEST

/* A disc around the target: warning begins where the straight way enters it. */
START_TEST(warning_is_the_time_from_the_edge_of_coverage)
{
    struct region *r = grid_region(80, 60);
    struct volume *v = volume_new(r, 1);
    struct view *disc = grid_view(r, 40, 30, 15, 1u << LAYER);
    struct geodetic to = outline_place(r, 40.5, 30.5), from = outline_place(r, 75.5, 30.5);
    double length = geodesic_inverse(from, to, NULL, NULL), stretch = length / (35 * GRID_CELL_M);

    ck_assert_double_eq(route_warning_s(v, SIGHT_ECHO, LAYER, &(struct route_flight){from, to, 200, 36}), 0);
    volume_add(v, disc, 0, 0.9);
    double expected = 15.5 * GRID_CELL_M * stretch / 200 - 36;
    ck_assert_double_eq_tol(route_warning_s(v, SIGHT_ECHO, LAYER, &(struct route_flight){from, to, 200, 36}), expected, 0.3 * GRID_CELL_M / 200);
    ck_assert_double_eq(route_warning_s(v, SIGHT_ECHO, LAYER + 1, &(struct route_flight){from, to, 200, 36}), 0);
    ck_assert_double_eq(route_warning_s(v, SIGHT_ECHO, LAYER, &(struct route_flight){from, to, 200, 1e5}), 0); /* never confirmed */
    free(disc);
    volume_free(v);
    region_free(r);
}
END_TEST

Suite *test_route_suite(void)
{
    Suite *suite = suite_create("route");
    TCase *tc = tcase_create("grid");

    tcase_add_test(tc, the_way_goes_through_the_door);
    tcase_add_test(tc, warning_is_the_time_from_the_edge_of_coverage);
    suite_add_tcase(suite, tc);
    return suite;
}
