/* Few rows and few terms: every term looks for its column anew. */
#include "sim/world/select.h"
#include <stdio.h>
#include <string.h>

bool select_parse(struct select *s, const char *text, char *error, size_t error_size)
{
    struct text rest = {text ? text : "", text ? strlen(text) : 0}, term;

    s->terms = 0;
    while (text_field(&rest, ' ', &term)) {
        if (term.size == 0)
            continue;
        const char *equals = memchr(term.at, '=', term.size);
        size_t column = equals ? (size_t)(equals - term.at) : 0;
        bool not = column > 0 && term.at[column - 1] == '!';
        if (column <= (size_t)not) {
            snprintf(error, error_size, "expected COLUMN=VALUE or COLUMN!=VALUE, found \"%.*s\"", (int)term.size, term.at);
            return false;
        }
        if (s->terms == SELECT_TERMS) {
            snprintf(error, error_size, "expected at most %d terms, found \"%.*s\" after them", SELECT_TERMS, (int)term.size, term.at);
            return false;
        }
        s->term[s->terms++] = (struct select_term){{term.at, column - not}, {equals + 1, term.size - column - 1}, not};
    }
    return true;
}

static bool value_holds(struct text value, struct text wanted)
{
    if (wanted.size > 0 && wanted.at[wanted.size - 1] == '*')
        return value.size >= wanted.size - 1 && memcmp(value.at, wanted.at, wanted.size - 1) == 0;
    return value.size == wanted.size && memcmp(value.at, wanted.at, value.size) == 0;
}

static bool any_holds(struct text value, struct text values)
{
    struct text wanted;

    while (text_field(&values, ',', &wanted))
        if (value_holds(value, wanted))
            return true;
    return false;
}

static bool term_holds(const struct select_term *t, struct text names, struct text row)
{
    struct text name, value, word;

    while (text_field(&names, ',', &name) && text_field(&row, ',', &value)) {
        if (name.size != t->column.size || memcmp(name.at, t->column.at, name.size) != 0)
            continue;
        bool found = false;
        if (text_equal(name, "flags"))
            while (text_field(&value, ' ', &word))
                found = found || any_holds(word, t->values);
        else
            found = any_holds(value, t->values);
        return found != t->not;
    }
    return false;
}

bool select_cell(struct text names, struct text row, const char *column, struct text *cell)
{
    struct text name;

    while (text_field(&names, ',', &name) && text_field(&row, ',', cell))
        if (text_equal(name, column))
            return true;
    return false;
}

bool select_row(const struct select *s, struct text names, struct text row)
{
    for (unsigned i = 0; i < s->terms; i++)
        if (!term_holds(&s->term[i], names, row))
            return false;
    return true;
}

unsigned select_rows(const struct select *s, char *csv, size_t size)
{
    struct text rest = {csv, size}, names = {"", 0}, line;
    unsigned left = 0;

    while (text_line(&rest, &line)) {
        if (line.size == 0 || line.at[0] == '#')
            continue;
        if (names.size == 0)
            names = line;
        else if (select_row(s, names, line))
            left++;
        else
            csv[line.at - csv] = '#';
    }
    return left;
}
