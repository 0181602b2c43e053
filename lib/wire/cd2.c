/* cd2: see cd2.h. Rejected: Mode C as Gray code, as the transponder sends it; the digitizer has judged it already. */
#include "wire/cd2.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"

#define START 0x8000u
#define ZERO 0x6000u
#define PARITY 0x1000u
#define DATA 0x0fffu
#define TURN 4096
#define RANGE_M (UNIT_NM / 8.0)
#define LEVEL_M (100.0 * UNIT_FT)
#define AZIMUTH_RAD (2.0 * UNIT_PI / TURN)

#define OF(kind) (1u << CD2_##kind)
#define SEARCHES (OF(SEARCH) | OF(SRTQC))
#define BEACONS (OF(BEACON) | OF(BRTQC))

/* Where a member lies in the messages of some kinds: word, lowest bit, width. */
struct row {
    unsigned kinds;
    uint8_t word, shift, width;
    bool is_signed;
    uint8_t at, size; /* in struct cd2_message */
};
#define MEMBER(member) .at = offsetof(struct cd2_message, member), .size = sizeof(((struct cd2_message *)0)->member)

static const struct row rows[] = {
    {SEARCHES, 0, 0, 3, false, MEMBER(quality)},
    {BEACONS, 0, 7, 1, false, MEMBER(reinforced)},
    {BEACONS, 0, 6, 1, false, MEMBER(spi)},
    {BEACONS, 0, 5, 1, false, MEMBER(emergency)},
    {BEACONS, 0, 4, 1, false, MEMBER(has_code)},
    {BEACONS, 0, 3, 1, false, MEMBER(code_unvalidated)},
    {BEACONS, 0, 2, 1, false, MEMBER(code_garbled)},
    {BEACONS, 0, 1, 1, false, MEMBER(level_unvalidated)},
    {BEACONS, 0, 0, 1, false, MEMBER(level_garbled)},
    {OF(STATUS), 0, 1, 1, false, MEMBER(not_operational)},
    {OF(STATUS), 0, 0, 1, false, MEMBER(overload)},
    {SEARCHES | BEACONS | OF(SECTOR), 1, 0, 12, false, MEMBER(azimuth)},
    {SEARCHES | BEACONS, 2, 0, 12, false, MEMBER(range)},
    {BEACONS, 3, 0, 12, false, MEMBER(code)},
    {BEACONS, 4, 0, 12, true, MEMBER(level_fl)},
};
#define ROWS (sizeof rows / sizeof *rows)
#define KIND_SHIFT 8 /* of the first word */

static const uint8_t words[CD2_KINDS] = {[CD2_SEARCH] = 3, [CD2_BEACON] = 5, [CD2_SRTQC] = 3, [CD2_BRTQC] = 5,
                                         [CD2_SECTOR] = 2, [CD2_NORTH] = 1,  [CD2_SOUTH] = 1, [CD2_STATUS] = 1};

/* ---- words ---- */

static bool odd(unsigned word)
{
    unsigned ones = 0;
    for (; word; word &= word - 1)
        ones++;
    return ones & 1;
}

static unsigned word_at(const uint8_t *bytes, size_t k)
{
    return (unsigned)bytes[2 * k] << 8 | bytes[2 * k + 1];
}

static void put_word(uint8_t *bytes, size_t k, unsigned data)
{
    unsigned word = data | (k == 0 ? START : 0);
    word |= odd(word) ? 0 : PARITY;
    bytes[2 * k] = (uint8_t)(word >> 8);
    bytes[2 * k + 1] = (uint8_t)word;
}

size_t cd2_size(const uint8_t first[2])
{
    unsigned word = word_at(first, 0), kind = (word & DATA) >> KIND_SHIFT;
    if (!(word & START) || (word & ZERO) || !odd(word) || kind >= CD2_KINDS)
        return 0;
    return (size_t)2 * words[kind];
}

/* ---- messages ---- */

static int get(const struct row *r, const struct cd2_message *m)
{
    const uint8_t *at = (const uint8_t *)m + r->at;
    uint16_t wide = 0;
    if (r->size == 1)
        return *at;
    memcpy(&wide, at, sizeof wide);
    return r->is_signed ? (int16_t)wide : wide;
}

static void set(const struct row *r, struct cd2_message *m, unsigned value)
{
    uint8_t *at = (uint8_t *)m + r->at;
    bool negative = r->is_signed && value >> (r->width - 1);
    uint16_t wide = (uint16_t)(negative ? value | ~0u << r->width : value);
    if (r->size == 1)
        *at = (uint8_t)value;
    else
        memcpy(at, &wide, sizeof wide);
}

int cd2_encode(const struct cd2_message *m, uint8_t *bytes, size_t room)
{
    unsigned data[CD2_SIZE / 2] = {0};
    if (m->kind >= CD2_KINDS || words[m->kind] == 0)
        return ERR_UNKNOWN;
    if (room < (size_t)2 * words[m->kind])
        return ERR_FULL;
    data[0] = (unsigned)m->kind << KIND_SHIFT;
    for (size_t k = 0; k < ROWS; k++) {
        const struct row *r = &rows[k];
        if (!(r->kinds >> m->kind & 1))
            continue;
        int value = get(r, m), most = r->is_signed ? 1 << (r->width - 1) : 1 << r->width;
        if (value >= most || value < (r->is_signed ? -most : 0))
            return ERR_RANGE;
        data[r->word] |= ((unsigned)value & ((1u << r->width) - 1)) << r->shift;
    }
    for (unsigned k = 0; k < words[m->kind]; k++)
        put_word(bytes, k, data[k]);
    return 2 * words[m->kind];
}

int cd2_decode(const uint8_t *bytes, size_t size, struct cd2_message *m)
{
    if (size < 2)
        return ERR_TRUNCATED;
    unsigned first = word_at(bytes, 0);
    size_t whole = cd2_size(bytes);
    if (!odd(first))
        return ERR_CHECKSUM;
    if (!(first & START) || (first & ZERO))
        return ERR_FORMAT;
    if (whole == 0)
        return ERR_UNKNOWN;
    if (size < whole)
        return ERR_TRUNCATED;
    for (unsigned k = 1; k < whole / 2; k++) {
        if (!odd(word_at(bytes, k)))
            return ERR_CHECKSUM;
        if (word_at(bytes, k) & (START | ZERO))
            return ERR_FORMAT;
    }
    memset(m, 0, sizeof *m);
    m->kind = (uint8_t)((first & DATA) >> KIND_SHIFT);
    for (size_t k = 0; k < ROWS; k++)
        if (rows[k].kinds >> m->kind & 1)
            set(&rows[k], m, word_at(bytes, rows[k].word) >> rows[k].shift & ((1u << rows[k].width) - 1));
    return (int)whole;
}

/* ---- meaning ---- */

static bool is_beacon(const struct cd2_message *m)
{
    return BEACONS >> m->kind & 1;
}

static void reply(const struct cd2_message *m, struct plot *p)
{
    p->flags |= m->reinforced ? PLOT_SECONDARY | PLOT_PRIMARY : PLOT_SECONDARY;
    if (m->has_code) {
        p->ident.mode_a = m->code;
        p->ident.flags = (uint16_t)(IDENT_MODE_A | (m->code_unvalidated ? IDENT_A_UNVALIDATED : 0) | (m->code_garbled ? IDENT_A_GARBLED : 0));
    }
    p->ident.flags |= (uint16_t)((m->spi ? IDENT_SPI : 0) | (m->emergency ? IDENT_EMERGENCY : 0));
    if (m->level_fl != CD2_NO_LEVEL) {
        p->kind = PLOT_POLAR_LEVEL;
        p->level.pressure_m = m->level_fl * LEVEL_M;
        p->level.flags = (uint8_t)(LEVEL_PRESSURE | (m->level_unvalidated ? LEVEL_UNVALIDATED : 0) | (m->level_garbled ? LEVEL_GARBLED : 0));
    }
}

int cd2_report(const struct cd2_message *m, struct report *r)
{
    memset(r, 0, sizeof *r);
    if (!((SEARCHES | BEACONS) >> m->kind & 1)) {
        struct service *v = &r->service;
        r->kind = REPORT_SERVICE;
        v->kind = m->kind == CD2_NORTH ? SERVICE_NORTH : m->kind == CD2_STATUS ? SERVICE_STATUS : SERVICE_SECTOR;
        v->azimuth_rad = m->kind == CD2_SOUTH ? UNIT_PI : m->azimuth * AZIMUTH_RAD;
        v->flags = (m->not_operational ? SERVICE_NOT_OPERATIONAL : 0u) | (m->overload ? SERVICE_OVERLOAD : 0u);
        return ERR_NONE;
    }
    struct plot *p = &r->plot;
    r->kind = REPORT_PLOT;
    if (m->range == 0)
        return ERR_RANGE;
    p->kind = PLOT_POLAR;
    p->flags = m->kind == CD2_SRTQC || m->kind == CD2_BRTQC ? PLOT_TEST : 0u;
    p->polar.range_m = m->range * RANGE_M;
    p->polar.azimuth_rad = m->azimuth * AZIMUTH_RAD;
    p->polar.sigma_azimuth_rad = m->quality * AZIMUTH_RAD / 2.0;
    if (is_beacon(m))
        reply(m, p);
    else
        p->flags |= PLOT_PRIMARY;
    return ERR_NONE;
}

static uint16_t azimuth_count(double azimuth_rad)
{
    return (uint16_t)((long)round(azimuth_rad / AZIMUTH_RAD) & (TURN - 1));
}

static int from_service(const struct service *v, struct cd2_message *m)
{
    m->azimuth = v->kind == SERVICE_SECTOR ? azimuth_count(v->azimuth_rad) : 0;
    m->not_operational = (v->flags & SERVICE_NOT_OPERATIONAL) != 0;
    m->overload = (v->flags & SERVICE_OVERLOAD) != 0;
    if (v->kind == SERVICE_SECTOR)
        m->kind = m->azimuth == TURN / 2 ? CD2_SOUTH : CD2_SECTOR;
    else
        m->kind = v->kind == SERVICE_NORTH ? CD2_NORTH : CD2_STATUS;
    if (m->kind != CD2_STATUS)
        m->not_operational = m->overload = 0;
    if (m->kind == CD2_SOUTH)
        m->azimuth = 0;
    return v->kind < SERVICE_KINDS ? ERR_NONE : ERR_UNKNOWN;
}

static void put_reply(const struct plot *p, struct cd2_message *m)
{
    double level_fl = round(p->level.pressure_m / LEVEL_M);
    bool has_level = (p->level.flags & LEVEL_PRESSURE) && fabs(level_fl) < -CD2_NO_LEVEL;
    m->reinforced = (p->flags & PLOT_PRIMARY) != 0;
    m->spi = ident_has(&p->ident, IDENT_SPI);
    m->emergency = ident_has(&p->ident, IDENT_EMERGENCY);
    m->has_code = ident_has(&p->ident, IDENT_MODE_A);
    m->code = m->has_code ? p->ident.mode_a & DATA : 0;
    m->code_unvalidated = m->has_code && ident_has(&p->ident, IDENT_A_UNVALIDATED);
    m->code_garbled = m->has_code && ident_has(&p->ident, IDENT_A_GARBLED);
    m->level_fl = has_level ? (int16_t)level_fl : CD2_NO_LEVEL;
    m->level_unvalidated = has_level && (p->level.flags & LEVEL_UNVALIDATED);
    m->level_garbled = has_level && (p->level.flags & LEVEL_GARBLED);
}

int cd2_from_report(const struct report *r, struct cd2_message *m)
{
    const struct plot *p = &r->plot;
    memset(m, 0, sizeof *m);
    if (r->kind == REPORT_SERVICE)
        return from_service(&r->service, m);
    if (r->kind != REPORT_PLOT || p->kind > PLOT_POLAR_3D)
        return ERR_UNKNOWN;
    double range = round(p->polar.range_m / RANGE_M);
    if (!(range >= 1.0 && range < TURN))
        return ERR_RANGE;
    bool test = (p->flags & PLOT_TEST) != 0, beacon = (p->flags & (PLOT_SECONDARY | PLOT_MODE_S)) != 0;
    m->kind = beacon ? test ? CD2_BRTQC : CD2_BEACON : test ? CD2_SRTQC : CD2_SEARCH;
    m->range = (uint16_t)range;
    m->azimuth = azimuth_count(p->polar.azimuth_rad);
    if (beacon)
        put_reply(p, m);
    else
        m->quality = (uint8_t)fmin(7.0, ceil(2.0 * p->polar.sigma_azimuth_rad / AZIMUTH_RAD - 1e-9));
    return ERR_NONE;
}
