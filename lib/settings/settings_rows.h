/* settings_rows: every setting as a row: its key, type, range, default and what it is for. Parser, printer, default file and manual read these rows. */
#ifndef SETTINGS_SETTINGS_ROWS_H
#define SETTINGS_SETTINGS_ROWS_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum settings_type {
    SETTINGS_TEXT,     /* char[size], any printable characters */
    SETTINGS_IDENT,    /* char[size], letters, digits, '-', '_', '.': a name that stands in metrics and file names */
    SETTINGS_NATION,   /* char[3], ISO 3166-1 alpha-2 */
    SETTINGS_NUMBER,   /* double, in the key's unit here, in SI in the struct */
    SETTINGS_COUNT,    /* uint32_t */
    SETTINGS_FLAG,     /* bool, true or false */
    SETTINGS_CHOICE,   /* uint8_t, index of one of `choices` */
    SETTINGS_SET,      /* uint32_t, one bit for each of `choices`, by index: a list of them */
    SETTINGS_ENDPOINT, /* struct settings_endpoint; "none" */
    SETTINGS_NAMES,    /* struct settings_names: a list of texts */
    SETTINGS_IDS,      /* {uint32_t count; uint16_t source[]}: a list of SAC/SIC */
    SETTINGS_CODES,    /* struct settings_span of Mode 3/A codes, octal: "4400-4477", "1200"; "any" */
    SETTINGS_ADDRESSES, /* struct settings_span of 24-bit addresses, hexadecimal: "AE0000-AFFFFF"; "any" */
    SETTINGS_EDITIONS_MAP, /* {uint32_t count; struct settings_edition edition[]}: CATEGORY or SAC/SIC/CATEGORY to edition */
};

struct settings_row {
    const char *key;
    uint8_t type; /* enum settings_type */
    bool required;
    uint16_t at;   /* of the member, from the start of the section's struct */
    uint16_t size; /* of TEXT and IDENT */
    double least, most;   /* of NUMBER (in the key's unit) and COUNT */
    const char *choices;  /* "wall|scenario" */
    const char *standard; /* the default as it would be written; NULL: empty, none, zero */
    const char *help;
    const char *example; /* what the default file shows instead of the default */
};

/* A mapping of rows, or a list of such mappings. */
struct settings_section {
    const char *key;
    const struct settings_row *rows;
    unsigned count;
    bool list;
    size_t at;       /* of the struct, or of a list's first one, in struct settings */
    size_t stride;   /* of a list's structs */
    size_t count_at; /* of the list's uint32_t count */
    uint32_t capacity;
    const char *example; /* of a list: what the default file shows */
    const char *help;
};

#define SETTINGS_ROWS_MAX 32 /* rows of a section */

/* Reads a YAML text into `into` by the sections that `section` knows: the number of errors, each a line. */
unsigned settings_parse_rows(void *into, const struct settings_section *(*section)(unsigned index), const char *file, struct text yaml, struct text_out *errors);
/* Section by number from 0; NULL after the last. */
const struct settings_section *settings_rows_section(unsigned index);
/* The row with that key, or NULL. */
const struct settings_row *settings_rows_find(const struct settings_section *section, const char *key, size_t size);
/* What one of the key's unit is in SI: by the key's last word (_s, _m, _nm, _deg, _ft, _kt); 1 for others. */
double settings_rows_unit(const char *key);

#endif
