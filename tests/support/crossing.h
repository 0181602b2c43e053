// Two nodes, WEST (US) and EAST (MX), that hand aircraft over: certificates, TLS, journals, and aircraft that cross their border one behind the other. The
// picture's clock runs `rate` times as fast as the wall's; both nodes see the same aircraft, each under numbers of its own.
#ifndef TESTS_SUPPORT_CROSSING_H
#define TESTS_SUPPORT_CROSSING_H

#include "daemon/handoff.h"

struct crossing {
    double rate, behind_s, track_s; // between two aircraft; between two updates of one
    int flights;
    double accept_s;                // median time of the controllers
    double keepalive_s;             // of the link
    double lead_s;                  // an aircraft is seen from so long before the border to so long behind
    bool oldi;                      // they speak OLDI over FMTP instead of this project's messages over TLS
    char folder[64];                // certificates and journals
    int64_t wall0_ns;               // monotonic time at which the picture's clock began
};

struct crossing_node {
    const struct crossing *crossing;
    bool east;
    struct event_base *base;
    struct centres *centres;
    struct handoff *handoff;
    struct log *log;
    struct event *tick;
    double seen_s;                  // tracks were fed up to this instant of the picture
    int first;                      // aircraft before this one are gone
    void (*event)(void *context, const struct diary_entry *e);
    void *context;
};

// A folder with certificates, and the clock's beginning. Exits when that fails.
void crossing_begin(struct crossing *c);
void crossing_end(struct crossing *c);

// WEST from 5 to 10 degrees east, EAST from there to 15, both from the equator to 2 degrees north; they hand over by message.
struct centres *crossing_centres(void);
int64_t crossing_wall_ns(void);
struct instant crossing_now(const struct crossing *c);
double crossing_seconds(struct instant t);
// Aircraft i is over the border at second lead_s + i * behind_s.
bool crossing_flies(const struct crossing *c, int i, double t_s);
struct track_event crossing_flight(const struct crossing_node *n, int i, struct instant now);
// Its number by its callsign in the diary.
int crossing_number(const struct diary_entry *e);

// listen or connect NULL: not. Exits when it does not open.
void crossing_open(struct crossing_node *n, const struct crossing *c, bool east, const char *listen, const char *connect);
bool crossing_close(struct crossing_node *n);
void crossing_run(struct crossing_node *n, double wall_s);
// Does this node claim the aircraft?
bool crossing_claims(const struct crossing_node *n, int i);

#endif
