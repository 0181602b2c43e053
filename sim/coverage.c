/* coverage: which airspace a set of sensors watches, how surely, and what another set would change. */
#include "base/text.h"
#include "sim/report.h"
#include "sim/world/scenario_file.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WITHOUTS 32
#define ACTIVE "status!=closed"

enum option {
    SENSORS, WHERE, WITHOUT, COMPARE, JSON, LOSSES, CELL, WITHIN, K, RCS, PD, TERRAIN, HAWAII, PUERTO_RICO, NATION_AVAILABILITY, CACHE, NO_CACHE, QUIET, OPTIONS
};
static const struct verb_option options[] = {
    [SENSORS] = {"sensors", "FILE", "take the sensors from this file; may be given again [config/sensors/us.csv, ca.csv, mx.csv]"},
    [WHERE] = {"where", "TERMS", "only these of them, as in \"nation=US,CA status!=closed\" [" ACTIVE "]"},
    [WITHOUT] = {"without", "TERMS", "and not these, as in flags=aerostat or name=makah,lakeside; may be given again"},
    [COMPARE] = {"compare", "SET", "and then with these sensors instead: TERMS, or the name of a scenario"},
    [JSON] = {"json", NULL, "print JSON instead of tables"},
    [LOSSES] = {"losses", "N", "list the N sensors whose loss costs most [10]"},
    [CELL] = {"cell", "NM", "width of a cell [10]"},
    [WITHIN] = {"within", "NM", "of border or coast [600]"},
    [K] = {"k", "K", "effective earth radius, in true ones [1.3333]"},
    [RCS] = {"rcs", "M2", "cross-section of what is to be seen by echoes [2]"},
    [PD] = {"pd", "P", "probability of detection per scan that counts as seeing [0.8]"},
    [TERRAIN] = {"terrain", "FILE", "heights of the ground; none: a smooth earth, and the report says so loudly [config/terrain/etopo5.terrain]"},
    [HAWAII] = {"hawaii", NULL, "with Hawaii and the sea around it"},
    [PUERTO_RICO] = {"puerto-rico", NULL, "with Puerto Rico and the sea around it"},
    [NATION_AVAILABILITY] = {"nation-availability", "A", "of all sensors of a nation together, beside each one's own: their common grid [1]"},
    [CACHE] = {"cache", "FOLDER", "where to keep what is dear [$XDG_CACHE_HOME/airseam or ~/.cache/airseam]"},
    [NO_CACHE] = {"no-cache", NULL, "keep nothing"},
    [QUIET] = {"quiet", NULL, "no progress"},
    [OPTIONS] = {NULL, NULL, NULL},
};

struct coverage {
    const struct verb *verb;
    struct study_settings settings;
    struct scenario scenario;
    const char *where, *compare, *without[WITHOUTS];
    unsigned withouts, shown;
    bool json;
    char cache[4096];
    struct study study;
    struct report report;
    bool *set, *other;
};

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void usual_cache(struct coverage *c)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (cache && cache[0])
        snprintf(c->cache, sizeof c->cache, "%s/airseam", cache);
    else if (home && home[0])
        snprintf(c->cache, sizeof c->cache, "%s/.cache/airseam", home);
    c->settings.cache = c->cache;
}

/* ---- options ---- */

static bool take_scenario(struct coverage *c, struct scenario *s, const char *name)
{
    char room[4096] = "";
    struct text_out errors = text_out_init(room, sizeof room);
    bool good = scenario_file_read(s, name, &errors);

    if (!good)
        verb_error(c->verb, "%s", room);
    return good;
}

static bool take_number(struct coverage *c, const struct verb_args *args, int option)
{
    double shown = c->shown;
    struct study_settings *s = &c->settings;
    const struct { enum option option; double least, most, *out; } numbers[] = {
        {LOSSES, 0, 10000, &shown}, {CELL, 2, 100, &s->cell_nm}, {WITHIN, 1, 600, &s->within_nm}, {K, 0.5, 10, &s->k}, {RCS, 1e-6, 1e6, &s->target.rcs_m2},
        {PD, 1e-5, 0.99999, &s->target.detection}, {NATION_AVAILABILITY, 0, 1, &s->nation_availability},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (numbers[i].option == (enum option)option) {
            bool good = verb_number(args, options[option].name, numbers[i].least, numbers[i].most, numbers[i].out);
            c->shown = (unsigned)shown;
            return good;
        }
    return true;
}

static bool take(struct coverage *c, const struct verb_args *args, int option)
{
    struct study_settings *s = &c->settings;

    if (option == VERB_OPERAND)
        return take_scenario(c, &c->scenario, args->value);
    if (option == SENSORS && s->files == STUDY_FILES)
        return verb_error(c->verb, "at most %d of --sensors", STUDY_FILES) == VERB_DONE;
    if (option == WITHOUT && c->withouts == WITHOUTS)
        return verb_error(c->verb, "at most %d of --without", WITHOUTS) == VERB_DONE;
    if (option == SENSORS)
        s->file[s->files++] = args->value;
    else if (option == WITHOUT)
        c->without[c->withouts++] = args->value;
    else if (option == WHERE)
        c->where = args->value;
    else if (option == COMPARE)
        c->compare = args->value;
    else if (option == TERRAIN)
        s->terrain = args->value;
    else if (option == CACHE)
        s->cache = args->value;
    else if (option == NO_CACHE)
        s->cache = "";
    c->json = c->json || option == JSON;
    s->hawaii = s->hawaii || option == HAWAII;
    s->puerto_rico = s->puerto_rico || option == PUERTO_RICO;
    s->progress = s->progress && option != QUIET;
    return take_number(c, args, option);
}

static bool parse(struct coverage *c, int argc, char **argv)
{
    struct verb_args args = verb_args_init(c->verb, argc, argv);
    int option;

    while ((option = verb_args_next(&args)) != VERB_END)
        if (option == VERB_BAD || !take(c, &args, option))
            return false;
    for (unsigned i = 0; i < c->scenario.files && c->settings.files < STUDY_FILES; i++)
        c->settings.file[c->settings.files++] = c->scenario.file[i];
    return true;
}

/* ---- sets ---- */

static bool select_sets(struct coverage *c)
{
    struct report *r = &c->report;
    struct scenario other = {.where = ""};
    const char *where = c->where ? c->where : c->scenario.where[0] ? c->scenario.where : ACTIVE;
    unsigned n, room = REPORT_TEXT;

    if (!study_select(&c->study, where, true, c->set, &n))
        return false;
    snprintf(r->set, room, "%s", where[0] ? where : "all");
    for (unsigned i = 0; i < c->withouts; i++) {
        if (!study_select(&c->study, c->without[i], false, c->set, &n))
            return false;
        if (n == 0)
            return verb_error(c->verb, "--without: no sensor is like %s", c->without[i]) == VERB_DONE;
        size_t used = strlen(r->set);
        snprintf(r->set + used, room - used, ", without %s", c->without[i]);
    }
    if (!c->compare)
        return true;
    if (!strchr(c->compare, '=') && c->compare[0] && !take_scenario(c, &other, c->compare))
        return false;
    const char *terms = strchr(c->compare, '=') ? c->compare : other.where;
    snprintf(r->other, room, "%s%s%s", terms, terms == other.where ? ", of scenario " : "", terms == other.where ? c->compare : "");
    return study_select(&c->study, terms, true, c->other, &r->other_count);
}

static int by_loss(const void *a, const void *b)
{
    const struct report_loss *x = a, *y = b;
    double p = x->alone[0][REGION_LAYERS] + x->alone[1][REGION_LAYERS], q = y->alone[0][REGION_LAYERS] + y->alone[1][REGION_LAYERS];

    return p != q ? (p < q) - (p > q) : (x->sensor > y->sensor) - (x->sensor < y->sensor);
}

static void weigh_losses(struct coverage *c)
{
    struct report *r = &c->report;

    for (uint32_t i = 0; i < c->study.sensors; i++) {
        r->doubtful += c->set[i] && c->study.sensor[i].doubtful;
        if (!c->set[i] || !c->study.sensor[i].view)
            continue;
        r->loss[r->losses].sensor = i;
        volume_alone(c->study.volume, c->study.sensor[i].view, r->loss[r->losses++].alone);
    }
    qsort(r->loss, r->losses, sizeof *r->loss, by_loss);
}

/* One sensor out and in again, each with its own loss: what a planner's click costs. */
static void time_increment(struct coverage *c)
{
    double alone[SIGHT_KINDS][VOLUME_ROWS], began = now_s();

    if (c->report.losses == 0)
        return;
    uint32_t sensor = c->report.loss[0].sensor;
    volume_alone(c->study.volume, c->study.sensor[sensor].view, alone);
    study_toggle(&c->study, sensor, false);
    c->report.increment_s = now_s() - began;
    study_toggle(&c->study, sensor, true);
}

static bool compute(struct coverage *c)
{
    struct report *r = &c->report;
    size_t rows = (size_t)c->study.scopes * VOLUME_ROWS;

    c->set = calloc(c->study.sensors + 1u, sizeof *c->set);
    c->other = calloc(c->study.sensors + 1u, sizeof *c->other);
    r->figures = calloc(rows, sizeof *r->figures);
    r->loss = calloc(c->study.sensors + 1u, sizeof *r->loss);
    if (!c->set || !c->other || !r->figures || !r->loss)
        return verb_error(c->verb, "memory is short") == VERB_DONE;
    if (!select_sets(c))
        return false;
    for (uint32_t i = 0; i < c->study.sensors; i++)
        r->count += c->set[i];
    if (r->count == 0)
        return verb_error(c->verb, "no sensor is like %s", r->set) == VERB_DONE;
    study_put(&c->study, c->set);
    study_measure(&c->study, r->figures);
    weigh_losses(c);
    time_increment(c);
    if (c->compare) {
        if (!(r->than = calloc(rows, sizeof *r->than)))
            return verb_error(c->verb, "memory is short") == VERB_DONE;
        study_put(&c->study, c->other);
        study_measure(&c->study, r->than);
        study_put(&c->study, c->set);
    }
    return true;
}

static int print(const struct coverage *c)
{
    if (!c->json) {
        report_text(&c->report, stdout);
        return VERB_DONE;
    }
    json_t *o = report_json(&c->report);
    bool good = o && json_dumpf(o, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(8)) == 0;
    putchar('\n');
    json_decref(o);
    return good ? VERB_DONE : VERB_FAILED;
}

static int coverage(const struct verb *verb, int argc, char **argv)
{
    static struct coverage c;
    double began = now_s();
    int status = VERB_USAGE;

    c = (struct coverage){.verb = verb, .settings = study_settings_default(), .scenario = {.where = ""}, .shown = 10};
    c.settings.progress = isatty(STDERR_FILENO);
    usual_cache(&c);
    if (!parse(&c, argc, argv))
        return VERB_USAGE;
    if (study_open(&c.study, verb, &c.settings) && compute(&c)) {
        c.report.study = &c.study;
        c.report.shown = c.shown;
        c.report.seconds = now_s() - began;
        status = print(&c);
    }
    free(c.set);
    free(c.other);
    free(c.report.figures);
    free(c.report.than);
    free(c.report.loss);
    study_close(&c.study);
    return status;
}

const struct verb coverage_verb = {"coverage", "[SCENARIO]...", "which airspace a set of sensors watches, how surely, and what another set would change", options, coverage};
