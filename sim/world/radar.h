/* radar: one radar as the simulator pretends it: where its beam meets a target, whether it sees it, and what it says it saw.
 *
 * The antenna turns evenly from north clockwise; a target is measured at the instant at which the beam crosses its azimuth. Errors are
 * Gaussian with the site's sigmas on top of the site's registration error (sensor/bias) and of the delay of rays in the air
 * (sensor/slant). Sight is the radio horizon over an earth of 4/3 its radius (sensor/horizon), smooth or with terrain, less what is above and below the beam. Secondary
 * detection has the channel's probability; primary detection follows the radar equation (sensor/sight). What radars do beyond that: quirks.h.
 * All randomness of one look is a function of (seed, radar, target, turn): no radar or target disturbs another.
 * Times are seconds since the scenario's start; those inside plots are instants. */
#ifndef SIM_WORLD_RADAR_H
#define SIM_WORLD_RADAR_H

#include "air/plot.h"
#include "base/rng.h"
#include "sensor/orbit.h"
#include "sensor/sight.h"
#include "sim/world/aircraft.h"
#include "sim/world/quirks.h"
#include <stdbool.h>
#include <stdint.h>

#define RADAR_SECTORS 32      /* marks a turn: 11.25 degrees */
#define RADAR_STATION_S 1.0   /* the "turn" of a station that hears ADS-B */
#define RADAR_PERIOD_MAX_S 14.0

/* What became of one look of one radar at one target. */
#define RADAR_OUTCOMES(X)                                                                                          \
    X(SEEN, "a plot came out") X(AWAY, "the beam did not cross it, or it was not in the air") X(FAR, "beyond the range") \
    X(NEAR, "nearer than the radar can listen") X(HORIZON, "below the radio horizon") X(TERRAIN, "hidden by the ground")         \
    X(CONE, "above or below the beam") X(BLANKED, "in a sector that the radar leaves out")                                       \
    X(MUTE, "it does not send what the sensor listens to") X(OUTAGE, "the radar was out of order") X(CHANCE, "in sight, but not detected")
enum radar_outcome {
#define X(name, text) RADAR_##name,
    RADAR_OUTCOMES(X)
#undef X
        RADAR_OUTCOME_COUNT
};
const char *radar_outcome_name(enum radar_outcome outcome); /* "HORIZON" */
const char *radar_outcome_text(enum radar_outcome outcome);

/* What a plot comes from. */
#define RADAR_PLOT_KINDS_LIST(X) \
    X(TARGET) X(SPLIT) X(WRONG_CODE) X(GARBLED) X(SWAPPED) /* of an aircraft: its second plot; with a code misread, mixed, exchanged */ \
    X(REFLECTED)                                           /* an aircraft's image */                                                   \
    X(NOISE) X(GROUND) X(SEA) X(WEATHER)                   /* nothing that flies */
enum radar_plot_kind {
#define X(name) RADAR_PLOT_##name,
    RADAR_PLOT_KINDS_LIST(X)
#undef X
        RADAR_PLOT_KINDS
};
const char *radar_plot_kind_name(enum radar_plot_kind kind); /* "TARGET" */

/* The site, and what only a simulator needs to know of it. The site's latency is from the end of a sector to the centre. */
#define RADAR_OUTAGES 16
struct radar_outage {
    double from_s, to_s;
};
struct radar_site {
    struct site site;
    struct quirks quirks;
    struct sight_type type;  /* used where typed; otherwise as usual for the site */
    bool typed;
    bool moving;             /* on the orbit; the site's own place does not count */
    struct orbit orbit;
    double revisit_s;        /* of a radar over the horizon: it comes back to a target so seldom */
    unsigned category;       /* that it sends its plots in: 48 (with 34), 1 (with 2), 21, or PLOT_OUT_CD2 */
    unsigned centre;         /* its plots go to that one of the scenario's centres, counted from 1, and not out; 0: they go out */
    double jitter_s;         /* of the latency, 1 sigma */
    unsigned outages;        /* while one lasts, it sees and says nothing */
    struct radar_outage outage[RADAR_OUTAGES];
};
bool radar_site_works(const struct radar_site *s, double time_s);

struct radar_plot {
    struct plot plot;
    uint32_t target; /* flight number, 0: a false plot */
    uint32_t origin; /* flight number of whose reply it is, also where that was reflected */
    uint8_t kind;    /* enum radar_plot_kind */
};

struct radar;
/* Told of every look and what became of it; everything is lent for the call. */
struct radar_observer {
    void (*look)(void *context, const struct radar *r, const struct aircraft *t, double time_s, enum radar_outcome outcome);
    void *context;
};

struct radar {
    struct radar_site site;
    struct radar_observer observer; /* set by who wants to know */
    double sin_low, sin_high;       /* of the beam's elevations */
    double k;                       /* of the earth on which its rays are straight */
    const struct horizon *ground;   /* what the terrain hides (lent); NULL: smooth ground. Set after radar_init */
    struct frame ground_frame;      /* where that was swept */
    struct radar_reflector { double x_m, y_m, normal_x, normal_y, half_m; } reflector[QUIRKS_REFLECTORS];
    unsigned reflectors;
    uint64_t seed;
    struct instant start;   /* of the scenario */
    double north_s;         /* when the turn began that is looked at now */
    uint32_t turn;          /* its number */
    uint64_t outcomes[RADAR_OUTCOME_COUNT];
};

/* The site is copied; it must be a radar with a period, or an ADS-B station with a period of RADAR_STATION_S. The antenna's place at the start
 * comes from the seed. */
void radar_init(struct radar *r, const struct radar_site *site, uint64_t seed, struct instant start);
uint16_t radar_source(const struct radar *r);
double radar_turn_end_s(const struct radar *r);
void radar_next_turn(struct radar *r);

/* The site where it is at a time: its own, or `moved` with what the orbit says put in. */
const struct site *radar_stand(const struct radar *r, double time_s, struct site *moved);
/* Whether it does not transmit in a direction then. */
bool radar_blanked(const struct radar *r, double time_s, double azimuth_rad);
/* What stands between the antenna (of radar_stand) and a target, given in its tangent frame and by its place: RADAR_SEEN where nothing does. */
enum radar_outcome radar_sight(const struct radar *r, const struct site *stand, double time_s, struct vec3 enu, struct geodetic at);
/* Counts a look, and tells the observer. */
void radar_note(struct radar *r, const struct aircraft *t, double time_s, enum radar_outcome outcome);
/* What this turn's beam makes of a target: the number of plots (0, 1, seldom more) written to out. Counted by outcome, images apart. */
#define RADAR_LOOK_MAX (4 + QUIRKS_REFLECTORS)
unsigned radar_look(struct radar *r, const struct aircraft *t, struct radar_plot *out);

/* The stream of random numbers of this radar and turn for one purpose: a flight number, or one of the following. */
#define RADAR_STREAM_CLUTTER (AIRCRAFT_NUMBERS - 1)
#define RADAR_STREAM_LINK (AIRCRAFT_NUMBERS - 2)
#define RADAR_STREAM_GARBLE (AIRCRAFT_NUMBERS - 3)
struct rng radar_stream(const struct radar *r, uint32_t purpose);
/* A primary plot at a true place in polar coordinates, with errors. */
void radar_primary_plot(const struct radar *r, double time_s, double range_m, double azimuth_rad, struct rng *rng, struct plot *out);
/* The other plots of a look: sim/world/mirror.c. */
void radar_place_mirrors(struct radar *r);
unsigned radar_images(const struct radar *r, const struct aircraft *t, struct radar_plot *out);
/* For that: errors put into a plot whose range and azimuth are known, and what the transponder says. */
void radar_measure(const struct radar *r, double range_m, double azimuth_rad, struct rng *rng, struct plot *p);
void radar_reply(const struct radar *r, const struct aircraft *t, double hae_m, struct plot *p);

#endif
