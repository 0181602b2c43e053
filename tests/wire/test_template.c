#include "wire/template.h"

#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "support/support.h"
#include "wire/target.h"

static struct mapping m;
static struct template *t;

static void setup(void)
{
    size_t count = 0, bad = 0;
    const struct asterix_category *c = asterix_find(62, NULL);
    const struct mapping_row *rows = target_rows(c, &count);
    ck_assert_int_eq(mapping_init(&m, c, rows, count, &bad), 0);
    t = template_new(&m);
}

static void teardown(void)
{
    template_free(t);
}

/* Values that fit every item of 062. */
static struct target any_target(struct rng *r)
{
    struct target v;
    memset(&v, 0, sizeof v);
    v.sac = (uint8_t)rng_next(r);
    v.tod_s = rng_below(r, 86400 * 128u) / 128.0;
    v.number = (uint16_t)rng_next(r);
    v.lat_rad = rng_uniform(r);
    v.lon_rad = -rng_uniform(r);
    v.east_mps = 200.0 * rng_normal(r);
    v.pressure_m = 1e4 * rng_uniform(r);
    v.mode_a = (uint16_t)rng_below(r, 4096);
    v.address = rng_below(r, 1 << 24);
    v.coasting = rng_below(r, 2);
    v.end = rng_below(r, 2);
    v.sigma_xy_m = 100.0 * rng_normal(r);
    v.age_psr_s = 60.0 * rng_uniform(r);
    v.height_source = (uint8_t)rng_below(r, 8);
    memcpy(v.callsign, "ACA77", 5);
    return v;
}

START_TEST(records_say_what_the_builder_would_say)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    for (int k = 0; k < 200; k++) { /* more sets of parts than the cache holds */
        struct target v = any_target(&r), a, b;
        struct asterix_record record;
        struct asterix_fault fault;
        uint8_t ours[255], theirs[255];
        uint64_t parts = rng_next(&r) & rng_next(&r) & ((UINT64_C(1) << TARGET_PARTS) - 1);
        int size = template_encode(t, &v, parts, ours, sizeof ours), other = mapping_encode(&m, &v, parts, theirs, sizeof theirs);
        memset(&a, 0, sizeof a);
        memset(&b, 0, sizeof b);
        ck_assert_int_eq(size > 0, other > 0);
        if (size <= 0)
            continue;
        ck_assert_int_eq(asterix_decode(m.category, ours, (size_t)size, &record, &fault), size);
        uint64_t had = mapping_read(&m, &record, &a);
        ck_assert_int_eq(asterix_decode(m.category, theirs, (size_t)other, &record, &fault), other);
        ck_assert_uint_eq(mapping_read(&m, &record, &b), had);
        ck_assert_mem_eq(&a, &b, sizeof a);
        ck_assert_int_eq(template_encode(t, &v, parts, ours, (size_t)size - 1), ERR_FULL);
    }
}
END_TEST

START_TEST(values_that_do_not_fit_are_refused)
{
    struct rng r = rng_init(9);
    struct target v = any_target(&r);
    uint8_t bytes[255];
    ck_assert_int_gt(template_encode(t, &v, TARGET_HAS(SOURCE) | TARGET_HAS(MODE_A), bytes, sizeof bytes), 0);
    v.mode_a = 010000;
    ck_assert_int_eq(template_encode(t, &v, TARGET_HAS(SOURCE) | TARGET_HAS(MODE_A), bytes, sizeof bytes), ERR_RANGE);
    v.east_mps = 1e9;
    ck_assert_int_eq(template_encode(t, &v, TARGET_HAS(VELOCITY), bytes, sizeof bytes), ERR_RANGE);
    ck_assert_int_lt(template_encode(t, &v, 0, bytes, sizeof bytes), 0);
}
END_TEST

Suite *test_template_suite(void)
{
    Suite *suite = suite_create("template");
    TCase *c = tcase_create("layouts");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, records_say_what_the_builder_would_say, 0, 5);
    tcase_add_test(c, values_that_do_not_fit_are_refused);
    suite_add_tcase(suite, c);
    return suite;
}
