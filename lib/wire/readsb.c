/* What readsb calls a field, out of a track. Fields that are not known are left out, as readsb does; "type" says where the position comes from. */
#include "wire/readsb.h"

#include "base/unit.h"
#include <math.h>
#include <stdio.h>

#define LATELY_S 30.0 /* a kind of plot that came within this time still carries the position */

/* Rounded as readsb prints: jansson would print 17 digits. */
static json_t *rounded(double value, double step)
{
    return json_real(round(value / step) * step);
}

static double seconds(struct instant now, struct instant then)
{
    double s = instant_is_set(then) ? instant_diff(now, then) : 0;

    return s > 0 ? s : 0;
}

static void put_identity(json_t *a, const struct track *t)
{
    char text[16];
    bool icao = ident_has(&t->ident, IDENT_MODE_S) && !ident_has(&t->ident, IDENT_NOT_ICAO);

    snprintf(text, sizeof text, icao ? "%06x" : "~%06x", (icao ? t->ident.mode_s : t->number) & 0xffffffU);
    json_object_set_new(a, "hex", json_string(text));
    if (ident_has(&t->ident, IDENT_CALLSIGN)) {
        snprintf(text, sizeof text, "%-8s", t->ident.callsign);
        json_object_set_new(a, "flight", json_string(text));
    }
    if (ident_has(&t->ident, IDENT_MODE_A)) {
        snprintf(text, sizeof text, "%04o", t->ident.mode_a & 07777U);
        json_object_set_new(a, "squawk", json_string(text));
    }
    if (ident_has(&t->ident, IDENT_EMERGENCY)) {
        json_object_set_new(a, "emergency", json_string("general"));
    }
}

static bool lately(const struct track *t, enum track_age kind)
{
    return instant_is_set(t->age[kind]) && instant_diff(t->time, t->age[kind]) < LATELY_S;
}

/* Beyond readsb: class of identification, since when the transponder is silent, and the flight plan; those who do not know them pass over them. */
static void put_plan(json_t *a, const struct track *t, struct instant now)
{
    const struct track_flight *f = &t->flight;
    char rules[2] = {(char)f->flight_rules, '\0'};

    json_object_set_new(a, "class", json_string(track_class_name(t->class)));
    if (t->flags & TRACK_SILENT) {
        json_object_set_new(a, "silent_s", rounded(seconds(now, t->silent), 0.1));
    }
    if (t->plan == 0) {
        return;
    }
    if (f->aircraft_type[0]) {
        json_object_set_new(a, "t", json_string(f->aircraft_type)); /* readsb's own name for the type */
    }
    json_object_set_new(a, "plan", json_pack("{s:I, s:s, s:s, s:s, s:s, s:i}", "number", (json_int_t)t->plan, "callsign", f->callsign, "from", f->departure, "to",
                                             f->destination, "rules", rules, "cruise_ft", (int)lround(f->cruise_pressure_m / UNIT_FT)));
}

/* readsb's words for the source of a position. Radar is "other": "mode_s" means that no position was received, and tar1090 draws no trail for it. */
static void put_source(json_t *a, const struct track *t)
{
    bool adsb = lately(t, TRACK_AGE_ADSB), mlat = !adsb && lately(t, TRACK_AGE_MLAT);

    json_object_set_new(a, "type", json_string(adsb ? "adsb_icao" : mlat ? "mlat" : "other"));
    json_object_set_new(a, "mlat", mlat ? json_pack("[s, s, s, s]", "lat", "lon", "gs", "track") : json_array());
    json_object_set_new(a, "tisb", json_array());
}

static void put_heights(json_t *a, const struct track *t)
{
    if ((t->level.flags & LEVEL_PRESSURE) && instant_is_set(t->level_time)) {
        json_object_set_new(a, "alt_baro", json_integer((json_int_t)lround(t->level.pressure_m / (25 * UNIT_FT)) * 25));
    }
    if (t->flags & TRACK_HEIGHT) {
        json_object_set_new(a, "alt_geom", json_integer((json_int_t)lround(t->at.hae_m / (25 * UNIT_FT)) * 25));
    }
    if (t->flags & TRACK_CLIMB) {
        json_object_set_new(a, t->level.flags & LEVEL_PRESSURE ? "baro_rate" : "geom_rate", json_integer((json_int_t)lround(t->climb_mps / (64 * UNIT_FTMIN)) * 64));
    }
}

json_t *readsb_aircraft(const struct track *t, struct instant now)
{
    json_t *a = json_object();
    double sigma = sqrt(t->cov[TRACK_EE] + t->cov[TRACK_NN]);

    if (!a) {
        return NULL;
    }
    put_identity(a, t);
    put_source(a, t);
    put_heights(a, t);
    put_plan(a, t, now);
    json_object_set_new(a, "gs", rounded(track_speed_mps(t) / UNIT_KT, 0.1));
    json_object_set_new(a, "track", rounded(track_heading_rad(t) / UNIT_DEG, 0.01));
    json_object_set_new(a, "track_rate", rounded(t->turn_rad_s / UNIT_DEG, 0.01));
    json_object_set_new(a, "lat", rounded(t->at.lat_rad / UNIT_DEG, 1e-6));
    json_object_set_new(a, "lon", rounded(t->at.lon_rad / UNIT_DEG, 1e-6));
    json_object_set_new(a, "rc", json_integer((json_int_t)ceil(2 * sigma))); /* containment radius: two sigma */
    json_object_set_new(a, "seen_pos", rounded(seconds(now, t->last), 0.001));
    json_object_set_new(a, "seen", rounded(seconds(now, t->last), 0.1));
    json_object_set_new(a, "messages", json_integer(t->plots));
    json_object_set_new(a, "rssi", json_real(-49.5)); /* readsb's own value for "not measured" */
    return a;
}

json_t *readsb_document(struct instant now, uint64_t messages, json_t *aircraft)
{
    return json_pack("{s:o, s:I, s:o}", "now", rounded(instant_to_s(now), 0.001), "messages", (json_int_t)messages, "aircraft", aircraft);
}

json_t *readsb_receiver(const char *version, double refresh_s, const struct geodetic *at)
{
    json_t *r = json_pack("{s:s, s:i, s:i, s:b}", "version", version, "refresh", (int)(refresh_s * 1000), "history", 0, "readsb", 1);

    if (r && at) {
        json_object_set_new(r, "lat", rounded(at->lat_rad / UNIT_DEG, 1e-4));
        json_object_set_new(r, "lon", rounded(at->lon_rad / UNIT_DEG, 1e-4));
    }
    return r;
}
