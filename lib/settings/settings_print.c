/* Settings as text: back to YAML, the commented default file, and the manual's table, all from the rows. */
#include "settings/settings.h"
#include "settings/settings_rows.h"
#include "settings/settings_value.h"

#include <string.h>

static bool inlined(const struct settings_section *section)
{
    return strcmp(section->key, "sensors") == 0; /* its files' sites stand under sites */
}

void settings_print(const struct settings *s, struct text_out *out)
{
    const struct settings_section *section;

    for (unsigned i = 0; (section = settings_rows_section(i)); i++) {
        const char *base = (const char *)s + section->at;
        uint32_t items = 1;

        if (section->list) {
            memcpy(&items, (const char *)s + section->count_at, sizeof items);
        }
        if (inlined(section) || items == 0) {
            continue;
        }
        text_put(out, "%s:\n", section->key);
        for (uint32_t k = 0; k < items; k++, base += section->stride) {
            for (unsigned r = 0; r < section->count; r++) {
                text_put(out, "%s%s: ", !section->list ? "  " : r == 0 ? "  - " : "    ", section->rows[r].key);
                settings_value_print(&section->rows[r], base, out);
                text_put(out, "\n");
            }
        }
    }
}

static void print_default_row(const struct settings_row *row, bool list, struct text_out *out)
{
    text_put(out, "%s# %s: %s", list ? "" : "  ", row->key, row->help);
    text_put(out, "; ");
    settings_value_expect(row, out);
    if (list && row->required) {
        text_put(out, "; needed");
    } else if (list && row->standard) {
        text_put(out, "; default %s", row->standard);
    }
    text_put(out, "\n");
}

void settings_print_default(struct text_out *out)
{
    const struct settings_section *section;

    text_put(out, "# airseamd settings. Every key is shown; those of mappings with their defaults. Check a change with airseamd --check-config.\n");
    for (unsigned i = 0; (section = settings_rows_section(i)); i++) {
        text_put(out, "\n# %s\n", section->help);
        if (section->list) {
            for (unsigned r = 0; r < section->count; r++) {
                print_default_row(&section->rows[r], true, out);
            }
            text_put(out, section->example ? "%s:\n%s" : "%s: []\n", section->key, section->example);
            continue;
        }
        text_put(out, "%s:\n", section->key);
        for (unsigned r = 0; r < section->count; r++) {
            const struct settings_row *row = &section->rows[r];

            print_default_row(row, false, out);
            text_put(out, "  %s: %s\n", row->key, row->example ? row->example : row->standard ? row->standard : "\"\"");
        }
    }
}

void settings_print_man(struct text_out *out)
{
    const struct settings_section *section;

    for (unsigned i = 0; (section = settings_rows_section(i)); i++) {
        text_put(out, ".Ss %s\n%s\n%s.Bl -tag -width Ds\n", section->key, section->help, section->list ? "A list of mappings.\n" : "");
        for (unsigned r = 0; r < section->count; r++) {
            const struct settings_row *row = &section->rows[r];

            text_put(out, ".It Ic %s\n", row->key);
            settings_value_expect(row, out);
            if (row->required && section->list) {
                text_put(out, "; needed");
            } else if (row->standard) {
                text_put(out, "; default %s", row->standard);
            }
            text_put(out, ".\n%s.\n", row->help);
        }
        text_put(out, ".El\n");
    }
}
