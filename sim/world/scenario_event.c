/* A verb is a row: what it does, and how what stands behind it is read into terms or a share. */
#include "sim/world/scenario_event.h"
#include "base/text.h"
#include "sim/world/select.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

struct sentence {
    const char *text;
    struct text rest, word; /* behind the word; the word */
    struct scenario_event *event;
    char *expected;
    size_t size;
};

static bool next_word(struct sentence *s)
{
    const char *end = s->rest.at ? s->rest.at + s->rest.size : s->word.at + s->word.size;

    while (text_field(&s->rest, ' ', &s->word))
        if (s->word.size > 0)
            return true;
    s->word = (struct text){end, 0};
    return false;
}

static bool expected(struct sentence *s, const char *what)
{
    snprintf(s->expected, s->size, "%s", what);
    return false;
}

/* HH:MM or HH:MM:SS; false: it is neither. */
static bool time_of(struct text t, double *seconds)
{
    static const double most[3] = {1e4, 59, 59.999999};
    struct text part;
    double sum = 0, value;
    unsigned parts = 0;

    while (text_field(&t, ':', &part)) {
        if (parts == 3 || part.size < 2 || text_double(part, &value) != 0 || value < 0 || value > most[parts] || (parts < 2 && value != floor(value)))
            return false;
        sum = 60 * sum + value;
        parts++;
    }
    *seconds = parts == 2 ? 60 * sum : sum;
    return parts >= 2;
}

static bool is_nation(struct text t)
{
    return t.size == 2 && t.at[0] >= 'A' && t.at[0] <= 'Z' && t.at[1] >= 'A' && t.at[1] <= 'Z';
}

/* Cuts "for HH:MM" off the end of what is left. */
static bool take_length(struct sentence *s)
{
    static const char word[] = " for ";
    size_t n = sizeof word - 1, i = s->rest.size;
    double length_s;

    while (i > 0 && (i + n > s->rest.size || memcmp(s->rest.at + i, word, n) != 0))
        i--;
    if (i == 0)
        return true;
    s->word = (struct text){s->rest.at + i + n, s->rest.size - i - n};
    if (!time_of(s->word, &length_s) || length_s <= 0)
        return expected(s, "a length of time, HH:MM or HH:MM:SS, behind \"for\"");
    s->event->until_s = s->event->at_s + length_s;
    s->rest.size = i;
    return true;
}

/* Names with commas between them, into terms. */
static bool put_names(struct sentence *s)
{
    struct text names = s->word, name;
    char *out = s->event->where;
    size_t used = 0;

    while (text_field(&names, ',', &name)) {
        struct text nation = {name.at, name.size > 3 && name.at[2] == '-' ? 2 : 0};
        bool of_nation = is_nation(nation);
        int n = snprintf(out + used, SCENARIO_QUERY - used, "%s%s%.*s%sname=%.*s", used ? " or " : "", of_nation ? "nation=" : "", of_nation ? 2 : 0, name.at,
                         of_nation ? " " : "", (int)name.size - (of_nation ? 3 : 0), name.at + (of_nation ? 3 : 0));
        used += (size_t)n;
        if (name.size == 0 || used >= SCENARIO_QUERY)
            return expected(s, "names of sensors with commas between them");
    }
    return true;
}

static bool take_sensors(struct sentence *s)
{
    char error[SCENARIO_TEXT];
    struct select select;
    size_t at = 0;

    if (!take_length(s))
        return false;
    struct text all = s->rest;
    if (!all.at || !memchr(all.at, '=', all.size)) {
        if (!next_word(s) || !put_names(s))
            return expected(s, "a sensor such as US-makah, or terms as in \"flags=aerostat nation=US\"");
        return next_word(s) ? expected(s, "nothing, or \"for HH:MM\"") : true;
    }
    s->word = all;
    if (all.size >= SCENARIO_QUERY)
        return expected(s, "at most 1023 characters");
    snprintf(s->event->where, SCENARIO_QUERY, "%.*s", (int)all.size, all.at);
    if (select_parse(&select, s->event->where, &at, error, sizeof error))
        return true;
    s->word.at += at;
    s->word.size -= at;
    return expected(s, "terms COLUMN=VALUE or COLUMN!=VALUE, with or and except between them");
}

static bool take_nation(struct sentence *s)
{
    if (!take_length(s))
        return false;
    if (!next_word(s) || !is_nation(s->word))
        return expected(s, "a nation such as MX");
    snprintf(s->event->where, SCENARIO_QUERY, "nation=%.2s", s->word.at);
    return next_word(s) ? expected(s, "nothing, or \"for HH:MM\"") : true;
}

/* A number is a share, everything else a callsign. */
static bool take_share(struct sentence *s)
{
    bool more = next_word(s);
    bool number = more && text_double(s->word, &s->event->share) == 0;

    if (!more || (number && !(s->event->share >= 0 && s->event->share <= 1)) || s->word.size > IDENT_CALLSIGN_SIZE)
        return expected(s, "a share from 0 to 1, or the callsign of a flight");
    if (!number)
        snprintf(s->event->where, SCENARIO_QUERY, "%.*s", (int)s->word.size, s->word.at);
    return next_word(s) ? expected(s, "nothing") : true;
}

static const struct verb {
    const char *word;
    uint8_t kind;
    bool (*take)(struct sentence *s);
} verbs[] = {
    {"fail", SCENARIO_FAIL, take_sensors},  {"repair", SCENARIO_REPAIR, take_sensors}, {"leave", SCENARIO_FAIL, take_nation},
    {"rejoin", SCENARIO_REPAIR, take_nation}, {"silence", SCENARIO_SILENCE, take_share},
};
#define VERBS (sizeof verbs / sizeof verbs[0])

static bool parse(struct sentence *s)
{
    size_t v = 0;

    if (!next_word(s) || !text_equal(s->word, "at"))
        return expected(s, "at HH:MM, and fail, repair, leave, rejoin or silence");
    if (!next_word(s) || !time_of(s->word, &s->event->at_s))
        return expected(s, "a time after the start, HH:MM or HH:MM:SS");
    next_word(s);
    while (v < VERBS && !text_equal(s->word, verbs[v].word))
        v++;
    if (v == VERBS)
        return expected(s, "fail, repair, leave, rejoin or silence");
    s->event->kind = verbs[v].kind;
    if (!verbs[v].take(s))
        return false;
    return s->event->kind == SCENARIO_FAIL || s->event->until_s == 0 || expected(s, "\"for\" only behind fail and leave");
}

bool scenario_event_parse(struct scenario_event *e, const char *text, size_t *at, char *what, size_t size)
{
    struct sentence s = {.text = text, .rest = {text, strlen(text)}, .event = e, .expected = what, .size = size};

    memset(e, 0, sizeof *e);
    bool good = parse(&s);
    *at = (size_t)(s.word.at - text);
    return good;
}
