/* score: see the header. Every instant is matched once; what came of it is then booked for everything and for each slice an aircraft belongs to. */
#include "score/score.h"

#include "base/map.h"
#include "base/unit.h"
#include "score/error.h"
#include "score/gospa.h"
#include "score/latency.h"
#include "score/siap.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct score_row score_row[SCORE_COUNT] = {
#define WHOLE true
#define SLICE false
#define X(name, of, help) {#name, help, of},
    SCORE_MEASURES(X)
#undef X
#undef WHOLE
#undef SLICE
};

struct slice {
    struct gospa gospa;
    struct siap siap;
    struct error error;
    struct continuity_life *life; /* per target */
};

struct score {
    struct score_settings settings;
    struct match *match;
    struct slice *slice;
    struct continuity_watch *watch;  /* per target */
    struct map *met;                 /* target and track that held each other */
    uint32_t *ids;                   /* per target: different tracks */
    uint32_t *shown, *stray;         /* per track: instants; of them without an aircraft */
    double *work;                  /* targets: work space of percentiles */
    uint32_t long_gap;               /* instants */
    uint64_t swaps, inexact;
};

/* The lives of all slices in one block, so that one allocation stands for them. */
static bool stores_new(struct score *s)
{
    size_t targets = s->settings.match.targets + 1, tracks = s->settings.match.tracks + 1;
    s->slice = calloc(s->settings.slices, sizeof *s->slice);
    s->watch = calloc(targets, sizeof *s->watch);
    s->met = map_new((uint32_t)(4 * (targets + tracks)));
    s->ids = calloc(targets, sizeof *s->ids);
    s->shown = calloc(2 * tracks, sizeof *s->shown);
    s->work = calloc(targets, sizeof *s->work);
    struct continuity_life *lives = calloc(targets * s->settings.slices, sizeof *lives);
    if (s->slice)
        s->slice[0].life = lives;
    else
        free(lives);
    return s->slice && s->watch && s->met && s->ids && s->shown && s->work && lives;
}

struct score *score_new(const struct score_settings *settings)
{
    assert(settings->slices >= 1 && settings->slices <= SCORE_SLICES && settings->step_s > 0);
    struct score *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->settings = *settings;
    s->match = match_new(&settings->match);
    if (!stores_new(s) || !s->match) {
        score_free(s);
        return NULL;
    }
    s->stray = s->shown + settings->match.tracks + 1;
    s->long_gap = (uint32_t)fmax(1.0, ceil(settings->long_gap_s / settings->step_s));
    for (uint32_t i = 0; i < settings->slices; i++) {
        s->slice[i].life = s->slice[0].life + (size_t)i * (settings->match.targets + 1);
        error_init(&s->slice[i].error, settings->match.gate_m);
    }
    return s;
}

void score_free(struct score *s)
{
    if (!s)
        return;
    match_free(s->match);
    if (s->slice)
        free(s->slice[0].life);
    free(s->slice);
    free(s->watch);
    map_free(s->met);
    free(s->ids);
    free(s->shown);
    free(s->work);
    free(s);
}

/* What one aircraft at an instant means for a slice. */
static void book_target(struct score *s, uint32_t k, const struct score_instant *in, const struct match_result *r, uint32_t i)
{
    struct slice *slice = &s->slice[k];
    struct continuity_life *life = &slice->life[in->targets[i].id];
    bool counts = in->marks[i].counts, held = r->held[i] != MATCH_NONE;
    if (counts) {
        slice->siap.aircraft += 1;
        continuity_instant(life, in->time_s, held ? in->tracks[r->held[i]].id : MATCH_NONE, s->long_gap);
        if (r->paired[i] == MATCH_NONE)
            gospa_miss(&slice->gospa);
        else
            gospa_pair(&slice->gospa, r->paired_m[i]);
    }
    if (held && (counts || (k == 0 && !s->settings.chosen))) {
        error_input(&slice->error, &in->targets[i], &in->tracks[r->held[i]], r->held_m[i]);
        if (counts)
            continuity_error(life, r->held_m[i] > ERROR_LARGE_M);
    }
}

/* Each track belongs to the aircraft near to it; `some` is set for those that have one. */
static void book_track(struct score *s, const struct score_instant *in, const struct match_result *r, uint32_t j)
{
    uint32_t i = r->near[j];
    s->shown[in->tracks[j].id]++;
    if (i == MATCH_NONE) {
        s->stray[in->tracks[j].id]++;
        s->slice[0].siap.tracks += 1;
        return;
    }
    bool counts = in->marks[i].counts;
    for (uint64_t rest = in->marks[i].slices; rest; rest &= rest - 1) {
        uint32_t k = (uint32_t)__builtin_ctzll(rest);
        struct siap *siap = &s->slice[k].siap;
        siap->tracks += counts;
        siap->associated += counts;
        if (counts || k == 0) {
            siap->distance_m += r->near_m[j];
            siap->distances += 1;
        }
    }
}

/* Aircraft that have at least one track near them: each once, by the lowest track that is near it. */
static void book_tracked(struct score *s, const struct score_instant *in, const struct match_result *r)
{
    for (uint32_t i = 0; i < in->n; i++)
        s->work[in->targets[i].id] = 0;
    for (uint32_t j = 0; j < in->k; j++)
        if (r->near[j] != MATCH_NONE)
            s->work[in->targets[r->near[j]].id] = 1;
    for (uint32_t i = 0; i < in->n; i++)
        for (uint64_t rest = in->marks[i].slices; rest && in->marks[i].counts; rest &= rest - 1)
            s->slice[__builtin_ctzll(rest)].siap.tracked += s->work[in->targets[i].id];
}

static void book_meeting(struct score *s, uint32_t target, uint32_t track)
{
    uint64_t key = (uint64_t)target << 32 | track;
    uint32_t known;
    if (!map_find(s->met, key, &known) && map_add(s->met, key, 1) == 0)
        s->ids[target]++;
}

static void book_watch(struct score *s, const struct score_instant *in, const struct match_result *r, uint32_t i)
{
    struct continuity_gap gap;
    uint32_t track = r->held[i] == MATCH_NONE ? MATCH_NONE : in->tracks[r->held[i]].id;
    const struct continuity_look look = {in->time_s, s->settings.step_s, track, in->marks[i].seen};
    if (continuity_watch(&s->watch[in->targets[i].id], &look, &in->targets[i], &gap) && s->settings.gap)
        s->settings.gap(s->settings.context, &gap);
}

void score_instant(struct score *s, const struct score_instant *in)
{
    struct match_result r = match_instant(s->match, in->targets, in->n, in->tracks, in->k);
    for (uint32_t i = 0; i < in->n; i++) {
        for (uint64_t rest = in->marks[i].slices; rest; rest &= rest - 1)
            book_target(s, (uint32_t)__builtin_ctzll(rest), in, &r, i);
        if (r.held[i] != MATCH_NONE && in->marks[i].counts)
            book_meeting(s, in->targets[i].id, in->tracks[r.held[i]].id);
        book_watch(s, in, &r, i);
    }
    for (uint32_t j = 0; j < in->k; j++)
        book_track(s, in, &r, j);
    book_tracked(s, in, &r);
    gospa_false(&s->slice[0].gospa, in->k - r.pairs);
    gospa_switch(&s->slice[0].gospa, r.switches);
    for (uint32_t k = 0; k < s->settings.slices; k++)
        gospa_end(&s->slice[k].gospa, s->settings.match.cutoff_m);
    s->swaps += r.swaps;
    s->inexact += r.inexact;
}

void score_end(struct score *s)
{
    for (uint32_t t = 0; t < s->settings.match.targets; t++)
        if (s->watch[t].open && s->settings.gap)
            s->settings.gap(s->settings.context, &s->watch[t].gap);
}

uint64_t score_inexact(const struct score *s)
{
    return s->inexact;
}

static void result_gospa(const struct score *s, const struct slice *slice, double *value)
{
    struct gospa_result g = gospa_result(&slice->gospa, s->settings.match.cutoff_m, s->settings.switch_m);
    value[SCORE_gospa_rms_m] = g.rms_m;
    value[SCORE_gospa_loc_m] = g.near_m;
    value[SCORE_gospa_missed_m] = g.missed_m;
    value[SCORE_gospa_false_m] = g.false_m;
    value[SCORE_gospa_mean_m] = g.mean_m;
    value[SCORE_gospa_per_target_m] = g.rms_m / sqrt(fmax(value[SCORE_mean_targets], 1e-9));
    value[SCORE_missed_per_instant] = g.missed;
    value[SCORE_false_per_instant] = g.extra;
    value[SCORE_tgospa_ub_m] = g.trajectory_m;
}

static void result_error(const struct error *e, double instants, double *value)
{
    value[SCORE_siap_velocity_accuracy_mps] = error_mean(e->velocity_mps, e->velocities);
    value[SCORE_velocity_rms_mps] = error_rms(e->velocity_m2_s2, e->velocities);
    value[SCORE_speed_rms_mps] = error_rms(e->speed_m2_s2, e->velocities);
    value[SCORE_heading_rms_deg] = error_rms(e->heading_rad2, e->velocities) / UNIT_DEG;
    value[SCORE_pos_rms_m] = error_rms(e->sum_m2, e->count);
    value[SCORE_pos_mean_m] = error_mean(e->sum_m, e->count);
    value[SCORE_pos_p50_m] = error_percentile_m(e, 0.50);
    value[SCORE_pos_p95_m] = error_percentile_m(e, 0.95);
    value[SCORE_pos_p99_m] = error_percentile_m(e, 0.99);
    value[SCORE_share_err_gt_2100m] = error_mean((double)e->gross, e->count);
    value[SCORE_share_err_gt_926m] = error_mean((double)e->large, e->count);
    value[SCORE_along_rms_m] = error_rms(e->along_m2, e->motions);
    value[SCORE_across_rms_m] = error_rms(e->across_m2, e->motions);
    value[SCORE_alt_mean_abs_m] = error_mean(e->height_m, e->heights);
    value[SCORE_share_alt_err_gt_300ft] = error_mean((double)e->heights_wrong, e->heights);
    value[SCORE_share_err_correlated] /= instants;
}

static void result_siap(const struct siap *siap, double *value)
{
    value[SCORE_siap_completeness] = siap_completeness(siap);
    value[SCORE_siap_ambiguity] = siap_ambiguity(siap);
    value[SCORE_siap_spuriousness] = siap_spuriousness(siap);
    value[SCORE_siap_positional_accuracy_m] = siap_position_m(siap);
}

/* Sums over the aircraft that counted. */
struct lives {
    double instants, held, segments, segment_shares, held_shares, ids, single, long_gaps;
};

static struct lives sum_lives(const struct score *s, const struct slice *slice, double *value)
{
    struct lives sum = {0};
    for (uint32_t t = 0; t < s->settings.match.targets; t++) {
        const struct continuity_life *l = &slice->life[t];
        if (l->instants == 0)
            continue;
        value[SCORE_targets] += 1;
        value[SCORE_targets_never_tracked] += l->held == 0;
        value[SCORE_id_switches] += l->switches;
        value[SCORE_breaks] += l->breaks;
        value[SCORE_share_err_correlated] += l->correlated;
        sum.instants += l->instants;
        sum.held += l->held;
        sum.segments += l->longest_segment;
        sum.segment_shares += (double)l->longest_segment / l->instants;
        sum.held_shares += (double)l->held / l->instants;
        sum.long_gaps += l->long_gaps;
        sum.ids += s->ids[t];
        sum.single += s->ids[t] == 1;
    }
    return sum;
}

static void result_lives(const struct score *s, const struct lives *sum, double *value)
{
    double step_s = s->settings.step_s, hours = fmax(sum->instants * step_s / 3600.0, 1e-9), targets = value[SCORE_targets];
    double tracked = targets - value[SCORE_targets_never_tracked];
    value[SCORE_id_switches_per_target_hour] = value[SCORE_id_switches] / hours;
    value[SCORE_breaks_per_target_hour] = value[SCORE_breaks] / hours;
    value[SCORE_tracks_per_target] = sum->ids / targets;
    value[SCORE_single_id_targets_share] = sum->single / targets;
    value[SCORE_longest_segment_share] = sum->segment_shares / targets;
    value[SCORE_coverage_share] = sum->held_shares / targets;
    value[SCORE_siap_longest_segment] = sum->segments / sum->instants;
    value[SCORE_siap_number_changes_per_hour] = (sum->ids - tracked) / fmax(sum->held * step_s / 3600.0, 1e-9);
    value[SCORE_update_share] = sum->held / sum->instants;
    value[SCORE_long_gap_share] = sum->long_gaps / sum->instants;
}

/* From its first plot, where plots are known, to its first track. An aircraft that had one long before it came into a slice (climbed into a band) has to be
 * tracked from its first instant there. */
static double delay_s(const struct score *s, const struct slice *slice, uint32_t target)
{
    const struct continuity_life *l = &slice->life[target];
    if (!s->settings.first_plot_s)
        return l->first * s->settings.step_s;
    double since_s = s->settings.first_plot_s[target];
    if (slice != &s->slice[0] && since_s < l->begin_s - s->settings.step_s)
        since_s = l->begin_s;
    return fmax(0.0, l->first_s - since_s);
}

/* Delays of first tracks and longest gaps: percentiles over aircraft. */
static void result_latency(struct score *s, const struct slice *slice, double *value)
{
    uint32_t n = 0;
    for (uint32_t t = 0; t < s->settings.match.targets; t++) {
        const struct continuity_life *l = &slice->life[t];
        if (l->held > 0)
            s->work[n++] = delay_s(s, slice, t);
    }
    value[SCORE_init_delay_mean_s] = latency_mean(s->work, n);
    value[SCORE_init_delay_p95_s] = latency_percentile(s->work, n, 0.95);
    n = 0;
    for (uint32_t t = 0; t < s->settings.match.targets; t++) {
        const struct continuity_life *l = &slice->life[t];
        if (l->instants > 0)
            s->work[n++] = (l->held > 0 ? l->longest_gap : l->instants) * s->settings.step_s;
    }
    value[SCORE_max_gap_p99_s] = latency_percentile(s->work, n, 0.99);
}

static void result_tracks(const struct score *s, double *value)
{
    for (uint32_t k = 0; k < s->settings.match.tracks; k++) {
        value[SCORE_track_ids] += s->shown[k] > 0;
        value[SCORE_false_tracks] += s->shown[k] > 0 && 2 * s->stray[k] > s->shown[k];
    }
    value[SCORE_mean_tracks] = s->slice[0].siap.tracks / value[SCORE_instants];
    value[SCORE_false_tracks_per_hour] = value[SCORE_false_tracks] / (value[SCORE_instants] * s->settings.step_s / 3600.0);
    value[SCORE_swaps] = (double)s->swaps;
}

void score_result(struct score *s, uint32_t slice_number, double value[SCORE_COUNT])
{
    struct slice *slice = &s->slice[slice_number];
    memset(value, 0, SCORE_COUNT * sizeof *value);
    value[SCORE_instants] = (double)slice->gospa.instants;
    value[SCORE_grid_s] = s->settings.step_s;
    struct lives sum = sum_lives(s, slice, value);
    value[SCORE_mean_targets] = sum.instants / value[SCORE_instants];
    result_gospa(s, slice, value);
    result_siap(&slice->siap, value);
    result_error(&slice->error, sum.instants, value);
    result_lives(s, &sum, value);
    result_latency(s, slice, value);
    result_tracks(s, value);
    for (int m = 0; m < SCORE_COUNT; m++)
        if (slice_number > 0 && score_row[m].whole)
            value[m] = (double)NAN;
}
