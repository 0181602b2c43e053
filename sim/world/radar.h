/* radar: one radar as the simulator pretends it: where its beam meets a target, whether it sees it, and what it says it saw.
 *
 * The antenna turns evenly from north clockwise; a target is measured at the instant at which the beam crosses its azimuth. Errors are
 * Gaussian with the site's sigmas on top of the site's registration error (sensor/bias) and of the bending of rays where the site has it
 * (sensor/slant). Sight is the 4/3-earth radio horizon (sensor/horizon), over smooth ground or over terrain, less the cone above the beam. Secondary
 * detection has the channel's probability; primary detection follows the radar equation (sensor/sight).
 * All randomness of one look is a function of (seed, radar, target, turn): no radar or target disturbs another.
 * Times are seconds since the scenario's start; those inside plots are instants. */
#ifndef SIM_WORLD_RADAR_H
#define SIM_WORLD_RADAR_H

#include "air/plot.h"
#include "base/rng.h"
#include "sensor/sight.h"
#include "sim/world/aircraft.h"
#include <stdbool.h>
#include <stdint.h>

#define RADAR_SECTORS 32      /* marks a turn: 11.25 degrees */
#define RADAR_STATION_S 1.0   /* the "turn" of a station that hears ADS-B */
#define RADAR_PERIOD_MAX_S 14.0

/* What became of one look of one radar at one target. */
#define RADAR_OUTCOMES(X)                                                                                          \
    X(SEEN, "a plot came out") X(AWAY, "the beam did not cross it, or it was not in the air") X(FAR, "beyond the range") \
    X(NEAR, "nearer than the radar can listen") X(HORIZON, "below the radio horizon") X(TERRAIN, "hidden by the ground") X(CONE, "above the highest beam")   \
    X(MUTE, "it does not send what the sensor listens to") X(OUTAGE, "the radar was out of order") X(CHANCE, "in sight, but not detected")
enum radar_outcome {
#define X(name, text) RADAR_##name,
    RADAR_OUTCOMES(X)
#undef X
        RADAR_OUTCOME_COUNT
};
const char *radar_outcome_name(enum radar_outcome outcome); /* "HORIZON" */
const char *radar_outcome_text(enum radar_outcome outcome);

/* The site, and what only a simulator needs to know of it. The site's latency is from the end of a sector to the centre. */
#define RADAR_OUTAGES 16
struct radar_outage {
    double from_s, to_s;
};
struct radar_site {
    struct site site;
    unsigned category;       /* that it sends its plots in: 48 (with 34), 1 (with 2), 21, or PLOT_OUT_CD2 */
    bool fused;              /* its plots go to its nation's centre (scenario.h) and not out */
    double jitter_s;         /* of the latency, 1 sigma */
    unsigned outages;        /* while one lasts, it sees and says nothing */
    struct radar_outage outage[RADAR_OUTAGES];
};
bool radar_site_works(const struct radar_site *s, double time_s);

struct radar_plot {
    struct plot plot;
    uint32_t target; /* flight number, 0: a false plot */
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
    struct sight_type type;         /* as usual for the site */
    const struct horizon *ground;   /* what the terrain hides (lent); NULL: smooth ground. Set after radar_init */
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

/* What stands between the antenna and a target, given in its tangent frame and by its place: RADAR_SEEN where nothing does. */
enum radar_outcome radar_sight(const struct radar *r, struct vec3 enu, struct geodetic at);
/* Counts a look, and tells the observer. */
void radar_note(struct radar *r, const struct aircraft *t, double time_s, enum radar_outcome outcome);
/* What this turn's beam makes of a target: the number of plots (0, 1, seldom 2) written to out. Counted by outcome. */
#define RADAR_LOOK_MAX 2
unsigned radar_look(struct radar *r, const struct aircraft *t, struct radar_plot *out);

/* The stream of random numbers of this radar and turn for one purpose: a flight number, or one of the following. */
#define RADAR_STREAM_CLUTTER (AIRCRAFT_NUMBERS - 1)
#define RADAR_STREAM_LINK (AIRCRAFT_NUMBERS - 2)
struct rng radar_stream(const struct radar *r, uint32_t purpose);
/* A primary plot at a true place in polar coordinates, with errors. */
void radar_primary_plot(const struct radar *r, double time_s, double range_m, double azimuth_rad, struct rng *rng, struct plot *out);

#endif
