#include "daemon/publish.h"

#include "support/support.h"
#include <stdlib.h>

START_TEST(what_other_nodes_alone_know_is_not_sent_to_nodes)
{
    static uint8_t own[(UINT16_MAX + 1) / 8];
    struct publish_context c = {.own = own};
    struct instant now = {INT64_C(1000000000000)};
    struct track t = {.sensors = 2, .sensor = {{7 << 8 | 1, now}, {8 << 8 | 2, instant_add(now, -20)}}};

    ck_assert(!publish_own(&c, &t, now));
    own[(8 << 8 | 2) / 8] |= 1 << (8 << 8 | 2) % 8;
    ck_assert(publish_own(&c, &t, now));
    ck_assert(publish_own(&c, &t, instant_add(now, PUBLISH_OWN_S - 20)));
    ck_assert(!publish_own(&c, &t, instant_add(now, PUBLISH_OWN_S - 20 + 0.001))); /* our last look is too old: only the other node holds it now */
}
END_TEST

Suite *test_publish_suite(void);
Suite *test_publish_suite(void)
{
    Suite *s = suite_create("publish");
    TCase *t = tcase_create("publish");
    tcase_add_test(t, what_other_nodes_alone_know_is_not_sent_to_nodes);
    suite_add_tcase(s, t);
    return s;
}
