/* study: a coverage study made ready: region, terrain, sensors with what each of them sees, and figures of any set of them.
 *
 * What is dear (the region, and each sensor's reach over the terrain) is kept in files below the cache folder, by a digest of all it depends on. */
#ifndef SIM_STUDY_H
#define SIM_STUDY_H

#include "coverage/volume.h"
#include "daemon/config.h"
#include "sim/verb.h"
#include <stdio.h>

#define STUDY_FILES 16
#define STUDY_FLAGS 128
#define STUDY_SCOPES 96
#define STUDY_SCOPE_NAME 24

struct study_settings {
    const char *file[STUDY_FILES]; /* of sensors; none: those that are shipped */
    unsigned files;
    const char *terrain;           /* "none": a smooth earth */
    const char *cache;             /* folder; "": keep nothing */
    double cell_nm, within_nm, k;
    struct sight_target target;
    double nation_availability;    /* of each nation's sensors as a group: the grid they hang on, or the nation itself */
    bool hawaii, puerto_rico, progress;
    bool platforms;                /* airborne radars and radars over the horizon are there, too */
};

struct study_sensor {
    struct site site;
    struct sight_type type;
    char flags[STUDY_FLAGS];
    double availability;
    unsigned group; /* by nation: 0 US, 1 CA, 2 MX, 3 others */
    bool doubtful;  /* placeholder */
    bool in;        /* in the volume now */
    struct sight sight;
    struct view_reach *reach; /* NULL: sees nothing, or it flies */
    struct view *view;        /* NULL: sees nothing */
};
#define STUDY_GROUPS 4

struct study {
    struct study_settings settings;
    const struct verb *verb;
    struct area *land, *fir;
    struct terrain *ground;
    struct region *region;
    uint32_t outside; /* cells beyond the terrain's grid, taken as sea */
    uint32_t sensors;
    struct study_sensor *sensor;
    struct volume *volume;
    unsigned scopes;
    char scope[STUDY_SCOPES][STUDY_SCOPE_NAME];
    int8_t (*of)[VOLUME_SCOPES_PER_CELL];
    struct { double region_s, reach_s, view_s, volume_s; uint32_t swept; } took;
};

struct study_settings study_settings_default(void);
/* Reads, sweeps, views; no sensor is in the volume yet. False after a line on standard error. */
bool study_open(struct study *s, const struct verb *verb, const struct study_settings *settings);
void study_close(struct study *s);

/* Marks in set[] (one per sensor) those that the terms select (sim/world/select.h) with `value`. False after a line on standard error; *marked: how many. */
bool study_select(const struct study *s, const char *terms, bool value, bool *set, unsigned *marked);
/* The same among the platforms (config/platforms.csv). */
bool study_select_platforms(const struct study *s, const char *terms, bool value, bool *set, unsigned *marked);
/* Puts exactly the sensors of the set into the volume. */
void study_put(struct study *s, const bool *set);
/* Adds one, or takes it out. */
void study_toggle(struct study *s, uint32_t sensor, bool in);
/* Figures of the volume as it is: scopes * VOLUME_ROWS rows. */
void study_measure(const struct study *s, struct volume_figures *tables);

/* Of a nation: the group that its sensors are of. */
unsigned study_group(const char *nation);
/* Adds the platforms behind the sensors that stand (study_platforms.c). False after a line on standard error. */
bool study_platforms_open(struct study *s);

/* ---- kept between runs (study_cache.c) ---- */

/* The file's bytes, NULL where it is not there; the caller frees. */
void *study_cache_read(const struct study *s, const char *kind, uint64_t key, size_t *size);
/* A failure is no error: the next run is slower. */
void study_cache_write(const struct study *s, const char *kind, uint64_t key, const void *bytes, size_t size);
/* Every sensor's reach from the cache, the others by sweeping. False when memory is short. */
bool study_cache_reaches(struct study *s);

#endif
