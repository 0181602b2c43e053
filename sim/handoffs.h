/* handoffs: what a log of handoffs (handoff/diary.h) comes to: outcomes, times, the worst ones; per pair of centres and over all.
 *
 * Of every transfer that its giving centre closed. Times as 7110.65 5-4-2 has them, with t0 offered, t1 delivered, t2 displayed, t3 accepted, t4 acceptance seen, tb
 * boundary: by message, system t2 - t0 + t4 - t3, human t3 - t2, total t4 - t0, margin tb - t3, distance flown until t4; by telephone (a model), total from ringing to
 * the end of the call, margin from there to the boundary. Percentiles are exact: nearest rank. */
#ifndef SIM_HANDOFFS_H
#define SIM_HANDOFFS_H

#include "handoff/diary.h"
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#define HANDOFFS_PAIRS 256
#define HANDOFFS_LOGS 4

/* X(NAME, word, text) */
#define HANDOFFS_MEASURES(X)                                                                                                 \
    X(SYSTEM, "system_s", "system latency, s") X(HUMAN, "human_s", "human latency, s") X(TOTAL, "total_s", "total, s")         \
    X(VOICE, "voice_s", "by telephone (model), s") X(MARGIN, "margin_s", "margin to the boundary, s") X(DISTANCE, "distance_nm", "distance flown, NM")
enum handoffs_measure {
#define X(name, word, text) HANDOFFS_##name,
    HANDOFFS_MEASURES(X)
#undef X
        HANDOFFS_MEASURES_COUNT
};

struct handoffs_pair {
    char from[5], to[5];                /* "" both: all pairs */
    unsigned transfers, outcome[MACHINE_OUTCOMES_COUNT], late, other_number; /* late: taken behind the boundary, or not at all */
    unsigned count[HANDOFFS_MEASURES_COUNT];
    double *value[HANDOFFS_MEASURES_COUNT]; /* ascending once read; of a margin the least is the worst */
};

struct handoffs {
    const char *path;
    struct diary_entry *entry;          /* the closed transfers, the worst first */
    size_t entries, room;
    unsigned pairs;                     /* pair[0] is all */
    struct handoffs_pair pair[HANDOFFS_PAIRS];
    unsigned conflicts, told, passed;   /* lines that are no entry: passed over, each told on standard error */
};

/* False after a line on standard error (what was read stays to be closed). */
bool handoffs_read(struct handoffs *h, const char *path, const char *verb);
void handoffs_close(struct handoffs *h);

double handoffs_of(const struct diary_entry *e, enum handoffs_measure measure); /* NaN: it has none */
double handoffs_percentile(const struct handoffs_pair *p, enum handoffs_measure measure, double part);
/* Limits of EUROCONTROL-SPEC-0106 on a transaction: 4 s in 90 %, 10 s in 99.8 %. */
bool handoffs_keeps_oldi(const struct handoffs_pair *p);

void handoffs_text(const struct handoffs *logs, unsigned count, unsigned worst, FILE *out);
json_t *handoffs_json(const struct handoffs *logs, unsigned count, unsigned worst);
void handoffs_html(const struct handoffs *logs, unsigned count, unsigned worst, FILE *out);

#endif
