#include "kit.h"

#include <math.h>
#include <string.h>

#include "base/unit.h"
#include "sensor/slant.h"

static double seconds(struct instant t)
{
    return instant_diff(t, sky_instant(0));
}

static void on_event(void *context, const struct track_event *e)
{
    struct kit *k = context;
    const struct track *t = &e->track;
    k->new += e->kind == TRACK_NEW;
    k->update += e->kind == TRACK_UPDATE;
    k->drop += e->kind == TRACK_DROP;
    if (t->flags & TRACK_AMALGAMATED)
        text_put(&k->log, "%.0f merge %u ends in %u\n", seconds(t->time), t->other_number, t->number);
    if (e->kind != TRACK_UPDATE)
        text_put(&k->log, "%.0f %s %u, %u plots\n", seconds(t->time), e->kind == TRACK_NEW ? "new" : "drop", t->number, t->plots);
}

static void on_notice(void *context, const struct notice *n)
{
    struct kit *k = context;
    k->notices[n->kind]++;
    text_put(&k->log, "%.0f %s\n", seconds(n->time), notice_name(n->kind));
}

static void drain(struct kit *k)
{
    struct picture_sink sink = {on_event, on_notice, k};
    picture_drain(k->picture, &sink);
}

void kit_open(struct kit *k, const struct picture_settings *s)
{
    struct picture_settings usual = picture_settings_default();
    usual.tracks = 2048;
    usual.plots = 2048;
    usual.sensors = 16;
    memset(k, 0, sizeof *k);
    k->log = text_out_init(k->text, sizeof k->text);
    k->picture = picture_new(s ? s : &usual);
}

void kit_close(struct kit *k)
{
    picture_free(k->picture);
}

struct site kit_radar(uint16_t source, double lat_deg, double lon_deg, double period_s)
{
    struct site s = site_usual(SITE_MODE_S_COMBINED, period_s);
    s.source = source;
    site_place(&s, (struct geodetic){lat_deg * UNIT_DEG, lon_deg * UNIT_DEG, 200.0});
    return s;
}

struct plot kit_plot(const struct site *radar, double time_s, struct geodetic at, uint32_t flags, struct ident ident)
{
    struct slant_look look = slant_look(radar, frame_to_enu(&radar->frame, frame_ecef(at)));
    struct plot p = {.time = sky_instant(time_s), .arrival = sky_instant(time_s + 0.1), .source = radar->source, .flags = flags, .ident = ident};
    p.polar = (struct plot_polar){.range_m = look.range_m, .azimuth_rad = look.azimuth_rad};
    if (flags & PLOT_SECONDARY) {
        p.kind = PLOT_POLAR_LEVEL;
        p.level = (struct level){.pressure_m = at.hae_m, .flags = LEVEL_PRESSURE};
    }
    return p;
}

struct geodetic kit_where(const struct kit_flight *f, double time_s)
{
    return (struct geodetic){f->from.lat_rad + f->north_mps * time_s / FRAME_A, f->from.lon_rad + f->east_mps * time_s / (FRAME_A * cos(f->from.lat_rad)),
                             f->from.hae_m};
}

void kit_input(struct kit *k, const struct plot *p)
{
    static struct report r;
    r.kind = REPORT_PLOT;
    r.plot = *p;
    picture_input(k->picture, &r, p->arrival);
    drain(k);
}

void kit_expire(struct kit *k, double time_s)
{
    picture_expire(k->picture, sky_instant(time_s));
    drain(k);
}

/* Steps of 10 ms: whose azimuth did an antenna pass? */
void kit_fly(struct kit *k, const struct kit_flight *flights, unsigned count, const struct site *radars, unsigned radar_count, double begin_s, double end_s)
{
    for (long step = lround(begin_s * 100); step < lround(end_s * 100); step++)
        for (unsigned r = 0; r < radar_count; r++)
            for (unsigned i = 0; i < count; i++) {
                double t = step / 100.0, antenna = fmod(t / radars[r].period_s + 0.37 * r, 1.0), next = antenna + 0.01 / radars[r].period_s;
                struct plot p = kit_plot(&radars[r], t, kit_where(&flights[i], t), flights[i].flags, flights[i].ident);
                double a = p.polar.azimuth_rad / (2.0 * UNIT_PI);
                if ((a >= antenna && a < next) || (a + 1.0 >= antenna && a + 1.0 < next))
                    kit_input(k, &p);
            }
    kit_expire(k, end_s + 0.1);
}

uint64_t kit_sky(struct kit *k, const struct sky *sky)
{
    for (uint32_t i = 0; i < sky->sites; i++)
        picture_add_sensor(k->picture, &sky->site[i]);
    for (uint32_t i = 0; i < sky->plots; i++)
        kit_input(k, &sky->plot[i]);
    return picture_digest(k->picture);
}
