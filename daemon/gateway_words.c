#include "daemon/gateway_words.h"

#include "base/unit.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FL_M (100 * UNIT_FT)
#define SIGMA_S 30

int16_t gateway_words_level(double pressure_m)
{
    double fl = round(pressure_m / FL_M);

    return fl >= 0 && fl <= 999 ? (int16_t)fl : OLDI_NO_LEVEL;
}

struct oldi gateway_words_about(enum oldi_title title, const char *callsign, const struct message_flight *f)
{
    struct oldi o = {.title = (uint8_t)title, .minute = -1, .transfer_level_fl = OLDI_NO_LEVEL, .cleared_level_fl = OLDI_NO_LEVEL};

    snprintf(o.callsign, sizeof o.callsign, "%.7s", callsign);
    snprintf(o.departure, sizeof o.departure, "%s", f->departure[0] ? f->departure : "ZZZZ");
    snprintf(o.destination, sizeof o.destination, "%s", f->destination[0] ? f->destination : "ZZZZ");
    snprintf(o.type, sizeof o.type, "%s", f->aircraft_type);
    o.has_code = ident_has(&f->ident, IDENT_MODE_A);
    o.code = f->ident.mode_a;
    return o;
}

void gateway_words_cross(struct oldi *o, const struct message_crossing *c)
{
    if (!instant_is_set(c->time))
        return;
    strcpy(o->point, "GEO01");
    o->lat_rad = c->at.lat_rad;
    o->lon_rad = c->at.lon_rad;
    o->minute = (int16_t)(c->time.ns / 60000000000 % 1440);
    o->transfer_level_fl = gateway_words_level(c->pressure_m);
}

void gateway_words_learn(struct message_flight *f, const struct oldi *o, struct instant now)
{
    f->time = now;
    f->at = (struct geodetic){o->lat_rad, o->lon_rad, 0};
    ident_set_callsign(&f->ident, o->callsign, (unsigned)strlen(o->callsign));
    if (o->has_code) {
        f->ident.flags |= IDENT_MODE_A;
        f->ident.mode_a = o->code;
    }
    snprintf(f->departure, sizeof f->departure, "%s", o->departure);
    snprintf(f->destination, sizeof f->destination, "%s", o->destination);
    snprintf(f->aircraft_type, sizeof f->aircraft_type, "%.4s", o->type);
}

static struct instant at_minute(int minute, struct instant now)
{
    int64_t day = INT64_C(86400000000000), at = now.ns - now.ns % day + minute * INT64_C(60000000000);

    at += at - now.ns > day / 2 ? -day : now.ns - at > day / 2 ? day : 0;
    return (struct instant){at};
}

struct message_crossing gateway_words_crossing(const struct oldi *o, struct instant now)
{
    if (o->minute < 0)
        return (struct message_crossing){.time = INSTANT_NONE};
    return (struct message_crossing){at_minute(o->minute, now), SIGMA_S, {o->lat_rad, o->lon_rad, 0}, o->transfer_level_fl == OLDI_NO_LEVEL ? 0 : o->transfer_level_fl * FL_M};
}
