/* table: rows of a CSV file that people write, columns found by their names in its first line. Quotes are not special.
 *
 * Columns that nobody asks for are passed over; lines that begin with '#' and empty lines too. */
#ifndef SIM_WORLD_TABLE_H
#define SIM_WORLD_TABLE_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define TABLE_COLUMNS 32

struct table {
    const char *path; /* lent */
    char *bytes;
    struct text rest;
    unsigned line, columns;
    int place[TABLE_COLUMNS]; /* of each wanted column in the file; -1: not there */
    char error[256];          /* "" or what is wrong: "file:line: expected ..." */
};

/* Files of this project are named config/...; where there is no such file below the present folder, it is the one that was installed. */
#define TABLE_INSTALLED "/etc/airseam/"
FILE *table_open_file(const char *path);
/* The whole of a file, NUL-ended; NULL and *error ("file: why") when it cannot be read. The caller frees it. */
char *table_read(const char *path, size_t *size, char *error, size_t error_size);
/* names: `columns` column names; the first `needed` of them must be there. False: t->error says why. */
bool table_open(struct table *t, const char *path, const char *const *names, unsigned columns, unsigned needed);
/* The next row's wanted fields (empty where the column is absent; lent until table_close). False at the end, or with t->error set. */
bool table_next(struct table *t, struct text *fields);
/* Notes an error at the line that was read last; the first one stays. */
void table_refuse(struct table *t, const char *expected, struct text found);
/* A field as a number within [lo, hi]; otherwise the error is noted and lo given. */
double table_number(struct table *t, const char *name, struct text field, double lo, double hi);
void table_close(struct table *t);

#endif
