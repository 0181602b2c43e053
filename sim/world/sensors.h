/* sensors: the sensor files (config/sensors), and which of their rows are meant, as settings. */
#ifndef SIM_WORLD_SENSORS_H
#define SIM_WORLD_SENSORS_H

#include "daemon/config.h"

/* Where the files of this project lie, relative to the folder it is used in. */
#define SENSORS_FILES 3
extern const char *const sensors_files[SENSORS_FILES];

/* Every default, and the selected sensors (sim/world/select.h) of the files. A row that is wrong costs that row: returns how many were passed over, each
 * with its line in *errors. Negative: nothing can be had of them; lines in *errors say why. */
int sensors_open(struct config *c, const char *const *files, unsigned count, const char *where, struct text_out *errors);

/* The names of the selected sensors of the files, one call each (the text is lent for it). False: a line in *errors. */
struct sensors_sink {
    void (*name)(void *context, struct text name);
    void *context;
};
bool sensors_names(const char *const *files, unsigned count, const char *where, const struct sensors_sink *sink, struct text_out *errors);

/* Whether terms mean something in the files: they parse, each column is in one of the files, and at least one sensor holds. False: *why says what is
 * not so. */
bool sensors_check(const char *const *files, unsigned count, const char *where, char *why, size_t size);

#endif
