/* Rows that are not meant become comments before the settings parse the file: its own messages keep their line numbers. */
#include "sim/world/sensors.h"
#include "sim/world/select.h"
#include "sim/world/table.h"
#include <stdlib.h>

const char *const sensors_files[SENSORS_FILES] = {"config/sensors/us.csv", "config/sensors/ca.csv", "config/sensors/mx.csv"};

static bool read_file(struct settings *s, const char *path, const struct select *select, struct text_out *errors)
{
    char error[256];
    size_t size;
    char *csv = table_read(path, &size, error, sizeof error);

    if (!csv) {
        text_put(errors, "%s\n", error);
        return false;
    }
    select_rows(select, csv, size);
    bool good = settings_parse_sites(s, path, (struct text){csv, size}, errors) == 0;
    free(csv);
    return good;
}

bool sensors_open(struct config *c, const char *const *files, unsigned count, const char *where, struct text_out *errors)
{
    struct settings *s = settings_new();
    struct select select;
    char error[256];
    bool good = s && select_parse(&select, where, error, sizeof error);

    if (s && !good)
        text_put(errors, "selection of sensors: %s\n", error);
    for (unsigned i = 0; i < count && good; i++)
        good = read_file(s, files[i], &select, errors);
    good = good && settings_check(s, "sensors", errors) == 0 && config_adopt(c, "sensors", s, errors);
    settings_free(s);
    return good;
}
