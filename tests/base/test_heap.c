#include "base/heap.h"

#include "base/err.h"
#include "base/rng.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

#define ENTRIES 200

struct row {
    int64_t due;
    int order;
    uint32_t entry;
};

static int by_due_then_order(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    return x->order - y->order;
}

START_TEST(entries_come_out_as_a_sort_would_put_them)
{
    uint64_t seed = 20 + (uint64_t)_i;
    printf("SEED=%llu\n", (unsigned long long)seed);
    struct rng r = rng_init(seed);
    struct heap *h = heap_new(ENTRIES);
    struct row rows[ENTRIES];
    int order = 0;
    bool in[ENTRIES] = {false};
    for (int i = 0; i < 2000; i++) {
        uint32_t e = rng_below(&r, ENTRIES);
        if (rng_below(&r, 4)) {
            rows[e] = (struct row){(int64_t)rng_below(&r, 50) - 25, order++, e};
            heap_add(h, e, (struct instant){rows[e].due});
            in[e] = true;
        } else {
            ck_assert_int_eq(heap_remove(h, e), in[e]);
            in[e] = false;
        }
    }
    int count = 0;
    for (uint32_t e = 0; e < ENTRIES; e++)
        if (in[e])
            rows[count++] = rows[e];
    qsort(rows, (size_t)count, sizeof *rows, by_due_then_order);
    for (int i = 0; i < count; i++) {
        uint32_t entry;
        struct instant due;
        ck_assert_int_eq(heap_first(h).ns, rows[i].due);
        ck_assert(!heap_next(h, (struct instant){rows[i].due - 1}, &entry, &due));
        ck_assert(heap_next(h, (struct instant){rows[i].due}, &entry, &due));
        ck_assert_uint_eq(entry, rows[i].entry);
        ck_assert_int_eq(due.ns, rows[i].due);
    }
    ck_assert_int_eq(heap_first(h).ns, INT64_MAX);
    heap_free(h);
}
END_TEST

START_TEST(a_moved_entry_counts_as_added_anew)
{
    struct heap *h = heap_new(2);
    struct instant t = {5}, due;
    uint32_t entry;
    heap_add(h, 0, t);
    heap_add(h, 1, t);
    heap_add(h, 0, t);
    ck_assert(heap_next(h, t, &entry, &due) && entry == 1);
    ck_assert(heap_next(h, t, &entry, &due) && entry == 0);
    ck_assert(!heap_next(h, INSTANT_NEVER, &entry, &due));
    heap_free(h);
}
END_TEST

START_TEST(a_loaded_heap_goes_on_as_the_saved_one)
{
    struct rng r = rng_init(8);
    struct heap *a = heap_new(20), *b = heap_new(20);
    for (int i = 0; i < 100; i++)
        heap_add(a, rng_below(&r, 20), (struct instant){rng_below(&r, 5)});
    heap_remove(a, 3);
    size_t size = heap_state_size(a), refused = 0;
    unsigned char *state = malloc(size);
    for (size_t i = 0; i < size; i++) {
        heap_save(a, state);
        state[i] ^= (unsigned char)(1 + rng_below(&r, 255));
        if (heap_load(b, state, size)) {
            refused++;
            ck_assert_int_eq(heap_first(b).ns, INT64_MAX);
        }
        for (uint32_t e = 0; e < 20; e++)
            heap_remove(b, e);
        ck_assert_int_eq(heap_first(b).ns, INT64_MAX);
    }
    ck_assert_uint_gt(refused, size / 4);
    heap_save(a, state);
    ck_assert_int_eq(heap_load(b, state, size - 1), ERR_FORMAT);
    ck_assert_int_eq(heap_load(b, state, size), 0);
    uint32_t ea, eb;
    struct instant da, db;
    heap_add(a, 3, (struct instant){2});
    heap_add(b, 3, (struct instant){2});
    while (heap_next(a, INSTANT_NEVER, &ea, &da)) {
        ck_assert(heap_next(b, INSTANT_NEVER, &eb, &db));
        ck_assert_uint_eq(ea, eb);
        ck_assert_int_eq(da.ns, db.ns);
    }
    ck_assert(!heap_next(b, INSTANT_NEVER, &eb, &db));
    free(state);
    heap_free(a);
    heap_free(b);
}
END_TEST

Suite *test_heap_suite(void)
{
    Suite *suite = suite_create("heap");
    TCase *order = tcase_create("order");
    tcase_add_loop_test(order, entries_come_out_as_a_sort_would_put_them, 0, 5);
    tcase_add_test(order, a_moved_entry_counts_as_added_anew);
    tcase_add_test(order, a_loaded_heap_goes_on_as_the_saved_one);
    suite_add_tcase(suite, order);
    return suite;
}
