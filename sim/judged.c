/* Files are read as tables (sim/world/table.h); everything is put in order of time afterwards, because plots come in order of arrival. */
#include "sim/judged.h"

#include "base/unit.h"
#include "geo/area.h"
#include "sim/world/table.h"
#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LAND_FILE "config/areas/land.area"
#define FAR 1e12 /* beyond any time in s or height in m */

static const struct {
    double below_m;
    const char *name;
} bands[] = {{1000 * UNIT_FT, "band:0-1000ft"},
             {5000 * UNIT_FT, "band:1000-5000ft"},
             {10000 * UNIT_FT, "band:5000-10000ft"},
             {25000 * UNIT_FT, "band:10000-25000ft"},
             {HUGE_VAL, "band:25000ft-"}};
#define BANDS (sizeof bands / sizeof bands[0])

/* The slice of a name, new or known; false: no room. */
static bool slice_of(struct judged *j, const char *kind, struct text name, uint64_t *bit)
{
    char text[sizeof j->slice[0]];
    snprintf(text, sizeof text, "%s%.*s", kind, (int)name.size, name.at);
    uint32_t i = 0;
    while (i < j->slices && strcmp(j->slice[i], text) != 0)
        i++;
    if (i == SCORE_SLICES)
        return false;
    if (i == j->slices)
        memcpy(j->slice[j->slices++], text, sizeof text);
    *bit = UINT64_C(1) << i;
    return true;
}

static double or_nothing(struct table *t, const char *name, struct text field)
{
    return field.size ? table_number(t, name, field, -FAR, FAR) : (double)NAN;
}

/* ---- truth.csv ---- */

static bool read_truth(struct judged *j, const char *path, char *error, size_t error_size)
{
    static const char *const names[] = {"time_s", "target_id", "lat", "lon", "alt_m", "vn_mps", "ve_mps"};
    struct table t;
    struct text f[7];
    bool open = table_open(&t, path, names, 7, 4);
    while (open && table_next(&t, f)) {
        struct states_row row = {.time_s = table_number(&t, "seconds", f[0], -FAR, FAR)};
        row.state = (struct match_state){
            .id = states_id(&j->states, f[1]),
            .lat_rad = table_number(&t, "degrees", f[2], -90, 90) * UNIT_DEG,
            .lon_rad = table_number(&t, "degrees", f[3], -180, 180) * UNIT_DEG,
            .alt_m = or_nothing(&t, "metres", f[4]),
            .north_mps = or_nothing(&t, "metres per second", f[5]),
            .east_mps = or_nothing(&t, "metres per second", f[6]),
        };
        states_add(&j->states, &row);
    }
    if (!t.error[0] && j->states.rows == 0)
        snprintf(t.error, sizeof t.error, "%s: no rows", path);
    snprintf(error, error_size, "%s", t.error);
    table_close(&t);
    return !error[0];
}

/* ---- targets.csv ---- */

static bool read_targets(struct judged *j, const char *path, char *error, size_t error_size)
{
    static const char *const names[] = {"target_id", "class", "silenced_s"};
    struct table t;
    struct text f[3];
    bool open = table_open(&t, path, names, 3, 2);
    while (open && table_next(&t, f)) {
        uint32_t target = states_find(&j->states, f[0]);
        uint64_t bit;
        if (target != MATCH_NONE && f[2].size)
            j->silenced_s[target] = table_number(&t, "seconds", f[2], -FAR, FAR);
        if (target == MATCH_NONE || f[1].size == 0)
            continue;
        if (slice_of(j, "class:", f[1], &bit))
            j->slices_of[target] |= bit;
        else
            table_refuse(&t, "fewer classes", f[1]);
    }
    snprintf(error, error_size, "%s", t.error);
    table_close(&t);
    return !error[0];
}

/* ---- plots.csv and plots_truth.csv ---- */

static void add_plot(struct judged *j, double time_s, uint32_t target, bool answered)
{
    if (j->plots == j->plot_room) {
        j->plot_room = j->plot_room ? 2 * j->plot_room : 4096;
        j->plot = realloc(j->plot, j->plot_room * sizeof *j->plot);
        assert(j->plot);
    }
    j->plot[j->plots++] = (struct judged_plot){time_s, target, answered};
    j->first_plot_s[target] = fmin(j->first_plot_s[target], time_s);
    j->cooperative[target] = j->cooperative[target] || answered;
}

static int by_plot_time(const void *a, const void *b)
{
    const struct judged_plot *p = a, *q = b;
    return (p->time_s > q->time_s) - (p->time_s < q->time_s);
}

static bool read_plots(struct judged *j, const char *path, const char *truth_path, char *error, size_t error_size)
{
    static const char *const names[] = {"time_s", "alt_m", "mode_a", "mode_s"}, *const truth_names[] = {"target_id"};
    struct table t, u;
    struct text f[4], whose;
    bool open = table_open(&t, path, names, 4, 1), open_too = table_open(&u, truth_path, truth_names, 1, 1);
    bool more = open && open_too, more_too = more;
    while (more && more_too) {
        more = table_next(&t, f);
        more_too = table_next(&u, &whose);
        uint32_t target = more && more_too ? states_find(&j->states, whose) : MATCH_NONE;
        if (target != MATCH_NONE)
            add_plot(j, table_number(&t, "seconds", f[0], -FAR, FAR), target, f[1].size || f[2].size || f[3].size);
    }
    if (!t.error[0] && !u.error[0] && more != more_too)
        snprintf(u.error, sizeof u.error, "%s:%u: expected as many rows as in %s", truth_path, u.line, path);
    snprintf(error, error_size, "%s", t.error[0] ? t.error : u.error);
    table_close(&t);
    table_close(&u);
    return !error[0];
}

/* The simulator's messages of ADS-B: sightings too. A file without a column target_id does not say whose they are. */
static bool read_adsb(struct judged *j, const char *path, char *error, size_t error_size)
{
    static const char *const names[] = {"time_s", "target_id"};
    struct table t;
    struct text f[2];
    bool open = table_open(&t, path, names, 2, 1) && t.place[1] >= 0;
    while (open && table_next(&t, f)) {
        uint32_t target = states_find(&j->states, f[1]);
        if (target != MATCH_NONE)
            add_plot(j, table_number(&t, "seconds", f[0], -FAR, FAR), target, true);
    }
    snprintf(error, error_size, "%s", t.error);
    table_close(&t);
    return !error[0];
}

static void sort_plots(struct judged *j)
{
    if (j->plots)
        qsort(j->plot, j->plots, sizeof *j->plot, by_plot_time);
    j->has_plots = true;
}

/* ---- misses.csv ---- */

/* The number of a cause, in lower case; the last number stands for all that find no room. */
static uint8_t cause_of(struct judged *j, struct text name)
{
    char text[sizeof j->cause[0]];
    uint32_t i = 0, size = name.size < sizeof text ? (uint32_t)name.size : (uint32_t)sizeof text - 1;
    for (uint32_t c = 0; c < size; c++)
        text[c] = (char)tolower((unsigned char)name.at[c]);
    text[size] = '\0';
    while (i < j->causes && strcmp(j->cause[i], text) != 0)
        i++;
    if (i == j->causes && i < JUDGED_CAUSES)
        memcpy(j->cause[j->causes++], text, sizeof text);
    return (uint8_t)(i < JUDGED_CAUSES ? i : JUDGED_CAUSES - 1);
}

static int by_target(const void *a, const void *b)
{
    const struct judged_miss *p = a, *q = b;
    if (p->target != q->target)
        return p->target < q->target ? -1 : 1;
    return (p->time_s > q->time_s) - (p->time_s < q->time_s);
}

static bool read_misses(struct judged *j, const char *path, char *error, size_t error_size)
{
    static const char *const names[] = {"time_s", "target_id", "cause"};
    struct table t;
    struct text f[3];
    bool open = table_open(&t, path, names, 3, 3);
    while (open && table_next(&t, f)) {
        uint32_t target = states_find(&j->states, f[1]);
        if (target == MATCH_NONE)
            continue;
        if (j->misses == j->miss_room) {
            j->miss_room = j->miss_room ? 2 * j->miss_room : 4096;
            j->miss = realloc(j->miss, j->miss_room * sizeof *j->miss);
            assert(j->miss);
        }
        j->miss[j->misses++] = (struct judged_miss){table_number(&t, "seconds", f[0], -FAR, FAR), target, cause_of(j, f[2])};
    }
    j->has_misses = true;
    if (j->misses)
        qsort(j->miss, j->misses, sizeof *j->miss, by_target);
    snprintf(error, error_size, "%s", t.error);
    table_close(&t);
    return !error[0];
}

const char *judged_cause(const struct judged *j, uint32_t target, double from_s, double to_s)
{
    size_t low = 0, high = j->misses;
    uint32_t count[JUDGED_CAUSES] = {0}, best = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct judged_miss *m = &j->miss[middle];
        if (m->target < target || (m->target == target && m->time_s < from_s))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < j->misses && j->miss[low].target == target && j->miss[low].time_s <= to_s; low++)
        count[j->miss[low].cause]++;
    for (uint32_t c = 1; c < j->causes; c++)
        best = count[c] > count[best] ? c : best;
    return count[best] ? j->cause[best] : j->has_misses ? "range" : NULL;
}

static void slice_kinds(struct judged *j)
{
    uint64_t cooperative = 0, primary = 0;
    slice_of(j, "kind:", (struct text){"silenced", 8}, &j->silenced);
    slice_of(j, "kind:", (struct text){"cooperative", 11}, &cooperative);
    slice_of(j, "kind:", (struct text){"primary", 7}, &primary);
    j->answering = cooperative;
    for (uint32_t i = 0; i < j->states.names; i++)
        j->slices_of[i] |= j->cooperative[i] ? cooperative : isfinite(j->first_plot_s[i]) ? primary : 0;
}

/* ---- slices by place ---- */

static uint64_t band_of(double alt_m, const uint64_t *bits)
{
    unsigned b = 0;
    while (b < BANDS && alt_m >= bands[b].below_m)
        b++;
    return isnan(alt_m) ? 0 : bits[b];
}

/* Areas that rows are told apart by: the letters of their names that count (0: all), and a slice for each and for what is outside. */
struct places {
    const char *kind, *outside, *path;
    size_t letters;
    struct area *areas; /* NULL: none */
    uint64_t bit[AREA_MAX + 1];
};

static bool name_places(struct judged *j, struct places *p)
{
    bool room = true;
    for (uint32_t a = 0; room && p->areas && a <= area_count(p->areas); a++) {
        const char *name = a < area_count(p->areas) ? area_name(p->areas, a) : p->outside;
        size_t size = strlen(name);
        room = slice_of(j, p->kind, (struct text){name, p->letters && a < area_count(p->areas) && size > p->letters ? p->letters : size}, &p->bit[a]);
    }
    return room;
}

static uint64_t place_bit(const struct places *p, const struct match_state *s)
{
    int at = p->areas ? area_at(p->areas, s->lat_rad, s->lon_rad) : AREA_NONE;
    return !p->areas ? 0 : p->bit[at == AREA_NONE ? area_count(p->areas) : (uint32_t)at];
}

/* The slices of an aircraft's own; one whose transponder failed is of another kind from then on. */
static uint64_t kind_then(const struct judged *j, const struct states_row *row)
{
    uint64_t of = j->slices_of[row->state.id];
    if (!j->cooperative[row->state.id] || row->time_s < j->silenced_s[row->state.id])
        return of;
    return (of & ~j->answering) | j->silenced;
}

static bool slice_rows(struct judged *j, struct places *places, unsigned count, char *error, size_t error_size)
{
    uint64_t band[BANDS] = {0};
    bool room = true;
    for (unsigned b = 0; room && b < BANDS; b++)
        room = slice_of(j, "", (struct text){bands[b].name, strlen(bands[b].name)}, &band[b]);
    for (unsigned p = 0; room && p < count; p++)
        room = name_places(j, &places[p]);
    if (!room) {
        snprintf(error, error_size, "%s: too many slices: classes and regions together may be %d", places[1].path ? places[1].path : "targets", SCORE_SLICES - 12);
        return false;
    }
    for (size_t i = 0; i < j->states.rows; i++) {
        struct states_row *row = &j->states.row[i];
        row->slices = 1 | kind_then(j, row) | band_of(row->state.alt_m, band);
        for (unsigned p = 0; p < count; p++)
            row->slices |= place_bit(&places[p], &row->state);
    }
    return true;
}

static struct area *read_areas(const char *path, char *error, size_t error_size)
{
    size_t size = 0, offset = 0;
    int code = 0;
    char *bytes = path ? table_read(path, &size, error, error_size) : NULL;
    struct area *areas = bytes ? area_new(bytes, size, NULL, &code, &offset) : NULL;
    if (bytes && !areas)
        snprintf(error, error_size, "%s: octet %zu: not an area file", path, offset);
    free(bytes);
    return areas;
}

/* The nations' land is there or not; regions that somebody asks for must be. */
static bool read_slices(struct judged *j, const char *path, char *error, size_t error_size)
{
    char ignored[512];
    struct places places[] = {{.kind = "nation:", .outside = "none", .letters = 2, .areas = read_areas(LAND_FILE, ignored, sizeof ignored)},
                              {.kind = "region:", .outside = "elsewhere", .path = path, .areas = read_areas(path, error, error_size)}};
    bool good = (!path || places[1].areas) && slice_rows(j, places, 2, error, error_size);
    area_free(places[0].areas);
    area_free(places[1].areas);
    return good;
}

/* ---- all of it ---- */

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The file that was named, or the one of that name in the folder if it is there, or NULL. */
static const char *in_folder(const struct judged_files *files, const char *named, const char *name, char *room, size_t size)
{
    struct stat st;
    if (named || !is_folder(files->truth))
        return named;
    snprintf(room, size, "%s/%s", files->truth, name);
    return stat(room, &st) == 0 || strcmp(name, "truth.csv") == 0 ? room : NULL;
}

static void allocate(struct judged *j)
{
    uint32_t n = j->states.names + 1;
    j->first_plot_s = calloc(n, sizeof *j->first_plot_s);
    j->latest_plot_s = calloc(n, sizeof *j->latest_plot_s);
    j->latest_answer_s = calloc(n, sizeof *j->latest_answer_s);
    j->cooperative = calloc(n, sizeof *j->cooperative);
    j->slices_of = calloc(n, sizeof *j->slices_of);
    j->silenced_s = calloc(n, sizeof *j->silenced_s);
    assert(j->silenced_s);
    assert(j->first_plot_s && j->latest_plot_s && j->latest_answer_s && j->cooperative && j->slices_of);
    for (uint32_t i = 0; i < n; i++) {
        j->first_plot_s[i] = j->silenced_s[i] = HUGE_VAL;
        j->latest_plot_s[i] = j->latest_answer_s[i] = -HUGE_VAL;
    }
}

/* Plots, with messages of ADS-B and misses where a folder has them beside. */
static bool read_sightings(struct judged *j, const struct judged_files *files, char *error, size_t error_size)
{
    char room[4][4200];
    const char *plots = in_folder(files, files->plots, "plots.csv", room[0], sizeof room[0]);
    const char *plots_truth = in_folder(files, files->plots_truth, "plots_truth.csv", room[1], sizeof room[1]);
    const char *adsb = in_folder(files, NULL, "adsb.csv", room[2], sizeof room[2]);
    const char *misses = in_folder(files, NULL, "misses.csv", room[3], sizeof room[3]);
    if (!plots != !plots_truth) {
        snprintf(error, error_size, "plots and their truth belong together: give --plots and --plots-truth");
        return false;
    }
    if (!plots)
        return true;
    if (!read_plots(j, plots, plots_truth, error, error_size) || (adsb && !read_adsb(j, adsb, error, error_size)) ||
        (misses && !read_misses(j, misses, error, error_size)))
        return false;
    sort_plots(j);
    slice_kinds(j);
    return true;
}

bool judged_open(struct judged *j, const struct judged_files *files, char *error, size_t error_size)
{
    char room[2][4200];
    const char *truth = is_folder(files->truth) ? in_folder(files, NULL, "truth.csv", room[0], sizeof room[0]) : files->truth;
    const char *targets = in_folder(files, files->targets, "targets.csv", room[1], sizeof room[1]);
    uint64_t all;
    *j = (struct judged){0};
    error[0] = '\0';
    slice_of(j, "", (struct text){"all", 3}, &all);
    if (!read_truth(j, truth, error, error_size))
        return false;
    allocate(j);
    if (!read_sightings(j, files, error, error_size) || (targets && !read_targets(j, targets, error, error_size)) ||
        !read_slices(j, files->areas, error, error_size))
        return false;
    states_sort(&j->states);
    return true;
}

void judged_close(struct judged *j)
{
    states_fini(&j->states);
    free(j->first_plot_s);
    free(j->latest_plot_s);
    free(j->latest_answer_s);
    free(j->cooperative);
    free(j->plot);
    free(j->miss);
    free(j->slices_of);
    free(j->silenced_s);
}

double *judged_grid(const struct judged *j, double grid_s, double from_s, double to_s, size_t *count)
{
    double *grid = calloc(j->states.rows + 1, sizeof *grid), first_s = j->states.row[0].time_s, last_s = -HUGE_VAL;
    assert(grid);
    *count = 0;
    for (size_t i = 0; i < j->states.rows; i++) {
        double time_s = j->states.row[i].time_s, steps = grid_s > 0 ? (time_s - first_s) / grid_s : 0;
        if (time_s != last_s && fabs(steps - nearbyint(steps)) < 1e-6 && time_s >= from_s && time_s <= to_s)
            grid[(*count)++] = time_s;
        last_s = time_s;
    }
    return grid;
}

void judged_see(struct judged *j, double time_s)
{
    for (; j->next_plot < j->plots && j->plot[j->next_plot].time_s <= time_s; j->next_plot++) {
        const struct judged_plot *p = &j->plot[j->next_plot];
        j->latest_plot_s[p->target] = p->time_s;
        if (p->answered)
            j->latest_answer_s[p->target] = p->time_s;
    }
}

bool judged_seen(const struct judged *j, uint32_t target, double time_s, double cover_s)
{
    return !j->has_plots || time_s - j->latest_plot_s[target] <= cover_s;
}
