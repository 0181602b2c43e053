/* Silence: chance misses are not told, silence is within a few looks, and a reply ends it. */
#include "track/silence.h"

#include "base/rng.h"
#include "support/support.h"

Suite *test_silence_suite(void);

START_TEST(a_transponder_that_fails_is_told_within_a_few_looks)
{
    struct silence s = {0};
    int looks = 1;
    while (silence_look(&s, 0.97) != SILENCE_BEGAN)
        looks++;
    ck_assert_int_le(looks, 5);
    ck_assert_int_ge(looks, 3);
    ck_assert(s.silent);
    ck_assert_int_eq(silence_look(&s, 0.97), SILENCE_NOTHING); /* told once */
    ck_assert_int_eq(silence_reply(&s), SILENCE_ENDED);
    ck_assert_int_eq(silence_reply(&s), SILENCE_NOTHING);
    ck_assert(!s.silent);
}
END_TEST

/* 200 hours of looks of 12 s that each miss a reply now and then: not one alarm at 97 %, few at 90 %. */
START_TEST(chance_is_no_silence)
{
    struct rng r = rng_init(11);
    struct silence s = {0};
    unsigned alarms = 0;
    for (int i = 0; i < 60000; i++)
        if (rng_uniform(&r) < 0.97)
            silence_reply(&s);
        else
            alarms += silence_look(&s, 0.97) == SILENCE_BEGAN;
    ck_assert_uint_eq(alarms, 0);
    for (int i = 0; i < 60000; i++)
        if (rng_uniform(&r) < 0.9)
            silence_reply(&s);
        else
            alarms += silence_look(&s, 0.9) == SILENCE_BEGAN;
    ck_assert_uint_le(alarms, 12); /* 60000 looks, four misses in a row and a fifth for the margin: 6 expected at most */
}
END_TEST

START_TEST(looks_that_can_hear_nothing_say_nothing)
{
    struct silence s = {0};
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(silence_look(&s, 0.0), SILENCE_NOTHING);
    ck_assert(silence_counts(100e3, 9000));
    ck_assert(!silence_counts(100e3, 1500));
    ck_assert(!silence_counts(400e3, 9000)); /* below the bulge */
    ck_assert(silence_counts(300e3, 12000));
    ck_assert(!silence_counts(10e3, 900)); /* on its way down to the airport of the radar */
}
END_TEST

START_TEST(the_last_reply_is_that_of_any_kind)
{
    struct instant age[TRACK_AGES];
    for (int i = 0; i < TRACK_AGES; i++)
        age[i] = INSTANT_NONE;
    ck_assert(silence_last_reply(age).ns == INSTANT_NONE.ns);
    age[TRACK_AGE_PSR].ns = 900;
    age[TRACK_AGE_SSR].ns = 300;
    age[TRACK_AGE_ADSB].ns = 500;
    ck_assert_int_eq(silence_last_reply(age).ns, 500);
}
END_TEST

Suite *test_silence_suite(void)
{
    Suite *s = suite_create("silence");
    TCase *t = tcase_create("test");
    tcase_add_test(t, a_transponder_that_fails_is_told_within_a_few_looks);
    tcase_add_test(t, chance_is_no_silence);
    tcase_add_test(t, looks_that_can_hear_nothing_say_nothing);
    tcase_add_test(t, the_last_reply_is_that_of_any_kind);
    suite_add_tcase(s, t);
    return s;
}
