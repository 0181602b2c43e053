/* Types of settings. Numbers are converted to SI here and nowhere else (settings_rows_unit). */
#include "settings/settings_value.h"

#include "base/err.h"
#include "settings/settings.h"
#include <assert.h>
#include <math.h>
#include <string.h>

struct ids {
    uint32_t count;
    uint16_t source[SETTINGS_SOURCES];
};
struct editions {
    uint32_t count;
    struct settings_edition edition[SETTINGS_EDITIONS];
};

static bool printable(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if ((unsigned char)t.at[i] < 0x20 || t.at[i] == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool ident(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        char c = t.at[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.')) {
            return false;
        }
    }
    return t.size > 0;
}

static bool nation(struct text t)
{
    return t.size == 2 && t.at[0] >= 'A' && t.at[0] <= 'Z' && t.at[1] >= 'A' && t.at[1] <= 'Z';
}

static void copy(struct text t, void *member)
{
    char *out = member;

    memcpy(out, t.at, t.size);
    out[t.size] = '\0';
}

static int put_text(const struct settings_row *row, struct text t, void *member)
{
    bool good = row->type == SETTINGS_TEXT ? printable(t) : row->type == SETTINGS_IDENT ? ident(t) : nation(t);

    if (!good || t.size >= row->size) {
        return ERR_FORMAT;
    }
    copy(t, member);
    return 0;
}

static int put_number(const struct settings_row *row, struct text t, void *member)
{
    double value;
    int code = text_double(t, &value);

    if (code != 0 || !isfinite(value)) {
        return ERR_FORMAT;
    }
    if (value < row->least || value > row->most) {
        return ERR_RANGE;
    }
    value *= settings_rows_unit(row->key);
    memcpy(member, &value, sizeof value);
    return 0;
}

static int put_count(const struct settings_row *row, struct text t, void *member)
{
    int64_t value;
    uint32_t count;

    if (text_int(t, 10, &value) != 0) {
        return ERR_FORMAT;
    }
    if ((double)value < row->least || (double)value > row->most) {
        return ERR_RANGE;
    }
    count = (uint32_t)value;
    memcpy(member, &count, sizeof count);
    return 0;
}

static int put_choice(const char *choices, struct text t, uint8_t *member)
{
    struct text rest = {choices, strlen(choices)};
    struct text one;

    for (uint8_t i = 0; text_field(&rest, '|', &one); i++) {
        if (one.size == t.size && memcmp(one.at, t.at, t.size) == 0) {
            *member = i;
            return 0;
        }
    }
    return ERR_FORMAT;
}

static int add_choice(const char *choices, struct text t, void *member)
{
    uint32_t bits;
    uint8_t index = 0;
    int code = put_choice(choices, t, &index);

    memcpy(&bits, member, sizeof bits);
    bits |= code == 0 ? 1U << index : 0;
    memcpy(member, &bits, sizeof bits);
    return code;
}

static int put_flag(struct text t, bool *member)
{
    if (!text_equal(t, "true") && !text_equal(t, "false")) {
        return ERR_FORMAT;
    }
    *member = t.at[0] == 't';
    return 0;
}

static int put_endpoint(struct text t, struct settings_endpoint *member, const char **expected)
{
    if (text_equal(t, "none")) {
        memset(member, 0, sizeof *member);
        return 0;
    }
    return settings_endpoint_parse(t, member, expected);
}

/* "20/129" off the front of t; what is left in t. */
static int source(struct text *t, uint16_t *out)
{
    struct text sac, sic;
    int64_t a, b;

    if (!text_field(t, '/', &sac) || !text_field(t, '/', &sic) || text_int(sac, 10, &a) != 0 || text_int(sic, 10, &b) != 0) {
        return ERR_FORMAT;
    }
    if (a < 0 || a > 255 || b < 0 || b > 255) {
        return ERR_RANGE;
    }
    *out = (uint16_t)(a << 8 | b);
    return 0;
}

static int add_name(struct text t, struct settings_names *names)
{
    if (names->count == SETTINGS_FILES) {
        return ERR_FULL;
    }
    if (t.size == 0 || t.size >= SETTINGS_PATH || !printable(t)) {
        return ERR_FORMAT;
    }
    copy(t, names->name[names->count++]);
    return 0;
}

static int add_id(struct text t, struct ids *ids)
{
    int code;

    if (ids->count == SETTINGS_SOURCES) {
        return ERR_FULL;
    }
    code = source(&t, &ids->source[ids->count]);
    if (code == 0 && t.size != 0) {
        code = ERR_FORMAT;
    }
    ids->count += code == 0;
    return code;
}

/* "4400-4477", or one alone, in a base; "any". */
static int put_span(struct text t, int base, int64_t most, struct settings_span *span)
{
    struct text from;
    int64_t first, last;

    *span = (struct settings_span){0, 0};
    if (text_equal(t, "any")) {
        return 0;
    }
    if (!text_field(&t, '-', &from) || text_int(from, base, &first) != 0) {
        return ERR_FORMAT;
    }
    last = first;
    if (t.at && text_int(t, base, &last) != 0) {
        return ERR_FORMAT;
    }
    if (first < 0 || last < first || last > most || last == 0) {
        return ERR_RANGE;
    }
    *span = (struct settings_span){(uint32_t)first, (uint32_t)last};
    return 0;
}

static void print_span(const struct settings_span *span, int base, struct text_out *out)
{
    if (span->last == 0) {
        text_put(out, "any");
        return;
    }
    text_put(out, base == 8 ? "\"%04o" : "\"%06X", span->first);
    if (span->last != span->first) {
        text_put(out, base == 8 ? "-%04o" : "-%06X", span->last);
    }
    text_put(out, "\"");
}

int settings_value_put(const struct settings_row *row, struct text t, void *base, struct text_out *expected)
{
    void *member = (char *)base + row->at;
    const char *endpoint = NULL;
    int code = ERR_FORMAT;

    switch ((enum settings_type)row->type) {
    case SETTINGS_TEXT:
    case SETTINGS_IDENT:
    case SETTINGS_NATION: code = put_text(row, t, member); break;
    case SETTINGS_NUMBER: code = put_number(row, t, member); break;
    case SETTINGS_COUNT: code = put_count(row, t, member); break;
    case SETTINGS_FLAG: code = put_flag(t, member); break;
    case SETTINGS_CHOICE: code = put_choice(row->choices, t, member); break;
    case SETTINGS_SET: code = add_choice(row->choices, t, member); break;
    case SETTINGS_ENDPOINT: code = put_endpoint(t, member, &endpoint); break;
    case SETTINGS_NAMES: code = add_name(t, member); break;
    case SETTINGS_IDS: code = add_id(t, member); break;
    case SETTINGS_CODES: code = put_span(t, 8, 07777, member); break;
    case SETTINGS_ADDRESSES: code = put_span(t, 16, 0xffffff, member); break;
    case SETTINGS_EDITIONS_MAP: break;
    }
    if (code == ERR_FULL) {
        text_put(expected, "no more elements than there are before this one");
    } else if (code != 0 && endpoint) {
        text_put(expected, "%s", endpoint);
    } else if (code != 0) {
        settings_value_expect(row, expected);
    }
    return code;
}

int settings_value_put_edition(const struct settings_row *row, struct text key, struct text t, void *base, struct text_out *expected)
{
    struct editions *list = (void *)((char *)base + row->at);
    struct settings_edition e = {0};
    int64_t category;
    int code = 0;

    if (list->count == SETTINGS_EDITIONS) {
        text_put(expected, "at most %d editions", SETTINGS_EDITIONS);
        return ERR_FULL;
    }
    if (memchr(key.at, '/', key.size)) {
        code = source(&key, &e.source);
    }
    if (code != 0 || text_int(key, 10, &category) != 0 || category < 1 || category > 255 || t.size == 0 || t.size >= sizeof e.edition || !ident(t)) {
        settings_value_expect(row, expected);
        return ERR_FORMAT;
    }
    e.category = (uint8_t)category;
    copy(t, e.edition);
    list->edition[list->count++] = e;
    return 0;
}

void settings_value_default(const struct settings_row *row, void *base)
{
    char room[256];
    struct text_out unused = text_out_init(room, sizeof room);
    int code;

    if (row->standard) {
        code = settings_value_put(row, (struct text){row->standard, strlen(row->standard)}, base, &unused);
        assert(code == 0);
        (void)code;
    }
}

static void print_quoted(const char *text, struct text_out *out)
{
    text_put(out, "\"");
    for (; *text; text++) {
        text_put(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    }
    text_put(out, "\"");
}

static void print_choice(const char *choices, unsigned index, struct text_out *out)
{
    struct text rest = {choices, strlen(choices)};
    struct text one = {0};

    for (unsigned i = 0; i <= index; i++) {
        text_field(&rest, '|', &one);
    }
    text_put(out, "%.*s", (int)one.size, one.at);
}

static void print_set(const char *choices, uint32_t bits, struct text_out *out)
{
    const char *separator = "";

    text_put(out, "[");
    for (unsigned i = 0; bits >> i && i < 32; i++) {
        if (bits >> i & 1) {
            text_put(out, "%s", separator);
            print_choice(choices, i, out);
            separator = ", ";
        }
    }
    text_put(out, "]");
}

static void print_names(const struct settings_names *names, struct text_out *out)
{
    text_put(out, "[");
    for (uint32_t i = 0; i < names->count; i++) {
        text_put(out, "%s", i ? ", " : "");
        print_quoted(names->name[i], out);
    }
    text_put(out, "]");
}

static void print_ids(const struct ids *ids, struct text_out *out)
{
    text_put(out, "[");
    for (uint32_t i = 0; i < ids->count; i++) {
        text_put(out, "%s%u/%u", i ? ", " : "", ids->source[i] >> 8, ids->source[i] & 255U);
    }
    text_put(out, "]");
}

static void print_editions(const struct editions *list, struct text_out *out)
{
    text_put(out, "{");
    for (uint32_t i = 0; i < list->count; i++) {
        const struct settings_edition *e = &list->edition[i];

        text_put(out, "%s\"", i ? ", " : "");
        if (e->source) {
            text_put(out, "%u/%u/", e->source >> 8, e->source & 255U);
        }
        text_put(out, "%03u\": \"%s\"", e->category, e->edition);
    }
    text_put(out, "}");
}

void settings_value_print(const struct settings_row *row, const void *base, struct text_out *out)
{
    const void *member = (const char *)base + row->at;
    const struct settings_endpoint *endpoint = member;
    double number;
    uint32_t count;

    switch ((enum settings_type)row->type) {
    case SETTINGS_TEXT:
    case SETTINGS_IDENT:
    case SETTINGS_NATION: print_quoted(member, out); break;
    case SETTINGS_NUMBER:
        memcpy(&number, member, sizeof number);
        text_put(out, "%.15g", number / settings_rows_unit(row->key));
        break;
    case SETTINGS_COUNT:
        memcpy(&count, member, sizeof count);
        text_put(out, "%u", count);
        break;
    case SETTINGS_FLAG: text_put(out, *(const bool *)member ? "true" : "false"); break;
    case SETTINGS_CHOICE: print_choice(row->choices, *(const uint8_t *)member, out); break;
    case SETTINGS_SET:
        memcpy(&count, member, sizeof count);
        print_set(row->choices, count, out);
        break;
    case SETTINGS_ENDPOINT:
        if (endpoint->transport == SETTINGS_NONE) {
            text_put(out, "none");
        } else {
            text_put(out, "\"");
            settings_endpoint_print(endpoint, out);
            text_put(out, "\"");
        }
        break;
    case SETTINGS_NAMES: print_names(member, out); break;
    case SETTINGS_IDS: print_ids(member, out); break;
    case SETTINGS_CODES: print_span(member, 8, out); break;
    case SETTINGS_ADDRESSES: print_span(member, 16, out); break;
    case SETTINGS_EDITIONS_MAP: print_editions(member, out); break;
    }
}

void settings_value_expect(const struct settings_row *row, struct text_out *out)
{
    struct text rest = {row->choices, row->choices ? strlen(row->choices) : 0};
    struct text one;
    const char *separator = "";

    switch ((enum settings_type)row->type) {
    case SETTINGS_TEXT: text_put(out, "at most %u printable characters", row->size - 1U); break;
    case SETTINGS_IDENT: text_put(out, "a name of 1 to %u letters, digits, '-', '_' or '.'", row->size - 1U); break;
    case SETTINGS_NATION: text_put(out, "two capital letters (ISO 3166-1 alpha-2)"); break;
    case SETTINGS_NUMBER: text_put(out, "a number from %g to %g", row->least, row->most); break;
    case SETTINGS_COUNT: text_put(out, "a whole number from %.0f to %.0f", row->least, row->most); break;
    case SETTINGS_FLAG: text_put(out, "true or false"); break;
    case SETTINGS_CHOICE:
    case SETTINGS_SET:
        text_put(out, row->type == SETTINGS_SET ? "a list of " : "one of ");
        while (text_field(&rest, '|', &one)) {
            text_put(out, "%s%.*s", separator, (int)one.size, one.at);
            separator = ", ";
        }
        break;
    case SETTINGS_ENDPOINT: text_put(out, "udp://HOST:PORT, tcp://HOST:PORT or none"); break;
    case SETTINGS_NAMES: text_put(out, "a list of texts, each of 1 to %d printable characters", SETTINGS_PATH - 1); break;
    case SETTINGS_IDS: text_put(out, "a list of SAC/SIC, each from 0 to 255"); break;
    case SETTINGS_CODES: text_put(out, "any, a code as in \"1200\", or from one to another as in \"4400-4477\""); break;
    case SETTINGS_ADDRESSES: text_put(out, "any, an address as in \"A1B2C3\", or from one to another as in \"AE0000-AFFFFF\""); break;
    case SETTINGS_EDITIONS_MAP: text_put(out, "CATEGORY or SAC/SIC/CATEGORY, a colon and an edition such as \"0.23\""); break;
    }
}
