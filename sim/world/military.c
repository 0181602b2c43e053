/* Areas lie round fixed places: the middles of large blocks of special use airspace of the three nations, rounded to half a degree. */
#include "sim/world/military.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include <stdio.h>
#include <string.h>

#define STREAM ((uint64_t)0x51 << 40) /* apart from those of flights and radars */
#define TRACK_M (60 * UNIT_NM)
#define WIDTH_M (15 * UNIT_NM)

static const double areas[][2] = {{37.5, -115.5}, {33.0, -106.5}, {48.0, -101.0}, {30.0, -86.5}, {35.5, -117.5}, {35.0, -76.0}, {40.5, -113.0}, {54.5, -110.5},
                                  {48.5, -76.0},  {53.5, -60.5},  {64.5, -147.0}, {44.5, -68.0}, {20.5, -98.5},  {29.0, -111.5}, {46.0, -119.5}, {39.0, -97.5}};
#define AREAS (sizeof areas / sizeof areas[0])

static struct scenario_flight *more(struct scenario *s, struct rng *rng, const char *call, unsigned which)
{
    struct scenario_flight *f = &s->flight[s->flights++];

    memset(f, 0, sizeof *f);
    f->transponder = f->plan = true;
    do
        f->mode_a = (uint16_t)(04400 + rng_below(rng, 0100)); /* FAA Order JO 7110.66: 4400 to 4477 for special military operations */
    while (f->mode_a == 04400);
    snprintf(f->callsign, sizeof f->callsign, "%.5s%02u", call, which % 100);
    memcpy(f->departure, "ZZZZ", 5);
    memcpy(f->destination, "ZZZZ", 5);
    return f;
}

static struct geodetic area_of(struct rng *rng)
{
    unsigned which = rng_below(rng, AREAS);
    struct geodetic at = {areas[which][0] * UNIT_DEG, areas[which][1] * UNIT_DEG, 0};

    return geodesic_direct(at, 2 * UNIT_PI * rng_uniform(rng), 100e3 * rng_uniform(rng), NULL);
}

static void add_formation(struct scenario *s, struct rng *rng, unsigned which)
{
    struct scenario_flight *f = more(s, rng, "VIPER", which + 1);
    struct geodetic middle = area_of(rng);
    double bearing = 2 * UNIT_PI * rng_uniform(rng);

    f->class = AIRCRAFT_FAST;
    f->count = (uint8_t)(2 + rng_below(rng, 3));
    f->leader = true;
    f->spread_m = 0.3 * UNIT_NM * (1 + rng_uniform(rng));
    f->speed_mps = UNIT_KT * (360 + 120 * rng_uniform(rng));
    f->level_m = 1000 * UNIT_FT * (double)(12 + rng_below(rng, 18));
    for (f->points = 0; f->points < ROUTE_POINTS; f->points++, bearing += UNIT_PI * (0.4 + 0.5 * rng_uniform(rng)))
        f->point[f->points] = geodesic_direct(middle, bearing, 60e3 + 60e3 * rng_uniform(rng), NULL);
}

static void add_tanker(struct scenario *s, struct rng *rng, unsigned which)
{
    struct scenario_flight *f = more(s, rng, "TEXCO", which + 1);
    double along = 2 * UNIT_PI * rng_uniform(rng);
    struct geodetic corner[4];

    corner[0] = area_of(rng);
    corner[1] = geodesic_direct(corner[0], along, TRACK_M, NULL);
    corner[2] = geodesic_direct(corner[1], along + UNIT_PI / 2, WIDTH_M, NULL);
    corner[3] = geodesic_direct(corner[0], along + UNIT_PI / 2, WIDTH_M, NULL);
    f->class = AIRCRAFT_AIRLINER;
    f->count = 3;
    f->spread_m = 0.15 * UNIT_NM;
    f->speed_mps = UNIT_KT * (390 + 40 * rng_uniform(rng));
    f->level_m = 1000 * UNIT_FT * (double)(20 + rng_below(rng, 7));
    for (f->points = 0; f->points < ROUTE_POINTS; f->points++)
        f->point[f->points] = corner[f->points % 4];
}

bool military_add(struct scenario *s)
{
    if (s->flights + s->formations + s->tankers > SCENARIO_FLIGHTS)
        return false;
    for (unsigned i = 0; i < s->formations; i++) {
        struct rng rng = rng_stream(s->seed, STREAM | i);
        add_formation(s, &rng, i);
    }
    for (unsigned i = 0; i < s->tankers; i++) {
        struct rng rng = rng_stream(s->seed, STREAM | 0x100 | i);
        add_tanker(s, &rng, i);
    }
    return true;
}
