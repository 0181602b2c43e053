/* The store of plans: found by whoever is named, amended in place, cleared when over, never beyond its room. */
#include "track/plans.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "kit.h"
#include "support/support.h"

Suite *test_plans_suite(void);

static struct plan made(uint32_t number, const char *callsign, uint32_t address, uint16_t code)
{
    struct plan p = {.number = number, .source = 7, .points = 2, .cruise_mps = 220, .filed = INSTANT_NONE};
    p.ident.flags = (uint16_t)((address ? IDENT_MODE_S : 0) | (code ? IDENT_MODE_A : 0));
    p.ident.mode_s = address;
    p.ident.mode_a = code;
    ident_set_callsign(&p.ident, callsign, (unsigned)strlen(callsign));
    p.route[0] = (struct plan_point){.at = kit_place(0, 0, 0), .over = kit_at(0)};
    p.route[1] = (struct plan_point){.at = kit_place(220e3, 0, 0), .over = kit_at(1000)};
    return p;
}

static uint32_t named(const struct plans *p, const char *callsign, uint32_t address, uint16_t code, uint32_t *first)
{
    struct plan like = made(1, callsign, address, code);
    struct plans_entry *found[8];
    uint32_t count = plans_named(p, &like.ident, found, 8);
    *first = count ? found[0]->plan.number : 0;
    return count;
}

START_TEST(a_plan_is_found_by_each_name_and_once)
{
    struct plans *p = plans_new(8);
    struct plan a = made(1, "ACA123", 0xC01234, 04321), b = made(2, "ACA123", 0xC09999, 01234), c = made(3, "UAL7", 0, 04321);
    uint32_t first;
    ck_assert_int_eq(plans_input(p, &a, kit_at(0), NULL), 0);
    ck_assert_int_eq(plans_input(p, &b, kit_at(0), NULL), 0);
    ck_assert_int_eq(plans_input(p, &c, kit_at(0), NULL), 0);
    ck_assert_uint_eq(named(p, "X", 0xC01234, 0, &first), 1);
    ck_assert_uint_eq(first, 1);
    ck_assert_uint_eq(named(p, "ACA123", 0, 0, &first), 2);
    ck_assert_uint_eq(named(p, "X", 0, 04321, &first), 2);
    ck_assert_uint_eq(named(p, "ACA123", 0xC01234, 04321, &first), 3); /* a by all three, once */
    ck_assert_uint_eq(named(p, "X", 0xABCDEF, 01200, &first), 0);
    plans_free(p);
}
END_TEST

START_TEST(an_amendment_replaces_and_an_old_one_does_not)
{
    struct plans *p = plans_new(8);
    struct plan a = made(1, "ACA123", 0xC01234, 04321);
    struct plans_entry *e, *again;
    uint32_t first;
    ck_assert_int_eq(plans_input(p, &a, kit_at(0), &e), 0);
    struct handle h = e->self;
    a.action = PLAN_CHANGE;
    a.revision = 2;
    a.ident.mode_a = 05555;
    ck_assert_int_eq(plans_input(p, &a, kit_at(1), &again), 0);
    ck_assert(again == e && plans_find(p, h) == e);
    ck_assert_uint_eq(named(p, "X", 0, 04321, &first), 0);
    ck_assert_uint_eq(named(p, "X", 0, 05555, &first), 1);
    a.revision = 1;
    a.ident.mode_a = 06666;
    ck_assert_int_eq(plans_input(p, &a, kit_at(2), NULL), ERR_STATE);
    ck_assert_uint_eq(named(p, "X", 0, 05555, &first), 1);
    a.revision = 3;
    a.action = PLAN_CANCEL;
    ck_assert_int_eq(plans_input(p, &a, kit_at(3), NULL), 0);
    ck_assert_ptr_null(plans_find(p, h));
    ck_assert_uint_eq(plans_count(p), 0);
    ck_assert_int_eq(plans_input(p, &a, kit_at(3), NULL), ERR_STATE);
    a.number = 0;
    ck_assert_int_eq(plans_input(p, &a, kit_at(3), NULL), ERR_RANGE);
    plans_free(p);
}
END_TEST

START_TEST(where_there_is_no_room_the_first_to_end_that_is_nobodys_gives_way)
{
    struct plans *p = plans_new(4);
    struct plans_entry *e;
    for (uint32_t i = 1; i <= 4; i++) {
        struct plan a = made(i, "A1", 0x1000 + i, 0);
        a.route[1].over = kit_at(1000.0 * i);
        ck_assert_int_eq(plans_input(p, &a, kit_at(0), &e), 0);
        if (i == 1)
            e->track = (struct handle){3, 1}; /* ends first, but is a track's */
    }
    struct plan more = made(5, "A1", 0x1005, 0);
    uint32_t first;
    ck_assert_int_eq(plans_input(p, &more, kit_at(0), NULL), ERR_FULL);
    ck_assert_uint_eq(plans_count(p), 4);
    ck_assert_uint_eq(named(p, "X", 0x1002, 0, &first), 0);
    ck_assert_uint_eq(named(p, "X", 0x1001, 0, &first), 1);
    ck_assert_uint_eq(named(p, "X", 0x1005, 0, &first), 1);
    plans_free(p);
}
END_TEST

START_TEST(what_is_over_is_cleared_as_others_come)
{
    struct plans *p = plans_new(64);
    for (uint32_t i = 1; i <= 20; i++) {
        struct plan a = made(i, "A1", 0x1000 + i, 0);
        ck_assert_int_eq(plans_input(p, &a, kit_at(0), NULL), 0);
    }
    for (uint32_t i = 21; i <= 40; i++) {
        struct plan a = made(i, "A1", 0x1000 + i, 0);
        a.route[1].over = kit_at(90000);
        ck_assert_int_eq(plans_input(p, &a, kit_at(1001 + PLANS_LINGER_S), NULL), 0);
    }
    ck_assert_uint_eq(plans_count(p), 20);
    plans_free(p);
}
END_TEST

/* Random messages on both; saved and loaded in the middle: the copy goes on alike. */
START_TEST(a_store_that_was_loaded_goes_on_as_the_one_that_was_saved)
{
    struct plans *a = plans_new(32), *b = plans_new(32);
    struct rng r = rng_init(4);
    for (int i = 0; i < 2000; i++) {
        char name[9];
        snprintf(name, sizeof name, "C%u", rng_below(&r, 30));
        struct plan m = made(1 + rng_below(&r, 60), name, 0x100 + rng_below(&r, 40), (uint16_t)rng_below(&r, 64));
        m.action = (uint8_t)rng_below(&r, PLAN_ACTIONS);
        m.route[1].over = kit_at(1000.0 + rng_below(&r, 5000));
        int code = plans_input(a, &m, kit_at(i), NULL);
        if (i == 1000) {
            size_t size = plans_state_size(a);
            void *state = malloc(size);
            plans_save(a, state);
            ck_assert_int_eq(plans_load(b, state, size), 0);
            ck_assert_int_eq(plans_load(b, state, size - 1), ERR_FORMAT);
            ck_assert_int_eq(plans_load(b, state, size), 0);
            free(state);
        } else if (i > 1000) {
            ck_assert_int_eq(plans_input(b, &m, kit_at(i), NULL), code);
        }
    }
    ck_assert_uint_eq(plans_count(a), plans_count(b));
    for (uint32_t i = 0; i < plans_end(a); i++) {
        const struct plans_entry *x = plans_slot(a, i), *y = plans_slot(b, i);
        ck_assert((x == NULL) == (y == NULL));
        ck_assert(!x || (x->plan.number == y->plan.number && memcmp(x->next, y->next, sizeof x->next) == 0));
    }
    plans_free(a);
    plans_free(b);
}
END_TEST

Suite *test_plans_suite(void)
{
    Suite *s = suite_create("plans");
    TCase *t = tcase_create("store");
    tcase_add_test(t, a_plan_is_found_by_each_name_and_once);
    tcase_add_test(t, an_amendment_replaces_and_an_old_one_does_not);
    tcase_add_test(t, where_there_is_no_room_the_first_to_end_that_is_nobodys_gives_way);
    tcase_add_test(t, what_is_over_is_cleared_as_others_come);
    tcase_add_test(t, a_store_that_was_loaded_goes_on_as_the_one_that_was_saved);
    suite_add_tcase(s, t);
    return s;
}
