/* Looking up embedded files. */
#include "daemon/web/asset.h"

#include <string.h>

const struct asset *asset_at(size_t index)
{
    return index < asset_count ? &asset_table[index] : NULL;
}

const struct asset *asset_find(const char *path)
{
    const char *wanted = strcmp(path, "/") == 0 || path[0] == '\0' ? "/index.html" : path;

    for (size_t i = 0; i < asset_count; i++) {
        if (strcmp(asset_table[i].path, wanted) == 0) {
            return &asset_table[i];
        }
    }
    return NULL;
}
