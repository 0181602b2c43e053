/* scenarios: the shipped scenarios, a line each. */
#include "sim/verb.h"
#include "sim/world/scenario_file.h"
#include "sim/world/table.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_scenario(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);

    return size > 5 && strcmp(entry->d_name + size - 5, ".yaml") == 0;
}

static int scenarios(const struct verb *verb, int argc, char **argv)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    const char *folder = SCENARIO_FILE_FOLDER;
    struct dirent **entry = NULL;
    int status = VERB_DONE;

    if (verb_args_next(&args) != VERB_END)
        return verb_error(verb, "takes no arguments");
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
            printf("%-20.*s %s\n", (int)strlen(entry[i]->d_name) - 5, entry[i]->d_name, s.title);
        else
            fputs(room, stderr);
        status = good ? status : VERB_FAILED;
        free(entry[i]);
    }
    free(entry);
    return status;
}

const struct verb scenarios_verb = {"scenarios", "", "the shipped scenarios, a line each", NULL, scenarios};
