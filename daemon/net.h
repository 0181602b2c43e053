/* net: sockets from endpoints. Every function returns a descriptor (non-blocking, close-on-exec) or -1 with *why (static or strerror's text). */
#ifndef DAEMON_NET_H
#define DAEMON_NET_H

#include "settings/settings_endpoint.h"
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

struct net_address {
    struct sockaddr_storage at;
    socklen_t size;
};

/* Looks a host up: false and *why when there is none. */
bool net_resolve(const struct settings_endpoint *e, struct net_address *out, const char **why);
/* Receives datagrams: bound, joined to the group where it is one, with the largest buffer the system gives. */
int net_receive(const struct settings_endpoint *e, const char **why);
/* Sends datagrams: connected to the address, with interface and ttl of multicast set. */
int net_send(const struct settings_endpoint *e, const char **why);
/* Accepts streams: listening. */
int net_listen(const struct settings_endpoint *e, const char **why);
/* Is it the same host? Ports are not compared; an IPv4 address in IPv6 form is the IPv4 address. */
bool net_same_host(const struct sockaddr *a, const struct sockaddr *b);
/* "127.0.0.1:8600" of a socket's own end; "" when it has none. */
void net_print_local(int fd, char *out, size_t size);
void net_print(const struct sockaddr *a, socklen_t size, char *out, size_t room);

#endif
