/* Tracks and states into records, through tables of rows bound to plain structs (asterix_bind.h).
 *
 * Sources: EUROCONTROL-SPEC-0149-9 (category 062), -0149-7 (063), -15 (065); the number beside a group of rows is the data item. Rejected:
 * I062/100 (Cartesian position), since there is no system plane here; I062/210, since no acceleration is estimated. */
#include "wire/system_track.h"

#include "base/err.h"
#include "base/unit.h"
#include "wire/asterix_bind.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OLD_S 30.0          /* a kind of update that is older counts as old in I062/080 */
#define TURN_RAD_S (0.3 * UNIT_DEG)  /* turns faster than this are turns in I062/200 */
#define CLIMB_MPS (300.0 * UNIT_FTMIN)

/* One record's values: of all three categories. Members of wire types hold the item's code, doubles SI units. */
struct values {
    uint8_t sac, sic, service, subject_sac, subject_sic;
    double tod_s;
    double lat_rad, lon_rad, east_mps, north_mps, climb_mps, height_m, pressure_m;
    uint16_t number, mode_a;
    uint32_t address;
    char callsign[IDENT_CALLSIGN_SIZE + 1], id[IDENT_CALLSIGN_SIZE + 1];
    uint8_t callsign_kind;
    bool a_unvalidated, a_garbled;
    bool monosensor, spi, geometric, tentative, simulated, last, first, planned, amalgamated, emergency, coasting, psr_old, ssr_old, mode_s_old, adsb_old;
    uint8_t height_source, turn, speed_change, vertical;
    double age_track_s, age_psr_s, age_ssr_s, age_mode_s_s, age_adsb_s, age_mlat_s, age_level_s;
    double sigma_x_m, sigma_y_m, sigma_xy_m, sigma_height_m, sigma_vx_mps, sigma_vy_mps, sigma_climb_mps;
    uint8_t condition, type;
    bool overload, time_invalid, no_plots;
    double time_bias_s, batch;
};

/* X(row, path, member, type): the row's name, its place, where its value is. */
#define TRACK_ROWS(X)                                                                                                                            \
    X(SAC, "010/SAC", sac, U8) X(SIC, "010/SIC", sic, U8) X(TIME, "070", tod_s, SI) X(LAT, "105/LAT", lat_rad, SI) X(LON, "105/LON", lon_rad, SI)         \
    X(VX, "185/VX", east_mps, SI) X(VY, "185/VY", north_mps, SI)                                                                                     \
    X(A_V, "060/V", a_unvalidated, BOOL) X(A_G, "060/G", a_garbled, BOOL) X(A_CODE, "060/MODE3A", mode_a, U16)                                        \
    X(CHR_KIND, "245/STI", callsign_kind, U8) X(CHR, "245/CHR", callsign, TEXT) X(ADR, "380/ADR", address, U32) X(ID, "380/ID", id, TEXT)                 \
    X(NUMBER, "040", number, U16)                                                                                                                      \
    X(MON, "080/MON", monosensor, BOOL) X(SPI, "080/SPI", spi, BOOL) X(MRH, "080/MRH", geometric, BOOL) X(SRC, "080/SRC", height_source, U8)             \
    X(CNF, "080/CNF", tentative, BOOL) X(SIM, "080/SIM", simulated, BOOL) X(TSE, "080/TSE", last, BOOL) X(TSB, "080/TSB", first, BOOL)                   \
    X(FPC, "080/FPC", planned, BOOL) X(AMA, "080/AMA", amalgamated, BOOL) X(ME, "080/ME", emergency, BOOL) X(CST, "080/CST", coasting, BOOL)             \
    X(OLD_PSR, "080/PSR", psr_old, BOOL) X(OLD_SSR, "080/SSR", ssr_old, BOOL) X(OLD_MDS, "080/MDS", mode_s_old, BOOL) X(OLD_ADS, "080/ADS", adsb_old, BOOL) \
    X(AGE_TRK, "290/TRK", age_track_s, SI) X(AGE_PSR, "290/PSR", age_psr_s, SI) X(AGE_SSR, "290/SSR", age_ssr_s, SI)                                    \
    X(AGE_MDS, "290/MDS", age_mode_s_s, SI) X(AGE_ES, "290/ES", age_adsb_s, SI) X(AGE_MLT, "290/MLT", age_mlat_s, SI)                                    \
    X(TRANS, "200/TRANS", turn, U8) X(LONG, "200/LONG", speed_change, U8) X(VERT, "200/VERT", vertical, U8)                                             \
    X(AGE_MFL, "295/MFL", age_level_s, SI) X(MFL, "136", pressure_m, SI) X(HEIGHT, "130", height_m, SI) X(CLIMB, "220", climb_mps, SI)                   \
    X(APC_X, "500/APC/X", sigma_x_m, SI) X(APC_Y, "500/APC/Y", sigma_y_m, SI) X(COV, "500/COV", sigma_xy_m, SI) X(AGA, "500/AGA", sigma_height_m, SI)     \
    X(ATV_X, "500/ATV/X", sigma_vx_mps, SI) X(ATV_Y, "500/ATV/Y", sigma_vy_mps, SI) X(ARC, "500/ARC", sigma_climb_mps, SI)
#define SENSOR_ROWS(X)                                                                                                                           \
    X(SAC, "010/SAC", sac, U8) X(SIC, "010/SIC", sic, U8) X(SERVICE, "015", service, U8) X(TIME, "030", tod_s, SI)                                       \
    X(SUBJECT_SAC, "050/SAC", subject_sac, U8) X(SUBJECT_SIC, "050/SIC", subject_sic, U8) X(CON, "060/CON", condition, U8)                               \
    X(TSV, "060/TSV", time_invalid, BOOL) X(NPW, "060/NPW", no_plots, BOOL) X(TIME_BIAS, "070", time_bias_s, SI)
#define STATUS_ROWS(X)                                                                                                                           \
    X(SAC, "010/SAC", sac, U8) X(SIC, "010/SIC", sic, U8) X(TYPE, "000", type, U8) X(SERVICE, "015", service, U8) X(TIME, "030", tod_s, SI)               \
    X(BATCH, "020", batch, SI) X(NOGO, "040/NOGO", condition, U8) X(OVL, "040/OVL", overload, BOOL) X(TSV, "040/TSV", time_invalid, BOOL)

#define X(row, path, member, type) R062_##row,
enum r062 { TRACK_ROWS(X) R062_COUNT };
#undef X
#define X(row, path, member, type) R063_##row,
enum r063 { SENSOR_ROWS(X) R063_COUNT };
#undef X
#define X(row, path, member, type) R065_##row,
enum r065 { STATUS_ROWS(X) R065_COUNT };
#undef X

#define X(row, path, member, type) {path, offsetof(struct values, member), ASTERIX_##type, (uint8_t)sizeof((struct values *)0)->member},
static const struct asterix_bind_row track_rows[] = {TRACK_ROWS(X)};
static const struct asterix_bind_row sensor_rows[] = {SENSOR_ROWS(X)};
static const struct asterix_bind_row status_rows[] = {STATUS_ROWS(X)};
#undef X

struct system_track {
    uint8_t sac, sic;
    struct asterix_bind track, sensor, status;
};

struct system_track *system_track_new(uint8_t sac, uint8_t sic)
{
    struct system_track *w = calloc(1, sizeof *w);
    size_t bad;
    bool good;

    if (!w) {
        return NULL;
    }
    w->sac = sac;
    w->sic = sic;
    good = asterix_bind_resolve(&w->track, asterix_find(62, NULL), track_rows, R062_COUNT, &bad) == 0 &&
           asterix_bind_resolve(&w->sensor, asterix_find(63, NULL), sensor_rows, R063_COUNT, &bad) == 0 &&
           asterix_bind_resolve(&w->status, asterix_find(65, NULL), status_rows, R065_COUNT, &bad) == 0;
    if (!good) { /* a mistake of ours: the first test finds it */
        free(w);
        return NULL;
    }
    return w;
}

void system_track_free(struct system_track *w)
{
    free(w);
}

/* The largest value a row of so many bits holds: values are set to it rather than refused. */
static double limit(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* Seconds of day in 1/128 s; what would round up to midnight is midnight. */
static double time_of_day(struct instant t)
{
    double ticks = floor(instant_time_of_day(t) * 128.0 + 0.5);

    return ticks >= 86400.0 * 128.0 ? 0.0 : ticks / 128.0;
}

static double age(struct instant now, struct instant then)
{
    return limit(instant_diff(now, then), 0, 63.75); /* eight bits of 1/4 s */
}

static bool old(const struct track *t, enum track_age kind)
{
    return !instant_is_set(t->age[kind]) || instant_diff(t->time, t->age[kind]) > OLD_S;
}

static void add_range(struct asterix_bind_set *set, unsigned first, unsigned last)
{
    for (unsigned row = first; row <= last; row++) {
        asterix_bind_add(set, row);
    }
}

static void put_identity(struct values *v, struct asterix_bind_set *set, const struct ident *i)
{
    if (ident_has(i, IDENT_MODE_A)) {
        v->mode_a = i->mode_a & 07777;
        v->a_unvalidated = ident_has(i, IDENT_A_UNVALIDATED);
        v->a_garbled = ident_has(i, IDENT_A_GARBLED);
        add_range(set, R062_A_V, R062_A_CODE);
    }
    if (ident_has(i, IDENT_CALLSIGN)) {
        memcpy(v->callsign, i->callsign, sizeof v->callsign);
        memcpy(v->id, i->callsign, sizeof v->id);
        add_range(set, R062_CHR_KIND, R062_CHR);
    }
    if (ident_has(i, IDENT_MODE_S) && !ident_has(i, IDENT_NOT_ICAO)) {
        v->address = i->mode_s & 0xffffff;
        asterix_bind_add(set, R062_ADR);
        if (ident_has(i, IDENT_CALLSIGN)) {
            asterix_bind_add(set, R062_ID);
        }
    }
}

/* I062/080. */
static void put_status(struct values *v, struct asterix_bind_set *set, const struct track_event *e)
{
    const struct track *t = &e->track;

    v->monosensor = t->flags & TRACK_MONOSENSOR;
    v->spi = ident_has(&t->ident, IDENT_SPI);
    v->emergency = ident_has(&t->ident, IDENT_EMERGENCY);
    v->tentative = !(t->flags & TRACK_CONFIRMED);
    v->simulated = t->flags & TRACK_SIMULATED;
    v->first = e->kind == TRACK_NEW;
    v->last = e->kind == TRACK_DROP;
    v->planned = t->plan != 0;
    v->amalgamated = t->flags & TRACK_AMALGAMATED;
    v->coasting = t->flags & TRACK_COASTING;
    v->psr_old = old(t, TRACK_AGE_PSR);
    v->ssr_old = old(t, TRACK_AGE_SSR);
    v->mode_s_old = old(t, TRACK_AGE_MODE_S);
    v->adsb_old = old(t, TRACK_AGE_ADSB);
    add_range(set, R062_MON, R062_OLD_ADS);
}

/* I062/290: only kinds that ever contributed. */
static void put_ages(struct values *v, struct asterix_bind_set *set, const struct track *t)
{
    const struct {
        enum track_age kind;
        enum r062 row;
        double *age_s;
    } ages[] = {{TRACK_AGE_PSR, R062_AGE_PSR, &v->age_psr_s},
                {TRACK_AGE_SSR, R062_AGE_SSR, &v->age_ssr_s},
                {TRACK_AGE_MODE_S, R062_AGE_MDS, &v->age_mode_s_s},
                {TRACK_AGE_ADSB, R062_AGE_ES, &v->age_adsb_s},
                {TRACK_AGE_MLAT, R062_AGE_MLT, &v->age_mlat_s}};

    for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++) {
        if (instant_is_set(t->age[ages[i].kind])) {
            *ages[i].age_s = age(t->time, t->age[ages[i].kind]);
            asterix_bind_add(set, ages[i].row);
        }
    }
    v->age_track_s = age(t->time, t->born);
    asterix_bind_add(set, R062_AGE_TRK);
}

static void put_height(struct values *v, struct asterix_bind_set *set, const struct track *t)
{
    if (t->flags & TRACK_HEIGHT) {
        v->height_m = limit(t->at.hae_m, -1500 * UNIT_FT, 150000 * UNIT_FT); /* range of I062/130 */
        v->sigma_height_m = limit(t->sigma_height_m, 0, 255 * 6.25 * UNIT_FT);
        v->geometric = !(t->level.flags & LEVEL_PRESSURE);
        v->height_source = !old(t, TRACK_AGE_ADSB) ? 1 : t->level.flags & LEVEL_HEIGHT ? 2 : 3; /* GNSS, 3-D radar, triangulation */
        asterix_bind_add(set, R062_HEIGHT);
        asterix_bind_add(set, R062_AGA);
    }
    if ((t->level.flags & LEVEL_PRESSURE) && instant_is_set(t->level_time)) {
        v->pressure_m = limit(t->level.pressure_m, -15 * UNIT_FL, 1500 * UNIT_FL); /* range of I062/136 */
        v->age_level_s = age(t->time, t->level_time);
        asterix_bind_add(set, R062_MFL);
        asterix_bind_add(set, R062_AGE_MFL);
    }
    if (t->flags & TRACK_CLIMB) {
        v->climb_mps = limit(t->climb_mps, -32768 * 6.25 * UNIT_FTMIN, 32767 * 6.25 * UNIT_FTMIN);
        v->sigma_climb_mps = limit(t->sigma_climb_mps, 0, 255 * 6.25 * UNIT_FTMIN);
        asterix_bind_add(set, R062_CLIMB);
        asterix_bind_add(set, R062_ARC);
    }
}

/* I062/105, 185, 200, 500. The covariance component is the signed root of the covariance. */
static void put_motion(struct values *v, struct asterix_bind_set *set, const struct track *t)
{
    double en = t->cov[TRACK_EN];

    v->lat_rad = t->at.lat_rad;
    v->lon_rad = t->at.lon_rad;
    v->east_mps = limit(t->east_mps, -8192, 8191.75);
    v->north_mps = limit(t->north_mps, -8192, 8191.75);
    v->turn = t->turn_rad_s > TURN_RAD_S ? 1 : t->turn_rad_s < -TURN_RAD_S ? 2 : 0;
    v->speed_change = 3; /* undetermined: no acceleration is estimated */
    v->vertical = !(t->flags & TRACK_CLIMB) ? 3 : t->climb_mps > CLIMB_MPS ? 1 : t->climb_mps < -CLIMB_MPS ? 2 : 0;
    v->sigma_x_m = limit(sqrt(t->cov[TRACK_EE]), 0, 32767.5);
    v->sigma_y_m = limit(sqrt(t->cov[TRACK_NN]), 0, 32767.5);
    v->sigma_xy_m = limit(en < 0 ? -sqrt(-en) : sqrt(en), -16384, 16383.5);
    v->sigma_vx_mps = limit(sqrt(t->cov[TRACK_VEVE]), 0, 63.75);
    v->sigma_vy_mps = limit(sqrt(t->cov[TRACK_VNVN]), 0, 63.75);
    add_range(set, R062_LAT, R062_VY);
    add_range(set, R062_TRANS, R062_VERT);
    add_range(set, R062_APC_X, R062_COV);
    add_range(set, R062_ATV_X, R062_ATV_Y);
}

/* Values into octets. Every value was brought into its range, so that nothing can be refused. */
static int write(const struct asterix_bind *bind, const struct values *v, const struct asterix_bind_set *set, uint8_t *out, size_t room)
{
    uint8_t work[512];
    struct asterix_build build;
    int code;

    asterix_build_init(&build, bind->category, work, sizeof work);
    build.common = true;
    code = asterix_bind_write(bind, &build, v, set);
    if (code < 0) {
        return ERR_FULL;
    }
    code = asterix_build_encode(&build, out, room);
    return code < 0 ? ERR_FULL : code;
}

static struct values begin(const struct system_track *w, struct instant time)
{
    return (struct values){.sac = w->sac, .sic = w->sic, .service = 1, .tod_s = time_of_day(time)};
}

int system_track_encode(const struct system_track *w, const struct track_event *e, uint8_t *out, size_t room)
{
    struct values v = begin(w, e->track.time);
    struct asterix_bind_set set = {{0}};

    v.number = (uint16_t)(e->track.number % 65535 + 1);
    add_range(&set, R062_SAC, R062_TIME);
    asterix_bind_add(&set, R062_NUMBER);
    put_motion(&v, &set, &e->track);
    put_identity(&v, &set, &e->track.ident);
    put_status(&v, &set, e);
    put_ages(&v, &set, &e->track);
    put_height(&v, &set, &e->track);
    return write(&w->track, &v, &set, out, room);
}

int system_track_encode_sensor(const struct system_track *w, const struct system_track_sensor *s, struct instant now, uint8_t *out, size_t room)
{
    struct values v = begin(w, now);
    struct asterix_bind_set set = {{0}};

    v.subject_sac = (uint8_t)(s->source >> 8);
    v.subject_sic = (uint8_t)s->source;
    v.condition = !s->connected ? 3 : s->degraded ? 1 : 0;
    v.time_invalid = s->time_invalid;
    v.no_plots = !s->connected;
    add_range(&set, R063_SAC, R063_CON);
    if (s->time_invalid || !s->connected) {
        add_range(&set, R063_TSV, R063_NPW);
    }
    if (s->clock_known) {
        v.time_bias_s = limit(s->clock_offset_s, -32.768, 32.767); /* sixteen bits of 1 ms */
        asterix_bind_add(&set, R063_TIME_BIAS);
    }
    return write(&w->sensor, &v, &set, out, room);
}

int system_track_encode_status(const struct system_track *w, const struct system_track_status *s, struct instant now, uint8_t *out, size_t room)
{
    struct values v = begin(w, now);
    struct asterix_bind_set set = {{0}};

    v.type = 1;
    v.condition = s->not_connected ? 2 : s->degraded ? 1 : 0;
    v.overload = s->overload;
    v.time_invalid = s->time_invalid;
    add_range(&set, R065_SAC, R065_TIME);
    add_range(&set, R065_NOGO, R065_TSV);
    return write(&w->status, &v, &set, out, room);
}

int system_track_encode_batch(const struct system_track *w, unsigned batch, struct instant now, uint8_t *out, size_t room)
{
    struct values v = begin(w, now);
    struct asterix_bind_set set = {{0}};

    v.type = 2;
    v.batch = batch & 255U;
    add_range(&set, R065_SAC, R065_BATCH);
    return write(&w->status, &v, &set, out, room);
}
