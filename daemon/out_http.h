/* out_http: the web server: /metrics (Prometheus), /health, /data/aircraft.json and /data/receiver.json (tar1090), and a page that names them. */
#ifndef DAEMON_OUT_HTTP_H
#define DAEMON_OUT_HTTP_H

#include "daemon/loop.h"
#include "daemon/publish.h"

struct out_http;
struct web;

/* Both are lent for its life. NULL when memory is short. */
struct out_http *out_http_new(struct loop *l, const struct publish_context *c);
void out_http_free(struct out_http *h);
/* Listens where the settings say, or nowhere; false (and a log line) when that fails. */
bool out_http_settings(struct out_http *h, const struct settings *s);
/* Its viewers, lent. */
struct web *out_http_web(const struct out_http *h);
void out_http_address(const struct out_http *h, char *out, size_t size);

#endif
