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

Suite *test_handoff_suite(void);
Suite *test_handoff_suite(void)
{
    Suite *s = suite_create("handoff");
    TCase *t = tcase_create("handoff");
    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 300);
    tcase_add_test(t, a_node_killed_at_any_instant_loses_no_transfer_and_doubles_none);
    suite_add_tcase(s, t);
    return s;
}
