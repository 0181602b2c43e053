/* airseam evaluate: tracks against truth. Rows are read whole and put in order of time; the grid's instants are then judged one by one by score/score.h. */
#include "score/score.h"
#include "sim/judged.h"
#include "sim/require.h"
#include "sim/track_rows.h"
#include "sim/verb.h"
#include "sim/verdict.h"

#include "daemon/config.h"
#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RECORDING_HOLD_S 12.0 /* three of the four seconds between a track's messages in CAT062 */
#define SAMPLED_HOLD_S 1.0

enum {
    TRUTH, TARGETS, PLOTS, PLOTS_TRUTH, COVER, ONLY, AREAS, GRID, T_MIN, T_MAX, CUTOFF, ASSOC, STICK, GAMMA, HOLD, LONG_GAP, DATE, EDITION, REQUIRE, GAPS, JSON,
    CSV, OPTIONS
};
static const struct verb_option options[] = {
    [TRUTH] = {"truth", "FILE", "where every aircraft was (CSV); a folder of airseam simulate --truth stands for all its files"},
    [TARGETS] = {"targets", "FILE", "the aircraft's classes (targets.csv), to judge each by itself"},
    [PLOTS] = {"plots", "FILE", "plots.csv, with --plots-truth: an aircraft counts while it had a plot lately"},
    [PLOTS_TRUTH] = {"plots-truth", "FILE", "plots_truth.csv: the aircraft of each plot"},
    [COVER] = {"cover", "SECONDS", "how long ago that plot may be [30]"},
    [ONLY] = {"only", "KIND", "judge cooperative or primary aircraft alone (with plots); the others do not count"},
    [AREAS] = {"areas", "FILE", "judge by region, as in config/areas/land.area"},
    [GRID] = {"grid", "SECONDS", "between the instants that are judged; 0: every instant of the truth [5]"},
    [T_MIN] = {"t-min", "SECONDS", "from that instant on"},
    [T_MAX] = {"t-max", "SECONDS", "to that instant"},
    [CUTOFF] = {"c", "METRES", "cut-off distance of GOSPA [10000]"},
    [ASSOC] = {"assoc", "METRES", "how far a track may be from its aircraft [5000]"},
    [STICK] = {"stick", "METRES", "hysteresis of that association [1000]"},
    [GAMMA] = {"gamma", "METRES", "cost of a switch in the bound of trajectory GOSPA [10000]"},
    [HOLD] = {"hold", "SECONDS", "how old a track's row may be [1; of recordings of tracks 12]"},
    [LONG_GAP] = {"long-gap", "SECONDS", "what a long gap is: three updates of 8 s and a tenth [26.4]"},
    [DATE] = {"date", "YYYY-MM-DD", "day of a recording's first track, where it has none [1970-01-01]"},
    [EDITION] = {"edition", "CAT=EDITION", "decode a category of a recording by another edition; may be repeated"},
    [REQUIRE] = {"require", "FILE", "limits of measures (YAML): fail where one is not kept"},
    [GAPS] = {"gaps", "FILE", "write every time that an aircraft had no track (CSV)"},
    [JSON] = {"json", NULL, "print everything as JSON"},
    [CSV] = {"csv", NULL, "print slice,measure,value"},
    [OPTIONS] = {NULL, NULL, NULL},
};

struct evaluate {
    const struct verb *verb;
    struct judged_files files;
    const char *require_path, *gaps_path, *only;
    double cover_s, grid_s, from_s, to_s, hold_s, long_gap_s; /* hold_s NaN: by the kind of input */
    struct score_settings settings;
    struct track_rows rows;
    bool json, csv;
    /* at work */
    struct judged judged;
    struct states tracks;
    struct require require;
    double *grid;
    size_t instants;
    struct continuity_gap *gap;
    size_t gaps, gap_room;
    uint64_t present; /* slices that some aircraft counted in */
};

/* ---- options ---- */

static int take_edition(struct evaluate *e, const char *value)
{
    struct decoder_settings *d = &e->rows.decoder;
    const char *equals = strchr(value, '=');
    int64_t category = 0;
    if (equals && d->editions < DECODER_EDITIONS && text_int((struct text){value, (size_t)(equals - value)}, 10, &category) == 0 && category > 0 &&
        category < 256 && equals[1] && strlen(equals + 1) < sizeof d->edition[0].edition) {
        d->edition[d->editions] = (struct decoder_edition){.category = (uint8_t)category};
        memcpy(d->edition[d->editions++].edition, equals + 1, strlen(equals + 1) + 1);
        return VERB_DONE;
    }
    return verb_error(e->verb, "--edition: expected CAT=EDITION as in 062=1.18, found '%s'", value);
}

static int take_text(struct evaluate *e, int option, const char *value)
{
    const struct {
        int option;
        const char **to;
    } texts[] = {{TRUTH, &e->files.truth},         {TARGETS, &e->files.targets},      {PLOTS, &e->files.plots},
                 {PLOTS_TRUTH, &e->files.plots_truth}, {AREAS, &e->files.areas},          {REQUIRE, &e->require_path},
                 {GAPS, &e->gaps_path},            {ONLY, &e->only}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].option == option)
            *texts[i].to = value;
    if (option == ONLY && strcmp(value, "cooperative") != 0 && strcmp(value, "primary") != 0)
        return verb_error(e->verb, "--only: expected cooperative or primary, found '%s'", value);
    if (option == DATE && instant_parse_date(value, &e->rows.decoder.date) != 0)
        return verb_error(e->verb, "--date: expected YYYY-MM-DD, found '%s'", value);
    return option == EDITION ? take_edition(e, value) : VERB_DONE;
}

static int take(struct evaluate *e, int option, const struct verb_args *a)
{
    struct match_settings *m = &e->settings.match;
    const struct {
        int option;
        double least, most;
        double *to;
    } numbers[] = {
        {COVER, 0, 86400, &e->cover_s}, {GRID, 0, 86400, &e->grid_s},     {T_MIN, -1e9, 1e9, &e->from_s},    {T_MAX, -1e9, 1e9, &e->to_s},
        {CUTOFF, 1, 1e6, &m->cutoff_m}, {ASSOC, 1, 1e6, &m->gate_m},      {STICK, 0, 1e6, &m->stick_m},      {GAMMA, 0, 1e6, &e->settings.switch_m},
        {HOLD, 0, 86400, &e->hold_s},   {LONG_GAP, 0, 86400, &e->long_gap_s},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (numbers[i].option == option)
            return verb_number(a, options[option].name, numbers[i].least, numbers[i].most, numbers[i].to) ? VERB_DONE : VERB_USAGE;
    e->json = e->json || option == JSON;
    e->csv = e->csv || option == CSV;
    return option == JSON || option == CSV ? VERB_DONE : take_text(e, option, a->value);
}

/* ---- judging ---- */

static void on_gap(void *context, const struct continuity_gap *gap)
{
    struct evaluate *e = context;
    if (e->gaps == e->gap_room) {
        e->gap_room = e->gap_room ? 2 * e->gap_room : 256;
        e->gap = realloc(e->gap, e->gap_room * sizeof *e->gap);
        assert(e->gap);
    }
    e->gap[e->gaps++] = *gap;
}

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* The median distance of the grid's instants. */
static double step_of(const double *grid, size_t instants)
{
    size_t n = instants > 1 ? instants - 1 : 0;
    double *steps = calloc(n + 1, sizeof *steps), step_s = 1.0;
    assert(steps);
    for (size_t i = 0; i < n; i++)
        steps[i] = grid[i + 1] - grid[i];
    qsort(steps, n, sizeof *steps, by_value);
    if (n)
        step_s = 0.5 * (steps[(n - 1) / 2] + steps[n / 2]);
    free(steps);
    return step_s;
}

/* What holds at an instant, in arrays that last. */
struct sight {
    size_t *row;
    struct match_state *targets, *tracks;
    struct score_mark *marks;
};

static struct score_instant look(struct evaluate *e, struct sight *w, double time_s)
{
    struct score_instant in = {.time_s = time_s, .targets = w->targets, .tracks = w->tracks, .marks = w->marks};
    judged_see(&e->judged, time_s);
    in.n = states_at(&e->judged.states, time_s, 0, w->row);
    for (uint32_t i = 0; i < in.n; i++) {
        const struct states_row *row = &e->judged.states.row[w->row[i]];
        bool seen = judged_seen(&e->judged, row->state.id, time_s, e->cover_s);
        bool chosen = !e->only || e->judged.cooperative[row->state.id] == (e->only[0] == 'c');
        w->targets[i] = row->state;
        w->targets[i].aside = e->only && !(seen && chosen);
        w->marks[i] = (struct score_mark){row->slices, seen && chosen, seen};
        e->present |= seen && chosen ? row->slices : 0;
    }
    in.k = states_at(&e->tracks, time_s, e->hold_s, w->row);
    for (uint32_t i = 0; i < in.k; i++) {
        const struct states_row *row = &e->tracks.row[w->row[i]];
        w->tracks[i] = row->state;
        if (time_s - row->time_s > STATES_EPSILON_S)
            match_extrapolate(&w->tracks[i], time_s - row->time_s);
    }
    return in;
}

static void judge(struct evaluate *e, struct score *score)
{
    uint32_t targets = e->judged.states.names + 1, tracks = e->tracks.names + 1;
    struct sight w = {.row = calloc(targets > tracks ? targets : tracks, sizeof *w.row),
                      .targets = calloc(targets, sizeof *w.targets),
                      .tracks = calloc(tracks, sizeof *w.tracks),
                      .marks = calloc(targets, sizeof *w.marks)};
    assert(w.row && w.targets && w.tracks && w.marks);
    for (size_t i = 0; i < e->instants; i++) {
        struct score_instant in = look(e, &w, e->grid[i]);
        score_instant(score, &in);
    }
    score_end(score);
    free(w.row);
    free(w.targets);
    free(w.tracks);
    free(w.marks);
}

/* ---- the run ---- */

static int print(struct evaluate *e, const struct verdict *v)
{
    FILE *gaps = e->gaps_path ? fopen(e->gaps_path, "w") : NULL;
    if (e->gaps_path && !gaps)
        return verb_error(e->verb, "%s: %s", e->gaps_path, strerror(errno));
    if (gaps) {
        verdict_gaps(v, gaps);
        bool failed = ferror(gaps);
        if (fclose(gaps) != 0 || failed)
            return verb_error(e->verb, "%s: could not be written", e->gaps_path);
    }
    (e->json ? verdict_json : e->csv ? verdict_csv : verdict_text)(v, stdout);
    unsigned failures = verdict_failures(v);
    if (failures && v->require)
        verb_error(e->verb, "%u of %u limits are not kept", failures, v->require->limits);
    if (e->rows.differs)
        verb_error(e->verb, "the tape ends in another digest: the run that wrote it had another result");
    return failures || e->rows.differs ? VERB_FAILED : VERB_DONE;
}

static int conclude(struct evaluate *e, struct score *score)
{
    static struct verdict_slice slice[SCORE_SLICES];
    struct verdict v = {.slice = slice, .truth = &e->judged, .tracks = &e->tracks, .cover_s = e->cover_s, .inexact = score_inexact(score)};
    for (uint32_t k = 0; k < e->judged.slices; k++) {
        if (k > 0 && !(e->present >> k & 1))
            continue;
        slice[v.slices].name = e->judged.slice[k];
        score_result(score, k, slice[v.slices++].value);
    }
    v.gap = e->gap;
    v.gaps = e->gaps;
    v.require = e->require_path ? &e->require : NULL;
    return print(e, &v);
}

static bool read_all(struct evaluate *e)
{
    char error[CONFIG_ERRORS_SIZE] = "";
    if (!judged_open(&e->judged, &e->files, error, sizeof error))
        return verb_error(e->verb, "%s", error) == VERB_DONE;
    if (e->only && !e->judged.has_plots)
        return verb_error(e->verb, "--only needs --plots and --plots-truth: plots tell who answers") == VERB_DONE;
    e->grid = judged_grid(&e->judged, e->grid_s, e->from_s, e->to_s, &e->instants);
    if (e->instants == 0)
        return verb_error(e->verb, "%s: no instant from --t-min to --t-max", e->files.truth) == VERB_DONE;
    e->rows.grid_s = e->grid;
    e->rows.instants = e->instants;
    if (!track_rows_read(&e->rows, &e->tracks, error, sizeof error))
        return verb_error(e->verb, "%s", error) == VERB_DONE;
    if (isnan(e->hold_s))
        e->hold_s = e->rows.sampled ? SAMPLED_HOLD_S : RECORDING_HOLD_S;
    return true;
}

static int evaluate(struct evaluate *e)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    if (e->require_path && !require_read(&e->require, e->require_path, &errors)) {
        fputs(room, stderr);
        return VERB_USAGE;
    }
    if (!read_all(e))
        return VERB_USAGE;
    struct score_settings *s = &e->settings;
    s->match.targets = s->match.targets_at_once = e->judged.states.names;
    s->match.tracks = s->match.tracks_at_once = e->tracks.names;
    s->step_s = step_of(e->grid, e->instants);
    s->long_gap_s = e->long_gap_s;
    s->first_plot_s = e->judged.has_plots ? e->judged.first_plot_s : NULL;
    s->chosen = e->only != NULL;
    s->slices = e->judged.slices;
    s->gap = on_gap;
    s->context = e;
    struct score *score = score_new(s);
    if (!score)
        return verb_error(e->verb, "no memory");
    judge(e, score);
    int status = conclude(e, score);
    score_free(score);
    return status;
}

static int run(const struct verb *verb, int argc, char **argv)
{
    static struct evaluate e;
    struct verb_args args = verb_args_init(verb, argc, argv);
    int got, status = VERB_DONE;
    e = (struct evaluate){.verb = verb, .cover_s = 30, .grid_s = 5, .from_s = -HUGE_VAL, .to_s = HUGE_VAL, .hold_s = (double)NAN, .long_gap_s = 26.4};
    e.settings = (struct score_settings){.match = {.cutoff_m = 10000, .gate_m = 5000, .stick_m = 1000}, .switch_m = 10000};
    e.rows.decoder = decoder_settings_default();
    while (status == VERB_DONE && (got = verb_args_next(&args)) != VERB_END) {
        if (got == VERB_OPERAND && e.rows.path)
            status = verb_error(verb, "one file of tracks at a time");
        else if (got == VERB_OPERAND)
            e.rows.path = args.value;
        else
            status = got == VERB_BAD ? VERB_USAGE : take(&e, got, &args);
    }
    if (status == VERB_DONE && (!e.rows.path || !e.files.truth))
        status = verb_error(verb, "which %s? 'airseam evaluate --help' says what it takes", e.rows.path ? "truth (--truth)" : "tracks");
    if (status == VERB_DONE)
        status = evaluate(&e);
    judged_close(&e.judged);
    states_fini(&e.tracks);
    free(e.grid);
    free(e.gap);
    return status;
}

const struct verb evaluate_verb = {"evaluate", "TRACKS", "judge tracks by the truth: GOSPA, SIAP, continuity, accuracy, gaps", options, run};
