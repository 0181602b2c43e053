/* web_client: one connection. It is evhttp's: after the upgrade its bufferevent is ours to read and write, and the connection is freed with it. */
#include "daemon/web/web_inside.h"

#include "daemon/web/web_coverage.h"
#include "daemon/web/web_past.h"
#include "daemon/web/ws_key.h"
#include <event2/buffer.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#define SEND_BUFFER (128 << 10) /* of the kernel: what lies there is already on its way to being old */
#define PING_TICKS 200
#define STALLED_TICKS (WEB_STALLED_S * UINT64_C(1000) / WEB_TICK_MS)
#define SILENT_TICKS (WEB_SILENT_S * UINT64_C(1000) / WEB_TICK_MS)
#define KEYFRAME_TICKS 2 /* at least between keyframes of a viewer that pans */

/* ---- the handshake (RFC 6455, 4.2) ---- */

static bool has_token(const char *list, const char *token)
{
    size_t size = strlen(token);

    for (const char *at = list; at && *at; at += strcspn(at, ",")) {
        at += strspn(at, ", \t");
        if (strncasecmp(at, token, size) == 0 && strchr(", \t", at[size]) != NULL) {
            return true;
        }
    }
    return false;
}

/* A page of another origin must not use the rights of this one's viewer (cross-site WebSocket hijacking); programs send no Origin. */
static bool same_origin(struct evkeyvalq *headers)
{
    const char *origin = evhttp_find_header(headers, "Origin"), *host = evhttp_find_header(headers, "Host");
    const char *authority = origin ? strstr(origin, "://") : NULL;

    return !origin || (authority && host && strcasecmp(authority + 3, host) == 0);
}

static int check_upgrade(struct evkeyvalq *headers, char accept[WS_KEY_SIZE])
{
    const char *key = evhttp_find_header(headers, "Sec-WebSocket-Key"), *version = evhttp_find_header(headers, "Sec-WebSocket-Version");

    if (!has_token(evhttp_find_header(headers, "Upgrade"), "websocket") || !has_token(evhttp_find_header(headers, "Connection"), "upgrade")) {
        return 426;
    }
    if (!version || strcmp(version, "13") != 0) {
        return 426;
    }
    if (!key || !ws_key_accept(key, accept)) {
        return HTTP_BADREQUEST;
    }
    return same_origin(headers) ? 0 : 403;
}

static void answer_upgrade(struct web_client *c, const char *accept, bool protocol)
{
    evbuffer_add_printf(bufferevent_get_output(c->io),
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n%s\r\n", accept,
                        protocol ? "Sec-WebSocket-Protocol: airseam.1\r\n" : "");
}

/* ---- sending ---- */

bool web_client_is_blocked(const struct web_client *c)
{
    return evbuffer_get_length(bufferevent_get_output(c->io)) > 0 || (c->counts && c->sent - c->seen > WEB_UNREAD);
}

static void send_blob(struct web_client *c, struct blob *b)
{
    if (b && blob_send(b, bufferevent_get_output(c->io))) {
        c->sent++;
        c->web->counters.frames++;
        c->web->counters.octets += blob_size(b);
    }
}

void web_client_send(struct web_client *c, const Airseam__Web__Frame *frame)
{
    web_client_send_with(c, frame, NULL, 0);
}

void web_client_send_with(struct web_client *c, const Airseam__Web__Frame *frame, const void *more, size_t size)
{
    struct blob *b = blob_new_with(frame, more, size);

    send_blob(c, b);
    blob_free(b);
}

static void send_control(struct web_client *c, enum ws_opcode opcode, const void *bytes, size_t size)
{
    uint8_t header[WS_HEADER_MAX];

    bufferevent_write(c->io, header, ws_put_header(header, opcode, size));
    bufferevent_write(c->io, bytes, size);
}

void web_client_turn(struct web_client *c, struct blob *delta)
{
    if (c->paused || web_client_is_blocked(c)) {
        c->web->counters.passed_over += !c->paused;
        c->behind = true;
    } else if (!c->behind) {
        send_blob(c, delta);
    }
}

void web_client_catch_up(struct web_client *c)
{
    struct blob *key;

    if (!c->behind || c->paused || !c->view || web_client_is_blocked(c) || c->web->tick - c->keyed < KEYFRAME_TICKS) {
        return;
    }
    key = web_say_keyframe(c->web, c->view);
    c->keyed = c->web->tick;
    c->behind = key == NULL;
    c->web->counters.keyframes += key != NULL;
    send_blob(c, key);
    blob_free(key);
}

bool web_client_watch(struct web_client *c)
{
    uint64_t tick = c->web->tick;
    bool waits = web_client_is_blocked(c);

    c->wrote = waits ? c->wrote : tick;
    if (tick - c->wrote > STALLED_TICKS || tick - c->heard > SILENT_TICKS) {
        c->web->counters.stalled++;
        web_client_close(c, 0);
        return false;
    }
    if (tick - c->pinged >= PING_TICKS && !waits) {
        c->pinged = tick;
        send_control(c, WS_PING, NULL, 0);
    }
    return true;
}

/* ---- the end ---- */

void web_client_close(struct web_client *c, unsigned status)
{
    struct web *w = c->web;
    struct evbuffer *out = bufferevent_get_output(c->io);

    if (status) {
        uint8_t code[2] = {(uint8_t)(status >> 8), (uint8_t)status};

        send_control(c, WS_CLOSE, code, sizeof code);
        evbuffer_unfreeze(out, 1);
        evbuffer_write(out, bufferevent_getfd(c->io)); /* as far as it goes: nobody waits for who does not read */
    }
    web_leave(c);
    web_coverage_forget(c);
    for (unsigned i = 0; i < w->clients; i++) {
        if (w->client[i] == c) {
            w->client[i] = w->client[--w->clients];
            break;
        }
    }
    bufferevent_setcb(c->io, NULL, NULL, NULL, NULL);
    if (c->http) {
        evhttp_connection_free(c->http); /* closes the socket */
        evhttp_request_free(c->request);
    } else {
        bufferevent_free(c->io);
    }
    free(c);
}

/* ---- receiving ---- */

/* To the past, when it asked for that; true: it is gone. */
static bool leave(struct web_client *c)
{
    struct instant to = c->leaves;

    c->leaves = INSTANT_NONE;
    if (c->live_again) {
        web_client_close(c, WEB_LIVE_AGAIN);
        return true;
    }
    if (!instant_is_set(to)) {
        return false;
    }
    if (web_past_leave(c, to, c->leaves_ask)) {
        return true;
    }
    if (c->leaves_ask) {
        web_say_answer(c, c->leaves_ask, "it could not be handed over: ask again");
    }
    return false;
}

/* False: the connection has ended. */
static bool take_message(struct web_client *c, const struct ws_message *m)
{
    switch (m->opcode) {
    case WS_BINARY:
        c->web->counters.asks++;
        if (web_ask(c, m->bytes, m->size)) {
            return !leave(c);
        }
        c->web->counters.broken++;
        web_client_close(c, WS_POLICY);
        return false;
    case WS_PING: send_control(c, WS_PONG, m->bytes, m->size); return true;
    case WS_PONG: return true;
    case WS_CLOSE: {
        unsigned status = ws_close_status(m);

        web_client_close(c, status == WS_NONE ? WS_NORMAL : status);
        return false;
    }
    default: web_client_close(c, WS_UNSUPPORTED); return false;
    }
}

static void on_data(struct bufferevent *io, void *context)
{
    struct web_client *c = context;
    struct evbuffer *in = bufferevent_get_input(io);
    size_t size;

    c->heard = c->web->tick;
    while ((size = evbuffer_get_contiguous_space(in)) > 0) {
        struct ws_message m;
        size_t used;
        int code = ws_read(&c->reader, evbuffer_pullup(in, (ev_ssize_t)size), size, &used, &m);

        evbuffer_drain(in, used);
        if (code < 0) {
            c->web->counters.broken++;
            web_client_close(c, (unsigned)-code);
            return;
        }
        if (code == 1 && !take_message(c, &m)) {
            return;
        }
    }
}

static void on_event(struct bufferevent *io, short what, void *context)
{
    (void)io;
    if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) {
        web_client_close(context, 0);
    }
}

/* ---- birth ---- */

static void take_over(struct web_client *c, struct evhttp_request *request)
{
    int size = SEND_BUFFER;

    c->request = request;
    evhttp_request_own(request);
    bufferevent_setcb(c->io, on_data, NULL, on_event, c);
    bufferevent_set_timeouts(c->io, NULL, NULL);
    bufferevent_enable(c->io, EV_READ | EV_WRITE);
    setsockopt(bufferevent_getfd(c->io), SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
}

static struct web_client *client_new(struct web *w)
{
    struct web_client *c = w->clients < WEB_VIEWERS ? calloc(1, sizeof *c) : NULL;

    if (c) {
        c->web = w;
        c->heard = c->wrote = c->pinged = w->tick;
        c->leaves = INSTANT_NONE;
        c->want = (struct window_want){.layers = 15, .ticks = WEB_PERIOD_TICKS};
        ws_init(&c->reader);
    }
    return c;
}

struct web_client *web_client_adopt(struct web *w, int fd)
{
    struct web_client *c = client_new(w);

    if (c && !(c->io = bufferevent_socket_new(w->context.base, fd, BEV_OPT_CLOSE_ON_FREE))) {
        free(c);
        c = NULL;
    }
    if (c) {
        w->client[w->clients++] = c;
        bufferevent_setcb(c->io, on_data, NULL, on_event, c);
        bufferevent_enable(c->io, EV_READ | EV_WRITE);
    }
    return c;
}

int web_client_open(struct web *w, struct evhttp_request *request)
{
    struct evkeyvalq *headers = evhttp_request_get_input_headers(request);
    char accept[WS_KEY_SIZE];
    int status = check_upgrade(headers, accept);
    struct web_client *c;

    if (status != 0) {
        return status;
    }
    c = client_new(w);
    if (!c) {
        return HTTP_SERVUNAVAIL;
    }
    c->http = evhttp_request_get_connection(request);
    c->io = evhttp_connection_get_bufferevent(c->http);
    c->account = account_of_request(w->loop->config.settings, request);
    if (!web_join(c)) {
        free(c);
        return HTTP_SERVUNAVAIL;
    }
    w->client[w->clients++] = c;
    take_over(c, request);
    answer_upgrade(c, accept, has_token(evhttp_find_header(headers, "Sec-WebSocket-Protocol"), "airseam.1"));
    web_say_welcome(c);
    return 0;
}
