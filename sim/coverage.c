/* coverage: which airspace a set of sensors watches, how surely, and what another set would change. */
#include "sim/map.h"
#include "sim/page.h"
#include "sim/report.h"
#include "sim/serve.h"
#include "sim/study_option.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum option { COMPARE = STUDY_OPTIONS, LOSSES, GAPS, WARNING, OBSERVED, TRACKS, SERVE, GEOJSON, GPKG, KML, TIF, HTML, DELTA, OPTIONS };
static const struct verb_option options[] = {
    STUDY_OPTION_ROWS,
    [COMPARE] = {"compare", "SET", "and then with these sensors instead: TERMS, or the name of a scenario"},
    [LOSSES] = {"losses", "N", "list the N sensors whose loss costs most [10]"},
    [GAPS] = {"gaps", "N", "list the N greatest gaps, of the whole and of each layer [0]"},
    [WARNING] = {"warning", "NATION|LAT,LON", "list how long before its border or coast, or that place, flights from 580 NM out are known, and the ways in seen least"},
    [OBSERVED] = {"observed", "FOLDER", "and beside it what happened there: the truth of airseam simulate --truth; with --warning NATION of its flights, too"},
    [TRACKS] = {"tracks", "FILE", "with --observed: the tracks made of it, in any form that airseam evaluate takes"},
    [GEOJSON] = {"geojson", "FILE", "write the outlines of what is seen and unseen, of each kind and layer"},
    [GPKG] = {"gpkg", "FILE", "the same as GeoPackage (by ogr2ogr)"},
    [KML] = {"kml", "FILE", "the same as KML (by ogr2ogr)"},
    [TIF] = {"tif", "FILE", "the number of sensors as GeoTIFF, a band of each kind and layer (by gdal_translate)"},
    [HTML] = {"html", "FILE", "write a report with maps, in one page"},
    [SERVE] = {"serve", NULL, "stay, and answer questions on standard input: airseamd runs this for its page"},
    [DELTA] = {"delta", "FILE", "write the outlines of what --compare gains and loses, of each kind and layer, as GeoJSON"},
    [OPTIONS] = {NULL, NULL, NULL},
};

struct coverage {
    struct study_request request;
    const char *compare, *warning, *observed, *tracks, *file[OPTIONS - GEOJSON]; /* to write, by option */
    bool serves;
    struct study study;
    struct report report;
    struct observed seen;
    bool *set, *other;
};

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- options ---- */

static bool take(struct coverage *c, const struct verb_args *args, int option)
{
    double shown = option == GAPS ? c->report.gaps_shown : c->report.shown;

    if (option < STUDY_OPTIONS)
        return study_request_take(&c->request, args, option);
    if (option == COMPARE)
        c->compare = args->value;
    else if (option == WARNING)
        c->warning = args->value;
    else if (option == OBSERVED)
        c->observed = args->value;
    else if (option == TRACKS)
        c->tracks = args->value;
    else if (option == SERVE)
        c->serves = true;
    else if (option >= GEOJSON)
        c->file[option - GEOJSON] = args->value;
    else if (!verb_number(args, options[option].name, 0, 1000, &shown))
        return false;
    else
        *(option == GAPS ? &c->report.gaps_shown : &c->report.shown) = (unsigned)shown;
    return true;
}

static bool is_terms(const char *compare)
{
    return strchr(compare, '=') != NULL || !compare[0];
}

static bool parse(struct coverage *c, int argc, char **argv)
{
    struct verb_args args = verb_args_init(c->request.verb, argc, argv);
    int option;

    while ((option = verb_args_next(&args)) != VERB_END)
        if (option == VERB_BAD || !take(c, &args, option))
            return false;
    c->request.settings.platforms = c->compare && !is_terms(c->compare); /* a scenario may have some */
    study_request_end(&c->request);
    if (c->tracks && !c->observed)
        return verb_error(c->request.verb, "--tracks is judged by the truth: it needs --observed") == VERB_DONE;
    return !c->file[DELTA - GEOJSON] || c->compare || verb_error(c->request.verb, "--delta shows what --compare changes: it needs that") == VERB_DONE;
}

/* ---- sets ---- */

static bool select_sets(struct coverage *c)
{
    struct report *r = &c->report;
    struct scenario other = {.where = ""};

    if (!study_request_select(&c->request, &c->study, c->set, r->set, sizeof r->set))
        return false;
    if (!c->compare)
        return true;
    bool terms = is_terms(c->compare);
    if (!terms && !study_request_scenario(c->request.verb, &other, c->compare))
        return false;
    const char *platforms = terms ? c->request.platforms : other.flying ? other.platforms : NULL;
    snprintf(r->other, sizeof r->other, "%s%s", terms ? c->compare : "scenario ", terms ? "" : c->compare);
    if (!study_select(&c->study, terms ? c->compare : other.where, true, c->other, &r->other_count))
        return false;
    return !platforms || study_request_platforms(c->request.verb, &c->study, platforms, c->other, r->other, sizeof r->other);
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

/* Of the whole, then of each layer by itself. */
static bool find_gaps(struct coverage *c)
{
    struct report *r = &c->report;

    for (int kind = 0; kind < SIGHT_KINDS && r->gaps_shown > 0; kind++)
        for (int i = 0; i < VOLUME_ROWS; i++) {
            unsigned layers = i < REGION_LAYERS ? 1u << i : (1u << REGION_LAYERS) - 1;
            if (!(r->gaps[kind][i] = gap_new(c->study.volume, (enum sight_kind)kind, layers, r->gaps_shown)))
                return false;
        }
    return true;
}

static bool keep_counts(struct coverage *c)
{
    size_t places = (size_t)c->study.region->cells * REGION_LAYERS;

    for (int kind = 0; kind < SIGHT_KINDS; kind++) {
        if (!(c->report.than_count[kind] = malloc(places + 1)))
            return false;
        memcpy(c->report.than_count[kind], c->study.volume->count[kind], places);
    }
    return true;
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
        return verb_error(c->request.verb, "memory is short") == VERB_DONE;
    if (!select_sets(c))
        return false;
    r->other_count = 0;
    for (uint32_t i = 0; i < c->study.sensors; i++) {
        r->count += c->set[i];
        r->other_count += c->other[i];
    }
    study_put(&c->study, c->set);
    study_measure(&c->study, r->figures);
    weigh_losses(c);
    time_increment(c);
    if (!find_gaps(c))
        return verb_error(c->request.verb, "memory is short") == VERB_DONE;
    if (c->warning && !warning_measure(&c->study, c->warning, &r->warning))
        return false;
    r->warnings = c->warning != NULL;
    if (c->observed && !observed_measure(&c->study, c->observed, c->tracks, c->warning, &c->seen))
        return false;
    r->observed = c->observed ? &c->seen : NULL;
    if (c->compare) {
        if (!(r->than = calloc(rows, sizeof *r->than)))
            return verb_error(c->request.verb, "memory is short") == VERB_DONE;
        study_put(&c->study, c->other);
        study_measure(&c->study, r->than);
        if (!keep_counts(c))
            return verb_error(c->request.verb, "memory is short") == VERB_DONE;
        if (c->warning && !warning_measure(&c->study, c->warning, &r->warning_than))
            return false;
        study_put(&c->study, c->set);
    }
    return true;
}

static int print(const struct coverage *c)
{
    if (!c->request.json) {
        report_text(&c->report, stdout);
        return VERB_DONE;
    }
    json_t *o = report_json(&c->report);
    bool good = o && json_dumpf(o, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(8)) == 0;
    putchar('\n');
    json_decref(o);
    return good ? VERB_DONE : VERB_FAILED;
}

static bool write_files(const struct coverage *c)
{
    const char *f[OPTIONS] = {NULL};
    bool good = true;

    memcpy(f + GEOJSON, c->file, sizeof c->file);
    if (f[GEOJSON])
        good = map_geojson(&c->study, f[GEOJSON]);
    if (f[GPKG])
        good = map_converted(&c->study, "GPKG", f[GPKG]) && good;
    if (f[KML])
        good = map_converted(&c->study, "KML", f[KML]) && good;
    if (f[TIF])
        good = map_raster(&c->study, f[TIF]) && good;
    if (f[HTML])
        good = page_write(&c->report, f[HTML]) && good;
    if (f[DELTA])
        good = map_delta(&c->study, c->report.than_count, f[DELTA]) && good;
    return good;
}

static int coverage(const struct verb *verb, int argc, char **argv)
{
    static struct coverage c;
    double began = now_s();
    int status = VERB_USAGE;

    c = (struct coverage){.report = {.shown = 10}};
    study_request_init(&c.request, verb);
    if (!parse(&c, argc, argv))
        return VERB_USAGE;
    if (c.serves && study_open(&c.study, verb, &c.request.settings)) {
        status = serve(&c.request, &c.study);
    } else if (!c.serves && study_open(&c.study, verb, &c.request.settings) && compute(&c)) {
        c.report.study = &c.study;
        c.report.seconds = now_s() - began;
        status = print(&c);
        status = write_files(&c) ? status : VERB_FAILED;
    }
    free(c.set);
    free(c.other);
    free(c.report.figures);
    free(c.report.than);
    free(c.report.loss);
    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        free(c.report.than_count[kind]);
    for (int i = 0; i < SIGHT_KINDS * VOLUME_ROWS; i++)
        gap_free(c.report.gaps[i / VOLUME_ROWS][i % VOLUME_ROWS]);
    study_close(&c.study);
    return status;
}

const struct verb coverage_verb = {"coverage", "[SCENARIO]...", "which airspace a set of sensors watches, how surely, and what another set would change", options, coverage};
