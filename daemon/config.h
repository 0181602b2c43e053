/* config: the settings file and the sensor files it names, as one struct and as one text.
 *
 * What is used is always the parse of the printed text, the text that the tape carries: a replay therefore starts from the very same numbers. */
#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include "settings/settings.h"

struct config {
    struct settings *settings;
    char *text; /* as settings_print makes it: everything inline */
};

#define CONFIG_ERRORS_SIZE 65536

/* From a file: true; false when it does not open or has mistakes, a line each in *errors; *c is then empty. */
bool config_open(struct config *c, const char *path, struct text_out *errors);
/* From settings that somebody made (lent): for programs that need sensors and nothing else. `name` stands in the errors. */
bool config_adopt(struct config *c, const char *name, const struct settings *s, struct text_out *errors);
/* From a tape's START or SETTINGS payload. `name` stands in the errors. */
bool config_parse(struct config *c, const char *name, const char *text, size_t size, struct text_out *errors);
void config_close(struct config *c);

#endif
