/* kind: tables of address blocks. */
#include "air/kind.h"

struct block {
    uint32_t first, last;
    uint8_t nation;
    bool military;
};

static const struct block blocks[] = {
    {0xA00000, 0xADF7C7, KIND_US, false}, {0xADF7C8, 0xAFFFFF, KIND_US, true}, {0xC00000, 0xC1FFFF, KIND_CA, false},
    {0xC20000, 0xC3FFFF, KIND_CA, true},  {0x0D0000, 0x0D7FFF, KIND_MX, false},
};

static const struct block *block_of(const struct track *t)
{
    static const struct block elsewhere = {0, 0, KIND_OTHER, false}, none = {0, 0, KIND_UNKNOWN, false};
    if (!ident_has(&t->ident, IDENT_MODE_S) || ident_has(&t->ident, IDENT_NOT_ICAO))
        return &none;
    for (unsigned i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (t->ident.mode_s >= blocks[i].first && t->ident.mode_s <= blocks[i].last)
            return &blocks[i];
    return &elsewhere;
}

enum kind_nation kind_nation(const struct track *t)
{
    return (enum kind_nation)block_of(t)->nation;
}

enum kind_class kind_class(const struct track *t)
{
    if (block_of(t)->military || ident_has(&t->ident, IDENT_MODE_2) || t->flight.flight_type == 'M')
        return KIND_MILITARY;
    if (t->ident.flags & (IDENT_MODE_S | IDENT_CALLSIGN))
        return KIND_CIVIL;
    return t->ident.flags & IDENT_MODE_A || instant_is_set(t->age[TRACK_AGE_SSR]) ? KIND_ANONYMOUS : KIND_PRIMARY;
}

enum kind_affiliation kind_affiliation(const struct track *t)
{
    static const uint8_t ruled[TRACK_CLASSES] = {[TRACK_ASSUMED] = KIND_ASSUMED, [TRACK_FRIENDLY] = KIND_FRIEND, [TRACK_NEUTRAL] = KIND_NEUTRAL,
                                                 [TRACK_SUSPECT] = KIND_SUSPECT, [TRACK_HOSTILE] = KIND_HOSTILE};
    if (t->class != TRACK_PENDING && t->class < TRACK_CLASSES)
        return (enum kind_affiliation)ruled[t->class];
    switch (kind_class(t)) {
    case KIND_MILITARY: return kind_nation(t) == KIND_OTHER ? KIND_UNIDENTIFIED : KIND_FRIEND;
    case KIND_CIVIL: return KIND_NEUTRAL;
    case KIND_PRIMARY:
    case KIND_ANONYMOUS:
    case KIND_CLASSES: break;
    }
    return KIND_UNIDENTIFIED;
}

const char *kind_nation_code(enum kind_nation nation)
{
    static const char *const codes[KIND_NATIONS] = {"", "US", "CA", "MX", ""};
    return codes[nation];
}

const char *kind_class_text(enum kind_class class)
{
    static const char *const texts[KIND_CLASSES] = {"primary", "anonymous", "civil", "military"};
    return texts[class];
}
