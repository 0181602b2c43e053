/* From YAML (libyaml's document tree, which keeps line and column of each node) and from CSV into the struct, by the rows.
 *
 * The walk knows mappings, lists of mappings, and values; it goes on behind every mistake, so that the operator sees all of them at once.
 * Positions are printed from 1. Anchors and aliases work (libyaml resolves them); merge keys do not. */
#include "base/err.h"
#include "settings/settings.h"
#include "settings/settings_rows.h"
#include "settings/settings_value.h"
#include <stdio.h>
#include <string.h>
#include <yaml.h>

struct parse {
    yaml_document_t document;
    const struct settings_section *(*section)(unsigned index);
    const char *file;
    struct text_out *errors;
    unsigned count;
};

struct mark {
    size_t line, column; /* from 0 */
};

static struct mark mark_of(const yaml_node_t *node)
{
    return (struct mark){node->start_mark.line, node->start_mark.column};
}

static struct text_out *begin_error(struct parse *p, struct mark at)
{
    p->count++;
    text_put(p->errors, "%s:%zu:%zu: ", p->file, at.line + 1, at.column + 1);
    return p->errors;
}

static struct text scalar(const yaml_node_t *node)
{
    return (struct text){(const char *)node->data.scalar.value, node->data.scalar.length};
}

/* Characters of somebody's text that go into a message. */
static int shown(struct text t)
{
    return t.size < 80 ? (int)t.size : 80;
}

static const char *kind_of(const yaml_node_t *node)
{
    return node->type == YAML_MAPPING_NODE ? "a mapping" : node->type == YAML_SEQUENCE_NODE ? "a list" : node->type == YAML_SCALAR_NODE ? "a value" : "nothing";
}

static void error_kind(struct parse *p, const yaml_node_t *node, const char *path, const char *expected)
{
    struct text_out *out = begin_error(p, mark_of(node));

    if (node->type == YAML_SCALAR_NODE) {
        text_put(out, "%s: expected %s, found \"%.*s\"\n", path, expected, shown(scalar(node)), scalar(node).at);
    } else {
        text_put(out, "%s: expected %s, found %s\n", path, expected, kind_of(node));
    }
}

static void error_value(struct parse *p, const yaml_node_t *node, const char *path, const struct settings_row *row, const char *expected)
{
    struct text found = scalar(node);

    text_put(begin_error(p, mark_of(node)), "%s%s%s: expected %s, found \"%.*s\"\n", path, *path ? "." : "", row->key, expected,
             shown(found), found.at);
}

static void error_unknown(struct parse *p, const yaml_node_t *key, const char *path, const struct settings_section *section)
{
    struct text_out *out = begin_error(p, mark_of(key));
    const struct settings_section *top;

    text_put(out, "%s: unknown key \"%.*s\", expected one of", *path ? path : "settings", shown(scalar(key)), scalar(key).at);
    for (unsigned i = 0; section && i < section->count; i++) {
        text_put(out, "%s %s", i ? "," : "", section->rows[i].key);
    }
    for (unsigned i = 0; !section && (top = p->section(i)); i++) {
        text_put(out, "%s %s", i ? "," : "", top->key);
    }
    text_put(out, "\n");
}

static yaml_node_t *node_at(struct parse *p, int index)
{
    return yaml_document_get_node(&p->document, index);
}

static void parse_scalar(struct parse *p, const yaml_node_t *node, const char *path, const struct settings_row *row, void *base)
{
    char room[256];
    struct text_out expected = text_out_init(room, sizeof room);

    if (node->type != YAML_SCALAR_NODE) {
        char full[128];

        settings_value_expect(row, &expected);
        snprintf(full, sizeof full, "%s.%s", path, row->key);
        error_kind(p, node, full, room);
    } else if (settings_value_put(row, scalar(node), base, &expected) != 0) {
        error_value(p, node, path, row, room);
    }
}

static void parse_editions(struct parse *p, const yaml_node_t *node, const char *path, const struct settings_row *row, void *base)
{
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = node_at(p, pair->key);
        const yaml_node_t *value = node_at(p, pair->value);
        char room[256];
        struct text_out expected = text_out_init(room, sizeof room);

        if (key->type != YAML_SCALAR_NODE || value->type != YAML_SCALAR_NODE) {
            settings_value_expect(row, &expected);
            error_kind(p, value, row->key, room);
        } else if (settings_value_put_edition(row, scalar(key), scalar(value), base, &expected) != 0) {
            error_value(p, key, path, row, room);
        }
    }
}

static void parse_value(struct parse *p, const yaml_node_t *node, const char *path, const struct settings_row *row, void *base)
{
    bool several = row->type == SETTINGS_NAMES || row->type == SETTINGS_IDS || row->type == SETTINGS_SET;

    if (row->type == SETTINGS_EDITIONS_MAP && node->type == YAML_MAPPING_NODE) {
        parse_editions(p, node, path, row, base);
    } else if (several && node->type == YAML_SEQUENCE_NODE) {
        for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++) {
            parse_scalar(p, node_at(p, *item), path, row, base);
        }
    } else {
        parse_scalar(p, node, path, row, base);
    }
}

static void parse_pair(struct parse *p, const yaml_node_pair_t *pair, const char *path, const struct settings_section *section, uint32_t *seen, void *base)
{
    const yaml_node_t *key = node_at(p, pair->key);
    const struct settings_row *row = NULL;
    uint32_t bit;

    if (key->type != YAML_SCALAR_NODE) {
        error_kind(p, key, path, "a key");
        return;
    }
    row = settings_rows_find(section, (const char *)key->data.scalar.value, key->data.scalar.length);
    if (!row) {
        error_unknown(p, key, path, section);
        return;
    }
    bit = UINT32_C(1) << (row - section->rows);
    if (*seen & bit) {
        text_put(begin_error(p, mark_of(key)), "%s.%s: expected once, found again\n", path, row->key);
    }
    *seen |= bit;
    parse_value(p, node_at(p, pair->value), path, row, base);
}

static void parse_mapping(struct parse *p, const yaml_node_t *node, const char *path, const struct settings_section *section, void *base)
{
    uint32_t seen = 0;

    if (node->type != YAML_MAPPING_NODE) {
        error_kind(p, node, path, "a mapping");
        return;
    }
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
        parse_pair(p, pair, path, section, &seen, base);
    }
    for (unsigned i = 0; i < section->count; i++) {
        if (section->rows[i].required && !(seen >> i & 1)) {
            text_put(begin_error(p, mark_of(node)), "%s: expected key \"%s\", found none\n", path, section->rows[i].key);
        }
    }
}

/* Room for one more struct of a list, with its place and defaults; NULL: full. */
static void *list_add(void *s, const struct settings_section *section, struct mark at)
{
    struct settings_place place = {(uint32_t)at.line + 1, (uint32_t)at.column + 1};
    uint32_t *count = (void *)((char *)s + section->count_at);
    char *item;

    if (*count == section->capacity) {
        return NULL;
    }
    item = (char *)s + section->at + (size_t)*count * section->stride;
    memset(item, 0, section->stride);
    memcpy(item, &place, sizeof place);
    for (unsigned r = 0; r < section->count; r++) {
        settings_value_default(&section->rows[r], item);
    }
    ++*count;
    return item;
}

static void parse_list(struct parse *p, const yaml_node_t *node, const struct settings_section *section, void *s)
{
    unsigned index = 0;

    if (node->type == YAML_SCALAR_NODE && node->data.scalar.length == 0) {
        return; /* "feeds:" with nothing below it */
    }
    if (node->type != YAML_SEQUENCE_NODE) {
        error_kind(p, node, section->key, "a list");
        return;
    }
    for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++, index++) {
        const yaml_node_t *child = node_at(p, *item);
        char path[64];
        void *base = list_add(s, section, mark_of(child));

        if (!base) {
            text_put(begin_error(p, mark_of(child)), "%s: expected at most %u, found more\n", section->key, section->capacity);
            return;
        }
        snprintf(path, sizeof path, "%s[%u]", section->key, index);
        parse_mapping(p, child, path, section, base);
    }
}

static const struct settings_section *find_section(const struct parse *p, const yaml_node_t *key)
{
    const struct settings_section *section;

    for (unsigned i = 0; (section = p->section(i)); i++) {
        if (text_equal(scalar(key), section->key)) {
            return section;
        }
    }
    return NULL;
}

static void parse_root(struct parse *p, void *s)
{
    const yaml_node_t *root = yaml_document_get_root_node(&p->document);
    const yaml_node_pair_t *pair, *earlier;

    if (!root || root->type != YAML_MAPPING_NODE) {
        text_put(begin_error(p, root ? mark_of(root) : (struct mark){0, 0}), "settings: expected a mapping, found %s\n", root ? kind_of(root) : "nothing");
        return;
    }
    for (pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = node_at(p, pair->key);
        const yaml_node_t *value = node_at(p, pair->value);
        const struct settings_section *section = key->type == YAML_SCALAR_NODE ? find_section(p, key) : NULL;
        bool again = false;

        for (earlier = root->data.mapping.pairs.start; section && earlier < pair; earlier++) {
            const yaml_node_t *other = node_at(p, earlier->key);

            again = again || (other->type == YAML_SCALAR_NODE && find_section(p, other) == section);
        }
        if (key->type != YAML_SCALAR_NODE) {
            error_kind(p, key, "settings", "a key");
        } else if (!section) {
            error_unknown(p, key, "", NULL);
        } else if (again) {
            text_put(begin_error(p, mark_of(key)), "%s: expected once, found again\n", section->key);
        } else if (section->list) {
            parse_list(p, value, section, s);
        } else {
            parse_mapping(p, value, section->key, section, (char *)s + section->at);
        }
    }
}

static void error_yaml(struct parse *p, const yaml_parser_t *parser)
{
    struct mark at = {parser->problem_mark.line, parser->problem_mark.column};

    text_put(begin_error(p, at), "settings: expected YAML, found %s%s%s\n", parser->problem ? parser->problem : "none", parser->context ? " " : "",
             parser->context ? parser->context : "");
}

unsigned settings_parse_rows(void *s, const struct settings_section *(*section)(unsigned index), const char *file, struct text yaml, struct text_out *errors)
{
    struct parse p = {.section = section, .file = file, .errors = errors};
    yaml_parser_t parser;

    if (!yaml_parser_initialize(&parser)) {
        text_put(begin_error(&p, (struct mark){0, 0}), "settings: expected memory for the parser, found none\n");
        return p.count;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml.at, yaml.size);
    if (yaml_parser_load(&parser, &p.document)) {
        parse_root(&p, s);
        yaml_document_delete(&p.document);
    } else {
        error_yaml(&p, &parser);
    }
    yaml_parser_delete(&parser);
    return p.count;
}

unsigned settings_parse(struct settings *s, const char *file, struct text yaml, struct text_out *errors)
{
    unsigned count = settings_parse_rows(s, settings_rows_section, file, yaml, errors);

    return count ? count : settings_check(s, file, errors);
}

/* ---- sites as CSV: the first line names the columns ---- */

struct columns {
    const struct settings_row *row[64]; /* NULL: a column of somebody else's */
    unsigned count;
};

static const struct settings_section *sites_section(void)
{
    const struct settings_section *section;

    for (unsigned i = 0; (section = settings_rows_section(i)); i++) {
        if (strcmp(section->key, "sites") == 0) {
            break;
        }
    }
    return section;
}

/* One field as RFC 4180 has it: in quotes it may hold commas (a quote inside a field does not occur in names of sites). */
static bool next_field(struct text *rest, struct text *field)
{
    const char *close;

    if (rest->size && rest->at[0] == '"' && (close = memchr(rest->at + 1, '"', rest->size - 1))) {
        *field = (struct text){rest->at + 1, (size_t)(close - rest->at) - 1};
        rest->size -= field->size + 2;
        rest->at = close + 1;
        if (rest->size) {
            struct text empty;

            text_field(rest, ',', &empty);
        }
        return true;
    }
    return text_field(rest, ',', field);
}

static void parse_columns(struct parse *p, struct text line, size_t number, const struct settings_section *section, struct columns *columns)
{
    struct text field;
    uint32_t seen = 0;

    while (columns->count < 64 && next_field(&line, &field)) {
        const struct settings_row *row = settings_rows_find(section, field.at, field.size);

        columns->row[columns->count++] = row;
        seen |= row ? UINT32_C(1) << (row - section->rows) : 0;
    }
    for (unsigned i = 0; i < section->count; i++) {
        if (section->rows[i].required && !(seen >> i & 1)) {
            text_put(begin_error(p, (struct mark){number, 0}), "sites: expected column \"%s\", found none\n", section->rows[i].key);
        }
    }
}

static void parse_site(struct parse *p, struct text line, size_t number, const struct columns *columns, void *site)
{
    const char *start = line.at;
    struct text field;
    unsigned i;

    for (i = 0; i < columns->count && next_field(&line, &field); i++) {
        const struct settings_row *row = columns->row[i];
        char room[256];
        struct text_out expected = text_out_init(room, sizeof room);

        if (!row || (field.size == 0 && !row->required)) {
            continue;
        }
        if (settings_value_put(row, field, site, &expected) != 0) {
            text_put(begin_error(p, (struct mark){number, (size_t)(field.at - start)}), "sites.%s: expected %s, found \"%.*s\"\n", row->key, room,
                     shown(field), field.at);
        }
    }
    if (i < columns->count || line.size) {
        text_put(begin_error(p, (struct mark){number, 0}), "sites: expected %u fields, found %s\n", columns->count, line.size ? "more" : "fewer");
    }
}

unsigned settings_parse_sites(struct settings *s, const char *file, struct text csv, struct text_out *errors)
{
    const struct settings_section *section = sites_section();
    struct parse p = {.file = file, .errors = errors};
    struct columns columns = {.count = 0};
    struct text line;

    for (size_t number = 0; text_line(&csv, &line); number++) {
        void *site;

        if (line.size == 0 || line.at[0] == '#') {
            continue;
        }
        if (columns.count == 0) {
            parse_columns(&p, line, number, section, &columns);
            if (p.count) {
                return p.count;
            }
            continue;
        }
        site = list_add(s, section, (struct mark){number, 0});
        if (!site) {
            text_put(begin_error(&p, (struct mark){number, 0}), "sites: expected at most %u, found more\n", section->capacity);
            return p.count;
        }
        unsigned before = p.count;
        parse_site(&p, line, number, &columns, site);
        if (p.count > before) {
            s->sites--;
        }
    }
    if (columns.count == 0) {
        text_put(begin_error(&p, (struct mark){0, 0}), "sites: expected a line of column names, found none\n");
    }
    return p.count;
}
