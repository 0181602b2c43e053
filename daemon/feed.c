/* Datagrams come by recvmmsg into one set of buffers per feed; streams by bufferevents through framing. Rejected: a thread per feed, since
 * one loop reads several hundred thousand datagrams a second and order between feeds stays the order of arrival. */
#include "daemon/feed.h"

#include "base/err.h"
#include "daemon/net.h"
#include "wire/framing.h"
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FEED_UNIT_MAX 65536
#define FEED_STREAMS 16  /* senders connected to one feed */
#define FEED_RETRY_S 3
#define FEED_CONTROL 64  /* octets of ancillary data for one counter */

struct stream {
    struct feed *feed;
    struct bufferevent *connection; /* NULL: free */
    struct framing *framing;
};

struct feed {
    struct settings_feed settings;
    int number;
    struct feed_sink sink;
    struct log *log;
    struct event_base *base;
    struct feed_counters counters;
    uint32_t from;
    struct net_address from_address[SETTINGS_FROM];
    int fd;
    struct event *readable, *retry;
    struct evconnlistener *listener;
    uint32_t overflow_last; /* the kernel's counter, 32 bits */
    struct stream stream[FEED_STREAMS];
    uint8_t *buffers; /* FEED_BATCH of FEED_UNIT_MAX octets, for datagrams */
    struct framing *lines; /* cuts datagrams of text */
};

static void hand_on(struct feed *f, const uint8_t *bytes, size_t size)
{
    f->counters.units++;
    f->sink.unit(f->sink.context, f->number, bytes, size);
}

static bool may_send(struct feed *f, const struct sockaddr *from)
{
    for (uint32_t i = 0; i < f->from; i++) {
        if (net_same_host((struct sockaddr *)&f->from_address[i].at, from)) {
            return true;
        }
    }
    f->counters.refused += f->from != 0;
    return f->from == 0;
}

static void take_units(struct feed *f, struct framing *framing)
{
    struct framing_unit unit;
    struct framing_fault fault;
    int code;

    while ((code = framing_next(framing, &unit, &fault)) != 0) {
        if (code > 0) {
            hand_on(f, unit.bytes, unit.size);
        } else {
            f->counters.faults++;
        }
    }
}

static void cut(struct feed *f, struct framing *framing, const uint8_t *bytes, size_t size)
{
    framing_put(framing, bytes, size);
    take_units(f, framing);
}

/* ---- datagrams ---- */

static void count_overflow(struct feed *f, struct msghdr *m)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_RXQ_OVFL) {
            uint32_t now;

            memcpy(&now, CMSG_DATA(c), sizeof now);
            f->counters.kernel_drops += (uint32_t)(now - f->overflow_last);
            f->overflow_last = now;
        }
    }
}

static void take_datagram(struct feed *f, struct mmsghdr *m, const uint8_t *bytes)
{
    count_overflow(f, &m->msg_hdr);
    if (!may_send(f, m->msg_hdr.msg_name)) {
        return;
    }
    f->counters.datagrams++;
    f->counters.octets += m->msg_len;
    f->counters.truncated += (m->msg_hdr.msg_flags & MSG_TRUNC) != 0;
    if (!f->lines) {
        hand_on(f, bytes, m->msg_len);
        return;
    }
    cut(f, f->lines, bytes, m->msg_len);
    if (m->msg_len && bytes[m->msg_len - 1] != '\n') { /* the last line of a datagram needs no end */
        cut(f, f->lines, (const uint8_t *)"\n", 1);
    }
}

static int receive_batch(struct feed *f)
{
    struct mmsghdr m[FEED_BATCH];
    struct iovec io[FEED_BATCH];
    struct sockaddr_storage from[FEED_BATCH];
    _Alignas(struct cmsghdr) uint8_t control[FEED_BATCH][FEED_CONTROL];
    int n;

    for (int i = 0; i < FEED_BATCH; i++) {
        io[i] = (struct iovec){f->buffers + (size_t)i * FEED_UNIT_MAX, FEED_UNIT_MAX};
        m[i] = (struct mmsghdr){.msg_hdr = {.msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &io[i], .msg_iovlen = 1,
                                            .msg_control = control[i], .msg_controllen = FEED_CONTROL}};
    }
    n = recvmmsg(f->fd, m, FEED_BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < n; i++) {
        take_datagram(f, &m[i], io[i].iov_base);
    }
    return n;
}

static void on_readable(evutil_socket_t fd, short what, void *context)
{
    struct feed *f = context;

    (void)fd;
    (void)what;
    for (int i = 0; i < FEED_BATCHES && receive_batch(f) == FEED_BATCH; i++) {
    }
}

static bool open_datagrams(struct feed *f, const char **why)
{
    f->fd = net_receive(&f->settings.listen, why);
    if (f->fd < 0) {
        return false;
    }
    f->buffers = malloc((size_t)FEED_BATCH * FEED_UNIT_MAX);
    f->lines = f->settings.format == SETTINGS_CSV ? framing_new(FRAMING_LINES, FEED_UNIT_MAX) : NULL;
    f->readable = event_new(f->base, f->fd, EV_READ | EV_PERSIST, on_readable, f);
    *why = "memory is short";
    return f->buffers && f->readable && (f->settings.format != SETTINGS_CSV || f->lines) && event_add(f->readable, NULL) == 0;
}

/* ---- streams ---- */

static enum framing_kind framing_of(const struct feed *f)
{
    static const enum framing_kind kinds[] = {[SETTINGS_ASTERIX] = FRAMING_RAW, [SETTINGS_CSV] = FRAMING_LINES, [SETTINGS_PB] = FRAMING_PB, [SETTINGS_FINAL] = FRAMING_FINAL,
                                              [SETTINGS_CD2] = FRAMING_CD2};

    return kinds[f->settings.format];
}

static void retry_later(struct feed *f)
{
    struct timeval wait = {FEED_RETRY_S, 0};

    if (f->retry) {
        event_add(f->retry, &wait);
    }
}

static void end_stream(struct stream *s)
{
    if (s->connection) {
        bufferevent_free(s->connection);
        framing_free(s->framing);
        s->connection = NULL;
        s->framing = NULL;
    }
}

static void on_stream_data(struct bufferevent *connection, void *context)
{
    struct stream *s = context;
    struct evbuffer *in = bufferevent_get_input(connection);
    size_t size = evbuffer_get_length(in);

    while (size > 0) {
        size_t piece = evbuffer_get_contiguous_space(in);

        s->feed->counters.datagrams++;
        s->feed->counters.octets += piece;
        cut(s->feed, s->framing, evbuffer_pullup(in, (ev_ssize_t)piece), piece);
        evbuffer_drain(in, piece);
        size = evbuffer_get_length(in);
    }
}

static void on_stream_event(struct bufferevent *connection, short what, void *context)
{
    struct stream *s = context;
    struct feed *f = s->feed;

    (void)connection;
    if (what & BEV_EVENT_CONNECTED) {
        f->counters.connections++;
        log_put(f->log, LOG_INFO, "feed_connected", "feed=%s", f->settings.name);
    }
    if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) {
        framing_end(s->framing);
        take_units(f, s->framing);
        log_put(f->log, LOG_INFO, "feed_stream_ended", "feed=%s why=\"%s\"", f->settings.name,
                what & BEV_EVENT_ERROR ? evutil_socket_error_to_string(EVUTIL_SOCKET_ERROR()) : "end of stream");
        end_stream(s);
        retry_later(f);
    }
}

/* A free place for a stream on fd (-1: to be connected); NULL when there is none. */
static struct stream *begin_stream(struct feed *f, evutil_socket_t fd)
{
    struct stream *s = f->stream;

    while (s < f->stream + FEED_STREAMS && s->connection) {
        s++;
    }
    if (s == f->stream + FEED_STREAMS) {
        return NULL;
    }
    s->feed = f;
    s->framing = framing_new(framing_of(f), FEED_UNIT_MAX);
    s->connection = s->framing ? bufferevent_socket_new(f->base, fd, BEV_OPT_CLOSE_ON_FREE) : NULL;
    if (!s->connection) {
        framing_free(s->framing);
        s->framing = NULL;
        return NULL;
    }
    bufferevent_setcb(s->connection, on_stream_data, NULL, on_stream_event, s);
    bufferevent_setwatermark(s->connection, EV_READ, 0, 1 << 20);
    bufferevent_enable(s->connection, EV_READ);
    return s;
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from, int size, void *context)
{
    struct feed *f = context;
    char name[80];

    (void)listener;
    if (!may_send(f, from) || !begin_stream(f, fd)) {
        close(fd);
        return;
    }
    f->counters.connections++;
    net_print(from, (socklen_t)size, name, sizeof name);
    log_put(f->log, LOG_INFO, "feed_connected", "feed=%s from=%s", f->settings.name, name);
}

static void on_retry(evutil_socket_t fd, short what, void *context)
{
    struct feed *f = context;
    struct net_address to;
    const char *why = "no room";
    struct stream *s = NULL;

    (void)fd;
    (void)what;
    if (net_resolve(&f->settings.connect, &to, &why) && (s = begin_stream(f, -1)) != NULL &&
        bufferevent_socket_connect(s->connection, (struct sockaddr *)&to.at, (int)to.size) == 0) {
        return;
    }
    log_put(f->log, LOG_DEBUG, "feed_connect_failed", "feed=%s why=\"%s\"", f->settings.name, why);
    if (s) {
        end_stream(s);
    }
    retry_later(f);
}

static bool open_streams(struct feed *f, const char **why)
{
    if (f->settings.connect.transport == SETTINGS_TCP) {
        struct timeval at_once = {0, 0};

        f->retry = event_new(f->base, -1, 0, on_retry, f);
        *why = "memory is short";
        return f->retry && event_add(f->retry, &at_once) == 0;
    }
    f->fd = net_listen(&f->settings.listen, why);
    if (f->fd < 0) {
        return false;
    }
    f->listener = evconnlistener_new(f->base, on_accept, f, 0, 0, f->fd);
    *why = "memory is short";
    return f->listener != NULL;
}

/* ---- all ---- */

static bool resolve_senders(struct feed *f, const char **why)
{
    for (uint32_t i = 0; i < f->settings.from.count && i < SETTINGS_FROM; i++) {
        struct settings_endpoint e = {.transport = SETTINGS_UDP};

        strncpy(e.host, f->settings.from.name[i], sizeof e.host - 1);
        if (!net_resolve(&e, &f->from_address[i], why)) {
            return false;
        }
        f->from = i + 1;
    }
    return true;
}

struct feed *feed_open(struct event_base *base, const struct settings_feed *s, int number, const struct feed_sink *sink, struct log *log, const char **why)
{
    struct feed *f = calloc(1, sizeof *f);

    *why = "memory is short";
    if (!f) {
        return NULL;
    }
    f->settings = *s;
    f->number = number;
    f->sink = *sink;
    f->log = log;
    f->base = base;
    f->fd = -1;
    if (!resolve_senders(f, why) || !(s->listen.transport == SETTINGS_UDP ? open_datagrams(f, why) : open_streams(f, why))) {
        feed_close(f);
        return NULL;
    }
    return f;
}

void feed_close(struct feed *f)
{
    if (!f) {
        return;
    }
    for (int i = 0; i < FEED_STREAMS; i++) {
        end_stream(&f->stream[i]);
    }
    if (f->listener) {
        evconnlistener_free(f->listener);
    }
    if (f->readable) {
        event_free(f->readable);
    }
    if (f->retry) {
        event_free(f->retry);
    }
    if (f->fd >= 0) {
        close(f->fd);
    }
    framing_free(f->lines);
    free(f->buffers);
    free(f);
}

const struct settings_feed *feed_settings(const struct feed *f)
{
    return &f->settings;
}

struct feed_counters feed_counters(const struct feed *f)
{
    return f->counters;
}

void feed_address(const struct feed *f, char *out, size_t size)
{
    net_print_local(f->fd, out, size);
}
