/* The language is a table of rows: section, key, type, range, member. libyaml's document tree gives each value its line and column. Everything that is wrong
 * in a file is told, not only the first. */
#include "sim/world/scenario_file.h"
#include "base/unit.h"
#include "sim/world/scenario_event.h"
#include "sim/world/select.h"
#include "sim/world/table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define DEPTH 8 /* of files that extend files */

enum type { TITLE, EXTENDS, NUMBER, DEGREES, COUNT, SEED, FLAG, A_FILE, FOLDER, START, FILES, WHERE, PLATFORMS_WHERE, ALSO, EXCEPT, EVENTS, FLIGHTS, RADARS };

struct row {
    const char *section, *key; /* section "": at the top */
    enum type type;
    double least, most;
    size_t at; /* of the member */
};

#define AT(member) offsetof(struct scenario, member)
static const struct row rows[] = {
    {"", "title", TITLE, 0, 0, AT(title)},
    {"", "extends", EXTENDS, 0, 0, 0},
    {"", "seed", SEED, 0, 9007199254740992.0, AT(seed)},
    {"", "start", START, 0, 0, AT(start)},
    {"", "duration_s", NUMBER, 1, 1e6, AT(duration_s)},
    {"", "events", EVENTS, 0, 0, 0},
    {"", "flights", FLIGHTS, 0, 0, 0},
    {"", "radars", RADARS, 0, 0, 0},
    {"sensors", "files", FILES, 0, 0, 0},
    {"sensors", "where", WHERE, 0, 0, AT(where)},
    {"sensors", "platforms", PLATFORMS_WHERE, 0, 0, AT(platforms)},
    {"sensors", "also", ALSO, 0, 0, 0},
    {"sensors", "except", EXCEPT, 0, 0, 0},
    {"sensors", "terrain", A_FILE, 0, 0, AT(terrain)},
    {"sensors", "latency_s", NUMBER, 0, 60, AT(latency_s)},
    {"sensors", "jitter_s", NUMBER, 0, 10, AT(jitter_s)},
    {"sensors", "false_plots", NUMBER, 0, 1000, AT(false_plots)},
    {"sensors", "detection", NUMBER, 0, 1, AT(detection)},
    {"sensors", "error_range_m", NUMBER, 0, 10000, AT(error_range_m)},
    {"sensors", "error_azimuth_deg", DEGREES, 0, 10, AT(error_azimuth_rad)},
    {"sensors", "error_time_s", NUMBER, 0, 3600, AT(error_time_s)},
    {"weather", "storms", COUNT, 0, SCENARIO_STORMS, AT(storms)},
    {"weather", "radius_m", NUMBER, 100, 500000, AT(storm_radius_m)},
    {"weather", "speed_mps", NUMBER, 0, 100, AT(storm_speed_mps)},
    {"weather", "course_deg", DEGREES, 0, 360, AT(storm_course_rad)},
    {"traffic", "folder", FOLDER, 0, 0, AT(traffic)},
    {"traffic", "aircraft", COUNT, 0, 100000, AT(aircraft)},
    {"traffic", "silent", NUMBER, 0, 1, AT(silent)},
    {"traffic", "plans", NUMBER, 0, 1, AT(plans)},
    {"traffic", "plan_lead_s", NUMBER, 0, 86400, AT(plan_lead_s)},
    {"traffic", "domestic", NUMBER, 0, 1, AT(domestic)},
    {"traffic", "airways", FLAG, 0, 0, AT(airways)},
    {"traffic", "rhythm", FLAG, 0, 0, AT(rhythm)},
    {"traffic", "share_airliner", NUMBER, 0, 1, AT(share[AIRCRAFT_AIRLINER])},
    {"traffic", "share_regional", NUMBER, 0, 1, AT(share[AIRCRAFT_REGIONAL])},
    {"traffic", "share_general", NUMBER, 0, 1, AT(share[AIRCRAFT_GENERAL])},
    {"traffic", "share_fast", NUMBER, 0, 1, AT(share[AIRCRAFT_FAST])},
    {"traffic", "share_silent", NUMBER, 0, 1, AT(share[AIRCRAFT_SILENT])},
    {"traffic", "formations", COUNT, 0, 16, AT(formations)},
    {"traffic", "tankers", COUNT, 0, 16, AT(tankers)},
    {"traffic", "anywhere", FLAG, 0, 0, AT(anywhere)},
    {"recorded", "file", TITLE, 0, 0, AT(recorded)},
    {"recorded", "from_s", NUMBER, 0, 1e6, AT(recorded_from_s)},
    {"recorded", "moved", FLAG, 0, 0, AT(recorded_moved)},
    {"recorded", "lat_deg", DEGREES, -80, 80, AT(recorded_lat_rad)},
    {"recorded", "lon_deg", DEGREES, -180, 180, AT(recorded_lon_rad)},
};
#define ROWS (sizeof rows / sizeof rows[0])

struct reading {
    struct scenario *scenario;
    const char *path;
    struct text_out *errors;
    yaml_document_t document;
    unsigned depth, wrong;
    unsigned number; /* of the path in the scenario */
    char also[SCENARIO_QUERY], except[SCENARIO_QUERY]; /* put behind `where` when the file is read, in whatever order it says so */
};

static bool read_at(struct scenario *s, const char *path, struct text_out *errors, unsigned depth);

static const char *text_of(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : node->type == YAML_MAPPING_NODE ? "a mapping" : "a list";
}

static struct scenario_place place_of(const struct reading *r, const yaml_node_t *node)
{
    return (struct scenario_place){r->number, (unsigned)node->start_mark.line + 1, (unsigned)node->start_mark.column + 1};
}

/* at: octets into the text of the node, where that stands in one line as it is. */
static void refuse_at(struct reading *r, const yaml_node_t *node, size_t at, const char *key, const char *expected)
{
    bool plain = node->type == YAML_SCALAR_NODE && node->start_mark.line == node->end_mark.line;
    bool quoted = plain && node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;

    r->wrong++;
    text_put(r->errors, "%s:%zu:%zu: %s: expected %s, found \"%.80s\"\n", r->path, node->start_mark.line + 1,
             node->start_mark.column + 1 + (plain ? at + quoted : 0), key, expected, text_of(node) + at);
}

static void refuse(struct reading *r, const yaml_node_t *node, const char *key, const char *expected)
{
    refuse_at(r, node, 0, key, expected);
}

static double number(struct reading *r, const yaml_node_t *node, const struct row *row)
{
    double value;
    char expected[64];

    if (node->type == YAML_SCALAR_NODE && text_double((struct text){text_of(node), node->data.scalar.length}, &value) == 0 && value >= row->least &&
        value <= row->most)
        return value;
    snprintf(expected, sizeof expected, "a number from %g to %.16g", row->least, row->most);
    refuse(r, node, row->key, expected);
    return row->least;
}

static void words(struct reading *r, const yaml_node_t *node, const char *key, char *out)
{
    if (node->type != YAML_SCALAR_NODE || node->data.scalar.length >= SCENARIO_TEXT)
        refuse(r, node, key, "at most 255 characters");
    else
        memcpy(out, text_of(node), node->data.scalar.length + 1);
}

static bool is_readable(const char *path)
{
    FILE *f = table_open_file(path);

    if (f)
        fclose(f);
    return f != NULL;
}

/* A file that can be read, or a folder with one (its name behind it) that can. */
static void readable(struct reading *r, const yaml_node_t *node, const char *key, const char *within, char *out)
{
    char path[SCENARIO_TEXT + 32];
    unsigned before = r->wrong;

    words(r, node, key, out);
    if (r->wrong > before)
        return;
    snprintf(path, sizeof path, "%s%s", out, within);
    if (!is_readable(path))
        refuse(r, node, key, within[0] ? "a folder with airports.csv" : "a file that can be read");
}

/* Puts words behind a query; false: no room. */
static bool put_words(char *out, const char *words)
{
    size_t used = strlen(out);

    return (size_t)snprintf(out + used, SCENARIO_QUERY - used, "%s%s", used ? " " : "", words) < SCENARIO_QUERY - used;
}

/* One query behind those that are there, with what joins them before it. Of exceptions every part is one. */
static void query(struct reading *r, const yaml_node_t *node, const char *key, const char *join, char *out)
{
    struct text rest = {text_of(node), strlen(text_of(node))}, term;
    bool except = strcmp(join, "except") == 0, room = (!except && !out[0]) || put_words(out, join);
    char error[SCENARIO_TEXT], word[SCENARIO_QUERY];
    struct select select;
    size_t at = 0;

    if (node->type != YAML_SCALAR_NODE || rest.size >= SCENARIO_QUERY || !select_parse(&select, text_of(node), &at, error, sizeof error)) {
        refuse_at(r, node, node->type == YAML_SCALAR_NODE ? at : 0, key, "terms as in \"nation=US,MX flags=border\", with or and except between them, or a list of such");
        return;
    }
    while (room && text_field(&rest, ' ', &term)) {
        snprintf(word, sizeof word, "%.*s", (int)term.size, term.at);
        if (except && text_equal(term, "except"))
            refuse(r, node, key, "no except within except");
        room = term.size == 0 || put_words(out, except && text_equal(term, "or") ? "except" : word);
    }
    if (!room)
        refuse(r, node, key, "at most 1023 characters in all");
}

/* A query, or a list of them. */
static void terms(struct reading *r, const yaml_node_t *node, const char *key, const char *join, char *out)
{
    out[0] = '\0';
    if (node->type != YAML_SEQUENCE_NODE)
        query(r, node, key, join, out);
    else
        for (const yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++)
            query(r, yaml_document_get_node(&r->document, *i), key, join, out);
}

/* What the file adds to the sensors and takes from them, behind those that are there. An empty `where` is all of them already. */
static void fold(struct reading *r)
{
    char *where = r->scenario->where;
    bool room = !where[0] || !r->also[0] || (put_words(where, "or") && put_words(where, r->also));

    if (!room || (r->except[0] && !put_words(where, r->except))) {
        text_put(r->errors, "%s: sensors: expected at most 1023 characters of terms with what it extends\n", r->path);
        r->wrong++;
    }
}

static void event(struct reading *r, const yaml_node_t *node)
{
    struct scenario *s = r->scenario;
    struct scenario_event e;
    char expected[128];
    size_t at;

    if (node->type != YAML_SCALAR_NODE || s->events == SCENARIO_EVENTS)
        refuse(r, node, "events", node->type == YAML_SCALAR_NODE ? "at most 64 of them" : "a line such as: at 00:20 fail US-makah");
    else if (!scenario_event_parse(&e, text_of(node), &at, expected, sizeof expected))
        refuse_at(r, node, at, "events", expected);
    else {
        e.place = place_of(r, node);
        s->event[s->events++] = e;
    }
}

/* The keys of a flight that are numbers, in the unit of the key here and in SI in the struct. */
static const struct flight_row {
    struct row row;
    double si;
} flight_rows[] = {
    {{"flights", "at_s", NUMBER, 0, 1e6, offsetof(struct scenario_flight, at_s)}, 1},
    {{"flights", "speed_kt", NUMBER, 2, 1000, offsetof(struct scenario_flight, speed_mps)}, UNIT_KT},
    {{"flights", "level_ft", NUMBER, 0, 90000, offsetof(struct scenario_flight, level_m)}, UNIT_FT},
    {{"flights", "spread_nm", NUMBER, 0.01, 50, offsetof(struct scenario_flight, spread_m)}, UNIT_NM},
    {{"flights", "rcs_m2", NUMBER, 0.001, 10000, offsetof(struct scenario_flight, rcs_m2)}, 1},
};
#define FLIGHT_ROWS (sizeof flight_rows / sizeof flight_rows[0])

/* [[LATITUDE, LONGITUDE], ...] in degrees. */
static void flight_route(struct reading *r, const yaml_node_t *node, struct scenario_flight *f)
{
    static const struct row lat = {"flights", "route", NUMBER, -89, 89, 0}, lon = {"flights", "route", NUMBER, -180, 180, 0};
    unsigned before = r->wrong;

    f->points = 0;
    if (node->type == YAML_SEQUENCE_NODE)
        for (const yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++) {
            const yaml_node_t *p = yaml_document_get_node(&r->document, *i);
            if (p->type != YAML_SEQUENCE_NODE || p->data.sequence.items.top - p->data.sequence.items.start != 2 || f->points == ROUTE_POINTS) {
                refuse(r, p, "route", "at most 12 points [LATITUDE, LONGITUDE]");
                return;
            }
            const yaml_node_item_t *pair = p->data.sequence.items.start;
            f->point[f->points].lat_rad = UNIT_DEG * number(r, yaml_document_get_node(&r->document, pair[0]), &lat);
            f->point[f->points++].lon_rad = UNIT_DEG * number(r, yaml_document_get_node(&r->document, pair[1]), &lon);
        }
    if (f->points < 2 && r->wrong == before)
        refuse(r, node, "route", "at least two points [LATITUDE, LONGITUDE]");
}

static void flight_class(struct reading *r, const yaml_node_t *node, struct scenario_flight *f)
{
    unsigned class = 0;

    while (class < AIRCRAFT_CLASSES && strcmp(aircraft_type(class)->name, text_of(node)) != 0)
        class++;
    if (class == AIRCRAFT_CLASSES)
        refuse(r, node, "class", "airliner, regional, general, fast, silent, balloon or missile");
    else
        f->class = (uint8_t)class;
}

/* Code (four octal digits) or callsign: either gives the flight a transponder. */
static void flight_ident(struct reading *r, const yaml_node_t *node, const char *key, struct scenario_flight *f)
{
    struct text t = {text_of(node), strlen(text_of(node))};
    struct ident ident = {0};
    int64_t code = 0;

    f->transponder = true;
    if (strcmp(key, "code") == 0) {
        if (t.size != 4 || text_int(t, 8, &code) != 0 || code < 0)
            refuse(r, node, key, "four octal digits");
        f->mode_a = (uint16_t)code;
    } else if (t.size > IDENT_CALLSIGN_SIZE || !ident_set_callsign(&ident, t.at, (unsigned)t.size))
        refuse(r, node, key, "at most eight letters and digits");
    else
        memcpy(f->callsign, t.at, t.size + 1);
}

static void flag(struct reading *r, const yaml_node_t *node, const char *key, bool *out)
{
    if (strcmp(text_of(node), "true") != 0 && strcmp(text_of(node), "false") != 0)
        refuse(r, node, key, "true or false");
    *out = strcmp(text_of(node), "true") == 0;
}

/* "CYEG-KDEN": where the plan says that the flight begins and ends. */
static void flight_plan(struct reading *r, const yaml_node_t *node, struct scenario_flight *f)
{
    int used = 0;

    f->plan = sscanf(text_of(node), "%4[A-Z]-%4[A-Z]%n", f->departure, f->destination, &used) == 2 && text_of(node)[used] == '\0';
    if (!f->plan)
        refuse(r, node, "plan", "two location indicators, as in CYEG-KDEN");
}

static bool flight_key(struct reading *r, const char *key, const yaml_node_t *value, struct scenario_flight *f)
{
    static const struct row count = {"flights", "count", COUNT, 1, SCENARIO_ABREAST, 0};

    for (size_t i = 0; i < FLIGHT_ROWS; i++)
        if (strcmp(flight_rows[i].row.key, key) == 0) {
            double si = number(r, value, &flight_rows[i].row) * flight_rows[i].si;
            memcpy((char *)f + flight_rows[i].row.at, &si, sizeof si);
            return true;
        }
    if (strcmp(key, "route") == 0)
        flight_route(r, value, f);
    else if (strcmp(key, "class") == 0)
        flight_class(r, value, f);
    else if (strcmp(key, "count") == 0)
        f->count = (uint8_t)number(r, value, &count);
    else if (strcmp(key, "leader") == 0)
        flag(r, value, key, &f->leader);
    else if (strcmp(key, "plan") == 0)
        flight_plan(r, value, f);
    else if (strcmp(key, "code") == 0 || strcmp(key, "callsign") == 0)
        flight_ident(r, value, key, f);
    else
        return false;
    return true;
}

static void flight(struct reading *r, const yaml_node_t *node)
{
    struct scenario_flight f = {.class = AIRCRAFT_SILENT, .count = 1, .spread_m = UNIT_NM, .mode_a = 01200};

    if (node->type != YAML_MAPPING_NODE || r->scenario->flights == SCENARIO_FLIGHTS) {
        refuse(r, node, "flights", node->type == YAML_MAPPING_NODE ? "at most 64 of them" : "{speed_kt: N, level_ft: N, route: [[LAT, LON], ...]}");
        return;
    }
    for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
        const yaml_node_t *key = yaml_document_get_node(&r->document, p->key);
        if (!flight_key(r, text_of(key), yaml_document_get_node(&r->document, p->value), &f))
            refuse(r, key, "flights", "a key of airseam-scenario(5)");
    }
    if (f.plan && (!f.callsign[0] || ident_code_is_shared(f.mode_a)))
        refuse(r, node, "plan", "a callsign, and a code of its own, beside it");
    if (f.points < 2 || f.speed_mps <= 0 || f.level_m <= 0)
        refuse(r, node, "flights", "route, speed_kt and level_ft");
    else
        r->scenario->flight[r->scenario->flights++] = f;
}

/* {where: TERMS, KEY: VALUE, ...}: the keys are those of sim/world/quirks.c. */
static void radars(struct reading *r, const yaml_node_t *node)
{
    struct scenario_quirks q = {.place = place_of(r, node)};

    if (node->type != YAML_MAPPING_NODE || r->scenario->quirks == SCENARIO_QUIRKS) {
        refuse(r, node, "radars", node->type == YAML_MAPPING_NODE ? "at most 32 of them" : "{where: TERMS, KEY: VALUE, ...}");
        return;
    }
    for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
        const yaml_node_t *key = yaml_document_get_node(&r->document, p->key), *value = yaml_document_get_node(&r->document, p->value);
        char room[QUIRKS_EXPECTED];
        bool where = strcmp(text_of(key), "where") == 0;
        const char *expected = where ? NULL : quirks_set(&q.said, text_of(key), text_of(value), room);
        if (where)
            terms(r, value, "where", "or", q.where);
        else if (expected)
            refuse(r, expected[0] ? value : key, expected[0] ? text_of(key) : "radars", expected[0] ? expected : "a key of airseam-scenario(5)");
    }
    r->scenario->quirk[r->scenario->quirks++] = q;
}

static void each(struct reading *r, const yaml_node_t *node, const struct row *row)
{
    struct scenario *s = r->scenario;

    if (node->type != YAML_SEQUENCE_NODE) {
        refuse(r, node, row->key, "a list");
        return;
    }
    *(row->type == FILES ? &s->files : row->type == EVENTS ? &s->events : row->type == FLIGHTS ? &s->flights : &s->quirks) = 0;
    for (const yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++) {
        const yaml_node_t *item = yaml_document_get_node(&r->document, *i);
        if (row->type == EVENTS)
            event(r, item);
        else if (row->type == FLIGHTS)
            flight(r, item);
        else if (row->type == RADARS)
            radars(r, item);
        else if (s->files == SCENARIO_FILES)
            refuse(r, item, row->key, "at most 16 files");
        else
            readable(r, item, row->key, "", s->file[s->files++]);
    }
}

/* A file that is extended lies beside this one, or is one that is shipped. */
static void extend_one(struct reading *r, const yaml_node_t *node)
{
    const char *slash = strrchr(r->path, '/');
    char path[4096];

    snprintf(path, sizeof path, "%.*s%s", slash ? (int)(slash - r->path) + 1 : 0, r->path, text_of(node));
    if (!is_readable(path))
        snprintf(path, sizeof path, SCENARIO_FILE_FOLDER "%s", text_of(node));
    if (node->type != YAML_SCALAR_NODE || r->depth == DEPTH)
        refuse(r, node, "extends", node->type == YAML_SCALAR_NODE ? "no circle, and at most eight files" : "the name of a file beside this one, or of a shipped one");
    else if (!is_readable(path))
        refuse(r, node, "extends", "the name of a file beside this one, or of a shipped one");
    else if (!read_at(r->scenario, path, r->errors, r->depth + 1))
        r->wrong++;
}

/* One, or a list of them in their order. */
static void extend(struct reading *r, const yaml_node_t *node)
{
    if (node->type != YAML_SEQUENCE_NODE)
        extend_one(r, node);
    else
        for (const yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++)
            extend_one(r, yaml_document_get_node(&r->document, *i));
}

static void take(struct reading *r, const struct row *row, const yaml_node_t *node)
{
    char *member = (char *)r->scenario + row->at;
    double value;

    switch (row->type) {
    case TITLE: words(r, node, row->key, member); break;
    case A_FILE: readable(r, node, row->key, "", member); break;
    case FOLDER: readable(r, node, row->key, "/airports.csv", member); break;
    case WHERE:
        terms(r, node, row->key, "or", member);
        r->scenario->where_place = place_of(r, node);
        break;
    case PLATFORMS_WHERE:
        terms(r, node, row->key, "or", member);
        r->scenario->platforms_place = place_of(r, node);
        r->scenario->flying = true;
        break;
    case ALSO: terms(r, node, row->key, "or", r->also); break;
    case EXCEPT: terms(r, node, row->key, "except", r->except); break;
    case EXTENDS: break; /* done first */
    case FILES:
    case EVENTS:
    case FLIGHTS:
    case RADARS: each(r, node, row); break;
    case NUMBER:
    case DEGREES:
        value = number(r, node, row) * (row->type == DEGREES ? UNIT_DEG : 1.0);
        memcpy(member, &value, sizeof value);
        break;
    case COUNT: *(uint32_t *)(void *)member = (uint32_t)number(r, node, row); break;
    case SEED: *(uint64_t *)(void *)member = (uint64_t)number(r, node, row); break;
    case FLAG: flag(r, node, row->key, (bool *)member); break;
    case START:
        if (node->type != YAML_SCALAR_NODE || !scenario_parse_start(text_of(node), (struct instant *)(void *)member))
            refuse(r, node, row->key, "a date and time as in 2026-06-01T12:00:00Z, or now");
        break;
    }
}

static const struct row *find_row(const char *section, const char *key)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].section, section) == 0 && strcmp(rows[i].key, key) == 0)
            return &rows[i];
    return NULL;
}

static bool is_section(const char *key)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].section[0] && strcmp(rows[i].section, key) == 0)
            return true;
    return false;
}

/* Whether the key stands further up in its mapping too. */
static bool is_again(struct reading *r, const yaml_node_t *mapping, const yaml_node_pair_t *pair)
{
    const char *key = text_of(yaml_document_get_node(&r->document, pair->key));

    for (const yaml_node_pair_t *p = mapping->data.mapping.pairs.start; p < pair; p++)
        if (strcmp(text_of(yaml_document_get_node(&r->document, p->key)), key) == 0)
            return true;
    return false;
}

/* A mapping; at the top its `extends` first, whatever the order. */
static void walk(struct reading *r, const yaml_node_t *node, const char *section)
{
    if (node->type != YAML_MAPPING_NODE) {
        refuse(r, node, section[0] ? section : "scenario", "keys and values");
        return;
    }
    for (int pass = section[0] ? 1 : 0; pass < 2; pass++)
        for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
            const yaml_node_t *key = yaml_document_get_node(&r->document, p->key), *value = yaml_document_get_node(&r->document, p->value);
            const struct row *row = find_row(section, text_of(key));
            if (pass == 0 && row && row->type == EXTENDS)
                extend(r, value);
            if (pass == 0)
                continue;
            if (is_again(r, node, p))
                refuse(r, key, section[0] ? section : "scenario", "each key once");
            else if (row)
                take(r, row, value);
            else if (section[0] == 0 && is_section(text_of(key)))
                walk(r, value, text_of(key));
            else
                refuse(r, key, section[0] ? section : "scenario", "a key of airseam-scenario(5)");
        }
}

static bool read_at(struct scenario *s, const char *path, struct text_out *errors, unsigned depth)
{
    struct reading r = {.scenario = s, .path = path, .errors = errors, .depth = depth};
    char error[512];
    size_t size = 0;

    if (s->paths < SCENARIO_PATHS) {
        snprintf(s->path[s->paths], SCENARIO_TEXT, "%s", path);
        r.number = ++s->paths;
    }
    char *bytes = table_read(path, &size, error, sizeof error);
    yaml_parser_t parser;

    if (!bytes) {
        text_put(errors, "%s\n", error);
        return false;
    }
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, size);
    if (!yaml_parser_load(&parser, &r.document)) {
        text_put(errors, "%s:%zu:%zu: expected YAML, found: %s\n", path, parser.problem_mark.line + 1, parser.problem_mark.column + 1,
                 parser.problem ? parser.problem : "something else");
        r.wrong++;
    } else {
        yaml_node_t *root = yaml_document_get_root_node(&r.document);
        if (root)
            walk(&r, root, "");
        fold(&r);
        yaml_document_delete(&r.document);
    }
    yaml_parser_delete(&parser);
    free(bytes);
    return r.wrong == 0;
}

bool scenario_file_read(struct scenario *s, const char *path, struct text_out *errors)
{
    char shipped[sizeof SCENARIO_FILE_FOLDER + SCENARIO_TEXT];

    if (strpbrk(path, "/.") || strlen(path) >= SCENARIO_TEXT - 5)
        return read_at(s, path, errors, 0);
    snprintf(shipped, sizeof shipped, SCENARIO_FILE_FOLDER "%s.yaml", path);
    if (!is_readable(shipped)) {
        text_put(errors, "%s: no scenario of that name is shipped; airseam scenarios lists them, and a file is named with / or .\n", path);
        return false;
    }
    return read_at(s, shipped, errors, 0);
}
