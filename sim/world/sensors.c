/* Rows that are not meant become comments before the settings parse the file: its own messages keep their line numbers. */
#include "sim/world/sensors.h"
#include "sim/world/select.h"
#include "sim/world/table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const sensors_files[SENSORS_FILES] = {"config/sensors/us.csv", "config/sensors/ca.csv", "config/sensors/mx.csv"};

/* The file with the rows that are not meant as comments, and how many are meant; NULL: a line in *errors. The caller frees it. */
static char *read_selected(const char *path, const struct select *select, size_t *size, unsigned *rows, struct text_out *errors)
{
    char error[256];
    char *csv = table_read(path, size, error, sizeof error);

    *rows = csv ? select_rows(select, csv, *size) : 0;
    if (!csv)
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

/* One file's sites: the number of rows that were passed over, or -1 where it was more than rows that is wrong. */
static int add_file(struct settings *s, const char *path, const struct select *select, struct text_out *errors)
{
    uint32_t before = s->sites;
    unsigned rows;
    size_t size = 0;
    char *csv = read_selected(path, select, &size, &rows, errors);
    unsigned mistakes = csv ? settings_parse_sites(s, path, (struct text){csv, size}, errors) : 1;

    free(csv);
    return mistakes == 0 ? 0 : s->sites == before ? -1 : (int)(rows - (s->sites - before));
}

int sensors_open(struct config *c, const char *const *files, unsigned count, const char *where, struct text_out *errors)
{
    struct settings *s = settings_new();
    struct select select;
    bool good = s && parse_where(&select, where, errors);
    int passed = 0;

    for (unsigned i = 0; i < count && good; i++) {
        int of_file = add_file(s, files[i], &select, errors);
        good = of_file >= 0;
        passed += of_file;
    }
    good = good && settings_check(s, "sensors", errors) == 0 && config_adopt(c, "sensors", s, errors);
    settings_free(s);
    return good ? passed : -1;
}

bool sensors_names(const char *const *files, unsigned count, const char *where, const struct sensors_sink *sink, struct text_out *errors)
{
    struct select select;
    bool good = parse_where(&select, where, errors);

    for (unsigned i = 0; i < count && good; i++) {
        size_t size = 0;
        unsigned rows;
        char *csv = read_selected(files[i], &select, &size, &rows, errors);
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

/* What the files hold of some terms. */
struct tally {
    const struct select *select;
    bool known[SELECT_TERMS]; /* the column of each term */
    unsigned sensors;
};

static bool same(struct text a, struct text b)
{
    return a.size == b.size && memcmp(a.at, b.at, a.size) == 0;
}

static void tally_file(struct tally *t, struct text csv)
{
    struct text names = {"", 0}, line, name, rest;

    while (text_line(&csv, &line)) {
        if (line.size == 0 || line.at[0] == '#')
            continue;
        if (names.size > 0) {
            t->sensors += select_row(t->select, names, line);
            continue;
        }
        for (rest = names = line; text_field(&rest, ',', &name);)
            for (unsigned i = 0; i < t->select->terms; i++)
                t->known[i] = t->known[i] || same(name, t->select->term[i].column);
    }
}

bool sensors_check(const char *const *files, unsigned count, const char *where, char *why, size_t size)
{
    struct select select;
    struct tally t = {.select = &select};

    if (!select_parse(&select, where, NULL, why, size))
        return false;
    for (unsigned i = 0; i < count; i++) {
        size_t octets = 0;
        char *csv = table_read(files[i], &octets, why, size);
        if (!csv)
            return false;
        tally_file(&t, (struct text){csv, octets});
        free(csv);
    }
    for (unsigned i = 0; i < select.terms; i++)
        if (!t.known[i]) {
            snprintf(why, size, "expected a column of the sensor files, found \"%.*s\"", (int)select.term[i].column.size, select.term[i].column.at);
            return false;
        }
    if (t.sensors == 0)
        snprintf(why, size, "no sensor is like \"%.200s\"", where);
    return t.sensors > 0;
}
