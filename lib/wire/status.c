/* status: see status.h. Source: EUROCONTROL-SPEC-0149 parts 2b (002), 2b (034), 10 (063), 15 (065), 16 (023), 18 (019).
 *
 * A south marker (002) is a sector crossing at 180 degrees. Degraded (019, 063, 065) is not "not operational": degraded data is used, the tracker
 * sees for itself how good it is. Heights above mean sea level in I034/120 are taken as they stand where no undulation is given (019/620). */
#include "wire/status.h"

#include <string.h>

#include "base/err.h"
#include "base/unit.h"

#define ROW(path_, part_, member_, type_) \
    {path_, offsetof(struct status, member_), ASTERIX_##type_, (uint8_t)sizeof(((struct status *)0)->member_), STATUS_##part_}
#define SAC_SIC_ROWS ROW("010/SAC", SOURCE, sac, U8), ROW("010/SIC", SOURCE, sic, U8)

static const struct mapping_row rows_002[] = {
    SAC_SIC_ROWS,
    ROW("000", TYPE, type, U8),
    ROW("020", SECTOR, sector_rad, SI),
    ROW("030", TIME, tod_s, SI),
    ROW("041", PERIOD, period_s, SI),
    ROW("090/RE", BIAS, bias_range_m, SI),
    ROW("090/AE", BIAS, bias_azimuth_rad, SI),
};

static const struct mapping_row rows_034[] = {
    SAC_SIC_ROWS,
    ROW("000", TYPE, type, U8),
    ROW("020", SECTOR, sector_rad, SI),
    ROW("030", TIME, tod_s, SI),
    ROW("041", PERIOD, period_s, SI),
    ROW("050/COM/NOGO", SYSTEM, nogo, BOOL),
    ROW("050/COM/OVLRDP", SYSTEM, overload, BOOL),
    ROW("050/COM/OVLXMT", SYSTEM, overload_transmission, BOOL),
    ROW("050/COM/TSV", SYSTEM, time_invalid, BOOL),
    ROW("090/RNG", BIAS, bias_range_m, SI),
    ROW("090/AZM", BIAS, bias_azimuth_rad, SI),
    ROW("120/HGT", POSITION, height_m, SI),
    ROW("120/LAT", POSITION, lat_rad, SI),
    ROW("120/LON", POSITION, lon_rad, SI),
};

static const struct mapping_row rows_019[] = {
    SAC_SIC_ROWS,
    ROW("000", TYPE, type, U8),
    ROW("140", TIME, tod_s, SI),
    ROW("550/NOGO", CONDITION, condition, U8),
    ROW("550/OVL", CONDITION, overload, BOOL),
    ROW("550/TSV", CONDITION, time_invalid, BOOL),
    ROW("600/LAT", POSITION, lat_rad, SI),
    ROW("600/LON", POSITION, lon_rad, SI),
    ROW("610", HEIGHT, height_m, SI),
    ROW("620", UNDULATION, undulation_m, SI),
};

static const struct mapping_row rows_023[] = {
    SAC_SIC_ROWS,
    ROW("000", TYPE, type, U8),
    ROW("070", TIME, tod_s, SI),
    ROW("100/NOGO", SYSTEM, nogo, BOOL),
    ROW("100/ODP", SYSTEM, overload, BOOL),
    ROW("100/OXT", SYSTEM, overload_transmission, BOOL),
    ROW("100/TSV", SYSTEM, time_invalid, BOOL),
    ROW("110/STAT", CONDITION, condition, U8),
};

static const struct mapping_row rows_063[] = {
    SAC_SIC_ROWS,
    ROW("015", SERVICE, service, U8),
    ROW("030", TIME, tod_s, SI),
    ROW("050/SAC", SUBJECT, subject_sac, U8),
    ROW("050/SIC", SUBJECT, subject_sic, U8),
    ROW("060/CON", CONDITION, condition, U8),
    ROW("060/OPS", HEALTH, health_nogo, BOOL),
    ROW("060/ODP", HEALTH, overload, BOOL),
    ROW("060/OXT", HEALTH, overload_transmission, BOOL),
    ROW("060/TSV", HEALTH, time_invalid, BOOL),
    ROW("060/NPW", HEALTH, no_plots, BOOL),
    ROW("070", TIME_BIAS, time_bias_s, SI),
    ROW("080/SRB", BIAS, bias_range_m, SI),
    ROW("081", BIAS_AZIMUTH, bias_azimuth_rad, SI),
};

static const struct mapping_row rows_065[] = {
    SAC_SIC_ROWS,
    ROW("000", TYPE, type, U8),
    ROW("015", SERVICE, service, U8),
    ROW("020", BATCH, batch, U8),
    ROW("030", TIME, tod_s, SI),
    ROW("040/NOGO", CONDITION, condition, U8),
    ROW("040/OVL", CONDITION, overload, BOOL),
    ROW("040/TSV", CONDITION, time_invalid, BOOL),
    ROW("040/PSS", CONDITION, selected, U8),
};

static const struct {
    uint8_t number;
    const struct mapping_row *rows;
    size_t count;
} tables[] = {
#define TABLE(number, rows) {number, rows, sizeof rows / sizeof *rows}
    TABLE(2, rows_002), TABLE(34, rows_034), TABLE(19, rows_019), TABLE(23, rows_023), TABLE(63, rows_063), TABLE(65, rows_065),
};

const struct mapping_row *status_rows(const struct asterix_category *category, size_t *count)
{
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        if (tables[k].number != category->number)
            continue;
        *count = tables[k].count;
        return tables[k].rows;
    }
    *count = 0;
    return NULL;
}

/* Kind of service by category and type; SERVICE_KINDS: nothing for the picture. */
static unsigned kind_of(const struct status *s, unsigned category)
{
    static const uint8_t of_radar[] = {SERVICE_KINDS, SERVICE_NORTH, SERVICE_SECTOR};
    switch (category) {
    case 2:
        return s->type == 3 ? SERVICE_SECTOR : s->type < sizeof of_radar ? of_radar[s->type] : SERVICE_KINDS;
    case 34:
        return s->type < sizeof of_radar ? of_radar[s->type] : SERVICE_KINDS;
    case 23:
        return s->type == 1 || s->type == 2 ? SERVICE_STATUS : SERVICE_KINDS;
    default:
        return SERVICE_STATUS;
    }
}

/* Codes of `condition` that mean: do not use. */
static bool inoperative(const struct status *s, unsigned category)
{
    if (!(s->has & STATUS_HAS(CONDITION)))
        return false;
    switch (category) {
    case 19: /* NOGO */
    case 65: /* not connected */
        return s->condition == 2;
    case 23: /* failed, disabled */
        return s->condition == 1 || s->condition == 2;
    case 63: /* initialisation, not connected */
        return s->condition >= 2;
    default:
        return false;
    }
}

static void site_of(const struct status *s, struct service *out)
{
    if (!(s->has & STATUS_HAS(POSITION)))
        return;
    out->flags |= SERVICE_SITE;
    out->site = (struct geodetic){s->lat_rad, s->lon_rad, s->height_m + s->undulation_m};
}

int status_service(const struct status *s, unsigned category, struct service *out)
{
    unsigned kind = kind_of(s, category), flags = 0;
    if (kind == SERVICE_KINDS || !(s->has & STATUS_HAS(SOURCE)))
        return ERR_UNKNOWN;
    out->kind = (uint8_t)kind;
    out->source = (uint16_t)(s->sac << 8 | s->sic);
    if (s->has & STATUS_HAS(SUBJECT))
        out->source = (uint16_t)(s->subject_sac << 8 | s->subject_sic);
    if (kind == SERVICE_SECTOR)
        out->azimuth_rad = category == 2 && s->type == 3 ? UNIT_PI : s->sector_rad;
    if (s->has & STATUS_HAS(PERIOD) && s->period_s > 0.0) {
        flags |= SERVICE_PERIOD;
        out->period_s = s->period_s;
    }
    flags |= s->nogo || s->health_nogo || inoperative(s, category) ? SERVICE_NOT_OPERATIONAL : 0u;
    flags |= s->overload || s->overload_transmission ? SERVICE_OVERLOAD : 0u;
    flags |= s->time_invalid ? SERVICE_TIME_INVALID : 0u;
    if (s->has & (STATUS_HAS(BIAS) | STATUS_HAS(BIAS_AZIMUTH))) {
        flags |= SERVICE_BIAS;
        out->bias_range_m = s->bias_range_m;
        out->bias_azimuth_rad = s->bias_azimuth_rad;
    }
    out->flags = flags;
    site_of(s, out);
    return ERR_NONE;
}

static void condition_from(struct status *s, const struct service *in)
{
    s->has |= STATUS_HAS(SYSTEM);
    s->nogo = (in->flags & SERVICE_NOT_OPERATIONAL) != 0;
    s->overload = (in->flags & SERVICE_OVERLOAD) != 0;
    s->time_invalid = (in->flags & SERVICE_TIME_INVALID) != 0;
}

int status_from_service(struct status *s, unsigned category, const struct service *in)
{
    memset(s, 0, sizeof *s);
    if ((category != 2 && category != 34 && category != 23) || (category == 23) != (in->kind == SERVICE_STATUS))
        return ERR_UNKNOWN;
    s->has = STATUS_HAS(SOURCE) | STATUS_HAS(TYPE) | STATUS_HAS(TIME);
    s->sac = (uint8_t)(in->source >> 8);
    s->sic = (uint8_t)in->source;
    s->type = in->kind == SERVICE_SECTOR ? 2 : 1;
    if (category == 23) { /* type 1: of the ground station */
        condition_from(s, in);
        return ERR_NONE;
    }
    if (in->kind == SERVICE_SECTOR) {
        s->has |= STATUS_HAS(SECTOR);
        s->sector_rad = in->azimuth_rad;
    }
    if (in->flags & SERVICE_PERIOD) {
        s->has |= STATUS_HAS(PERIOD);
        s->period_s = in->period_s;
    }
    if (in->flags & SERVICE_BIAS) {
        s->has |= STATUS_HAS(BIAS);
        s->bias_range_m = in->bias_range_m;
        s->bias_azimuth_rad = in->bias_azimuth_rad;
    }
    if (category == 2)
        return ERR_NONE; /* 002 has neither status nor position */
    condition_from(s, in);
    if (in->flags & SERVICE_SITE) {
        s->has |= STATUS_HAS(POSITION);
        s->lat_rad = in->site.lat_rad;
        s->lon_rad = in->site.lon_rad;
        s->height_m = in->site.hae_m;
    }
    return ERR_NONE;
}
