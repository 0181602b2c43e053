#include "stage.h"

#include "base/unit.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRACK_PERIOD_S 4.0
#define BORDER_LON_DEG 10.0
#define LAT_DEG 1.0
#define EPOCH_NS (INT64_C(1763683200) * 1000000000)

// ---- areas: rectangles by hand in the form of geo/area.h ----

static size_t put_number(uint8_t *out, uint32_t v)
{
    size_t n = 0;
    for (; v >= 128; v >>= 7)
        out[n++] = (uint8_t)(v | 128);
    out[n++] = (uint8_t)v;
    return n;
}

static size_t put_difference(uint8_t *out, int32_t v)
{
    return put_number(out, v < 0 ? (uint32_t)(-v - 1) << 1 | 1 : (uint32_t)v << 1);
}

static size_t put_area(uint8_t *out, const char *name, const double (*corner)[2], uint32_t corners)
{
    size_t n = 0;
    int32_t lat = 0, lon = 0;
    out[n++] = (uint8_t)strlen(name);
    memcpy(out + n, name, strlen(name));
    n += strlen(name);
    n += put_number(out + n, 1);
    n += put_number(out + n, corners);
    for (uint32_t i = 0; i < corners; i++) {
        int32_t a = (int32_t)lround(corner[i][0] * 1e4), o = (int32_t)lround(corner[i][1] * 1e4);
        n += put_difference(out + n, a - lat);
        n += put_difference(out + n, o - lon);
        lat = a;
        lon = o;
    }
    return n;
}

struct centre_agreement stage_agreement(void)
{
    return (struct centre_agreement){.mode = CENTRE_AUTOMATIC, .estimate_lead_s = 600, .initiate_lead_s = 180, .display_lead_s = 300, .acknowledge_s = 10,
                                     .accept_s = 60, .entry_s = 60, .floor_pressure_m = -1000, .ceiling_pressure_m = 30000};
}

static struct centres *make_centres(const struct centre_agreement *a)
{
    static const double west[][2] = {{0, 5}, {0, 10}, {2, 10}, {2, 5}}, east[][2] = {{0, 10}, {0, 15}, {2, 15}, {2, 10}},
                        north[][2] = {{2, 5}, {2, 10}, {2, 15}, {4, 15}, {4, 5}};
    static const struct centre centre[] = {{"WEST", "west", "AA", "en"}, {"EAST", "east", "BB", "es"}, {"NORT", "north", "CC", "fr"}};
    static const struct centre_sector sector[] = {{"LOW", -1000}, {"HIGH", 7315.2}};
    struct centre_rule rule = {.both_ways = true, .agreement = *a};
    struct centres_rows rows = {centre, 3, sector, 2, &rule, 1};
    uint8_t bytes[512] = {'A', 'R', 'E', 'A', 1, 3};
    size_t n = 6;
    int error;
    uint32_t row;
    n += put_area(bytes + n, "WEST", west, 4);
    n += put_area(bytes + n, "EAST", east, 4);
    n += put_area(bytes + n, "NORT", north, 5);
    struct centres *c = centre_new(&rows, bytes, n, &error, &row);
    ck_assert_msg(c != NULL, "%d", error);
    return c;
}

// ---- nodes ----

struct context {
    struct stage *s;
    int node;
};

static void on_record(void *context, const uint8_t *bytes, size_t size)
{
    struct context *c = context;
    struct stage_node *n = &c->s->node[c->node];
    uint32_t length = (uint32_t)size;
    if (n->journal_size + size + sizeof length > STAGE_JOURNAL) { // a full journal begins anew with the whole state
        n->journal_size = 0;
        desk_save(n->desk, on_record, context);
        return;
    }
    memcpy(n->journal + n->journal_size, &length, sizeof length);
    memcpy(n->journal + n->journal_size + sizeof length, bytes, size);
    n->journal_size += sizeof length + size;
}

static int node_of(const struct stage *s, int node, uint32_t peer)
{
    (void)s;
    return (int)peer < node ? (int)peer : (int)peer + 1; // peers of a node: the others in order
}

static uint32_t peer_of(int node, int other)
{
    return (uint32_t)(other < node ? other : other - 1);
}

static void post(struct stage *s, int from, int to, const struct message *m)
{
    if (!s->link[from][to] || s->wires == STAGE_WIRE || (s->lose > 0 && rng_uniform(&s->rng) < s->lose))
        return;
    double delay = s->delay_s[from][to] + (s->jitter_s > 0 ? s->jitter_s * rng_uniform(&s->rng) : 0);
    s->wire[s->wires++] = (struct stage_wire){*m, (uint8_t)from, (uint8_t)to, instant_add(s->now, delay), s->order++};
}

static void on_message(void *context, uint32_t peer, const struct message *m)
{
    struct context *c = context;
    int to = node_of(c->s, c->node, peer);
    post(c->s, c->node, to, m);
    if (c->s->repeat > 0 && rng_uniform(&c->s->rng) < c->s->repeat)
        post(c->s, c->node, to, m);
}

static void on_event(void *context, const struct diary_entry *e)
{
    struct context *c = context;
    struct stage *s = c->s;
    bool chatter = e->kind == DIARY_SAID || e->kind == DIARY_HEARD;
    char line[512];
    struct text_out out = text_out_init(line, sizeof line);
    if (s->quiet)
        return;
    if (chatter && (!s->says || e->kind == DIARY_HEARD || e->message == MESSAGE_RTU))
        return;
    double t = (double)(e->time.ns - EPOCH_NS) / 1e9;
    if (e->kind == DIARY_SAID) {
        text_put(&out, "%7.1f %s %s", t, e->centre, message_kind_name(e->message));
        text_put(&out, "%s%s%s%s -> %s", e->act ? " " : "", message_act_name(e->act), e->reason ? " " : "", e->reason ? message_reason_name(e->reason) : "", e->with);
    } else {
        text_put(&out, "%7.1f %s %s", t, e->centre, diary_kind_word(e->kind));
        if (e->kind == DIARY_OWNER)
            text_put(&out, " %s by %s", e->with, ledger_how_name(e->how));
        else if (e->why)
            text_put(&out, " %s", diary_why_word(e->why));
        if (e->kind == DIARY_CLOSED)
            text_put(&out, " %s %s", e->side ? "receiver" : "sender", machine_outcome_name(e->outcome));
        else if (e->kind == DIARY_PRESENTED)
            text_put(&out, " %s", machine_state_name(e->side, e->state));
    }
    text_put(&out, "\n");
    size_t n = strlen(line);
    if (s->log_size + n < sizeof s->log) {
        memcpy(s->log + s->log_size, line, n + 1);
        s->log_size += n;
    }
    // the same entry survives being written and read
    char text[1024];
    unsigned column;
    struct diary_entry back;
    struct text_out printed = text_out_init(text, sizeof text);
    diary_print(e, &printed);
    ck_assert_msg(diary_parse((struct text){text, strlen(text)}, &back, &column) == 0, "column %u of: %s", column, text);
    ck_assert_uint_eq(back.kind, e->kind);
    ck_assert_uint_eq(back.transfer, e->transfer);
}

static void drain(struct stage *s, int node)
{
    struct context c = {s, node};
    struct desk_sink sink = {on_record, on_message, on_event, &c};
    if (s->node[node].desk)
        desk_drain(s->node[node].desk, &sink);
}

static struct desk *make_desk(struct stage *s, int node)
{
    struct desk_settings d = s->settings;
    d.peers = s->nodes > 1 ? (uint32_t)s->nodes - 1 : 0;
    for (int c = 0; c < 3; c++)
        d.host[c] = s->nodes == 1 || c % s->nodes == node ? DESK_HERE : (uint8_t)peer_of(node, c % s->nodes);
    d.epoch = 1000 + (uint64_t)node + 10 * s->order;
    return desk_new(&d, s->centres);
}

struct stage *stage_new(int nodes, const struct centre_agreement *a, int kind)
{
    struct stage *s = calloc(1, sizeof *s);
    s->centres = make_centres(a);
    s->nodes = nodes;
    s->now = s->next_track = (struct instant){EPOCH_NS};
    s->rng = rng_init(1);
    s->track_period_s = TRACK_PERIOD_S;
    s->settings = desk_settings_default();
    s->settings.flights = s->settings.transfers = s->settings.plans = s->settings.window = 64;
    s->settings.outputs = 1024;
    s->settings.voice.lines = 1;
    s->settings.calls = kind != CONTROLLER_PERSON;
    for (int c = 0; c < CENTRE_MAX; c++)
        s->settings.controller[c] = (struct controller_settings){.kind = (uint8_t)kind, .median_s = 6, .spread = 0.5};
    for (int n = 0; n < nodes; n++) {
        s->node[n].desk = make_desk(s, n);
        s->node[n].journal = malloc(STAGE_JOURNAL);
        struct context c = {s, n};
        desk_save(s->node[n].desk, on_record, &c);
    }
    for (int i = 0; i < nodes; i++)
        for (int j = 0; j < nodes; j++)
            s->delay_s[i][j] = i == j ? 0 : 0.1;
    for (int i = 0; i < nodes; i++)
        for (int j = 0; j < i; j++)
            stage_link(s, i, j, true);
    stage_run(s, 1);
    s->log_size = 0;
    return s;
}

void stage_free(struct stage *s)
{
    for (int n = 0; n < s->nodes; n++) {
        desk_free(s->node[n].desk);
        free(s->node[n].journal);
    }
    centre_free(s->centres);
    free(s);
}

// ---- time ----

static void tracks(struct stage *s)
{
    for (int f = 0; f < STAGE_FLIGHTS; f++) {
        struct stage_flight *g = &s->flight[f];
        if (!g->flies)
            continue;
        struct track_event e = {.kind = TRACK_UPDATE,
                                .track = {.flags = TRACK_CONFIRMED, .time = s->now, .at = g->at, .east_mps = g->east_mps, .north_mps = g->north_mps, .ident = g->ident,
                                          .cov = {[TRACK_EE] = 1e4, [TRACK_NN] = 1e4, [TRACK_VEVE] = 4, [TRACK_VNVN] = 4},
                                          .level = {.pressure_m = 10000, .flags = LEVEL_PRESSURE}}};
        for (int n = 0; n < s->nodes; n++) {
            e.track.number = g->track + 100 * (uint32_t)n; // each node's own picture
            if (s->node[n].desk)
                desk_input_track(s->node[n].desk, &e, s->now);
            drain(s, n);
        }
    }
    s->next_track = instant_add(s->now, s->track_period_s);
}

static void move(struct stage *s, struct instant to)
{
    double t = instant_diff(to, s->now);
    for (int f = 0; f < STAGE_FLIGHTS; f++) {
        struct stage_flight *g = &s->flight[f];
        g->at.lat_rad += g->north_mps * t / 6335439.0;
        g->at.lon_rad += g->east_mps * t / (6378137.0 * cos(g->at.lat_rad));
    }
    s->now = to;
}

static int first_wire(const struct stage *s)
{
    int first = -1;
    for (int i = 0; i < s->wires; i++)
        if (first < 0 || instant_before(s->wire[i].due, s->wire[first].due) ||
            (instant_cmp(s->wire[i].due, s->wire[first].due) == 0 && s->wire[i].order < s->wire[first].order))
            first = i;
    return first;
}

static void deliver(struct stage *s, int i)
{
    struct stage_wire w = s->wire[i];
    s->wire[i] = s->wire[--s->wires];
    if (s->node[w.to].desk)
        ck_assert_int_eq(desk_input_message(s->node[w.to].desk, peer_of(w.to, w.from), &w.message, s->now), 0);
    drain(s, w.to);
}

// The next thing that happens, in its order; false: nothing until `end`.
static bool step(struct stage *s, struct instant end)
{
    struct instant due = s->next_track;
    int wire = first_wire(s), node = -1;
    if (wire >= 0 && instant_before(s->wire[wire].due, due))
        due = s->wire[wire].due;
    else
        wire = -1;
    for (int n = 0; n < s->nodes; n++)
        if (s->node[n].desk && instant_before(desk_deadline(s->node[n].desk), due)) {
            due = desk_deadline(s->node[n].desk);
            node = n;
            wire = -1;
        }
    if (instant_before(end, due)) {
        move(s, end);
        return false;
    }
    move(s, instant_before(due, s->now) ? s->now : due);
    if (wire >= 0)
        deliver(s, wire);
    else if (node >= 0) {
        desk_expire(s->node[node].desk, s->now);
        drain(s, node);
    } else
        tracks(s);
    if (s->watch)
        s->watch(s);
    return true;
}

void stage_run(struct stage *s, double seconds)
{
    struct instant end = instant_add(s->now, seconds);
    while (step(s, end))
        ;
}

// ---- what happens to it ----

void stage_fly(struct stage *s, int flight, const char *callsign, double east_km, double east_mps)
{
    double lat = LAT_DEG * UNIT_DEG;
    s->flight[flight] = (struct stage_flight){.track = (uint32_t)flight + 1, .east_mps = east_mps, .flies = true,
                                              .at = {lat, BORDER_LON_DEG * UNIT_DEG + east_km * 1000 / (6378137.0 * cos(lat)), 10000}};
    ident_set_callsign(&s->flight[flight].ident, callsign, (unsigned)strlen(callsign));
    s->flight[flight].ident.flags |= IDENT_MODE_S | IDENT_MODE_A;
    s->flight[flight].ident.mode_s = 0xA00000u + (uint32_t)flight;
    s->flight[flight].ident.mode_a = 01234;
}

void stage_link(struct stage *s, int a, int b, bool up)
{
    s->link[a][b] = s->link[b][a] = up;
    for (int i = s->wires; i-- > 0 && !up;) // a stream that breaks loses what is under way
        if ((s->wire[i].from == a && s->wire[i].to == b) || (s->wire[i].from == b && s->wire[i].to == a))
            s->wire[i] = s->wire[--s->wires];
    for (int k = 0; k < 2; k++) {
        int node = k ? b : a, other = k ? a : b;
        if (s->node[node].desk)
            desk_input_link(s->node[node].desk, peer_of(node, other), up && s->node[other].desk, s->now);
        drain(s, node);
    }
}

void stage_kill(struct stage *s, int node)
{
    desk_free(s->node[node].desk);
    s->node[node].desk = NULL;
    for (int other = 0; other < s->nodes; other++)
        if (other != node)
            stage_link(s, node, other, false);
}

void stage_restart(struct stage *s, int node)
{
    struct stage_node *n = &s->node[node];
    struct context c = {s, node};
    n->desk = make_desk(s, node);
    for (size_t at = 0; at < n->journal_size;) {
        uint32_t length;
        memcpy(&length, n->journal + at, sizeof length);
        ck_assert_int_eq(desk_restore(n->desk, n->journal + at + sizeof length, length), 0);
        at += sizeof length + length;
    }
    n->journal_size = 0;
    desk_save(n->desk, on_record, &c);
    for (int other = 0; other < s->nodes; other++)
        if (other != node)
            stage_link(s, node, other, true);
}

void stage_drop(struct stage *s, int flight)
{
    struct track_event e = {.kind = TRACK_DROP};
    s->flight[flight].flies = false;
    for (int n = 0; n < s->nodes; n++) {
        e.track.number = s->flight[flight].track + 100 * (uint32_t)n;
        if (s->node[n].desk)
            desk_input_track(s->node[n].desk, &e, s->now);
        drain(s, n);
    }
}

int stage_command_to(struct stage *s, int node, enum desk_command_kind kind, int flight, const char *to)
{
    struct desk_command c = {.kind = (uint8_t)kind, .to = (int16_t)(to ? centre_find(s->centres, to) : CENTRE_NONE),
                             .track = s->flight[flight].track + 100 * (uint32_t)node};
    int code = desk_input_command(s->node[node].desk, &c, s->now);
    drain(s, node);
    return code;
}

int stage_command(struct stage *s, int node, enum desk_command_kind kind, int flight)
{
    return stage_command_to(s, node, kind, flight, NULL);
}

int stage_owners(const struct stage *s, int flight, int *centre)
{
    int owners = 0;
    *centre = CENTRE_NONE;
    for (int n = 0; n < s->nodes; n++) {
        if (!s->node[n].desk)
            continue;
        const struct ledger *l = desk_ledger(s->node[n].desk);
        const struct ledger_row *row = ledger_row(l, ledger_find_ident(l, &s->flight[flight].ident, s->flight[flight].at));
        if (row && row->claim.ours) {
            *centre = owners ? *centre : row->claim.owner;
            owners++;
        }
    }
    return owners;
}

const char *stage_log(struct stage *s)
{
    s->log[s->log_size] = '\0';
    s->log_size = 0;
    return s->log;
}
