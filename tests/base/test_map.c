#include "base/map.h"

#include "base/err.h"
#include "base/rng.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

#define KEYS 64

/* The naive model: present[k], value[k] for small keys. */
struct model {
    bool present[KEYS];
    uint32_t value[KEYS];
    uint32_t count;
};

static void step(struct map *m, struct model *n, struct rng *r, uint32_t capacity)
{
    uint64_t key = rng_below(r, KEYS);
    uint32_t value = (uint32_t)rng_next(r);
    if (rng_below(r, 2)) {
        bool full = n->count == capacity && !n->present[key];
        ck_assert_int_eq(map_add(m, key, value), full ? ERR_FULL : 0);
        if (full)
            return;
        n->count += !n->present[key];
        n->present[key] = true;
        n->value[key] = value;
    } else {
        ck_assert_int_eq(map_remove(m, key), n->present[key]);
        n->count -= n->present[key];
        n->present[key] = false;
    }
}

static void compare(const struct map *m, const struct model *n)
{
    ck_assert_uint_eq(map_count(m), n->count);
    for (uint64_t key = 0; key < KEYS; key++) {
        uint32_t value;
        ck_assert_int_eq(map_find(m, key, &value), n->present[key]);
        if (n->present[key])
            ck_assert_uint_eq(value, n->value[key]);
    }
}

START_TEST(random_steps_agree_with_a_naive_model)
{
    uint64_t seed = 100 + (uint64_t)_i;
    printf("SEED=%llu\n", (unsigned long long)seed);
    struct rng r = rng_init(seed);
    uint32_t capacity = 1 + rng_below(&r, 50);
    struct map *m = map_new(capacity);
    struct model n = {.count = 0};
    for (int i = 0; i < 3000; i++) {
        step(m, &n, &r, capacity);
        compare(m, &n);
    }
    map_reset(m);
    ck_assert_uint_eq(map_count(m), 0);
    compare(m, &(struct model){.count = 0});
    map_free(m);
}
END_TEST

START_TEST(a_map_of_one_refuses_the_second_key)
{
    struct map *m = map_new(1);
    uint32_t value;
    ck_assert_int_eq(map_add(m, 0, 5), 0);
    ck_assert_int_eq(map_add(m, UINT64_MAX, 6), ERR_FULL);
    ck_assert_int_eq(map_add(m, 0, 7), 0);
    ck_assert(map_find(m, 0, &value) && value == 7);
    ck_assert(map_remove(m, 0));
    ck_assert(!map_remove(m, 0));
    ck_assert_int_eq(map_add(m, UINT64_MAX, 6), 0);
    map_free(m);
}
END_TEST

START_TEST(a_loaded_map_holds_the_same)
{
    struct rng r = rng_init(9);
    struct map *a = map_new(40), *b = map_new(40);
    struct model n = {.count = 0};
    for (int i = 0; i < 500; i++)
        step(a, &n, &r, 40);
    size_t size = map_state_size(a);
    unsigned char *state = malloc(size);
    map_save(a, state);
    map_add(b, 77, 1);
    ck_assert_int_eq(map_load(b, state, size), 0);
    compare(b, &n);
    size_t refused = 0;
    for (size_t i = 0; i < size; i++) {
        map_save(a, state);
        state[i] ^= (unsigned char)(1 + rng_below(&r, 255));
        if (map_load(b, state, size)) {
            refused++;
            ck_assert_uint_eq(map_count(b), 0);
        }
        uint32_t value;
        for (uint64_t key = 0; key < 100; key++) /* ends, and stays inside */
            if (map_find(b, key, &value))
                map_remove(b, key);
    }
    ck_assert_uint_gt(refused, size / 2);
    ck_assert_int_eq(map_load(b, state, size - 1), ERR_FORMAT);
    free(state);
    map_free(a);
    map_free(b);
}
END_TEST

Suite *test_map_suite(void)
{
    Suite *suite = suite_create("map");
    TCase *property = tcase_create("property");
    tcase_add_loop_test(property, random_steps_agree_with_a_naive_model, 0, 10);
    suite_add_tcase(suite, property);
    TCase *limits = tcase_create("limits");
    tcase_add_test(limits, a_map_of_one_refuses_the_second_key);
    tcase_add_test(limits, a_loaded_map_holds_the_same);
    suite_add_tcase(suite, limits);
    return suite;
}
