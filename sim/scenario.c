/* scenario: what a scenario file says, checked with everything it names. */
#include "daemon/config.h"
#include "sim/verb.h"
#include "sim/world/scenario_file.h"
#include "sim/world/world.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a run may pass over and a check may not: rows of sensor files, events that meet no sensor or come when all is over. */
static bool check_events(struct scenario *s, struct text_out *errors)
{
    bool good = s->passed == 0;

    for (unsigned i = 0; i < s->events; i++) {
        const struct scenario_event *e = &s->event[i];
        bool late = e->at_s >= s->duration_s, idle = e->kind != SCENARIO_SILENCE && e->sensors == 0;
        if (!late && !idle)
            continue;
        scenario_say_place(s, e->place, errors);
        text_put(errors, "events: expected %s, found none\n", late ? "a time before the end of the scenario" : "a sensor of this scenario");
        good = false;
    }
    return good;
}

/* The world is made as for a run: that reads what else the scenario names. */
static bool check_world(const struct scenario *s, const char *path, struct text_out *errors)
{
    char error[512];
    struct world *w = world_new(s, NULL, error, sizeof error);

    if (!w)
        text_put(errors, "%s: %s\n", path, error);
    world_free(w);
    return w != NULL;
}

enum option { JSON, OPTIONS };
static const struct verb_option options[] = {
    [JSON] = {"json", NULL, "print JSON, a line for each good one"},
    [OPTIONS] = {NULL, NULL, NULL},
};

static void print(const char *path, const struct scenario *s, bool json)
{
    if (!json) {
        printf("%s: %u radars, %u aircraft, %u events, %.0f s\n", path, s->radars, s->aircraft, s->events, s->duration_s);
        return;
    }
    json_t *o = json_pack("{s:s, s:s, s:i, s:i, s:i, s:f}", "scenario", path, "title", s->title, "radars", (int)s->radars, "aircraft", (int)s->aircraft, "events",
                          (int)s->events, "duration_s", s->duration_s);
    json_dumpf(o, stdout, JSON_COMPACT | JSON_REAL_PRECISION(9));
    putchar('\n');
    json_decref(o);
}

static bool check(const char *path, bool json)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct scenario s = scenario_default();
    struct config config = {0};
    bool good = scenario_file_read(&s, path, &errors) && scenario_open(&s, &config, &errors);

    good = good && check_events(&s, &errors) && check_world(&s, path, &errors);
    fputs(room, stderr);
    if (good)
        print(path, &s, json);
    scenario_fini(&s);
    config_close(&config);
    return good;
}

static int scenario(const struct verb *verb, int argc, char **argv)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    const char **path = calloc((size_t)argc + 1, sizeof *path);
    int status = VERB_DONE, operands = 0, option;
    bool json = false;

    while (path && (option = verb_args_next(&args)) != VERB_END && status == VERB_DONE) {
        json = json || option == JSON;
        if (option == VERB_OPERAND)
            path[operands++] = args.value;
        else if (option == VERB_BAD)
            status = VERB_USAGE;
    }
    if (status == VERB_DONE && (operands < 2 || strcmp(path[0], "check") != 0))
        status = verb_error(verb, "expected: check SCENARIO...");
    for (int i = 1; i < operands && status != VERB_USAGE; i++)
        status = check(path[i], json) ? status : VERB_FAILED;
    free(path);
    return status;
}

const struct verb scenario_verb = {"scenario", "check SCENARIO...", "check scenario files and the sensors they name", options, scenario};
