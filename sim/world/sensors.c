/* Rows that are not meant become comments before the settings parse the file: its own messages keep their line numbers. */
#include "sim/world/sensors.h"
#include "sim/world/select.h"
#include "sim/world/table.h"
#include <stdlib.h>

const char *const sensors_files[SENSORS_FILES] = {"config/sensors/us.csv", "config/sensors/ca.csv", "config/sensors/mx.csv"};

/* The file with the rows that are not meant as comments; NULL: a line in *errors. The caller frees it. */
static char *read_selected(const char *path, const struct select *select, size_t *size, struct text_out *errors)
{
    char error[256];
    char *csv = table_read(path, size, error, sizeof error);

    if (csv)
        select_rows(select, csv, *size);
    else
        text_put(errors, "%s\n", error);
    return csv;
}

static bool parse_where(struct select *select, const char *where, struct text_out *errors)
{
    char error[256];
    bool good = select_parse(select, where, NULL, error, sizeof error);

    if (!good)
        text_put(errors, "selection of sensors: %s\n", error);
    return good;
}

bool sensors_open(struct config *c, const char *const *files, unsigned count, const char *where, struct text_out *errors)
{
    struct settings *s = settings_new();
    struct select select;
    bool good = s && parse_where(&select, where, errors);

    for (unsigned i = 0; i < count && good; i++) {
        size_t size = 0;
        char *csv = read_selected(files[i], &select, &size, errors);
        good = csv && settings_parse_sites(s, files[i], (struct text){csv, size}, errors) == 0;
        free(csv);
    }
    good = good && settings_check(s, "sensors", errors) == 0 && config_adopt(c, "sensors", s, errors);
    settings_free(s);
    return good;
}

bool sensors_names(const char *const *files, unsigned count, const char *where, const struct sensors_sink *sink, struct text_out *errors)
{
    struct select select;
    bool good = parse_where(&select, where, errors);

    for (unsigned i = 0; i < count && good; i++) {
        size_t size = 0;
        char *csv = read_selected(files[i], &select, &size, errors);
        struct text rest = {csv, size}, line, names = {"", 0}, name;
        good = csv != NULL;
        while (good && text_line(&rest, &line)) {
            if (line.size == 0 || line.at[0] == '#')
                continue;
            if (names.size > 0 && select_cell(names, line, "name", &name))
                sink->name(sink->context, name);
            else
                names = line;
        }
        free(csv);
    }
    return good;
}
