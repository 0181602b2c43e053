#include "base/pool.h"

#include "base/err.h"
#include "base/rng.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

struct thing {
    uint64_t number;
    char name[24];
};

START_TEST(slots_are_handed_out_lowest_first_and_last_given_back_first)
{
    struct pool *p = pool_new(4, sizeof(struct thing));
    struct handle a = pool_add(p), b = pool_add(p), c = pool_add(p);
    ck_assert_uint_eq(a.slot, 0);
    ck_assert_uint_eq(b.slot, 1);
    ck_assert_uint_eq(c.slot, 2);
    pool_remove(p, a);
    pool_remove(p, c);
    ck_assert_uint_eq(pool_add(p).slot, 2);
    ck_assert_uint_eq(pool_add(p).slot, 0);
    ck_assert_uint_eq(pool_add(p).slot, 3);
    ck_assert_uint_eq(pool_end(p), 4);
    pool_free(p);
}
END_TEST

START_TEST(a_handle_never_finds_the_next_tenant)
{
    struct pool *p = pool_new(1, sizeof(struct thing));
    struct handle old = pool_add(p);
    pool_remove(p, old);
    ck_assert_ptr_null(pool_find(p, old));
    struct handle new = pool_add(p);
    ck_assert_uint_eq(new.slot, old.slot);
    ck_assert_ptr_null(pool_find(p, old));
    ck_assert_ptr_nonnull(pool_find(p, new));
    ck_assert_ptr_null(pool_find(p, HANDLE_NONE));
    ck_assert_ptr_null(pool_find(p, (struct handle){0, new.generation + 1}));
    ck_assert_ptr_null(pool_find(p, (struct handle){7, new.generation}));
    pool_free(p);
}
END_TEST

START_TEST(a_pool_of_one_is_full_after_one)
{
    struct pool *p = pool_new(1, 1);
    ck_assert_uint_eq(pool_end(p), 0);
    ck_assert_ptr_null(pool_slot(p, 0));
    struct handle h = pool_add(p);
    ck_assert_uint_ne(h.generation, 0);
    ck_assert_uint_eq(pool_add(p).generation, 0);
    ck_assert_uint_eq(pool_count(p), 1);
    pool_remove(p, h);
    ck_assert_uint_eq(pool_count(p), 0);
    ck_assert_uint_eq(pool_handle(p, 0).generation, 0);
    pool_free(p);
}
END_TEST

START_TEST(a_slot_comes_zeroed)
{
    struct pool *p = pool_new(1, sizeof(struct thing));
    struct handle h = pool_add(p);
    memset(pool_find(p, h), 0xff, sizeof(struct thing));
    pool_remove(p, h);
    static const struct thing zero;
    ck_assert_mem_eq(pool_find(p, pool_add(p)), &zero, sizeof zero);
    pool_free(p);
}
END_TEST

START_TEST(removing_a_dead_handle_is_our_mistake)
{
    struct pool *p = pool_new(1, 1);
    struct handle h = pool_add(p);
    pool_remove(p, h);
    pool_remove(p, h);
}
END_TEST

static void random_steps(struct pool *p, struct rng *r, int steps)
{
    for (int i = 0; i < steps; i++) {
        struct handle h = pool_handle(p, rng_below(r, pool_capacity(p)));
        if (h.generation) {
            pool_remove(p, h);
        } else if ((h = pool_add(p)).generation) {
            struct thing *t = pool_find(p, h);
            t->number = rng_next(r);
        }
    }
}

START_TEST(a_loaded_pool_goes_on_as_the_saved_one)
{
    struct rng r = rng_init(3);
    struct pool *a = pool_new(37, sizeof(struct thing)), *b = pool_new(37, sizeof(struct thing));
    random_steps(a, &r, 500);
    random_steps(b, &r, 50);
    size_t size = pool_state_size(a);
    void *state = malloc(size);
    pool_save(a, state);
    ck_assert_int_eq(pool_load(b, state, size), 0);
    struct rng ra = rng_init(4), rb = rng_init(4);
    random_steps(a, &ra, 500);
    random_steps(b, &rb, 500);
    ck_assert_uint_eq(pool_state_size(a), pool_state_size(b));
    void *sa = malloc(pool_state_size(a)), *sb = malloc(pool_state_size(b));
    pool_save(a, sa);
    pool_save(b, sb);
    ck_assert_mem_eq(sa, sb, pool_state_size(a));
    free(sa);
    free(sb);
    free(state);
    pool_free(a);
    pool_free(b);
}
END_TEST

/* Whatever one octet is damaged: refused and empty, or loaded and whole. */
START_TEST(a_damaged_state_is_refused_or_whole)
{
    struct rng r = rng_init(5);
    struct pool *a = pool_new(5, 8), *b = pool_new(5, 8);
    random_steps(a, &r, 100);
    size_t size = pool_state_size(a), refused = 0;
    unsigned char *state = malloc(size);
    for (size_t i = 0; i < size; i++) {
        pool_save(a, state);
        state[i] ^= (unsigned char)(1 + rng_below(&r, 255));
        if (pool_load(b, state, size)) {
            refused++;
            ck_assert_uint_eq(pool_count(b), 0);
        }
        random_steps(b, &r, 100);
    }
    ck_assert_uint_gt(refused, 0);
    ck_assert_int_eq(pool_load(b, state, size - 1), ERR_FORMAT);
    ck_assert_int_eq(pool_load(b, state, 3), ERR_FORMAT);
    struct pool *other = pool_new(6, 8);
    ck_assert_int_eq(pool_load(other, state, size), ERR_FORMAT);
    free(state);
    pool_free(a);
    pool_free(b);
    pool_free(other);
}
END_TEST

Suite *test_pool_suite(void)
{
    Suite *suite = suite_create("pool");
    TCase *handles = tcase_create("handles");
    tcase_add_test(handles, slots_are_handed_out_lowest_first_and_last_given_back_first);
    tcase_add_test(handles, a_handle_never_finds_the_next_tenant);
    tcase_add_test(handles, a_pool_of_one_is_full_after_one);
    tcase_add_test(handles, a_slot_comes_zeroed);
    support_add_abort_test(handles, removing_a_dead_handle_is_our_mistake);
    suite_add_tcase(suite, handles);
    TCase *state = tcase_create("state");
    tcase_add_test(state, a_loaded_pool_goes_on_as_the_saved_one);
    tcase_add_test(state, a_damaged_state_is_refused_or_whole);
    suite_add_tcase(suite, state);
    return suite;
}
