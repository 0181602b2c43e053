#include "daemon/feed.h"

#include "base/rng.h"
#include "daemon_kit.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/support.h"

static struct event_base *base;
static struct log *logger;
static uint8_t taken[1 << 20];
static size_t used;
static unsigned units;

static void on_unit(void *context, int number, const uint8_t *bytes, size_t size)
{
    (void)context;
    ck_assert_int_eq(number, 7);
    ck_assert_uint_le(used + size, sizeof taken);
    memcpy(taken + used, bytes, size);
    used += size;
    units++;
}

static void setup(void)
{
    base = event_base_new();
    logger = log_new();
    log_set(logger, LOG_ERROR, 0);
    used = 0;
    units = 0;
}

static void teardown(void)
{
    log_free(logger);
    event_base_free(base);
}

static struct settings_feed settings(uint8_t transport, uint8_t format)
{
    struct settings_feed s = {.name = "test", .listen = {.transport = transport, .host = "127.0.0.1"}, .format = format, .enabled = true};
    return s;
}

static struct feed *opened(const struct settings_feed *s, char *address, size_t size)
{
    struct feed_sink sink = {on_unit, NULL};
    const char *why = "";
    struct feed *f = feed_open(base, s, 7, &sink, logger, &why);
    ck_assert_msg(f != NULL, "%s", why);
    feed_address(f, address, size);
    return f;
}

static void take_until(unsigned wanted)
{
    while (units < wanted)
        event_base_loop(base, EVLOOP_ONCE);
}

START_TEST(each_datagram_is_a_unit)
{
    struct settings_feed s = settings(SETTINGS_UDP, SETTINGS_ASTERIX);
    char address[80];
    struct feed *f = opened(&s, address, sizeof address);
    int fd = kit_connect(address, SOCK_DGRAM);
    for (unsigned i = 0; i < 100; i++)
        ck_assert_int_eq(send(fd, "abcdefgh", 1 + i % 8, 0), 1 + (int)i % 8);
    take_until(100);
    ck_assert_uint_eq(feed_counters(f).datagrams, 100);
    ck_assert_uint_eq(feed_counters(f).octets, used);
    ck_assert_uint_eq(feed_counters(f).kernel_drops, 0);
    close(fd);
    feed_close(f);
}
END_TEST

START_TEST(lines_are_cut_out_of_datagrams_with_or_without_an_end)
{
    struct settings_feed s = settings(SETTINGS_UDP, SETTINGS_CSV);
    char address[80];
    struct feed *f = opened(&s, address, sizeof address);
    int fd = kit_connect(address, SOCK_DGRAM);
    ck_assert_int_gt(send(fd, "one\ntwo\n", 8, 0), 0);
    ck_assert_int_gt(send(fd, "three\nfour", 10, 0), 0);
    ck_assert_int_gt(send(fd, "five\n", 5, 0), 0);
    take_until(5);
    ck_assert_uint_eq(units, 5);
    close(fd);
    feed_close(f);
}
END_TEST

START_TEST(others_than_those_named_may_not_send)
{
    struct settings_feed s = settings(SETTINGS_UDP, SETTINGS_ASTERIX);
    char address[80];
    struct sockaddr_in from = {.sin_family = AF_INET};
    s.from.count = 1;
    strcpy(s.from.name[0], "127.0.0.2");
    struct feed *f = opened(&s, address, sizeof address);
    int stranger = kit_connect(address, SOCK_DGRAM);
    int friend = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in to;
    socklen_t size = sizeof to;
    getpeername(stranger, (struct sockaddr *)&to, &size);
    inet_pton(AF_INET, "127.0.0.2", &from.sin_addr);
    ck_assert_int_eq(bind(friend, (struct sockaddr *)&from, sizeof from), 0);
    ck_assert_int_gt(send(stranger, "no", 2, 0), 0);
    ck_assert_int_gt(sendto(friend, "yes", 3, 0, (struct sockaddr *)&to, sizeof to), 0);
    take_until(1);
    ck_assert_uint_eq(used, 3);
    ck_assert_mem_eq(taken, "yes", 3);
    ck_assert_uint_eq(feed_counters(f).refused, 1);
    close(stranger);
    close(friend);
    feed_close(f);
}
END_TEST

START_TEST(a_multicast_group_is_joined)
{
    struct settings_feed s = settings(SETTINGS_UDP, SETTINGS_ASTERIX);
    struct feed_sink sink = {on_unit, NULL};
    const char *why = "";
    struct sockaddr_in to = {.sin_family = AF_INET};
    struct ip_mreqn out = {.imr_address.s_addr = htonl(INADDR_LOOPBACK)};
    int port = kit_free_port(SOCK_DGRAM);
    strcpy(s.listen.host, "239.255.77.1");
    strcpy(s.listen.interface, "lo");
    s.listen.port = (uint16_t)port;
    struct feed *f = feed_open(base, &s, 7, &sink, logger, &why);
    ck_assert_msg(f != NULL, "%s", why);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &out, sizeof out);
    inet_pton(AF_INET, s.listen.host, &to.sin_addr);
    to.sin_port = htons((uint16_t)port);
    ck_assert_int_eq(sendto(fd, "group", 5, 0, (struct sockaddr *)&to, sizeof to), 5);
    take_until(1);
    ck_assert_mem_eq(taken, "group", 5);
    close(fd);
    feed_close(f);
}
END_TEST

// Blocks of random lengths in one stream, cut anywhere.
static size_t make_blocks(uint8_t *bytes, unsigned count, struct rng *r)
{
    size_t at = 0;
    for (unsigned i = 0; i < count; i++) {
        size_t size = 4 + rng_below(r, 200);
        bytes[at] = 48;
        bytes[at + 1] = (uint8_t)(size >> 8);
        bytes[at + 2] = (uint8_t)size;
        for (size_t k = 3; k < size; k++)
            bytes[at + k] = (uint8_t)rng_next(r);
        at += size;
    }
    return at;
}

START_TEST(a_stream_cut_anywhere_gives_the_same_units)
{
    struct settings_feed s = settings(SETTINGS_TCP, SETTINGS_ASTERIX);
    static uint8_t bytes[1 << 17];
    char address[80];
    struct rng r = rng_init(3);
    size_t size = make_blocks(bytes, 300, &r);
    struct feed *f = opened(&s, address, sizeof address);
    int fd = kit_connect(address, SOCK_STREAM);
    for (size_t at = 0; at < size;) {
        size_t piece = 1 + rng_below(&r, 700);
        piece = piece < size - at ? piece : size - at;
        ck_assert_int_eq(send(fd, bytes + at, piece, 0), (ssize_t)piece);
        at += piece;
        event_base_loop(base, EVLOOP_NONBLOCK);
    }
    take_until(300);
    ck_assert_uint_eq(used, size);
    ck_assert_mem_eq(taken, bytes, size);
    ck_assert_uint_eq(feed_counters(f).connections, 1);
    close(fd);
    feed_close(f);
}
END_TEST

START_TEST(a_feed_connects_and_connects_again)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    struct settings_feed s = settings(SETTINGS_NONE, SETTINGS_ASTERIX);
    char address[80];
    int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ck_assert_int_eq(bind(server, (struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(listen(server, 4), 0);
    getsockname(server, (struct sockaddr *)&at, &size);
    s.connect = (struct settings_endpoint){.transport = SETTINGS_TCP, .host = "127.0.0.1", .port = ntohs(at.sin_port)};
    struct feed *f = opened(&s, address, sizeof address);
    for (unsigned round = 1; round <= 2; round++) {
        int fd;
        while ((fd = accept(server, NULL, NULL)) < 0)
            event_base_loop(base, EVLOOP_ONCE);
        ck_assert_int_eq(send(fd, "\x30\x00\x05zz\x30\x00\x05yy", 10, 0), 10); // framing believes a stream's first block when another follows
        take_until(2 * round);
        close(fd);
    }
    ck_assert_uint_eq(feed_counters(f).connections, 2);
    close(server);
    feed_close(f);
}
END_TEST

START_TEST(what_cannot_be_opened_says_why)
{
    struct settings_feed s = settings(SETTINGS_UDP, SETTINGS_ASTERIX);
    struct feed_sink sink = {on_unit, NULL};
    const char *why = NULL;
    strcpy(s.listen.host, "192.0.2.1"); // an address of documentation, nobody's
    ck_assert_ptr_null(feed_open(base, &s, 7, &sink, logger, &why));
    ck_assert_ptr_nonnull(why);
}
END_TEST

Suite *test_feed_suite(void);
Suite *test_feed_suite(void)
{
    Suite *s = suite_create("feed");
    TCase *c = tcase_create("loopback");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, each_datagram_is_a_unit);
    tcase_add_test(c, lines_are_cut_out_of_datagrams_with_or_without_an_end);
    tcase_add_test(c, others_than_those_named_may_not_send);
    tcase_add_test(c, a_multicast_group_is_joined);
    tcase_add_test(c, a_stream_cut_anywhere_gives_the_same_units);
    tcase_add_test(c, a_feed_connects_and_connects_again);
    tcase_add_test(c, what_cannot_be_opened_says_why);
    suite_add_tcase(s, c);
    return s;
}
