#include "crossing.h"

#include "base/unit.h"
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SPEED_MPS 250.0
#define BORDER_DEG 10.0
#define EPOCH_NS (INT64_C(1763683200) * 1000000000)

static void need(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "crossing: %s\n", what);
        exit(1);
    }
}

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

struct centres *crossing_centres(void)
{
    static const struct centre centre[] = {{"WEST", "west", "US", "en"}, {"EAST", "east", "MX", "es"}};
    static const struct centre_sector sector[] = {{"ALL", -1000}};
    struct centre_rule rule = {.both_ways = true,
                               .agreement = {.mode = CENTRE_AUTOMATIC, .estimate_lead_s = 600, .initiate_lead_s = 180, .display_lead_s = 300, .acknowledge_s = 60,
                                             .accept_s = 90, .entry_s = 10, .floor_pressure_m = -1000, .ceiling_pressure_m = 30000}};
    struct centres_rows rows = {centre, 2, sector, 1, &rule, 1};
    uint8_t bytes[128] = {'A', 'R', 'E', 'A', 1, 2};
    size_t n = 6;
    int error;
    uint32_t row;

    n += put_box(bytes + n, "WEST", 5, 10);
    n += put_box(bytes + n, "EAST", 10, 15);
    struct centres *c = centre_new(&rows, bytes, n, &error, &row);
    need(c != NULL, "centres");
    return c;
}

// ---- time and aircraft ----

int64_t crossing_wall_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct instant crossing_now(const struct crossing *c)
{
    return (struct instant){EPOCH_NS + (int64_t)((double)(crossing_wall_ns() - c->wall0_ns) * c->rate)};
}

double crossing_seconds(struct instant t)
{
    return (double)(t.ns - EPOCH_NS) / 1e9;
}

static double since_border_s(const struct crossing *c, int i, double t_s)
{
    return t_s - c->lead_s - i * c->behind_s;
}

bool crossing_flies(const struct crossing *c, int i, double t_s)
{
    return fabs(since_border_s(c, i, t_s)) < c->lead_s;
}

struct track_event crossing_flight(const struct crossing_node *n, int i, struct instant now)
{
    double lat = (1 + 0.9 * sin(i)) * UNIT_DEG, east_m = since_border_s(n->crossing, i, crossing_seconds(now)) * SPEED_MPS; // not all in one line
    struct track_event e = {.kind = TRACK_UPDATE,
                            .track = {.number = (uint32_t)(1 + i + 10000000 * n->east), .flags = TRACK_CONFIRMED, .time = now,
                                      .at = {lat, BORDER_DEG * UNIT_DEG + east_m / (6378137.0 * cos(lat)), 10000}, .east_mps = SPEED_MPS,
                                      .cov = {[TRACK_EE] = 1e4, [TRACK_NN] = 1e4, [TRACK_VEVE] = 4, [TRACK_VNVN] = 4},
                                      .level = {.pressure_m = 10000, .flags = LEVEL_PRESSURE}}};
    char callsign[12];

    snprintf(callsign, sizeof callsign, "X%d", i);
    ident_set_callsign(&e.track.ident, callsign, (unsigned)strlen(callsign));
    e.track.ident.flags |= IDENT_MODE_S;
    e.track.ident.mode_s = 1 + (uint32_t)i;
    return e;
}

int crossing_number(const struct diary_entry *e)
{
    return e->callsign[0] == 'X' ? atoi(e->callsign + 1) : -1;
}

// ---- nodes ----

static bool clock_of(void *context, struct instant *now)
{
    const struct crossing_node *n = context;

    *now = crossing_now(n->crossing);
    return true;
}

// Aircraft i is updated when its own phase of track_s comes round; what has flown off is dropped.
static void feed(struct crossing_node *n, struct instant now)
{
    const struct crossing *c = n->crossing;
    double t_s = crossing_seconds(now);

    for (int i = n->first; i < c->flights && since_border_s(c, i, t_s) > -c->lead_s; i++) {
        double phase_s = fmod(i * 0.618 * c->track_s, c->track_s);
        struct track_event e;
        if (floor((t_s - phase_s) / c->track_s) == floor((n->seen_s - phase_s) / c->track_s))
            continue;
        e = crossing_flight(n, i, now);
        if (since_border_s(c, i, t_s) > c->lead_s - c->track_s) {
            e.kind = TRACK_DROP;
            n->first = i + 1;
        }
        handoff_track(n->handoff, &e, now);
    }
    n->seen_s = t_s;
}

static void on_tick(evutil_socket_t fd, short what, void *context)
{
    struct crossing_node *n = context;
    struct instant now = crossing_now(n->crossing);

    (void)fd;
    (void)what;
    handoff_expire(n->handoff, now);
    feed(n, now);
    handoff_flush(n->handoff);
}

static void on_event(void *context, const struct diary_entry *e)
{
    struct crossing_node *n = context;

    if (n->event)
        n->event(n->context, e);
}

static struct desk_settings desk_of(const struct crossing *c, bool east)
{
    struct desk_settings d = desk_settings_default();
    double at_once = 2 * c->lead_s / c->behind_s + 100;

    d.flights = d.transfers = (uint32_t)(at_once < 128 ? 128 : at_once * 1.5);
    d.outputs = 1 << 16;
    d.window = 1 << 15;
    d.peers = 1;
    d.host[0] = east ? 0 : DESK_HERE;
    d.host[1] = east ? DESK_HERE : 0;
    d.controller[0] = d.controller[1] = (struct controller_settings){.kind = CONTROLLER_SIMULATED, .median_s = c->accept_s, .spread = 0.5};
    d.epoch = (uint64_t)crossing_wall_ns();
    return d;
}

static void parse(const char *text, struct settings_endpoint *out)
{
    const char *expected;

    need(!text || settings_endpoint_parse((struct text){text, strlen(text)}, out, &expected) == 0, "an endpoint");
}

void crossing_open(struct crossing_node *n, const struct crossing *c, bool east, const char *listen, const char *connect)
{
    static char certificate[128], key[128], authority[128], journal[128];
    struct handoff_settings s = {.desk = desk_of(c, east), .journal = journal, .diary = "", .certificate = certificate, .key = key, .authority = authority,
                                 .peers = {.keepalive_s = c->keepalive_s, .queue_bytes = 1 << 24, .count = 1}};
    struct handoff_sink sink = {on_event, clock_of, n};
    struct timeval period = {0, 2000};
    const char *name = east ? "MX" : "US";
    char why[256];

    *n = (struct crossing_node){.crossing = c, .east = east, .base = event_base_new(), .centres = crossing_centres(), .log = log_new(), .seen_s = -c->track_s,
                                .event = n->event, .context = n->context};
    log_set(n->log, LOG_ERROR, 0);
    snprintf(certificate, sizeof certificate, "%s/%s.pem", c->folder, name);
    snprintf(key, sizeof key, "%s/%s.key", c->folder, name);
    snprintf(authority, sizeof authority, "%s/authority.pem", c->folder);
    snprintf(journal, sizeof journal, "%s/%s.journal", c->folder, name);
    snprintf(s.peers.peer[0].name, PEERS_NAME, "%s", east ? "US" : "MX");
    parse(listen, &s.peers.listen);
    parse(connect, &s.peers.peer[0].connect);
    if (c->oldi) {
        s.gateway[s.gateways++] = (struct gateway_settings){.listen = s.peers.listen, .connect = s.peers.peer[0].connect, .ti_s = 10, .ts_s = 1, .tr_s = 5};
        strcpy(s.gateway[0].local, east ? "EAST" : "WEST");
        strcpy(s.gateway[0].remote, east ? "WEST" : "EAST");
        s.peers.count = 0;
    }
    s.centres = n->centres;
    n->handoff = handoff_open(n->base, &s, &sink, n->log, why, sizeof why);
    need(n->handoff != NULL, why);
    n->tick = event_new(n->base, -1, EV_PERSIST, on_tick, n);
    event_add(n->tick, &period);
}

bool crossing_close(struct crossing_node *n)
{
    bool good = handoff_close(n->handoff);

    event_free(n->tick);
    event_base_free(n->base);
    centre_free(n->centres);
    log_free(n->log);
    return good;
}

void crossing_run(struct crossing_node *n, double wall_s)
{
    struct timeval t = {(time_t)wall_s, (suseconds_t)((wall_s - (double)(time_t)wall_s) * 1e6)};

    event_base_loopexit(n->base, &t);
    event_base_dispatch(n->base);
}

bool crossing_claims(const struct crossing_node *n, int i)
{
    const struct ledger *l = desk_ledger(handoff_desk(n->handoff));
    struct track_event e = crossing_flight(n, i, crossing_now(n->crossing));
    const struct ledger_row *row = ledger_row(l, ledger_find_ident(l, &e.track.ident, e.track.at));

    return row && row->claim.ours;
}

void crossing_begin(struct crossing *c)
{
    char command[160];

    strcpy(c->folder, "/tmp/airseam-crossing-XXXXXX");
    need(mkdtemp(c->folder) != NULL, "a folder");
    snprintf(command, sizeof command, "sh sim/certificates.sh %s US MX", c->folder);
    need(system(command) == 0, "certificates");
    signal(SIGPIPE, SIG_IGN);
    c->wall0_ns = crossing_wall_ns();
}

void crossing_end(struct crossing *c)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", c->folder);
    need(system(command) == 0, "the folder");
}
