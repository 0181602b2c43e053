#include "picture/release.h"

#include "support/support.h"

START_TEST(the_first_policy_lets_everything_through)
{
    struct release *r = release_new();
    struct track in = {.number = 7, .at = {0.5, 1.0, 9000}, .east_mps = 200}, out;
    ck_assert(release_track(r, (struct release_nation){"MX"}, &in, (struct instant){0}, &out));
    ck_assert_mem_eq(&in, &out, sizeof in);
    release_free(r);
    release_free(NULL);
}
END_TEST

Suite *test_release_suite(void)
{
    Suite *suite = suite_create("release");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, the_first_policy_lets_everything_through);
    suite_add_tcase(suite, claims);
    return suite;
}
