/* See support.h. */
#include "support/support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *support_data(const char *name)
{
    static char path[4096];
    const char *folder = getenv("AIRSEAM_DATA");
    if (!folder || !*folder)
        return NULL;
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    return n > 0 && (size_t)n < sizeof path && access(path, R_OK) == 0 ? path : NULL;
}

void support_skip(const char *why, ...)
{
    va_list args;
    va_start(args, why);
    printf("skip - ");
    vprintf(why, args);
    printf("\n");
    va_end(args);
    fflush(stdout);
}

bool support_forks(void)
{
    const char *fork = getenv("CK_FORK");
    return !fork || strcmp(fork, "no") != 0;
}
