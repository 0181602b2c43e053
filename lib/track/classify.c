/* classify: see the header. The usual rules: who stopped answering in flight is looked at first; who is where a plan says he is, is assumed to be he, and a
 * friend where the address is of a block of the armed forces of the United States or Canada (the same as in air/kind.h); visual flights answer
 * 1200 (FAA AIM 4-1-20); for the rest two minutes are taken to find out, the time in which NORAD asks a track to be identified. */
#include "track/classify.h"

#include <string.h>

static const struct classify_rule usual[] = {
    {.class = TRACK_SUSPECT, .transponder = CLASSIFY_SILENT},
    {.class = TRACK_FRIENDLY, .plan = CLASSIFY_PLAN_WITH, .address_first = 0xADF7C8, .address_last = 0xAFFFFF},
    {.class = TRACK_FRIENDLY, .plan = CLASSIFY_PLAN_WITH, .address_first = 0xC20000, .address_last = 0xC3FFFF},
    {.class = TRACK_ASSUMED, .plan = CLASSIFY_PLAN_WITH},
    {.class = TRACK_NEUTRAL, .transponder = CLASSIFY_ANSWERS, .code_first = 01200, .code_last = 01200},
    {.class = TRACK_PENDING, .age_below_s = 120.0},
};

const struct classify_rule *classify_usual(uint32_t *count)
{
    *count = sizeof usual / sizeof usual[0];
    return usual;
}

static bool holds_transponder(const struct classify_rule *r, const struct track *t)
{
    bool silent = t->flags & TRACK_SILENT;
    bool answered = instant_is_set(t->age[TRACK_AGE_SSR]) || instant_is_set(t->age[TRACK_AGE_MODE_S]) || instant_is_set(t->age[TRACK_AGE_ADSB]) ||
                    instant_is_set(t->age[TRACK_AGE_MLAT]) || t->ident.flags != 0;

    switch ((enum classify_transponder)r->transponder) {
    case CLASSIFY_ANY: return true;
    case CLASSIFY_ANSWERS: return answered && !silent;
    case CLASSIFY_SILENT: return silent;
    case CLASSIFY_NEVER: return !answered && !silent;
    }
    return false;
}

static bool holds_identity(const struct classify_rule *r, const struct track *t)
{
    const struct ident *i = &t->ident;
    const char *callsign = ident_has(i, IDENT_CALLSIGN) ? i->callsign : t->plan ? t->flight.callsign : "";

    if (r->code_last && !(ident_has(i, IDENT_MODE_A) && i->mode_a >= r->code_first && i->mode_a <= r->code_last))
        return false;
    if (r->address_last && !(ident_has(i, IDENT_MODE_S) && !ident_has(i, IDENT_NOT_ICAO) && i->mode_s >= r->address_first && i->mode_s <= r->address_last))
        return false;
    return strncmp(callsign, r->callsign, strlen(r->callsign)) == 0;
}

static bool holds(const struct classify_rule *r, const struct track *t)
{
    if ((r->plan == CLASSIFY_PLAN_WITH && t->plan == 0) || (r->plan == CLASSIFY_PLAN_WITHOUT && t->plan != 0))
        return false;
    if (r->flight_type && !(t->plan && t->flight.flight_type == r->flight_type))
        return false;
    if (r->age_below_s > 0.0 && instant_diff(t->time, t->born) >= r->age_below_s)
        return false;
    return holds_transponder(r, t) && holds_identity(r, t);
}

enum track_class classify(const struct classify_rule *rules, uint32_t count, const struct track *t)
{
    for (uint32_t i = 0; i < count; i++)
        if (holds(&rules[i], t))
            return (enum track_class)rules[i].class;
    return TRACK_UNKNOWN;
}
