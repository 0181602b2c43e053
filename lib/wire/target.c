/* target: see target.h.
 *
 * Sources: EUROCONTROL-SPEC-0149; accuracy of ADS-B: RTCA DO-260 table 2-11 (NUCp), DO-260B 2.2.8.1.16 (NIC), 2.2.3.2.7.2.7 (NACp, 95 % radius),
 * 2.2.5.1.19 (NACv), GVA. A circular normal error has its 95 % radius at 2.4477 sigma, a containment radius of 1e-5 at 4.8.
 * Heights measured by 3-D radars (I048/110) refer to mean sea level; the geoid's 5 to 50 m over North America are far below what such a radar measures,
 * so they are taken as heights above the ellipsoid.
 * A level that is no multiple of 100 ft was reported in 25 ft steps (LEVEL_FINE); the one that is by chance costs 2 m of sigma. */
#include "wire/target.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"

#define RADIUS_95 2.4477
#define MLAT_TOA_M 7.5           /* 25 ns: usual error of a time of arrival at 1090 MHz, what a DOP multiplies */
#define MLAT_SIGMA_M 30.0        /* where nothing is said */
#define ADSB_FLOOR_M 5.0         /* an aircraft is longer than its receiver's error, and its position is as old as its encoding */
#define TRACK_SIGMA_M 250.0      /* of another system's track that says nothing of its accuracy */
#define VELOCITY_SIGMA_MPS 10.0  /* where nothing is said */
#define TRUNCATED_PERIOD_S 512.0 /* I001/141 */
#define DAY_S 86400.0

static bool has(const struct target *t, uint64_t parts)
{
    return (t->has & parts) == parts;
}

bool target_time(const struct target *t, unsigned category, double *count_s, double *period_s)
{
    *period_s = category == 1 ? TRUNCATED_PERIOD_S : DAY_S;
    if (has(t, TARGET_HAS(TIME)))
        *count_s = t->tod_s;
    else if (has(t, TARGET_HAS(TIME_RECEIVED)))
        *count_s = t->tod_received_s;
    else if (has(t, TARGET_HAS(TIME_SENT)))
        *count_s = t->tod_sent_s;
    else
        return false;
    return true;
}

double target_time_of_day(struct instant time)
{
    double tod_s = floor(instant_time_of_day(time) * 128.0 + 0.5) / 128.0;
    return tod_s < DAY_S ? tod_s : tod_s - DAY_S;
}

/* ---- what every category says alike ---------------------------------------------------------------------------------------- */

static void ident_of(const struct target *t, struct ident *i)
{
    unsigned flags = 0;
    if (has(t, TARGET_HAS(ADDRESS))) {
        i->mode_s = t->address;
        flags |= IDENT_MODE_S;
        flags |= t->address_type >= 2 || ((t->has & TARGET_HAS(QUALITY_OLD)) && t->address_type_old != 1) ? IDENT_NOT_ICAO : 0u;
    }
    if (has(t, TARGET_HAS(MODE_A))) {
        i->mode_a = t->mode_a;
        flags |= IDENT_MODE_A | (t->a_unvalidated ? IDENT_A_UNVALIDATED : 0u) | (t->a_garbled ? IDENT_A_GARBLED : 0u) |
                 (t->a_smoothed ? IDENT_A_SMOOTHED : 0u);
    }
    if (has(t, TARGET_HAS(MODE_2))) {
        i->mode_2 = t->mode_2;
        flags |= IDENT_MODE_2;
    }
    bool pulse = t->spi || t->surveillance_status == 3 || (has(t, TARGET_HAS(FLIGHT_STATUS)) && (t->flight_status == 4 || t->flight_status == 5));
    flags |= pulse ? IDENT_SPI : 0u;
    i->flags = (uint16_t)flags;
    if (has(t, TARGET_HAS(CALLSIGN)))
        (void)ident_set_callsign(i, t->callsign, (unsigned)strlen(t->callsign)); /* what is no callsign is none */
    if (t->military_emergency || t->urgency || (ident_mode_a_trusted(i) && ident_code_is_emergency(i->mode_a)))
        i->flags |= IDENT_EMERGENCY;
}

static void level_of(const struct target *t, struct level *l)
{
    unsigned flags = 0;
    if (has(t, TARGET_HAS(LEVEL))) {
        double hundreds = t->pressure_m / UNIT_FL;
        l->pressure_m = t->pressure_m;
        flags |= LEVEL_PRESSURE | (t->level_unvalidated ? LEVEL_UNVALIDATED : 0u) | (t->level_garbled ? LEVEL_GARBLED : 0u) |
                 (fabs(hundreds - round(hundreds)) > 0.1 ? LEVEL_FINE : 0u);
    } else if (has(t, TARGET_HAS(LEVEL_CALCULATED)) && !t->qnh_corrected) {
        l->pressure_m = t->pressure_calculated_m;
        flags |= LEVEL_PRESSURE | LEVEL_FINE;
    }
    if (has(t, TARGET_HAS(HEIGHT))) {
        l->hae_m = t->height_m;
        l->sigma_height_m = has(t, TARGET_HAS(SIGMA_HEIGHT)) ? t->sigma_height_m : 0.0;
        flags |= LEVEL_HEIGHT;
    }
    l->flags = (uint8_t)flags;
}

static uint32_t common_flags(const struct target *t)
{
    bool ground = t->ground || (has(t, TARGET_HAS(FLIGHT_STATUS)) && (t->flight_status == 1 || t->flight_status == 3));
    return (t->simulated ? PLOT_SIMULATED : 0u) | (t->test || t->field_monitor ? PLOT_TEST : 0u) | (ground ? PLOT_ON_GROUND : 0u);
}

/* ---- monoradar plots: 001, 048 --------------------------------------------------------------------------------------------- */

/* What contributed, by I001/020 SSRPSR and I048/020 TYP; 0: nothing, the report is extrapolated. */
static const uint32_t seen_001[4] = {0, PLOT_PRIMARY, PLOT_SECONDARY, PLOT_PRIMARY | PLOT_SECONDARY};
static const uint32_t seen_048[8] = {0,           PLOT_PRIMARY, PLOT_SECONDARY,           PLOT_PRIMARY | PLOT_SECONDARY,
                                     PLOT_MODE_S, PLOT_MODE_S,  PLOT_PRIMARY | PLOT_MODE_S, PLOT_PRIMARY | PLOT_MODE_S};

static int radar_plot(const struct target *t, uint32_t seen, struct plot *p)
{
    struct plot_polar *m = &p->polar;
    if (seen == 0)
        return ERR_STATE;
    if (has(t, TARGET_HAS(POLAR))) {
        m->range_m = t->range_m;
        m->azimuth_rad = t->azimuth_rad;
    } else if (has(t, TARGET_HAS(CARTESIAN))) { /* tracks of older radars: smoothed, in the radar's own plane */
        m->range_m = hypot(t->x_m, t->y_m);
        m->azimuth_rad = frame_azimuth(atan2(t->x_m, t->y_m));
    } else {
        return ERR_MISSING;
    }
    p->flags |= seen;
    if (has(t, TARGET_HAS(DOPPLER)) && !t->doppler_doubtful) {
        m->doppler_mps = t->doppler_mps;
        p->flags |= PLOT_DOPPLER;
    }
    if (p->level.flags & LEVEL_HEIGHT)
        p->kind = PLOT_POLAR_3D;
    else
        p->kind = p->level.flags & LEVEL_PRESSURE ? PLOT_POLAR_LEVEL : PLOT_POLAR;
    p->local_number = t->number;
    return ERR_NONE;
}

/* ---- positions on the earth: 020, 021, 062 --------------------------------------------------------------------------------- */

static void velocity_of(const struct target *t, struct plot *p)
{
    struct plot_geodetic *m = &p->geodetic;
    if (has(t, TARGET_HAS(VELOCITY))) {
        m->east_mps = t->east_mps;
        m->north_mps = t->north_mps;
    } else if (has(t, TARGET_HAS(SPEED))) {
        m->east_mps = t->speed_mps * sin(t->heading_rad);
        m->north_mps = t->speed_mps * cos(t->heading_rad);
    } else {
        return;
    }
    m->up_mps = has(t, TARGET_HAS(CLIMB)) ? t->climb_mps : has(t, TARGET_HAS(CLIMB_GEOMETRIC)) ? t->climb_geometric_mps : 0.0;
    m->sigma_velocity_mps = VELOCITY_SIGMA_MPS;
    p->flags |= PLOT_VELOCITY;
}

static void circular(struct plot_geodetic *m, double sigma_m)
{
    m->cov_ee_m2 = m->cov_nn_m2 = sigma_m * sigma_m;
    m->cov_en_m2 = 0.0;
}

static int mlat_plot(const struct target *t, const struct geodetic *site, struct plot *p)
{
    struct plot_geodetic *m = &p->geodetic;
    double height_m = p->level.flags & LEVEL_HEIGHT ? p->level.hae_m : p->level.flags & LEVEL_PRESSURE ? p->level.pressure_m : 0.0;
    if (has(t, TARGET_HAS(POSITION))) {
        m->at = (struct geodetic){t->lat_rad, t->lon_rad, p->level.hae_m};
    } else if (has(t, TARGET_HAS(CARTESIAN)) && site) {
        struct frame f = frame_at(*site);
        m->at = frame_geodetic(frame_from_enu(&f, frame_on_height(&f, t->x_m, t->y_m, height_m)));
        m->at.hae_m = p->level.hae_m;
    } else {
        return ERR_MISSING;
    }
    if (has(t, TARGET_HAS(STATUS)) && t->coasting)
        return ERR_STATE;
    circular(m, MLAT_SIGMA_M);
    double x_m = t->sigma_x_m, y_m = t->sigma_y_m;
    if (!has(t, TARGET_HAS(SIGMA)) && has(t, TARGET_HAS(DOP))) {
        x_m = t->dop_x / 4.0 * MLAT_TOA_M;
        y_m = t->dop_y / 4.0 * MLAT_TOA_M;
    }
    if (x_m > 0.0 && y_m > 0.0) {
        m->cov_ee_m2 = x_m * x_m;
        m->cov_nn_m2 = y_m * y_m;
    }
    velocity_of(t, p);
    p->kind = PLOT_GEODETIC;
    p->flags |= PLOT_MLAT;
    p->local_number = t->number;
    return ERR_NONE;
}

/* 95 % radius of the position, m, by NUCp (DO-260) and NACp (DO-260A and B); and radius of containment by NIC. */
static const double radius_nuc_p[10] = {10 * UNIT_NM,  10 * UNIT_NM,   5 * UNIT_NM,  1 * UNIT_NM, 0.5 * UNIT_NM,
                                        0.25 * UNIT_NM, 0.1 * UNIT_NM, 0.05 * UNIT_NM, 10.0,        3.0};
static const double radius_nac_p[12] = {10 * UNIT_NM,  10 * UNIT_NM,  4 * UNIT_NM,   2 * UNIT_NM, 1 * UNIT_NM, 0.5 * UNIT_NM,
                                        0.3 * UNIT_NM, 0.1 * UNIT_NM, 0.05 * UNIT_NM, 30.0,       10.0,        3.0};
static const double sigma_nac_v[5] = {VELOCITY_SIGMA_MPS, 10.0 / RADIUS_95, 3.0 / RADIUS_95, 1.0 / RADIUS_95, 0.3 / RADIUS_95};
static const double sigma_gva[4] = {0.0, 150.0 / 1.96, 45.0 / 1.96, 0.0};

static double adsb_sigma_m(const struct target *t)
{
    const unsigned nucs = sizeof radius_nuc_p / sizeof *radius_nuc_p, nacs = sizeof radius_nac_p / sizeof *radius_nac_p;
    double radius_m = 1.0 * UNIT_NM; /* unknown */
    if (has(t, TARGET_HAS(QUALITY_OLD))) {
        if (t->accuracy_old > 0 && t->accuracy_old < (int)nucs)
            radius_m = radius_nuc_p[t->accuracy_old];
    } else if (has(t, TARGET_HAS(QUALITY))) {
        bool first_version = has(t, TARGET_HAS(VERSION)) && t->version == 0;
        if (!first_version && t->nac_p > 0 && t->nac_p < nacs)
            radius_m = radius_nac_p[t->nac_p];
        else if (t->nuc_p > 0) /* NUCp, or NIC, whose classes contain those of NUCp */
            radius_m = radius_nuc_p[t->nuc_p < nucs ? t->nuc_p : nucs - 1];
    }
    return hypot(radius_m / RADIUS_95, ADSB_FLOOR_M);
}

static int adsb_plot(const struct target *t, struct plot *p)
{
    struct plot_geodetic *m = &p->geodetic;
    if (has(t, TARGET_HAS(POSITION_FINE)))
        m->at = (struct geodetic){t->lat_fine_rad, t->lon_fine_rad, p->level.hae_m};
    else if (has(t, TARGET_HAS(POSITION)))
        m->at = (struct geodetic){t->lat_rad, t->lon_rad, p->level.hae_m};
    else
        return ERR_MISSING;
    circular(m, adsb_sigma_m(t));
    velocity_of(t, p);
    if (p->flags & PLOT_VELOCITY && has(t, TARGET_HAS(QUALITY)))
        m->sigma_velocity_mps = t->nuc_r < 5 ? sigma_nac_v[t->nuc_r] : VELOCITY_SIGMA_MPS;
    if (p->level.flags & LEVEL_HEIGHT && has(t, TARGET_HAS(QUALITY)))
        p->level.sigma_height_m = sigma_gva[t->gva & 3];
    p->kind = PLOT_GEODETIC;
    p->flags |= PLOT_ADSB;
    p->local_number = t->number;
    return ERR_NONE;
}

static int system_plot(const struct target *t, struct plot *p)
{
    struct plot_geodetic *m = &p->geodetic;
    if (!has(t, TARGET_HAS(POSITION)))
        return ERR_MISSING;
    m->at = (struct geodetic){t->lat_rad, t->lon_rad, p->level.hae_m};
    m->number = t->number;
    circular(m, TRACK_SIGMA_M);
    if (has(t, TARGET_HAS(SIGMA))) {
        m->cov_ee_m2 = t->sigma_x_m * t->sigma_x_m;
        m->cov_nn_m2 = t->sigma_y_m * t->sigma_y_m;
        double most = t->sigma_x_m * t->sigma_y_m, xy = has(t, TARGET_HAS(SIGMA_COV)) ? t->sigma_xy_m * fabs(t->sigma_xy_m) : 0.0;
        m->cov_en_m2 = fmax(-most, fmin(most, xy)); /* rounding may carry the correlation over 1 */
    } else if (has(t, TARGET_HAS(SIGMA_WGS84))) {
        double meridian_m = 0.0, vertical_m = 0.0;
        frame_radii(t->lat_rad, &meridian_m, &vertical_m);
        double north_m = t->sigma_lat_rad * meridian_m, east_m = t->sigma_lon_rad * vertical_m * cos(t->lat_rad);
        m->cov_ee_m2 = east_m * east_m;
        m->cov_nn_m2 = north_m * north_m;
    }
    velocity_of(t, p);
    if (p->flags & PLOT_VELOCITY && has(t, TARGET_HAS(SIGMA_VELOCITY)))
        m->sigma_velocity_mps = sqrt((t->sigma_vx_mps * t->sigma_vx_mps + t->sigma_vy_mps * t->sigma_vy_mps) / 2.0);
    p->kind = PLOT_TRACK;
    p->flags |= t->end ? PLOT_END : 0u;
    return ERR_NONE;
}

int target_plot(const struct target *t, unsigned category, const struct geodetic *site, struct plot *p)
{
    p->source = (uint16_t)(t->sac << 8 | t->sic);
    ident_of(t, &p->ident);
    level_of(t, &p->level);
    p->flags |= common_flags(t);
    switch (category) {
    case 1:
        return radar_plot(t, seen_001[t->detection & 3], p);
    case 48:
        return radar_plot(t, seen_048[t->detection & 7], p);
    case 20:
        return mlat_plot(t, site, p);
    case 21:
        return adsb_plot(t, p);
    case 62:
        return system_plot(t, p);
    default:
        return ERR_UNKNOWN;
    }
}
