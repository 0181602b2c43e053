/* CSV as this project's own files are written: commas, no quotes, UTF-8, the columns' names first. */
#include "sim/world/table.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

FILE *table_open_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    char installed[4096];

    if (f || errno != ENOENT || strncmp(path, "config/", 7) != 0)
        return f;
    snprintf(installed, sizeof installed, TABLE_INSTALLED "%s", path + 7);
    f = fopen(installed, "rb");
    errno = f ? 0 : ENOENT;
    return f;
}

char *table_read(const char *path, size_t *size, char *error, size_t error_size)
{
    FILE *f = table_open_file(path);
    char *bytes = NULL;
    size_t used = 0, room = 0, n = 1;

    while (f && n > 0) {
        if (used + 1 >= room) {
            room = room ? 2 * room : 65536;
            char *more = realloc(bytes, room);
            if (!more)
                break;
            bytes = more;
        }
        n = fread(bytes + used, 1, room - used - 1, f);
        used += n;
    }
    if (!f || ferror(f) || n > 0) {
        snprintf(error, error_size, "%s: %s", path, strerror(errno ? errno : EIO));
        free(bytes);
        bytes = NULL;
    }
    if (f)
        fclose(f);
    if (bytes) {
        bytes[used] = '\0';
        *size = used;
    }
    return bytes;
}

/* The next line that says something. */
static bool line_of(struct table *t, struct text *line)
{
    while (text_line(&t->rest, line)) {
        t->line++;
        if (line->size > 0 && line->at[0] != '#')
            return true;
    }
    return false;
}

bool table_open(struct table *t, const char *path, const char *const *names, unsigned columns, unsigned needed)
{
    struct text line = {"", 0}, field;
    size_t size = 0;

    memset(t, 0, sizeof *t);
    t->path = path;
    t->columns = columns;
    t->bytes = table_read(path, &size, t->error, sizeof t->error);
    if (!t->bytes)
        return false;
    t->rest = (struct text){t->bytes, size};
    for (unsigned i = 0; i < columns; i++)
        t->place[i] = -1;
    line_of(t, &line);
    for (int place = 0; text_field(&line, ',', &field); place++)
        for (unsigned i = 0; i < columns; i++)
            if (text_equal(field, names[i]))
                t->place[i] = place;
    for (unsigned i = 0; i < needed; i++)
        if (t->place[i] < 0) {
            snprintf(t->error, sizeof t->error, "%s:%u: expected a column \"%s\"", path, t->line, names[i]);
            return false;
        }
    return true;
}

bool table_next(struct table *t, struct text *fields)
{
    struct text line, field;

    if (t->error[0] || !line_of(t, &line))
        return false;
    for (unsigned i = 0; i < t->columns; i++)
        fields[i] = (struct text){"", 0};
    for (int place = 0; text_field(&line, ',', &field); place++)
        for (unsigned i = 0; i < t->columns; i++)
            if (t->place[i] == place)
                fields[i] = field;
    return true;
}

void table_refuse(struct table *t, const char *expected, struct text found)
{
    if (!t->error[0])
        snprintf(t->error, sizeof t->error, "%s:%u: expected %s, found \"%.*s\"", t->path, t->line, expected, (int)found.size, found.at);
}

double table_number(struct table *t, const char *name, struct text field, double lo, double hi)
{
    double value;

    if (text_double(field, &value) == 0 && value >= lo && value <= hi)
        return value;
    char expected[96];
    snprintf(expected, sizeof expected, "%s from %g to %g", name, lo, hi);
    table_refuse(t, expected, field);
    return lo;
}

void table_close(struct table *t)
{
    free(t->bytes);
    t->bytes = NULL;
}
