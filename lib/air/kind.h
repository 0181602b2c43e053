/* kind: whose a track is and what sort of flight it seems to be, by what it says itself: for release, filters and symbols.
 *
 * Nations by the blocks of 24-bit addresses (ICAO Annex 10 vol. III, table 9-1). Military: a Mode 2 reply, a flight plan of type M (ICAO Doc 4444, item 8), or an address of the blocks that those who
 * allot them give to their forces: in the United States what lies above the last of the registrations N1 to N99999 (ADF7C7), in Canada C20000 to C3FFFF. */
#ifndef AIR_KIND_H
#define AIR_KIND_H

#include "air/track.h"

enum kind_nation { KIND_UNKNOWN, KIND_US, KIND_CA, KIND_MX, KIND_OTHER, KIND_NATIONS };
enum kind_class {
    KIND_PRIMARY,   /* echoes: never replied */
    KIND_ANONYMOUS, /* replies, without address and callsign */
    KIND_CIVIL,
    KIND_MILITARY,
    KIND_CLASSES
};
/* Frames of MIL-STD-2525. */
enum kind_affiliation { KIND_UNIDENTIFIED, KIND_FRIEND, KIND_NEUTRAL, KIND_ASSUMED, KIND_SUSPECT, KIND_HOSTILE };

enum kind_nation kind_nation(const struct track *t);
enum kind_class kind_class(const struct track *t);
/* What the operator's rules made of it (track.class); while that is pending: military of the three nations are friends, what is civil is neutral. */
enum kind_affiliation kind_affiliation(const struct track *t);

/* ISO 3166-1 alpha-2, "" for unknown and other; "primary", "anonymous", "civil", "military". */
const char *kind_nation_code(enum kind_nation nation);
const char *kind_class_text(enum kind_class class);

#endif
