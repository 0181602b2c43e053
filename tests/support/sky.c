// sky: see the header. Everything is drawn from one seeded sequence; plots are made radar by radar, then sorted by arrival.
#include "support/sky.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/unit.h"
#include "sensor/slant.h"

#define ZERO_S 1767225600.0 // 2026-01-01T00:00:00Z
#define EARTH_M 6371008.8
#define NOBODY (-1)

struct row {
    struct plot plot;
    int32_t of;
    uint32_t number;
};

struct rows {
    struct row *row;
    size_t count, room;
};

struct sky_settings sky_settings_default(void)
{
    return (struct sky_settings){.seed = 1, .aircraft = 100, .columns = 3, .rows = 1, .spacing_m = 160e3, .centre = {0.7, -1.57, 0.0},
                                 .period_s = 12.0, .range_m = 370e3, .false_plots = 20.0, .mode_s = 0.75, .primary = 0.15, .turning = 0.1,
                                 .detection_reply = 0.97, .detection_echo = 0.85, .duration_s = 60.0};
}

struct instant sky_instant(double s)
{
    return instant_from_s(ZERO_S + s);
}

struct geodetic sky_truth(const struct sky_aircraft *a, double time_s, double *east_mps, double *north_mps)
{
    double w = a->turn_rad_s, h = a->heading_rad + w * time_s, east, north;
    if (w == 0.0) {
        east = a->speed_mps * sin(h) * time_s;
        north = a->speed_mps * cos(h) * time_s;
    } else {
        east = a->speed_mps / w * (cos(a->heading_rad) - cos(h));
        north = a->speed_mps / w * (sin(h) - sin(a->heading_rad));
    }
    double meridian, prime;
    frame_radii(a->lat_rad, &meridian, &prime);
    if (east_mps)
        *east_mps = a->speed_mps * sin(h);
    if (north_mps)
        *north_mps = a->speed_mps * cos(h);
    return (struct geodetic){a->lat_rad + north / (meridian + a->hae_m), a->lon_rad + east / ((prime + a->hae_m) * cos(a->lat_rad)), a->hae_m};
}

static void sky_place(struct sky *s, struct rng *r)
{
    const struct sky_settings *q = &s->settings;
    double cos_lat = cos(q->centre.lat_rad);
    for (uint32_t i = 0; i < s->sites; i++) {
        double x = ((i % q->columns) - 0.5 * (q->columns - 1)) * q->spacing_m, y = ((i / q->columns) - 0.5 * (q->rows - 1)) * q->spacing_m;
        struct site site = site_usual(q->mode_s > 0.0 ? SITE_MODE_S_COMBINED : SITE_COMBINED, q->period_s);
        site.source = (uint16_t)(i + 1);
        site.false_plots = q->false_plots;
        site.primary.range_max_m = site.secondary.range_max_m = q->range_m;
        site_place(&site, (struct geodetic){q->centre.lat_rad + y / EARTH_M, q->centre.lon_rad + x / EARTH_M / cos_lat, 200.0});
        s->site[i] = site;
    }
    for (uint32_t i = 0; i < q->aircraft; i++) {
        struct sky_aircraft *a = &s->aircraft[i];
        double x = (rng_uniform(r) - 0.5) * q->columns * q->spacing_m, y = (rng_uniform(r) - 0.5) * q->rows * q->spacing_m;
        a->lat_rad = q->centre.lat_rad + y / EARTH_M;
        a->lon_rad = q->centre.lon_rad + x / EARTH_M / cos_lat;
        a->hae_m = 304.8 * (10 + rng_below(r, 30));
        a->speed_mps = 80.0 + 180.0 * rng_uniform(r);
        a->heading_rad = 2.0 * UNIT_PI * rng_uniform(r);
        a->turn_rad_s = rng_uniform(r) < q->turning ? 1.0 * UNIT_DEG : 0.0;
        double kind = rng_uniform(r);
        a->flags = kind < q->mode_s ? PLOT_MODE_S | PLOT_SECONDARY : kind < 1.0 - q->primary ? PLOT_SECONDARY : PLOT_PRIMARY;
        if (a->flags & PLOT_SECONDARY)
            a->ident = (struct ident){.mode_a = (uint16_t)rng_below(r, 4096), .flags = IDENT_MODE_A};
        if (a->flags & PLOT_MODE_S) {
            a->ident.mode_s = 0xA00000 + i;
            a->ident.flags |= IDENT_MODE_S;
        }
    }
}

static void sky_add(struct rows *rows, struct plot *p, int32_t of, const struct sky_settings *q, struct rng *r)
{
    if (rows->count == rows->room) {
        rows->room = rows->room ? 2 * rows->room : 4096;
        rows->row = realloc(rows->row, rows->room * sizeof *rows->row);
    }
    p->arrival = instant_add(p->time, q->latency_s + q->jitter_s * rng_uniform(r));
    p->polar.azimuth_rad = frame_azimuth(p->polar.azimuth_rad);
    rows->row[rows->count] = (struct row){*p, of, (uint32_t)rows->count};
    rows->count++;
}

// One look of a radar at an aircraft, near the turn that began at north_s.
static void sky_look(const struct sky *s, const struct site *site, int32_t i, double north_s, struct rows *rows, struct rng *r)
{
    const struct sky_settings *q = &s->settings;
    const struct sky_aircraft *a = &s->aircraft[i];
    struct slant_look look = {0};
    double time_s = north_s;
    for (int k = 0; k < 3; k++) {
        look = slant_look(site, frame_to_enu(&site->frame, frame_ecef(sky_truth(a, time_s, NULL, NULL))));
        time_s = north_s + look.azimuth_rad / (2.0 * UNIT_PI) * q->period_s;
    }
    bool echo = a->flags & PLOT_PRIMARY;
    double detected = rng_uniform(r), n1 = rng_normal(r), n2 = rng_normal(r);
    if (look.range_m > q->range_m || look.elevation_rad < -0.02 || look.elevation_rad > 0.8 || detected > (echo ? q->detection_echo : q->detection_reply) ||
        time_s < q->begin_s || time_s > q->begin_s + q->duration_s)
        return;
    const struct site_channel *c = echo ? &site->primary : &site->secondary;
    struct plot p = {.time = sky_instant(time_s), .source = site->source, .kind = echo ? PLOT_POLAR : PLOT_POLAR_LEVEL, .flags = a->flags, .ident = a->ident};
    p.polar = (struct plot_polar){.range_m = fmax(look.range_m + n1 * c->sigma_range_m, 1.0), .azimuth_rad = look.azimuth_rad + n2 * c->sigma_azimuth_rad,
                                  .sigma_range_m = c->sigma_range_m, .sigma_azimuth_rad = c->sigma_azimuth_rad};
    if (!echo)
        p.level = (struct level){.pressure_m = rint(a->hae_m / 30.48) * 30.48, .flags = LEVEL_PRESSURE};
    sky_add(rows, &p, i, q, r);
}

static void sky_scan(const struct sky *s, const struct site *site, const int32_t *near, uint32_t count, struct rows *rows, struct rng *r)
{
    const struct sky_settings *q = &s->settings;
    double phase = rng_uniform(r) * q->period_s;
    for (double north_s = q->begin_s - phase; north_s < q->begin_s + q->duration_s; north_s += q->period_s) {
        for (uint32_t k = 0; k < count; k++)
            sky_look(s, site, near[k], north_s, rows, r);
        for (uint32_t k = rng_poisson(r, q->false_plots); k > 0; k--) {
            double turn = rng_uniform(r), far = sqrt(rng_uniform(r));
            double time_s = north_s + turn * q->period_s;
            if (time_s < q->begin_s || time_s > q->begin_s + q->duration_s)
                continue;
            struct plot p = {.time = sky_instant(time_s), .source = site->source, .flags = PLOT_PRIMARY};
            p.polar = (struct plot_polar){.range_m = fmax(far * q->range_m, 4000.0), .azimuth_rad = turn * 2.0 * UNIT_PI,
                                          .sigma_range_m = site->primary.sigma_range_m, .sigma_azimuth_rad = site->primary.sigma_azimuth_rad};
            sky_add(rows, &p, NOBODY, q, r);
        }
    }
}

static int by_arrival(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int c = instant_cmp(x->plot.arrival, y->plot.arrival);
    return c ? c : (x->number > y->number) - (x->number < y->number);
}

struct sky *sky_new(const struct sky_settings *settings)
{
    struct sky *s = calloc(1, sizeof *s);
    struct rng r = rng_init(settings->seed);
    struct rows rows = {0};
    s->settings = *settings;
    s->sites = settings->columns * settings->rows;
    s->site = calloc(s->sites, sizeof *s->site);
    s->aircraft = calloc(settings->aircraft, sizeof *s->aircraft);
    int32_t *near = calloc(settings->aircraft, sizeof *near);
    sky_place(s, &r);
    double margin = settings->range_m + 300.0 * (settings->begin_s + settings->duration_s);
    for (uint32_t i = 0; i < s->sites; i++) {
        uint32_t count = 0;
        for (uint32_t k = 0; k < settings->aircraft; k++) {
            double north = (s->aircraft[k].lat_rad - s->site[i].at.lat_rad) * EARTH_M;
            double east = (s->aircraft[k].lon_rad - s->site[i].at.lon_rad) * EARTH_M * cos(s->site[i].at.lat_rad);
            if (hypot(north, east) < margin)
                near[count++] = (int32_t)k;
        }
        sky_scan(s, &s->site[i], near, count, &rows, &r);
    }
    qsort(rows.row, rows.count, sizeof *rows.row, by_arrival);
    s->plots = (uint32_t)rows.count;
    s->plot = calloc(rows.count, sizeof *s->plot);
    s->of = calloc(rows.count, sizeof *s->of);
    for (size_t i = 0; i < rows.count; i++) {
        s->plot[i] = rows.row[i].plot;
        s->of[i] = rows.row[i].of;
    }
    free(rows.row);
    free(near);
    return s;
}

void sky_free(struct sky *s)
{
    free(s->site);
    free(s->aircraft);
    free(s->plot);
    free(s->of);
    free(s);
}
