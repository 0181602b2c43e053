/* files: the data that the project ships, read for the tests of this folder. */
#ifndef COVERAGE_FILES_H
#define COVERAGE_FILES_H

#include "geo/area.h"
#include "geo/terrain.h"

/* The caller frees; a failed test otherwise. Tests run from the top of the tree. */
void *files_read(const char *path, size_t *size);
struct area *files_area(const char *path, const char *const *names);
struct terrain *files_terrain(void);

#endif
