#include "wire/oldi.h"

#include "base/err.h"
#include "base/unit.h"
#include "wire/adexp.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REFERENCE, ABOUT, CALLSIGN, CODE, DEPARTURE, GEO, POINT, CLEARED, FREQUENCY, DESTINATION, TYPE, PARTS };
#define BIT(part) (1u << (part))

/* What a message must and may have, in the order of writing. */
static const struct {
    const char *name;
    uint32_t needed, allowed;
} titles[OLDI_TITLES] = {
    [OLDI_ABI] = {"ABI", BIT(CALLSIGN) | BIT(DEPARTURE) | BIT(POINT) | BIT(DESTINATION), BIT(CODE) | BIT(TYPE)},
    [OLDI_ACT] = {"ACT", BIT(CALLSIGN) | BIT(DEPARTURE) | BIT(POINT) | BIT(DESTINATION), BIT(CODE) | BIT(TYPE)},
    [OLDI_LAM] = {"LAM", BIT(ABOUT), 0},
    [OLDI_TIM] = {"TIM", BIT(CALLSIGN), BIT(CLEARED)},
    [OLDI_HOP] = {"HOP", BIT(CALLSIGN), BIT(CLEARED)},
    [OLDI_ROF] = {"ROF", BIT(CALLSIGN), 0},
    [OLDI_COF] = {"COF", BIT(CALLSIGN), BIT(FREQUENCY) | BIT(CLEARED)},
    [OLDI_MAS] = {"MAS", BIT(CALLSIGN), 0},
    [OLDI_MAC] = {"MAC", BIT(CALLSIGN) | BIT(DEPARTURE) | BIT(DESTINATION), BIT(POINT)},
};

const char *oldi_title_name(unsigned title)
{
    return title < OLDI_TITLES ? titles[title].name : "?";
}

/* ---- writing: a function a part; each says whether it is there, and writes it ---- */

struct writer {
    struct text_out out;
    int code;
};

static void field(struct writer *w, const char *keyword, const char *value)
{
    int code = adexp_put(&w->out, keyword, value);

    w->code = w->code ? w->code : code;
}

static void put_reference(struct writer *w, const char *keyword, const struct oldi_reference *r)
{
    char sequence[8];

    snprintf(sequence, sizeof sequence, "%03u", (unsigned)r->sequence);
    field(w, keyword, "");
    field(w, "SENDER", "");
    field(w, "FAC", r->sender);
    field(w, "RECVR", "");
    field(w, "FAC", r->receiver);
    field(w, "SEQNUM", sequence);
}

static void put_level(struct writer *w, const char *keyword, int fl)
{
    char level[16];

    snprintf(level, sizeof level, "F%03d", fl);
    field(w, keyword, level);
}

/* Degrees, minutes, seconds of an angle: "325959N", "1170000W". */
static void put_angle(struct writer *w, const char *keyword, double rad, int degrees, const char *sides)
{
    char angle[48];
    long seconds = lround(fabs(rad) / UNIT_DEG * 3600);

    snprintf(angle, sizeof angle, "%0*ld%02ld%02ld%c", degrees, seconds / 3600, seconds / 60 % 60, seconds % 60, sides[rad < 0]);
    field(w, keyword, angle);
}

static void put_geo(struct writer *w, const struct oldi *m)
{
    field(w, "GEO", "");
    field(w, "GEOID", m->point);
    put_angle(w, "LATTD", m->lat_rad, 2, "NS");
    put_angle(w, "LONGTD", m->lon_rad, 3, "EW");
}

static void put_point(struct writer *w, const struct oldi *m)
{
    char time[16];

    snprintf(time, sizeof time, "%02d%02d", m->minute / 60, m->minute % 60);
    field(w, "COORDATA", "");
    field(w, "PTID", m->point);
    if (m->minute >= 0)
        field(w, "TO", time);
    if (m->transfer_level_fl != OLDI_NO_LEVEL)
        put_level(w, "TFL", m->transfer_level_fl);
}

static void put_code(struct writer *w, const struct oldi *m)
{
    char code[16];

    snprintf(code, sizeof code, "A%04o", (unsigned)m->code);
    field(w, "SSRCODE", code);
}

static void put_cleared(struct writer *w, const struct oldi *m)
{
    field(w, "CFL", "");
    put_level(w, "FL", m->cleared_level_fl);
}

static bool has(const struct oldi *m, int part)
{
    const bool there[PARTS] = {[REFERENCE] = true, [ABOUT] = m->about.sender[0], [CALLSIGN] = m->callsign[0], [CODE] = m->has_code,
                               [DEPARTURE] = m->departure[0], [GEO] = strncmp(m->point, "GEO", 3) == 0, [POINT] = m->point[0],
                               [CLEARED] = m->cleared_level_fl != OLDI_NO_LEVEL, [FREQUENCY] = m->frequency[0], [DESTINATION] = m->destination[0],
                               [TYPE] = m->type[0]};
    return there[part];
}

static void put_part(struct writer *w, const struct oldi *m, int part)
{
    switch (part) {
    case REFERENCE: put_reference(w, "REFDATA", &m->reference); break;
    case ABOUT: put_reference(w, "MSGREF", &m->about); break;
    case CALLSIGN: field(w, "ARCID", m->callsign); break;
    case CODE: put_code(w, m); break;
    case DEPARTURE: field(w, "ADEP", m->departure); break;
    case GEO: put_geo(w, m); break;
    case POINT: put_point(w, m); break;
    case CLEARED: put_cleared(w, m); break;
    case FREQUENCY: field(w, "FREQ", m->frequency); break;
    case DESTINATION: field(w, "ADES", m->destination); break;
    default: field(w, "ARCTYP", m->type); break;
    }
}

int oldi_encode(const struct oldi *m, char *out, size_t room)
{
    struct writer w = {.out = text_out_init(out, room)};

    if (m->title >= OLDI_TITLES)
        return ERR_UNKNOWN;
    uint32_t needed = titles[m->title].needed, may = needed | titles[m->title].allowed | BIT(REFERENCE) | (needed & BIT(POINT) ? BIT(GEO) : 0);
    field(&w, "TITLE", titles[m->title].name);
    for (int part = 0; part < PARTS; part++) {
        if (needed & BIT(part) && !has(m, part))
            return ERR_MISSING;
        if (may & BIT(part) && has(m, part))
            put_part(&w, m, part);
    }
    return w.code ? w.code : (int)w.out.used;
}

/* ---- reading ---- */

static void copy(char *to, size_t room, struct text value)
{
    size_t size = value.size < room - 1 ? value.size : room - 1;

    if (size > 0)
        memcpy(to, value.at, size);
    to[size] = '\0';
}

static int decimal(struct text t, size_t from, size_t digits)
{
    int n = 0;

    for (size_t i = from; i < from + digits && i < t.size; i++)
        n = 10 * n + (t.at[i] - '0');
    return n;
}

static int16_t level(struct text t)
{
    return t.size == 4 && t.at[0] == 'F' ? (int16_t)decimal(t, 1, 3) : OLDI_NO_LEVEL;
}

static double angle(struct text t, size_t degrees)
{
    double value = decimal(t, 0, degrees) + decimal(t, degrees, 2) / 60.0 + decimal(t, degrees + 2, 2) / 3600.0;

    return t.size == 0 ? 0 : (strchr("SW", t.at[t.size - 1]) ? -value : value) * UNIT_DEG;
}

static struct oldi_reference reference(const struct adexp *m, const char *of)
{
    struct oldi_reference r = {.sequence = 0};
    char path[32];

    snprintf(path, sizeof path, "%s SENDER FAC", of);
    copy(r.sender, sizeof r.sender, adexp_value(m, path));
    snprintf(path, sizeof path, "%s RECVR FAC", of);
    copy(r.receiver, sizeof r.receiver, adexp_value(m, path));
    snprintf(path, sizeof path, "%s SEQNUM", of);
    r.sequence = (uint16_t)decimal(adexp_value(m, path), 0, 3);
    return r;
}

static void read_parts(const struct adexp *a, struct oldi *out)
{
    struct text code = adexp_value(a, "SSRCODE"), time = adexp_value(a, "COORDATA TO");

    out->reference = reference(a, "REFDATA");
    out->about = reference(a, "MSGREF");
    copy(out->callsign, sizeof out->callsign, adexp_value(a, "ARCID"));
    copy(out->departure, sizeof out->departure, adexp_value(a, "ADEP"));
    copy(out->destination, sizeof out->destination, adexp_value(a, "ADES"));
    copy(out->type, sizeof out->type, adexp_value(a, "ARCTYP"));
    copy(out->point, sizeof out->point, adexp_value(a, "COORDATA PTID"));
    copy(out->frequency, sizeof out->frequency, adexp_value(a, "FREQ"));
    out->has_code = code.size == 5;
    for (size_t i = 1; i < code.size && out->has_code; i++)
        out->code = (uint16_t)(8 * out->code + (code.at[i] - '0'));
    out->minute = (int16_t)(time.size == 4 ? 60 * decimal(time, 0, 2) + decimal(time, 2, 2) : -1);
    out->transfer_level_fl = level(adexp_value(a, "COORDATA TFL"));
    out->cleared_level_fl = level(adexp_value(a, "CFL FL"));
    out->lat_rad = angle(adexp_value(a, "GEO LATTD"), 2);
    out->lon_rad = angle(adexp_value(a, "GEO LONGTD"), 3);
}

int oldi_decode(struct text message, struct oldi *out, size_t *offset, const char **expected)
{
    static const char *const part_name[PARTS] = {"-REFDATA", "-MSGREF", "-ARCID", "-SSRCODE", "-ADEP", "-GEO", "-COORDATA -PTID", "-CFL", "-FREQ", "-ADES", "-ARCTYP"};
    struct adexp a;
    int code = adexp_parse(message, &a, offset, expected);

    if (code)
        return code;
    *out = (struct oldi){.title = OLDI_TITLES};
    for (unsigned i = 0; i < OLDI_TITLES; i++)
        if (text_equal(a.field[0].value, titles[i].name))
            out->title = (uint8_t)i;
    *offset = (size_t)(a.field[0].value.at - message.at);
    *expected = "a title of OLDI";
    if (out->title == OLDI_TITLES)
        return ERR_UNKNOWN;
    read_parts(&a, out);
    *offset = message.size;
    for (int part = 0; part < PARTS; part++)
        if ((titles[out->title].needed | BIT(REFERENCE)) & BIT(part) && (part == REFERENCE ? !out->reference.sender[0] : !has(out, part))) {
            *expected = part_name[part];
            return ERR_MISSING;
        }
    if (out->minute >= 1440) {
        *expected = "a time of day";
        return ERR_RANGE;
    }
    *expected = "";
    return 0;
}
