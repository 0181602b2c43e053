/* evhttp with one table of paths. Answers are made anew for each request: at one request a second per viewer that is cheaper than being clever. */
#include "daemon/out_http.h"

#include "daemon/metrics.h"
#include "daemon/net.h"
#include "daemon/status.h"
#include "daemon/web/account.h"
#include "daemon/web/asset.h"
#include "daemon/web/web.h"
#include "wire/readsb.h"
#include <event2/buffer.h>
#include <event2/http.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The page takes everything from where it came, and nothing inline. */
#define CONTENT_SECURITY                                                                                                                    \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; " \
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
#define UNAUTHORIZED 401
#define FORBIDDEN 403
#define REFRESH_S 1.0
#define REQUEST_OCTETS 65536
#define REQUEST_SECONDS 30

struct out_http {
    struct loop *loop;
    struct publish_context context;
    struct evhttp *server; /* NULL: listens nowhere */
    struct settings_endpoint listen;
    char nation[3]; /* of who asks now */
    int fd;
    struct publish_counters counters;
    struct web *web;
};

struct answer {
    int code;
    const char *type, *etag;
    struct evbuffer *body;
};

static void put_json(struct answer *a, json_t *document)
{
    char *text = document ? json_dumps(document, JSON_COMPACT | JSON_REAL_PRECISION(13)) : NULL;

    a->type = "application/json";
    if (text) {
        evbuffer_add(a->body, text, strlen(text));
    } else {
        a->code = HTTP_INTERNAL;
    }
    free(text);
    json_decref(document);
}

static void metrics(struct out_http *h, struct answer *a)
{
    a->type = "text/plain; version=0.0.4; charset=utf-8";
    metrics_print(h->loop, a->body);
}

static void health(struct out_http *h, struct answer *a)
{
    bool healthy;

    put_json(a, status_health(h->loop, &healthy));
    a->code = a->code == HTTP_OK && !healthy ? HTTP_SERVUNAVAIL : a->code;
}

static void aircraft(struct out_http *h, struct answer *a)
{
    const struct picture *p = engine_picture(h->context.engine);
    json_t *list = json_array();
    struct instant now;
    bool known = loop_now(h->loop, &now);

    for (uint32_t slot = 0; known && slot < picture_slots(p); slot++) {
        struct track t, seen;

        if (picture_at(p, slot, now, &t) && publish_release(&h->context, h->nation, &h->counters, &t, now, &seen)) {
            json_array_append_new(list, readsb_aircraft(&seen, now));
        }
    }
    put_json(a, readsb_document(known ? now : (struct instant){0}, picture_counters(p).plots, list));
}

/* The map begins amid the sensors. */
static bool middle(const struct out_http *h, struct geodetic *at)
{
    struct vec3 sum = {0, 0, 0};
    struct picture_sensor s;
    uint32_t n = 0;

    for (uint32_t i = 0; picture_sensor(engine_picture(h->context.engine), i, &s); i++) {
        if (publish_site(&h->context, h->nation, &s.site)) {
            sum = mat_add3(sum, s.site.frame.origin);
            n++;
        }
    }
    if (n > 0) {
        *at = frame_geodetic((struct vec3){sum.x / n, sum.y / n, sum.z / n});
    }
    return n > 0 && mat_norm3(sum) > 1;
}

static void receiver(struct out_http *h, struct answer *a)
{
    struct geodetic at;
    bool known = middle(h, &at);

    put_json(a, readsb_receiver("airseam " AIRSEAM_VERSION, REFRESH_S, known ? &at : NULL));
}

static void page(struct out_http *h, struct answer *a);

enum who { EVERYBODY, VIEWERS, OWN_NATION };
static const struct path {
    const char *path, *help;
    enum who who;
    void (*answer)(struct out_http *h, struct answer *a);
} paths[] = {
    {"/paths", "this page", EVERYBODY, page},
    {"/metrics", "counters and states for Prometheus", OWN_NATION, metrics},
    {"/health", "200 while all is well, 503 otherwise, with the reasons", VIEWERS, health},
    {"/data/aircraft.json", "the picture in readsb's form, for tar1090", VIEWERS, aircraft},
    {"/data/receiver.json", "where the map begins, for tar1090", VIEWERS, receiver},
};

static void page(struct out_http *h, struct answer *a)
{
    const struct settings *s = h->loop->config.settings;

    a->type = "text/html; charset=utf-8";
    evbuffer_add_printf(a->body, "<!DOCTYPE html><html lang=\"en\"><title>airseam %s</title><h1>airseam node %s (%s)</h1><ul>\n", AIRSEAM_VERSION,
                        s->node.name, s->node.nation);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        evbuffer_add_printf(a->body, "<li><a href=\"%s\">%s</a>: %s</li>\n", paths[i].path, paths[i].path, paths[i].help);
    }
    for (size_t i = 0; asset_at(i); i++) {
        evbuffer_add_printf(a->body, "<li><a href=\"%s\">%s</a>: %s</li>\n", asset_at(i)->path, asset_at(i)->path, asset_at(i)->type);
    }
    evbuffer_add_printf(a->body, "</ul></html>\n");
}

/* Embedded files live as long as the program: their octets are lent to the buffer. */
static void embedded(struct evhttp_request *request, const struct asset *found, struct answer *a)
{
    const char *known = evhttp_find_header(evhttp_request_get_input_headers(request), "If-None-Match");

    a->type = found->type;
    a->etag = found->etag;
    a->code = known && strcmp(known, found->etag) == 0 ? HTTP_NOTMODIFIED : HTTP_OK;
    if (a->code == HTTP_OK) {
        evbuffer_add_reference(a->body, found->bytes, (size_t)(found->end - found->bytes), NULL, NULL);
    }
}

/* A path for who may. */
static void ask(struct out_http *h, struct evhttp_request *request, const struct path *p, struct answer *a)
{
    const struct settings *s = h->loop->config.settings;
    struct account viewer = account_of_request(s, request);

    if (p->who != EVERYBODY && !viewer.known) {
        a->code = UNAUTHORIZED;
        evhttp_add_header(evhttp_request_get_output_headers(request), "WWW-Authenticate", "Bearer realm=\"airseam\"");
        evbuffer_add_printf(a->body, "sign in: Authorization: Bearer TOKEN\n");
    } else if (p->who == OWN_NATION && memcmp(viewer.nation, s->node.nation, sizeof viewer.nation) != 0) {
        a->code = FORBIDDEN;
        evbuffer_add_printf(a->body, "this is for the node's own nation\n");
    } else {
        memcpy(h->nation, viewer.nation, sizeof h->nation);
        a->code = HTTP_OK;
        p->answer(h, a);
    }
}

/* POST of the token by itself sets the cookie that the page and the WebSocket then bring along; of nothing takes it away. */
static void sign_in(struct out_http *h, struct evhttp_request *request, struct answer *a)
{
    struct evbuffer *in = evhttp_request_get_input_buffer(request);
    char token[300] = "", cookie[400];
    ev_ssize_t size = evbuffer_remove(in, token, sizeof token - 1);

    token[size > 0 ? size : 0] = '\0';
    token[strcspn(token, "\r\n")] = '\0';
    a->code = UNAUTHORIZED;
    if (account_cookie(token, cookie, sizeof cookie) && (!token[0] || account_of_token(h->loop->config.settings, token).known)) {
        evhttp_add_header(evhttp_request_get_output_headers(request), "Set-Cookie", cookie);
        a->code = HTTP_NOCONTENT;
    }
}

static void find(struct out_http *h, struct evhttp_request *request, const char *path, struct answer *a)
{
    const struct asset *found = asset_find(path);

    if (found) {
        embedded(request, found, a);
        return;
    }
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (strcmp(path, paths[i].path) == 0) {
            ask(h, request, &paths[i], a);
            return;
        }
    }
    evbuffer_add_printf(a->body, "not found; /paths lists what there is\n");
}

static void put_headers(struct evkeyvalq *headers, const struct answer *a)
{
    evhttp_add_header(headers, "Content-Type", a->type);
    evhttp_add_header(headers, "Cache-Control", a->etag ? "no-cache" : "no-store");
    evhttp_add_header(headers, "Content-Security-Policy", CONTENT_SECURITY);
    evhttp_add_header(headers, "X-Content-Type-Options", "nosniff");
    evhttp_add_header(headers, "Referrer-Policy", "no-referrer");
    if (a->etag) {
        evhttp_add_header(headers, "ETag", a->etag);
    }
}

static void on_request(struct evhttp_request *request, void *context)
{
    struct out_http *h = context;
    const char *path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
    const struct settings *s = h->loop->config.settings;
    struct answer a = {.code = HTTP_NOTFOUND, .type = "text/plain", .body = NULL};

    if (!account_host(s, request)) {
        evhttp_send_error(request, FORBIDDEN, NULL);
        return;
    }
    if (path && strcmp(path, "/ws") == 0) {
        a.code = web_upgrade(h->web, request);
        if (a.code == 0) {
            return;
        }
    }
    a.body = evbuffer_new();
    if (!a.body) {
        evhttp_send_error(request, HTTP_INTERNAL, NULL);
        return;
    }
    if (a.code == HTTP_NOTFOUND && path && strcmp(path, "/sign-in") == 0 && evhttp_request_get_command(request) == EVHTTP_REQ_POST) {
        sign_in(h, request, &a);
    } else if (a.code == HTTP_NOTFOUND && evhttp_request_get_command(request) == EVHTTP_REQ_POST) {
        a.code = HTTP_BADMETHOD;
    } else if (a.code == HTTP_NOTFOUND) {
        find(h, request, path ? path : "/", &a);
    }
    put_headers(evhttp_request_get_output_headers(request), &a);
    h->counters.frames++;
    h->counters.octets += evbuffer_get_length(a.body);
    evhttp_send_reply(request, a.code, NULL, a.body);
    evbuffer_free(a.body);
}

struct out_http *out_http_new(struct loop *l, const struct publish_context *c)
{
    struct out_http *h = calloc(1, sizeof *h);

    if (h) {
        h->loop = l;
        h->context = *c;
        h->fd = -1;
        h->web = web_new(l, c);
    }
    if (h && !h->web) {
        free(h);
        return NULL;
    }
    return h;
}

static void stop(struct out_http *h)
{
    web_close(h->web);
    if (h->server) {
        evhttp_free(h->server); /* closes the socket */
    }
    h->server = NULL;
    h->fd = -1;
}

void out_http_free(struct out_http *h)
{
    if (h) {
        stop(h);
        web_free(h->web);
        free(h);
    }
}

static bool start(struct out_http *h, const char **why)
{
    h->fd = net_listen(&h->listen, why);
    if (h->fd < 0) {
        return false;
    }
    h->server = evhttp_new(h->context.base);
    *why = "memory is short";
    if (!h->server || evhttp_accept_socket(h->server, h->fd) != 0) {
        close(h->fd);
        stop(h);
        return false;
    }
    evhttp_set_allowed_methods(h->server, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST);
    evhttp_set_max_body_size(h->server, REQUEST_OCTETS);
    evhttp_set_max_headers_size(h->server, REQUEST_OCTETS);
    evhttp_set_timeout(h->server, REQUEST_SECONDS);
    evhttp_set_gencb(h->server, on_request, h);
    return true;
}

bool out_http_settings(struct out_http *h, const struct settings *s)
{
    const char *why = "";
    char address[80];

    web_settings(h->web, s);
    if (h->server && memcmp(&h->listen, &s->http.listen, sizeof h->listen) == 0) {
        return true;
    }
    stop(h);
    h->listen = s->http.listen;
    if (h->listen.transport == SETTINGS_NONE) {
        return true;
    }
    if (!start(h, &why)) {
        log_put(h->context.log, LOG_ERROR, "http_failed", "why=\"%s\"", why);
        return false;
    }
    out_http_address(h, address, sizeof address);
    log_put(h->context.log, LOG_INFO, "http_opened", "address=%s", address);
    return true;
}

struct web *out_http_web(const struct out_http *h)
{
    return h->web;
}

void out_http_address(const struct out_http *h, char *out, size_t size)
{
    net_print_local(h->fd, out, size);
}
