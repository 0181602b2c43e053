/* ident: see ident.h. Codes: ICAO Doc 8168 and Annex 10 vol. IV 3.1.1.6; the shared ones are conspicuity codes of ICAO Doc 7030 and FAA JO 7110.66. */
#include "air/ident.h"

#include <string.h>

bool ident_mode_a_trusted(const struct ident *i)
{
    return (i->flags & (IDENT_MODE_A | IDENT_A_UNVALIDATED | IDENT_A_GARBLED)) == IDENT_MODE_A;
}

bool ident_code_is_emergency(uint16_t mode_a)
{
    return mode_a == 07500 || mode_a == 07600 || mode_a == 07700;
}

bool ident_code_is_shared(uint16_t mode_a)
{
    static const uint16_t shared[] = {0, 01000, 01200, 02000, 07000, 07777};
    for (size_t k = 0; k < sizeof shared / sizeof *shared; k++)
        if (mode_a == shared[k])
            return true;
    return false;
}

/* One character as a callsign may hold it, 0 where it may not; the alphabet is written out because letters need not be contiguous in C. */
static char normal(char c)
{
    static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", lower[] = "abcdefghijklmnopqrstuvwxyz";
    const char *at = c ? strchr(upper, c) : NULL;
    if (at)
        return *at;
    at = c ? strchr(lower, c) : NULL;
    return at ? upper[at - lower] : '\0';
}

bool ident_set_callsign(struct ident *i, const char *text, unsigned size)
{
    char name[IDENT_CALLSIGN_SIZE + 1] = {0};
    unsigned used = 0;
    bool ended = false;
    for (unsigned k = 0; k < size; k++) {
        if (text[k] == ' ' || text[k] == '\0') { /* padding: leading spaces are cut too, inner ones are refused */
            ended = used > 0;
            continue;
        }
        char c = normal(text[k]);
        if (!c || ended || used == IDENT_CALLSIGN_SIZE)
            return false;
        name[used++] = c;
    }
    if (used == 0)
        return false;
    memcpy(i->callsign, name, sizeof name);
    i->flags |= IDENT_CALLSIGN;
    return true;
}

void ident_merge(struct ident *into, const struct ident *from)
{
    const unsigned of_code = IDENT_MODE_A | IDENT_A_UNVALIDATED | IDENT_A_GARBLED | IDENT_A_SMOOTHED;
    unsigned flags = into->flags;
    if (ident_has(from, IDENT_MODE_S)) {
        into->mode_s = from->mode_s;
        flags = (flags & ~(unsigned)IDENT_NOT_ICAO) | (from->flags & (IDENT_MODE_S | IDENT_NOT_ICAO));
    }
    if (ident_has(from, IDENT_MODE_A)) {
        into->mode_a = from->mode_a;
        flags = (flags & ~of_code) | (from->flags & of_code);
    }
    if (ident_has(from, IDENT_MODE_2)) {
        into->mode_2 = from->mode_2;
        flags |= IDENT_MODE_2;
    }
    if (ident_has(from, IDENT_CALLSIGN)) {
        memcpy(into->callsign, from->callsign, sizeof into->callsign);
        flags |= IDENT_CALLSIGN;
    }
    flags = (flags & ~(unsigned)(IDENT_SPI | IDENT_EMERGENCY)) | (from->flags & (IDENT_SPI | IDENT_EMERGENCY));
    into->flags = (uint16_t)flags;
}
