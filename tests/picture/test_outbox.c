#include "picture/outbox.h"

#include "base/err.h"
#include "support/support.h"

static struct outbox *box;

static void setup(void)
{
    box = outbox_new(8, 4);
}

static void teardown(void)
{
    outbox_free(box);
}

static void put(enum track_event_kind kind, uint32_t number)
{
    struct track_event *e = outbox_next(box, kind);
    e->track = (struct track){.number = number};
    outbox_add(box);
}

START_TEST(updates_nobody_drains_are_lost_before_news_and_drops)
{
    const struct track_event *e;
    for (uint32_t i = 0; i < 6; i++)
        put(TRACK_UPDATE, i);
    put(TRACK_NEW, 100);
    put(TRACK_DROP, 101);
    ck_assert_uint_eq(outbox_lost(box), 2);
    for (uint32_t i = 0; i < 4; i++) {
        ck_assert(outbox_take(box, &e));
        ck_assert_uint_eq(e->track.number, i);
    }
    ck_assert(outbox_take(box, &e));
    ck_assert_uint_eq(e->track.number, 100);
    ck_assert(outbox_take(box, &e));
    ck_assert_uint_eq(e->track.number, 101);
    ck_assert(!outbox_take(box, &e));
}
END_TEST

START_TEST(the_digest_counts_every_event_lost_or_not)
{
    struct outbox *other = outbox_new(8, 4), *mine = box;
    const struct track_event *e;
    for (uint32_t i = 0; i < 20; i++)
        put(TRACK_UPDATE, i);
    box = other;
    for (uint32_t i = 0; i < 20; i++) {
        put(TRACK_UPDATE, i);
        outbox_take(box, &e);
    }
    box = mine;
    ck_assert(outbox_digest(box) == outbox_digest(other));
    put(TRACK_UPDATE, 20);
    ck_assert(outbox_digest(box) != outbox_digest(other));
    outbox_free(other);
}
END_TEST

START_TEST(of_notices_the_latest_are_kept)
{
    struct notice n = {.kind = NOTICE_LATE};
    for (int i = 0; i < 6; i++) {
        n.a = i;
        outbox_add_notice(box, &n);
    }
    for (int i = 2; i < 6; i++) {
        ck_assert(outbox_take_notice(box, &n));
        ck_assert_double_eq(n.a, i);
    }
    ck_assert(!outbox_take_notice(box, &n));
}
END_TEST

START_TEST(what_waits_is_saved)
{
    char bytes[16384];
    struct outbox *other = outbox_new(8, 4);
    const struct track_event *e;
    put(TRACK_NEW, 1);
    put(TRACK_UPDATE, 2);
    outbox_take(box, &e);
    ck_assert_uint_le(outbox_state_size(box), sizeof bytes);
    outbox_save(box, bytes);
    ck_assert_int_eq(outbox_load(other, bytes, outbox_state_size(box) - 1), ERR_FORMAT);
    ck_assert_int_eq(outbox_load(other, bytes, outbox_state_size(box)), 0);
    ck_assert(outbox_take(other, &e));
    ck_assert_uint_eq(e->track.number, 2);
    ck_assert(outbox_digest(other) == outbox_digest(box));
    outbox_free(other);
}
END_TEST

Suite *test_outbox_suite(void)
{
    Suite *suite = suite_create("outbox");
    TCase *claims = tcase_create("claims");
    tcase_add_checked_fixture(claims, setup, teardown);
    tcase_add_test(claims, updates_nobody_drains_are_lost_before_news_and_drops);
    tcase_add_test(claims, the_digest_counts_every_event_lost_or_not);
    tcase_add_test(claims, of_notices_the_latest_are_kept);
    tcase_add_test(claims, what_waits_is_saved);
    suite_add_tcase(suite, claims);
    return suite;
}
