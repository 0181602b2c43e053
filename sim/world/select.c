/* Few rows and few terms: every term looks for its column anew. */
#include "sim/world/select.h"
#include <stdio.h>
#include <string.h>

/* What stands between two queries. */
static bool is_word(struct text t, bool *except)
{
    *except = text_equal(t, "except");
    return *except || text_equal(t, "or");
}

/* NULL, or what was expected instead of the term. */
static const char *put_term(struct select *s, struct text t, bool first, bool except)
{
    const char *equals = memchr(t.at, '=', t.size);
    size_t column = equals ? (size_t)(equals - t.at) : 0;
    bool not = column > 0 && t.at[column - 1] == '!';

    if (column <= (size_t)not)
        return "COLUMN=VALUE or COLUMN!=VALUE";
    if (s->terms == SELECT_TERMS)
        return "at most 64 terms";
    s->term[s->terms++] = (struct select_term){{t.at, column - not}, {equals + 1, t.size - column - 1}, not, first, except};
    return NULL;
}

bool select_parse(struct select *s, const char *text, size_t *at, char *error, size_t error_size)
{
    struct text rest = {text ? text : "", text ? strlen(text) : 0}, t = {rest.at, 0};
    bool first = true, except = false, word;
    const char *expected = NULL;

    s->terms = 0;
    while (!expected && text_field(&rest, ' ', &t)) {
        if (t.size == 0)
            continue;
        if (is_word(t, &word)) {
            expected = first && !(word && s->terms == 0 && !except) ? "COLUMN=VALUE or COLUMN!=VALUE" : NULL;
            first = true;
            except = word;
            continue;
        }
        expected = put_term(s, t, first, except);
        first = false;
    }
    if (!expected && first && (s->terms > 0 || except))
        expected = "terms behind \"or\" and \"except\"";
    if (!expected)
        return true;
    if (at)
        *at = (size_t)(t.at - (text ? text : ""));
    snprintf(error, error_size, "expected %s, found \"%.*s\"", expected, (int)t.size, t.at);
    return false;
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
    bool chosen = s->terms == 0 || s->term[0].except;

    for (unsigned i = 0; i < s->terms;) {
        unsigned first = i;
        bool holds = true;
        do
            holds = holds && term_holds(&s->term[i], names, row);
        while (++i < s->terms && !s->term[i].first);
        if (holds)
            chosen = !s->term[first].except;
    }
    return chosen;
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
