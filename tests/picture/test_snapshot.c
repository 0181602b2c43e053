#include "picture/snapshot.h"

#include <stdlib.h>

#include "base/err.h"
#include "kit.h"
#include "support/support.h"

static struct sky *sky;

static void setup(void)
{
    struct sky_settings s = sky_settings_default();
    s.aircraft = 40;
    s.duration_s = 90.0;
    s.jitter_s = 1.0;
    sky = sky_new(&s);
}

static void teardown(void)
{
    sky_free(sky);
}

static void feed(struct kit *k, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        kit_input(k, &sky->plot[i]);
}

START_TEST(a_loaded_picture_goes_on_as_the_saved_one)
{
    struct kit whole, first, second;
    kit_open(&whole, NULL);
    kit_open(&first, NULL);
    kit_open(&second, NULL);
    uint64_t expected = kit_sky(&whole, sky);
    uint32_t cut = sky->plots * (1 + (uint32_t)_i) / 5;
    for (uint32_t i = 0; i < sky->sites; i++)
        picture_add_sensor(first.picture, &sky->site[i]);
    feed(&first, 0, cut);
    size_t size = picture_state_size(first.picture);
    char *bytes = malloc(size);
    ck_assert_uint_eq(picture_save(first.picture, bytes), size);
    ck_assert_int_eq(picture_load(second.picture, bytes, size), 0);
    feed(&second, cut, sky->plots);
    ck_assert(picture_digest(second.picture) == expected);
    struct picture_counters a = picture_counters(whole.picture), b = picture_counters(second.picture);
    ck_assert_mem_eq(&a, &b, sizeof a);
    free(bytes);
    kit_close(&whole);
    kit_close(&first);
    kit_close(&second);
}
END_TEST

START_TEST(a_damaged_or_foreign_snapshot_is_refused_and_costs_nothing)
{
    struct kit k, other, foreign;
    struct picture_settings settings = picture_settings_default();
    settings.tracks = 64;
    kit_open(&k, NULL);
    kit_open(&other, NULL);
    kit_open(&foreign, &settings);
    kit_sky(&k, sky);
    size_t size = picture_state_size(k.picture);
    char *bytes = malloc(size);
    picture_save(k.picture, bytes);
    ck_assert_int_eq(picture_load(foreign.picture, bytes, size), ERR_FORMAT);
    ck_assert_int_eq(picture_load(other.picture, bytes, size - 1), ERR_FORMAT);
    ck_assert_int_eq(picture_load(other.picture, bytes, 3), ERR_FORMAT);
    bytes[size / 2] ^= 1;
    ck_assert_int_eq(picture_load(other.picture, bytes, size), ERR_FORMAT);
    ck_assert_uint_eq(picture_sensors(other.picture), 0);
    bytes[size / 2] ^= 1;
    ck_assert_int_eq(picture_load(other.picture, bytes, size), 0);
    free(bytes);
    kit_close(&k);
    kit_close(&other);
    kit_close(&foreign);
}
END_TEST

Suite *test_snapshot_suite(void)
{
    Suite *suite = suite_create("snapshot");
    TCase *claims = tcase_create("claims");
    tcase_add_unchecked_fixture(claims, setup, teardown);
    tcase_add_loop_test(claims, a_loaded_picture_goes_on_as_the_saved_one, 0, 4);
    tcase_add_test(claims, a_damaged_or_foreign_snapshot_is_refused_and_costs_nothing);
    suite_add_tcase(suite, claims);
    return suite;
}
