/* libyaml's document tree gives each node its line and column; all mistakes are told, not only the first. */
#include "sim/require.h"

#include "sim/world/table.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct reading {
    struct require *require;
    const char *path;
    struct text_out *errors;
    yaml_document_t document;
    unsigned wrong;
};

static const char *text_of(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : node->type == YAML_MAPPING_NODE ? "a mapping" : "a list";
}

static void refuse(struct reading *r, const yaml_node_t *node, const char *key, const char *expected)
{
    text_put(r->errors, "%s:%zu:%zu: %s: expected %s, found \"%s\"\n", r->path, node->start_mark.line + 1, node->start_mark.column + 1, key, expected,
             text_of(node));
    r->wrong++;
}

static int measure_of(const char *name)
{
    int m = 0;
    while (m < SCORE_COUNT && strcmp(score_row[m].name, name) != 0)
        m++;
    return m;
}

/* {min: A, max: B}, one of them at least. */
static void read_limit(struct reading *r, const char *slice, int measure, const yaml_node_t *node)
{
    struct require_limit limit = {.measure = (enum score_measure)measure, .min = -HUGE_VAL, .max = HUGE_VAL};
    limit.line = (unsigned)node->start_mark.line + 1;
    snprintf(limit.slice, sizeof limit.slice, "%s", slice);
    const char *name = score_row[measure].name;
    if (node->type != YAML_MAPPING_NODE || node->data.mapping.pairs.start == node->data.mapping.pairs.top) {
        refuse(r, node, name, "{min: NUMBER} or {max: NUMBER} or both");
        return;
    }
    for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
        const yaml_node_t *key = yaml_document_get_node(&r->document, p->key), *value = yaml_document_get_node(&r->document, p->value);
        bool min = strcmp(text_of(key), "min") == 0, max = strcmp(text_of(key), "max") == 0;
        if (!min && !max)
            refuse(r, key, name, "min or max");
        else if (text_double((struct text){text_of(value), strlen(text_of(value))}, min ? &limit.min : &limit.max) < 0)
            refuse(r, value, name, "a number");
    }
    if (r->require->limits == REQUIRE_MAX)
        refuse(r, node, name, "at most 256 limits");
    else
        r->require->limit[r->require->limits++] = limit;
}

/* Measures, and at the top also slices with measures in them. */
static void read_mapping(struct reading *r, const char *slice, const yaml_node_t *node)
{
    for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
        const yaml_node_t *key = yaml_document_get_node(&r->document, p->key), *value = yaml_document_get_node(&r->document, p->value);
        int measure = measure_of(text_of(key));
        bool is_slice = !slice && (strcmp(text_of(key), "all") == 0 || strchr(text_of(key), ':'));
        if (measure < SCORE_COUNT)
            read_limit(r, slice ? slice : "all", measure, value);
        else if (is_slice && value->type == YAML_MAPPING_NODE)
            read_mapping(r, text_of(key), value);
        else
            refuse(r, key, is_slice ? text_of(key) : "measure", is_slice ? "a mapping of measures" : "the name of a measure");
    }
}

bool require_read(struct require *require, const char *path, struct text_out *errors)
{
    struct reading r = {.require = require, .path = path, .errors = errors};
    yaml_parser_t parser;
    char error[256];
    size_t size;
    char *bytes = table_read(path, &size, error, sizeof error);
    require->limits = 0;
    if (!bytes || !yaml_parser_initialize(&parser)) {
        text_put(errors, "%s\n", bytes ? "no memory" : error);
        free(bytes);
        return false;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, size);
    if (!yaml_parser_load(&parser, &r.document)) {
        text_put(errors, "%s:%zu:%zu: %s\n", path, parser.problem_mark.line + 1, parser.problem_mark.column + 1, parser.problem ? parser.problem : "no memory");
        r.wrong++;
    } else {
        const yaml_node_t *root = yaml_document_get_root_node(&r.document);
        if (root && root->type == YAML_MAPPING_NODE)
            read_mapping(&r, NULL, root);
        else {
            text_put(errors, "%s:1:1: expected measures with limits, as in \"pos_rms_m: {max: 120}\"\n", path);
            r.wrong++;
        }
        yaml_document_delete(&r.document);
    }
    yaml_parser_delete(&parser);
    free(bytes);
    return r.wrong == 0;
}

bool require_kept(const struct require_limit *limit, double value)
{
    return value >= limit->min && value <= limit->max;
}
