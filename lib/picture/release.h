/* release: who may see what. Every output asks here, for the nation of its viewer, before a track leaves the node: one place decides for all.
 *
 * Need to share: without a rule everything is released to everybody. A rule is an exception: to which viewers, for which tracks (all its conditions hold
 * together), what is withheld and how much later the rest is seen. Rules add up: what one withholds no other gives back; of delays the longest holds. */
#ifndef PICTURE_RELEASE_H
#define PICTURE_RELEASE_H

#include "air/kind.h"
#include "air/track.h"
#include "sensor/site.h"

struct release_nation {
    char code[3]; /* ISO 3166-1 alpha-2, NUL-ended */
};

/* X(NAME, word, text): what a rule can withhold. Kinematics that stay are exact; what is withheld is as if it had never been known. */
#define RELEASE_FIELDS(X)                                                                                                                \
    X(TRACK, "track", "the whole track") X(CALLSIGN, "callsign", "callsign, also of the plan") X(CODES, "codes", "Mode 3/A and Mode 2") \
    X(ADDRESS, "address", "24-bit address") X(LEVEL, "level", "altitude, height and climb") X(VELOCITY, "velocity", "speed, heading and turn") \
    X(ACCURACY, "accuracy", "covariance and probabilities") X(SENSORS, "sensors", "which sensors and kinds of plots support it, and when") \
    X(PLAN, "plan", "its flight plan") X(CLASS, "class", "identification by the operator's rules")
enum release_field {
#define X(name, word, text) RELEASE_##name,
    RELEASE_FIELDS(X)
#undef X
        RELEASE_FIELDS_COUNT
};

enum release_shape { RELEASE_EVERYWHERE, RELEASE_CIRCLE, RELEASE_BOX };
struct release_area {
    uint8_t shape; /* enum release_shape */
    struct geodetic centre;
    double radius_m;                             /* CIRCLE */
    double south_rad, west_rad, north_rad, east_rad; /* BOX; west > east: across the antimeridian */
};

/* Bits are 1u << the enum's value; no bit: any. */
struct release_rule {
    uint32_t viewers;  /* enum kind_nation: KIND_OTHER is every nation that is not US, CA or MX; none: all but the node's own */
    uint32_t classes;  /* enum kind_class of the track */
    uint32_t nations;  /* enum kind_nation of the track */
    uint32_t seen_by;  /* enum kind_nation of sensors: nobody else's support it now */
    struct release_area area; /* where the aircraft is, or is shown */
    uint32_t withhold; /* enum release_field */
    double delay_s;
    bool sensors;      /* the rule is of sensors: those of `seen_by` are not told of (place, state) to these viewers */
};

#define RELEASE_RULES 64
#define RELEASE_PASTS 8192 /* tracks whose past is kept for who sees later; whose is not kept is not shown to them */

struct release;

/* Without rules. NULL when memory is short. */
struct release *release_new(void);
void release_free(struct release *r);
/* The rules in force from now on (copied). 0, or ERR_FULL (too many rules): then everything is withheld from other nations until rules are set again. */
int release_set(struct release *r, const struct release_rule *rule, uint32_t rules, struct release_nation own);
/* A sensor's nation, for seen_by. */
void release_sensor(struct release *r, uint16_t source, const char nation[3]);
/* What happens to tracks, so that it can be shown later: every event, before it is put out. Without rules of delay it costs nothing. */
void release_note(struct release *r, const struct track *t);

/* Fills out with what the nation may see of the track at instant now; false: nothing. */
bool release_track(const struct release *r, struct release_nation viewer, const struct track *in, struct instant now, struct track *out);
/* May the nation know of the sensor? */
bool release_site(const struct release *r, struct release_nation viewer, const char nation[3]);

#endif
