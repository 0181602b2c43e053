// A stage for traces: centres WEST and EAST (and NORT above both) as rectangles that share their edges, a node each (or one for all), a network between
// them that delays, loses nothing unless it breaks, repeats and reorders on request, journals, and aircraft that fly straight until told otherwise.
#ifndef TESTS_HANDOFF_STAGE_H
#define TESTS_HANDOFF_STAGE_H

#include "handoff/desk.h"

#define STAGE_NODES 3
#define STAGE_FLIGHTS 8
#define STAGE_WIRE 256
#define STAGE_JOURNAL (1 << 20)

struct stage_node {
    struct desk *desk;               // NULL: dead
    uint8_t *journal;
    size_t journal_size;
    char log[16384];
    size_t log_size;
};

struct stage_wire {
    struct message message;
    uint8_t from, to;
    struct instant due;
    uint64_t order;
};

struct stage_flight {
    uint32_t track;
    struct geodetic at;
    double east_mps, north_mps;
    struct ident ident;
    bool flies;
};

struct stage {
    struct centres *centres;
    struct desk_settings settings;
    int nodes;
    struct stage_node node[STAGE_NODES];
    bool link[STAGE_NODES][STAGE_NODES];
    double delay_s[STAGE_NODES][STAGE_NODES];
    double jitter_s, repeat, lose;   // of the network: lose breaks exactly-once below peer.h, which mends it
    struct stage_wire wire[STAGE_WIRE];
    int wires;
    uint64_t order;
    struct stage_flight flight[STAGE_FLIGHTS];
    struct instant now, next_track;
    struct rng rng;
    char log[65536];                 // all centres' entries, in order
    size_t log_size;
    bool says, quiet;                // said and heard too; nothing at all
    double track_period_s;
    void (*watch)(struct stage *s);  // called after every step
};

// One node for all centres, or a node for each. The agreement holds between all; kind: enum controller_kind.
struct stage *stage_new(int nodes, const struct centre_agreement *a, int kind);
void stage_free(struct stage *s);
struct centre_agreement stage_agreement(void);
// Puts an aircraft east_km from the border between WEST and EAST (negative: in WEST).
void stage_fly(struct stage *s, int flight, const char *callsign, double east_km, double east_mps);
void stage_run(struct stage *s, double seconds);
void stage_link(struct stage *s, int a, int b, bool up);
void stage_kill(struct stage *s, int node);
void stage_restart(struct stage *s, int node);
void stage_drop(struct stage *s, int flight);
int stage_command(struct stage *s, int node, enum desk_command_kind kind, int flight);
int stage_command_to(struct stage *s, int node, enum desk_command_kind kind, int flight, const char *to);
// How many nodes claim an aircraft, and which centre (of the first).
int stage_owners(const struct stage *s, int flight, int *centre);
// The log since the last call.
const char *stage_log(struct stage *s);

#endif
