/* scenario: what a scenario file says, checked with everything it names. */
#include "daemon/config.h"
#include "sim/verb.h"
#include "sim/world/scenario_file.h"
#include "sim/world/world.h"
#include <stdio.h>
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

static bool check(const char *path)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct scenario s = scenario_default();
    struct config config = {0};
    bool good = scenario_file_read(&s, path, &errors) && scenario_open(&s, &config, &errors);

    good = good && check_events(&s, &errors) && check_world(&s, path, &errors);
    fputs(room, stderr);
    if (good)
        printf("%s: %u radars, %u aircraft, %u events, %.0f s\n", path, s.radars, s.aircraft, s.events, s.duration_s);
    scenario_fini(&s);
    config_close(&config);
    return good;
}

static int scenario(const struct verb *verb, int argc, char **argv)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    int status = VERB_DONE, files = 0, option;

    if (verb_args_next(&args) != VERB_OPERAND || strcmp(args.value, "check") != 0)
        return verb_error(verb, "expected: check SCENARIO...");
    while ((option = verb_args_next(&args)) == VERB_OPERAND) {
        status = check(args.value) ? status : VERB_FAILED;
        files++;
    }
    if (option == VERB_BAD || files == 0)
        return option == VERB_BAD ? VERB_USAGE : verb_error(verb, "expected: check SCENARIO...");
    return status;
}

const struct verb scenario_verb = {"scenario", "check SCENARIO...", "check scenario files and the sensors they name", NULL, scenario};
