#include "daemon/link.h"

#include "daemon_kit.h"
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/support.h"

#define FRAME 65536
#define FRAMES 400

static struct event_base *base;
static struct log *logger;
static struct link *link_under_test;
static unsigned came;

static void on_consumer(void *context, struct link *l, unsigned consumer)
{
    (void)context;
    link_send_to(l, consumer, (const uint8_t *)"hello", 5);
    came++;
}

static void setup(void)
{
    struct settings_output output = {.name = "test", .listen = {.transport = SETTINGS_TCP, .host = "127.0.0.1"}, .queue_bytes = 4 * FRAME};
    struct link_sink sink = {on_consumer, NULL};
    const char *why = "";
    base = event_base_new();
    logger = log_new();
    log_set(logger, LOG_ERROR, 0);
    link_under_test = link_open(base, &output, &sink, logger, &why);
    ck_assert_msg(link_under_test != NULL, "%s", why);
    came = 0;
}

static void teardown(void)
{
    link_close(link_under_test);
    log_free(logger);
    event_base_free(base);
}

static int consumer(void)
{
    char address[80];
    unsigned before = came;
    link_address(link_under_test, address, sizeof address);
    int fd = kit_connect(address, SOCK_STREAM);
    while (came == before)
        event_base_loop(base, EVLOOP_ONCE);
    return fd;
}

// What has come so far, without waiting.
static size_t drain(int fd, uint8_t *bytes, size_t room)
{
    size_t used = 0;
    ssize_t n;
    while (used < room && (n = recv(fd, bytes + used, room - used, MSG_DONTWAIT)) > 0)
        used += (size_t)n;
    return used;
}

START_TEST(a_slow_consumer_loses_only_its_own_frames)
{
    static uint8_t frame[FRAME], got[4 * FRAME];
    size_t total = 0;
    int fast = consumer(), slow = consumer();
    uint32_t expected = 0;
    size_t in_frame = 0;
    bool right = true;
    ck_assert_uint_eq(drain(fast, got, 5), 5);
    for (uint32_t i = 0; i < FRAMES; i++) {
        memset(frame, (int)(i & 0xff), sizeof frame);
        link_send(link_under_test, frame, sizeof frame);
        for (size_t left = FRAME; left > 0;) { // the fast one takes each frame before the next
            event_base_loop(base, EVLOOP_NONBLOCK);
            size_t n = drain(fast, got, sizeof got);
            for (size_t k = 0; k < n; k++) {
                right = right && got[k] == (expected & 0xff);
                if (++in_frame == FRAME) {
                    in_frame = 0;
                    expected++;
                }
            }
            ck_assert_uint_le(n, left);
            left -= n;
            total += n;
        }
    }
    ck_assert(right);
    ck_assert_uint_eq(total, (size_t)FRAME * FRAMES);
    struct link_counters c = link_counters(link_under_test);
    ck_assert_uint_gt(c.frames_lost, 0);
    ck_assert_uint_lt(c.frames_lost, FRAMES);
    ck_assert_uint_eq(c.frames + c.frames_lost, 2 * FRAMES + 2);

    // What the slow one gets late is whole frames: a greeting and then runs of equal octets.
    size_t run = 0, whole = 0;
    for (int quiet = 0, first = 5, value = -1; quiet < 100;) {
        event_base_loop(base, EVLOOP_NONBLOCK);
        size_t n = drain(slow, got, sizeof got);
        quiet = n ? 0 : quiet + 1;
        for (size_t k = 0; k < n; k++) {
            if (first > 0) {
                first--;
                continue;
            }
            if (run % FRAME == 0)
                value = got[k];
            right = right && got[k] == value;
            whole += ++run % FRAME == 0;
        }
        usleep(1000);
    }
    ck_assert(right);
    ck_assert_uint_eq(run % FRAME, 0);
    ck_assert_uint_eq(whole, FRAMES - c.frames_lost);
    close(fast);
    close(slow);
}
END_TEST

START_TEST(consumers_come_and_go)
{
    for (int i = 0; i < 20; i++) {
        int fd = consumer();
        ck_assert_uint_eq(link_counters(link_under_test).consumers, 1);
        ck_assert_int_gt(send(fd, "noise", 5, 0), 0);
        close(fd);
        while (link_counters(link_under_test).consumers > 0)
            event_base_loop(base, EVLOOP_ONCE);
    }
    ck_assert_uint_eq(link_counters(link_under_test).accepted, 20);
}
END_TEST

Suite *test_link_suite(void);
Suite *test_link_suite(void)
{
    Suite *s = suite_create("link");
    TCase *c = tcase_create("loopback");
    tcase_set_timeout(c, 120);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, a_slow_consumer_loses_only_its_own_frames);
    tcase_add_test(c, consumers_come_and_go);
    suite_add_tcase(s, c);
    return s;
}
