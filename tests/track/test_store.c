#include "track/store.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/unit.h"
#include "kit.h"
#include "support/support.h"

static struct store *store;
static struct site radar;

static void setup(void)
{
    store = store_new(8);
    radar = kit_site(1, 40.0 * UNIT_DEG, -90.0 * UNIT_DEG);
}

static void teardown(void)
{
    store_free(store);
}

static struct store_track *placed(double east_m)
{
    struct store_track *t = store_add(store);
    struct filter_plot p = kit_plot(&radar, 0, kit_place(east_m, 40e3, 9000), true);
    filter_start(t, &p);
    store_place(store, t, t->imm.time);
    return t;
}

START_TEST(numbers_are_never_used_again)
{
    uint32_t last = 0;
    for (int i = 0; i < 20; i++) {
        struct store_track *t = store_add(store);
        store_number(store, t);
        ck_assert_uint_gt(t->number, last);
        last = t->number;
        store_remove(store, t);
    }
}
END_TEST

START_TEST(a_full_store_says_so)
{
    for (int i = 0; i < 8; i++)
        ck_assert_ptr_nonnull(store_add(store));
    ck_assert_ptr_null(store_add(store));
}
END_TEST

START_TEST(an_address_finds_its_track_until_the_track_goes)
{
    struct store_track *t = store_add(store);
    t->ident = (struct ident){.mode_s = 0xABC, .flags = IDENT_MODE_S};
    store_bind_address(store, t);
    ck_assert_ptr_eq(store_find_address(store, 0xABC), t);
    ck_assert_ptr_null(store_find_address(store, 0xABD));
    store_remove(store, t);
    ck_assert_ptr_null(store_find_address(store, 0xABC));
}
END_TEST

START_TEST(a_placed_track_is_found_where_it_is_and_where_it_flies)
{
    struct store_track *t = placed(30e3);
    uint32_t slots[8];
    struct gate_plot here = {.time = kit_at(0), .at = kit_place(30e3, 40e3, 0), .sigma_m = 100};
    ck_assert_uint_eq(gate_find(store_gate(store), &here, slots, 8), 1);
    ck_assert_uint_eq(slots[0], t->self.slot);
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        t->imm.model[j].x[KALMAN_VE] = 250.0;
    store_place(store, t, kit_at(60));
    struct gate_plot there = {.time = kit_at(60), .at = kit_place(45e3, 40e3, 0), .sigma_m = 100};
    ck_assert_uint_eq(gate_find(store_gate(store), &there, slots, 8), 1);
    store_hide(store, t);
    ck_assert_uint_eq(gate_find(store_gate(store), &there, slots, 8), 0);
}
END_TEST

START_TEST(the_convergence_of_meridians_is_the_sine_of_latitude_at_most)
{
    struct store_track *t = placed(0);
    double lon = t->anchor.at.lon_rad;
    for (double d = -0.2; d <= 0.2; d += 0.02) {
        struct store_turn turn = store_convergence(t, lon + d);
        ck_assert_double_eq_tol(turn.sine, sin(d * sin(t->anchor.at.lat_rad)), 3e-7);
        ck_assert_double_eq_tol(turn.cosine, cos(d * sin(t->anchor.at.lat_rad)), 3e-7);
    }
}
END_TEST

START_TEST(a_ninth_sensor_takes_the_place_of_the_longest_silent)
{
    struct store_track *t = store_add(store);
    for (uint16_t i = 0; i < STORE_LOOKS; i++)
        store_add_look(t, i)->hit = kit_at(i == 3 ? -5.0 : i);
    store_add_look(t, 40)->hit = kit_at(50);
    ck_assert_ptr_null(store_find_look(t, 3));
    ck_assert_ptr_nonnull(store_find_look(t, 40));
    ck_assert_ptr_nonnull(store_find_look(t, 0));
    ck_assert_uint_eq(t->looks, STORE_LOOKS);
}
END_TEST

START_TEST(a_saved_store_is_the_same_store)
{
    struct store_track *t = placed(30e3);
    store_number(store, t);
    t->ident = (struct ident){.mode_s = 0xABC, .flags = IDENT_MODE_S};
    store_bind_address(store, t);
    size_t size = store_state_size(store);
    char *bytes = malloc(size);
    store_save(store, bytes);
    struct store *other = store_new(8);
    ck_assert_int_eq(store_load(other, bytes, size / 2), ERR_FORMAT);
    ck_assert_int_eq(store_load(other, bytes, size), 0);
    struct store_track *u = store_find_address(other, 0xABC);
    ck_assert_ptr_nonnull(u);
    ck_assert_mem_eq(u, t, sizeof *t);
    struct store_track *next = store_add(other);
    store_number(other, next);
    ck_assert_uint_eq(next->number, t->number + 1);
    store_free(other);
    free(bytes);
}
END_TEST

Suite *test_store_suite(void)
{
    Suite *suite = suite_create("store");
    TCase *claims = tcase_create("claims");
    tcase_add_checked_fixture(claims, setup, teardown);
    tcase_add_test(claims, numbers_are_never_used_again);
    tcase_add_test(claims, a_full_store_says_so);
    tcase_add_test(claims, an_address_finds_its_track_until_the_track_goes);
    tcase_add_test(claims, a_placed_track_is_found_where_it_is_and_where_it_flies);
    tcase_add_test(claims, the_convergence_of_meridians_is_the_sine_of_latitude_at_most);
    tcase_add_test(claims, a_ninth_sensor_takes_the_place_of_the_longest_silent);
    tcase_add_test(claims, a_saved_store_is_the_same_store);
    suite_add_tcase(suite, claims);
    return suite;
}
