#include "sim/study_option.h"
#include "base/text.h"
#include "sim/world/scenario_file.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct verb_option rows[] = {STUDY_OPTION_ROWS};

void study_request_init(struct study_request *r, const struct verb *verb)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    *r = (struct study_request){.verb = verb, .settings = study_settings_default(), .scenario = {.where = ""}};
    r->settings.progress = isatty(STDERR_FILENO);
    if (cache && cache[0])
        snprintf(r->cache, sizeof r->cache, "%s/airseam", cache);
    else if (home && home[0])
        snprintf(r->cache, sizeof r->cache, "%s/.cache/airseam", home);
    r->settings.cache = r->cache;
}

bool study_request_scenario(const struct verb *verb, struct scenario *s, const char *name)
{
    char room[4096] = "";
    struct text_out errors = text_out_init(room, sizeof room);
    bool good = scenario_file_read(s, name, &errors);

    if (!good)
        verb_error(verb, "%s", room);
    return good;
}

static bool take_number(struct study_request *r, const struct verb_args *args, int option)
{
    struct study_settings *s = &r->settings;
    const struct { enum study_option option; double least, most, *out; } numbers[] = {
        {STUDY_CELL, 2, 100, &s->cell_nm}, {STUDY_WITHIN, 1, 600, &s->within_nm}, {STUDY_K, 0.5, 10, &s->k}, {STUDY_RCS, 1e-6, 1e6, &s->target.rcs_m2},
        {STUDY_PD, 1e-5, 0.99999, &s->target.detection}, {STUDY_NATION_AVAILABILITY, 0, 1, &s->nation_availability},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if ((int)numbers[i].option == option)
            return verb_number(args, rows[option].name, numbers[i].least, numbers[i].most, numbers[i].out);
    return true;
}

bool study_request_take(struct study_request *r, const struct verb_args *args, int option)
{
    struct study_settings *s = &r->settings;

    if (option == VERB_OPERAND)
        return study_request_scenario(r->verb, &r->scenario, args->value);
    if (option == STUDY_SENSORS && s->files == STUDY_FILES)
        return verb_error(r->verb, "at most %d of --sensors", STUDY_FILES) == VERB_DONE;
    if (option == STUDY_WITHOUT && r->withouts == STUDY_WITHOUTS)
        return verb_error(r->verb, "at most %d of --without", STUDY_WITHOUTS) == VERB_DONE;
    if (option == STUDY_SENSORS)
        s->file[s->files++] = args->value;
    else if (option == STUDY_WITHOUT)
        r->without[r->withouts++] = args->value;
    else if (option == STUDY_WHERE)
        r->where = args->value;
    else if (option == STUDY_PLATFORMS)
        r->platforms = args->value;
    else if (option == STUDY_TERRAIN)
        s->terrain = args->value;
    else if (option == STUDY_CACHE)
        s->cache = args->value;
    else if (option == STUDY_NO_CACHE)
        s->cache = "";
    r->json = r->json || option == STUDY_JSON;
    s->hawaii = s->hawaii || option == STUDY_HAWAII;
    s->puerto_rico = s->puerto_rico || option == STUDY_PUERTO_RICO;
    s->progress = s->progress && option != STUDY_QUIET;
    return take_number(r, args, option);
}

void study_request_end(struct study_request *r)
{
    for (unsigned i = 0; i < r->scenario.files && r->settings.files < STUDY_FILES; i++)
        r->settings.file[r->settings.files++] = r->scenario.file[i];
    if (!r->platforms && r->scenario.flying)
        r->platforms = r->scenario.platforms;
    r->settings.platforms = r->settings.platforms || r->platforms;
}

bool study_request_platforms(const struct verb *verb, const struct study *s, const char *terms, bool *set, char *words, size_t room)
{
    unsigned n;
    size_t used = strlen(words);

    if (!study_select_platforms(s, terms, true, set, &n))
        return false;
    snprintf(words + used, room - used, ", platforms %s", terms[0] ? terms : "all");
    return n > 0 || verb_error(verb, "no platform is like %s", terms) == VERB_DONE;
}

bool study_request_select(const struct study_request *r, const struct study *s, bool *set, char *words, size_t room)
{
    const char *where = r->where ? r->where : r->scenario.where[0] ? r->scenario.where : STUDY_ACTIVE;
    unsigned n;

    if (!study_select(s, where, true, set, &n))
        return false;
    if (n == 0)
        return verb_error(r->verb, "no sensor is like %s", where) == VERB_DONE;
    snprintf(words, room, "%s", where[0] ? where : "all");
    if (r->platforms && !study_request_platforms(r->verb, s, r->platforms, set, words, room))
        return false;
    for (unsigned i = 0; i < r->withouts; i++) {
        unsigned flying = 0;
        if (!study_select(s, r->without[i], false, set, &n) || (r->settings.platforms && !study_select_platforms(s, r->without[i], false, set, &flying)))
            return false;
        if (n + flying == 0)
            return verb_error(r->verb, "--without: no sensor is like %s", r->without[i]) == VERB_DONE;
        size_t used = strlen(words);
        snprintf(words + used, room - used, ", without %s", r->without[i]);
    }
    return true;
}
