/* registration: what each sensor's bias is, found on line from the targets that several sensors see.
 *
 * Three plots of one aircraft make an equation: a sensor's two, and one of another sensor in between. The two, interpolated to the third's
 * time, should lie where the third lies; what is between them is the biases of both sensors, linear in (range, gain, azimuth, time) of each.
 * No track stands in the equation but for its velocity, so nothing that a biased track once learned comes back. A sensor without bias that
 * counts as reference (ADS-B that is trusted) has the second half of its columns zero. All equations are one linear least-squares problem in
 * information form with a weak prior at zero for every term: what the geometry cannot tell (a time bias that all have in common) stays there.
 * It is solved for one sensor at a time with its neighbours unknown beside it and everything further fixed as found last: Cholesky on at most
 * REGISTRATION_LINKS + 1 sensors, exact for networks of that size, overlapping block iteration (restricted Schwarz) for larger ones. Old
 * equations are forgotten with REGISTRATION_MEMORY_S, so that a slow drift is followed; a sensor most of whose equations contradict what is
 * held of it has jumped: its equations are forgotten at once.
 *
 * Model: Fischer, Muehe, Cameron, MIT Lincoln Laboratory TN 1980-40; least squares on plots of common targets: Dana, "Registration: a
 * prerequisite for multiple sensor tracking", in Bar-Shalom (ed.), Multitarget-Multisensor Tracking, 1990; with time and gain: US patent 8,054,215. */
#ifndef SENSOR_REGISTRATION_H
#define SENSOR_REGISTRATION_H

#include "sensor/equation.h"
#include <stddef.h>

#define REGISTRATION_LINKS 11       /* sensors that one is compared with; the pair with the fewest equations gives way */
#define REGISTRATION_PLOTS 10       /* of a track, that are remembered: two turns of three radars */
#define REGISTRATION_MEMORY_S 3600.0

/* The latest plots of one track, in order of time. Zeroed: none. */
struct registration_memory {
    uint32_t count, unused;
    struct equation_plot plot[REGISTRATION_PLOTS];
};

enum registration_state {
    REGISTRATION_UNKNOWN,      /* no equations yet */
    REGISTRATION_LEARNING,     /* some, not enough to say much */
    REGISTRATION_GOOD,
    REGISTRATION_INCONSISTENT, /* equations contradict each other: no four numbers explain this sensor */
    REGISTRATION_STATES
};

struct registration_found {
    struct bias bias;       /* estimate and variances */
    uint8_t state;          /* enum registration_state */
    double nis;             /* of its equations, smoothed: 1 where noise and biases explain them */
    double equations;       /* that are remembered */
    uint64_t refused;       /* equations that were outliers */
    uint64_t jumps;         /* times that all was forgotten */
};

struct registration;

/* NULL when memory is short. */
struct registration *registration_new(uint32_t sensors);
void registration_free(struct registration *r);

/* The bias that had been removed from a plot of this arrival, for equation_polar; what is in force is to be removed from one that arrives now. */
const double *registration_held(const struct registration *r, uint16_t sensor, struct instant arrival);

/* How the track flies there; and whether anything may be learned from its equations. */
struct registration_way {
    double ve_mps, vn_mps;
    bool learn;
};
/* Equations of a radar's plots and a position: those within and beyond chance by what is known of the radar's bias. A contradiction counts where the
 * radar's bias is known, agreement everywhere. */
struct registration_check {
    unsigned agree, disagree;
};
/* A plot of a track that flies straight: takes the equations that it completes with those remembered. */
void registration_input(struct registration *r, const struct registration_memory *m, const struct equation_plot *p, const struct registration_way *way,
                        struct registration_check *check);
/* Remembers it; the oldest gives way. */
void registration_remember(struct registration_memory *m, const struct equation_plot *p);

/* The sensor has not had so many equations yet that a sample of what comes would do. */
bool registration_wants(const struct registration *r, uint16_t sensor);

/* Solves for the sensor when its solution is REGISTRATION_PERIOD_S old. True when it was done. */
#define REGISTRATION_PERIOD_S 5.0
bool registration_solve(struct registration *r, uint16_t sensor, struct instant now);

/* What is to be removed from a plot that arrived at `arrival`: zero until something is known. The variances are of the estimate. */
struct bias registration_bias(const struct registration *r, uint16_t sensor, struct instant arrival);
void registration_found(const struct registration *r, uint16_t sensor, struct registration_found *out);
const char *registration_state_text(enum registration_state s);

size_t registration_state_size(const struct registration *r);
void registration_save(const struct registration *r, void *out);
/* 0, or ERR_FORMAT. */
int registration_load(struct registration *r, const void *in, size_t size);

#endif
