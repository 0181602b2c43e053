#include "geo/bucket.h"

#include "base/err.h"
#include "base/rng.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

#define POINTS 600

/* Where points are scattered: centre, spread in degrees, how far a search goes. */
static const struct {
    const char *name;
    double lat_deg, lon_deg, lat_spread, lon_spread, radius_m;
} places[] = {
    {"border", 49, -115, 2, 3, 3e3},
    {"border, wide", 32.5, -110, 6, 6, 80e3},
    {"antimeridian", 52, 180, 2, 3, 40e3},
    {"antimeridian from the west", -10, -180, 1, 1, 60e3},
    {"equator", 0, 0, 1, 1, 20e3},
    {"north pole", 90, 0, 1, 360, 50e3},
    {"north pole, wide", 90, 0, 8, 360, 700e3},
    {"south pole", -90, 20, 1, 360, 30e3},
    {"whole earth", 0, 0, 180, 360, 3000e3},
    {"more than the earth", 0, 0, 180, 360, 3e7},
};

static struct geodetic scatter(struct rng *r, int place)
{
    double lat = (places[place].lat_deg + places[place].lat_spread * (rng_uniform(r) - 0.5)) * UNIT_DEG;
    double lon = (places[place].lon_deg + places[place].lon_spread * (rng_uniform(r) - 0.5)) * UNIT_DEG;
    if (fabs(lat) > UNIT_PI / 2)
        lat = copysign(UNIT_PI, lat) - lat;
    return (struct geodetic){lat, lon, 0};
}

START_TEST(every_point_within_the_radius_is_found_once)
{
    uint64_t seed = 500 + (uint64_t)_i;
    printf("SEED=%llu (%s)\n", (unsigned long long)seed, places[_i].name);
    struct rng r = rng_init(seed);
    struct bucket *b = bucket_new(POINTS, _i % 2 ? 10e3 : 7e3);
    struct geodetic at[POINTS];
    bool in[POINTS] = {false};
    for (int i = 0; i < 3 * POINTS; i++) { /* with moves and removals */
        uint32_t slot = rng_below(&r, POINTS);
        in[slot] = rng_below(&r, 5) > 0;
        at[slot] = scatter(&r, _i);
        if (in[slot])
            bucket_add(b, slot, at[slot].lat_rad, at[slot].lon_rad);
        else
            bucket_remove(b, slot);
    }
    uint32_t near = 0, found_in_all = 0;
    for (int i = 0; i < 100; i++) {
        struct geodetic centre = scatter(&r, _i);
        uint32_t slots[POINTS], count = bucket_find(b, centre.lat_rad, centre.lon_rad, places[_i].radius_m, slots, POINTS);
        ck_assert_uint_le(count, POINTS);
        int hits[POINTS] = {0};
        for (uint32_t k = 0; k < count; k++)
            hits[slots[k]]++;
        for (uint32_t s = 0; s < POINTS; s++) {
            ck_assert_int_le(hits[s], in[s]);
            if (!in[s] || geodesic_inverse(centre, at[s], NULL, NULL) > places[_i].radius_m)
                continue;
            ck_assert_msg(hits[s] == 1, "slot %u missed", s);
            near++;
        }
        found_in_all += count;
    }
    ck_assert_uint_gt(near, 0);
    ck_assert_uint_ge(found_in_all, near);
    bucket_free(b);
}
END_TEST

START_TEST(little_beyond_the_window_comes_out)
{
    struct bucket *b = bucket_new(10000, 10e3);
    for (uint32_t i = 0; i < 10000; i++) /* 100 x 100 points, 0.05 degrees apart */
        bucket_add(b, i, (40 + 0.05 * (i / 100)) * UNIT_DEG, (-100 + 0.05 * (i % 100)) * UNIT_DEG);
    uint32_t slots[10000];
    uint32_t count = bucket_find(b, 42.5 * UNIT_DEG, -97.5 * UNIT_DEG, 3e3, slots, 10000);
    ck_assert_uint_ge(count, 1);
    ck_assert_uint_le(count, 36); /* four cells of 10 km; a point every 5.6 x 4.1 km: at most 2 x 3 each, rounded up */
    bucket_free(b);
}
END_TEST

START_TEST(overflow_is_counted_and_not_written)
{
    struct bucket *b = bucket_new(10, 10e3);
    for (uint32_t i = 0; i < 10; i++)
        bucket_add(b, i, 0.7, -1.5);
    uint32_t slots[4] = {99, 99, 99, 99};
    ck_assert_uint_eq(bucket_find(b, 0.7, -1.5, 100, slots, 3), 10);
    for (uint32_t i = 0; i < 3; i++)
        ck_assert_uint_eq(slots[i], i); /* in the order of adding */
    ck_assert_uint_eq(slots[3], 99);
    bucket_free(b);
}
END_TEST

START_TEST(longitude_may_be_written_either_way)
{
    struct bucket *b = bucket_new(1, 10e3);
    uint32_t slot;
    bucket_add(b, 0, 0.9, -UNIT_PI + 1e-9);
    ck_assert_uint_eq(bucket_find(b, 0.9, UNIT_PI, 1e3, &slot, 1), 1);
    ck_assert_uint_eq(bucket_find(b, 0.9, 3 * UNIT_PI, 1e3, &slot, 1), 1);
    ck_assert_uint_eq(bucket_find(b, 0.9, 0, 1e3, &slot, 1), 0);
    bucket_remove(b, 0);
    bucket_remove(b, 0);
    ck_assert_uint_eq(bucket_find(b, 0.9, UNIT_PI, 1e3, &slot, 1), 0);
    bucket_free(b);
}
END_TEST

START_TEST(a_loaded_bucket_holds_the_same_and_damage_is_refused)
{
    struct rng r = rng_init(12);
    struct bucket *a = bucket_new(50, 200e3), *b = bucket_new(50, 200e3);
    for (uint32_t i = 0; i < 45; i++) {
        struct geodetic at = scatter(&r, 0);
        bucket_add(a, i, at.lat_rad, at.lon_rad);
    }
    size_t size = bucket_state_size(a), refused = 0;
    unsigned char *state = malloc(size);
    uint32_t slots[2][50];
    for (size_t i = 0; i < size; i++) {
        bucket_save(a, state);
        state[i] ^= (unsigned char)(1 + rng_below(&r, 255));
        refused += bucket_load(b, state, size) != 0;
        bucket_find(b, 49 * UNIT_DEG, -115 * UNIT_DEG, 300e3, slots[1], 50);
        for (uint32_t s = 0; s < 50; s++)
            bucket_remove(b, s);
        ck_assert_uint_eq(bucket_find(b, 49 * UNIT_DEG, -115 * UNIT_DEG, 3e7, slots[1], 50), 0);
    }
    ck_assert_uint_gt(refused, size / 2);
    bucket_save(a, state);
    ck_assert_int_eq(bucket_load(b, state, size - 1), ERR_FORMAT);
    ck_assert_int_eq(bucket_load(b, state, size), 0);
    uint32_t count = bucket_find(a, 49 * UNIT_DEG, -115 * UNIT_DEG, 3e7, slots[0], 50);
    ck_assert_uint_eq(count, 45);
    ck_assert_uint_eq(bucket_find(b, 49 * UNIT_DEG, -115 * UNIT_DEG, 3e7, slots[1], 50), count);
    ck_assert_mem_eq(slots[0], slots[1], count * sizeof(uint32_t));
    free(state);
    bucket_free(a);
    bucket_free(b);
}
END_TEST

Suite *test_bucket_suite(void)
{
    Suite *suite = suite_create("bucket");
    TCase *property = tcase_create("property");
    tcase_add_loop_test(property, every_point_within_the_radius_is_found_once, 0, sizeof places / sizeof *places);
    tcase_add_test(property, little_beyond_the_window_comes_out);
    suite_add_tcase(suite, property);
    TCase *limits = tcase_create("limits");
    tcase_add_test(limits, overflow_is_counted_and_not_written);
    tcase_add_test(limits, longitude_may_be_written_either_way);
    tcase_add_test(limits, a_loaded_bucket_holds_the_same_and_damage_is_refused);
    suite_add_tcase(suite, limits);
    return suite;
}
