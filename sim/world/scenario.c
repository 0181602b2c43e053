/* Defaults are those of `make demo` and of the man page: a hundred aircraft, ten minutes, noon of a day in June. */
#include "sim/world/scenario.h"
#include "base/unit.h"
#include "daemon/sites.h"
#include "geo/geodesic.h"
#include "sim/world/platforms.h"
#include "sim/world/radar_types.h"
#include "sim/world/military.h"
#include "sim/world/sensors.h"
#include "sim/world/table.h"
#include "wire/plot_out.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LATENCY_S 0.6 /* between the two lines that were measured: 0.48 s and 1.28 s, each with a sigma of about 0.015 s */
#define JITTER_S 0.015
#define ERRORS ((uint64_t)1 << 42) /* streams apart from those of flights, silence and radars */
#define OUTAGES ((uint64_t)1 << 46)
#define FIRST_ADDRESS 0xAE0000u /* behind the block that the FAA gives to civil aircraft */
#define STATION_RANGE_M (200 * UNIT_NM)
#define STATION_DETECTION 0.95

struct scenario scenario_default(void)
{
    return (struct scenario){
        .seed = 1,
        .start = {INT64_C(1780315200) * 1000000000}, /* 2026-06-01T12:00:00Z */
        .duration_s = 600,
        .where = "flags=border",
        .traffic = "config/traffic",
        .aircraft = 100,
        .silent = -1,
        .plans = 1,
        .share = {-1, -1, -1, -1, -1, -1, -1},
        .plan_lead_s = 1800,
        .latency_s = -1,
        .jitter_s = -1,
        .false_plots = -1,
        .detection = -1,
        .storm_radius_m = 15 * UNIT_NM,
        .storm_speed_mps = 25 * UNIT_KT,
        .storm_course_rad = 60 * UNIT_DEG,
    };
}

/* Side by side: each point of the route is moved across the way that leads to it (the first: that leads from it). */
static struct route beside(const struct scenario_flight *d, double aside_m)
{
    struct route r = route_init();

    for (unsigned i = 0; i < d->points; i++) {
        double course;
        geodesic_inverse(d->point[i ? i - 1 : 0], d->point[i ? i : 1], i ? NULL : &course, i ? &course : NULL);
        struct geodetic at = geodesic_direct(d->point[i], course + UNIT_PI / 2, aside_m, NULL);
        at.hae_m = d->level_m;
        route_add(&r, at);
    }
    return r;
}

struct aircraft_flight scenario_flight(const struct scenario *s, unsigned flight, unsigned one)
{
    const struct scenario_flight *d = &s->flight[flight];
    struct aircraft_flight f = {.number = SCENARIO_NUMBER + flight * SCENARIO_ABREAST + one, .class = d->class};

    f.transponder = f.mode_s = d->transponder && !(d->leader && one > 0);
    f.plan = d->plan;
    f.flight_type = d->class == AIRCRAFT_FAST ? 'M' : 'N';
    memcpy(f.callsign, d->callsign, sizeof f.callsign);
    memcpy(f.departure, d->departure, sizeof f.departure);
    memcpy(f.destination, d->destination, sizeof f.destination);
    f.rcs_m2 = d->rcs_m2 > 0 ? d->rcs_m2 : aircraft_type(d->class)->rcs_m2;
    f.steady = true;
    f.cruise_mps = d->speed_mps;
    f.cruise_m = d->level_m;
    f.route = beside(d, (one - (d->count - 1) / 2.0) * d->spread_m);
    if (f.transponder) {
        f.ident.flags = IDENT_MODE_A | IDENT_MODE_S;
        f.ident.mode_a = d->mode_a;
        f.ident.mode_s = FIRST_ADDRESS + f.number - SCENARIO_NUMBER;
        if (ident_set_callsign(&f.ident, d->callsign, (unsigned)strlen(d->callsign)) && d->callsign[0])
            f.ident.flags |= IDENT_CALLSIGN;
    }
    return f;
}

void scenario_fini(struct scenario *s)
{
    free(s->radar);
    s->radar = NULL;
    s->radars = 0;
}

/* Registration errors beyond those the site knows of. */
static void misplace(const struct scenario *s, struct site *site)
{
    struct rng rng = rng_stream(s->seed, ERRORS | site->source);

    site->bias.range_m += s->error_range_m * rng_normal(&rng);
    site->bias.azimuth_rad += s->error_azimuth_rad * rng_normal(&rng);
    site->bias.time_s += s->error_time_s * rng_normal(&rng);
}

/* What a site that hears ADS-B needs to be pretended. */
static void be_station(struct site *s)
{
    s->period_s = RADAR_STATION_S;
    if (s->primary.range_max_m <= 0)
        s->primary.range_max_m = STATION_RANGE_M;
    if (s->primary.detection <= 0)
        s->primary.detection = STATION_DETECTION;
}

/* The type's beam and radar equation, where config/radar-types.csv has it. */
static void be_typed(struct radar_site *r, const struct radar_types *types)
{
    const struct radar_type *t = radar_types_find(types, r->site.type);

    r->typed = t != NULL;
    if (t)
        r->type = radar_type_sight(t, &r->site);
}

static bool add_radars(struct scenario *s, const struct settings *settings, struct text_out *errors)
{
    static struct radar_types types;
    char error[SCENARIO_TEXT];

    if (!radar_types_read(&types, error, sizeof error)) {
        text_put(errors, "%s\n", error);
        return false;
    }
    s->radar = calloc(settings->sites + PLATFORMS + 1, sizeof *s->radar);
    for (uint32_t i = 0; s->radar && i < settings->sites; i++) {
        struct radar_site *r = &s->radar[s->radars];
        *r = (struct radar_site){.site = sites_from_settings(&settings->site[i]), .quirks = quirks_default(), .jitter_s = JITTER_S};
        if (r->site.kind == SITE_ADSB)
            be_station(&r->site);
        else if (!(r->site.flags & (SITE_PRIMARY | SITE_SECONDARY)) || r->site.period_s <= 0 || r->site.period_s > RADAR_PERIOD_MAX_S)
            continue;
        if (r->site.latency_s <= 0)
            r->site.latency_s = LATENCY_S;
        /* Canada's stations without Mode S are the older ones */
        bool old = strcmp(r->site.nation, "CA") == 0 && !(r->site.flags & (SITE_SELECTIVE | SITE_HEIGHT));
        r->category = r->site.kind == SITE_ADSB ? 21 : old ? 1 : 48;
        be_typed(r, &types);
        misplace(s, &r->site);
        s->radars++;
    }
    return s->radar != NULL;
}

/* The sensor files of a scenario. */
struct file_list {
    const char *path[SCENARIO_FILES + 1]; /* the platforms' behind them */
    unsigned count;
};

/* Whether some terms of the scenario mean anything in its files; false after a line that says where they stand. */
static bool check_terms(const struct scenario *s, struct scenario_place place, const char *where, const struct file_list *files, struct text_out *errors)
{
    char why[512];

    if (sensors_check(files->path, files->count, where, why, sizeof why))
        return true;
    scenario_say_place(s, place, errors);
    text_put(errors, "selection of sensors: %s\n", why);
    return false;
}

/* ---- what the scenario says of some radars ---- */

struct saying {
    struct scenario *scenario;
    const struct quirks_said *said;
};

static void name_quirks(void *context, struct text name)
{
    const struct saying *q = context;
    struct scenario *s = q->scenario;

    for (uint32_t i = 0; i < s->radars; i++)
        if (text_equal(name, s->radar[i].site.name))
            quirks_apply(&s->radar[i].quirks, q->said);
}

/* Outages of a radar that has them at random: exponential times of work and of rest, as many as there is room for. */
static void be_unsteady(const struct scenario *s, struct radar_site *r)
{
    const struct quirks *q = &r->quirks;
    struct rng rng = rng_stream(s->seed, OUTAGES | r->site.source);
    double time_s = q->up_first_s;

    while (q->up_s > 0 && r->outages < RADAR_OUTAGES) {
        time_s += rng_exponential(&rng, q->up_s);
        if (time_s >= s->duration_s)
            return;
        r->outage[r->outages].from_s = time_s;
        r->outage[r->outages++].to_s = time_s += rng_exponential(&rng, q->down_s);
    }
}

static bool add_quirks(struct scenario *s, const struct file_list *files, struct text_out *errors)
{
    bool good = true;

    for (unsigned i = 0; i < s->quirks && good; i++) {
        const struct scenario_quirks *of = &s->quirk[i];
        struct saying q = {s, &of->said};
        for (uint32_t k = 0; k < s->radars && !of->where[0]; k++)
            quirks_apply(&s->radar[k].quirks, q.said);
        good = !of->where[0] || (check_terms(s, of->place, of->where, files, errors) &&
                                 sensors_names(files->path, files->count, of->where, &(struct sensors_sink){name_quirks, &q}, errors));
    }
    for (uint32_t i = 0; i < s->radars; i++) {
        const struct quirks *q = &s->radar[i].quirks;
        struct bias *b = &s->radar[i].site.bias;
        b->range_m += q->bias_range_m;
        b->azimuth_rad += q->bias_azimuth_rad;
        b->time_s += q->bias_time_s;
        s->radar[i].site.refraction = s->radar[i].quirks.straight ? SITE_STRAIGHT : SITE_EXPONENTIAL;
    }
    return good;
}

/* ---- CD-2 lines: the feeds of a settings file say which radars have one, otherwise the sensor files do ---- */

/* A radar's range error as its site has it holds that of the line's counts; the simulated line adds that of itself. */
static void be_line(struct radar_site *r)
{
    double count_m = UNIT_NM / 8 / sqrt(12), all_m = r->site.secondary.sigma_range_m;

    r->category = PLOT_OUT_CD2;
    if (all_m > count_m)
        r->site.secondary.sigma_range_m = sqrt(all_m * all_m - count_m * count_m);
}

static void name_line(void *context, struct text name)
{
    struct scenario *s = context;

    for (uint32_t i = 0; i < s->radars; i++)
        if (text_equal(name, s->radar[i].site.name) && s->radar[i].category == 48)
            be_line(&s->radar[i]);
}

static void source_lines(struct scenario *s, const struct settings *settings)
{
    for (uint32_t i = 0; i < settings->feeds; i++)
        for (uint32_t k = 0; k < s->radars && settings->feed[i].format == SETTINGS_CD2; k++)
            if (s->radar[k].site.source == settings->feed[i].sources.source[0])
                be_line(&s->radar[k]);
}

/* ---- nations' centres: sites that are trackers, and the radars whose format says that their plots go to one ---- */

static void name_fused(void *context, struct text name)
{
    struct scenario *s = context;

    for (uint32_t i = 0; i < s->radars; i++)
        for (unsigned k = s->centres; k-- > 0 && text_equal(name, s->radar[i].site.name);)
            if (strcmp(s->radar[i].site.nation, s->centre[k].site.nation) == 0)
                s->radar[i].centre = k + 1;
}

static bool is_platform(const struct platforms *p, const char *name)
{
    for (unsigned i = 0; i < p->count; i++)
        if (strcmp(p->platform[i].site.name, name) == 0)
            return true;
    return false;
}

static bool add_centres(struct scenario *s, const struct settings *settings, const struct platforms *platforms, const struct file_list *files,
                        struct text_out *errors)
{
    s->centres = 0;
    for (uint32_t i = 0; i < settings->sites; i++)
        if (settings->site[i].kind == SETTINGS_TRACKER && s->centres + PLATFORMS < SCENARIO_CENTRES && !is_platform(platforms, settings->site[i].name))
            s->centre[s->centres++] = (struct radar_site){.site = sites_from_settings(&settings->site[i])};
    return s->centres == 0 || sensors_names(files->path, files->count, "format=062", &(struct sensors_sink){name_fused, s}, errors);
}

/* ---- platforms: each a radar and the tracker that it reports to ---- */

static void add_platform(struct scenario *s, const struct platform *p, const struct settings_site *row)
{
    struct radar_site *r = &s->radar[s->radars++];
    struct radar_site *centre = &s->centre[s->centres++];

    *centre = (struct radar_site){.site = sites_from_settings(row)};
    *r = (struct radar_site){.site = p->site, .quirks = p->quirks, .type = p->type, .typed = true, .moving = p->moving, .orbit = p->orbit, .jitter_s = JITTER_S};
    r->revisit_s = p->revisit_s;
    r->centre = s->centres;
    r->category = p->type.over_horizon ? 21 : 48;
}

static bool has_site(const struct settings *s, const char *name)
{
    for (uint32_t i = 0; i < s->sites; i++)
        if (strcmp(s->site[i].name, name) == 0)
            return true;
    return false;
}

/* Those that are meant into the radars, and into the settings as the trackers that others hear. */
static bool add_platforms(struct scenario *s, struct settings *all, const struct platforms *platforms, struct text_out *errors)
{
    char error[SCENARIO_TEXT];
    struct settings *rows = settings_new();
    size_t size = 0;
    char *csv = table_read(PLATFORMS_FILE, &size, error, sizeof error);
    bool good = rows && csv && settings_parse_sites(rows, PLATFORMS_FILE, (struct text){csv, size}, errors) == 0;

    for (unsigned i = 0; i < platforms->count && good; i++)
        for (uint32_t k = 0; k < rows->sites && platforms->platform[i].meant; k++)
            if (strcmp(rows->site[k].name, platforms->platform[i].site.name) == 0) {
                add_platform(s, &platforms->platform[i], &rows->site[k]);
                if (!has_site(all, rows->site[k].name) && all->sites < SETTINGS_SITES)
                    all->site[all->sites++] = rows->site[k];
            }
    settings_free(rows);
    free(csv);
    return good;
}

/* Rays bend in the settings as they do in the world, where the sensor files made these: who replays the tape reckons with the same. */
static void tell_rays(const struct scenario *s, struct settings *all)
{
    for (uint32_t k = 0; k < s->radars; k++)
        for (uint32_t i = 0; i < all->sites; i++)
            if (all->site[i].sac << 8 == (s->radar[k].site.source & 0xff00u) && all->site[i].sic == (s->radar[k].site.source & 0xffu))
                all->site[i].refraction = s->radar[k].site.refraction;
}

/* What others are to know, into the settings. */
static bool tell(struct scenario *s, struct config *c, bool own, const struct platforms *platforms, struct text_out *errors)
{
    struct settings *all = settings_new();
    bool good = all && settings_parse(all, "sensors", (struct text){c->text, strlen(c->text)}, errors) == 0;

    if (good && !own)
        tell_rays(s, all);
    good = good && (!s->flying || add_platforms(s, all, platforms, errors)) && settings_check(all, "sensors", errors) == 0;
    if (good) {
        config_close(c);
        good = config_adopt(c, "sensors", all, errors);
    }
    settings_free(all);
    return good;
}

/* One event on its way to its sensors. */
struct happening {
    struct scenario *scenario;
    struct scenario_event *event;
    bool full;
};

static struct radar_outage *last_outage(struct radar_site *r)
{
    return r->outages ? &r->outage[r->outages - 1] : NULL;
}

/* A failure begins an outage, which a repair ends before its time; a failure that finds one prolongs it. Events come in the order of their time. */
static void happen_to(struct happening *h, struct radar_site *r)
{
    struct scenario_event *e = h->event;
    double until_s = e->until_s > 0 ? e->until_s : HUGE_VAL;
    bool works = radar_site_works(r, e->at_s);

    e->sensors++;
    if (e->kind == SCENARIO_REPAIR && !works)
        last_outage(r)->to_s = e->at_s;
    else if (e->kind == SCENARIO_FAIL && !works)
        last_outage(r)->to_s = fmax(last_outage(r)->to_s, until_s);
    else if (e->kind == SCENARIO_FAIL && r->outages < RADAR_OUTAGES)
        r->outage[r->outages++] = (struct radar_outage){e->at_s, until_s};
    else
        h->full = h->full || e->kind == SCENARIO_FAIL;
}

static void happen(void *context, struct text name)
{
    struct happening *h = context;

    for (uint32_t i = 0; i < h->scenario->radars; i++)
        if (text_equal(name, h->scenario->radar[i].site.name))
            happen_to(h, &h->scenario->radar[i]);
    for (unsigned i = 0; i < h->scenario->centres; i++)
        if (text_equal(name, h->scenario->centre[i].site.name))
            happen_to(h, &h->scenario->centre[i]);
}

static bool check_callsign(const struct scenario *s, const struct scenario_event *e, struct text_out *errors)
{
    for (unsigned i = 0; i < s->flights; i++)
        if (strcmp(s->flight[i].callsign, e->where) == 0)
            return true;
    scenario_say_place(s, e->place, errors);
    text_put(errors, "events: expected the callsign of a flight of this scenario, found \"%s\"\n", e->where);
    return false;
}

static bool put_event(struct scenario *s, struct scenario_event *e, const struct file_list *files, struct text_out *errors)
{
    struct happening h = {s, e, false};

    e->sensors = 0;
    if (e->kind == SCENARIO_SILENCE)
        return !e->where[0] || check_callsign(s, e, errors);
    if (!check_terms(s, e->place, e->where, files, errors) ||
        !sensors_names(files->path, files->count, e->where, &(struct sensors_sink){happen, &h}, errors))
        return false;
    if (h.full) {
        scenario_say_place(s, e->place, errors);
        text_put(errors, "events: expected at most %d outages of a sensor\n", RADAR_OUTAGES);
    }
    return !h.full;
}

static int by_time(const void *a, const void *b)
{
    const struct scenario_event *x = a, *y = b;

    return (x->at_s > y->at_s) - (x->at_s < y->at_s);
}

void scenario_say_place(const struct scenario *s, struct scenario_place place, struct text_out *out)
{
    if (place.path > 0)
        text_put(out, "%s:%u:%u: ", s->path[place.path - 1], place.line, place.column);
}

/* The sensors' rows, unless settings with sites of their own are there already. */
static bool open_sensors(struct scenario *s, struct config *c, const struct file_list *files, struct text_out *errors)
{
    if (c->settings)
        return true;
    if (!check_terms(s, s->where_place, s->where, files, errors))
        return false;
    int passed = sensors_open(c, files->path, files->count, s->where, errors);
    s->passed = passed > 0 ? (unsigned)passed : 0;
    return passed >= 0;
}

bool scenario_open(struct scenario *s, struct config *c, struct text_out *errors)
{
    struct file_list files = {.count = s->files ? s->files : SENSORS_FILES};
    const struct file_list platform_file = {{PLATFORMS_FILE}, 1};
    static struct platforms platforms;
    bool own = c->settings != NULL;

    for (unsigned i = 0; i < files.count; i++)
        files.path[i] = s->files ? s->file[i] : sensors_files[i];
    bool good = open_sensors(s, c, &files, errors) && add_radars(s, c->settings, errors) && add_quirks(s, &files, errors);
    if (good && own)
        source_lines(s, c->settings);
    else
        good = good && sensors_names(files.path, files.count, "format=cd2", &(struct sensors_sink){name_line, s}, errors);
    good = good && platforms_read(&platforms, s->flying ? s->platforms : NULL, errors) && add_centres(s, c->settings, &platforms, &files, errors);
    if (good && s->flying) {
        files.path[files.count++] = PLATFORMS_FILE;
        good = check_terms(s, s->platforms_place, s->platforms, &platform_file, errors);
    }
    good = good && tell(s, c, own, &platforms, errors);
    if (good && !military_add(s)) {
        text_put(errors, "scenario: expected at most %d flights, with formations and tankers\n", SCENARIO_FLIGHTS);
        good = false;
    }
    qsort(s->event, s->events, sizeof *s->event, by_time);
    for (unsigned i = 0; i < s->events && good; i++)
        good = put_event(s, &s->event[i], &files, errors);
    for (uint32_t i = 0; i < s->radars; i++)
        be_unsteady(s, &s->radar[i]);
    return good;
}

bool scenario_parse_start(const char *text, struct instant *out)
{
    char date[11] = "";
    int hour = 0, minute = 0, used = 0;
    double second = 0;

    if (strcmp(text, "now") == 0) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        out->ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
        return true;
    }
    sscanf(text, "%10[0-9-]T%2d:%2dZ%n", date, &hour, &minute, &used);
    if (used == 0)
        sscanf(text, "%10[0-9-]T%2d:%2d:%lfZ%n", date, &hour, &minute, &second, &used);
    if (used == 0 || text[used] != 0 || instant_parse_date(date, out) != 0)
        return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(second >= 0 && second < 60))
        return false;
    *out = instant_add(*out, hour * 3600.0 + minute * 60.0 + second);
    return true;
}
