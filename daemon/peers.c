/* A connection belongs to no peer until its certificate has named it. */
#include "daemon/peers.h"

#include "daemon/net.h"
#include "wire/coordination.h"
#include <assert.h>
#include <event2/buffer.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RETRY_LEAST_S 0.1
#define RETRY_MOST_S 5.0
#define STRANGERS 16   /* connections whose handshake is not over */
#define HANDSHAKE_S 10
#define SILENT_TIMES 3 /* keepalive_s without anything: down */

struct connection {
    struct peers *peers;
    struct bufferevent *buffers; /* NULL: free */
    int peer;                    /* -1: not yet known */
    int expected;                /* we connected to this one; -1: it came to us */
    bool up;
    char name[80];
};

struct peer_link {
    struct peers *peers;
    struct connection *connection; /* the one that is up; NULL */
    struct event *retry;
    double pause_s;
    struct event *beat;
    bool said;                     /* something since the last beat */
    struct peers_counters counters;
};

struct peers {
    struct peers_settings settings;
    struct event_base *base;
    struct tls *tls;
    struct peers_sink sink;
    struct log *log;
    struct evconnlistener *listener;
    struct peer_link link[PEERS_MAX];
    struct connection connection[2 * PEERS_MAX + STRANGERS];
};
#define CONNECTIONS (sizeof ((struct peers *)0)->connection / sizeof ((struct peers *)0)->connection[0])

static struct timeval of_s(double s)
{
    return (struct timeval){(time_t)s, (suseconds_t)((s - (double)(time_t)s) * 1e6)};
}

static const char *name_of(const struct peers *p, int peer)
{
    return peer >= 0 ? p->settings.peer[peer].name : "?";
}

static void retry_later(struct peer_link *l)
{
    struct timeval pause = of_s(l->pause_s);

    if (l->retry && !l->connection) {
        event_add(l->retry, &pause);
        l->pause_s = l->pause_s * 2 < RETRY_MOST_S ? l->pause_s * 2 : RETRY_MOST_S;
    }
}

static void end(struct connection *c, const char *why)
{
    struct peers *p = c->peers;
    struct peer_link *l = c->peer >= 0 ? &p->link[c->peer] : NULL;
    bool was_up = l && l->connection == c;
    int expected = c->expected;

    assert(p);
    if (!c->buffers)
        return;
    log_put(p->log, was_up ? LOG_WARNING : LOG_INFO, was_up ? "peer_lost" : "peer_connection_ended", "peer=%s from=%s why=\"%s\"", name_of(p, was_up ? c->peer : expected),
            c->name, why);
    bufferevent_free(c->buffers);
    c->buffers = NULL;
    if (was_up) {
        l->connection = NULL;
        l->counters.lost++;
        event_del(l->beat);
        p->sink.link(p->sink.context, (unsigned)c->peer, false);
    }
    if (expected >= 0 && !p->link[expected].connection)
        retry_later(&p->link[expected]);
    else if (was_up)
        retry_later(l);
}

/* ---- frames ---- */

/* 1: one was taken; 0: more is needed; -1: nonsense. */
static int take_frame(struct connection *c, struct evbuffer *in)
{
    uint8_t head[2], body[COORDINATION_SIZE];
    struct peer_link *l = &c->peers->link[c->peer];
    ev_ssize_t have = evbuffer_copyout(in, head, sizeof head);
    size_t skip = have > 0 && head[0] & 0x80 ? 2 : 1, size;
    struct message m;

    if (have < (ev_ssize_t)skip)
        return 0;
    size = skip == 1 ? head[0] : (size_t)(head[0] & 0x7f) | (size_t)head[1] << 7;
    if (size > sizeof body || (skip == 2 && head[1] & 0x80))
        return -1;
    if (evbuffer_get_length(in) < skip + size)
        return 0;
    evbuffer_drain(in, skip);
    evbuffer_remove(in, body, size);
    l->counters.octets_in += skip + size;
    if (size == 0)
        return 1;
    if (coordination_decode(body, size, &m) != 0) {
        l->counters.bad++;
        return 1;
    }
    l->counters.messages_in++;
    c->peers->sink.message(c->peers->sink.context, (unsigned)c->peer, &m);
    return 1;
}

static void on_read(struct bufferevent *buffers, void *context)
{
    struct connection *c = context;
    int taken = c->up;

    while (taken > 0 && c->buffers == buffers)
        taken = take_frame(c, bufferevent_get_input(buffers));
    if (taken < 0) {
        c->peers->link[c->peer].counters.bad++;
        end(c, "its octets are no frames");
    }
}

static bool send_bytes(struct peer_link *l, const uint8_t *bytes, size_t size)
{
    struct evbuffer *out = bufferevent_get_output(l->connection->buffers);

    if (evbuffer_get_length(out) + size > l->peers->settings.queue_bytes || evbuffer_add(out, bytes, size) != 0)
        return false;
    l->said = true;
    l->counters.octets_out += size;
    return true;
}

static void on_beat(evutil_socket_t fd, short what, void *context)
{
    struct peer_link *l = context;

    (void)fd;
    (void)what;
    if (l->connection && !l->said)
        send_bytes(l, (const uint8_t *)"", 1);
    l->said = false;
}

/* ---- connections ---- */

static int peer_named(const struct peers *p, const char *name)
{
    for (unsigned i = 0; i < p->settings.count; i++)
        if (strcmp(p->settings.peer[i].name, name) == 0)
            return (int)i;
    return -1;
}

static void refuse(struct connection *c, const char *why)
{
    if (c->expected >= 0)
        c->peers->link[c->expected].counters.refused++;
    log_put(c->peers->log, LOG_WARNING, "peer_refused", "from=%s why=\"%s\"", c->name, why);
    end(c, why);
}

/* Both certificates were good: whose is it? */
static void come_up(struct connection *c)
{
    struct peers *p = c->peers;
    struct timeval silence = of_s(SILENT_TIMES * p->settings.keepalive_s), beat = of_s(p->settings.keepalive_s);
    char name[PEERS_NAME] = "";
    int peer = tls_name(c->buffers, name, sizeof name) ? peer_named(p, name) : -1;

    if (peer < 0 || (c->expected >= 0 && c->expected != peer)) {
        refuse(c, "its certificate names no peer that is expected there");
        return;
    }
    struct peer_link *l = &p->link[peer];
    if (l->connection) {
        struct connection *old = l->connection;
        old->expected = -1; /* this one serves */
        end(old, "replaced by a new connection");
        if (l->retry)
            event_del(l->retry);
    }
    c->peer = peer;
    c->up = true;
    l->connection = c;
    l->pause_s = RETRY_LEAST_S;
    l->counters.connected++;
    bufferevent_set_timeouts(c->buffers, &silence, NULL);
    event_add(l->beat, &beat);
    log_put(p->log, LOG_INFO, "peer_up", "peer=%s from=%s", name, c->name);
    p->sink.link(p->sink.context, (unsigned)peer, true);
    if (c->buffers)
        on_read(c->buffers, c); /* what came with the handshake */
}

static void on_event(struct bufferevent *buffers, short what, void *context)
{
    struct connection *c = context;
    char why[160];

    if (what & BEV_EVENT_CONNECTED) {
        come_up(c);
        return;
    }
    tls_error(buffers, why, sizeof why);
    if (what & BEV_EVENT_TIMEOUT)
        snprintf(why, sizeof why, "%s", c->up ? "nothing was heard for long" : "the handshake took too long");
    else if (what & BEV_EVENT_EOF)
        snprintf(why, sizeof why, "end of stream");
    if (c->up)
        end(c, why);
    else
        refuse(c, why);
}

/* Takes the socket's bufferevent into a free connection; NULL: refused. */
static struct connection *adopt(struct peers *p, struct bufferevent *buffers, int expected)
{
    struct timeval handshake = of_s(HANDSHAKE_S);

    for (size_t i = 0; buffers && i < CONNECTIONS; i++) {
        struct connection *c = &p->connection[i];
        if (c->buffers)
            continue;
        *c = (struct connection){.peers = p, .buffers = buffers, .peer = -1, .expected = expected};
        bufferevent_setcb(buffers, on_read, NULL, on_event, c);
        bufferevent_set_timeouts(buffers, &handshake, NULL);
        bufferevent_enable(buffers, EV_READ | EV_WRITE);
        return c;
    }
    if (buffers)
        bufferevent_free(buffers);
    return NULL;
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from, int size, void *context)
{
    struct peers *p = context;
    int one = 1;

    (void)listener;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct bufferevent *buffers = tls_accept(p->tls, p->base, fd);
    struct connection *c = adopt(p, buffers, -1);
    if (c)
        net_print(from, (socklen_t)size, c->name, sizeof c->name);
    else if (!buffers)
        close(fd);
}

static void on_retry(evutil_socket_t fd, short what, void *context)
{
    struct peer_link *l = context;
    struct peers *p = l->peers;
    int peer = (int)(l - p->link);
    struct net_address to;
    const char *why;

    (void)fd;
    (void)what;
    if (l->connection)
        return;
    struct connection *c = net_resolve(&p->settings.peer[peer].connect, &to, &why) ? adopt(p, tls_connect(p->tls, p->base, -1), peer) : NULL;
    if (!c) {
        retry_later(l);
        return;
    }
    net_print((struct sockaddr *)&to.at, to.size, c->name, sizeof c->name);
    if (bufferevent_socket_connect(c->buffers, (struct sockaddr *)&to.at, (int)to.size) != 0) {
        if (c->buffers) /* it may have ended in a callback */
            end(c, "could not connect");
        return;
    }
    int one = 1;
    setsockopt(bufferevent_getfd(c->buffers), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

/* ---- life ---- */

static bool open_listener(struct peers *p, const char **why)
{
    if (p->settings.listen.transport == SETTINGS_NONE)
        return true;
    int fd = net_listen(&p->settings.listen, why);
    if (fd < 0)
        return false;
    p->listener = evconnlistener_new(p->base, on_accept, p, LEV_OPT_CLOSE_ON_FREE, 0, fd);
    if (!p->listener)
        close(fd);
    return p->listener != NULL;
}

static bool open_links(struct peers *p)
{
    for (unsigned i = 0; i < p->settings.count; i++) {
        struct peer_link *l = &p->link[i];
        *l = (struct peer_link){.peers = p, .pause_s = RETRY_LEAST_S};
        l->beat = event_new(p->base, -1, EV_PERSIST, on_beat, l);
        if (p->settings.peer[i].connect.transport != SETTINGS_NONE)
            l->retry = event_new(p->base, -1, 0, on_retry, l);
        if (!l->beat || (p->settings.peer[i].connect.transport != SETTINGS_NONE && !l->retry))
            return false;
        if (l->retry)
            event_add(l->retry, &(struct timeval){0, 0});
    }
    return true;
}

struct peers *peers_open(struct event_base *base, const struct peers_settings *s, struct tls *tls, const struct peers_sink *sink, struct log *log, const char **why)
{
    struct peers *p = calloc(1, sizeof *p);

    *why = "memory is short";
    if (!p)
        return NULL;
    p->settings = *s;
    p->base = base;
    p->tls = tls;
    p->sink = *sink;
    p->log = log;
    if (!open_listener(p, why) || !open_links(p)) {
        peers_close(p);
        return NULL;
    }
    return p;
}

void peers_close(struct peers *p)
{
    if (!p)
        return;
    for (unsigned i = 0; i < p->settings.count; i++) {
        struct peer_link *l = &p->link[i];
        if (l->retry)
            event_free(l->retry);
        if (l->beat)
            event_free(l->beat);
        l->retry = l->beat = NULL;
    }
    for (size_t i = 0; i < CONNECTIONS; i++)
        if (p->connection[i].buffers)
            bufferevent_free(p->connection[i].buffers);
    if (p->listener)
        evconnlistener_free(p->listener);
    free(p);
}

bool peers_send(struct peers *p, unsigned peer, const struct message *m)
{
    struct peer_link *l = &p->link[peer];
    uint8_t bytes[COORDINATION_SIZE + 2];

    if (!l->connection)
        return false;
    int size = coordination_encode_framed(m, bytes, sizeof bytes);
    if (size < 0 || !send_bytes(l, bytes, (size_t)size)) {
        l->counters.overflows++;
        end(l->connection, "its queue is full");
        return false;
    }
    l->counters.messages_out++;
    return true;
}

bool peers_is_up(const struct peers *p, unsigned peer)
{
    return p->link[peer].connection != NULL;
}

struct peers_counters peers_counters(const struct peers *p, unsigned peer)
{
    return p->link[peer].counters;
}

void peers_address(const struct peers *p, char *out, size_t size)
{
    out[0] = '\0';
    if (p->listener)
        net_print_local(evconnlistener_get_fd(p->listener), out, size);
}
