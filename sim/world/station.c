/* Positions are those of satellite navigation (RTCA DO-260B, NACp 9 to 10), altitudes barometric in 25 ft, velocities true; the instant within the second
 * is random, as transmissions are. */
#include "sim/world/station.h"
#include "base/unit.h"
#include <math.h>

#define SIGMA_M 6.0
#define LEVEL_STEP_M (25 * UNIT_FT)

static void report(const struct radar *r, const struct aircraft *a, double time_s, const struct vec3 motion[2], struct rng *rng, struct plot *p)
{
    struct geodetic g = frame_geodetic(motion[0]);
    struct frame here = frame_at(g);
    struct vec3 v = frame_turn_to_enu(&here, motion[1]), off = {SIGMA_M * rng_normal(rng), SIGMA_M * rng_normal(rng), 0};
    struct geodetic said = frame_geodetic(frame_from_enu(&here, off));

    *p = (struct plot){.time = instant_add(r->start, time_s + r->site.site.bias.time_s), .source = radar_source(r), .kind = PLOT_GEODETIC};
    p->flags = PLOT_ADSB | PLOT_VELOCITY;
    p->geodetic = (struct plot_geodetic){.at = {said.lat_rad, said.lon_rad, 0}, .cov_ee_m2 = SIGMA_M * SIGMA_M, .cov_nn_m2 = SIGMA_M * SIGMA_M};
    p->geodetic.east_mps = v.x;
    p->geodetic.north_mps = v.y;
    p->geodetic.up_mps = v.z;
    p->level.flags = LEVEL_PRESSURE | LEVEL_FINE;
    p->level.pressure_m = LEVEL_STEP_M * round(g.hae_m / LEVEL_STEP_M);
    p->ident = a->flight.ident;
    p->ident.mode_a = 0;
    p->ident.flags &= (uint16_t)~IDENT_MODE_A;
}

static enum radar_outcome listen(const struct radar *r, const struct aircraft *a, double time_s, struct rng *rng, struct plot *p)
{
    const struct site *s = &r->site.site;
    struct vec3 motion[2];

    if (!aircraft_motion(a, time_s, &motion[0], &motion[1]))
        return RADAR_AWAY;
    enum radar_outcome sight = radar_sight(r, s, time_s, frame_to_enu(&s->frame, motion[0]), frame_geodetic(motion[0]));
    if (sight != RADAR_SEEN)
        return sight;
    if (!radar_site_works(&r->site, time_s))
        return RADAR_OUTAGE;
    if (!a->flight.adsb || !aircraft_answers(a, time_s))
        return RADAR_MUTE;
    if (rng_uniform(rng) >= fmax(s->primary.detection, s->secondary.detection))
        return RADAR_CHANCE;
    report(r, a, time_s, motion, rng, p);
    return RADAR_SEEN;
}

unsigned station_look(struct radar *r, const struct aircraft *a, struct radar_plot *out)
{
    struct rng rng = radar_stream(r, a->flight.number);
    double time_s = r->north_s + rng_uniform(&rng) * r->site.site.period_s;
    enum radar_outcome outcome = listen(r, a, time_s, &rng, &out->plot);

    radar_note(r, a, time_s, outcome);
    out->target = out->origin = a->flight.number;
    out->kind = RADAR_PLOT_TARGET;
    return outcome == RADAR_SEEN;
}
