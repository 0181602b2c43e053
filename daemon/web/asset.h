/* asset: files that are embedded into the program: the page, its libraries, the map's static data (daemon/web/README.md). */
#ifndef DAEMON_WEB_ASSET_H
#define DAEMON_WEB_ASSET_H

#include <stddef.h>
#include <stdint.h>

struct asset {
    const char *path, *type; /* "/page.js", "text/javascript; charset=utf-8" */
    const uint8_t *bytes, *end;
    const char *etag; /* with its quotes */
};

/* NULL: none there. "/" is "/index.html". */
const struct asset *asset_find(const char *path);
/* By index, for lists; NULL beyond the last. */
const struct asset *asset_at(size_t index);

/* Made by embed.sh. */
extern const struct asset asset_table[];
extern const size_t asset_count;

#endif
