/* tls: who may speak with whom: TLS 1.3 in which both sides show a certificate of the one authority that this node trusts. The common name of a
 * certificate's subject is the name of a node; who may be that name is the authority's to say. */
#ifndef DAEMON_TLS_H
#define DAEMON_TLS_H

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>

struct tls;

/* PEM files: this node's certificate (with its chain) and key, and the authority. NULL with *why. */
struct tls *tls_new(const char *certificate, const char *key, const char *authority, char *why, size_t why_size);
void tls_free(struct tls *t);

/* A connection over a connected or accepted socket (taken over), or, with fd -1, one that bufferevent_socket_connect will open. BEV_EVENT_CONNECTED comes when both
 * sides have shown their certificates. NULL when memory is short. */
struct bufferevent *tls_accept(struct tls *t, struct event_base *base, int fd);
struct bufferevent *tls_connect(struct tls *t, struct event_base *base, int fd);
/* The other side's name, after BEV_EVENT_CONNECTED; false: it has none. */
bool tls_name(struct bufferevent *connection, char *out, size_t size);
/* What went wrong, in words, after BEV_EVENT_ERROR. */
void tls_error(struct bufferevent *connection, char *out, size_t size);

#endif
