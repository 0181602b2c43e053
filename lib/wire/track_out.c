/* track_out: see track_out.h. Source: EUROCONTROL-SPEC-0149-9.
 *
 * Values beyond an item's range are cut to it where the item bounds an error or an age (they then say "at least"), and left out where it
 * is a measurement. 135 is the latest trusted pressure altitude carried on by the estimated climb: a calculated altitude; 136 the measured one. */
#include "wire/track_out.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"
#include "wire/target.h"
#include "wire/track_number.h"

#define OLD_S 24.0
#define TURNING_RAD_S (0.5 * UNIT_DEG)
#define CLIMBING_MPS (300.0 * UNIT_FTMIN)

struct track_out {
    struct track_out_settings settings;
    struct mapping mapping;
    struct track_number *numbers;
    struct out out;
};

struct track_out *track_out_new(const struct track_out_settings *s)
{
    struct track_out *o = calloc(1, sizeof *o);
    size_t count = 0, bad = 0;
    if (!o || !(o->numbers = track_number_new())) {
        track_out_free(o);
        return NULL;
    }
    o->settings = *s;
    if (o->settings.old_s <= 0.0)
        o->settings.old_s = OLD_S;
    const struct asterix_category *c = asterix_find(62, NULL);
    const struct mapping_row *rows = target_rows(c, &count);
    int code = mapping_init(&o->mapping, c, rows, count, &bad);
    assert(code == 0);
    out_init(&o->out);
    return o;
}

void track_out_free(struct track_out *o)
{
    if (!o)
        return;
    track_number_free(o->numbers);
    free(o);
}

static double at_most(double value, double most)
{
    return value < most ? value : most; /* NaN: most */
}

/* Age of what happened at `when`; false: never. */
static bool age(const struct track *t, struct instant when, double *age_s)
{
    if (!instant_is_set(when))
        return false;
    *age_s = at_most(fmax(0.0, instant_diff(t->time, when)), 63.75);
    return true;
}

static void put_ages(struct target *m, const struct track *t)
{
    const struct {
        struct instant when;
        double *age_s;
        uint64_t part;
    } ages[] = {
        {t->born, &m->age_track_s, TARGET_HAS(AGE_TRACK)},
        {t->age[TRACK_AGE_PSR], &m->age_psr_s, TARGET_HAS(AGE_PSR)},
        {t->age[TRACK_AGE_SSR], &m->age_ssr_s, TARGET_HAS(AGE_SSR)},
        {t->age[TRACK_AGE_MODE_S], &m->age_mode_s_s, TARGET_HAS(AGE_MODE_S)},
        {t->age[TRACK_AGE_ADSB], &m->age_adsb_s, TARGET_HAS(AGE_ADSB)},
        {t->age[TRACK_AGE_MLAT], &m->age_mlat_s, TARGET_HAS(AGE_MLAT)},
        {t->level.flags & LEVEL_PRESSURE ? t->level_time : INSTANT_NONE, &m->age_level_s, TARGET_HAS(AGE_LEVEL)},
    };
    for (size_t k = 0; k < sizeof ages / sizeof *ages; k++)
        if (age(t, ages[k].when, ages[k].age_s))
            m->has |= ages[k].part;
}

static void put_status(struct target *m, const struct track *t, unsigned event, double old_s)
{
    m->has |= TARGET_HAS(STATUS);
    m->monosensor = (t->flags & TRACK_MONOSENSOR) != 0;
    m->spi = ident_has(&t->ident, IDENT_SPI);
    m->military_emergency = ident_has(&t->ident, IDENT_EMERGENCY) && !ident_code_is_emergency(t->ident.mode_a);
    m->tentative = !(t->flags & TRACK_CONFIRMED);
    m->simulated = (t->flags & TRACK_SIMULATED) != 0;
    m->end = event == TRACK_DROP;
    m->planned = t->plan != 0;
    m->amalgamated = (t->flags & TRACK_AMALGAMATED) != 0;
    m->coasting = (t->flags & TRACK_COASTING) != 0;
    m->psr_old = !(m->has & TARGET_HAS(AGE_PSR)) || m->age_psr_s > old_s;
    m->ssr_old = !(m->has & TARGET_HAS(AGE_SSR)) || m->age_ssr_s > old_s;
    m->mode_s_old = !(m->has & TARGET_HAS(AGE_MODE_S)) || m->age_mode_s_s > old_s;
    m->adsb_old = !(m->has & TARGET_HAS(AGE_ADSB)) || m->age_adsb_s > old_s;
    if (t->flags & TRACK_HEIGHT) {
        m->height_best = !(t->level.flags & LEVEL_PRESSURE);
        m->height_source = m->has & TARGET_HAS(AGE_ADSB) ? 1 : m->has & TARGET_HAS(AGE_MLAT) ? 7 : 2; /* GNSS, multilateration, 3-D radar */
    }
}

static void put_vertical(struct target *m, const struct track *t)
{
    bool climb = (t->flags & TRACK_CLIMB) != 0 && fabs(t->climb_mps) < 1000.0;
    if (t->level.flags & LEVEL_PRESSURE && t->level.pressure_m >= -15.0 * UNIT_FL && t->level.pressure_m <= 1500.0 * UNIT_FL) {
        double since_s = 0.0;
        (void)age(t, t->level_time, &since_s);
        m->has |= TARGET_HAS(LEVEL) | TARGET_HAS(LEVEL_CALCULATED);
        m->pressure_m = t->level.pressure_m;
        m->pressure_calculated_m = fmax(-15.0 * UNIT_FL, at_most(t->level.pressure_m + (climb ? t->climb_mps * since_s : 0.0), 1500.0 * UNIT_FL));
    }
    if (t->flags & TRACK_HEIGHT && t->at.hae_m >= -1500.0 * UNIT_FT && t->at.hae_m <= 150000.0 * UNIT_FT) {
        m->has |= TARGET_HAS(HEIGHT) | TARGET_HAS(SIGMA_HEIGHT);
        m->height_m = t->at.hae_m;
        m->sigma_height_m = at_most(t->sigma_height_m, 255 * 6.25 * UNIT_FT);
    }
    if (climb) {
        m->has |= TARGET_HAS(CLIMB) | TARGET_HAS(SIGMA_CLIMB);
        m->climb_mps = t->climb_mps;
        m->sigma_climb_mps = at_most(t->sigma_climb_mps, 255 * 6.25 * UNIT_FTMIN);
    }
    m->has |= TARGET_HAS(MOVEMENT);
    m->turn = fabs(t->turn_rad_s) < TURNING_RAD_S ? 0 : t->turn_rad_s > 0.0 ? 1 : 2;
    m->acceleration = 3; /* not estimated */
    m->vertical = !climb ? 3 : fabs(t->climb_mps) < CLIMBING_MPS ? 0 : t->climb_mps > 0.0 ? 1 : 2;
}

static void put_errors(struct target *m, const struct track *t)
{
    double meridian_m = 0.0, vertical_m = 0.0;
    double east_m = sqrt(fmax(0.0, t->cov[TRACK_EE])), north_m = sqrt(fmax(0.0, t->cov[TRACK_NN])), en_m2 = t->cov[TRACK_EN];
    frame_radii(t->at.lat_rad, &meridian_m, &vertical_m);
    double parallel_m = fmax(vertical_m * cos(t->at.lat_rad), 1.0), unit_rad = 180.0 / (1 << 25) * UNIT_DEG;
    m->has |= TARGET_HAS(SIGMA) | TARGET_HAS(SIGMA_COV) | TARGET_HAS(SIGMA_WGS84) | TARGET_HAS(SIGMA_VELOCITY);
    m->sigma_x_m = at_most(east_m, 32767.5);
    m->sigma_y_m = at_most(north_m, 32767.5);
    m->sigma_xy_m = copysign(at_most(sqrt(fabs(en_m2)), 16383.5), en_m2);
    m->sigma_lat_rad = at_most(north_m / meridian_m, 65535 * unit_rad);
    m->sigma_lon_rad = at_most(east_m / parallel_m, 65535 * unit_rad);
    m->sigma_vx_mps = at_most(sqrt(fmax(0.0, t->cov[TRACK_VEVE])), 63.75);
    m->sigma_vy_mps = at_most(sqrt(fmax(0.0, t->cov[TRACK_VNVN])), 63.75);
}

static void put_ident(struct target *m, const struct ident *i)
{
    if (ident_has(i, IDENT_MODE_A)) {
        m->has |= TARGET_HAS(MODE_A);
        m->mode_a = i->mode_a;
        m->a_unvalidated = ident_has(i, IDENT_A_UNVALIDATED);
        m->a_garbled = ident_has(i, IDENT_A_GARBLED);
    }
    if (ident_has(i, IDENT_MODE_2)) {
        m->has |= TARGET_HAS(MODE_2);
        m->mode_2 = i->mode_2;
    }
    if (ident_has(i, IDENT_MODE_S)) {
        m->has |= TARGET_HAS(ADDRESS);
        m->address = i->mode_s;
    }
    if (ident_has(i, IDENT_CALLSIGN)) {
        m->has |= TARGET_HAS(CALLSIGN);
        memcpy(m->callsign, i->callsign, sizeof m->callsign);
    }
}

/* Longitude in [-pi, pi): I062/105 has no +180 degrees. */
static double longitude(double lon_rad)
{
    double folded = frame_angle(lon_rad);
    return folded > UNIT_PI - 1e-7 ? folded - 2.0 * UNIT_PI : folded;
}

int track_out_input(struct track_out *o, const struct track_event *e, const struct out_sink *sink)
{
    const struct track *t = &e->track;
    struct target m;
    bool fresh = false;
    if (!instant_is_set(t->time) || !(fabs(t->at.lat_rad) <= UNIT_PI / 2.0) || !isfinite(t->at.lon_rad) || !(track_speed_mps(t) < 8000.0))
        return ERR_RANGE;
    if (e->kind == TRACK_DROP && !track_number_find(o->numbers, t->number))
        return ERR_NONE;
    memset(&m, 0, sizeof m);
    m.number = track_number_add(o->numbers, t->number, &fresh);
    if (!m.number)
        return ERR_FULL;
    m.begin = fresh;
    m.has = TARGET_HAS(SOURCE) | TARGET_HAS(SERVICE) | TARGET_HAS(TIME) | TARGET_HAS(NUMBER) | TARGET_HAS(POSITION) | TARGET_HAS(VELOCITY);
    m.sac = o->settings.sac;
    m.sic = o->settings.sic;
    m.service = o->settings.service;
    m.tod_s = target_time_of_day(t->time);
    m.lat_rad = t->at.lat_rad;
    m.lon_rad = longitude(t->at.lon_rad);
    m.east_mps = t->east_mps;
    m.north_mps = t->north_mps;
    put_ages(&m, t);
    put_status(&m, t, e->kind, o->settings.old_s);
    put_vertical(&m, t);
    put_errors(&m, t);
    put_ident(&m, &t->ident);
    int code = out_input(&o->out, &o->mapping, &m, m.has, sink);
    if (e->kind == TRACK_DROP)
        track_number_remove(o->numbers, t->number);
    return code;
}

void track_out_drain(struct track_out *o, const struct out_sink *sink)
{
    out_drain(&o->out, sink);
}

uint16_t track_out_number(const struct track_out *o, uint32_t track)
{
    return track_number_find(o->numbers, track);
}
