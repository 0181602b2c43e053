#include "files.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

void *files_read(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    char *bytes = malloc(1 << 22);

    ck_assert_msg(f && bytes, "%s does not open", path);
    *size = fread(bytes, 1, 1 << 22, f);
    fclose(f);
    return bytes;
}

struct area *files_area(const char *path, const char *const *names)
{
    size_t size, offset;
    int error;
    void *bytes = files_read(path, &size);
    struct area *a = area_new(bytes, size, names, &error, &offset);

    ck_assert_msg(a != NULL, "%s: error %d at octet %zu", path, error, offset);
    free(bytes);
    return a;
}

struct terrain *files_terrain(void)
{
    size_t size, offset;
    int error;
    void *bytes = files_read("config/terrain/etopo5.terrain", &size);
    struct terrain *t = terrain_new(bytes, size, &error, &offset);

    ck_assert_msg(t != NULL, "error %d at octet %zu", error, offset);
    free(bytes);
    return t;
}
