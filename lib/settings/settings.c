/* Settings as a struct on the heap: taken here, filled by settings_parse. */
#include "settings/settings.h"

#include "settings/settings_rows.h"
#include "settings/settings_value.h"
#include <stdlib.h>

struct settings *settings_new(void)
{
    struct settings *s = calloc(1, sizeof *s);
    const struct settings_section *section;

    for (unsigned i = 0; s && (section = settings_rows_section(i)); i++) {
        for (unsigned r = 0; r < section->count && !section->list; r++) {
            settings_value_default(&section->rows[r], (char *)s + section->at);
        }
    }
    return s;
}

void settings_free(struct settings *s)
{
    free(s);
}
