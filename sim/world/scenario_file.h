/* scenario_file: scenarios as people write them, in YAML (doc/man/airseam-scenario.5). A file may extend another one beside it: what it says counts. */
#ifndef SIM_WORLD_SCENARIO_FILE_H
#define SIM_WORLD_SCENARIO_FILE_H

#include "base/text.h"
#include "sim/world/scenario.h"

#define SCENARIO_FILE_FOLDER "config/scenarios/"

/* Puts what the file says into the scenario. A name without '/' and '.' is one of those that are shipped. False: a line in *errors for each mistake,
 * "file:line:column: key: expected ..., found ...". */
bool scenario_file_read(struct scenario *s, const char *path, struct text_out *errors);

#endif
