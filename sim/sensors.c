/* sensors: what the sensor files hold, selected, as a table for people, as CSV for other programs, or as GeoJSON for maps. */
#include "sim/verb.h"
#include "sim/world/platforms.h"
#include "sim/world/scenario_file.h"
#include "sim/world/select.h"
#include "sim/world/sensors.h"
#include "sim/world/table.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES 16
#define CELL 32

enum option { WHERE, SCENARIO, CSV, GEOJSON, CHECK, OPTIONS };
static const struct verb_option options[] = {
    [WHERE] = {"where", "TERMS", "only these: COLUMN=VALUE[,VALUE]... and COLUMN!=..., as in \"nation=US,MX flags=border or name=ajo except type=ARSR*\""},
    [SCENARIO] = {"scenario", "SCENARIO", "those of a scenario"},
    [CSV] = {"csv", NULL, "print them as a sensor file"},
    [GEOJSON] = {"geojson", NULL, "print them as GeoJSON, a point each"},
    [CHECK] = {"check", NULL, "print nothing; say whether every row is good"},
    [OPTIONS] = {NULL, NULL, NULL},
};

/* One way of printing: before all, a row of a file, after all. */
struct form {
    void (*begin)(void);
    void (*row)(json_t *features, struct text names, struct text row, bool first);
    void (*end)(json_t *features);
};

static struct text cell(struct text names, struct text row, const char *column)
{
    struct text value;

    return select_cell(names, row, column, &value) ? value : (struct text){"", 0};
}

static const char *const shown[] = {"name", "nation", "sac", "sic", "kind", "lat_deg", "lon_deg", "period_s", "range_max_nm", "type", "flags"};
static const int width[] = {-28, -6, 3, 3, -15, 7, 8, 8, 12, -22, -1};
#define SHOWN (sizeof shown / sizeof shown[0])

static void table_begin(void)
{
    for (unsigned i = 0; i < SHOWN; i++)
        printf("%*s%s", width[i], shown[i], i + 1 < SHOWN ? "  " : "\n");
}

static void table_row(json_t *features, struct text names, struct text row, bool first)
{
    (void)features;
    (void)first;
    for (unsigned i = 0; i < SHOWN; i++) {
        struct text value = cell(names, row, shown[i]);
        printf("%*.*s%s", width[i], (int)value.size, value.at, i + 1 < SHOWN ? "  " : "\n");
    }
}

static void nothing(void)
{
}

static void no_end(json_t *features)
{
    (void)features;
}

/* One line of names stands for all files: rows of one with other columns (platforms) are put under it. */
static void csv_row(json_t *features, struct text names, struct text row, bool first)
{
    static char shown_names[1024];
    struct text rest = {shown_names, 0}, name;
    char column[CELL];

    (void)features;
    if (first) {
        snprintf(shown_names, sizeof shown_names, "%.*s", (int)names.size, names.at);
        printf("%s\n", shown_names);
    }
    rest.size = strlen(shown_names);
    for (bool more = false; text_field(&rest, ',', &name); more = true) {
        snprintf(column, sizeof column, "%.*s", (int)name.size, name.at);
        struct text value = cell(names, row, column);
        printf("%s%.*s", more ? "," : "", (int)value.size, value.at);
    }
    putchar('\n');
}

static json_t *value_of(struct text t)
{
    double number;
    int64_t whole;

    if (t.size > 0 && text_int(t, 10, &whole) == 0)
        return json_integer(whole);
    return t.size > 0 && text_double(t, &number) == 0 ? json_real(number) : json_stringn(t.at, t.size);
}

static void geojson_row(json_t *features, struct text names, struct text row, bool first)
{
    json_t *properties = json_object();
    double lat = 0, lon = 0;
    struct text name, value, n = names, r = row;
    char key[CELL];

    (void)first;
    text_double(cell(names, row, "lat_deg"), &lat);
    text_double(cell(names, row, "lon_deg"), &lon);
    while (text_field(&n, ',', &name) && text_field(&r, ',', &value)) {
        snprintf(key, sizeof key, "%.*s", (int)name.size, name.at);
        if (value.size > 0 && strcmp(key, "lat_deg") != 0 && strcmp(key, "lon_deg") != 0)
            json_object_set_new(properties, key, value_of(value));
    }
    json_array_append_new(features, json_pack("{s:s, s:{s:s, s:[f,f]}, s:o}", "type", "Feature", "geometry", "type", "Point", "coordinates", lon, lat,
                                              "properties", properties));
}

static void geojson_end(json_t *features)
{
    json_t *all = json_pack("{s:s, s:O}", "type", "FeatureCollection", "features", features);

    json_dumpf(all, stdout, JSON_COMPACT | JSON_REAL_PRECISION(9));
    putchar('\n');
    json_decref(all);
}

static const struct form table_form = {table_begin, table_row, no_end};
static const struct form csv_form = {nothing, csv_row, no_end};
static const struct form geojson_form = {nothing, geojson_row, geojson_end};

/* What is asked for: the files, the terms of a scenario ("": all) and those of --where, both of which must hold. */
struct request {
    const struct form *form;
    const char *file[FILES + 1]; /* a scenario's platforms behind them */
    unsigned files;
    const char *where;
    bool check;
    struct scenario scenario;
    struct select of_scenario, of_platforms, select;
};

static unsigned print_file(const struct request *r, const struct select *of, json_t *features, struct text csv, unsigned printed)
{
    struct text names = {"", 0}, line;

    while (text_line(&csv, &line)) {
        if (line.size == 0 || line.at[0] == '#')
            continue;
        if (names.size == 0)
            names = line;
        else if (select_row(of, names, line) && select_row(&r->select, names, line))
            r->form->row(features, names, line, printed++ == 0);
    }
    return printed;
}

static int print_files(const struct verb *verb, const struct request *r)
{
    json_t *features = json_array();
    char error[256];
    unsigned printed = 0;
    int status = VERB_DONE;

    r->form->begin();
    for (unsigned i = 0; i < r->files + r->scenario.flying && status == VERB_DONE; i++) {
        size_t size = 0;
        char *csv = table_read(r->file[i], &size, error, sizeof error);
        if (csv)
            printed = print_file(r, i < r->files ? &r->of_scenario : &r->of_platforms, features, (struct text){csv, size}, printed);
        else
            status = verb_error(verb, "%s", error);
        free(csv);
    }
    r->form->end(features);
    json_decref(features);
    if (status == VERB_DONE && printed == 0) {
        verb_error(verb, "no sensor is like that");
        status = VERB_FAILED;
    }
    return status;
}

/* What the settings say of the same rows, before any of them is printed: the number that are wrong, each with a line; negative where all is. */
static int check(const struct request *r)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct config config = {0};
    int wrong = sensors_open(&config, r->file, r->files, r->scenario.where[0] ? r->scenario.where : r->where, &errors);

    fputs(room, stderr);
    if (wrong > 0)
        fprintf(stderr, "%d row%s of the sensor files %s wrong\n", wrong, wrong == 1 ? "" : "s", wrong == 1 ? "is" : "are");
    else if (wrong == 0 && r->check)
        printf("%u sensors, every row is good\n", config.settings->sites);
    config_close(&config);
    return wrong;
}

/* The scenario's files where none is named, and those that are shipped where it names none either. */
static bool complete(const struct verb *verb, struct request *r)
{
    char error[256];

    for (unsigned i = 0; r->files == 0 && i < r->scenario.files; i++)
        r->file[i] = r->scenario.file[i];
    r->files = r->files ? r->files : r->scenario.files;
    for (unsigned i = 0; r->files == 0 && i < SENSORS_FILES; i++)
        r->file[i] = sensors_files[i];
    r->files = r->files ? r->files : SENSORS_FILES;
    r->file[r->files] = PLATFORMS_FILE;
    if (!select_parse(&r->select, r->where, NULL, error, sizeof error) ||
        !sensors_check(r->file, r->files + r->scenario.flying, r->where, error, sizeof error))
        return verb_error(verb, "--where: %s", error) == VERB_DONE;
    return select_parse(&r->of_scenario, r->scenario.where, NULL, error, sizeof error) &&
           select_parse(&r->of_platforms, r->scenario.platforms, NULL, error, sizeof error);
}

static bool take_scenario(struct request *r, const char *name)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    bool good;

    r->scenario = scenario_default();
    good = scenario_file_read(&r->scenario, name, &errors);
    fputs(room, stderr);
    return good;
}

static int sensors(const struct verb *verb, int argc, char **argv)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    static struct request r;
    int option;

    r = (struct request){.form = &table_form};
    while ((option = verb_args_next(&args)) != VERB_END) {
        if (option == VERB_BAD || (option == SCENARIO && !take_scenario(&r, args.value)))
            return VERB_USAGE;
        if (option == VERB_OPERAND && r.files == FILES)
            return verb_error(verb, "at most %d files", FILES);
        if (option == VERB_OPERAND)
            r.file[r.files++] = args.value;
        else if (option == WHERE)
            r.where = args.value;
        else if (option == CHECK)
            r.check = true;
        else if (option != SCENARIO)
            r.form = option == CSV ? &csv_form : &geojson_form;
    }
    if (!complete(verb, &r))
        return VERB_USAGE;
    int wrong = check(&r);
    if (wrong < 0)
        return VERB_USAGE;
    return r.check ? (wrong ? VERB_FAILED : VERB_DONE) : print_files(verb, &r);
}

const struct verb sensors_verb = {"sensors", "[FILE]...", "the sensor files: list, select, print as CSV or GeoJSON", options, sensors};
