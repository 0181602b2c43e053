// Two nodes as processes: certificates, TLS, journals, and aircraft that cross from WEST to EAST without end. The picture's clock runs RATE times as
// fast as the wall's; both nodes see the same aircraft, each under numbers of its own.
#include "daemon/handoff.h"

#include "base/rng.h"
#include "base/unit.h"
#include "support/support.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RATE 60.0
#define FLIGHTS 24
#define SPEED_MPS 250.0
#define BEHIND_S 60.0 // of picture time between two aircraft
#define TRACK_S 4.0
#define BORDER_DEG 10.0
#define EPOCH_NS (INT64_C(1763683200) * 1000000000)

static char folder[64];
static int64_t wall0_ns; // wall time at which the picture's clock began

// ---- two rectangles with a common edge, in the form of geo/area.h ----

static size_t put_number(uint8_t *out, uint32_t v)
{
    size_t n = 0;

    for (; v >= 128; v >>= 7)
        out[n++] = (uint8_t)(v | 128);
    out[n++] = (uint8_t)v;
    return n;
}

static size_t put_box(uint8_t *out, const char *name, int west_deg, int east_deg)
{
    const int corner[4][2] = {{0, west_deg}, {0, east_deg}, {2, east_deg}, {2, west_deg}};
    int lat = 0, lon = 0;
    size_t n = 0;

    out[n++] = (uint8_t)strlen(name);
    memcpy(out + n, name, strlen(name));
    n += strlen(name);
    n += put_number(out + n, 1);
    n += put_number(out + n, 4);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 2; k++) {
            int v = corner[i][k] * 10000 - (k ? lon : lat);
            n += put_number(out + n, v < 0 ? (uint32_t)(-v - 1) << 1 | 1 : (uint32_t)v << 1);
            *(k ? &lon : &lat) = corner[i][k] * 10000;
        }
    return n;
}

static struct centres *make_centres(void)
{
    static const struct centre centre[] = {{"WEST", "west", "US", "en"}, {"EAST", "east", "MX", "es"}};
    static const struct centre_sector sector[] = {{"ALL", -1000}};
    struct centre_rule rule = {.both_ways = true,
                               .agreement = {.mode = CENTRE_AUTOMATIC, .estimate_lead_s = 600, .initiate_lead_s = 180, .display_lead_s = 300, .acknowledge_s = 60,
                                             .accept_s = 90, .entry_s = 600, .floor_pressure_m = -1000, .ceiling_pressure_m = 30000}};
    struct centres_rows rows = {centre, 2, sector, 1, &rule, 1};
    uint8_t bytes[128] = {'A', 'R', 'E', 'A', 1, 2};
    size_t n = 6;
    int error;
    uint32_t row;

    n += put_box(bytes + n, "WEST", 5, 10);
    n += put_box(bytes + n, "EAST", 10, 15);
    struct centres *c = centre_new(&rows, bytes, n, &error, &row);
    ck_assert_msg(c != NULL, "%d", error);
    return c;
}

// ---- a node ----

struct node {
    bool east;
    struct event_base *base;
    struct centres *centres;
    struct handoff *handoff;
    struct log *log;
    struct event *tick;
    double seen_s; // tracks were fed up to this instant
    char given[FLIGHTS]; // this node has given the aircraft away by a handoff
};

static int64_t wall_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static bool clock_now(void *context, struct instant *now)
{
    (void)context;
    *now = (struct instant){EPOCH_NS + (int64_t)((double)(wall_ns() - wall0_ns) * RATE)};
    return true;
}

static double seconds(struct instant t)
{
    return (double)(t.ns - EPOCH_NS) / 1e9;
}

// Aircraft i flies east along 1 N, over the border at second 300 + i * BEHIND_S.
static struct track_event flight_at(const struct node *n, int i, struct instant now)
{
    double lat = 1 * UNIT_DEG, east_m = (seconds(now) - 300 - i * BEHIND_S) * SPEED_MPS;
    struct track_event e = {.kind = TRACK_UPDATE, .track = {.number = (uint32_t)(1 + i + 1000 * n->east), .flags = TRACK_CONFIRMED, .time = now,
                            .at = {lat, BORDER_DEG * UNIT_DEG + east_m / (6378137.0 * cos(lat)), 10000}, .east_mps = SPEED_MPS,
                            .cov = {[TRACK_EE] = 1e4, [TRACK_NN] = 1e4, [TRACK_VEVE] = 4, [TRACK_VNVN] = 4},
                            .level = {.pressure_m = 10000, .flags = LEVEL_PRESSURE}}};
    char callsign[9];

    snprintf(callsign, sizeof callsign, "ABC%d", 100 + i);
    ident_set_callsign(&e.track.ident, callsign, (unsigned)strlen(callsign));
    e.track.ident.flags |= IDENT_MODE_S;
    e.track.ident.mode_s = 0xA00000u + (uint32_t)i;
    return e;
}

static bool flies(int i, double t_s)
{
    double east_m = (t_s - 300 - i * BEHIND_S) * SPEED_MPS;

    return fabs(east_m) < 400e3;
}

static void on_tick(evutil_socket_t fd, short what, void *context)
{
    struct node *n = context;
    struct instant now;

    (void)fd;
    (void)what;
    clock_now(NULL, &now);
    handoff_expire(n->handoff, now);
    if (seconds(now) - n->seen_s >= TRACK_S) {
        n->seen_s = seconds(now);
        for (int i = 0; i < FLIGHTS; i++)
            if (flies(i, n->seen_s)) {
                struct track_event e = flight_at(n, i, now);
                handoff_track(n->handoff, &e, now);
            }
    }
    handoff_flush(n->handoff);
}

static void on_event(void *context, const struct diary_entry *e)
{
    struct node *n = context;

    if (e->kind == DIARY_OWNER && !n->east && strcmp(e->with, "EAST") == 0)
        n->given[atoi(e->callsign + 3) - 100] = 1;
}

static void open_node(struct node *n, bool east, const char *listen, const char *connect)
{
    static char certificate[128], key[128], authority[128], journal[128];
    struct handoff_settings s = {.desk = desk_settings_default(), .journal = journal, .diary = "", .certificate = certificate, .key = key, .authority = authority,
                                 .peers = {.keepalive_s = 0.2, .queue_bytes = 1 << 20, .count = 1}};
    struct handoff_sink sink = {on_event, clock_now, n};
    struct timeval period = {0, 2000};
    const char *name = east ? "MX" : "US", *expected;
    char why[256];

    *n = (struct node){.east = east, .base = event_base_new(), .centres = make_centres(), .log = log_new(), .seen_s = -TRACK_S};
    log_set(n->log, LOG_ERROR, 0);
    snprintf(certificate, sizeof certificate, "%s/%s.pem", folder, name);
    snprintf(key, sizeof key, "%s/%s.key", folder, name);
    snprintf(authority, sizeof authority, "%s/authority.pem", folder);
    snprintf(journal, sizeof journal, "%s/%s.journal", folder, name);
    snprintf(s.peers.peer[0].name, PEERS_NAME, "%s", east ? "US" : "MX");
    if (listen)
        ck_assert_int_eq(settings_endpoint_parse((struct text){listen, strlen(listen)}, &s.peers.listen, &expected), 0);
    if (connect)
        ck_assert_int_eq(settings_endpoint_parse((struct text){connect, strlen(connect)}, &s.peers.peer[0].connect, &expected), 0);
    s.centres = n->centres;
    s.desk.flights = s.desk.transfers = 128;
    s.desk.peers = 1;
    s.desk.host[0] = east ? 0 : DESK_HERE;
    s.desk.host[1] = east ? DESK_HERE : 0;
    s.desk.controller[0] = s.desk.controller[1] = (struct controller_settings){.kind = CONTROLLER_SIMULATED, .median_s = 6, .spread = 0.5};
    s.desk.epoch = (uint64_t)wall_ns();
    n->handoff = handoff_open(n->base, &s, &sink, n->log, why, sizeof why);
    ck_assert_msg(n->handoff, "%s", why);
    n->tick = event_new(n->base, -1, EV_PERSIST, on_tick, n);
    event_add(n->tick, &period);
}

static void close_node(struct node *n)
{
    ck_assert(handoff_close(n->handoff));
    event_free(n->tick);
    event_base_free(n->base);
    centre_free(n->centres);
    log_free(n->log);
}

// Which aircraft this node claims, a character each.
static void claims(const struct node *n, char out[FLIGHTS])
{
    const struct ledger *l = desk_ledger(handoff_desk(n->handoff));
    struct instant now;

    clock_now(NULL, &now);
    for (int i = 0; i < FLIGHTS; i++) {
        struct track_event e = flight_at(n, i, now);
        const struct ledger_row *row = ledger_row(l, ledger_find_ident(l, &e.track.ident, e.track.at));
        out[i] = row && row->claim.ours ? 'x' : '-';
    }
}

static void make_folder(void)
{
    char command[160];

    strcpy(folder, "/tmp/airseam-handoff-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(command, sizeof command, "sh sim/certificates.sh %s US MX", folder);
    ck_assert_int_eq(system(command), 0);
    signal(SIGPIPE, SIG_IGN);
    wall0_ns = wall_ns();
}

static void drop_folder(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static void run_for(struct node *n, double wall_s)
{
    struct timeval t = {(time_t)wall_s, (suseconds_t)((wall_s - (double)(time_t)wall_s) * 1e6)};

    event_base_loopexit(n->base, &t);
    event_base_dispatch(n->base);
}

// ---- the node that dies: a child that writes its claims whenever it is told to ----

static int claims_fd[2];

static void on_ask(evutil_socket_t fd, short what, void *context)
{
    char is[FLIGHTS];

    (void)fd;
    (void)what;
    claims(context, is);
    if (write(claims_fd[1], is, sizeof is) != sizeof is)
        _exit(3);
}

static pid_t start_east(const char *west)
{
    pid_t child = fork();

    if (child != 0)
        return child;
    struct node n;
    open_node(&n, true, NULL, west);
    struct event *ask = evsignal_new(n.base, SIGUSR1, on_ask, &n);
    event_add(ask, NULL);
    event_base_dispatch(n.base);
    _exit(2);
}

static void ask_east(struct node *west, pid_t child, char out[FLIGHTS])
{
    int flags = fcntl(claims_fd[0], F_GETFL);
    ssize_t got = -1;

    fcntl(claims_fd[0], F_SETFL, flags | O_NONBLOCK);
    kill(child, SIGUSR1);
    for (int turns = 0; turns < 3000 && got != FLIGHTS; turns++) {
        run_for(west, 0.01);
        got = read(claims_fd[0], out, FLIGHTS);
    }
    ck_assert_int_eq(got, FLIGHTS);
}

static int kills(void)
{
    const char *text = getenv("AIRSEAM_KILLS");

    return text ? atoi(text) : 200;
}

// Killed again and again at random instants while aircraft are handed over, the node comes back each time from its journal. At the end every aircraft that crossed has
// one owner, and what WEST has given EAST has.
START_TEST(a_node_killed_at_any_instant_loses_no_transfer_and_doubles_none)
{
    struct node west;
    struct rng r = rng_init(20261121);
    char address[64] = "tcp://", mine[FLIGHTS], other[FLIGHTS];
    int given = 0;

    ck_assert_int_eq(pipe(claims_fd), 0);
    open_node(&west, false, "tcp://127.0.0.1:0", NULL);
    handoff_address(west.handoff, address + 6, sizeof address - 6);
    double each_s = (FLIGHTS * BEHIND_S + 300) / RATE / kills();
    for (int i = 0; i < kills(); i++) {
        pid_t child = start_east(address);
        run_for(&west, each_s * (0.4 + 1.2 * rng_uniform(&r)));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    pid_t child = start_east(address);
    for (int turns = 0; turns < 400; turns++) { // resynchronised, and every aircraft over the border
        struct instant now;
        run_for(&west, 0.05);
        clock_now(NULL, &now);
        if (seconds(now) > 300 + FLIGHTS * BEHIND_S + 100 && turns > 40)
            break;
    }
    claims(&west, mine);
    ask_east(&west, child, other);
    for (int i = 0; i < FLIGHTS; i++) {
        ck_assert_msg(!(mine[i] == 'x' && other[i] == 'x'), "aircraft %d has two owners (WEST %.*s EAST %.*s)", i, FLIGHTS, mine, FLIGHTS, other);
        ck_assert_msg(!west.given[i] || other[i] == 'x' || !flies(i, west.seen_s), "aircraft %d was given and is lost (WEST %.*s EAST %.*s)", i, FLIGHTS, mine, FLIGHTS, other);
        given += west.given[i];
    }
    ck_assert_msg(given >= FLIGHTS / 2, "only %d of %d were handed over", given, FLIGHTS);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close_node(&west);
}
END_TEST

Suite *test_handoff_suite(void);
Suite *test_handoff_suite(void)
{
    Suite *s = suite_create("handoff");
    TCase *t = tcase_create("handoff");
    tcase_add_checked_fixture(t, make_folder, drop_folder);
    tcase_set_timeout(t, 300);
    tcase_add_test(t, a_node_killed_at_any_instant_loses_no_transfer_and_doubles_none);
    suite_add_tcase(s, t);
    return s;
}
