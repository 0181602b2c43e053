/* settings_endpoint: where bytes come from or go to, as people write it.
 *
 *   udp://HOST:PORT[?interface=NAME&ttl=N]   a datagram socket; HOST may be a multicast group
 *   tcp://HOST:PORT                          a stream socket
 * HOST is a name, an IPv4 address, or an IPv6 address in brackets. Names are looked up by the shell. */
#ifndef SETTINGS_SETTINGS_ENDPOINT_H
#define SETTINGS_SETTINGS_ENDPOINT_H

#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

enum settings_transport { SETTINGS_NONE, SETTINGS_UDP, SETTINGS_TCP };

struct settings_endpoint {
    uint8_t transport; /* enum settings_transport */
    uint8_t ttl;       /* of multicast; 0: the system's */
    uint16_t port;
    char host[64];
    char interface[16]; /* name or IPv4 address; "": the system chooses */
};

/* 0; or ERR_FORMAT / ERR_RANGE and *expected says what would have been right (static text). */
int settings_endpoint_parse(struct text t, struct settings_endpoint *out, const char **expected);
/* The form above; nothing for SETTINGS_NONE. */
void settings_endpoint_print(const struct settings_endpoint *e, struct text_out *out);

#endif
