/* scenarios: the shipped scenarios, a line each. */
#include "sim/verb.h"
#include "sim/world/scenario_file.h"
#include "sim/world/table.h"
#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_scenario(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);

    return size > 5 && strcmp(entry->d_name + size - 5, ".yaml") == 0;
}

enum option { JSON, OPTIONS };
static const struct verb_option options[] = {
    [JSON] = {"json", NULL, "print JSON, a line for each"},
    [OPTIONS] = {NULL, NULL, NULL},
};

static void print(const char *file, const char *title, bool json)
{
    int size = (int)strlen(file) - 5;

    if (!json) {
        printf("%-20.*s %s\n", size, file, title);
        return;
    }
    json_t *o = json_pack("{s:s%, s:s}", "scenario", file, (size_t)size, "title", title);
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static int scenarios(const struct verb *verb, int argc, char **argv)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    const char *folder = SCENARIO_FILE_FOLDER;
    struct dirent **entry = NULL;
    int status = VERB_DONE, option;
    bool json = false;

    while ((option = verb_args_next(&args)) != VERB_END) {
        if (option != JSON)
            return option == VERB_BAD ? VERB_USAGE : verb_error(verb, "unexpected argument \"%s\"", args.value);
        json = true;
    }
    int count = scandir(folder, &entry, is_scenario, alphasort);
    if (count < 0) {
        folder = TABLE_INSTALLED "scenarios/";
        count = scandir(folder, &entry, is_scenario, alphasort);
    }
    if (count < 0)
        return verb_error(verb, "%s: %s", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        static char room[4096];
        struct text_out errors = text_out_init(room, sizeof room);
        struct scenario s = scenario_default();
        char path[512];
        snprintf(path, sizeof path, "%s%s", folder, entry[i]->d_name);
        bool good = scenario_file_read(&s, path, &errors);
        if (good)
            print(entry[i]->d_name, s.title, json);
        else
            fputs(room, stderr);
        status = good ? status : VERB_FAILED;
        free(entry[i]);
    }
    free(entry);
    return status;
}

const struct verb scenarios_verb = {"scenarios", "", "the shipped scenarios, a line each", options, scenarios};
