#include "associate/gate.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/rng.h"
#include "support/support.h"

#define TRACKS 2000
#define EARTH_M 6371008.8

static struct gate *gate;
static struct gate_row rows[TRACKS];

static void setup(void)
{
    struct rng r = rng_init(2);
    gate = gate_new(TRACKS, 6000.0);
    for (uint32_t i = 0; i < TRACKS; i++) {
        rows[i] = (struct gate_row){.time = {0}, .seen = {0}, .lat_rad = 0.7 + 0.05 * rng_uniform(&r), .lon_rad = -1.5 + 0.05 * rng_uniform(&r),
                                    .sigma_m = 100.0, .sigma_mps = 5.0};
        rows[i].lat_rad_s = 200.0 * rng_normal(&r) / EARTH_M;
        rows[i].lon_rad_s = 200.0 * rng_normal(&r) / EARTH_M / cos(0.7);
        gate_add(gate, i, &rows[i]);
    }
}

static void teardown(void)
{
    gate_free(gate);
}

static bool holds(const uint32_t *slots, uint32_t count, uint32_t slot)
{
    for (uint32_t i = 0; i < count; i++)
        if (slots[i] == slot)
            return true;
    return false;
}

START_TEST(the_track_that_made_the_plot_is_always_among_the_candidates)
{
    struct rng r = rng_init(3);
    for (uint32_t i = 0; i < TRACKS; i++) {
        double t = 5.0 * rng_uniform(&r), sigma = 50.0 + 300.0 * rng_uniform(&r);
        struct gate_plot plot = {.time = instant_add((struct instant){0}, t), .sigma_m = sigma};
        plot.at.lat_rad = rows[i].lat_rad + t * rows[i].lat_rad_s + 2.0 * sigma * rng_normal(&r) / EARTH_M / 2.0;
        plot.at.lon_rad = rows[i].lon_rad + t * rows[i].lon_rad_s;
        uint32_t slots[64], found = gate_find(gate, &plot, slots, 64);
        ck_assert_uint_le(found, 64);
        ck_assert(holds(slots, found, i));
        for (uint32_t k = 1; k < found; k++)
            ck_assert_uint_lt(slots[k - 1], slots[k]);
    }
}
END_TEST

START_TEST(far_tracks_and_removed_ones_are_not_found)
{
    struct gate_plot plot = {.time = {0}, .at = {rows[0].lat_rad, rows[0].lon_rad + 0.2, 0}, .sigma_m = 100};
    uint32_t slots[64];
    ck_assert_uint_eq(gate_find(gate, &plot, slots, 64), 0);
    plot.at.lon_rad = rows[0].lon_rad;
    ck_assert(holds(slots, gate_find(gate, &plot, slots, 64), 0));
    gate_remove(gate, 0);
    ck_assert(!holds(slots, gate_find(gate, &plot, slots, 64), 0));
    gate_remove(gate, 0); /* twice does no harm */
}
END_TEST

START_TEST(the_antimeridian_is_no_border)
{
    struct gate_row row = {.lat_rad = 0.9, .lon_rad = 3.14155, .lon_rad_s = 250.0 / EARTH_M / cos(0.9), .sigma_m = 100, .sigma_mps = 5};
    gate_add(gate, 7, &row);
    struct gate_plot plot = {.time = instant_add((struct instant){0}, 4.0), .at = {0.9, -3.14155, 0}, .sigma_m = 100};
    uint32_t slots[64];
    ck_assert(holds(slots, gate_find(gate, &plot, slots, 64), 7));
}
END_TEST

START_TEST(a_saved_gate_finds_the_same)
{
    size_t size = gate_state_size(gate);
    char *bytes = malloc(size);
    gate_save(gate, bytes);
    struct gate *other = gate_new(TRACKS, 6000.0);
    ck_assert_int_eq(gate_load(other, bytes, size), 0);
    ck_assert_int_eq(gate_load(other, bytes, size - 1), ERR_FORMAT);
    ck_assert_int_eq(gate_load(other, bytes, size), 0);
    struct gate_plot plot = {.time = {0}, .at = {rows[5].lat_rad, rows[5].lon_rad, 0}, .sigma_m = 500};
    uint32_t a[64], b[64], found = gate_find(gate, &plot, a, 64);
    ck_assert_uint_eq(gate_find(other, &plot, b, 64), found);
    ck_assert_mem_eq(a, b, found * sizeof a[0]);
    gate_free(other);
    free(bytes);
}
END_TEST

Suite *test_gate_suite(void)
{
    Suite *suite = suite_create("gate");
    TCase *property = tcase_create("property");
    tcase_add_checked_fixture(property, setup, teardown);
    tcase_add_test(property, the_track_that_made_the_plot_is_always_among_the_candidates);
    tcase_add_test(property, far_tracks_and_removed_ones_are_not_found);
    tcase_add_test(property, the_antimeridian_is_no_border);
    tcase_add_test(property, a_saved_gate_finds_the_same);
    suite_add_tcase(suite, property);
    return suite;
}
