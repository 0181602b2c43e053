/* Names and texts of the codes, from the rows of err.h. */
#include "base/err.h"

#include <assert.h>
#include <stddef.h>

struct row {
    char name[16];
    char text[60];
};

/* Arrays instead of pointers keep the table free of relocations, hence truly constant. */
static const struct row rows[ERR_COUNT] = {
    [0] = {"none", "is in order"},
#define ERR_ROW(code, name, text) [ERR_ORDINAL_##code] = {name, text},
    ERR_LIST(ERR_ROW)
#undef ERR_ROW
};

static const struct row *find(int code)
{
    if (code >= 0)
        return &rows[0];
    return code > -ERR_COUNT ? &rows[-code] : NULL;
}

const char *err_name(int code)
{
    const struct row *row = find(code);
    return row ? row->name : "unlisted";
}

const char *err_text(int code)
{
    const struct row *row = find(code);
    return row ? row->text : "has a mistake that is not listed";
}

int err_index(int code)
{
    assert(code > -ERR_COUNT);
    return code < 0 ? -code : 0;
}
