/* notice: the rows of NOTICE_LIST as tables. */
#include "air/notice.h"

#include <assert.h>

static const struct {
    const char *name, *text;
    int severity;
} rows[NOTICE_KINDS] = {
#define X(name, severity, text) [NOTICE_##name] = {#name, text, severity},
    NOTICE_LIST(X)
#undef X
};

const char *notice_name(unsigned kind)
{
    assert(kind < NOTICE_KINDS);
    return rows[kind].name;
}

const char *notice_text(unsigned kind)
{
    assert(kind < NOTICE_KINDS);
    return rows[kind].text;
}

int notice_severity(unsigned kind)
{
    assert(kind < NOTICE_KINDS);
    return rows[kind].severity;
}
