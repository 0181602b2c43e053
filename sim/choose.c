/* choose: which of some candidate sensors close most of the gap that a set of sensors leaves, within a budget.
 *
 * The exact optimum is a maximum coverage problem, written as a mixed integer program for `cbc` (Debian: coinor-cbc): maximise sum w_e y_e subject to
 * y_e <= sum of x_i over the candidates that see element e, sum c_i x_i <= budget, x binary, 0 <= y <= 1 (Church & ReVelle, Papers of the Regional
 * Science Association 32 (1974)). */
#include "coverage/choose.h"
#include "base/unit.h"
#include "sim/spawn.h"
#include "sim/study_option.h"
#include "sim/world/table.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum option { CANDIDATES = STUDY_OPTIONS, BUDGET, COSTS, ECHOES, REPLIES, LAYERS, BY_AREA, EXACT, SECONDS, OPTIONS };
static const struct verb_option options[] = {
    STUDY_OPTION_ROWS,
    [CANDIDATES] = {"candidates", "TERMS", "what can be had; they are taken out of the set that is there [nation=MX]"},
    [BUDGET] = {"budget", "N", "so many of them, or with --costs the sum of their costs [5]"},
    [COSTS] = {"costs", "FILE", "CSV with the columns name and cost; without a row: 1"},
    [ECHOES] = {"echoes", "W", "weight of non-cooperative gaps [1]"},
    [REPLIES] = {"replies", "W", "weight of cooperative gaps [1]"},
    [LAYERS] = {"layers", "LIST", "numbers of the layers that count, lowest first, as in 1,6,9 [all]"},
    [BY_AREA] = {"by-area", NULL, "weigh by area in each layer instead of by volume"},
    [EXACT] = {"exact", NULL, "the exact optimum too, by the program cbc"},
    [SECONDS] = {"seconds", "S", "time for that [60]"},
    [OPTIONS] = {NULL, NULL, NULL},
};

struct chooser {
    struct study_request request;
    struct study study;
    const char *terms, *costs;
    double budget, seconds;
    struct choose_weight weight;
    bool exact;
    bool *set, *is_candidate;
    uint32_t candidates, sensor[CHOOSE_CANDIDATES];
    struct choose_candidate candidate[CHOOSE_CANDIDATES];
    struct choose *problem;
    struct choose_result greedy;
    char words[1024];
    double optimum;           /* negative: not known */
    bool proven;
    uint32_t best[CHOOSE_CANDIDATES], bests;
};

/* ---- options ---- */

static bool take_layers(struct chooser *c, const char *list)
{
    struct text rest = {list, strlen(list)}, field;
    int64_t layer;

    c->weight.layers = 0;
    while (text_field(&rest, ',', &field)) {
        if (text_int(field, 10, &layer) != 0 || layer < 1 || layer > REGION_LAYERS)
            return verb_error(c->request.verb, "--layers: expected numbers from 1 to %d, found \"%.*s\"", REGION_LAYERS, (int)field.size, field.at) == VERB_DONE;
        c->weight.layers |= 1u << (layer - 1);
    }
    return true;
}

static bool take(struct chooser *c, const struct verb_args *args, int option)
{
    const struct { enum option option; double least, most, *out; } numbers[] = {
        {BUDGET, 0, 1e12, &c->budget}, {ECHOES, 0, 1e6, &c->weight.kind[SIGHT_ECHO]}, {REPLIES, 0, 1e6, &c->weight.kind[SIGHT_REPLY]}, {SECONDS, 1, 86400, &c->seconds},
    };

    if (option < STUDY_OPTIONS)
        return study_request_take(&c->request, args, option);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if ((int)numbers[i].option == option)
            return verb_number(args, options[option].name, numbers[i].least, numbers[i].most, numbers[i].out);
    if (option == CANDIDATES)
        c->terms = args->value;
    else if (option == COSTS)
        c->costs = args->value;
    else if (option == LAYERS)
        return take_layers(c, args->value);
    c->weight.by_area = c->weight.by_area || option == BY_AREA;
    c->exact = c->exact || option == EXACT;
    return true;
}

static bool parse(struct chooser *c, int argc, char **argv)
{
    struct verb_args args = verb_args_init(c->request.verb, argc, argv);
    int option;

    while ((option = verb_args_next(&args)) != VERB_END)
        if (option == VERB_BAD || !take(c, &args, option))
            return false;
    study_request_end(&c->request);
    return true;
}

/* ---- the problem ---- */

static bool read_costs(struct chooser *c)
{
    static const char *const names[] = {"name", "cost"};
    struct text f[2];
    struct table t;
    unsigned others = 0;

    if (!c->costs)
        return true;
    bool good = table_open(&t, c->costs, names, 2, 2);
    while (good && table_next(&t, f)) {
        double cost = table_number(&t, "cost", f[1], 1e-6, 1e12);
        bool known = false;
        for (uint32_t i = 0; i < c->candidates; i++)
            if (text_equal(f[0], c->study.sensor[c->sensor[i]].site.name)) {
                c->candidate[i].cost = cost;
                known = true;
            }
        others += !known;
    }
    good = good && !t.error[0];
    if (!good)
        verb_error(c->request.verb, "%s", t.error);
    else if (others)
        verb_error(c->request.verb, "%s: %u rows name no candidate and are passed over", c->costs, others);
    table_close(&t);
    return good;
}

static bool pose(struct chooser *c)
{
    const struct verb *verb = c->request.verb;
    struct study *s = &c->study;
    unsigned n;

    c->set = calloc(s->sensors + 1u, sizeof *c->set);
    c->is_candidate = calloc(s->sensors + 1u, sizeof *c->is_candidate);
    if (!c->set || !c->is_candidate)
        return verb_error(verb, "memory is short") == VERB_DONE;
    if (!study_request_select(&c->request, s, c->set, c->words, sizeof c->words) || !study_select(s, c->terms, true, c->is_candidate, &n))
        return false;
    for (uint32_t i = 0; i < s->sensors; i++) {
        if (!c->is_candidate[i] || !c->set[i]) /* what --where and --without leave out cannot be had */
            continue;
        if (c->candidates == CHOOSE_CANDIDATES)
            return verb_error(verb, "at most %d candidates", CHOOSE_CANDIDATES) == VERB_DONE;
        c->set[i] = false;
        c->sensor[c->candidates] = i;
        c->candidate[c->candidates++] = (struct choose_candidate){s->sensor[i].view, 1};
    }
    if (c->candidates == 0)
        return verb_error(verb, "no sensor is like %s among %s", c->terms, c->words) == VERB_DONE;
    if (!read_costs(c))
        return false;
    study_put(s, c->set);
    c->problem = choose_new(s->volume, c->candidate, c->candidates, &c->weight);
    return c->problem || verb_error(verb, "memory is short") == VERB_DONE;
}

/* ---- exact ---- */

static void write_program(const struct chooser *c, FILE *out)
{
    uint32_t elements = choose_elements(c->problem), count;
    const uint16_t *by;
    double scale = c->greedy.all > 0 ? 1e6 / c->greedy.all : 1;

    fprintf(out, "Maximize\n gain:");
    for (uint32_t e = 0; e < elements; e++)
        fprintf(out, " + %.9g y%u\n", scale * choose_element(c->problem, e, &by, &count), e);
    fprintf(out, "Subject To\n");
    for (uint32_t e = 0; e < elements; e++) {
        choose_element(c->problem, e, &by, &count);
        fprintf(out, " e%u: y%u", e, e);
        for (uint32_t i = 0; i < count; i++)
            fprintf(out, " - x%u", by[i]);
        fprintf(out, " <= 0\n");
    }
    fprintf(out, " budget:");
    for (uint32_t i = 0; i < c->candidates; i++)
        fprintf(out, " + %.9g x%u\n", c->candidate[i].cost, i);
    fprintf(out, " <= %.9g\nBounds\n", c->budget);
    for (uint32_t e = 0; e < elements; e++)
        fprintf(out, " 0 <= y%u <= 1\n", e);
    fprintf(out, "Binaries\n");
    for (uint32_t i = 0; i < c->candidates; i++)
        fprintf(out, " x%u\n", i);
    fprintf(out, "End\n");
}

/* "Optimal - objective value ..." or "Stopped on time ...", then "index name value cost" for what is not 0. */
static bool read_solution(struct chooser *c, const char *path)
{
    FILE *f = fopen(path, "r");
    char line[256], name[32];
    double value;

    if (!f)
        return false;
    bool good = fgets(line, sizeof line, f) != NULL;
    c->proven = good && strncmp(line, "Optimal", 7) == 0;
    good = good && (c->proven || strncmp(line, "Stopped", 7) == 0);
    while (good && fgets(line, sizeof line, f)) {
        const char *p = line + strspn(line, " *");
        if (sscanf(p, "%*u %31s %lf", name, &value) != 2 || name[0] != 'x' || value < 0.5) /* NOLINT(cert-err34-c): a solver's own table */
            continue;
        unsigned long i = strtoul(name + 1, NULL, 10);
        if (i < c->candidates && c->bests < CHOOSE_CANDIDATES)
            c->best[c->bests++] = (uint32_t)i;
    }
    fclose(f);
    if (good)
        c->optimum = choose_gain(c->problem, c->best, c->bests);
    return good;
}

static bool run_cbc(const struct chooser *c, const char *program, const char *solution)
{
    char seconds[32];

    snprintf(seconds, sizeof seconds, "%.0f", c->seconds);
    return spawn_run((const char *const[]){"cbc", program, "sec", seconds, "ratio", "0", "allow", "0", "solve", "solution", solution, NULL});
}

static bool solve(struct chooser *c)
{
    char folder[] = "/tmp/airseam-choose-XXXXXX", program[64], solution[64];

    if (!mkdtemp(folder))
        return verb_error(c->request.verb, "no temporary folder") == VERB_DONE;
    snprintf(program, sizeof program, "%s/problem.lp", folder);
    snprintf(solution, sizeof solution, "%s/solution", folder);
    FILE *f = fopen(program, "w");
    bool good = f != NULL;
    if (f) {
        write_program(c, f);
        good = fclose(f) == 0;
    }
    good = good && run_cbc(c, program, solution) && read_solution(c, solution);
    unlink(program);
    unlink(solution);
    rmdir(folder);
    if (!good)
        verb_error(c->request.verb, "--exact: the program cbc (Debian: coinor-cbc) is not there, or failed");
    return good;
}

/* ---- results ---- */

static double unit(const struct chooser *c)
{
    return c->weight.by_area ? UNIT_NM * UNIT_NM * 1e3 : UNIT_NM * UNIT_NM * 1000 * UNIT_FT * 1e6;
}

static const char *name_of(const struct chooser *c, uint32_t candidate)
{
    return c->study.sensor[c->sensor[candidate]].site.name;
}

static void print_text(const struct chooser *c)
{
    const struct choose_result *g = &c->greedy;
    double sum = 0;

    if (terrain_is_smooth(c->study.ground))
        printf("*** SMOOTH EARTH: NO TERRAIN. Not for decisions. ***\n\n");
    printf("there: %s, without the candidates: %u of %s\nterrain %s, k %.4g, cross-section %g m2, detection at least %g; weights %g (echoes), %g (replies)\n",
           c->words, c->candidates, c->terms, c->study.settings.terrain, c->study.settings.k, c->study.settings.target.rcs_m2,
           c->study.settings.target.detection, c->weight.kind[0], c->weight.kind[1]);
    printf("all candidates together close %.2f %s of gap\n\n%-4s%-30s%12s%10s%10s\n", g->all / unit(c), c->weight.by_area ? "1000 NM2" : "million NM2 * 1000 ft", "",
           "chosen, greedy", "gain", "% of all", "cost");
    for (unsigned i = 0; i < g->count; i++) {
        sum += g->gain[i];
        printf("%3u %-30s%12.3f%10.2f%10g%s\n", i + 1, name_of(c, g->chosen[i]), g->gain[i] / unit(c), 100 * sum / g->all, c->candidate[g->chosen[i]].cost,
               c->study.sensor[c->sensor[g->chosen[i]]].doubtful ? "  placeholder" : "");
    }
    printf("\ngreedy %.3f for %g; no choice within the budget of %g closes more than %.3f (gap %.2f %%)\n", g->total / unit(c), g->cost, c->budget, g->bound / unit(c),
           g->bound > 0 ? 100 * (g->bound - g->total) / g->bound : 0);
    if (c->optimum < 0)
        return;
    printf("exact %.3f%s (greedy is %.3f %% below), %u elements:", c->optimum / unit(c), c->proven ? "" : ", not proven in the time", 100 * (c->optimum - g->total) / c->optimum,
           choose_elements(c->problem));
    for (uint32_t i = 0; i < c->bests; i++)
        printf(" %s", name_of(c, c->best[i]));
    putchar('\n');
}

static void print_json(const struct chooser *c)
{
    const struct choose_result *g = &c->greedy;
    json_t *chosen = json_array(), *best = json_array();

    for (unsigned i = 0; i < g->count; i++)
        json_array_append_new(chosen, json_pack("{s:s, s:f, s:f, s:b}", "sensor", name_of(c, g->chosen[i]), "gain", g->gain[i] / unit(c), "cost",
                                                c->candidate[g->chosen[i]].cost, "placeholder", c->study.sensor[c->sensor[g->chosen[i]]].doubtful));
    for (uint32_t i = 0; i < c->bests; i++)
        json_array_append_new(best, json_string(name_of(c, c->best[i])));
    json_t *o = json_pack("{s:s, s:s, s:i, s:s, s:f, s:o, s:f, s:f, s:f}", "set", c->words, "candidates", c->terms, "candidate_count", (int)c->candidates, "unit",
                          c->weight.by_area ? "1000 NM2" : "million NM2 kft", "budget", c->budget, "greedy", chosen, "total", g->total / unit(c), "bound",
                          g->bound / unit(c), "all", g->all / unit(c));
    if (c->optimum >= 0)
        json_object_set_new(o, "exact", json_pack("{s:f, s:b, s:o}", "total", c->optimum / unit(c), "proven", c->proven, "chosen", json_incref(best)));
    json_decref(best);
    json_dumpf(o, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(8));
    putchar('\n');
    json_decref(o);
}

static int choose_run(const struct verb *verb, int argc, char **argv)
{
    static struct chooser c;
    int status = VERB_USAGE;

    c = (struct chooser){.terms = "nation=MX", .budget = 5, .seconds = 60, .weight = {{1, 1}, (1u << REGION_LAYERS) - 1, false}, .optimum = -1};
    study_request_init(&c.request, verb);
    if (!parse(&c, argc, argv))
        return VERB_USAGE;
    if (study_open(&c.study, verb, &c.request.settings) && pose(&c)) {
        choose_greedy(c.problem, c.budget, &c.greedy);
        status = !c.exact || solve(&c) ? VERB_DONE : VERB_FAILED;
        (c.request.json ? print_json : print_text)(&c);
    }
    choose_free(c.problem);
    free(c.set);
    free(c.is_candidate);
    study_close(&c.study);
    return status;
}

const struct verb choose_verb = {"choose", "[SCENARIO]...", "which candidate sensors close most of the gap within a budget", options, choose_run};
