#include "daemon/handoff.h"

#include "base/text.h"
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 1024
#define SHORTEN_OCTETS ((uint64_t)64 << 20) /* a journal that has grown by more is replaced by the state */

struct held {
    uint64_t needs; /* the record that has to be durable */
    uint32_t peer;
    struct message message;
};

struct handoff {
    struct desk *desk;
    struct handoff_sink sink;
    struct log *log;
    struct journal *journal; /* NULL: none */
    struct tls *tls;
    struct peers *peers;     /* NULL: none */
    unsigned peer_count, gateways; /* gateways are the peers behind peer_count */
    struct gateway *gateway[PEERS_MAX];
    bool told_up[PEERS_MAX]; /* what the desk knows of the links */
    FILE *diary;
    uint64_t recorded;       /* sequence of the last record */
    struct held *held;       /* ring */
    size_t room, first, count;
    uint64_t entries, unrestored, shortened_at;
};

/* ---- what the desk gives out ---- */

static void on_record(void *context, const uint8_t *bytes, size_t size)
{
    struct handoff *h = context;

    if (h->journal)
        h->recorded = journal_put(h->journal, bytes, size);
}

static void hold(struct handoff *h, const struct held *m)
{
    if (h->count == h->room) {
        size_t room = h->room ? 2 * h->room : 256;
        struct held *more = malloc(room * sizeof *more);
        assert(more); /* a message that is lost here would be believed sent */
        for (size_t i = 0; i < h->count; i++)
            more[i] = h->held[(h->first + i) % h->room];
        free(h->held);
        h->held = more;
        h->room = room;
        h->first = 0;
    }
    h->held[(h->first + h->count++) % h->room] = *m;
}

static void send_one(struct handoff *h, const struct held *m)
{
    if (m->peer >= h->peer_count && m->peer - h->peer_count < h->gateways)
        gateway_send(h->gateway[m->peer - h->peer_count], &m->message);
    else if (h->peers)
        peers_send(h->peers, m->peer, &m->message);
}

/* The desk's peer keeps what is not acknowledged: what a link does not take is sent again after it came back. */
static void send_durable(struct handoff *h)
{
    uint64_t durable = h->journal ? journal_durable(h->journal) : UINT64_MAX;

    while (h->count > 0 && h->held[h->first].needs <= durable) {
        send_one(h, &h->held[h->first]);
        h->first = (h->first + 1) % h->room;
        h->count--;
    }
}

static void on_message(void *context, uint32_t peer, const struct message *m)
{
    struct handoff *h = context;

    hold(h, &(struct held){h->recorded, peer, *m});
}

static void on_event(void *context, const struct diary_entry *e)
{
    struct handoff *h = context;
    char line[LINE];
    struct text_out out = text_out_init(line, sizeof line);

    if (h->diary) {
        diary_print(e, &out);
        fprintf(h->diary, "%s\n", line);
    }
    h->entries++;
    if (h->sink.event)
        h->sink.event(h->sink.context, e);
}

static void drain(struct handoff *h)
{
    struct desk_sink sink = {on_record, on_message, on_event, h};

    desk_drain(h->desk, &sink);
    send_durable(h);
}

static void put_state(void *context, const uint8_t *bytes, size_t size)
{
    struct handoff *h = context;

    h->recorded = journal_put(h->journal, bytes, size);
}

static void shorten(struct handoff *h)
{
    journal_shorten(h->journal);
    desk_save(h->desk, put_state, h);
    h->shortened_at = journal_size(h->journal);
}

void handoff_flush(struct handoff *h)
{
    char why[1024];

    drain(h);
    if (h->diary)
        fflush(h->diary);
    if (!h->journal)
        return;
    if (journal_size(h->journal) > h->shortened_at + SHORTEN_OCTETS)
        shorten(h);
    journal_flush(h->journal);
    if (journal_error(h->journal, why, sizeof why))
        log_put(h->log, LOG_ERROR, "journal_failed", "held=%zu why=\"%s\"", h->count, why);
}

/* ---- what peers and the disk say ---- */

static void on_durable(void *context, uint64_t sequence)
{
    (void)sequence;
    send_durable(context);
}

static bool clock_of(struct handoff *h, struct instant *now)
{
    return h->sink.now && h->sink.now(h->sink.context, now);
}

/* Links may come up before the scenario's clock is known. */
static void tell_links(struct handoff *h, struct instant now)
{
    for (unsigned i = 0; i < h->peer_count + h->gateways; i++) {
        bool up = i >= h->peer_count ? gateway_is_up(h->gateway[i - h->peer_count]) : h->peers && peers_is_up(h->peers, i);
        if (up != h->told_up[i])
            desk_input_link(h->desk, i, up, now);
        h->told_up[i] = up;
    }
}

static void on_link(void *context, unsigned peer, bool up)
{
    struct handoff *h = context;
    struct instant now;

    if (!clock_of(h, &now))
        return;
    if (h->told_up[peer] == up) /* replaced by another connection between two wake-ups: the desk has to begin anew */
        desk_input_link(h->desk, peer, !up, now);
    desk_input_link(h->desk, peer, up, now);
    h->told_up[peer] = up;
    drain(h);
}

static void on_peer_message(void *context, unsigned peer, const struct message *m)
{
    struct handoff *h = context;
    struct instant now;

    if (clock_of(h, &now)) {
        tell_links(h, now);
        desk_input_message(h->desk, peer, m, now); /* a bad one is counted there */
    }
}

/* ---- life ---- */

static void on_restored(void *context, const uint8_t *bytes, size_t size)
{
    struct handoff *h = context;

    h->unrestored += desk_restore(h->desk, bytes, size) != 0;
}

static bool open_files(struct handoff *h, struct event_base *base, const struct handoff_settings *s, char *why, size_t why_size)
{
    struct journal_sink sink = {on_restored, on_durable, h};
    const char *reason = "";

    if (s->diary[0] && !(h->diary = fopen(s->diary, "a"))) {
        snprintf(why, why_size, "%s: %s", s->diary, strerror(errno));
        return false;
    }
    if (!base || !s->journal[0])
        return true;
    h->journal = journal_open(base, s->journal, &sink, &reason);
    if (!h->journal) {
        snprintf(why, why_size, "%s: %s", s->journal, reason);
        return false;
    }
    struct journal_counters c = journal_counters(h->journal);
    if (c.read || c.cut_octets)
        log_put(h->log, c.cut_octets ? LOG_WARNING : LOG_INFO, "journal_read", "path=%s records=%llu cut_octets=%llu unrestored=%llu", s->journal,
                (unsigned long long)c.read, (unsigned long long)c.cut_octets, (unsigned long long)h->unrestored);
    shorten(h); /* a run begins with its whole state, under its own epoch */
    journal_flush(h->journal);
    return true;
}

static bool open_peers(struct handoff *h, struct event_base *base, const struct handoff_settings *s, char *why, size_t why_size)
{
    struct peers_sink sink = {on_link, on_peer_message, h};
    const char *reason = "";

    h->peer_count = s->peers.count;
    if (!base || s->peers.count == 0)
        return true;
    h->tls = tls_new(s->certificate, s->key, s->authority, why, why_size);
    if (!h->tls)
        return false;
    h->peers = peers_open(base, &s->peers, h->tls, &sink, h->log, &reason);
    if (!h->peers)
        snprintf(why, why_size, "links to peers: %s", reason);
    return h->peers != NULL;
}

static bool gateway_clock(void *context, struct instant *now)
{
    return clock_of(context, now);
}

static bool open_gateways(struct handoff *h, struct event_base *base, const struct handoff_settings *s, char *why, size_t why_size)
{
    struct gateway_sink sink = {on_link, on_peer_message, gateway_clock, h};
    const char *reason = "";

    for (unsigned i = 0; base && i < s->gateways && s->peers.count + i < PEERS_MAX; i++) {
        h->gateway[i] = gateway_open(base, &s->gateway[i], s->peers.count + i, &sink, h->log, &reason);
        if (!h->gateway[i]) {
            snprintf(why, why_size, "gateway to %s: %s", s->gateway[i].remote, reason);
            return false;
        }
        h->gateways++;
    }
    return true;
}

struct handoff *handoff_open(struct event_base *base, const struct handoff_settings *s, const struct handoff_sink *sink, struct log *log, char *why, size_t why_size)
{
    struct handoff *h = calloc(1, sizeof *h);

    snprintf(why, why_size, "memory is short");
    if (!h)
        return NULL;
    h->log = log;
    h->sink = *sink;
    h->desk = desk_new(&s->desk, s->centres);
    if (!h->desk || !open_files(h, base, s, why, why_size) || !open_peers(h, base, s, why, why_size) ||
        !open_gateways(h, base, s, why, why_size)) {
        handoff_close(h);
        return NULL;
    }
    return h;
}

bool handoff_close(struct handoff *h)
{
    if (!h)
        return true;
    for (unsigned i = 0; i < h->gateways; i++)
        gateway_close(h->gateway[i]);
    peers_close(h->peers);
    tls_free(h->tls);
    bool good = journal_close(h->journal);
    if (h->diary)
        good = fclose(h->diary) == 0 && good;
    desk_free(h->desk);
    free(h->held);
    free(h);
    return good;
}

void handoff_track(struct handoff *h, const struct track_event *e, struct instant now)
{
    desk_input_track(h->desk, e, now);
}

void handoff_plan(struct handoff *h, const struct plan *p, struct instant now)
{
    desk_input_plan(h->desk, p, now);
}

int handoff_command(struct handoff *h, const struct desk_command *c, struct instant now)
{
    return desk_input_command(h->desk, c, now);
}

struct instant handoff_deadline(const struct handoff *h)
{
    return desk_deadline(h->desk);
}

void handoff_expire(struct handoff *h, struct instant now)
{
    tell_links(h, now);
    desk_expire(h->desk, now);
}

const struct desk *handoff_desk(const struct handoff *h)
{
    return h->desk;
}

struct handoff_state handoff_state(const struct handoff *h)
{
    struct handoff_state s = {.held = h->count, .entries = h->entries, .unrestored = h->unrestored};

    if (h->journal) {
        s.journal = journal_counters(h->journal);
        s.journal_octets = journal_size(h->journal);
    }
    return s;
}

void handoff_address(const struct handoff *h, char *out, size_t size)
{
    out[0] = '\0';
    if (h->peers)
        peers_address(h->peers, out, size);
}

void handoff_gateway_address(const struct handoff *h, unsigned gateway, char *out, size_t size)
{
    out[0] = '\0';
    if (gateway < h->gateways)
        gateway_address(h->gateway[gateway], out, size);
}

struct gateway_counters handoff_gateway(const struct handoff *h, unsigned gateway)
{
    return gateway < h->gateways ? gateway_counters(h->gateway[gateway]) : (struct gateway_counters){0};
}

bool handoff_peer(const struct handoff *h, unsigned peer, bool *up, struct peers_counters *counters)
{
    if (peer >= h->peer_count || !h->peers)
        return false;
    *up = peers_is_up(h->peers, peer);
    *counters = peers_counters(h->peers, peer);
    return true;
}
