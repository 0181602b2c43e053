/* Defaults are those of `make demo` and of the man page: a hundred aircraft, ten minutes, noon of a day in June. */
#include "sim/world/scenario.h"
#include "base/unit.h"
#include "daemon/sites.h"
#include "geo/geodesic.h"
#include "sim/world/sensors.h"
#include "wire/plot_out.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LATENCY_S 0.6 /* between the two lines that were measured: 0.48 s and 1.28 s, each with a sigma of about 0.015 s */
#define JITTER_S 0.015
#define ERRORS ((uint64_t)1 << 42) /* streams apart from those of flights, silence and radars */
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
        .latency_s = -1,
        .jitter_s = -1,
        .false_plots = -1,
        .detection = -1,
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

    f.transponder = f.mode_s = d->transponder;
    f.rcs_m2 = d->rcs_m2 > 0 ? d->rcs_m2 : aircraft_type(d->class)->rcs_m2;
    f.steady = true;
    f.cruise_mps = d->speed_mps;
    f.cruise_m = d->level_m;
    f.route = beside(d, (one - (d->count - 1) / 2.0) * d->spread_m);
    if (d->transponder) {
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

static bool add_radars(struct scenario *s, const struct settings *settings)
{
    s->radar = calloc(settings->sites + 1, sizeof *s->radar);
    for (uint32_t i = 0; s->radar && i < settings->sites; i++) {
        struct radar_site *r = &s->radar[s->radars];
        *r = (struct radar_site){.site = sites_from_settings(&settings->site[i]), .jitter_s = JITTER_S};
        if (r->site.kind == SITE_ADSB)
            be_station(&r->site);
        else if (!(r->site.flags & (SITE_PRIMARY | SITE_SECONDARY)) || r->site.period_s <= 0 || r->site.period_s > RADAR_PERIOD_MAX_S)
            continue;
        if (r->site.latency_s <= 0)
            r->site.latency_s = LATENCY_S;
        /* Canada's stations without Mode S are the older ones */
        bool old = strcmp(r->site.nation, "CA") == 0 && !(r->site.flags & (SITE_SELECTIVE | SITE_HEIGHT));
        r->category = r->site.kind == SITE_ADSB ? 21 : old ? 1 : 48;
        misplace(s, &r->site);
        s->radars++;
    }
    return s->radar != NULL;
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

/* ---- a nation's centre: a site that is a tracker, and the radars whose format says that their plots go to one ---- */

static void name_fused(void *context, struct text name)
{
    struct scenario *s = context;

    for (uint32_t i = 0; i < s->radars; i++)
        if (text_equal(name, s->radar[i].site.name) && strcmp(s->radar[i].site.nation, s->centre.nation) == 0)
            s->radar[i].fused = true;
}

static bool add_centre(struct scenario *s, const struct settings *settings, const char *const *files, unsigned count, struct text_out *errors)
{
    s->centre = (struct site){0};
    for (uint32_t i = settings->sites; i-- > 0;)
        if (settings->site[i].kind == SETTINGS_TRACKER)
            s->centre = sites_from_settings(&settings->site[i]);
    return s->centre.source == 0 || sensors_names(files, count, "format=062", &(struct sensors_sink){name_fused, s}, errors);
}

/* One event on its way to its radars. */
struct happening {
    struct scenario *scenario;
    const struct scenario_event *event;
    bool full;
};

/* A failure begins an outage that lasts for ever; a repair ends it. Events come in the order of their time. */
static void happen(void *context, struct text name)
{
    struct happening *h = context;
    const struct scenario_event *e = h->event;

    for (uint32_t i = 0; i < h->scenario->radars; i++) {
        struct radar_site *r = &h->scenario->radar[i];
        if (!text_equal(name, r->site.name))
            continue;
        bool works = radar_site_works(r, e->at_s);
        if (e->kind == SCENARIO_REPAIR && !works)
            r->outage[r->outages - 1].to_s = e->at_s;
        else if (e->kind == SCENARIO_FAIL && works && r->outages < RADAR_OUTAGES) {
            r->outage[r->outages].from_s = e->at_s;
            r->outage[r->outages++].to_s = HUGE_VAL;
        } else
            h->full = h->full || (e->kind == SCENARIO_FAIL && works);
    }
}

static int by_time(const void *a, const void *b)
{
    const struct scenario_event *x = a, *y = b;

    return (x->at_s > y->at_s) - (x->at_s < y->at_s);
}

bool scenario_open(struct scenario *s, struct config *c, struct text_out *errors)
{
    const char *files[SCENARIO_FILES];
    unsigned count = s->files ? s->files : SENSORS_FILES;
    bool good = true, own = c->settings != NULL;

    for (unsigned i = 0; i < count; i++)
        files[i] = s->files ? s->file[i] : sensors_files[i];
    if (!c->settings)
        good = sensors_open(c, files, count, s->where, errors);
    good = good && add_radars(s, c->settings);
    if (good && own)
        source_lines(s, c->settings);
    else
        good = good && sensors_names(files, count, "format=cd2", &(struct sensors_sink){name_line, s}, errors);
    good = good && add_centre(s, c->settings, files, count, errors);
    qsort(s->event, s->events, sizeof *s->event, by_time);
    for (unsigned i = 0; i < s->events && good; i++) {
        if (s->event[i].kind == SCENARIO_SILENCE)
            continue;
        struct happening h = {s, &s->event[i], false};
        good = sensors_names(files, count, s->event[i].where, &(struct sensors_sink){happen, &h}, errors);
        if (h.full)
            text_put(errors, "scenario: expected at most %d outages of a radar\n", RADAR_OUTAGES);
        good = good && !h.full;
    }
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
