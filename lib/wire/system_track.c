/* system_track: see system_track.h. The tables of the decoder (target_rows.c, status.c), used the other way.
 *
 * Sources: EUROCONTROL-SPEC-0149-9 (category 062), -0149-10 (063), -15 (065). Values beyond an item's range are set to its limit: an error or an age then
 * says "at least". 135 is the latest trusted pressure altitude carried on by the estimated climb: a calculated altitude; 136 the measured one.
 * Rejected: I062/100 (a plane for a continent), I062/210 (no acceleration is estimated). */
#include "wire/system_track.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"
#include "wire/status.h"
#include "wire/target.h"
#include "wire/template.h"
#include "wire/track_number.h"

#define OLD_S 30.0                                      /* an update of one kind that is older counts as gone in I062/080 */
#define TURNING_RAD_S (0.3 * UNIT_DEG)                  /* turns faster than this are turns in I062/200 */
#define CLIMBING_MPS (300.0 * UNIT_FTMIN)
#define SERVICE 1                                       /* I062/015, I063/015, I065/015 */
enum { OPERATIONAL, DEGRADED, NODE_NOT_CONNECTED = 2, SENSOR_NOT_CONNECTED = 3 }; /* I063/060 CON, I065/040 NOGO */
enum { TYPE_STATUS = 1, TYPE_END_OF_BATCH = 2 };        /* I065/000 */

struct system_track {
    uint8_t sac, sic;
    struct mapping tracks, sensors, states;
    struct track_number *numbers;
    struct template *layouts; /* of tracks: by far the most records */
};

static void resolve(struct mapping *m, unsigned category, const struct mapping_row *(*rows_of)(const struct asterix_category *, size_t *))
{
    size_t count = 0, bad = 0;
    const struct asterix_category *c = asterix_find(category, NULL);
    const struct mapping_row *rows = rows_of(c, &count);
    int code = mapping_init(m, c, rows, count, &bad);
    assert(code == 0);
}

struct system_track *system_track_new(uint8_t sac, uint8_t sic)
{
    struct system_track *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->sac = sac;
    w->sic = sic;
    resolve(&w->tracks, 62, target_rows);
    resolve(&w->sensors, 63, status_rows);
    resolve(&w->states, 65, status_rows);
    w->numbers = track_number_new();
    w->layouts = template_new(&w->tracks);
    if (!w->numbers || !w->layouts) {
        system_track_free(w);
        return NULL;
    }
    return w;
}

void system_track_free(struct system_track *w)
{
    if (!w)
        return;
    track_number_free(w->numbers);
    template_free(w->layouts);
    free(w);
}

uint16_t system_track_number(const struct system_track *w, uint32_t track)
{
    return track_number_find(w->numbers, track);
}

/* ---- 062 -------------------------------------------------------------------------------------------------------------------- */

static double limit(double value, double least, double most)
{
    return value < least ? least : value < most ? value : most; /* NaN: most */
}

/* Age of what happened at `when`; false: never. */
static bool age(const struct track *t, struct instant when, double *age_s)
{
    if (!instant_is_set(when))
        return false;
    *age_s = limit(instant_diff(t->time, when), 0.0, 63.75); /* eight bits of 1/4 s */
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

static void put_status(struct target *m, const struct track *t, unsigned event)
{
    m->has |= TARGET_HAS(STATUS);
    m->monosensor = (t->flags & TRACK_MONOSENSOR) != 0;
    m->spi = ident_has(&t->ident, IDENT_SPI);
    m->military_emergency = ident_has(&t->ident, IDENT_EMERGENCY);
    m->tentative = !(t->flags & TRACK_CONFIRMED);
    m->simulated = (t->flags & TRACK_SIMULATED) != 0;
    m->end = event == TRACK_DROP;
    m->planned = t->plan != 0;
    m->amalgamated = (t->flags & TRACK_AMALGAMATED) != 0;
    m->coasting = (t->flags & TRACK_COASTING) != 0;
    m->psr_old = !(m->has & TARGET_HAS(AGE_PSR)) || m->age_psr_s > OLD_S;
    m->ssr_old = !(m->has & TARGET_HAS(AGE_SSR)) || m->age_ssr_s > OLD_S;
    m->mode_s_old = !(m->has & TARGET_HAS(AGE_MODE_S)) || m->age_mode_s_s > OLD_S;
    m->adsb_old = !(m->has & TARGET_HAS(AGE_ADSB)) || m->age_adsb_s > OLD_S;
    if (t->flags & TRACK_HEIGHT) {
        m->height_best = !(t->level.flags & LEVEL_PRESSURE);
        m->height_source = m->has & TARGET_HAS(AGE_ADSB) ? 1 : m->has & TARGET_HAS(AGE_MLAT) ? 7 : 2; /* GNSS, multilateration, 3-D radar */
    }
}

static void put_vertical(struct target *m, const struct track *t)
{
    const double lowest_m = -15.0 * UNIT_FL, highest_m = 1500.0 * UNIT_FL, climb_most_mps = 32767 * 6.25 * UNIT_FTMIN;
    bool climb = (t->flags & TRACK_CLIMB) != 0;
    if (t->level.flags & LEVEL_PRESSURE) {
        double since_s = 0.0;
        (void)age(t, t->level_time, &since_s);
        m->has |= TARGET_HAS(LEVEL) | TARGET_HAS(LEVEL_CALCULATED);
        m->pressure_m = limit(t->level.pressure_m, lowest_m, highest_m);
        m->pressure_calculated_m = limit(t->level.pressure_m + (climb ? t->climb_mps * since_s : 0.0), lowest_m, highest_m);
    }
    if (t->flags & TRACK_HEIGHT) {
        m->has |= TARGET_HAS(HEIGHT) | TARGET_HAS(SIGMA_HEIGHT);
        m->height_m = limit(t->at.hae_m, -1500.0 * UNIT_FT, 150000.0 * UNIT_FT);
        m->sigma_height_m = limit(t->sigma_height_m, 0.0, 255 * 6.25 * UNIT_FT);
    }
    if (climb) {
        m->has |= TARGET_HAS(CLIMB) | TARGET_HAS(SIGMA_CLIMB);
        m->climb_mps = limit(t->climb_mps, -climb_most_mps, climb_most_mps);
        m->sigma_climb_mps = limit(t->sigma_climb_mps, 0.0, 255 * 6.25 * UNIT_FTMIN);
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
    m->sigma_x_m = limit(east_m, 0.0, 32767.5);
    m->sigma_y_m = limit(north_m, 0.0, 32767.5);
    m->sigma_xy_m = copysign(limit(sqrt(fabs(en_m2)), 0.0, 16383.5), en_m2);
    m->sigma_lat_rad = limit(north_m / meridian_m, 0.0, 65535 * unit_rad);
    m->sigma_lon_rad = limit(east_m / parallel_m, 0.0, 65535 * unit_rad);
    m->sigma_vx_mps = limit(sqrt(fmax(0.0, t->cov[TRACK_VEVE])), 0.0, 63.75);
    m->sigma_vy_mps = limit(sqrt(fmax(0.0, t->cov[TRACK_VNVN])), 0.0, 63.75);
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
    if (ident_has(i, IDENT_MODE_S) && !ident_has(i, IDENT_NOT_ICAO)) {
        m->has |= TARGET_HAS(ADDRESS);
        m->address = i->mode_s;
    }
    if (ident_has(i, IDENT_CALLSIGN)) {
        m->has |= TARGET_HAS(CALLSIGN);
        memcpy(m->callsign, i->callsign, sizeof m->callsign);
    }
}

static bool put_word(char *out, size_t size, const char *word)
{
    memcpy(out, word, strnlen(word, size - 1)); /* into zeroes */
    return word[0] != '\0';
}

/* I062/390; a callsign of eight characters loses its last one. */
static void put_plan(struct target *m, const struct track *t)
{
    const struct track_flight *f = &t->flight;
    const char wake[2] = {f->wake, '\0'};
    if (t->plan == 0)
        return;
    m->has |= TARGET_HAS(PLAN);
    m->plan_sac = (uint8_t)(f->source >> 8);
    m->plan_sic = (uint8_t)f->source;
    m->plan_traffic = f->flight_type == 0 ? 0 : f->flight_type == 'M' ? 2 : 1; /* unknown, operational, general air traffic */
    m->plan_rules = f->flight_rules == 'V' ? 1 : f->flight_rules == 'I' ? 0 : 2;
    (void)put_word(m->plan_callsign, sizeof m->plan_callsign, f->callsign);
    m->has |= put_word(m->plan_type, sizeof m->plan_type, f->aircraft_type) ? TARGET_HAS(PLAN_TYPE) : 0;
    m->has |= put_word(m->plan_wake, sizeof m->plan_wake, wake) ? TARGET_HAS(PLAN_WAKE) : 0;
    m->has |= put_word(m->plan_from, sizeof m->plan_from, f->departure) ? TARGET_HAS(PLAN_FROM) : 0;
    m->has |= put_word(m->plan_to, sizeof m->plan_to, f->destination) ? TARGET_HAS(PLAN_TO) : 0;
}

/* Longitude in [-pi, pi): I062/105 has no +180 degrees. */
static double longitude(double lon_rad)
{
    double folded = frame_angle(lon_rad);
    return folded > UNIT_PI - 1e-7 ? folded - 2.0 * UNIT_PI : folded;
}

int system_track_encode(struct system_track *w, const struct track_event *e, uint8_t *out, size_t room)
{
    const struct track *t = &e->track;
    struct target m;
    bool fresh = false;
    if (!instant_is_set(t->time) || !(fabs(t->at.lat_rad) <= UNIT_PI / 2.0) || !isfinite(t->at.lon_rad))
        return ERR_RANGE;
    if (e->kind == TRACK_DROP && !track_number_find(w->numbers, t->number))
        return 0; /* nobody heard of it: nothing to end */
    memset(&m, 0, sizeof m);
    m.number = track_number_add(w->numbers, t->number, &fresh);
    if (!m.number)
        return ERR_STATE;
    m.begin = fresh;
    m.has = TARGET_HAS(SOURCE) | TARGET_HAS(SERVICE) | TARGET_HAS(TIME) | TARGET_HAS(NUMBER) | TARGET_HAS(POSITION) | TARGET_HAS(VELOCITY);
    m.sac = w->sac;
    m.sic = w->sic;
    m.service = SERVICE;
    m.tod_s = target_time_of_day(t->time);
    m.lat_rad = t->at.lat_rad;
    m.lon_rad = longitude(t->at.lon_rad);
    m.east_mps = limit(t->east_mps, -8192.0, 8191.75);
    m.north_mps = limit(t->north_mps, -8192.0, 8191.75);
    put_ages(&m, t);
    put_status(&m, t, e->kind);
    put_vertical(&m, t);
    put_errors(&m, t);
    put_ident(&m, &t->ident);
    put_plan(&m, t);
    int size = template_encode(w->layouts, &m, m.has, out, room);
    if (e->kind == TRACK_DROP ? size > 0 : size < 0 && fresh) /* ended, or never begun */
        track_number_remove(w->numbers, t->number);
    return size;
}

/* ---- 063, 065 --------------------------------------------------------------------------------------------------------------- */

static struct status begin(const struct system_track *w, struct instant now)
{
    struct status m;
    memset(&m, 0, sizeof m);
    m.has = STATUS_HAS(SOURCE) | STATUS_HAS(SERVICE) | STATUS_HAS(TIME);
    m.sac = w->sac;
    m.sic = w->sic;
    m.service = SERVICE;
    m.tod_s = target_time_of_day(now);
    return m;
}

int system_track_encode_sensor(const struct system_track *w, const struct system_track_sensor *s, struct instant now, uint8_t *out, size_t room)
{
    struct status m = begin(w, now);
    m.has |= STATUS_HAS(SUBJECT) | STATUS_HAS(CONDITION) | STATUS_HAS(HEALTH);
    m.subject_sac = (uint8_t)(s->source >> 8);
    m.subject_sic = (uint8_t)s->source;
    m.condition = !s->connected ? SENSOR_NOT_CONNECTED : s->degraded ? DEGRADED : OPERATIONAL;
    m.time_invalid = s->time_invalid;
    m.no_plots = !s->connected;
    if (s->clock_known) {
        m.has |= STATUS_HAS(TIME_BIAS);
        m.time_bias_s = limit(s->clock_offset_s, -32.768, 32.767); /* sixteen bits of 1 ms */
    }
    return mapping_encode(&w->sensors, &m, m.has, out, room);
}

int system_track_encode_status(const struct system_track *w, const struct system_track_status *s, struct instant now, uint8_t *out, size_t room)
{
    struct status m = begin(w, now);
    m.has |= STATUS_HAS(TYPE) | STATUS_HAS(CONDITION);
    m.type = TYPE_STATUS;
    m.condition = s->not_connected ? NODE_NOT_CONNECTED : s->degraded ? DEGRADED : OPERATIONAL;
    m.overload = s->overload;
    m.time_invalid = s->time_invalid;
    m.selected = 1;
    return mapping_encode(&w->states, &m, m.has, out, room);
}

int system_track_encode_batch(const struct system_track *w, unsigned batch, struct instant now, uint8_t *out, size_t room)
{
    struct status m = begin(w, now);
    m.has |= STATUS_HAS(TYPE) | STATUS_HAS(BATCH);
    m.type = TYPE_END_OF_BATCH;
    m.batch = (uint8_t)batch;
    return mapping_encode(&w->states, &m, m.has, out, room);
}
