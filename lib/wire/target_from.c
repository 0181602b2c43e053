/* target_from: the way back, from a plot to the target report that says it. For the simulator and for tests of the way there.
 *
 * Not said, because the category has no place for it: sigmas of a polar plot, moving platforms, LEVEL_FINE of a level that is a multiple of
 * 100 ft, and in 001 Mode S, height, callsign and the sensor's track number: what goes as 001 goes as plots, because common decoders read
 * the tracks of 001 by the layout of its plots. */
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"
#include "wire/target.h"

static void put_ident(struct target *t, const struct ident *i, bool mode_s)
{
    if (ident_has(i, IDENT_MODE_A)) {
        t->has |= TARGET_HAS(MODE_A);
        t->mode_a = i->mode_a;
        t->a_unvalidated = (i->flags & IDENT_A_UNVALIDATED) != 0;
        t->a_garbled = (i->flags & IDENT_A_GARBLED) != 0;
        t->a_smoothed = (i->flags & IDENT_A_SMOOTHED) != 0;
    }
    if (ident_has(i, IDENT_MODE_2)) {
        t->has |= TARGET_HAS(MODE_2);
        t->mode_2 = i->mode_2;
    }
    if (mode_s && ident_has(i, IDENT_MODE_S)) {
        t->has |= TARGET_HAS(ADDRESS);
        t->address = i->mode_s;
        t->address_type = ident_has(i, IDENT_NOT_ICAO) ? 3 : 0;
    }
    if (mode_s && ident_has(i, IDENT_CALLSIGN)) {
        t->has |= TARGET_HAS(CALLSIGN);
        memcpy(t->callsign, i->callsign, sizeof t->callsign);
    }
    t->spi = ident_has(i, IDENT_SPI);
    bool by_code = ident_mode_a_trusted(i) && ident_code_is_emergency(i->mode_a);
    t->military_emergency = ident_has(i, IDENT_EMERGENCY) && !by_code;
}

static void put_level(struct target *t, const struct level *l)
{
    if (l->flags & LEVEL_PRESSURE) {
        t->has |= TARGET_HAS(LEVEL);
        t->pressure_m = l->pressure_m;
        t->level_unvalidated = (l->flags & LEVEL_UNVALIDATED) != 0;
        t->level_garbled = (l->flags & LEVEL_GARBLED) != 0;
    }
    if (l->flags & LEVEL_HEIGHT) {
        t->has |= TARGET_HAS(HEIGHT);
        t->height_m = l->hae_m;
    }
}

/* Codes of what contributed. A plot that does not say counts by what it carries. */
static uint8_t detection_of(const struct plot *p, bool mode_s_known)
{
    bool primary = (p->flags & PLOT_PRIMARY) != 0, mode_s = (p->flags & PLOT_MODE_S) != 0, secondary = (p->flags & PLOT_SECONDARY) != 0;
    if (!primary && !mode_s && !secondary) {
        mode_s = ident_has(&p->ident, IDENT_MODE_S);
        secondary = !mode_s && (p->ident.flags & IDENT_MODE_A || p->level.flags & LEVEL_PRESSURE);
        primary = !mode_s && !secondary;
    }
    if (mode_s && mode_s_known)
        return primary ? 7 : 5; /* roll-call */
    return (uint8_t)((primary ? 1 : 0) + (secondary || mode_s ? 2 : 0));
}

static int put_polar(struct target *t, unsigned category, const struct plot *p)
{
    if (p->kind > PLOT_POLAR_3D)
        return ERR_UNKNOWN;
    t->has |= TARGET_HAS(DESCRIPTOR) | TARGET_HAS(POLAR);
    t->detection = detection_of(p, category == 48);
    t->range_m = p->polar.range_m;
    t->azimuth_rad = p->polar.azimuth_rad;
    if (p->flags & PLOT_DOPPLER) {
        t->has |= TARGET_HAS(DOPPLER);
        t->doppler_mps = p->polar.doppler_mps;
    }
    if (category == 1)
        t->has &= ~TARGET_HAS(HEIGHT);
    if (p->local_number && category == 48) {
        t->has |= TARGET_HAS(NUMBER);
        t->number = p->local_number & 0xFFF;
    }
    if (category == 48 && p->flags & PLOT_MODE_S) {
        t->has |= TARGET_HAS(FLIGHT_STATUS);
        t->flight_status = p->flags & PLOT_ON_GROUND ? 1 : ident_has(&p->ident, IDENT_SPI) ? 5 : 0;
    }
    return ERR_NONE;
}

/* NACp whose radius holds the plot's error; DO-260B. */
static uint8_t nac_p_of(double sigma_m)
{
    static const double radius_m[12] = {INFINITY, 10 * UNIT_NM, 4 * UNIT_NM, 2 * UNIT_NM, UNIT_NM, 0.5 * UNIT_NM, 0.3 * UNIT_NM, 0.1 * UNIT_NM, 0.05 * UNIT_NM, 30.0, 10.0, 3.0};
    uint8_t nac = 11;
    while (nac > 0 && radius_m[nac] < 2.4477 * sigma_m)
        nac--;
    return nac;
}

static int put_adsb(struct target *t, const struct plot *p)
{
    if (p->kind != PLOT_GEODETIC)
        return ERR_UNKNOWN;
    t->has |= TARGET_HAS(DESCRIPTOR) | TARGET_HAS(POSITION) | TARGET_HAS(POSITION_FINE) | TARGET_HAS(TIME_RECEIVED) | TARGET_HAS(QUALITY) | TARGET_HAS(VERSION);
    t->has &= ~(TARGET_HAS(TIME) | TARGET_HAS(MODE_2));
    t->tod_received_s = t->tod_s;
    t->lat_rad = t->lat_fine_rad = p->geodetic.at.lat_rad;
    t->lon_rad = t->lon_fine_rad = p->geodetic.at.lon_rad;
    t->version = 2;
    t->nac_p = nac_p_of(sqrt(fmax(p->geodetic.cov_ee_m2, p->geodetic.cov_nn_m2)));
    t->nuc_p = t->nac_p;
    t->nuc_r = 1;
    t->ground = (p->flags & PLOT_ON_GROUND) != 0;
    if (t->spi) {
        t->has |= TARGET_HAS(EMERGENCY);
        t->surveillance_status = 3;
    }
    if (p->flags & PLOT_VELOCITY) {
        t->has |= TARGET_HAS(SPEED) | TARGET_HAS(CLIMB_GEOMETRIC);
        t->speed_mps = hypot(p->geodetic.east_mps, p->geodetic.north_mps);
        t->heading_rad = frame_azimuth(atan2(p->geodetic.east_mps, p->geodetic.north_mps));
        t->climb_geometric_mps = p->geodetic.up_mps;
    }
    if (p->local_number) {
        t->has |= TARGET_HAS(NUMBER);
        t->number = p->local_number & 0xFFF;
    }
    return ERR_NONE;
}

int target_from_plot(struct target *t, unsigned category, const struct plot *p)
{
    memset(t, 0, sizeof *t);
    t->has = TARGET_HAS(SOURCE) | TARGET_HAS(TIME);
    t->sac = (uint8_t)(p->source >> 8);
    t->sic = (uint8_t)p->source;
    t->simulated = (p->flags & PLOT_SIMULATED) != 0;
    t->test = (p->flags & PLOT_TEST) != 0;
    put_ident(t, &p->ident, category != 1);
    put_level(t, &p->level);
    t->tod_s = target_time_of_day(p->time);
    if (category == 1)
        t->tod_s = fmod(t->tod_s, 512.0);
    if (category == 1 || category == 48)
        return put_polar(t, category, p);
    return category == 21 ? put_adsb(t, p) : ERR_UNKNOWN;
}
