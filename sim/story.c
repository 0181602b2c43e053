/* airseam report: a scenario from end to end, told in one page: the question, maps before and after, coverage and availability, gaps, warning, tracking,
 * handoffs, assumptions, and the commands that made it. It runs this program's own verbs, one behind the other, in a folder of its own, and puts what they say
 * together; so each figure is what its command says. (sim/report.c has the tables of coverage.) */
#include "sim/spawn.h"
#include "sim/verb.h"
#include "sim/world/scenario_file.h"
#include "sim/world/table.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AGAINST, OUT, JSON, DURATION, SEED, NATION, KEEP, QUIET, OPTIONS };
static const struct verb_option options[] = {
    [AGAINST] = {"against", "SCENARIO", "what it is compared with [baseline-2005]"},
    [OUT] = {"out", "FILE", "the page [SCENARIO.html]"},
    [JSON] = {"json", NULL, "print all figures as JSON, too"},
    [DURATION] = {"duration", "SECONDS", "of the run [600]"},
    [SEED] = {"seed", "N", "of the run [1]"},
    [NATION] = {"warning", "NATION", "before whose border or coast warning counts [US]"},
    [KEEP] = {"keep", "FOLDER", "leave everything there: truth, tape, tracks, logs, each command's answer"},
    [QUIET] = {"quiet", NULL, "no progress"},
    [OPTIONS] = {NULL, NULL, NULL},
};

#define PATH 512
#define STEPS 9
#define WORDS 20

struct story {
    const struct verb *verb;
    const char *scenario, *against, *out, *duration, *seed, *nation, *keep;
    bool json, quiet;
    char folder[PATH], program[PATH], page[PATH];
    struct scenario of, before;
};

/* A command: its words with $ for the folder, its answer's file, and what it is for. */
struct step {
    const char *what, *answer;
    const char *word[WORDS];
};

static void steps_of(const struct story *s, struct step out[STEPS])
{
    const struct step steps[STEPS] = {
        {"the run", "simulate.txt", {"simulate", s->scenario, "--duration", s->duration, "--seed", s->seed, "--truth", "$/truth", "--out", "$/run.tape", "--quiet"}},
        {"the picture of it", "replay.json", {"replay", "$/run.tape", "--tracks", "$/tracks.csv", "--handoffs", "$/handoffs.log", "--json"}},
        {"tracking", "evaluate.json", {"evaluate", "--truth", "$/truth", "$/tracks.csv", "--json"}},
        {"tracking, in words", "evaluate.txt", {"evaluate", "--truth", "$/truth", "$/tracks.csv"}},
        {"coverage, before and after", "coverage.json", {"coverage", s->against, "--compare", s->scenario, "--warning", s->nation, "--gaps", "3", "--quiet", "--json", "--html", "$/coverage.html"}},
        {"coverage, in words", "coverage.txt", {"coverage", s->against, "--compare", s->scenario, "--warning", s->nation, "--gaps", "3", "--quiet"}},
        {"predicted against observed", "observed.txt", {"coverage", s->scenario, "--observed", "$/truth", "--tracks", "$/tracks.csv", "--losses", "0", "--quiet"}},
        {"handoffs", "handoffs.json", {"handoffs", "$/handoffs.log", "--json"}},
        {"handoffs, in words", "handoffs.txt", {"handoffs", "$/handoffs.log"}},
    };
    memcpy(out, steps, sizeof steps);
}

static void place(const struct story *s, const char *word, char out[PATH])
{
    snprintf(out, PATH, "%s%s", word[0] == '$' ? s->folder : "", word[0] == '$' ? word + 1 : word);
}

static bool run_step(const struct story *s, const struct step *step, unsigned number)
{
    static char room[WORDS][PATH];
    const char *words[WORDS + 2] = {s->program};
    char answer[2 * PATH];

    for (int i = 0; i < WORDS && step->word[i]; i++) {
        place(s, step->word[i], room[i]);
        words[i + 1] = room[i];
    }
    snprintf(answer, sizeof answer, "%s/%s", s->folder, step->answer);
    if (!s->quiet)
        fprintf(stderr, "airseam report: %u of %d: %s\n", number, STEPS, step->what);
    return spawn_into(answer, words) || verb_error(s->verb, "airseam %s did not end well: see %s", step->word[0], answer) == VERB_DONE;
}

static char *answer_of(const struct story *s, const char *name)
{
    char path[2 * PATH], error[PATH];
    size_t size;

    snprintf(path, sizeof path, "%s/%s", s->folder, name);
    return table_read(path, &size, error, sizeof error);
}

static json_t *json_of(const struct story *s, const char *name)
{
    char path[2 * PATH];

    snprintf(path, sizeof path, "%s/%s", s->folder, name);
    return json_load_file(path, 0, NULL);
}

/* ---- the page ---- */

static void put_escaped(const char *text, FILE *out)
{
    for (; *text; text++)
        fputs(*text == '<' ? "&lt;" : *text == '>' ? "&gt;" : *text == '&' ? "&amp;" : (char[]){*text, 0}, out);
}

static void put_answer(const struct story *s, const char *title, const char *name, FILE *out)
{
    char *text = answer_of(s, name);

    fprintf(out, "<h2>%s</h2>\n<details><summary>all of it</summary><pre>", title);
    put_escaped(text ? text : "", out);
    fputs("</pre></details>\n", out);
    free(text);
}

/* The maps of the coverage page: everything from its patterns to its tables. */
static void put_maps(const struct story *s, FILE *out)
{
    char *page = answer_of(s, "coverage.html");
    char *from = page ? strstr(page, "<svg width=\"0\"") : NULL, *to = from ? strstr(from, "<h2>Tables</h2>") : NULL;

    if (to) {
        *to = '\0';
        fputs(from, out);
    }
    free(page);
}

static double percent_seen(json_t *o, const char *scope, const char *kind)
{
    size_t i;
    json_t *table;

    json_array_foreach(json_object_get(o, "scopes"), i, table) {
        json_t *layers = json_object_get(table, "layers"), *volume = json_array_get(layers, json_array_size(layers) - 1);
        if (strcmp(json_string_value(json_object_get(table, "scope")), scope) == 0)
            return json_number_value(json_array_get(json_object_get(json_object_get(volume, kind), "folds_percent"), 0));
    }
    return NAN;
}

static double percent_sure(json_t *o, const char *scope, const char *kind)
{
    size_t i;
    json_t *table;

    json_array_foreach(json_object_get(o, "scopes"), i, table) {
        json_t *layers = json_object_get(table, "layers"), *volume = json_array_get(layers, json_array_size(layers) - 1);
        if (strcmp(json_string_value(json_object_get(table, "scope")), scope) == 0)
            return json_number_value(json_object_get(json_object_get(volume, kind), "meets_999_percent"));
    }
    return NAN;
}

static void put_coverage(json_t *coverage, FILE *out)
{
    static const char *const scopes[] = {"region", "land US", "land CA", "land MX", "FIR MX", "sea 0-200 NM", "sea 200-400 NM", "sea 400-600 NM"};
    static const char *const kinds[] = {"cooperative", "non-cooperative"};
    json_t *then = json_object_get(coverage, "then");

    fputs("<h2>Coverage and availability</h2>\n<table><tr><th>percent of volume<th><th>before<th>after<th>at 99.9 %, before<th>after</tr>\n", out);
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
        for (int k = 0; k < 2; k++)
            fprintf(out, "<tr><td>%s<td>%s<td>%.1f<td>%.1f<td>%.1f<td>%.1f</tr>\n", k ? "" : scopes[i], kinds[k], percent_seen(coverage, scopes[i], kinds[k]),
                    percent_seen(then, scopes[i], kinds[k]), percent_sure(coverage, scopes[i], kinds[k]), percent_sure(then, scopes[i], kinds[k]));
    fputs("</table>\n", out);
}

static void put_warning(json_t *coverage, FILE *out)
{
    json_t *before = json_object_get(json_object_get(coverage, "warning"), "straight"),
           *after = json_object_get(json_object_get(json_object_get(coverage, "then"), "warning"), "straight"), *row;
    size_t i;

    fputs("<h2>Warning</h2>\n<p>Minutes from the confirmed track to border or coast, straight flights from 580 NM out: median (P10).</p>"
          "<table><tr><th>from<th>layer<th>speed<th>kind<th>before<th>after</tr>\n",
          out);
    json_array_foreach(before, i, row) {
        json_t *then = json_array_get(after, i);
        fprintf(out, "<tr><td>%s<td>%s<td>%d kt<td>%s<td>%.0f (%.0f)<td>%.0f (%.0f)</tr>\n", json_string_value(json_object_get(row, "sector")),
                json_string_value(json_object_get(row, "layer")), (int)json_number_value(json_object_get(row, "speed_kt")), json_string_value(json_object_get(row, "kind")),
                json_number_value(json_object_get(row, "p50_min")), json_number_value(json_object_get(row, "p10_min")), json_number_value(json_object_get(then, "p50_min")),
                json_number_value(json_object_get(then, "p10_min")));
    }
    fputs("</table>\n", out);
}

static void put_handoffs(json_t *handoffs, FILE *out)
{
    json_t *all = json_array_get(json_object_get(json_array_get(handoffs, 0), "pairs"), 0), *outcome, *times = json_object_get(all, "times"), *time;
    const char *name;

    fprintf(out, "<h2>Handoffs</h2>\n<p>%d transfers", (int)json_integer_value(json_object_get(all, "transfers")));
    json_object_foreach(json_object_get(all, "outcomes"), name, outcome)
        fprintf(out, ", %d %s", (int)json_integer_value(outcome), name);
    fputs(". Controllers and telephone are models.</p>\n<table><tr><th><th>p50<th>p90<th>p99</tr>\n", out);
    json_object_foreach(times, name, time) {
        if (json_integer_value(json_object_get(time, "count")) > 0)
            fprintf(out, "<tr><td>%s<td>%.2f<td>%.2f<td>%.2f</tr>\n", name, json_number_value(json_object_get(time, "p50")), json_number_value(json_object_get(time, "p90")),
                    json_number_value(json_object_get(time, "p99")));
    }
    fputs("</table>\n", out);
}

static void put_commands(const struct story *s, const struct step *steps, FILE *out)
{
    fprintf(out, "<h2>How it was made</h2>\n<p>One command, <code>airseam report %s --against %s --duration %s --seed %s --warning %s</code>, which ran these:</p><pre>", s->scenario, s->against,
            s->duration, s->seed, s->nation);
    for (int i = 0; i < STEPS; i++) {
        fputs("airseam", out);
        for (int k = 0; steps[i].word[k]; k++)
            fprintf(out, " %s", steps[i].word[k][0] == '$' ? steps[i].word[k] + 2 : steps[i].word[k]);
        fputc('\n', out);
    }
    fputs("</pre>\n", out);
}

static const char head[] =
    "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>%s</title><style>body{font:15px/1.45 sans-serif;max-width:1100px;margin:1em auto;padding:0 1em}"
    "pre{font:11px/1.3 monospace;overflow:auto}figure{display:inline-block;margin:0 1%% 1em 0;width:48%%;break-inside:avoid}svg{width:100%%;height:auto;background:#fff}"
    "figcaption{font-weight:bold}table{border-collapse:collapse}td,th{padding:.15em .8em;text-align:left;border-bottom:1px solid #ddd}td:nth-child(n+3){font-variant-numeric:tabular-nums}"
    ".question{font-size:1.3em}@media print{details{display:none}}</style>\n";

static bool write_page(const struct story *s, const struct step *steps, json_t *coverage, json_t *handoffs)
{
    FILE *out = fopen(s->page, "w");

    if (!out)
        return verb_error(s->verb, "%s: %s", s->page, strerror(errno)) == VERB_DONE;
    fprintf(out, head, s->scenario);
    fprintf(out, "<h1>%s against %s</h1>\n<p class=\"question\">%s</p>\n<p>Before: %s (<i>%s</i>). After: %s. A run of %s seconds, seed %s.</p>\n", s->scenario, s->against, s->of.title,
            s->against, s->before.title, s->scenario, s->duration, s->seed);
    put_coverage(coverage, out);
    put_warning(coverage, out);
    fputs("<h2>Maps</h2><p>First before: shaded by the number of sensors, hatched where there is none; dots are sensors (white: placeholders). Then what changes: blue is gained, red is lost.</p>\n", out);
    put_maps(s, out);
    put_handoffs(handoffs, out);
    put_answer(s, "Tracking quality", "evaluate.txt", out);
    put_answer(s, "Predicted against observed", "observed.txt", out);
    put_answer(s, "Gaps and every figure of coverage", "coverage.txt", out);
    put_answer(s, "Every figure of the handoffs", "handoffs.txt", out);
    fputs("<h2>Assumptions</h2><p>Sensors are those publicly known; probabilities, ranges and availabilities are engineering values; terrain every five minutes of arc; straight standard "
          "refraction; traffic, controllers and telephone are simulated. See the findings' first section and airseam-coverage(1).</p>\n",
          out);
    put_commands(s, steps, out);
    fputs("</html>\n", out);
    bool failed = ferror(out);
    return (fclose(out) == 0 && !failed) || verb_error(s->verb, "%s: could not be written", s->page) == VERB_DONE;
}

/* ---- the verb ---- */

static bool take(struct story *s, const struct verb_args *args, int option)
{
    const char **texts[OPTIONS] = {[AGAINST] = &s->against, [OUT] = &s->out, [DURATION] = &s->duration, [SEED] = &s->seed, [NATION] = &s->nation, [KEEP] = &s->keep};
    double number;

    if (option == VERB_OPERAND && s->scenario)
        return verb_error(s->verb, "expected one scenario, found \"%s\" too", args->value) == VERB_DONE;
    if (option == VERB_OPERAND)
        s->scenario = args->value;
    else if (option == JSON)
        s->json = true;
    else if (option == QUIET)
        s->quiet = true;
    else
        *texts[option] = args->value;
    if (option == DURATION)
        return verb_number(args, "duration", 60, 86400, &number);
    return option != SEED || verb_number(args, "seed", 0, 1e15, &number);
}

static bool read_scenarios(struct story *s)
{
    char room[4096] = "";
    struct text_out errors = text_out_init(room, sizeof room);

    s->of = scenario_default();
    s->before = scenario_default();
    return (scenario_file_read(&s->of, s->scenario, &errors) && scenario_file_read(&s->before, s->against, &errors)) || verb_error(s->verb, "%s", room) == VERB_DONE;
}

static bool open_folder(struct story *s)
{
    ssize_t size = readlink("/proc/self/exe", s->program, sizeof s->program - 1);
    const char *slash = strrchr(s->scenario, '/');

    if (size <= 0)
        return verb_error(s->verb, "where this program lies cannot be found") == VERB_DONE;
    snprintf(s->page, sizeof s->page, "%s%s", s->out ? s->out : slash ? slash + 1 : s->scenario, s->out ? "" : ".html");
    snprintf(s->folder, sizeof s->folder, "%s", s->keep ? s->keep : "/tmp/airseam-report-XXXXXX");
    const char *make[] = {"mkdir", "-p", s->folder, NULL};
    return (s->keep ? spawn_run(make) : mkdtemp(s->folder) != NULL) || verb_error(s->verb, "%s: %s", s->folder, strerror(errno)) == VERB_DONE;
}

static int tell(struct story *s)
{
    struct step steps[STEPS];
    int status = VERB_DONE;

    steps_of(s, steps);
    for (unsigned i = 0; i < STEPS && status == VERB_DONE; i++)
        status = run_step(s, &steps[i], i + 1) ? VERB_DONE : VERB_FAILED;
    if (status != VERB_DONE)
        return status;
    json_t *coverage = json_of(s, "coverage.json"), *handoffs = json_of(s, "handoffs.json");
    status = write_page(s, steps, coverage, handoffs) ? VERB_DONE : VERB_FAILED;
    if (s->json) {
        json_t *all = json_pack("{s:s, s:s, s:s, s:o?, s:o?, s:o?, s:o?}", "scenario", s->scenario, "against", s->against, "question", s->of.title, "coverage", json_incref(coverage),
                                "tracking", json_of(s, "evaluate.json"), "handoffs", json_incref(handoffs), "run", json_of(s, "replay.json"));
        status = all && json_dumpf(all, stdout, JSON_INDENT(1)) == 0 ? status : VERB_FAILED;
        putchar('\n');
        json_decref(all);
    } else if (!s->quiet)
        fprintf(stderr, "airseam report: %s\n", s->page);
    json_decref(coverage);
    json_decref(handoffs);
    return status;
}

static int run(const struct verb *verb, int argc, char **argv)
{
    static struct story s;
    struct verb_args args = verb_args_init(verb, argc, argv);
    int option, status = VERB_USAGE;

    s = (struct story){.verb = verb, .against = "baseline-2005", .duration = "600", .seed = "1", .nation = "US"};
    while ((option = verb_args_next(&args)) != VERB_END)
        if (option == VERB_BAD || !take(&s, &args, option))
            return VERB_USAGE;
    if (!s.scenario)
        return verb_error(verb, "expected a scenario: airseam scenarios lists them");
    if (read_scenarios(&s) && open_folder(&s))
        status = tell(&s);
    if (s.folder[0] && !s.keep && status == VERB_DONE)
        spawn_run((const char *const[]){"rm", "-rf", s.folder, NULL});
    return status;
}

const struct verb report_verb = {"report", "SCENARIO", "a scenario from end to end, against another, told in one page", options, run};
