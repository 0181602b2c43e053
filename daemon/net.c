/* Sockets. Multicast groups are joined by interface name or address (RFC 3678's protocol-independent calls for names, IPv4's own for addresses). */
#include "daemon/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NET_RECEIVE_BUFFER (64 << 20)

bool net_resolve(const struct settings_endpoint *e, struct net_address *out, const char **why)
{
    struct addrinfo hints = {.ai_socktype = e->transport == SETTINGS_TCP ? SOCK_STREAM : SOCK_DGRAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *found;
    char port[8];
    int code;

    snprintf(port, sizeof port, "%u", e->port);
    code = getaddrinfo(e->host, port, &hints, &found);
    if (code != 0) {
        *why = gai_strerror(code);
        return false;
    }
    memcpy(&out->at, found->ai_addr, found->ai_addrlen);
    out->size = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static int fail(int fd, const char **why)
{
    *why = strerror(errno);
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

static bool is_multicast(const struct net_address *a)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    memcpy(&v4, &a->at, sizeof v4);
    memcpy(&v6, &a->at, sizeof v6);
    return a->at.ss_family == AF_INET ? IN_MULTICAST(ntohl(v4.sin_addr.s_addr)) : IN6_IS_ADDR_MULTICAST(&v6.sin6_addr);
}

/* The interface as index (names) or as IPv4 address. */
static unsigned interface_index(const struct settings_endpoint *e)
{
    return e->interface[0] ? if_nametoindex(e->interface) : 0;
}

static int join(int fd, const struct settings_endpoint *e, const struct net_address *a)
{
    struct group_req group = {.gr_interface = interface_index(e)};
    struct in_addr own;

    if (a->at.ss_family == AF_INET && e->interface[0] && inet_pton(AF_INET, e->interface, &own) == 1) {
        struct sockaddr_in v4;
        struct ip_mreq request;

        memcpy(&v4, &a->at, sizeof v4);
        request = (struct ip_mreq){v4.sin_addr, own};
        return setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request);
    }
    if (e->interface[0] && group.gr_interface == 0) {
        errno = ENODEV;
        return -1;
    }
    memcpy(&group.gr_group, &a->at, a->size);
    return setsockopt(fd, a->at.ss_family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6, MCAST_JOIN_GROUP, &group, sizeof group);
}

static int open_socket(const struct net_address *a, int type)
{
    return socket(a->at.ss_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

int net_receive(const struct settings_endpoint *e, const char **why)
{
    struct net_address a;
    int one = 1, size = NET_RECEIVE_BUFFER, fd;

    if (!net_resolve(e, &a, why)) {
        return -1;
    }
    fd = open_socket(&a, SOCK_DGRAM);
    if (fd < 0) {
        return fail(fd, why);
    }
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size); /* without the right to: as much as net.core.rmem_max allows */
    }
    setsockopt(fd, SOL_SOCKET, SO_RXQ_OVFL, &one, sizeof one);
    if (is_multicast(&a) && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0) {
        return fail(fd, why);
    }
    if (bind(fd, (struct sockaddr *)&a.at, a.size) != 0 || (is_multicast(&a) && join(fd, e, &a) != 0)) {
        return fail(fd, why);
    }
    return fd;
}

static int set_multicast_sender(int fd, const struct settings_endpoint *e, const struct net_address *a)
{
    bool v4 = a->at.ss_family == AF_INET;
    int ttl = e->ttl ? e->ttl : 1;
    unsigned index = interface_index(e);
    struct in_addr own;

    if (setsockopt(fd, v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_MULTICAST_TTL : IPV6_MULTICAST_HOPS, &ttl, sizeof ttl) != 0) {
        return -1;
    }
    if (!e->interface[0]) {
        return 0;
    }
    if (v4) {
        struct ip_mreqn request = {.imr_ifindex = (int)index};

        if (inet_pton(AF_INET, e->interface, &own) == 1) {
            request.imr_address = own;
        } else if (index == 0) {
            errno = ENODEV;
            return -1;
        }
        return setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof request);
    }
    return setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index, sizeof index);
}

int net_send(const struct settings_endpoint *e, const char **why)
{
    struct net_address a;
    int size = 4 << 20, fd;

    if (!net_resolve(e, &a, why)) {
        return -1;
    }
    fd = open_socket(&a, SOCK_DGRAM);
    if (fd < 0 || (is_multicast(&a) && set_multicast_sender(fd, e, &a) != 0)) {
        return fail(fd, why);
    }
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    if (connect(fd, (struct sockaddr *)&a.at, a.size) != 0) {
        return fail(fd, why);
    }
    return fd;
}

int net_listen(const struct settings_endpoint *e, const char **why)
{
    struct net_address a;
    int one = 1, fd;

    if (!net_resolve(e, &a, why)) {
        return -1;
    }
    fd = open_socket(&a, SOCK_STREAM);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 || bind(fd, (struct sockaddr *)&a.at, a.size) != 0 || listen(fd, 128) != 0) {
        return fail(fd, why);
    }
    return fd;
}

/* The 16 octets of an IPv6 address; IPv4 as ::ffff:a.b.c.d. */
static bool octets(const struct sockaddr *a, uint8_t out[16])
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

    if (a->sa_family == AF_INET) {
        struct sockaddr_in v4;

        memcpy(&v4, a, sizeof v4);
        memcpy(out, mapped, sizeof mapped);
        memcpy(out + 12, &v4.sin_addr, 4);
        return true;
    }
    if (a->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;

        memcpy(&v6, a, sizeof v6);
        memcpy(out, &v6.sin6_addr, 16);
        return true;
    }
    return false;
}

bool net_same_host(const struct sockaddr *a, const struct sockaddr *b)
{
    uint8_t one[16], other[16];

    return octets(a, one) && octets(b, other) && memcmp(one, other, sizeof one) == 0;
}

void net_print(const struct sockaddr *a, socklen_t size, char *out, size_t room)
{
    char host[64], port[8];

    if (getnameinfo(a, size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
        snprintf(out, room, "?");
    } else {
        snprintf(out, room, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host, port);
    }
}

void net_print_local(int fd, char *out, size_t size)
{
    struct sockaddr_storage at;
    socklen_t n = sizeof at;

    out[0] = '\0';
    if (fd >= 0 && getsockname(fd, (struct sockaddr *)&at, &n) == 0) {
        net_print((struct sockaddr *)&at, n, out, size);
    }
}
