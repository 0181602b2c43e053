/* verdict: what an evaluation found, for people (text), programs (JSON) and spreadsheets (CSV), and the list of gaps. */
#ifndef SIM_VERDICT_H
#define SIM_VERDICT_H

#include "score/score.h"
#include "sim/require.h"
#include "sim/judged.h"
#include <stdio.h>

struct verdict_slice {
    const char *name; /* lent */
    double value[SCORE_COUNT];
};
struct verdict {
    struct verdict_slice *slice; /* "all" first */
    unsigned slices;
    struct continuity_gap *gap;
    size_t gaps;
    const struct judged *truth; /* names of aircraft, causes */
    const struct states *tracks; /* names of tracks */
    double cover_s;             /* looks so long before a gap count as its cause */
    const struct require *require;       /* NULL: nothing is required */
    uint64_t inexact;
};

/* The value of a measure for a slice, NaN when there is no such slice. */
double verdict_value(const struct verdict *v, const char *slice, enum score_measure measure);
/* Limits that are not kept. */
unsigned verdict_failures(const struct verdict *v);

void verdict_text(const struct verdict *v, FILE *out);
/* slice,measure,value */
void verdict_csv(const struct verdict *v, FILE *out);
void verdict_json(const struct verdict *v, FILE *out);
/* target_id,start_s,end_s,duration_s,seen_s,cause,lat,lon,alt_m,track_before,track_after,same_number */
void verdict_gaps(const struct verdict *v, FILE *out);

#endif
