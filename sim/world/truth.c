/* Plain CSV through stdio. Numbers carry what a scorer needs: positions to a centimetre, times to 0.1 ms. */
#include "sim/world/truth.h"
#include "base/unit.h"
#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILES(X)                                                                                                                \
    X(truth, "time_s,target_id,lat,lon,alt_m,vn_mps,ve_mps,vz_mps")                                                             \
    X(targets, "target_id,class,transponder,mode_s,mode_a,callsign,rcs_m2,silenced_s")                                                     \
    X(plots, "time_s,sensor_id,sensor_lat,sensor_lon,sensor_alt_m,range_m,azimuth_rad,alt_m,mode_a,mode_s,sigma_r,sigma_az,arrival_s") \
    X(plots_truth, "target_id")                                                                                                 \
    X(plots_kind, "kind,origin_id")                                                                                             \
    X(adsb, "time_s,sensor_id,target_id,mode_s,lat,lon,alt_m,vn_mps,ve_mps,sigma_m,arrival_s") \
    X(misses, "time_s,sensor_id,target_id,cause")                                                                               \
    X(sensors, "sensor_id,name,nation,lat,lon,alt_m,scan_s,range_max_m,bias_r_m,bias_az_rad,bias_t_s,clutter_per_scan,clock_error_s") \
    X(platforms, "time_s,sensor_id,lat,lon,alt_m") \
    X(outages, "sensor_id,from_s,to_s")

enum file {
#define X(name, head) FILE_##name,
    FILES(X)
#undef X
        FILE_COUNT
};
static const char *const names[FILE_COUNT] = {
#define X(name, head) #name ".csv",
    FILES(X)
#undef X
};
static const char *const heads[FILE_COUNT] = {
#define X(name, head) head "\n",
    FILES(X)
#undef X
};

struct truth {
    char folder[4096];
    struct instant start, midnight;
    FILE *file[FILE_COUNT];
    uint8_t known[AIRCRAFT_NUMBERS / 8]; /* a bit per flight number: described in targets.csv */
};

struct truth *truth_new(const char *folder, struct instant start, char *error, size_t error_size)
{
    struct truth *t = calloc(1, sizeof *t);
    char path[sizeof t->folder + 32];

    if (!t) {
        snprintf(error, error_size, "memory is short");
        return NULL;
    }
    snprintf(t->folder, sizeof t->folder, "%s", folder);
    t->start = start;
    t->midnight = instant_midnight(start);
    bool ok = mkdir(folder, 0777) == 0 || errno == EEXIST;
    snprintf(path, sizeof path, "%s", folder);
    for (int i = 0; ok && i < FILE_COUNT; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        t->file[i] = fopen(path, "w");
        ok = t->file[i] && fputs(heads[i], t->file[i]) >= 0;
    }
    if (ok)
        return t;
    snprintf(error, error_size, "%s: %s", path, strerror(errno));
    truth_free(t, path, sizeof path);
    return NULL;
}

void truth_put_radar(struct truth *t, const struct radar *r)
{
    const struct site *s = &r->site.site;
    double far_m = s->primary.range_max_m > s->secondary.range_max_m ? s->primary.range_max_m : s->secondary.range_max_m;

    fprintf(t->file[FILE_sensors], "%u,%s,%s,%.7f,%.7f,%.1f,%.3f,%.0f,%.3f,%.7f,%.4f,%.1f,%.3f\n", s->source, s->name, s->nation,
            s->at.lat_rad / UNIT_DEG, s->at.lon_rad / UNIT_DEG, s->at.hae_m, s->period_s, far_m, s->bias.range_m, s->bias.azimuth_rad,
            s->bias.time_s, s->false_plots, r->site.quirks.clock_s);
    for (unsigned i = 0; i < r->site.outages; i++) {
        double to_s = r->site.outage[i].to_s;
        fprintf(t->file[FILE_outages], "%u,%.3f,", s->source, instant_diff(instant_add(t->start, r->site.outage[i].from_s), t->midnight));
        if (to_s < HUGE_VAL)
            fprintf(t->file[FILE_outages], "%.3f", instant_diff(instant_add(t->start, to_s), t->midnight));
        fputc('\n', t->file[FILE_outages]);
    }
}

/* True the first time that a flight number is asked for. */
static bool is_new(struct truth *t, uint32_t number)
{
    bool known = t->known[number / 8] >> (number % 8) & 1;
    t->known[number / 8] |= (uint8_t)(1u << (number % 8));
    return !known;
}

static void describe(struct truth *t, const struct aircraft_flight *f)
{
    FILE *out = t->file[FILE_targets];

    fprintf(out, "%u,%s,%d,", f->number, aircraft_type(f->class)->name, f->transponder);
    if (ident_has(&f->ident, IDENT_MODE_S))
        fprintf(out, "%06x", f->ident.mode_s);
    if (ident_has(&f->ident, IDENT_MODE_A))
        fprintf(out, ",%04o", f->ident.mode_a);
    else
        fputc(',', out);
    fprintf(out, ",%s,%.2f,", f->ident.callsign, f->rcs_m2);
    if (f->silenced_s > 0)
        fprintf(out, "%.3f", instant_diff(instant_add(t->start, f->silenced_s), t->midnight));
    fputc('\n', out);
}

void truth_put_aircraft(struct truth *t, double time_s, const struct aircraft *a)
{
    struct vec3 at, velocity;

    if (is_new(t, a->flight.number))
        describe(t, &a->flight);
    if (!aircraft_motion(a, time_s, &at, &velocity))
        return;
    struct geodetic g = frame_geodetic(at);
    struct frame here = frame_at(g);
    struct vec3 v = frame_turn_to_enu(&here, velocity);
    fprintf(t->file[FILE_truth], "%.3f,%u,%.7f,%.7f,%.1f,%.2f,%.2f,%.2f\n", instant_diff(instant_add(t->start, time_s), t->midnight), a->flight.number,
            g.lat_rad / UNIT_DEG, g.lon_rad / UNIT_DEG, g.hae_m, v.y, v.x, v.z);
}

void truth_put_look(struct truth *t, const struct radar *r, const struct aircraft *a, double time_s, enum radar_outcome outcome)
{
    bool elsewhere = r->site.type.over_horizon && (outcome == RADAR_NEAR || outcome == RADAR_BLANKED); /* beside its band or its sector */

    if (!elsewhere && outcome != RADAR_SEEN && outcome != RADAR_AWAY && outcome != RADAR_FAR)
        fprintf(t->file[FILE_misses], "%.3f,%u,%u,%s\n", instant_diff(instant_add(t->start, time_s), t->midnight), radar_source(r), a->flight.number,
                radar_outcome_name(outcome));
}

void truth_put_platform(struct truth *t, double time_s, const struct radar *r)
{
    struct geodetic at = orbit_at(&r->site.orbit, time_s, NULL);

    fprintf(t->file[FILE_platforms], "%.3f,%u,%.7f,%.7f,%.1f\n", instant_diff(instant_add(t->start, time_s), t->midnight), radar_source(r),
            at.lat_rad / UNIT_DEG, at.lon_rad / UNIT_DEG, at.hae_m);
}

static void put_polar(struct truth *t, const struct site *s, const struct radar_plot *r, double arrival_s)
{
    const struct plot *p = &r->plot;
    FILE *out = t->file[FILE_plots];

    fprintf(out, "%.4f,%u,%.7f,%.7f,%.1f,%.2f,%.7f,", instant_diff(p->time, t->midnight), p->source, s->at.lat_rad / UNIT_DEG, s->at.lon_rad / UNIT_DEG,
            s->at.hae_m, p->polar.range_m, p->polar.azimuth_rad);
    if (p->level.flags & LEVEL_PRESSURE)
        fprintf(out, "%.2f", p->level.pressure_m);
    if (ident_has(&p->ident, IDENT_MODE_A))
        fprintf(out, ",%04o,", p->ident.mode_a);
    else
        fputs(",,", out);
    if (ident_has(&p->ident, IDENT_MODE_S))
        fprintf(out, "%06x", p->ident.mode_s);
    fprintf(out, ",%.1f,%.7f,%.4f\n", p->polar.sigma_range_m, p->polar.sigma_azimuth_rad, arrival_s);
    fprintf(t->file[FILE_plots_kind], "%s,", radar_plot_kind_name((enum radar_plot_kind)r->kind));
    if (r->origin)
        fprintf(t->file[FILE_plots_kind], "%u", r->origin);
    fputc('\n', t->file[FILE_plots_kind]);
    if (r->target)
        fprintf(t->file[FILE_plots_truth], "%u\n", r->target);
    else
        fputs("-1\n", t->file[FILE_plots_truth]);
}

static void put_geodetic(struct truth *t, const struct radar_plot *r, double arrival_s)
{
    const struct plot *p = &r->plot;

    fprintf(t->file[FILE_adsb], "%.4f,%u,%u,%06x,%.7f,%.7f,%.2f,%.2f,%.2f,%.1f,%.4f\n", instant_diff(p->time, t->midnight), p->source, r->target,
            p->ident.mode_s, p->geodetic.at.lat_rad / UNIT_DEG, p->geodetic.at.lon_rad / UNIT_DEG, p->level.pressure_m, p->geodetic.north_mps,
            p->geodetic.east_mps, sqrt(p->geodetic.cov_ee_m2), arrival_s);
}

void truth_put_datagram(struct truth *t, const struct radar *r, const struct stream_datagram *d)
{
    double arrival_s = instant_diff(d->time, t->midnight);

    for (unsigned i = 0; i < d->count; i++)
        if (d->plots[i].plot.kind == PLOT_GEODETIC)
            put_geodetic(t, &d->plots[i], arrival_s);
        else
            put_polar(t, &r->site.site, &d->plots[i], arrival_s);
}

bool truth_free(struct truth *t, char *error, size_t error_size)
{
    bool ok = true;

    for (int i = 0; i < FILE_COUNT; i++)
        if (t->file[i]) {
            ok = !ferror(t->file[i]) && ok;
            ok = fclose(t->file[i]) == 0 && ok;
        }
    if (!ok)
        snprintf(error, error_size, "%s: could not be written: %s", t->folder, strerror(errno ? errno : EIO));
    free(t);
    return ok;
}
