#include "track/start.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/unit.h"
#include "kit.h"
#include "support/support.h"

static struct site radar;
static struct start *pool;

static void setup(void)
{
    radar = kit_site(1, 40.0 * UNIT_DEG, -90.0 * UNIT_DEG);
    pool = start_new(4);
}

static void teardown(void)
{
    start_free(pool);
}

static struct filter_plot lone(double t, double east, uint32_t address)
{
    struct filter_plot p = kit_plot(&radar, t, kit_place(50e3 + east, 0, 5000), true);
    if (address)
        p.plot.ident = (struct ident){.mode_s = address, .flags = IDENT_MODE_S};
    return p;
}

START_TEST(a_lone_plot_is_found_by_place_and_by_address_until_it_is_taken)
{
    struct filter_plot p = lone(0, 0, 0xABC), later = lone(12, 2400, 0);
    start_add(pool, &p, kit_at(30), false);
    uint32_t slots[4];
    ck_assert_uint_eq(start_find(pool, &later.place, slots, 4), 1);
    ck_assert_uint_eq(start_find_address(pool, 0xABC), slots[0]);
    ck_assert_ptr_nonnull(start_slot(pool, slots[0]));
    start_remove(pool, slots[0]);
    ck_assert_uint_eq(start_find(pool, &later.place, slots, 4), 0);
    ck_assert_uint_eq(start_find_address(pool, 0xABC), START_NONE);
    ck_assert_ptr_null(start_slot(pool, slots[0]));
}
END_TEST

START_TEST(lone_plots_leave_in_their_order_when_their_time_is_over)
{
    for (int i = 0; i < 3; i++) {
        struct filter_plot p = lone(i, 1000.0 * i, 0);
        start_add(pool, &p, kit_at(30 + i), false);
    }
    ck_assert_ptr_null(start_next(pool, kit_at(29)));
    const struct start_plot *gone = start_next(pool, kit_at(31));
    ck_assert_int_eq(instant_cmp(gone->plot.time, kit_at(0)), 0);
    gone = start_next(pool, kit_at(31));
    ck_assert_int_eq(instant_cmp(gone->plot.time, kit_at(1)), 0);
    ck_assert_ptr_null(start_next(pool, kit_at(31)));
}
END_TEST

START_TEST(a_full_pool_gives_up_its_oldest)
{
    for (int i = 0; i < 6; i++) {
        struct filter_plot p = lone(i, 0, 0x100 + (uint32_t)i);
        start_add(pool, &p, kit_at(99), false);
    }
    ck_assert_uint_eq(start_find_address(pool, 0x101), START_NONE);
    ck_assert_uint_ne(start_find_address(pool, 0x102), START_NONE);
    ck_assert_uint_ne(start_find_address(pool, 0x105), START_NONE);
}
END_TEST

START_TEST(pairs_are_likely_from_standing_still_to_900_metres_a_second)
{
    struct filter_plot p = lone(0, 0, 0), still = lone(12, 0, 0), fast = lone(12, 900.0 * 12, 0), faster = lone(12, 1500.0 * 12, 0);
    start_add(pool, &p, kit_at(30), false);
    const struct start_plot *first = start_slot(pool, 0);
    ck_assert_double_gt(start_log_likelihood(first, &still), start_log_likelihood(first, &fast));
    ck_assert_double_gt(start_log_likelihood(first, &fast), -HUGE_VAL);
    ck_assert(start_log_likelihood(first, &faster) == -HUGE_VAL);
}
END_TEST

static double odds_of(uint32_t slot)
{
    const struct start_plot *p = start_slot(pool, slot);
    return start_odds(&p->plot, p->duplicate);
}

START_TEST(what_speaks_for_a_plot_sets_its_odds)
{
    struct filter_plot address = lone(0, 0, 5), reply = lone(0, 0, 0), echo = kit_plot(&radar, 0, kit_place(50e3, 0, 5000), false);
    start_add(pool, &address, kit_at(30), false);
    start_add(pool, &reply, kit_at(30), false);
    start_add(pool, &echo, kit_at(30), false);
    start_add(pool, &address, kit_at(30), true);
    ck_assert_double_gt(odds_of(0), odds_of(1));
    ck_assert_double_gt(odds_of(1), odds_of(2));
    ck_assert_double_lt(odds_of(3), 0.0);
}
END_TEST

START_TEST(a_track_begins_with_what_its_first_plot_says)
{
    struct filter_plot p = lone(3, 0, 0xABC);
    start_add(pool, &p, kit_at(30), false);
    struct store_track t = {0};
    start_track(&t, start_slot(pool, 0), &radar);
    ck_assert_uint_eq(t.ident.mode_s, 0xABC);
    ck_assert_uint_eq(t.plots, 1);
    ck_assert_uint_eq(t.number, 0);
    ck_assert_int_eq(instant_cmp(t.born, kit_at(3)), 0);
    ck_assert_double_eq(t.log_odds, START_ADDRESS);
    ck_assert_uint_eq(t.looks, 1);
}
END_TEST

START_TEST(a_saved_pool_goes_on_where_it_was)
{
    for (int i = 0; i < 6; i++) {
        struct filter_plot p = lone(i, 1000.0 * i, 0x100 + (uint32_t)i);
        start_add(pool, &p, kit_at(30 + i), false);
    }
    size_t size = start_state_size(pool);
    char *bytes = malloc(size);
    start_save(pool, bytes);
    struct start *other = start_new(4);
    ck_assert_int_eq(start_load(other, bytes, size - 1), ERR_FORMAT);
    ck_assert_int_eq(start_load(other, bytes, size), 0);
    ck_assert_uint_eq(start_find_address(other, 0x103), start_find_address(pool, 0x103));
    ck_assert_int_eq(start_next(other, kit_at(32))->plot.time.ns, start_next(pool, kit_at(32))->plot.time.ns);
    start_free(other);
    free(bytes);
}
END_TEST

Suite *test_start_suite(void)
{
    Suite *suite = suite_create("start");
    TCase *claims = tcase_create("claims");
    tcase_add_checked_fixture(claims, setup, teardown);
    tcase_add_test(claims, a_lone_plot_is_found_by_place_and_by_address_until_it_is_taken);
    tcase_add_test(claims, lone_plots_leave_in_their_order_when_their_time_is_over);
    tcase_add_test(claims, a_full_pool_gives_up_its_oldest);
    tcase_add_test(claims, pairs_are_likely_from_standing_still_to_900_metres_a_second);
    tcase_add_test(claims, what_speaks_for_a_plot_sets_its_odds);
    tcase_add_test(claims, a_track_begins_with_what_its_first_plot_says);
    tcase_add_test(claims, a_saved_pool_goes_on_where_it_was);
    suite_add_tcase(suite, claims);
    return suite;
}
