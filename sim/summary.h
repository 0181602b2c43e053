/* summary: what a replay came to: records, faults with their places, plots, tracks, sensors, digest, speed; as text or as JSON. */
#ifndef SIM_SUMMARY_H
#define SIM_SUMMARY_H

#include "daemon/engine.h"
#include "sim/continuity.h"
#include "sim/merge.h"
#include <stdio.h>

#define SUMMARY_PLACES 3 /* of each kind of fault, the first ones */
#define SUMMARY_FAULTS 32
#define SUMMARY_UNKNOWN 64

struct summary_fault {
    const char *what; /* static text */
    int feed;         /* of the first one */
    uint64_t count, place[SUMMARY_PLACES]; /* offsets; meaningful where at_offset */
    bool at_offset;
    double a, b;      /* of the first one, as the notice's text says */
};

struct summary {
    unsigned faults;
    struct summary_fault fault[SUMMARY_FAULTS];
    unsigned unknowns;            /* sources that are no sensor's, the first ones */
    struct { uint16_t source; uint64_t count; } unknown[SUMMARY_UNKNOWN];
    struct instant first, last;   /* arrivals */
    uint64_t digest, cat062_records;
    bool has_end, end_differs;    /* a tape's own digest */
    double seconds;               /* of processor time */
};

void summary_notice(struct summary *s, int feed, const struct notice *n);
void summary_fault(struct summary *s, int feed, const struct framing_fault *f);

/* continuity: NULL when it was not asked for. */
void summary_print(const struct summary *s, const struct engine *e, const struct merge *m, const struct continuity *c, FILE *out);
void summary_json(const struct summary *s, const struct engine *e, const struct merge *m, const struct continuity *c, FILE *out);

#endif
