/* The sensors' rows are read by the settings (as the daemon reads them); the columns that only a study wants (flags) are read beside them. */
#include "sim/study.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/unit.h"
#include "daemon/sites.h"
#include "sim/world/select.h"
#include "sim/world/platforms.h"
#include "sim/world/radar_types.h"
#include "sim/world/sensors.h"
#include "sim/world/table.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LAND_FILE "config/areas/land.area"
#define FIR_FILE "config/areas/fir.area"
#define AVAILABILITY_USUAL 0.99

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct study_settings study_settings_default(void)
{
    return (struct study_settings){.terrain = "config/terrain/etopo5.terrain", .cell_nm = 10, .within_nm = 600, .k = HORIZON_FOUR_THIRDS,
                                   .target = SIGHT_TARGET_USUAL, .nation_availability = 1};
}

/* ---- areas and terrain ---- */

static void *read_file(const struct study *s, const char *path, size_t *size, uint64_t *digest)
{
    char error[512];
    char *bytes = table_read(path, size, error, sizeof error);

    if (bytes)
        *digest = digest_add(*digest, bytes, *size);
    else
        verb_error(s->verb, "%s", error);
    return bytes;
}

static struct area *read_area(const struct study *s, const char *path, const char *const *names, uint64_t *digest)
{
    size_t size, offset;
    int error;
    void *bytes = read_file(s, path, &size, digest);
    struct area *a = bytes ? area_new(bytes, size, names, &error, &offset) : NULL;

    if (bytes && !a)
        verb_error(s->verb, "%s: octet %zu: %s", path, offset, err_text(error));
    free(bytes);
    return a;
}

static struct terrain *read_terrain(const struct study *s, uint64_t *digest)
{
    size_t size, offset;
    int error;

    if (strcmp(s->settings.terrain, "none") == 0)
        return terrain_smooth_new();
    void *bytes = read_file(s, s->settings.terrain, &size, digest);
    struct terrain *t = bytes ? terrain_new(bytes, size, &error, &offset) : NULL;
    if (bytes && !t)
        verb_error(s->verb, "%s: octet %zu: %s", s->settings.terrain, offset, err_text(error));
    if (!bytes)
        verb_error(s->verb, "without terrain nothing is computed; --terrain none takes the earth as smooth, and says so");
    free(bytes);
    return t;
}

static bool open_region(struct study *s)
{
    const char *names[6] = {"US", "CA", "MX"};
    uint64_t key = digest_add_double(digest_add_double(DIGEST_START, s->settings.cell_nm), s->settings.within_nm);
    unsigned n = 3;

    if (s->settings.hawaii)
        names[n++] = "US-HI";
    if (s->settings.puerto_rico)
        names[n++] = "US-PR";
    key = digest_add_u64(key, (uint64_t)s->settings.hawaii << 1 | s->settings.puerto_rico);
    s->land = read_area(s, LAND_FILE, names, &key);
    s->fir = read_area(s, FIR_FILE, NULL, &key);
    s->ground = read_terrain(s, &key);
    if (!s->land || !s->fir || !s->ground)
        return false;
    size_t size = 0;
    void *kept = study_cache_read(s, "region", key, &size);
    s->region = kept ? region_restored_new(kept, size) : NULL;
    free(kept);
    if (s->region)
        return true;
    s->region = region_new(s->land, s->fir, s->ground, s->settings.cell_nm * UNIT_NM, s->settings.within_nm * UNIT_NM);
    void *bytes = s->region ? malloc(region_saved_size(s->region)) : NULL;
    if (!bytes)
        return verb_error(s->verb, "memory is short") == VERB_DONE;
    region_save(s->region, bytes);
    study_cache_write(s, "region", key, bytes, region_saved_size(s->region));
    free(bytes);
    return true;
}

/* ---- scopes ---- */

static int scope_of(struct study *s, const char *name)
{
    for (unsigned i = 0; i < s->scopes; i++)
        if (strcmp(s->scope[i], name) == 0)
            return (int)i;
    snprintf(s->scope[s->scopes], STUDY_SCOPE_NAME, "%s", name);
    return (int)s->scopes++;
}

/* The lists of scopes that cells are in: the whole, land or sea, band, nation, flight information region and its nation's. */
static bool open_scopes(struct study *s)
{
    static const char *const bands[3] = {"sea 0-1/3", "sea 1/3-2/3", "sea 2/3-1"};
    int nation[AREA_MAX], fir[AREA_MAX], whole = scope_of(s, "region"), land = scope_of(s, "land"), sea = scope_of(s, "sea"), band[3];
    char name[STUDY_SCOPE_NAME];

    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "sea %.0f-%.0f NM", i * s->settings.within_nm / 3, (i + 1) * s->settings.within_nm / 3);
        band[i] = scope_of(s, s->settings.within_nm > 0 ? name : bands[i]);
    }
    for (uint32_t i = 0; i < area_count(s->land); i++)
        nation[i] = (snprintf(name, sizeof name, "land %s", area_name(s->land, i)), scope_of(s, name));
    int mexico = scope_of(s, "FIR MX"), canada = scope_of(s, "FIR CA"), states = scope_of(s, "FIR US");
    for (uint32_t i = 0; i < area_count(s->fir); i++)
        fir[i] = (snprintf(name, sizeof name, "FIR %s", area_name(s->fir, i)), scope_of(s, name));
    s->of = malloc(s->region->cells * sizeof *s->of);
    for (uint32_t i = 0; s->of && i < s->region->cells; i++) {
        const struct region_cell *c = &s->region->cell[i];
        int b = region_band(s->region, c), n = 0;
        s->of[i][n++] = (int8_t)whole;
        s->of[i][n++] = (int8_t)(b < 0 ? land : sea);
        s->of[i][n++] = (int8_t)(b < 0 ? nation[c->nation] : band[b]);
        if (c->fir != AREA_NONE) {
            s->of[i][n++] = (int8_t)fir[c->fir];
            char letter = area_name(s->fir, (uint32_t)c->fir)[0]; /* of ICAO's location indicators (Doc 7910): K, P and T are the United States' */
            s->of[i][n++] = (int8_t)(letter == 'M' ? mexico : letter == 'C' ? canada : states);
        }
        s->of[i][n] = -1;
        s->outside += !terrain_is_smooth(s->ground) && !terrain_inside(s->ground, c->lat_rad, c->lon_rad);
    }
    return s->of != NULL;
}

/* ---- sensors ---- */

static const char *const *files_of(const struct study *s, unsigned *count)
{
    *count = s->settings.files ? s->settings.files : SENSORS_FILES;
    return s->settings.files ? s->settings.file : sensors_files;
}

/* Beam, radar equation and availability of the sensors' types, as the simulator has them. */
static bool read_types(struct study *s)
{
    static struct radar_types types;
    char error[256];

    if (!radar_types_read(&types, error, sizeof error))
        return verb_error(s->verb, "%s", error) == VERB_DONE;
    for (uint32_t i = 0; i < s->sensors; i++) {
        struct study_sensor *to = &s->sensor[i];
        const struct radar_type *type = radar_types_find(&types, to->site.type);
        if (!type)
            continue;
        to->type = radar_type_sight(type, &to->site);
        to->availability = type->availability;
    }
    return true;
}

unsigned study_group(const char *nation)
{
    static const char *const nations[] = {"US", "CA", "MX"};
    unsigned i = 0;

    while (i < 3 && strcmp(nations[i], nation) != 0)
        i++;
    return i;
}

/* The flags of the sensors' rows, found by their names. */
static bool read_flags(struct study *s)
{
    static const char *const names[] = {"name", "flags"};
    unsigned count;
    const char *const *files = files_of(s, &count);

    for (unsigned n = 0; n < count; n++) {
        struct text f[2];
        struct table t;
        bool good = table_open(&t, files[n], names, 2, 1);
        while (good && table_next(&t, f))
            for (uint32_t i = 0; i < s->sensors; i++)
                if (text_equal(f[0], s->sensor[i].site.name))
                    snprintf(s->sensor[i].flags, STUDY_FLAGS, "%.*s", (int)f[1].size, f[1].at);
        if (!good)
            verb_error(s->verb, "%s", t.error);
        table_close(&t);
        if (!good)
            return false;
    }
    return true;
}

static bool open_sensors(struct study *s)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct config config = {0};
    unsigned count;
    const char *const *files = files_of(s, &count);

    /* a study with a sensor less would answer another question: here every row counts */
    if (sensors_open(&config, files, count, NULL, &errors) != 0) {
        fputs(room, stderr);
        config_close(&config);
        return false;
    }
    s->sensor = calloc(config.settings->sites + 1u, sizeof *s->sensor);
    for (uint32_t i = 0; s->sensor && i < config.settings->sites; i++) {
        struct study_sensor *to = &s->sensor[s->sensors];
        to->site = sites_from_settings(&config.settings->site[i]);
        if (to->site.flags & SITE_TRACKS)
            continue; /* a centre sees nothing itself */
        s->sensors++;
        to->type = sight_type_usual(&to->site);
        to->availability = AVAILABILITY_USUAL;
        to->group = study_group(to->site.nation);
    }
    config_close(&config);
    if (!s->sensor || !read_flags(s) || !read_types(s))
        return false;
    for (uint32_t i = 0; i < s->sensors; i++) {
        struct study_sensor *to = &s->sensor[i];
        to->doubtful = strstr(to->flags, "placeholder") != NULL;
        to->sight = sight_of(&to->site, &to->type, &s->settings.target);
    }
    return true;
}

static bool open_views(struct study *s)
{
    for (uint32_t i = 0; i < s->sensors; i++)
        if (sight_reach_m(&s->sensor[i].sight) > 0 && !(s->sensor[i].view = view_new(s->region, s->sensor[i].reach, &s->sensor[i].sight)))
            return verb_error(s->verb, "memory is short") == VERB_DONE;
    return true;
}

bool study_open(struct study *s, const struct verb *verb, const struct study_settings *settings)
{
    double began = now_s();

    *s = (struct study){.settings = *settings, .verb = verb};
    if (!open_region(s) || !open_scopes(s) || !open_sensors(s))
        return false;
    s->took.region_s = now_s() - began;
    began = now_s();
    if (!study_cache_reaches(s))
        return verb_error(verb, "memory is short") == VERB_DONE;
    s->took.reach_s = now_s() - began;
    began = now_s();
    if (!open_views(s) || (settings->platforms && !study_platforms_open(s)))
        return false;
    s->took.view_s = now_s() - began;
    s->volume = volume_new(s->region, STUDY_GROUPS);
    for (unsigned g = 0; s->volume && g < STUDY_GROUPS; g++)
        s->volume->group_availability[g] = settings->nation_availability;
    return s->volume || verb_error(verb, "memory is short") == VERB_DONE;
}

void study_close(struct study *s)
{
    for (uint32_t i = 0; s->sensor && i < s->sensors; i++) {
        view_reach_free(s->sensor[i].reach);
        view_free(s->sensor[i].view);
    }
    free(s->sensor);
    free(s->of);
    volume_free(s->volume);
    region_free(s->region);
    terrain_free(s->ground);
    area_free(s->fir);
    area_free(s->land);
}

/* ---- sets ---- */

struct marking {
    const struct study *study;
    bool value, *set;
    unsigned marked;
};

static void mark(void *context, struct text name)
{
    struct marking *m = context;

    for (uint32_t i = 0; i < m->study->sensors; i++)
        if (text_equal(name, m->study->sensor[i].site.name)) {
            m->set[i] = m->value;
            m->marked++;
        }
}

static bool select_in(struct marking m, const char *const *files, unsigned count, const char *terms, unsigned *marked)
{
    char room[1024] = "";
    struct text_out errors = text_out_init(room, sizeof room);
    bool good = sensors_names(files, count, terms, &(struct sensors_sink){mark, &m}, &errors);

    if (!good)
        verb_error(m.study->verb, "%s", room);
    *marked = m.marked;
    return good;
}

bool study_select(const struct study *s, const char *terms, bool value, bool *set, unsigned *marked)
{
    unsigned count;
    const char *const *files = files_of(s, &count);

    return select_in((struct marking){s, value, set, 0}, files, count, terms, marked);
}

bool study_select_platforms(const struct study *s, const char *terms, bool value, bool *set, unsigned *marked)
{
    static const char *const file[] = {PLATFORMS_FILE};

    return select_in((struct marking){s, value, set, 0}, file, 1, terms, marked);
}

void study_toggle(struct study *s, uint32_t sensor, bool in)
{
    struct study_sensor *x = &s->sensor[sensor];

    if (x->view && x->in != in)
        (in ? volume_add : volume_remove)(s->volume, x->view, x->group, x->availability);
    x->in = in;
}

void study_put(struct study *s, const bool *set)
{
    double began = now_s();

    for (uint32_t i = 0; i < s->sensors; i++)
        study_toggle(s, i, set[i]);
    s->took.volume_s += now_s() - began;
}

void study_measure(const struct study *s, struct volume_figures *tables)
{
    volume_measure(s->volume, (const int8_t(*)[VOLUME_SCOPES_PER_CELL])s->of, s->scopes, tables);
}
