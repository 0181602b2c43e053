#include "coverage/outline.h"

#include "base/rng.h"
#include <stdlib.h>

#include "grid.h"
#include "support/support.h"

#define W 24
#define H 17

/* Twice the signed area within a ring (the shoelace formula). */
static int32_t area2(const struct outline *o, const struct outline_ring *ring)
{
    int32_t sum = 0;

    for (uint32_t i = 0; i < ring->count; i++) {
        const int16_t *a = o->corner[ring->first + i], *b = o->corner[ring->first + (i + 1) % ring->count];
        sum += a[0] * b[1] - b[0] * a[1];
    }
    return sum;
}

START_TEST(a_square_with_a_hole_has_two_rings)
{
    struct region *r = grid_region(W, H);
    uint8_t in[W * H] = {0};

    for (int i = 0; i < 25; i++)
        in[(3 + i / 5) * W + 4 + i % 5] = i != 12;
    struct outline *o = outline_new(r, in);
    ck_assert_uint_eq(o->rings, 2);
    ck_assert(!o->ring[0].hole && o->ring[1].hole);
    ck_assert_uint_eq(o->ring[0].count, 4);
    ck_assert_int_eq(area2(o, &o->ring[0]), 50);
    ck_assert_int_eq(area2(o, &o->ring[1]), -2);
    outline_free(o);
    region_free(r);
}
END_TEST

START_TEST(corners_do_not_connect)
{
    struct region *r = grid_region(W, H);
    uint8_t in[W * H] = {0};

    in[5 * W + 5] = in[6 * W + 6] = in[5 * W + 7] = 1;
    struct outline *o = outline_new(r, in);
    ck_assert_uint_eq(o->rings, 3);
    for (uint32_t i = 0; i < 3; i++)
        ck_assert(!o->ring[i].hole && o->ring[i].count == 4 && area2(o, &o->ring[i]) == 2);
    outline_free(o);
    region_free(r);
}
END_TEST

START_TEST(random_sets_have_rings_of_their_area_wound_right)
{
    struct region *r = grid_region(W, H);
    struct rng rng = rng_init(41);

    for (int round = 0; round < 300; round++) {
        uint8_t in[W * H];
        double share = rng_uniform(&rng);
        int32_t cells = 0, sum = 0;
        for (int i = 0; i < W * H; i++)
            cells += in[i] = rng_uniform(&rng) < share;
        struct outline *o = outline_new(r, in);
        for (uint32_t i = 0; i < o->rings; i++) {
            sum += area2(o, &o->ring[i]);
            ck_assert((area2(o, &o->ring[i]) > 0) == !o->ring[i].hole);
            ck_assert(i > 0 || !o->ring[i].hole);
        }
        ck_assert_int_eq(sum, 2 * cells);
        outline_free(o);
    }
    region_free(r);
}
END_TEST

Suite *test_outline_suite(void)
{
    Suite *suite = suite_create("outline");
    TCase *tc = tcase_create("grid");

    tcase_add_test(tc, a_square_with_a_hole_has_two_rings);
    tcase_add_test(tc, corners_do_not_connect);
    tcase_add_test(tc, random_sets_have_rings_of_their_area_wound_right);
    suite_add_tcase(suite, tc);
    return suite;
}
