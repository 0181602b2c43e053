/* Even plots: the square of the range is uniform, as is the azimuth, and the azimuth gives the instant. Patches are round and denser in the middle (normal
 * in both directions). Rejected: echoes from a land-cover map and the sea state (no radar's own clutter map would agree with it). */
#include "sim/world/clutter.h"
#include "base/unit.h"
#include "sensor/horizon.h"
#include <math.h>

#define NEAREST_M (2 * UNIT_NM)
#define CLUTTER ((uint64_t)1 << 44) /* a stream apart from those of looks */
#define TRIES 40                    /* to find a patch of sea */
#define PATCH_M (6 * UNIT_NM)       /* 1 sigma */
#define GROUND_SPREAD_M 150.0       /* of one place, from turn to turn */
#define STORM_TOP_M 9000.0

struct making {
    const struct radar *radar;
    struct rng rng;
    struct radar_plot *out;
    unsigned count, max;
};

static void put(struct making *m, double range_m, double azimuth_rad, enum radar_plot_kind kind)
{
    const struct site *s = &m->radar->site.site;
    double azimuth = frame_azimuth(azimuth_rad), time_s = m->radar->north_s + azimuth / (2 * UNIT_PI) * s->period_s;

    if (m->count == m->max || range_m < 0.5 * NEAREST_M || range_m > s->primary.range_max_m || radar_blanked(m->radar, time_s, azimuth))
        return;
    struct radar_plot *p = &m->out[m->count++];
    radar_primary_plot(m->radar, time_s, range_m, azimuth, &m->rng, &p->plot);
    p->target = p->origin = 0;
    p->kind = (uint8_t)kind;
}

/* About a centre, in the plane. */
static void scatter(struct making *m, double range_m, double azimuth_rad, double sigma_m, enum radar_plot_kind kind)
{
    double x = range_m * sin(azimuth_rad) + sigma_m * rng_normal(&m->rng), y = range_m * cos(azimuth_rad) + sigma_m * rng_normal(&m->rng);

    put(m, hypot(x, y), atan2(x, y), kind);
}

struct clutter clutter_init(const struct radar *r, const struct terrain *terrain)
{
    const struct site *s = &r->site.site;
    struct rng rng = rng_stream(r->seed, CLUTTER | radar_source(r));
    double sea_m = fmin(s->primary.range_max_m, horizon_range_m(HORIZON_FOUR_THIRDS, fmax(s->at.hae_m, 1), 0));
    struct clutter c = {0};

    for (unsigned i = 0; i < CLUTTER_PLACES; i++)
        c.ground[i] = (struct clutter_place){NEAREST_M + (r->site.quirks.ground_m - NEAREST_M) * rng_uniform(&rng), 2 * UNIT_PI * rng_uniform(&rng)};
    for (unsigned i = 0; i < TRIES && c.patches < CLUTTER_PATCHES; i++) {
        struct clutter_place p = {NEAREST_M + fmax(sea_m - NEAREST_M, 0) * sqrt(rng_uniform(&rng)), 2 * UNIT_PI * rng_uniform(&rng)};
        struct geodetic at = horizon_place_at(&s->frame, p.azimuth_rad, p.range_m);
        if (!terrain || terrain_height_m(terrain, at.lat_rad, at.lon_rad) <= 0)
            c.sea[c.patches++] = p;
    }
    return c;
}

/* A storm's plots: as many of its mean as of it is within range, for the others fall outside. */
static void storm(struct making *m, const struct weather_storm *s)
{
    const struct radar *r = m->radar;
    const struct site *site = &r->site.site;
    struct vec3 enu = frame_to_enu(&site->frame, mat_scale3(mat_norm3(site->frame.origin), weather_middle(s, r->north_s)));
    double range_m = hypot(enu.x, enu.y), seen_m = horizon_range_m(r->k, fmax(site->at.hae_m, 1), STORM_TOP_M);

    if (enu.z < -HORIZON_EARTH_M || range_m > fmin(site->primary.range_max_m, seen_m) + s->radius_m)
        return;
    for (unsigned n = rng_poisson(&m->rng, r->site.quirks.weather_plots); n > 0; n--)
        scatter(m, range_m, atan2(enu.x, enu.y), 0.5 * s->radius_m, RADAR_PLOT_WEATHER);
}

unsigned clutter_turn(const struct radar *r, const struct clutter *clutter, const struct weather *w, struct radar_plot *out, unsigned max)
{
    struct making m = {.radar = r, .rng = radar_stream(r, RADAR_STREAM_CLUTTER), .out = out, .max = max};
    double far_m = r->site.site.primary.range_max_m;

    if (!(r->site.site.flags & SITE_PRIMARY))
        return 0;
    for (unsigned n = rng_poisson(&m.rng, r->site.site.false_plots); n > 0; n--) {
        double part = rng_uniform(&m.rng);
        put(&m, sqrt(NEAREST_M * NEAREST_M + rng_uniform(&m.rng) * (far_m * far_m - NEAREST_M * NEAREST_M)), 2 * UNIT_PI * part, RADAR_PLOT_NOISE);
    }
    for (unsigned n = clutter ? rng_poisson(&m.rng, r->site.quirks.ground_plots) : 0; n > 0; n--) {
        const struct clutter_place *p = &clutter->ground[rng_below(&m.rng, CLUTTER_PLACES)];
        scatter(&m, p->range_m, p->azimuth_rad, GROUND_SPREAD_M, RADAR_PLOT_GROUND);
    }
    for (unsigned n = clutter && clutter->patches ? rng_poisson(&m.rng, r->site.quirks.sea_plots) : 0; n > 0; n--) {
        const struct clutter_place *p = &clutter->sea[rng_below(&m.rng, clutter->patches)];
        scatter(&m, p->range_m, p->azimuth_rad, PATCH_M, RADAR_PLOT_SEA);
    }
    for (unsigned i = 0; w && i < w->storms; i++)
        storm(&m, &w->storm[i]);
    return m.count;
}
