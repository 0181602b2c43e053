/* csv: see csv.h. No quoting: every field is a number. */
#include "wire/csv.h"

#include <string.h>

#include "base/err.h"

static const struct {
    const char *name;
    int needed;
} columns[CSV_KNOWN] = {
#define X(name, needed) {#name, needed},
    CSV_COLUMNS(X)
#undef X
};

static uint8_t column_of(struct text name)
{
    uint8_t k = 0;
    while (k < CSV_KNOWN && !text_equal(name, columns[k].name))
        k++;
    return k;
}

bool csv_is_header(struct text *line)
{
    if (line->size >= 3 && memcmp(line->at, "\xEF\xBB\xBF", 3) == 0)
        *line = (struct text){line->at + 3, line->size - 3};
    char first = line->size > 0 ? (char)(line->at[0] | 0x20) : '\0';
    return first >= 'a' && first <= 'z';
}

int csv_header(struct csv *c, struct text line, unsigned *column)
{
    struct csv made = {0};
    struct text rest = line, field;
    uint32_t seen = 0;
    while (text_field(&rest, ',', &field)) {
        *column = (unsigned)(field.at - line.at) + 1;
        if (made.fields == CSV_FIELDS)
            return ERR_FULL;
        uint8_t k = column_of(field);
        if (k < CSV_KNOWN && seen >> k & 1)
            return ERR_DUPLICATE;
        seen |= k < CSV_KNOWN ? UINT32_C(1) << k : 0;
        made.known[made.fields++] = k;
    }
    for (unsigned k = 0; k < CSV_KNOWN; k++)
        if (columns[k].needed && !(seen >> k & 1))
            return ERR_MISSING;
    *c = made;
    return ERR_NONE;
}

static int value_of(unsigned column, struct text field, double *value)
{
    if (column != CSV_mode_a && column != CSV_mode_s)
        return text_double(field, value);
    int64_t code = 0;
    int fault = text_int(field, column == CSV_mode_a ? 8 : 16, &code);
    if (fault)
        return fault;
    if (code < 0 || code > (column == CSV_mode_a ? 07777 : 0xFFFFFF))
        return ERR_RANGE;
    *value = (double)code;
    return ERR_NONE;
}

/* Where `rest`, the end of `line`, begins: octets from 1. */
static unsigned column_at(struct text line, struct text rest)
{
    return (unsigned)(line.size - rest.size) + 1;
}

int csv_line(const struct csv *c, struct text line, struct csv_row *row, unsigned *column)
{
    struct text rest = line, field;
    row->has = 0;
    for (unsigned k = 0; k < c->fields; k++) {
        *column = column_at(line, rest);
        if (!text_field(&rest, ',', &field)) {
            bool empty_last = k + 1u == c->fields && line.size > 0 && line.at[line.size - 1] == ',';
            if (!empty_last)
                return ERR_MISSING;
            continue;
        }
        unsigned known = c->known[k];
        if (known == CSV_KNOWN || field.size == 0)
            continue;
        int fault = value_of(known, field, &row->value[known]);
        if (fault)
            return fault;
        row->has |= UINT32_C(1) << known;
    }
    for (unsigned k = 0; k < CSV_KNOWN; k++)
        if (columns[k].needed && !(row->has >> k & 1))
            return ERR_MISSING;
    *column = column_at(line, rest);
    return text_field(&rest, ',', &field) ? ERR_LENGTH : ERR_NONE;
}
