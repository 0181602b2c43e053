/* The grammar is one table: what a field is called, its form or its parts. Recursive descent with an explicit path of open compounds: a field
 * belongs to the innermost open compound that may contain it; compounds that may not are thereby closed. */
#include "wire/adexp.h"

#include "base/err.h"
#include <string.h>

#define COMPOUND NULL

static const struct row {
    const char *keyword, *form; /* COMPOUND: parts instead of a value */
    const char *parts;          /* of a compound: keywords with a space before and behind each */
} rows[] = {
    {"TITLE", "a{3,10}", NULL},
    {"REFDATA", COMPOUND, " SENDER RECVR SEQNUM "},
    {"MSGREF", COMPOUND, " SENDER RECVR SEQNUM "},
    {"SENDER", COMPOUND, " FAC "},
    {"RECVR", COMPOUND, " FAC "},
    {"FAC", "x{1,8}", NULL},
    {"SEQNUM", "d{3}", NULL},
    {"ARCID", "x{1,7}", NULL},
    {"SSRCODE", "Ao{4}|REQ", NULL},
    {"ARCADDR", "x{6}", NULL},
    {"ARCTYP", "x{2,4}", NULL},
    {"FLTRUL", "I|V|Y|Z", NULL},
    {"FLTTYP", "S|N|G|M|X", NULL},
    {"WKTRC", "L|M|H|J", NULL},
    {"ADEP", "a{4}|AFIL|ZZZZ", NULL},
    {"ADES", "a{4}|ZZZZ", NULL},
    {"COORDATA", COMPOUND, " PTID TO STO TFL SFL "},
    {"PTID", "x{2,8}", NULL},
    {"TO", "d{4}", NULL},
    {"STO", "d{6}", NULL},
    {"TFL", "Fd{3}|Ad{3}|Sd{4}|Md{4}", NULL},
    {"SFL", "Fd{3}a|Ad{3}a", NULL}, /* A or B: at or above, at or below */
    {"CFL", COMPOUND, " FL SFL "},
    {"FL", "Fd{3}|Ad{3}", NULL},
    {"ASPEED", "Nd{4}|Kd{4}|Md{3}", NULL},
    {"RATE", "Cd{2,3}|Dd{2,3}", NULL},
    {"AHEAD", "d{3}|ZZZ", NULL},
    {"DCT", "t{1,40}", NULL},
    {"FREQ", "d{3}.d{1,3}|d{6}", NULL}, /* the latter unverified */
    {"ROUTE", "t{1,800}", NULL},
    {"GEO", COMPOUND, " GEOID LATTD LONGTD "},
    {"GEOID", "GEOd{2}", NULL},
    {"LATTD", "d{6}N|d{6}S", NULL},
    {"LONGTD", "d{7}E|d{7}W", NULL},
    {"POSITION", COMPOUND, " PTID TO STO "}, /* present position: unverified */
    {"CSTAT", COMPOUND, " STATID STATREASON "}, /* coordination status of a MAC: unverified */
    {"STATID", "x{3}", NULL},
    {"STATREASON", "x{1,12}", NULL},
    {"RELEASE", "C|T|D|F", NULL},
    {"ERROR", "x{1,20}", NULL},
};
#define ROWS ((int)(sizeof rows / sizeof rows[0]))

static int row_of(struct text keyword)
{
    for (int i = 0; i < ROWS; i++)
        if (text_equal(keyword, rows[i].keyword))
            return i;
    return -1;
}

/* ---- forms ---- */

static int is_class(char class, char c)
{
    int letter = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';

    switch (class) {
    case 'a': return letter;
    case 'd': return digit;
    case 'o': return c >= '0' && c <= '7';
    case 'x': return letter || digit;
    case 't': return letter || digit || (c && strchr(" ()?:.,'=+/\n", c)); /* ADEXP character set, but the hyphen */
    default: return class == c;
    }
}

static unsigned number(const char **at)
{
    unsigned n = 0;

    for (; **at >= '0' && **at <= '9'; (*at)++)
        n = 10 * n + (unsigned)(**at - '0');
    return n;
}

/* One alternative, from *form to its end: greedy, which the forms above allow. */
static int is_one(struct text t, const char **form)
{
    size_t used = 0;
    int good = 1;

    while (**form && **form != '|') {
        char class = *(*form)++;
        unsigned least = 1, most = 1, count = 0;
        if (**form == '{') {
            ++*form;
            least = most = number(form);
            if (**form == ',') {
                ++*form;
                most = number(form);
            }
            ++*form; /* } */
        }
        while (count < most && used < t.size && is_class(class, t.at[used])) {
            used++;
            count++;
        }
        good = good && count >= least;
    }
    return good && used == t.size;
}

int adexp_is(struct text t, const char *form)
{
    int found = 0;

    for (;;) {
        found = is_one(t, &form) || found;
        if (*form == '\0')
            return found;
        form++;
    }
}

/* ---- reading ---- */

struct reader {
    struct text message;
    size_t at;
    int row[ADEXP_DEPTH]; /* open compounds; LIST + row: a list */
    unsigned depth;
    const char *expected;
};
#define LIST 1000

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void skip_space(struct reader *r)
{
    while (r->at < r->message.size && is_space(r->message.at[r->at]))
        r->at++;
}

static struct text take_word(struct reader *r)
{
    struct text word = {r->message.at + r->at, 0};

    while (r->at < r->message.size && !is_space(r->message.at[r->at]) && r->message.at[r->at] != '-') {
        r->at++;
        word.size++;
    }
    return word;
}

/* Up to the next hyphen, without the spaces before it. */
static struct text take_value(struct reader *r)
{
    skip_space(r);
    struct text value = {r->message.at + r->at, 0};
    while (r->at < r->message.size && r->message.at[r->at] != '-') {
        r->at++;
        value.size++;
    }
    while (value.size > 0 && is_space(value.at[value.size - 1]))
        value.size--;
    return value;
}

static int has_part(int compound, struct text keyword)
{
    char name[24];

    if (compound >= LIST)
        return 1; /* a list contains what it likes */
    if (keyword.size + 3 > sizeof name)
        return 0;
    name[0] = ' ';
    memcpy(name + 1, keyword.at, keyword.size);
    memcpy(name + 1 + keyword.size, " ", 2);
    return strstr(rows[compound].parts, name) != NULL;
}

static int refuse(struct reader *r, size_t at, const char *expected, int code)
{
    r->at = at;
    r->expected = expected;
    return code;
}

/* Closes compounds until one is open that may contain the keyword. Lists are closed by their END alone. */
static void settle(struct reader *r, struct text keyword)
{
    while (r->depth > 0 && !has_part(r->row[r->depth - 1], keyword))
        r->depth--;
}

static int enclose(struct reader *r, int row, size_t at)
{
    if (r->depth == ADEXP_DEPTH)
        return refuse(r, at, "less depth", ERR_FULL);
    r->row[r->depth++] = row;
    return 0;
}

/* -BEGIN keyword, -END keyword: 1 when it was one of them. */
static int take_list(struct reader *r, struct text word, size_t at, struct adexp *out)
{
    if (!text_equal(word, "BEGIN") && !text_equal(word, "END"))
        return 0;
    struct text name = take_value(r);
    int row = LIST + 1 + row_of(name); /* lists of unknown names are all LIST */
    if (text_equal(word, "BEGIN")) {
        if (out->fields == ADEXP_FIELDS)
            return refuse(r, at, "fewer fields", ERR_FULL);
        out->field[out->fields++] = (struct adexp_field){name, {name.at, 0}, (int16_t)row_of(name), (uint8_t)r->depth};
        int code = enclose(r, row, at);
        return code ? code : 1;
    }
    while (r->depth > 0 && r->row[r->depth - 1] != row)
        r->depth--;
    if (r->depth == 0)
        return refuse(r, at, "the end of a list that is open", ERR_FORMAT);
    r->depth--;
    return 1;
}

static int take_field(struct reader *r, struct adexp *out)
{
    size_t at = r->at++;
    struct text keyword = take_word(r);
    int row = row_of(keyword), list = take_list(r, keyword, at, out);

    if (list)
        return list < 0 ? list : 0;
    if (keyword.size == 0 || !adexp_is(keyword, "a{1,20}"))
        return refuse(r, at, "a hyphen and a keyword in capital letters", ERR_FORMAT);
    if (out->fields == 0 && !text_equal(keyword, "TITLE"))
        return refuse(r, at, "-TITLE first", ERR_MISSING);
    if (out->fields == ADEXP_FIELDS)
        return refuse(r, at, "fewer fields", ERR_FULL);
    settle(r, keyword);
    struct adexp_field *f = &out->field[out->fields++];
    *f = (struct adexp_field){.keyword = keyword, .row = (int16_t)row, .depth = (uint8_t)r->depth};
    f->value = take_value(r);
    out->unknown = (uint16_t)(out->unknown + (row < 0));
    if (row < 0)
        return 0;
    if (rows[row].form)
        return adexp_is(f->value, rows[row].form) ? 0 : refuse(r, (size_t)(f->value.at - r->message.at), rows[row].form, ERR_FORMAT);
    if (f->value.size > 0)
        return refuse(r, (size_t)(f->value.at - r->message.at), rows[row].parts, ERR_FORMAT);
    return enclose(r, row, at);
}

int adexp_parse(struct text message, struct adexp *out, size_t *offset, const char **expected)
{
    struct reader r = {.message = message};
    int code = 0;

    out->fields = out->unknown = 0;
    skip_space(&r);
    while (code == 0 && r.at < message.size)
        code = message.at[r.at] == '-' ? take_field(&r, out) : refuse(&r, r.at, "a hyphen and a keyword", ERR_FORMAT);
    if (code == 0 && out->fields == 0)
        code = refuse(&r, r.at, "-TITLE", ERR_MISSING);
    for (unsigned i = 0; code == 0 && i < r.depth; i++)
        if (r.row[i] >= LIST)
            code = refuse(&r, r.at, "-END of the list", ERR_TRUNCATED);
    *offset = r.at;
    *expected = code ? r.expected : "";
    return code;
}

/* ---- looking ---- */

int adexp_find(const struct adexp *m, int in, const char *keyword)
{
    unsigned depth = in < 0 ? 0 : m->field[in].depth + 1u;

    for (int i = in + 1; i < m->fields && (in < 0 || m->field[i].depth >= depth); i++)
        if (m->field[i].depth == depth && text_equal(m->field[i].keyword, keyword))
            return i;
    return -1;
}

struct text adexp_value(const struct adexp *m, const char *path)
{
    struct text rest = {path, strlen(path)}, step;
    int at = -1;

    while (text_field(&rest, ' ', &step)) {
        char keyword[24] = "";
        memcpy(keyword, step.at, step.size < sizeof keyword ? step.size : 0);
        at = adexp_find(m, at, keyword);
        if (at < 0)
            return (struct text){NULL, 0};
    }
    return m->field[at].value;
}

/* ---- writing ---- */

int adexp_put(struct text_out *out, const char *keyword, const char *value)
{
    int row = row_of((struct text){keyword, strlen(keyword)});

    if (row < 0)
        return ERR_UNKNOWN;
    if (rows[row].form ? !adexp_is((struct text){value, strlen(value)}, rows[row].form) : value[0] != '\0')
        return ERR_FORMAT;
    text_put(out, "%s-%s%s%s", out->used ? " " : "", keyword, value[0] ? " " : "", value);
    return out->cut ? ERR_FULL : 0;
}
