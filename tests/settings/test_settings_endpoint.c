#include "settings/settings_endpoint.h"

#include <string.h>

#include "support/support.h"

static const char *const good[] = {"udp://127.0.0.1:8600", "udp://239.1.2.3:8600?interface=eth0", "udp://239.1.2.3:8600?interface=lo&ttl=4", "udp://[ff02::1]:1",
                                   "tcp://radar.example:0", "udp://239.1.2.3:8600?ttl=255"};

START_TEST(what_was_read_prints_as_it_was)
{
    struct settings_endpoint e;
    const char *expected;
    char printed[256];
    struct text_out out = text_out_init(printed, sizeof printed);

    ck_assert_int_eq(settings_endpoint_parse((struct text){good[_i], strlen(good[_i])}, &e, &expected), 0);
    settings_endpoint_print(&e, &out);
    ck_assert_str_eq(printed, good[_i]);
}
END_TEST

static const char *const wrong[] = {"", "udp:", "http://a:1", "udp://", "udp://:1", "udp://a", "udp://a:", "udp://a:65536", "udp://a:-1", "udp://a:1x", "udp://[::1:1", "udp://[::1]",
                                    "udp://a b:1", "udp://a:1?", "udp://a:1?x=1", "udp://a:1?ttl=0", "udp://a:1?ttl=256", "udp://a:1?interface=", "tcp://a:1?ttl=1",
                                    "udp://a:1?interface=abcdefghijklmnop",
                                    "udp://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:1"};

START_TEST(what_is_no_endpoint_is_refused_with_a_hint)
{
    struct settings_endpoint e;
    const char *expected = NULL;

    ck_assert_int_lt(settings_endpoint_parse((struct text){wrong[_i], strlen(wrong[_i])}, &e, &expected), 0);
    ck_assert_ptr_nonnull(expected);
}
END_TEST

Suite *test_settings_endpoint_suite(void);
Suite *test_settings_endpoint_suite(void)
{
    Suite *s = suite_create("settings_endpoint");
    TCase *vectors = tcase_create("vectors");

    tcase_add_loop_test(vectors, what_was_read_prints_as_it_was, 0, sizeof good / sizeof good[0]);
    tcase_add_loop_test(vectors, what_is_no_endpoint_is_refused_with_a_hint, 0, sizeof wrong / sizeof wrong[0]);
    suite_add_tcase(s, vectors);
    return s;
}
