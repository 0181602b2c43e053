/* target_rows: which item of which category and edition says what of a target. One row serves both directions.
 * Source: EUROCONTROL-SPEC-0149 parts 2a (001), 4 (048), 9 (062), 12 (021), 14 (020). */
#include "wire/target.h"

#include <string.h>

#define ROW(path_, part_, member_, type_) \
    {path_, offsetof(struct target, member_), ASTERIX_##type_, (uint8_t)sizeof(((struct target *)0)->member_), TARGET_##part_}

#define SAC_SIC_ROWS ROW("010/SAC", SOURCE, sac, U8), ROW("010/SIC", SOURCE, sic, U8)
#define MODE_A_ROWS                                                                                                         \
    ROW("070/V", MODE_A, a_unvalidated, BOOL), ROW("070/G", MODE_A, a_garbled, BOOL), ROW("070/L", MODE_A, a_smoothed, BOOL), \
        ROW("070/MODE3A", MODE_A, mode_a, U16)
#define LEVEL_ROWS(name) \
    ROW("090/V", LEVEL, level_unvalidated, BOOL), ROW("090/G", LEVEL, level_garbled, BOOL), ROW("090/" name, LEVEL, pressure_m, SI)

static const struct mapping_row rows_001[] = {
    SAC_SIC_ROWS,
    ROW("141", TIME, tod_s, SI),
    ROW("020/TYP", DESCRIPTOR, track, BOOL),
    ROW("020/SIM", DESCRIPTOR, simulated, BOOL),
    ROW("020/SSRPSR", DESCRIPTOR, detection, U8),
    ROW("020/SPI", DESCRIPTOR, spi, BOOL),
    ROW("020/RAB", DESCRIPTOR, field_monitor, BOOL),
    ROW("020/TST", DESCRIPTOR, test, BOOL),
    ROW("020/DS1DS2", DESCRIPTOR, urgency, U8),
    ROW("020/ME", DESCRIPTOR, military_emergency, BOOL),
    ROW("040/RHO", POLAR, range_m, SI),
    ROW("040/THETA", POLAR, azimuth_rad, SI),
    ROW("042/X", CARTESIAN, x_m, SI),
    ROW("042/Y", CARTESIAN, y_m, SI),
    ROW("200/GSP", SPEED, speed_mps, SI),
    ROW("200/HDG", SPEED, heading_rad, SI),
    MODE_A_ROWS,
    ROW("050/MODE2", MODE_2, mode_2, U16),
    LEVEL_ROWS("HGT"),
    ROW("120", DOPPLER, doppler_mps, SI),
    ROW("161", NUMBER, number, U16),
    ROW("170/CON", STATUS, tentative, BOOL),
    ROW("170/TRE", STATUS, end, BOOL),
};

static const struct mapping_row rows_048[] = {
    SAC_SIC_ROWS,
    ROW("140", TIME, tod_s, SI),
    ROW("020/TYP", DESCRIPTOR, detection, U8),
    ROW("020/SIM", DESCRIPTOR, simulated, BOOL),
    ROW("020/SPI", DESCRIPTOR, spi, BOOL),
    ROW("020/RAB", DESCRIPTOR, field_monitor, BOOL),
    ROW("020/TST", DESCRIPTOR, test, BOOL),
    ROW("020/ME", DESCRIPTOR, military_emergency, BOOL),
    ROW("040/RHO", POLAR, range_m, SI),
    ROW("040/THETA", POLAR, azimuth_rad, SI),
    ROW("042/X", CARTESIAN, x_m, SI),
    ROW("042/Y", CARTESIAN, y_m, SI),
    ROW("200/GSP", SPEED, speed_mps, SI),
    ROW("200/HDG", SPEED, heading_rad, SI),
    MODE_A_ROWS,
    ROW("050/MODE2", MODE_2, mode_2, U16),
    LEVEL_ROWS("FL"),
    ROW("110/3DH", HEIGHT, height_m, SI),
    ROW("120/CAL/D", DOPPLER, doppler_doubtful, BOOL),
    ROW("120/CAL/CAL", DOPPLER, doppler_mps, SI),
    ROW("161/TRN", NUMBER, number, U16),
    ROW("170/CNF", STATUS, tentative, BOOL),
    ROW("170/TRE", STATUS, end, BOOL),
    ROW("220", ADDRESS, address, U32),
    ROW("230/STAT", FLIGHT_STATUS, flight_status, U8),
    ROW("240", CALLSIGN, callsign, TEXT),
};

static const struct mapping_row rows_020[] = {
    SAC_SIC_ROWS,
    ROW("140", TIME, tod_s, SI),
    ROW("020/RAB", DESCRIPTOR, field_monitor, BOOL),
    ROW("020/SPI", DESCRIPTOR, spi, BOOL),
    ROW("020/GBS", DESCRIPTOR, ground, BOOL),
    ROW("020/SIM", DESCRIPTOR, simulated, BOOL),
    ROW("020/TST", DESCRIPTOR, test, BOOL),
    ROW("020/CF", DESCRIPTOR, address_type, U8),
    ROW("041/LAT", POSITION, lat_rad, SI),
    ROW("041/LON", POSITION, lon_rad, SI),
    ROW("042/X", CARTESIAN, x_m, SI),
    ROW("042/Y", CARTESIAN, y_m, SI),
    ROW("202/VX", VELOCITY, east_mps, SI),
    ROW("202/VY", VELOCITY, north_mps, SI),
    MODE_A_ROWS,
    ROW("050/MODE2", MODE_2, mode_2, U16),
    LEVEL_ROWS("FL"),
    ROW("105", HEIGHT, height_m, SI),
    ROW("161/TRN", NUMBER, number, U16),
    ROW("170/CNF", STATUS, tentative, BOOL),
    ROW("170/TRE", STATUS, end, BOOL),
    ROW("170/CST", STATUS, coasting, BOOL),
    ROW("220", ADDRESS, address, U32),
    ROW("230/STAT", FLIGHT_STATUS, flight_status, U8),
    ROW("245/STI", CALLSIGN, callsign_kind, U8),
    ROW("245/CHR", CALLSIGN, callsign, TEXT),
    ROW("500/DOP/X", DOP, dop_x, U16),
    ROW("500/DOP/Y", DOP, dop_y, U16),
    ROW("500/SDP/X", SIGMA, sigma_x_m, SI),
    ROW("500/SDP/Y", SIGMA, sigma_y_m, SI),
    ROW("500/SDH", SIGMA_HEIGHT, sigma_height_m, SI),
};

/* What 2.1, 2.4 and 2.7 share; they differ in details that no row here reads. */
static const struct mapping_row rows_021[] = {
    SAC_SIC_ROWS,
    ROW("015", SERVICE, service, U8),
    ROW("071", TIME, tod_s, SI),
    ROW("073", TIME_RECEIVED, tod_received_s, SI),
    ROW("077", TIME_SENT, tod_sent_s, SI),
    ROW("040/ATP", DESCRIPTOR, address_type, U8),
    ROW("040/RAB", DESCRIPTOR, field_monitor, BOOL),
    ROW("040/GBS", DESCRIPTOR, ground, BOOL),
    ROW("040/SIM", DESCRIPTOR, simulated, BOOL),
    ROW("040/TST", DESCRIPTOR, test, BOOL),
    ROW("130/LAT", POSITION, lat_rad, SI),
    ROW("130/LON", POSITION, lon_rad, SI),
    ROW("131/LAT", POSITION_FINE, lat_fine_rad, SI),
    ROW("131/LON", POSITION_FINE, lon_fine_rad, SI),
    ROW("160/GS", SPEED, speed_mps, SI),
    ROW("160/TA", SPEED, heading_rad, SI),
    ROW("155/BVR", CLIMB, climb_mps, SI),
    ROW("157/GVR", CLIMB_GEOMETRIC, climb_geometric_mps, SI),
    ROW("070/MODE3A", MODE_A, mode_a, U16),
    ROW("145", LEVEL, pressure_m, SI),
    ROW("140", HEIGHT, height_m, SI),
    ROW("080", ADDRESS, address, U32),
    ROW("161/TRNUM", NUMBER, number, U16),
    ROW("170", CALLSIGN, callsign, TEXT),
    ROW("200/PS", EMERGENCY, urgency, U8),
    ROW("200/SS", EMERGENCY, surveillance_status, U8),
    ROW("090/NUCRNACV", QUALITY, nuc_r, U8),
    ROW("090/NUCPNIC", QUALITY, nuc_p, U8),
    ROW("090/NACP", QUALITY, nac_p, U8),
    ROW("090/GVA", QUALITY, gva, U8),
    ROW("210/VN", VERSION, version, U8),
};

static const struct mapping_row rows_021_023[] = {
    SAC_SIC_ROWS,
    ROW("030", TIME, tod_s, SI),
    ROW("040/ATP", DESCRIPTOR, address_type_old, U8),
    ROW("040/RAB", DESCRIPTOR, field_monitor, BOOL),
    ROW("040/GBS", DESCRIPTOR, ground, BOOL),
    ROW("040/SIM", DESCRIPTOR, simulated, BOOL),
    ROW("040/TST", DESCRIPTOR, test, BOOL),
    ROW("040/SPI", DESCRIPTOR, spi, BOOL),
    ROW("130/LAT", POSITION, lat_rad, SI),
    ROW("130/LON", POSITION, lon_rad, SI),
    ROW("160/GS", SPEED, speed_mps, SI),
    ROW("160/TA", SPEED, heading_rad, SI),
    ROW("155", CLIMB, climb_mps, SI),
    ROW("157", CLIMB_GEOMETRIC, climb_geometric_mps, SI),
    ROW("145", LEVEL, pressure_m, SI),
    ROW("140", HEIGHT, height_m, SI),
    ROW("080", ADDRESS, address, U32),
    ROW("170", CALLSIGN, callsign, TEXT),
    ROW("200", EMERGENCY, urgency, U8),
    ROW("090/PA", QUALITY_OLD, accuracy_old, I8),
};

static const struct mapping_row rows_062[] = {
    SAC_SIC_ROWS,
    ROW("015", SERVICE, service, U8),
    ROW("070", TIME, tod_s, SI),
    ROW("040", NUMBER, number, U16),
    ROW("080/MON", STATUS, monosensor, BOOL),
    ROW("080/SPI", STATUS, spi, BOOL),
    ROW("080/MRH", STATUS, height_best, BOOL),
    ROW("080/SRC", STATUS, height_source, U8),
    ROW("080/CNF", STATUS, tentative, BOOL),
    ROW("080/SIM", STATUS, simulated, BOOL),
    ROW("080/TSE", STATUS, end, BOOL),
    ROW("080/TSB", STATUS, begin, BOOL),
    ROW("080/FPC", STATUS, planned, BOOL),
    ROW("080/AMA", STATUS, amalgamated, BOOL),
    ROW("080/ME", STATUS, military_emergency, BOOL),
    ROW("080/CST", STATUS, coasting, BOOL),
    ROW("080/PSR", STATUS, psr_old, BOOL),
    ROW("080/SSR", STATUS, ssr_old, BOOL),
    ROW("080/MDS", STATUS, mode_s_old, BOOL),
    ROW("080/ADS", STATUS, adsb_old, BOOL),
    ROW("105/LAT", POSITION, lat_rad, SI),
    ROW("105/LON", POSITION, lon_rad, SI),
    ROW("185/VX", VELOCITY, east_mps, SI),
    ROW("185/VY", VELOCITY, north_mps, SI),
    ROW("220", CLIMB, climb_mps, SI),
    ROW("060/V", MODE_A, a_unvalidated, BOOL),
    ROW("060/G", MODE_A, a_garbled, BOOL),
    ROW("060/CH", MODE_A, a_changed, BOOL),
    ROW("060/MODE3A", MODE_A, mode_a, U16),
    ROW("120/MODE2", MODE_2, mode_2, U16),
    ROW("136", LEVEL, pressure_m, SI),
    ROW("135/QNH", LEVEL_CALCULATED, qnh_corrected, BOOL),
    ROW("135/CTB", LEVEL_CALCULATED, pressure_calculated_m, SI),
    ROW("130", HEIGHT, height_m, SI),
    ROW("200/TRANS", MOVEMENT, turn, U8),
    ROW("200/LONG", MOVEMENT, acceleration, U8),
    ROW("200/VERT", MOVEMENT, vertical, U8),
    ROW("380/ADR", ADDRESS, address, U32),
    ROW("245/STI", CALLSIGN, callsign_kind, U8),
    ROW("245/CHR", CALLSIGN, callsign, TEXT),
    ROW("390/TAG/SAC", PLAN, plan_sac, U8),
    ROW("390/TAG/SIC", PLAN, plan_sic, U8),
    ROW("390/CS", PLAN, plan_callsign, TEXT),
    ROW("390/FCT/GATOAT", PLAN, plan_traffic, U8),
    ROW("390/FCT/FR1FR2", PLAN, plan_rules, U8),
    ROW("390/TAC", PLAN_TYPE, plan_type, TEXT),
    ROW("390/WTC", PLAN_WAKE, plan_wake, TEXT),
    ROW("390/DEP", PLAN_FROM, plan_from, TEXT),
    ROW("390/DST", PLAN_TO, plan_to, TEXT),
    ROW("500/APC/X", SIGMA, sigma_x_m, SI),
    ROW("500/APC/Y", SIGMA, sigma_y_m, SI),
    ROW("500/COV", SIGMA_COV, sigma_xy_m, SI),
    ROW("500/APW/LAT", SIGMA_WGS84, sigma_lat_rad, SI),
    ROW("500/APW/LON", SIGMA_WGS84, sigma_lon_rad, SI),
    ROW("500/AGA", SIGMA_HEIGHT, sigma_height_m, SI),
    ROW("500/ATV/X", SIGMA_VELOCITY, sigma_vx_mps, SI),
    ROW("500/ATV/Y", SIGMA_VELOCITY, sigma_vy_mps, SI),
    ROW("500/ARC", SIGMA_CLIMB, sigma_climb_mps, SI),
    ROW("290/TRK", AGE_TRACK, age_track_s, SI),
    ROW("290/PSR", AGE_PSR, age_psr_s, SI),
    ROW("290/SSR", AGE_SSR, age_ssr_s, SI),
    ROW("290/MDS", AGE_MODE_S, age_mode_s_s, SI),
    ROW("290/ES", AGE_ADSB, age_adsb_s, SI),
    ROW("290/MLT", AGE_MLAT, age_mlat_s, SI),
    ROW("295/MFL", AGE_LEVEL, age_level_s, SI),
    ROW("295/MDA", AGE_MODE_A, age_mode_a_s, SI),
};

static const struct {
    uint8_t number;
    const char *edition; /* NULL: every one without a row of its own above */
    const struct mapping_row *rows;
    size_t count;
} tables[] = {
#define TABLE(number, edition, rows) {number, edition, rows, sizeof rows / sizeof *rows}
    TABLE(1, NULL, rows_001),   TABLE(20, NULL, rows_020), TABLE(21, "0.23", rows_021_023),
    TABLE(21, NULL, rows_021),  TABLE(48, NULL, rows_048), TABLE(62, NULL, rows_062),
};

const struct mapping_row *target_rows(const struct asterix_category *category, size_t *count)
{
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        if (tables[k].number != category->number || (tables[k].edition && strcmp(tables[k].edition, category->edition) != 0))
            continue;
        *count = tables[k].count;
        return tables[k].rows;
    }
    *count = 0;
    return NULL;
}
