/* web_track: rounding. What is far too large for its column is cut to the column's end: nothing that flies comes near. */
#include "wire/web_track.h"

#include "air/kind.h"
#include "base/unit.h"
#include "proto/web.pb-c.h"
#include <math.h>
#include <string.h>

#define LATELY_S 30.0
#define EARTH_M 6371008.8
#define FLAG(name) AIRSEAM__WEB__TRACK_FLAG__##name

static double degrees(double rad)
{
    return rad * (180.0 / UNIT_PI);
}

static int32_t whole(double x)
{
    return x > 2e9 ? 2000000000 : x < -2e9 ? -2000000000 : (int32_t)lround(x);
}

static uint32_t natural(double x)
{
    return x > 0 ? (uint32_t)whole(x) : 0;
}

/* Kinds of plots that made it lately; when none came lately, the kind that came last. */
static uint32_t sources(const struct track *t)
{
    static const uint32_t flag[TRACK_AGES] = {FLAG(PRIMARY), FLAG(SECONDARY), FLAG(SECONDARY), FLAG(ADSB), FLAG(MLAT), FLAG(FOREIGN)};
    uint32_t flags = 0, latest = 0;
    struct instant last = INSTANT_NONE;
    for (unsigned k = 0; k < TRACK_AGES; k++) {
        if (!instant_is_set(t->age[k]))
            continue;
        flags |= instant_diff(t->last, t->age[k]) < LATELY_S ? flag[k] : 0;
        latest = !instant_is_set(last) || instant_before(last, t->age[k]) ? flag[k] : latest;
        last = latest == flag[k] ? t->age[k] : last;
    }
    return flags ? flags : latest;
}

static uint32_t flags_of(const struct track *t)
{
    static const struct { uint32_t of, flag; } rows[] = {{TRACK_CLIMB, FLAG(HAS_CLIMB)}, {TRACK_COASTING, FLAG(COASTING)}, {TRACK_MONOSENSOR, FLAG(MONOSENSOR)},
                                                         {TRACK_SIMULATED, FLAG(SIMULATED)}, {TRACK_DELAYED, FLAG(DELAYED)}, {TRACK_SILENT, FLAG(SILENT_NOW)}};
    uint32_t flags = sources(t);
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
        flags |= t->flags & rows[i].of ? rows[i].flag : 0;
    flags |= ident_has(&t->ident, IDENT_EMERGENCY) || (ident_has(&t->ident, IDENT_MODE_A) && ident_code_is_emergency(t->ident.mode_a)) ? FLAG(EMERGENCY) : 0;
    flags |= ident_has(&t->ident, IDENT_SPI) ? FLAG(SPI) : 0;
    return flags;
}

static void put_altitude(const struct track *t, struct web_track *w)
{
    bool pressure = t->level.flags & LEVEL_PRESSURE && instant_is_set(t->level_time), height = t->flags & TRACK_HEIGHT;
    if (!pressure && !height)
        return;
    w->flags |= FLAG(HAS_ALTITUDE) | (pressure ? 0 : (uint32_t)FLAG(GEOMETRIC));
    w->altitude_25ft = whole((pressure ? t->level.pressure_m : t->at.hae_m) / UNIT_FT / 25.0);
}

/* Over a sphere: the way of a few seconds is too short for the difference. East of the last metres of a pole no step is taken. */
static void move(double *lat_rad, double *lon_rad, double east_m, double north_m)
{
    double narrow = cos(*lat_rad);
    *lat_rad = fmin(fmax(*lat_rad + north_m / EARTH_M, -UNIT_PI / 2), UNIT_PI / 2);
    *lon_rad = remainder(*lon_rad + (narrow > 1e-6 ? east_m / (EARTH_M * narrow) : 0.0), 2 * UNIT_PI);
}

struct web_track web_track_of(const struct track *t, struct instant at)
{
    double dt = instant_diff(at, t->time), lat = t->at.lat_rad, lon = t->at.lon_rad;
    struct web_track w = {.number = t->number, .flags = flags_of(t)};
    move(&lat, &lon, t->east_mps * dt, t->north_mps * dt);
    w.lat_e5 = whole(degrees(lat) * 1e5);
    w.lon_e5 = whole(degrees(lon) * 1e5);
    w.speed_dmps = natural(track_speed_mps(t) * 10);
    w.heading_ddeg = natural(degrees(track_heading_rad(t)) * 10) % 3600;
    w.climb_dmps = t->flags & TRACK_CLIMB ? whole(t->climb_mps * 10) : 0;
    w.age_ds = natural(instant_diff(at, t->last) * 10);
    put_altitude(t, &w);
    return w;
}

void web_track_advance(struct web_track *w, double seconds)
{
    double lat = w->lat_e5 * 1e-5 * UNIT_PI / 180, lon = w->lon_e5 * 1e-5 * UNIT_PI / 180;
    double heading = w->heading_ddeg * 0.1 * UNIT_PI / 180, way = w->speed_dmps * 0.1 * seconds;
    move(&lat, &lon, way * sin(heading), way * cos(heading));
    w->lat_e5 = whole(degrees(lat) * 1e5);
    w->lon_e5 = whole(degrees(lon) * 1e5);
    w->age_ds = natural(w->age_ds + seconds * 10);
}

struct web_ident web_track_ident(const struct track *t)
{
    struct web_ident w = {.number = t->number, .plan = t->plan};
    w.mode_s = ident_has(&t->ident, IDENT_MODE_S) ? t->ident.mode_s + 1 : 0;
    w.mode_a = ident_has(&t->ident, IDENT_MODE_A) ? t->ident.mode_a + 1u : 0;
    w.kind = (uint32_t)kind_nation(t) + 8 * (uint32_t)kind_class(t) + 64 * (uint32_t)kind_affiliation(t);
    memset(w.callsign, ' ', sizeof w.callsign);
    if (ident_has(&t->ident, IDENT_CALLSIGN))
        memcpy(w.callsign, t->ident.callsign, strlen(t->ident.callsign));
    return w;
}
