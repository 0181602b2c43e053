/* picture: the order of the pipeline. Read picture_plot and picture_expire: they are the journey of a plot; the rooms below do the work. */
#include "picture/picture.h"

#include "base/err.h"
#include "base/unit.h"
#include "picture/calibrate.h"
#include "picture/course.h"
#include "picture/fuse.h"
#include "picture/identify.h"
#include "picture/inside.h"
#include "picture/sector.h"
#include "picture/snapshot.h"
#include "track/life.h"
#include "track/quality.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PAST_S 600.0  /* a plot older than that helps nobody */
#define FUTURE_S 30.0 /* the largest clock error that a decoder lets pass is 10 s */
#define EVENTS 8192  /* undrained events kept: one second at 8000 plots/s */
#define NOTICES 1024
#define LONE_PER_TRACK 2 /* 60 false plots a turn from 500 radars wait 30 s each: 75 000, where there are 20 000 aircraft */

struct picture_settings picture_settings_default(void)
{
    struct picture_settings s = {.tracks = 32768, .plots = 16384, .sensors = 1024, .coast_max_s = 40.0, .plans = 16384, .identity = true,
                                .registration = true, .sigma_maps = true, .retro_merge = true, .height_estimation = true};
    const struct classify_rule *usual = classify_usual(&s.rules);
    memcpy(s.rule, usual, s.rules * sizeof *usual);
    return s;
}

struct picture *picture_new(const struct picture_settings *s)
{
    struct picture *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->settings = *s;
    p->now = INSTANT_NONE;
    p->sites = site_table_new(s->sensors);
    p->baro = baro_new();
    p->registration = registration_new(s->sensors);
    p->station = calloc(s->sensors, sizeof *p->station);
    p->store = store_new(s->tracks);
    p->start = start_new(LONE_PER_TRACK * s->tracks);
    p->held = calloc(s->plots, sizeof *p->held);
    p->sector_timers = heap_new(s->sensors);
    p->track_timers = heap_new(s->tracks);
    p->outbox = outbox_new(EVENTS, NOTICES);
    p->plans = plans_new(s->plans);
    p->cluster = cluster_new(INSIDE_BATCH, INSIDE_PAIRS, LONE_PER_TRACK * s->tracks, INSIDE_CLUSTER);
    p->batch = calloc(1, sizeof *p->batch);
    if (!p->sites || !p->baro || !p->registration || !p->station || !p->store || !p->start || !p->held || !p->sector_timers || !p->track_timers || !p->outbox || !p->plans || !p->cluster || !p->batch) {
        picture_free(p);
        return NULL;
    }
    sector_reset(p);
    return p;
}

void picture_free(struct picture *p)
{
    if (!p)
        return;
    site_table_free(p->sites);
    baro_free(p->baro);
    registration_free(p->registration);
    free(p->station);
    store_free(p->store);
    start_free(p->start);
    free(p->held);
    heap_free(p->sector_timers);
    heap_free(p->track_timers);
    outbox_free(p->outbox);
    plans_free(p->plans);
    cluster_free(p->cluster);
    free(p->batch);
    free(p);
}

int picture_add_sensor(struct picture *p, const struct site *site)
{
    bool known = site_table_find(p->sites, site->source) >= 0;
    int index = site_table_add(p->sites, site);
    if (index < 0)
        return index;
    if (!known)
        station_init(&p->station[index], site);
    return 0;
}

void picture_set_rules(struct picture *p, const struct classify_rule *rules, uint32_t count)
{
    assert(count <= CLASSIFY_RULES);
    p->settings.rules = count;
    for (uint32_t i = 0; i < count; i++)
        p->settings.rule[i] = rules[i];
}

void picture_notice(struct picture *p, enum notice_kind kind, uint16_t source, double a, double b)
{
    outbox_add_notice(p->outbox, &(struct notice){.time = p->now, .source = source, .kind = (uint16_t)kind, .a = a, .b = b});
}

static void picture_arm(struct picture *p, uint32_t station)
{
    struct instant due = scan_deadline(&p->station[station].scan);
    if (instant_is_set(due))
        heap_add(p->sector_timers, station, due);
    else
        heap_remove(p->sector_timers, station);
}

/* Where in its rotation the sensor is: the sector of a plot, or a reason to use it at once. */
static int64_t picture_mark(struct picture *p, uint32_t station, const struct plot *plot)
{
    struct station *s = &p->station[station];
    struct instant before = scan_deadline(&s->scan);
    bool polar = plot->kind <= PLOT_POLAR_3D, alive = s->scan.alive;
    struct scan_mark m = {.kind = polar ? SCAN_PLOT : SCAN_STATUS, .time = plot->time, .arrival = plot->arrival};
    m.time_estimated = plot->flags & PLOT_TIME_ESTIMATED;
    m.azimuth_rad = polar ? plot->polar.azimuth_rad : 0.0;
    int64_t sector = scan_input(&s->scan, &m);
    if (!alive)
        picture_notice(p, NOTICE_SENSOR_ALIVE, plot->source, scan_period(&s->scan), 0.0);
    if (instant_cmp(before, scan_deadline(&s->scan)) != 0)
        picture_arm(p, station);
    station_hear(s, plot);
    if (sector == SCAN_NO_SECTOR)
        s->closed = s->seen;
    return polar ? sector : SCAN_NO_SECTOR;
}

/* A time of measurement that no latency and no clock error explains; decoders resolve times near arrival, but the picture takes no one's word. */
static bool picture_timely(const struct picture *p, struct instant time)
{
    return instant_is_set(time) && instant_before(instant_add(p->now, -PAST_S), time) && instant_before(time, instant_add(p->now, FUTURE_S));
}

/* At the door: the station of a plot that may enter; -1, counted and noticed, of one that may not. */
static int picture_admit(struct picture *p, const struct plot *plot)
{
    int error = plot_check(plot), station = site_table_find(p->sites, plot->source);
    p->counters.plots++;
    error = error == 0 && !picture_timely(p, plot->time) ? ERR_LATE : error;
    if (error) {
        p->counters.plots_refused++;
        picture_notice(p, NOTICE_PLOT_REFUSED, plot->source, error, plot->kind);
        return -1;
    }
    if (station < 0) {
        p->counters.plots_unknown++;
        picture_notice(p, NOTICE_SOURCE_UNKNOWN, plot->source, plot->source >> 8, plot->source & 0xff);
        return -1;
    }
    if (!(plot->flags & PLOT_TIME_ESTIMATED) && station_repeats(&p->station[station], plot)) {
        p->counters.plots_repeated++;
        return -1;
    }
    p->counters.plots_test += (plot->flags & PLOT_TEST) != 0;
    return plot->flags & PLOT_TEST ? -1 : station;
}

/* Who has the plot's address: a track, else a lone plot, else nobody. */
struct holder {
    struct store_track *track;
    uint32_t lone;
};

static struct holder picture_holder(struct picture *p, const struct ident *ident)
{
    struct holder h = {NULL, START_NONE};
    if (!p->settings.identity || !ident_has(ident, IDENT_MODE_S))
        return h;
    h.track = store_find_address(p->store, ident->mode_s);
    if (h.track)
        store_prefetch(p->store, h.track->self.slot);
    else
        h.lone = start_find_address(p->start, ident->mode_s);
    return h;
}

/* The journey of one plot: admitted, freed of its sensor's bias, and either used at once, because somebody has its address or its sector is
 * not to be waited for, or held until its sector closes. */
static void picture_plot(struct picture *p, const struct plot *raw)
{
    int station = picture_admit(p, raw);
    if (station < 0)
        return;
    struct filter_plot plot; /* filter_prepare fills the rest */
    plot.plot = *raw;
    plot.plot.arrival = p->now;
    plot.site = site_table_at(p->sites, (uint32_t)station);
    plot.height_fixed = !p->settings.height_estimation;
    plot.sensor = (uint16_t)station;
    struct holder holder = picture_holder(p, &raw->ident);
    calibrate_plot(p, (uint32_t)station, &plot.plot);
    site_fill(plot.site, &plot.plot);
    calibrate_noise(p, (uint32_t)station, &plot.plot);
    int64_t sector = picture_mark(p, (uint32_t)station, &plot.plot);
    bool held_by_nobody = !holder.track && holder.lone == START_NONE;
    if (held_by_nobody && sector >= 0 && sector_add(p, (uint32_t)station, &plot.plot, sector))
        return;
    calibrate_height(p, &plot);
    if (!filter_prepare(&plot)) {
        p->counters.plots_left++;
        return;
    }
    bool taken = false;
    if (plot.plot.kind == PLOT_TRACK)
        taken = fuse_take(p, &plot);
    else if (holder.track)
        taken = course_take_address(p, holder.track, &plot);
    else if (holder.lone != START_NONE)
        taken = course_pair(p, holder.lone, &plot, COURSE_ADDRESS_RATIO);
    if (!taken && plot.plot.kind == PLOT_TRACK && holder.lone != START_NONE)
        taken = course_pair(p, holder.lone, &plot, COURSE_ADDRESS_RATIO);
    if (!taken)
        sector_take(p, &plot);
}

static void picture_service(struct picture *p, const struct service *s)
{
    int index = site_table_find(p->sites, s->source);
    p->counters.services++;
    if (index < 0) {
        picture_notice(p, NOTICE_SOURCE_UNKNOWN, s->source, s->source >> 8, s->source & 0xff);
        return;
    }
    struct station *st = &p->station[index];
    bool timely = picture_timely(p, s->time), azimuth = s->azimuth_rad >= 0.0 && s->azimuth_rad < 2.0 * UNIT_PI;
    bool mark = s->kind != SERVICE_STATUS && timely && azimuth;
    struct scan_mark m = {.kind = mark ? SCAN_SERVICE : SCAN_STATUS, .time = timely ? s->time : p->now, .arrival = p->now};
    m.azimuth_rad = mark ? s->azimuth_rad : 0.0;
    m.time_estimated = s->flags & SERVICE_TIME_ESTIMATED;
    bool period = (s->flags & SERVICE_PERIOD) && s->period_s >= SCAN_PERIOD_MIN_S && s->period_s <= SCAN_PERIOD_MAX_S;
    m.period_s = period ? s->period_s : 0.0;
    scan_input(&st->scan, &m);
    picture_arm(p, (uint32_t)index);
    st->last = p->now;
    st->services++;
    if (s->flags & SERVICE_TIME_INVALID)
        picture_notice(p, NOTICE_TIME_INVALID, s->source, 1.0, 0.0);
}

static void picture_announced(struct picture *p, const struct report_sensor *r)
{
    if (site_table_find(p->sites, r->source) >= 0)
        return;
    struct site site = site_usual(SITE_MODE_S_COMBINED, r->period_s);
    site.source = r->source;
    site.flags |= SITE_ANNOUNCED;
    site_place(&site, r->at);
    if (picture_add_sensor(p, &site) == 0)
        picture_notice(p, NOTICE_SENSOR_ADDED, r->source, r->source >> 8, r->source & 0xff);
}

void picture_input(struct picture *p, const struct report *r, struct instant now)
{
    picture_expire(p, now);
    switch ((enum report_kind)r->kind) {
    case REPORT_PLOT:
        picture_plot(p, &r->plot);
        break;
    case REPORT_SERVICE:
        picture_service(p, &r->service);
        break;
    case REPORT_SENSOR:
        picture_announced(p, &r->sensor);
        break;
    case REPORT_PLAN:
        if (p->settings.plans > 0)
            identify_plan(p, &r->plan);
        break;
    case REPORT_KINDS:
        break;
    }
}

struct instant picture_deadline(const struct picture *p)
{
    struct instant sector = heap_first(p->sector_timers), track = heap_first(p->track_timers);
    return instant_before(track, sector) ? track : sector;
}

/* A sector is complete, or a sensor fell silent. */
static void picture_scan(struct picture *p, uint32_t station, struct instant due)
{
    struct station *s = &p->station[station];
    struct scan_event e;
    while (scan_expire(&s->scan, due, &e)) {
        if (e.kind == SCAN_CLOSED) {
            p->counters.sectors++;
            sector_close(p, station, e.sector);
            s->closed = e.end;
        } else {
            sector_close(p, station, INT64_MAX);
            picture_notice(p, NOTICE_SENSOR_SILENT, site_table_at(p->sites, station)->source, instant_diff(e.due, s->scan.last), scan_period(&s->scan));
        }
    }
    picture_arm(p, station);
}

void picture_expire(struct picture *p, struct instant now)
{
    assert(!instant_before(now, p->now));
    for (;;) {
        struct instant sector = heap_first(p->sector_timers), track = heap_first(p->track_timers), due;
        uint32_t entry;
        bool tracks = instant_before(track, sector);
        if (!heap_next(tracks ? p->track_timers : p->sector_timers, now, &entry, &due))
            break;
        p->now = instant_before(p->now, due) ? due : p->now;
        if (tracks)
            course_expire(p, entry, due);
        else
            picture_scan(p, entry, due);
    }
    p->now = now;
}

void picture_drain(struct picture *p, const struct picture_sink *sink)
{
    const struct track_event *e;
    struct notice n;
    while (outbox_take(p->outbox, &e))
        if (sink->event)
            sink->event(sink->context, e);
    while (outbox_take_notice(p->outbox, &n))
        if (sink->notice)
            sink->notice(sink->context, &n);
}

uint32_t picture_slots(const struct picture *p)
{
    return store_end(p->store);
}

bool picture_at(const struct picture *p, uint32_t slot, struct instant t, struct track *out)
{
    const struct store_track *track = store_slot(p->store, slot);
    if (!track || track->life != LIFE_CONFIRMED)
        return false;
    struct imm m;
    filter_predict(track, t, &m);
    quality_report(track, &m, out);
    identify_report(p, track, out);
    return true;
}

struct picture_counters picture_counters(const struct picture *p)
{
    struct picture_counters c = p->counters;
    c.events_lost = outbox_lost(p->outbox);
    c.plans_held = plans_count(p->plans);
    return c;
}

uint32_t picture_sensors(const struct picture *p)
{
    return site_table_count(p->sites);
}

bool picture_sensor(const struct picture *p, uint32_t index, struct picture_sensor *out)
{
    if (index >= site_table_count(p->sites))
        return false;
    const struct station *s = &p->station[index];
    *out = (struct picture_sensor){.site = *site_table_at(p->sites, index),
                                   .alive = s->scan.alive,
                                   .last = s->last,
                                   .period_s = scan_period(&s->scan),
                                   .plots = s->plots,
                                   .services = s->services,
                                   .used = s->used,
                                   .latency_s = s->latency_s,
                                   .residual_range_m = s->residual_range_m,
                                   .residual_azimuth_rad = s->residual_azimuth_rad,
                                   .noise = noise_factor(&s->noise)};
    registration_found(p->registration, (uint16_t)index, &out->registration);
    return true;
}

uint64_t picture_digest(const struct picture *p)
{
    return outbox_digest(p->outbox);
}

size_t picture_state_size(const struct picture *p)
{
    return snapshot_size(p);
}

size_t picture_save(const struct picture *p, void *out)
{
    return snapshot_save(p, out);
}

int picture_load(struct picture *p, const void *in, size_t size)
{
    return snapshot_load(p, in, size);
}
