#include "geo/area.h"

#include "base/err.h"
#include "base/rng.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

struct build {
    uint8_t at[512];
    size_t size;
};

static void put(struct build *b, int32_t difference)
{
    uint32_t code = difference < 0 ? ~((uint32_t)difference << 1) : (uint32_t)difference << 1;

    for (; code >= 128; code >>= 7)
        b->at[b->size++] = (uint8_t)(code | 128);
    b->at[b->size++] = (uint8_t)code;
}

static void ring(struct build *b, const int (*corner)[2], unsigned corners)
{
    int lat = 0, lon = 0;

    b->at[b->size++] = (uint8_t)corners;
    for (unsigned i = 0; i < corners; i++) {
        put(b, corner[i][0] * 10000 - lat);
        put(b, corner[i][1] * 10000 - lon);
        lat = corner[i][0] * 10000;
        lon = corner[i][1] * 10000;
    }
}

/* "box": 40..50 N 100..80 W with a hole 44..46 N 92..88 W; "far": a triangle at the antimeridian. */
static struct build two_areas(void)
{
    static const int outer[][2] = {{40, -100}, {40, -80}, {50, -80}, {50, -100}}, hole[][2] = {{44, -92}, {46, -92}, {46, -88}, {44, -88}};
    static const int far[][2] = {{50, 180}, {60, 180}, {55, 170}};
    struct build b = {"AREA\x01\x02\x03" "box\x02", 11};

    ring(&b, outer, 4);
    ring(&b, hole, 4);
    memcpy(b.at + b.size, "\x03" "far\x01", 5);
    b.size += 5;
    ring(&b, far, 3);
    return b;
}

static struct area *open_two(const char *const *names)
{
    struct build b = two_areas();
    size_t offset;
    int error;
    struct area *a = area_new(b.at, b.size, names, &error, &offset);

    ck_assert_msg(a != NULL, "error %d at %zu", error, offset);
    return a;
}

static int at(const struct area *a, double lat, double lon)
{
    return area_at(a, lat * UNIT_DEG, lon * UNIT_DEG);
}

START_TEST(inside_is_what_an_odd_number_of_rings_encloses)
{
    struct area *a = open_two(NULL);

    ck_assert_int_eq(at(a, 41, -90), 0);
    ck_assert_int_eq(at(a, 45, -90), AREA_NONE);
    ck_assert_int_eq(at(a, 45, -95), 0);
    ck_assert_int_eq(at(a, 45, -79), AREA_NONE);
    ck_assert_int_eq(at(a, 40, -90), 0);             /* a lower edge belongs to it, an upper one not: no place is in two */
    ck_assert_int_eq(at(a, 50, -90), AREA_NONE);
    ck_assert_int_eq(at(a, 55, 175), 1);
    ck_assert_int_eq(at(a, 55, -179), AREA_NONE);
    ck_assert_int_eq(at(a, 90, 0), AREA_NONE);
    ck_assert_str_eq(area_name(a, 1), "far");
    ck_assert_int_eq(area_find(a, "nowhere"), AREA_NONE);
    area_free(a);
}
END_TEST

START_TEST(areas_that_are_not_wanted_are_left_out)
{
    static const char *const far[] = {"far", NULL}, *const no[] = {"far", "gone", NULL};
    struct area *a = open_two(far);
    struct build b = two_areas();
    size_t offset;
    int error;

    ck_assert_uint_eq(area_count(a), 1);
    ck_assert_int_eq(at(a, 41, -90), AREA_NONE);
    ck_assert_int_eq(at(a, 55, 175), 0);
    area_free(a);
    ck_assert_ptr_null(area_new(b.at, b.size, no, &error, &offset));
    ck_assert_int_eq(error, ERR_UNKNOWN);
}
END_TEST

START_TEST(every_truncation_is_refused)
{
    struct build b = two_areas();

    for (size_t size = 0; size < b.size; size++) {
        size_t offset;
        int error;
        uint8_t *copy = malloc(size + 1);
        memcpy(copy, b.at, size);
        ck_assert_ptr_null(area_new(copy, size, NULL, &error, &offset));
        ck_assert_int_eq(error, ERR_TRUNCATED);
        ck_assert_uint_le(offset, size);
        free(copy);
    }
}
END_TEST

START_TEST(damage_is_refused_or_harmless)
{
    struct build good = two_areas();

    for (size_t i = 0; i < good.size; i++)
        for (int value = 0; value < 256; value += 5) {
            struct build b = good;
            size_t offset;
            int error;
            b.at[i] = (uint8_t)value;
            struct area *a = area_new(b.at, b.size, NULL, &error, &offset);
            ck_assert((a != NULL) == (error == 0));
            if (a)
                area_distance(a, 0.5, 1.0, NULL, NULL);
            area_free(a);
        }
}
END_TEST

/* The oracle walks along every edge in steps of 500 m. */
START_TEST(distance_is_that_of_a_walk_along_the_edges)
{
    struct area *a = open_two(NULL);
    struct rng r = rng_init(9);
    uint32_t hint = AREA_NO_HINT;

    for (int n = 0; n < 12; n++) {
        struct geodetic from = {(35 + 30 * rng_uniform(&r)) * UNIT_DEG, (n % 2 ? -110 + 40 * rng_uniform(&r) : 160 + 30 * rng_uniform(&r)) * UNIT_DEG, 0}, shore;
        const struct geodetic *corner;
        double least = INFINITY;
        int owner;
        from.lon_rad = frame_angle(from.lon_rad);
        for (uint32_t i = 0, corners; (corners = area_ring(a, i, &owner, &corner)) > 0; i++)
            for (uint32_t k = 0; k < corners; k++)
                for (double part = 0; part < 1; part += 0.0005) {
                    struct geodetic b = corner[k], c = corner[(k + 1) % corners];
                    struct geodetic p = {b.lat_rad + part * (c.lat_rad - b.lat_rad), b.lon_rad + part * (c.lon_rad - b.lon_rad), 0};
                    if (cos(p.lat_rad) * fabs(frame_angle(p.lon_rad - from.lon_rad)) < least / 6.3e6 + 0.01)
                        least = fmin(least, geodesic_inverse(from, p, NULL, NULL));
                }
        double found = area_distance(a, from.lat_rad, from.lon_rad, &shore, &hint);
        ck_assert_double_eq_tol(found, least, 60); /* half a step of the walk in 100 km; less where it is farther */
        ck_assert_double_eq_tol(geodesic_inverse(from, shore, NULL, NULL), found, 0.01);
        ck_assert_double_eq(area_distance(a, from.lat_rad, from.lon_rad, NULL, NULL), found);
    }
    area_free(a);
}
END_TEST

Suite *test_area_suite(void)
{
    Suite *suite = suite_create("area");
    TCase *tc = tcase_create("vectors");

    tcase_add_test(tc, inside_is_what_an_odd_number_of_rings_encloses);
    tcase_add_test(tc, areas_that_are_not_wanted_are_left_out);
    tcase_add_test(tc, every_truncation_is_refused);
    tcase_add_test(tc, damage_is_refused_or_harmless);
    tcase_add_test(tc, distance_is_that_of_a_walk_along_the_edges);
    suite_add_tcase(suite, tc);
    return suite;
}
