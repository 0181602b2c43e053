// Two nodes as processes that hand aircraft over (support/crossing.h), and one of them dies.
#include "support/crossing.h"

#include "base/rng.h"
#include "support/support.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FLIGHTS 24

static struct crossing crossing;
static char given[FLIGHTS]; // WEST has given the aircraft away by a handoff
static int claims_fd[2];

static void begin(void)
{
    crossing = (struct crossing){.rate = 60, .behind_s = 60, .track_s = 4, .flights = FLIGHTS, .accept_s = 6, .keepalive_s = 0.2, .lead_s = 400};
    crossing_begin(&crossing);
}

static void end(void)
{
    crossing_end(&crossing);
}

static void on_west(void *context, const struct diary_entry *e)
{
    (void)context;
    if (e->kind == DIARY_OWNER && strcmp(e->with, "EAST") == 0 && crossing_number(e) >= 0)
        given[crossing_number(e)] = 1;
}

// ---- the node that dies: a child that writes its claims whenever it is told to ----

static void on_ask(evutil_socket_t fd, short what, void *context)
{
    char is[FLIGHTS];

    (void)fd;
    (void)what;
    for (int i = 0; i < FLIGHTS; i++)
        is[i] = crossing_claims(context, i) ? 'x' : '-';
    if (write(claims_fd[1], is, sizeof is) != sizeof is)
        _exit(3);
}

static pid_t start_east(const char *west)
{
    pid_t child = fork();

    if (child != 0)
        return child;
    struct crossing_node n = {.event = NULL};
    crossing_open(&n, &crossing, true, NULL, west);
    struct event *ask = evsignal_new(n.base, SIGUSR1, on_ask, &n);
    event_add(ask, NULL);
    event_base_dispatch(n.base);
    _exit(2);
}

static void ask_east(struct crossing_node *west, pid_t child, char out[FLIGHTS])
{
    ssize_t got = -1;

    fcntl(claims_fd[0], F_SETFL, fcntl(claims_fd[0], F_GETFL) | O_NONBLOCK);
    kill(child, SIGUSR1);
    for (int turns = 0; turns < 3000 && got != FLIGHTS; turns++) {
        crossing_run(west, 0.01);
        got = read(claims_fd[0], out, FLIGHTS);
    }
    ck_assert_int_eq(got, FLIGHTS);
}

// AIRSEAM_KILLS: so many instead of 200
static int kills(void)
{
    const char *text = getenv("AIRSEAM_KILLS");

    return text ? atoi(text) : 200;
}

static void no_two_and_none_lost(const struct crossing_node *west, const char other[FLIGHTS])
{
    int handed = 0;

    for (int i = 0; i < FLIGHTS; i++) {
        bool mine = crossing_claims(west, i);
        ck_assert_msg(!mine || other[i] != 'x', "aircraft %d has two owners (EAST has %.*s)", i, FLIGHTS, other);
        ck_assert_msg(!given[i] || other[i] == 'x' || !crossing_flies(&crossing, i, west->seen_s), "aircraft %d was given and is lost (EAST has %.*s)", i, FLIGHTS, other);
        handed += given[i];
    }
    ck_assert_msg(handed >= FLIGHTS / 2, "only %d of %d were handed over", handed, FLIGHTS);
}

// Killed again and again at random instants while aircraft are handed over, the node comes back each time from its journal.
START_TEST(a_node_killed_at_any_instant_loses_no_transfer_and_doubles_none)
{
    struct crossing_node west = {.event = on_west};
    struct rng r = rng_init(20261121);
    char address[64] = "tcp://", other[FLIGHTS];
    double last_s = crossing.lead_s + FLIGHTS * crossing.behind_s, each_s = last_s / crossing.rate / kills();

    ck_assert_int_eq(pipe(claims_fd), 0);
    crossing_open(&west, &crossing, false, "tcp://127.0.0.1:0", NULL);
    handoff_address(west.handoff, address + 6, sizeof address - 6);
    for (int i = 0; i < kills(); i++) {
        pid_t child = start_east(address);
        crossing_run(&west, each_s * (0.4 + 1.2 * rng_uniform(&r)));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    pid_t child = start_east(address);
    for (int turns = 0; turns < 400 && (turns < 40 || west.seen_s < last_s + 100); turns++) // resynchronised, and every aircraft over the border
        crossing_run(&west, 0.05);
    ask_east(&west, child, other);
    no_two_and_none_lost(&west, other);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ck_assert(crossing_close(&west));
}
END_TEST

// ---- centres that speak OLDI ----

// A relay that captures what passes; its port.
static int start_tap(const char *address, const char *file)
{
    char command[256];
    int port = 0;

    snprintf(command, sizeof command, "/usr/bin/python3 tests/daemon/tap.py %s %s", strrchr(address, ':') + 1, file);
    FILE *tap = popen(command, "r");
    ck_assert_ptr_nonnull(tap);
    ck_assert_int_eq(fscanf(tap, "%d", &port), 1);
    return port; // it ends with the connection
}

static void tshark_reads(const char *file)
{
    char command[256], line[4096];
    unsigned titles = 0, lines = 0;
    static const char *const expected[] = {"-TITLE ACT", "-TITLE HOP", "-TITLE LAM", "-TITLE ROF", "-TITLE COF", "-TITLE MAS", "EAST-WEST", "ACCEPT"};

    if (system("command -v tshark >/dev/null") != 0) {
        printf("# skip: tshark is not there\n");
        return;
    }
    snprintf(command, sizeof command, "tshark -r %s -Y '_ws.malformed' 2>/dev/null | wc -l", file);
    FILE *f = popen(command, "r");
    ck_assert_int_eq(fscanf(f, "%u", &lines), 1);
    pclose(f);
    ck_assert_uint_eq(lines, 0);
    snprintf(command, sizeof command, "tshark -r %s -Y fmtp -V 2>/dev/null", file);
    f = popen(command, "r");
    while (fgets(line, sizeof line, f))
        for (unsigned i = 0; i < sizeof expected / sizeof *expected; i++)
            titles |= strstr(line, expected[i]) ? 1u << i : 0;
    pclose(f);
    ck_assert_uint_eq(titles, (1u << sizeof expected / sizeof *expected) - 1);
}

START_TEST(centres_that_speak_oldi_hand_over_too)
{
    struct crossing_node west = {.event = on_west};
    char address[64] = "", tapped[64], file[96], other[FLIGHTS];
    int handed = 0;

    crossing.oldi = true;
    crossing.behind_s = 20;
    memset(given, 0, sizeof given);
    ck_assert_int_eq(pipe(claims_fd), 0);
    crossing_open(&west, &crossing, false, "tcp://127.0.0.1:0", NULL);
    handoff_gateway_address(west.handoff, 0, address, sizeof address);
    snprintf(file, sizeof file, "%s/oldi.pcap", crossing.folder);
    snprintf(tapped, sizeof tapped, "tcp://127.0.0.1:%d", start_tap(address, file));
    pid_t child = start_east(tapped);
    double last_s = crossing.lead_s + FLIGHTS * crossing.behind_s;
    for (int turns = 0; turns < 1000 && west.seen_s < last_s - 100; turns++) // before the first ones are out of sight
        crossing_run(&west, 0.05);
    ask_east(&west, child, other);
    for (int i = 0; i < FLIGHTS; i++) {
        ck_assert_msg(!crossing_claims(&west, i) || other[i] != 'x', "aircraft %d has two owners", i);
        ck_assert_msg(!given[i] || other[i] == 'x' || !crossing_flies(&crossing, i, west.seen_s), "aircraft %d was given and is lost (%.*s)", i, FLIGHTS, other);
        handed += given[i];
    }
    ck_assert_msg(handed >= FLIGHTS - 6, "only %d were handed over", handed);
    struct gateway_counters c = handoff_gateway(west.handoff, 0);
    ck_assert_uint_eq(c.unreadable, 0);
    ck_assert_uint_ge(c.said, 3u * (unsigned)handed); // ABI, HOP, COF
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ck_assert(crossing_close(&west));
    tshark_reads(file);
}
END_TEST

Suite *test_handoff_suite(void);
Suite *test_handoff_suite(void)
{
    Suite *s = suite_create("handoff");
    TCase *t = tcase_create("handoff");
    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 300);
    tcase_add_test(t, a_node_killed_at_any_instant_loses_no_transfer_and_doubles_none);
    tcase_add_test(t, centres_that_speak_oldi_hand_over_too);
    suite_add_tcase(s, t);
    return s;
}
