/* Samples are walked through in the order of time, all aircraft of an instant together; sums are kept by kind and layer, and by place. */
#include "sim/observed.h"

#include "base/unit.h"
#include "geo/area.h"
#include "score/match.h"
#include "sim/judged.h"
#include "sim/track_rows.h"
#include "sim/warning.h"
#include "sim/world/table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GATE_M 5000.0       /* a track this near is the aircraft's (as airseam evaluate has it) */
#define TRACK_HOLD_S 12.0
#define PROFILE_STEP_M 2500.0
#define LEAST_DETECTION 0.01 /* what is less probable is not taken for chance */

struct fact {
    double rcs_m2, silenced_s; /* answers before the latter: -HUGE_VAL never, HUGE_VAL always */
    double began_s, entry_s, predicted_s, plot_s, track_s; /* NaN: not yet */
    bool outside, foreseen;
};

struct work {
    const struct study *study;
    struct observed *out;
    struct judged judged;
    struct states tracks;
    struct match *match;
    struct area *nation;
    struct fact *fact;        /* per aircraft */
    uint16_t *samples, *seen; /* per kind, cell and layer */
    double *grid;
    size_t instants;
    size_t *row;
    struct match_state *targets, *held;
};

struct sample {
    double time_s;
    uint32_t target, cell;
    int kind, layer;
    struct geodetic at;
    bool predicted, observed, tracked;
};

/* ---- what is read ---- */

static bool read_facts(struct work *w, const char *truth, char *error, size_t error_size)
{
    static const char *const names[] = {"target_id", "transponder", "rcs_m2", "silenced_s"};
    struct table t;
    struct text f[4];
    char path[4200];

    snprintf(path, sizeof path, "%s/targets.csv", truth);
    bool open = table_open(&t, path, names, 4, 3);
    for (uint32_t i = 0; i < w->judged.states.names; i++)
        w->fact[i] = (struct fact){w->study->settings.target.rcs_m2, HUGE_VAL, NAN, NAN, NAN, NAN, NAN, true, false};
    while (open && table_next(&t, f)) {
        uint32_t target = states_find(&w->judged.states, f[0]);
        if (target == MATCH_NONE)
            continue;
        w->fact[target].rcs_m2 = table_number(&t, "square metres", f[2], 1e-4, 1e6);
        w->fact[target].silenced_s = table_number(&t, "0 or 1", f[1], 0, 1) < 1 ? -HUGE_VAL : f[3].size ? table_number(&t, "seconds", f[3], -1e9, 1e9) : HUGE_VAL;
    }
    snprintf(error, error_size, "%s", t.error);
    table_close(&t);
    return !error[0];
}

static bool read_tracks(struct work *w, const char *path, char *error, size_t error_size)
{
    struct track_rows rows = {.path = path, .decoder = decoder_settings_default(), .grid_s = w->grid, .instants = w->instants};

    return !path || track_rows_read(&rows, &w->tracks, error, error_size);
}

static bool read_nation(struct work *w, const char *name, char *error, size_t error_size)
{
    const char *names[] = {name, NULL};
    size_t size = 0, offset;
    int code;
    char *bytes = name ? table_read("config/areas/land.area", &size, error, error_size) : NULL;

    w->nation = bytes ? area_new(bytes, size, names, &code, &offset) : NULL;
    free(bytes);
    if (name && !w->nation && !error[0])
        snprintf(error, error_size, "--warning: expected a nation of config/areas/land.area, found \"%s\"", name);
    return !name || w->nation;
}

static bool allocate(struct work *w)
{
    size_t targets = (size_t)w->judged.states.names + 1, tracks = (size_t)w->tracks.names + 1;
    size_t places = (size_t)SIGHT_KINDS * w->study->region->cells * REGION_LAYERS;
    struct match_settings m = {.cutoff_m = GATE_M, .gate_m = GATE_M, .stick_m = 0, .targets = (uint32_t)targets, .targets_at_once = (uint32_t)targets,
                               .tracks = (uint32_t)tracks, .tracks_at_once = (uint32_t)tracks};

    w->samples = calloc(places + 1, sizeof *w->samples);
    w->seen = calloc(places + 1, sizeof *w->seen);
    w->row = calloc(targets > tracks ? targets : tracks, sizeof *w->row);
    w->targets = calloc(targets, sizeof *w->targets);
    w->held = calloc(tracks, sizeof *w->held);
    w->match = match_new(&m);
    return w->samples && w->seen && w->row && w->targets && w->held && w->match;
}

static bool read_all(struct work *w, const char *truth, const char *tracks, const char *nation)
{
    struct judged_files files = {.truth = truth};
    char error[CONFIG_ERRORS_SIZE] = "";

    if (!judged_open(&w->judged, &files, error, sizeof error))
        return verb_error(w->study->verb, "%s", error) == VERB_DONE;
    if (!w->judged.has_plots)
        return verb_error(w->study->verb, "%s: expected plots.csv and plots_truth.csv in it", truth) == VERB_DONE;
    w->fact = calloc(w->judged.states.names + 1u, sizeof *w->fact);
    w->grid = judged_grid(&w->judged, 0, -HUGE_VAL, HUGE_VAL, &w->instants);
    if (!w->fact || !w->grid)
        return verb_error(w->study->verb, "memory is short") == VERB_DONE;
    if (!read_facts(w, truth, error, sizeof error) || !read_tracks(w, tracks, error, sizeof error) || !read_nation(w, nation, error, sizeof error))
        return verb_error(w->study->verb, "%s", error) == VERB_DONE;
    return allocate(w) || verb_error(w->study->verb, "memory is short") == VERB_DONE;
}

/* ---- why the two differ ---- */

/* Whether a sensor of the set sees that, at this very place. */
static bool seen_there(const struct study *s, enum sight_kind kind, struct geodetic at, struct sight_target target)
{
    for (uint32_t i = 0; i < s->sensors; i++) {
        const struct study_sensor *sensor = &s->sensor[i];
        struct horizon_place place;
        if (!sensor->in || !sensor->reach || sensor->sight.range_m[kind] <= 0)
            continue;
        struct sight sight = sight_of(&sensor->site, &sensor->type, &target);
        if (sight.range_m[kind] <= 0 || fabs(at.lat_rad - sensor->site.at.lat_rad) * HORIZON_EARTH_M > 1.02 * sight.range_m[kind])
            continue;
        place = horizon_locate(&sensor->site.frame, at.lat_rad, at.lon_rad);
        if (place.arc_m > 1.02 * sight.range_m[kind])
            continue;
        double lowest_m = horizon_profile_m(s->ground, sensor->site.at, s->settings.k, place, PROFILE_STEP_M);
        struct sight_span span = sight_span(&sight, kind, s->settings.k, sensor->reach->antenna_m, place, lowest_m);
        if (at.hae_m >= span.low_m && at.hae_m <= span.high_m)
            return true;
    }
    return false;
}

static const char *why(struct work *w, const struct sample *p)
{
    struct sight_target usual = w->study->settings.target, own = {w->fact[p->target].rcs_m2, usual.detection}, unlikely = {own.rcs_m2, LEAST_DETECTION};
    const char *cause = p->predicted ? judged_cause(&w->judged, p->target, p->time_s - OBSERVED_WINDOW_S, p->time_s) : NULL;

    if (seen_there(w->study, (enum sight_kind)p->kind, p->at, usual) == p->observed)
        return "place";
    if (p->kind == SIGHT_ECHO && seen_there(w->study, SIGHT_ECHO, p->at, own) == p->observed)
        return "cross-section";
    if (p->predicted)
        return cause ? cause : "no look";
    return seen_there(w->study, (enum sight_kind)p->kind, p->at, unlikely) ? "chance" : "unexplained";
}

/* Its number; the last one stands for all that find no room. */
static unsigned cause_of(struct observed *o, const char *name)
{
    unsigned i = 0;

    while (i < o->causes && strcmp(o->cause[i], name) != 0)
        i++;
    if (i == o->causes && i < OBSERVED_CAUSES)
        snprintf(o->cause[o->causes++], sizeof o->cause[0], "%s", name);
    return i < OBSERVED_CAUSES ? i : OBSERVED_CAUSES - 1;
}

/* ---- the walk ---- */

/* The highest layer that is not above it; -1: it is below all. */
static int layer_below(const struct region_cell *c, double height_m)
{
    int best = -1;
    double best_m = -1;

    for (int i = 0; i < REGION_LAYERS; i++) {
        double layer_m = region_height_m(c, &region_layer[i]);
        if (layer_m >= 0 && layer_m <= height_m && layer_m > best_m) {
            best = i;
            best_m = layer_m;
        }
    }
    return best;
}

static size_t place_of(const struct work *w, const struct sample *p)
{
    return ((size_t)p->kind * w->study->region->cells + p->cell) * REGION_LAYERS + (size_t)p->layer;
}

static void count(struct work *w, const struct sample *p)
{
    int rows[2] = {p->layer, REGION_LAYERS};
    unsigned cause = p->predicted == p->observed ? 0 : cause_of(w->out, why(w, p));
    size_t place = place_of(w, p);

    w->samples[place] = (uint16_t)(w->samples[place] + (w->samples[place] < UINT16_MAX));
    w->seen[place] = (uint16_t)(w->seen[place] + (p->observed && w->seen[place] < UINT16_MAX));
    for (int i = 0; i < 2; i++) {
        struct observed_row *row = &w->out->row[p->kind][rows[i]];
        row->samples++;
        row->predicted += p->predicted;
        row->observed += p->observed;
        row->tracked += p->tracked;
        row->agree += p->predicted == p->observed;
        row->missed[cause] += p->predicted && !p->observed;
        row->unforeseen[cause] += !p->predicted && p->observed;
    }
}

static void first(double *at, bool holds, double time_s)
{
    if (holds && isnan(*at))
        *at = time_s;
}

/* Until it enters the nation; a flight that is seen in its first whole window was known before it began here. */
static void follow(struct work *w, const struct sample *p)
{
    struct fact *f = &w->fact[p->target];
    bool inside = w->nation && area_at(w->nation, p->at.lat_rad, p->at.lon_rad) != AREA_NONE;

    if (!w->nation || !isnan(f->entry_s) || !f->outside)
        return;
    f->foreseen = f->foreseen || (p->time_s - f->began_s < OBSERVED_WINDOW_S + 5 && (p->predicted || p->observed));
    first(&f->predicted_s, p->predicted, p->time_s);
    first(&f->plot_s, p->observed, p->time_s);
    first(&f->track_s, p->tracked, p->time_s);
    first(&f->entry_s, inside, p->time_s);
}

static void take(struct work *w, const struct states_row *row, bool tracked)
{
    const struct study *s = w->study;
    struct fact *f = &w->fact[row->state.id];
    double since_s = row->time_s - f->silenced_s;
    struct sample p = {.time_s = row->time_s, .target = row->state.id, .kind = since_s < 0 ? SIGHT_REPLY : SIGHT_ECHO, .tracked = tracked};

    p.at = (struct geodetic){row->state.lat_rad, row->state.lon_rad, row->state.alt_m};
    if (isnan(f->began_s)) {
        f->began_s = row->time_s;
        f->outside = !w->nation || area_at(w->nation, p.at.lat_rad, p.at.lon_rad) == AREA_NONE;
    }
    if (row->time_s - f->began_s < OBSERVED_WINDOW_S || (since_s >= 0 && since_s < OBSERVED_WINDOW_S))
        return; /* its window is not full */
    int32_t cell = region_find(s->region, p.at.lat_rad, p.at.lon_rad);
    p.layer = cell >= 0 ? layer_below(&s->region->cell[cell], p.at.hae_m) : -1;
    if (p.layer < 0) {
        w->out->outside++;
        return;
    }
    p.cell = (uint32_t)cell;
    p.predicted = s->volume->count[p.kind][(size_t)p.cell * REGION_LAYERS + (size_t)p.layer] > 0;
    p.observed = p.time_s - (p.kind == SIGHT_REPLY ? w->judged.latest_answer_s : w->judged.latest_plot_s)[p.target] <= OBSERVED_WINDOW_S;
    count(w, &p);
    follow(w, &p);
}

static void walk(struct work *w)
{
    for (size_t i = 0; i < w->instants; i++) {
        double time_s = w->grid[i];
        uint32_t k = states_at(&w->tracks, time_s, TRACK_HOLD_S, w->row);
        for (uint32_t t = 0; t < k; t++) {
            const struct states_row *row = &w->tracks.row[w->row[t]];
            w->held[t] = row->state;
            match_extrapolate(&w->held[t], time_s - row->time_s);
        }
        judged_see(&w->judged, time_s);
        uint32_t n = states_at(&w->judged.states, time_s, 0, w->row);
        for (uint32_t t = 0; t < n; t++)
            w->targets[t] = w->judged.states.row[w->row[t]].state;
        struct match_result m = match_instant(w->match, w->targets, n, w->held, k);
        for (uint32_t t = 0; t < n; t++)
            take(w, &w->judged.states.row[w->row[t]], m.held[t] != MATCH_NONE);
        if (w->study->settings.progress && (i % 16 == 0 || i + 1 == w->instants))
            fprintf(stderr, "\rpredicted and observed: %3.0f %%%s", 100.0 * (double)(i + 1) / (double)w->instants, i + 1 == w->instants ? "\n" : "");
    }
}

/* ---- what it comes to ---- */

static int by_samples(const void *a, const void *b)
{
    const struct observed_place *p = a, *q = b;

    return p->samples != q->samples ? (p->samples < q->samples) - (p->samples > q->samples) : (p->cell > q->cell) - (p->cell < q->cell);
}

/* Keeps the places that differ with the most samples. */
static void keep_place(struct observed *o, const struct observed_place *p)
{
    if (o->places < OBSERVED_PLACES)
        o->place[o->places++] = *p;
    else if (by_samples(p, &o->place[o->places - 1]) < 0)
        o->place[o->places - 1] = *p;
    else
        return;
    for (unsigned i = o->places - 1; i > 0 && by_samples(&o->place[i], &o->place[i - 1]) < 0; i--) {
        struct observed_place between = o->place[i];
        o->place[i] = o->place[i - 1];
        o->place[i - 1] = between;
    }
}

static void judge_places(struct work *w)
{
    uint32_t cells = w->study->region->cells;

    for (size_t i = 0; i < (size_t)SIGHT_KINDS * cells * REGION_LAYERS; i++) {
        struct observed_place p = {.kind = (int)(i / REGION_LAYERS / cells), .layer = (int)(i % REGION_LAYERS), .cell = (uint32_t)(i / REGION_LAYERS % cells)};
        if (w->samples[i] < OBSERVED_LEAST)
            continue;
        p.samples = w->samples[i];
        p.observed = w->seen[i];
        p.predicted = w->study->volume->count[p.kind][(size_t)p.cell * REGION_LAYERS + (size_t)p.layer] > 0;
        bool agree = p.predicted == (2 * p.observed >= p.samples);
        for (int layer = p.layer, n = 0; n < 2; layer = REGION_LAYERS, n++) {
            w->out->row[p.kind][layer].places++;
            w->out->row[p.kind][layer].places_agree += agree;
        }
        if (!agree)
            keep_place(w->out, &p);
    }
}

static double minutes_before(double entry_s, double known_s)
{
    return isnan(known_s) || known_s > entry_s ? 0 : (entry_s - known_s) / 60;
}

static void judge_flights(struct work *w)
{
    struct observed *o = w->out;

    for (uint32_t i = 0; i < w->judged.states.names; i++) {
        const struct fact *f = &w->fact[i];
        o->aircraft += isnan(f->began_s) ? 0 : 1;
        if (isnan(f->entry_s))
            continue;
        o->foreseen += f->foreseen;
        if (f->foreseen || o->flights == OBSERVED_FLIGHTS)
            continue;
        struct observed_flight *flight = &o->flight[o->flights++];
        *flight = (struct observed_flight){.kind = f->entry_s < f->silenced_s ? SIGHT_REPLY : SIGHT_ECHO, .entry_s = f->entry_s,
                                           .predicted_min = minutes_before(f->entry_s, f->predicted_s + WARNING_CONFIRM_S),
                                           .plot_min = minutes_before(f->entry_s, f->plot_s),
                                           .track_min = o->tracks ? minutes_before(f->entry_s, f->track_s) : (double)NAN};
        snprintf(flight->name, sizeof flight->name, "%s", w->judged.states.name[i]);
    }
}

bool observed_measure(const struct study *s, const char *truth, const char *tracks, const char *nation, struct observed *out)
{
    struct work w = {.study = s, .out = out};

    *out = (struct observed){.tracks = tracks != NULL};
    snprintf(out->nation, sizeof out->nation, "%s", nation ? nation : "");
    bool good = read_all(&w, truth, tracks, nation);
    if (good) {
        walk(&w);
        judge_places(&w);
        judge_flights(&w);
    }
    judged_close(&w.judged);
    states_fini(&w.tracks);
    area_free(w.nation);
    match_free(w.match);
    free(w.fact);
    free(w.samples);
    free(w.seen);
    free(w.grid);
    free(w.row);
    free(w.targets);
    free(w.held);
    return good;
}
