/* study_option: the options that coverage and choose share, as rows: what the study rests on, and which sensors are there. */
#ifndef SIM_STUDY_OPTION_H
#define SIM_STUDY_OPTION_H

#include "sim/study.h"
#include "sim/world/scenario.h"

enum study_option {
    STUDY_SENSORS, STUDY_WHERE, STUDY_WITHOUT, STUDY_PLATFORMS, STUDY_JSON, STUDY_CELL, STUDY_WITHIN, STUDY_K, STUDY_RCS, STUDY_PD, STUDY_TERRAIN, STUDY_HAWAII,
    STUDY_PUERTO_RICO, STUDY_NATION_AVAILABILITY, STUDY_CACHE, STUDY_NO_CACHE, STUDY_QUIET, STUDY_OPTIONS
};
#define STUDY_ACTIVE "status!=closed"
#define STUDY_OPTION_ROWS                                                                                                                              \
    [STUDY_SENSORS] = {"sensors", "FILE", "take the sensors from this file; may be given again [config/sensors/us.csv, ca.csv, mx.csv]"},               \
    [STUDY_WHERE] = {"where", "TERMS", "only these of them, as in \"nation=US,CA status!=closed\" [" STUDY_ACTIVE "]"},                                  \
    [STUDY_WITHOUT] = {"without", "TERMS", "and not these, as in flags=aerostat or name=makah,lakeside; may be given again"},                           \
    [STUDY_PLATFORMS] = {"platforms", "TERMS", "with these airborne radars and radars over the horizon of config/platforms.csv, as in flags=airborne [as the scenario has it]"}, \
    [STUDY_JSON] = {"json", NULL, "print JSON instead of tables"},                                                                                     \
    [STUDY_CELL] = {"cell", "NM", "width of a cell [10]"},                                                                                             \
    [STUDY_WITHIN] = {"within", "NM", "of border or coast [600]"},                                                                                     \
    [STUDY_K] = {"k", "K", "effective earth radius, in true ones [1.3333]"},                                                                           \
    [STUDY_RCS] = {"rcs", "M2", "cross-section of what is to be seen by echoes [2]"},                                                                  \
    [STUDY_PD] = {"pd", "P", "probability of detection per scan that counts as seeing [0.8]"},                                                         \
    [STUDY_TERRAIN] = {"terrain", "FILE", "heights of the ground; none: a smooth earth, and the report says so loudly [config/terrain/etopo5.terrain]"}, \
    [STUDY_HAWAII] = {"hawaii", NULL, "with Hawaii and the sea around it"},                                                                            \
    [STUDY_PUERTO_RICO] = {"puerto-rico", NULL, "with Puerto Rico and the sea around it"},                                                             \
    [STUDY_NATION_AVAILABILITY] = {"nation-availability", "A", "of all sensors of a nation together, beside each one's own: their common grid [1]"},   \
    [STUDY_CACHE] = {"cache", "FOLDER", "where to keep what is dear [$XDG_CACHE_HOME/airseam or ~/.cache/airseam]"},                                   \
    [STUDY_NO_CACHE] = {"no-cache", NULL, "keep nothing"},                                                                                             \
    [STUDY_QUIET] = {"quiet", NULL, "no progress"}

#define STUDY_WITHOUTS 32
struct study_request {
    const struct verb *verb;
    struct study_settings settings;
    struct scenario scenario;
    const char *where, *platforms, *without[STUDY_WITHOUTS];
    unsigned withouts;
    bool json;
    char cache[4096];
};

/* Every default. r must stay where it is. */
void study_request_init(struct study_request *r, const struct verb *verb);
/* Takes an option below STUDY_OPTIONS, or a scenario's name (VERB_OPERAND). False after a line on standard error. */
bool study_request_take(struct study_request *r, const struct verb_args *args, int option);
bool study_request_scenario(const struct verb *verb, struct scenario *s, const char *name);
/* Sensor files that a scenario named: after the last option. */
void study_request_end(struct study_request *r);
/* Adds the platforms meant to the set and to the words. False after a line on standard error. */
bool study_request_platforms(const struct verb *verb, const struct study *s, const char *terms, bool *set, char *words, size_t room);
/* The sensors that are there; in words too. False after a line on standard error. */
bool study_request_select(const struct study_request *r, const struct study *s, bool *set, char *words, size_t room);

#endif
