#include "daemon/peers.h"

#include "support/support.h"
#include <event2/buffer.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];
static struct event_base *base;
static struct log *logged;

struct node {
    struct tls *tls;
    struct peers *peers;
    unsigned ups, downs, messages;
    uint64_t last; /* number of the last message */
    bool ordered;
};
static struct node us, mx;

static void make_certificates(void)
{
    char command[256];

    strcpy(folder, "/tmp/airseam-peers-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(command, sizeof command, "sh sim/certificates.sh %s/good US MX XX && sh sim/certificates.sh %s/other MX", folder, folder);
    ck_assert_int_eq(system(command), 0);
}

static void drop_certificates(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct tls *tls_of(const char *authority, const char *name)
{
    char certificate[128], key[128], trusted[128], why[256];

    snprintf(certificate, sizeof certificate, "%s/%s/%s.pem", folder, authority, name);
    snprintf(key, sizeof key, "%s/%s/%s.key", folder, authority, name);
    snprintf(trusted, sizeof trusted, "%s/%s/authority.pem", folder, authority);
    struct tls *t = tls_new(certificate, key, trusted, why, sizeof why);
    ck_assert_msg(t, "%s", why);
    return t;
}

static void on_link(void *context, unsigned peer, bool up)
{
    struct node *n = context;

    ck_assert_uint_eq(peer, 0);
    n->ups += up;
    n->downs += !up;
}

static void on_message(void *context, unsigned peer, const struct message *m)
{
    struct node *n = context;

    (void)peer;
    n->ordered = n->ordered && m->number > n->last;
    n->last = m->number;
    n->messages++;
}

static void open_node(struct node *n, struct tls *tls, const char *other, const char *listen, const char *connect)
{
    struct peers_settings s = {.keepalive_s = 0.05, .queue_bytes = 100000, .count = 1};
    struct peers_sink sink = {on_link, on_message, n};
    const char *expected, *why = NULL;

    *n = (struct node){.tls = tls, .ordered = true};
    snprintf(s.peer[0].name, PEERS_NAME, "%s", other);
    if (listen)
        ck_assert_int_eq(settings_endpoint_parse((struct text){listen, strlen(listen)}, &s.listen, &expected), 0);
    if (connect)
        ck_assert_int_eq(settings_endpoint_parse((struct text){connect, strlen(connect)}, &s.peer[0].connect, &expected), 0);
    n->peers = peers_open(base, &s, tls, &sink, logged, &why);
    ck_assert_msg(n->peers, "%s", why);
}

static void close_node(struct node *n)
{
    peers_close(n->peers);
    tls_free(n->tls);
    n->peers = NULL;
    n->tls = NULL;
}

static char address[64];
static const char *where(const struct node *n)
{
    char at[48];

    peers_address(n->peers, at, sizeof at);
    snprintf(address, sizeof address, "tcp://%s", at);
    return address;
}

static void set_up(void)
{
    signal(SIGPIPE, SIG_IGN); /* as airseamd does */
    base = event_base_new();
    logged = log_new();
    log_set(logged, LOG_ERROR, 0);
}

static void tear_down(void)
{
    event_base_free(base);
    log_free(logged);
}

#define UNTIL(condition)                                                   \
    for (int turns = 0; !(condition); turns++) {                            \
        ck_assert_msg(turns < 20000, "waited in vain for " #condition);     \
        turn();                                                             \
    }

static void turn(void)
{
    struct timeval pause = {0, 5000};

    event_base_loopexit(base, &pause);
    event_base_dispatch(base);
}

static struct message numbered(uint64_t number)
{
    return (struct message){.kind = MESSAGE_RTI, .number = number, .transfer = message_transfer("KZLA", (uint32_t)number), .serial = 1, .from = "KZLA", .to = "MMZT"};
}

static void open_both(void)
{
    open_node(&us, tls_of("good", "US"), "MX", "tcp://127.0.0.1:0", NULL);
    open_node(&mx, tls_of("good", "MX"), "US", NULL, where(&us));
    UNTIL(us.ups == 1 && mx.ups == 1);
}

START_TEST(two_nodes_with_certificates_of_one_authority_talk)
{
    open_both();
    for (uint64_t i = 1; i <= 200; i++) {
        struct message m = numbered(i);
        ck_assert(peers_send(us.peers, 0, &m));
        ck_assert(peers_send(mx.peers, 0, &m));
    }
    UNTIL(us.messages == 200 && mx.messages == 200);
    ck_assert(us.ordered && mx.ordered);
    ck_assert_uint_eq(peers_counters(us.peers, 0).messages_out, 200);
    for (int i = 0; i < 60; i++) /* far longer than three times keepalive_s: the empty frames keep it up */
        turn();
    ck_assert(us.downs == 0 && mx.downs == 0);
    close_node(&mx);
    UNTIL(us.downs == 1);
    close_node(&us);
}
END_TEST

START_TEST(a_node_that_returns_is_taken_up_again)
{
    open_both();
    for (unsigned i = 1; i <= 3; i++) {
        close_node(&mx);
        UNTIL(us.downs == i);
        open_node(&mx, tls_of("good", "MX"), "US", NULL, where(&us));
        UNTIL(us.ups == i + 1 && mx.ups == 1);
    }
    char at[64];
    snprintf(at, sizeof at, "%s", where(&us));
    close_node(&us); /* now the side that listens */
    UNTIL(mx.downs == 1);
    open_node(&us, tls_of("good", "US"), "MX", at, NULL);
    UNTIL(us.ups == 1 && mx.ups == 2);
    close_node(&us);
    close_node(&mx);
}
END_TEST

START_TEST(strangers_are_refused)
{
    open_node(&us, tls_of("good", "US"), "MX", "tcp://127.0.0.1:0", NULL);
    open_node(&mx, _i == 0 ? tls_of("good", "XX") : tls_of("other", "MX"), "US", NULL, where(&us)); /* a name that is no peer's; another authority */
    UNTIL(peers_counters(mx.peers, 0).refused + mx.downs >= 2);
    ck_assert_uint_eq(us.ups, 0);
    ck_assert(!peers_is_up(us.peers, 0));
    close_node(&us);
    close_node(&mx);
}
END_TEST

START_TEST(a_certificate_or_key_that_does_not_fit_is_said_by_name)
{
    char why[256], a[128], b[128];

    snprintf(a, sizeof a, "%s/good/US.pem", folder);
    snprintf(b, sizeof b, "%s/good/MX.key", folder);
    ck_assert_ptr_null(tls_new(a, b, a, why, sizeof why));
    ck_assert_ptr_nonnull(strstr(why, "MX.key"));
    ck_assert_ptr_null(tls_new("/nowhere/US.pem", b, a, why, sizeof why));
    ck_assert_ptr_nonnull(strstr(why, "/nowhere/US.pem"));
}
END_TEST

START_TEST(who_does_not_read_loses_his_link_and_nothing_grows)
{
    open_both();
    uint64_t sent = 0;
    while (sent < 1000000) { /* no turn of the loop: nobody reads */
        struct message m = numbered(++sent);
        if (!peers_send(us.peers, 0, &m))
            break;
    }
    ck_assert_uint_lt(sent, 5000);
    ck_assert_uint_eq(peers_counters(us.peers, 0).overflows, 1);
    UNTIL(us.ups == 2 && mx.ups == 2);
    close_node(&us);
    close_node(&mx);
}
END_TEST

START_TEST(octets_that_are_no_tls_do_no_harm)
{
    open_node(&us, tls_of("good", "US"), "MX", "tcp://127.0.0.1:0", NULL);
    char command[160];
    snprintf(command, sizeof command, "/usr/bin/python3 -c \"import socket; s=socket.create_connection(('127.0.0.1',%s)); s.sendall(b'GET / HTTP/1.0' * 99)\" &",
             strrchr(where(&us), ':') + 1);
    ck_assert_int_eq(system(command), 0);
    for (int i = 0; i < 60; i++)
        turn();
    open_node(&mx, tls_of("good", "MX"), "US", NULL, where(&us));
    UNTIL(us.ups == 1);
    close_node(&us);
    close_node(&mx);
}
END_TEST

Suite *test_peers_suite(void);
Suite *test_peers_suite(void)
{
    Suite *s = suite_create("peers");
    TCase *t = tcase_create("peers");
    tcase_add_unchecked_fixture(t, make_certificates, drop_certificates);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 180);
    tcase_add_test(t, two_nodes_with_certificates_of_one_authority_talk);
    tcase_add_test(t, a_node_that_returns_is_taken_up_again);
    tcase_add_loop_test(t, strangers_are_refused, 0, 2);
    tcase_add_test(t, a_certificate_or_key_that_does_not_fit_is_said_by_name);
    tcase_add_test(t, who_does_not_read_loses_his_link_and_nothing_grows);
    tcase_add_test(t, octets_that_are_no_tls_do_no_harm);
    suite_add_tcase(s, t);
    return s;
}
