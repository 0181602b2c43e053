/* settings_value: one scalar setting from text into its member and back, by its row. */
#ifndef SETTINGS_SETTINGS_VALUE_H
#define SETTINGS_SETTINGS_VALUE_H

#include "base/text.h"
#include "settings/settings_rows.h"

/* Sets the row's member in `base` (the section's struct). 0; or ERR_FORMAT / ERR_RANGE, nothing set and *expected (at least 256 characters of room)
 * says what would have been right. For list types: adds one element; ERR_FULL when there is no more room. */
int settings_value_put(const struct settings_row *row, struct text t, void *base, struct text_out *expected);
/* An element of an EDITIONS_MAP: "021" or "20/1/021", and "0.23". */
int settings_value_put_edition(const struct settings_row *row, struct text key, struct text t, void *base, struct text_out *expected);

/* Sets what the row says when nobody says otherwise. */
void settings_value_default(const struct settings_row *row, void *base);
/* As YAML, on one line. */
void settings_value_print(const struct settings_row *row, const void *base, struct text_out *out);
/* What a value of this row may be: "a number from 0 to 60", "one of wall, scenario". */
void settings_value_expect(const struct settings_row *row, struct text_out *out);

#endif
