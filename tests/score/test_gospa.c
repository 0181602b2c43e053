#include "score/gospa.h"

#include "support/support.h"
#include <math.h>

START_TEST(the_parts_add_up_to_the_whole)
{
    struct gospa g = {0};
    gospa_pair(&g, 300);
    gospa_pair(&g, 400);
    gospa_miss(&g);
    gospa_end(&g, 1000);
    gospa_false(&g, 2);
    gospa_switch(&g, 1);
    gospa_end(&g, 1000);
    struct gospa_result r = gospa_result(&g, 1000, 2000);
    /* instants: 250 000 + 500 000 = 750 000 and 2 * 500 000 = 1 000 000 m^2 */
    ck_assert_double_eq_tol(r.rms_m, sqrt(875000), 1e-9);
    ck_assert_double_eq_tol(r.mean_m, 0.5 * (sqrt(750000) + 1000), 1e-9);
    ck_assert_double_eq_tol(r.near_m, sqrt(125000), 1e-9);
    ck_assert_double_eq_tol(r.missed_m, sqrt(250000), 1e-9);
    ck_assert_double_eq_tol(r.false_m, sqrt(500000), 1e-9);
    ck_assert_double_eq_tol(r.near_m * r.near_m + r.missed_m * r.missed_m + r.false_m * r.false_m, r.rms_m * r.rms_m, 1e-6);
    ck_assert_double_eq(r.missed, 0.5);
    ck_assert_double_eq(r.extra, 1.0);
    ck_assert_double_eq_tol(r.trajectory_m, sqrt(875000 + 0.5 * 4e6), 1e-9);
}
END_TEST

START_TEST(no_instant_is_no_result)
{
    struct gospa g = {0};
    ck_assert(isnan(gospa_result(&g, 1000, 0).rms_m));
}
END_TEST

Suite *test_gospa_suite(void)
{
    Suite *suite = suite_create("gospa");
    TCase *vectors = tcase_create("vectors");
    tcase_add_test(vectors, the_parts_add_up_to_the_whole);
    tcase_add_test(vectors, no_instant_is_no_result);
    suite_add_tcase(suite, vectors);
    return suite;
}
