#include "base/digest.h"

#include <math.h>

#include "support/support.h"

START_TEST(published_vectors_of_fnv_1a)
{
    ck_assert_uint_eq(digest_add(DIGEST_START, "", 0), UINT64_C(0xcbf29ce484222325));
    ck_assert_uint_eq(digest_add(DIGEST_START, "a", 1), UINT64_C(0xaf63dc4c8601ec8c));
    ck_assert_uint_eq(digest_add(DIGEST_START, "foobar", 6), UINT64_C(0x85944171f73967e8));
}
END_TEST

START_TEST(numbers_go_in_least_significant_octet_first)
{
    ck_assert_uint_eq(digest_add_u64(DIGEST_START, UINT64_C(0x0807060504030201)), digest_add(DIGEST_START, "\1\2\3\4\5\6\7\10", 8));
}
END_TEST

START_TEST(equal_doubles_have_equal_digests)
{
    ck_assert_uint_eq(digest_add_double(DIGEST_START, -0.0), digest_add_double(DIGEST_START, 0.0));
    ck_assert_uint_eq(digest_add_double(DIGEST_START, NAN), digest_add_double(DIGEST_START, -NAN));
    ck_assert_uint_ne(digest_add_double(DIGEST_START, 1.0), digest_add_double(DIGEST_START, nextafter(1.0, 2.0)));
}
END_TEST

Suite *test_digest_suite(void)
{
    Suite *suite = suite_create("digest");
    TCase *vectors = tcase_create("vectors");
    tcase_add_test(vectors, published_vectors_of_fnv_1a);
    tcase_add_test(vectors, numbers_go_in_least_significant_octet_first);
    tcase_add_test(vectors, equal_doubles_have_equal_digests);
    suite_add_tcase(suite, vectors);
    return suite;
}
