#include "score/siap.h"

#include "support/support.h"

START_TEST(ratios_are_those_of_the_definition)
{
    const struct siap s = {.aircraft = 10, .tracked = 8, .tracks = 12, .associated = 9, .distance_m = 900, .distances = 9};
    ck_assert_double_eq(siap_completeness(&s), 0.8);
    ck_assert_double_eq(siap_ambiguity(&s), 9.0 / 8.0);
    ck_assert_double_eq(siap_spuriousness(&s), 0.25);
    ck_assert_double_eq(siap_position_m(&s), 100);
}
END_TEST

START_TEST(of_nothing_they_are_zero)
{
    const struct siap s = {0};
    ck_assert_double_eq(siap_completeness(&s) + siap_ambiguity(&s) + siap_spuriousness(&s) + siap_position_m(&s), 0);
}
END_TEST

Suite *test_siap_suite(void)
{
    Suite *suite = suite_create("siap");
    TCase *vectors = tcase_create("vectors");
    tcase_add_test(vectors, ratios_are_those_of_the_definition);
    tcase_add_test(vectors, of_nothing_they_are_zero);
    suite_add_tcase(suite, vectors);
    return suite;
}
