/* A fixed number of consumers on bufferevents; the queue is the bufferevent's output buffer, its length the measure of slowness. */
#include "daemon/link.h"

#include "daemon/net.h"
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINK_CONSUMERS 256

struct consumer {
    struct link *link;
    struct bufferevent *connection; /* NULL: free */
    uint64_t lost;
    char name[80];
};

struct link {
    char name[SETTINGS_NAME];
    size_t queue_bytes;
    struct link_sink sink;
    struct log *log;
    struct event_base *base;
    struct evconnlistener *listener;
    struct link_counters counters;
    struct consumer consumer[LINK_CONSUMERS];
};

static void end_consumer(struct consumer *c, const char *why)
{
    if (c->connection) {
        log_put(c->link->log, LOG_INFO, "consumer_left", "output=%s consumer=%s lost=%llu why=\"%s\"", c->link->name, c->name, (unsigned long long)c->lost, why);
        bufferevent_free(c->connection);
        c->connection = NULL;
        c->link->counters.consumers--;
    }
}

/* Consumers have nothing to say: what they send is thrown away. */
static void on_data(struct bufferevent *connection, void *context)
{
    struct evbuffer *in = bufferevent_get_input(connection);

    (void)context;
    evbuffer_drain(in, evbuffer_get_length(in));
}

static void on_event(struct bufferevent *connection, short what, void *context)
{
    (void)connection;
    if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) {
        end_consumer(context, what & BEV_EVENT_EOF ? "end of stream" : evutil_socket_error_to_string(EVUTIL_SOCKET_ERROR()));
    }
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from, int size, void *context)
{
    struct link *l = context;
    unsigned i = 0;
    int one = 1;

    (void)listener;
    while (i < LINK_CONSUMERS && l->consumer[i].connection) {
        i++;
    }
    if (i == LINK_CONSUMERS || !(l->consumer[i].connection = bufferevent_socket_new(l->base, fd, BEV_OPT_CLOSE_ON_FREE))) {
        log_put(l->log, LOG_WARNING, "consumer_refused", "output=%s why=\"%s\"", l->name, i == LINK_CONSUMERS ? "too many" : "memory is short");
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    l->consumer[i].link = l;
    l->consumer[i].lost = 0;
    net_print(from, (socklen_t)size, l->consumer[i].name, sizeof l->consumer[i].name);
    bufferevent_setcb(l->consumer[i].connection, on_data, NULL, on_event, &l->consumer[i]);
    bufferevent_enable(l->consumer[i].connection, EV_READ | EV_WRITE);
    l->counters.consumers++;
    l->counters.accepted++;
    log_put(l->log, LOG_INFO, "consumer_came", "output=%s consumer=%s", l->name, l->consumer[i].name);
    if (l->sink.consumer) {
        l->sink.consumer(l->sink.context, l, i);
    }
}

struct link *link_open(struct event_base *base, const struct settings_output *output, const struct link_sink *sink, struct log *log, const char **why)
{
    int fd = net_listen(&output->listen, why);
    struct link *l = fd < 0 ? NULL : calloc(1, sizeof *l);

    if (!l) {
        if (fd >= 0) {
            *why = "memory is short";
            close(fd);
        }
        return NULL;
    }
    memcpy(l->name, output->name, sizeof l->name);
    l->queue_bytes = output->queue_bytes;
    l->sink = *sink;
    l->log = log;
    l->base = base;
    l->listener = evconnlistener_new(base, on_accept, l, LEV_OPT_CLOSE_ON_FREE, 0, fd);
    if (!l->listener) {
        *why = "memory is short";
        close(fd);
        free(l);
        return NULL;
    }
    return l;
}

void link_close(struct link *l)
{
    if (!l) {
        return;
    }
    for (unsigned i = 0; i < LINK_CONSUMERS; i++) {
        end_consumer(&l->consumer[i], "the output is closed");
    }
    evconnlistener_free(l->listener);
    free(l);
}

void link_send_to(struct link *l, unsigned consumer, const uint8_t *bytes, size_t size)
{
    struct consumer *c = &l->consumer[consumer];
    struct evbuffer *out;

    if (!c->connection) {
        return;
    }
    out = bufferevent_get_output(c->connection);
    if (evbuffer_get_length(out) + size > l->queue_bytes || evbuffer_add(out, bytes, size) != 0) {
        if (c->lost++ == 0) {
            log_put(l->log, LOG_WARNING, "consumer_slow", "output=%s consumer=%s", l->name, c->name);
        }
        l->counters.frames_lost++;
        return;
    }
    l->counters.frames++;
    l->counters.octets += size;
}

void link_send(struct link *l, const uint8_t *bytes, size_t size)
{
    uint32_t left = l->counters.consumers;

    for (unsigned i = 0; i < LINK_CONSUMERS && left > 0; i++) {
        if (l->consumer[i].connection) {
            link_send_to(l, i, bytes, size);
            left--;
        }
    }
}

struct link_counters link_counters(const struct link *l)
{
    return l->counters;
}

void link_address(const struct link *l, char *out, size_t size)
{
    net_print_local(evconnlistener_get_fd(l->listener), out, size);
}
