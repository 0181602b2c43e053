#include "wire/track_number.h"

#include "base/rng.h"
#include "support/support.h"

START_TEST(numbers_come_again_only_after_all_others)
{
    struct track_number *numbers = track_number_new();
    bool fresh = false;
    ck_assert_uint_eq(track_number_add(numbers, 100, &fresh), 1);
    ck_assert(fresh);
    ck_assert_uint_eq(track_number_add(numbers, 100, &fresh), 1);
    ck_assert(!fresh);
    track_number_remove(numbers, 100);
    for (uint32_t k = 2; k <= 65535; k++) {
        ck_assert_uint_eq(track_number_add(numbers, 1000 + k, &fresh), k);
        if (k % 2)
            track_number_remove(numbers, 1000 + k);
    }
    ck_assert_uint_eq(track_number_add(numbers, 7, &fresh), 1);
    ck_assert_uint_eq(track_number_add(numbers, 8, &fresh), 3);
    track_number_free(numbers);
}
END_TEST

START_TEST(when_all_numbers_are_taken_a_track_is_refused)
{
    struct track_number *numbers = track_number_new();
    bool fresh = false;
    for (uint32_t k = 1; k <= 65535; k++)
        ck_assert_uint_ne(track_number_add(numbers, k, &fresh), 0);
    ck_assert_uint_eq(track_number_add(numbers, 0, &fresh), 0);
    ck_assert(!fresh);
    track_number_remove(numbers, 12345);
    ck_assert_uint_eq(track_number_add(numbers, 0, &fresh), 12345);
    track_number_free(numbers);
}
END_TEST

/* Against a plain list: few home places, so that tracks collide, and go in every order. */
START_TEST(tracks_that_share_a_place_keep_their_numbers)
{
    struct track_number *numbers = track_number_new();
    struct rng r = rng_init((uint64_t)_i + 1);
    uint16_t held[64] = {0};
    bool fresh = false;
    for (int k = 0; k < 20000; k++) {
        uint32_t which = rng_below(&r, 64), track = (which % 8) + ((which / 8) << 17) + (1u << 17) - 4; /* also across the table's end */
        if (rng_below(&r, 2) == 0) {
            uint16_t number = track_number_add(numbers, track, &fresh);
            ck_assert_int_eq(fresh, held[which] == 0);
            ck_assert(held[which] == 0 || held[which] == number);
            held[which] = number;
        } else {
            track_number_remove(numbers, track);
            held[which] = 0;
        }
        which = rng_below(&r, 64);
        track = (which % 8) + ((which / 8) << 17) + (1u << 17) - 4;
        ck_assert_uint_eq(track_number_find(numbers, track), held[which]);
    }
    track_number_free(numbers);
}
END_TEST

Suite *test_track_number_suite(void)
{
    Suite *suite = suite_create("track_number");
    TCase *t = tcase_create("numbers");
    tcase_add_test(t, numbers_come_again_only_after_all_others);
    tcase_add_loop_test(t, tracks_that_share_a_place_keep_their_numbers, 0, 5);
    tcase_add_test(t, when_all_numbers_are_taken_a_track_is_refused);
    suite_add_tcase(suite, t);
    return suite;
}
