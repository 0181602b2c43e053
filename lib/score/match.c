/* match: see the header. Pairs within the cutoff come from a spatial hash; cluster_solve takes what a pair saves against leaving both alone, which
 * is d^2 - cutoff^2 for GOSPA and d^2 (+ stick^2) - gate^2 - stick^2 for continuity. */
#include "score/match.h"

#include "base/cluster.h"
#include "geo/bucket.h"
#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST 512        /* aircraft, and tracks, in a cluster that is solved optimally */
#define PAIRS_EACH 32      /* room for pairs per aircraft, on the average */
#define PAIRS_LEAST 16384
#define CELL_LEAST_M 1000.0 /* geo/bucket */

struct match {
    struct match_settings settings;
    uint32_t room; /* pairs */
    struct bucket *bucket;
    struct cluster *cluster;
    struct cluster_pair *pair;
    double *distance_m;         /* of each pair */
    uint32_t *last_track;       /* of each aircraft: the track that held it last */
    uint32_t *last_target;      /* of each track */
    uint32_t *found;            /* tracks_at_once */
    double *unit;               /* of each track at once: x, y, z on the unit sphere */
    uint32_t *paired, *held, *near;
    double *paired_m, *held_m, *near_m;
};

static bool match_allocated(const struct match *m)
{
    return m->bucket && m->cluster && m->pair && m->distance_m && m->last_track && m->last_target && m->found && m->unit && m->paired &&
           m->held && m->near && m->paired_m && m->held_m && m->near_m;
}

struct match *match_new(const struct match_settings *s)
{
    struct match *m = calloc(1, sizeof *m);
    size_t n = s->targets_at_once + 1, k = s->tracks_at_once + 1;
    if (!m)
        return NULL;
    m->settings = *s;
    m->room = PAIRS_EACH * s->targets_at_once + PAIRS_LEAST;
    m->bucket = bucket_new(s->tracks_at_once + 1, fmax(s->cutoff_m, CELL_LEAST_M));
    m->cluster = cluster_new((uint32_t)n, m->room, (uint32_t)k, LARGEST);
    m->pair = calloc(m->room, sizeof *m->pair);
    m->distance_m = calloc(m->room, sizeof *m->distance_m);
    m->last_track = malloc((s->targets + 1) * sizeof *m->last_track);
    m->last_target = malloc((s->tracks + 1) * sizeof *m->last_target);
    m->found = calloc(k, sizeof *m->found);
    m->unit = calloc(3 * k, sizeof *m->unit);
    m->paired = calloc(n, sizeof *m->paired);
    m->held = calloc(n, sizeof *m->held);
    m->near = calloc(k, sizeof *m->near);
    m->paired_m = calloc(n, sizeof *m->paired_m);
    m->held_m = calloc(n, sizeof *m->held_m);
    m->near_m = calloc(k, sizeof *m->near_m);
    if (!match_allocated(m)) {
        match_free(m);
        return NULL;
    }
    memset(m->last_track, 0xff, (s->targets + 1) * sizeof *m->last_track);
    memset(m->last_target, 0xff, (s->tracks + 1) * sizeof *m->last_target);
    return m;
}

void match_free(struct match *m)
{
    if (!m)
        return;
    bucket_free(m->bucket);
    cluster_free(m->cluster);
    free(m->pair);
    free(m->distance_m);
    free(m->last_track);
    free(m->last_target);
    free(m->found);
    free(m->unit);
    free(m->paired);
    free(m->held);
    free(m->near);
    free(m->paired_m);
    free(m->held_m);
    free(m->near_m);
    free(m);
}

void match_extrapolate(struct match_state *s, double age_s)
{
    if (isnan(s->north_mps) || isnan(s->east_mps))
        return;
    s->lat_rad += s->north_mps * age_s / MATCH_RADIUS_M;
    s->lon_rad += s->east_mps * age_s / (MATCH_RADIUS_M * cos(s->lat_rad));
}

static void unit_of(const struct match_state *s, double *unit)
{
    unit[0] = cos(s->lat_rad) * cos(s->lon_rad);
    unit[1] = cos(s->lat_rad) * sin(s->lon_rad);
    unit[2] = sin(s->lat_rad);
}

/* Along the great circle, from the chord: exact for small distances, where the arc cosine is not. */
static double distance_between(const double *a, const double *b)
{
    double chord = sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
    return 2.0 * MATCH_RADIUS_M * asin(fmin(1.0, 0.5 * chord));
}

/* All pairs within the cutoff; returns how many, and counts those without room. */
static uint32_t match_pairs(struct match *m, const struct match_state *targets, uint32_t n, uint32_t *without)
{
    uint32_t pairs = 0;
    for (uint32_t i = 0; i < n; i++) {
        double unit[3];
        unit_of(&targets[i], unit);
        uint32_t found = bucket_find(m->bucket, targets[i].lat_rad, targets[i].lon_rad, m->settings.cutoff_m, m->found, m->settings.tracks_at_once);
        for (uint32_t f = 0; f < found; f++) {
            double distance_m = distance_between(unit, m->unit + 3 * (size_t)m->found[f]);
            if (distance_m >= m->settings.cutoff_m)
                continue;
            if (pairs == m->room) {
                ++*without;
                continue;
            }
            m->pair[pairs] = (struct cluster_pair){i, m->found[f], 0};
            m->distance_m[pairs++] = distance_m;
        }
    }
    return pairs;
}

/* Distances of the pairs that were made. */
static void measure_made(const struct match *m, uint32_t pairs, const uint32_t *made, double *made_m)
{
    for (uint32_t p = 0; p < pairs; p++)
        if (made[m->pair[p].row] == m->pair[p].column)
            made_m[m->pair[p].row] = m->distance_m[p];
}

static uint32_t match_gospa(struct match *m, uint32_t pairs, uint32_t n)
{
    double alone = m->settings.cutoff_m * m->settings.cutoff_m;
    for (uint32_t p = 0; p < pairs; p++)
        m->pair[p].cost = m->distance_m[p] * m->distance_m[p] - alone;
    struct cluster_result r = cluster_solve(m->cluster, m->pair, pairs, n, m->paired);
    measure_made(m, pairs, m->paired, m->paired_m);
    return r.greedy;
}

/* Keeps the pairs within the gate, in place, with the costs of continuity; returns how many. */
static uint32_t match_gate(struct match *m, const struct match_state *targets, const struct match_state *tracks, uint32_t pairs)
{
    double stick = m->settings.stick_m * m->settings.stick_m, alone = m->settings.gate_m * m->settings.gate_m + stick;
    uint32_t kept = 0;
    for (uint32_t p = 0; p < pairs; p++) {
        double d = m->distance_m[p];
        if (d >= m->settings.gate_m)
            continue;
        bool same = m->last_track[targets[m->pair[p].row].id] == tracks[m->pair[p].column].id;
        m->pair[kept] = m->pair[p];
        m->pair[kept].cost = d * d + (same ? 0.0 : stick) - alone;
        m->distance_m[kept++] = d;
    }
    return kept;
}

static void match_near(struct match *m, const struct match_state *targets, uint32_t pairs, uint32_t n, uint32_t k)
{
    for (uint32_t j = 0; j < k; j++)
        m->near[j] = MATCH_NONE;
    for (uint32_t p = 0; p < pairs; p++) {
        uint32_t j = m->pair[p].column;
        if (m->near[j] == MATCH_NONE || m->distance_m[p] < m->near_m[j]) {
            m->near[j] = m->pair[p].row;
            m->near_m[j] = m->distance_m[p];
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (m->held[i] != MATCH_NONE && !targets[i].aside) {
            m->near[m->held[i]] = i;
            m->near_m[m->held[i]] = m->held_m[i];
        }
}

/* Who holds whom from now on. */
static void match_remember(struct match *m, const struct match_state *targets, const struct match_state *tracks, uint32_t n, struct match_result *r)
{
    for (uint32_t i = 0; i < n; i++) {
        if (m->held[i] == MATCH_NONE)
            continue;
        uint32_t target = targets[i].id, track = tracks[m->held[i]].id;
        r->switches += m->last_track[target] != MATCH_NONE && m->last_track[target] != track;
        r->swaps += m->last_target[track] != MATCH_NONE && m->last_target[track] != target;
        m->last_track[target] = track;
        m->last_target[track] = target;
    }
}

struct match_result match_instant(struct match *m, const struct match_state *targets, uint32_t n, const struct match_state *tracks, uint32_t k)
{
    assert(n <= m->settings.targets_at_once && k <= m->settings.tracks_at_once);
    struct match_result r = {m->paired, m->paired_m, m->held, m->held_m, m->near, m->near_m, 0, 0, 0, 0};
    for (uint32_t j = 0; j < k; j++) {
        bucket_add(m->bucket, j, tracks[j].lat_rad, tracks[j].lon_rad);
        unit_of(&tracks[j], m->unit + 3 * (size_t)j);
    }
    uint32_t pairs = match_pairs(m, targets, n, &r.inexact);
    for (uint32_t j = 0; j < k; j++)
        bucket_remove(m->bucket, j);
    r.inexact += match_gospa(m, pairs, n);
    for (uint32_t i = 0; i < n; i++)
        r.pairs += m->paired[i] != MATCH_NONE;
    pairs = match_gate(m, targets, tracks, pairs);
    r.inexact += cluster_solve(m->cluster, m->pair, pairs, n, m->held).greedy;
    measure_made(m, pairs, m->held, m->held_m);
    match_near(m, targets, pairs, n, k);
    match_remember(m, targets, tracks, n, &r);
    return r;
}
