#include "air/level.h"

#include <math.h>

#include "support/support.h"

START_TEST(doubtful_or_impossible_levels_are_not_trusted)
{
    struct level l = {.pressure_m = 10668.0, .flags = LEVEL_PRESSURE};
    ck_assert(level_trusted(&l));
    l.flags = LEVEL_PRESSURE | LEVEL_GARBLED;
    ck_assert(!level_trusted(&l));
    l.flags = LEVEL_PRESSURE | LEVEL_UNVALIDATED;
    ck_assert(!level_trusted(&l));
    l.flags = LEVEL_HEIGHT;
    ck_assert(!level_trusted(&l));
    l.flags = LEVEL_PRESSURE;
    l.pressure_m = -458.0; /* below -1500 ft */
    ck_assert(!level_trusted(&l));
    l.pressure_m = 45721.0; /* above 150 000 ft */
    ck_assert(!level_trusted(&l));
    l.pressure_m = NAN;
    ck_assert(!level_trusted(&l));
}
END_TEST

START_TEST(finer_steps_have_the_smaller_error)
{
    struct level fine = {.flags = LEVEL_PRESSURE | LEVEL_FINE}, coarse = {.flags = LEVEL_PRESSURE};
    ck_assert_double_eq_tol(level_sigma_m(&coarse), 20.986, 0.01); /* sqrt((30.48 m)^2 / 12 + (19.05 m)^2) */
    ck_assert_double_eq_tol(level_sigma_m(&fine), 19.177, 0.01);
}
END_TEST

Suite *test_level_suite(void)
{
    Suite *suite = suite_create("level");
    TCase *t = tcase_create("trust");
    tcase_add_test(t, doubtful_or_impossible_levels_are_not_trusted);
    tcase_add_test(t, finer_steps_have_the_smaller_error);
    suite_add_tcase(suite, t);
    return suite;
}
