/* select: which rows of the sensor files are meant.
 *
 *   nation=US,MX flags=border type=ARSR-4* status!=closed
 * Terms are separated by spaces and must all hold. A term names a column and the values that it may have (or, with !=, may not); a value that ends
 * in * means all that begin so. Of the column `flags` each word counts. A term on a column that a file lacks holds for no row of it.
 *
 *   nation=US,CA flags=norad-2005 or nation=MX except name=acapulco,leon
 * Queries are read from left to right: `or` adds the rows of the terms behind it, `except` takes theirs away. Before a first `except` stands every row. */
#ifndef SIM_WORLD_SELECT_H
#define SIM_WORLD_SELECT_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

#define SELECT_TERMS 64

struct select_term {
    struct text column, values;
    bool not;
    bool first;  /* of its query; the terms behind it up to the next first one must hold as well */
    bool except; /* of the first: what the query does with its rows */
};

/* Lends the text it was parsed from. */
struct select {
    unsigned terms;
    struct select_term term[SELECT_TERMS];
};

/* NULL or "": every row. False and a line in error when a term is none; *at (may be NULL) is where in the text that is. */
bool select_parse(struct select *s, const char *text, size_t *at, char *error, size_t error_size);
/* The row's cell in a column; false where there is none. */
bool select_cell(struct text names, struct text row, const char *column, struct text *cell);
/* Whether a row holds; names and row are lines of CSV. */
bool select_row(const struct select *s, struct text names, struct text row);
/* Turns the rows of a sensor file that do not hold into comments, in place, so that the numbers of lines stay. Returns how many are left. */
unsigned select_rows(const struct select *s, char *csv, size_t size);

#endif
