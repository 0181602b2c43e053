/* page: a coverage study as one self-contained HTML page: maps, tables, assumptions; readable in print. */
#ifndef SIM_PAGE_H
#define SIM_PAGE_H

#include "sim/report.h"

/* False after a line on standard error. */
bool page_write(const struct report *r, const char *path);

#endif
