/* settings_peer: the nodes and centres that this one hands aircraft over to, as an operator describes them. */
#ifndef SETTINGS_SETTINGS_PEER_H
#define SETTINGS_SETTINGS_PEER_H

#include "settings/settings_endpoint.h"
#include "settings/settings_site.h"

#define SETTINGS_PEERS 8
#define SETTINGS_GATEWAYS 8 /* with the peers no more than the desk has room for: 8 */

struct settings_peer {
    struct settings_place place;
    char name[SETTINGS_NAME];
    char nation[3];                    /* whose centres it has */
    struct settings_endpoint connect;  /* transport NONE: it connects to us */
};

/* A centre that speaks OLDI. */
struct settings_gateway {
    struct settings_place place;
    char local[5], remote[5];         /* codes: of our centre that it knows, and its own */
    struct settings_endpoint listen, connect; /* one of them */
    double ti_s, ts_s, tr_s;
};

#endif
