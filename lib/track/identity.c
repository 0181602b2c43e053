/* identity: see the header. */
#include "track/identity.h"

#include <string.h>

#define CONFIDENCE_RATE 0.2F /* of the newest reply: about the last five count */

#define PASSING (IDENT_SPI | IDENT_EMERGENCY) /* holds as long as it is sent */

static bool identity_take_code(struct store_track *t, const struct ident *i)
{
    struct ident *own = &t->ident;
    if (!ident_has(own, IDENT_MODE_A) || own->mode_a == i->mode_a) {
        own->mode_a = i->mode_a;
        own->flags |= IDENT_MODE_A;
        t->mode_a_count = 0;
        return true;
    }
    t->mode_a_count = t->mode_a_next == i->mode_a ? (uint8_t)(t->mode_a_count + 1) : 1;
    t->mode_a_next = i->mode_a;
    if (t->mode_a_count < IDENTITY_CHANGES)
        return false;
    own->mode_a = i->mode_a;
    t->mode_a_count = 0;
    return true;
}

static void identity_take_kinds(struct store_track *t, const struct plot *p)
{
    static const struct {
        uint32_t flag;
        enum track_age age;
    } rows[] = {{PLOT_PRIMARY, TRACK_AGE_PSR}, {PLOT_SECONDARY, TRACK_AGE_SSR}, {PLOT_MODE_S, TRACK_AGE_MODE_S},
                {PLOT_ADSB, TRACK_AGE_ADSB},   {PLOT_MLAT, TRACK_AGE_MLAT}};
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if ((p->flags & rows[i].flag) && instant_before(t->age[rows[i].age], p->time))
            t->age[rows[i].age] = p->time;
    if (p->kind == PLOT_TRACK && instant_before(t->age[TRACK_AGE_TRACK], p->time))
        t->age[TRACK_AGE_TRACK] = p->time;
}

bool identity_update(struct store_track *t, const struct plot *p)
{
    const struct ident *i = &p->ident;
    bool agrees = true, says = false, first = false;
    if (ident_mode_a_trusted(i)) {
        says = true;
        agrees = identity_take_code(t, i);
    }
    if (ident_has(i, IDENT_MODE_S) && !ident_has(&t->ident, IDENT_MODE_S)) {
        t->ident.mode_s = i->mode_s;
        t->ident.flags |= IDENT_MODE_S | (i->flags & IDENT_NOT_ICAO);
        first = says = true;
    } else if (ident_has(i, IDENT_MODE_S)) {
        says = true;
        agrees = agrees && i->mode_s == t->ident.mode_s;
    }
    if (ident_has(i, IDENT_CALLSIGN)) {
        memcpy(t->ident.callsign, i->callsign, sizeof t->ident.callsign);
        t->ident.flags |= IDENT_CALLSIGN;
    }
    if (ident_has(i, IDENT_MODE_2)) {
        t->ident.mode_2 = i->mode_2;
        t->ident.flags |= IDENT_MODE_2;
    }
    if (says) {
        t->ident.flags = (uint16_t)((t->ident.flags & ~PASSING) | (i->flags & PASSING));
        t->confidence += (t->plots <= 1 ? 1.0F : CONFIDENCE_RATE) * ((agrees ? 1.0F : 0.0F) - t->confidence);
    }
    if (level_trusted(&p->level) && instant_before(t->level_time, p->time)) {
        t->level = p->level;
        t->level_time = p->time;
    }
    identity_take_kinds(t, p);
    return first;
}

bool identity_compatible(const struct ident *a, const struct ident *b)
{
    if (ident_has(a, IDENT_MODE_S) && ident_has(b, IDENT_MODE_S) && a->mode_s != b->mode_s)
        return false;
    return !(ident_has(a, IDENT_MODE_A) && ident_has(b, IDENT_MODE_A) && a->mode_a != b->mode_a);
}
