/* quirks: what a real radar does beyond the figures of its site: what a scenario may say of its radars, under one key each.
 *
 * All is off, or as is usual, where nothing is said (quirks_default). Means of plots are per turn, probabilities per plot. */
#ifndef SIM_WORLD_QUIRKS_H
#define SIM_WORLD_QUIRKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QUIRKS_SECTORS 4
#define QUIRKS_REFLECTORS 4
#define QUIRKS_EXPECTED 96

struct quirks {
    /* instead of what the scenario has for all radars, or their sites; negative: as those have it */
    double latency_s, jitter_s, false_plots, detection;
    /* registration errors that nobody is told of, beside those that the scenario draws */
    double bias_range_m, bias_azimuth_rad, bias_time_s;
    /* sight */
    bool straight;             /* rays are straight and nothing delays them; otherwise they are as in sensor/slant, SITE_EXPONENTIAL */
    unsigned blanks;           /* sectors in which it does not transmit; of a moving platform: clockwise from its nose */
    struct { double from_rad, width_rad; } blank[QUIRKS_SECTORS];
    double cone_rad;           /* greatest elevation of the beam; negative: as its type has it */
    double up_first_s, up_s, down_s; /* mean times between outages and of one, drawn by the seed; up_s 0: none. No outage before up_first_s */
    double storm_m;            /* out of order, too, while a storm's middle is nearer: as an aerostat that is brought down; 0: storms do not matter */
    bool announced;            /* while out of order it goes on turning and says that it must not be used (NOGO); otherwise it is silent */
    /* clutter of primary radars, beside the even false plots of the site */
    double ground_plots, ground_m; /* from fixed places within that distance */
    double sea_plots;          /* from patches of sea within its horizon */
    double weather_plots;      /* of each storm that is whole within sight */
    /* plots */
    double split, split_rad;   /* a second plot of the same aircraft, so far beside it at most */
    double code_error;         /* Mode A/C: a bit of the code is read wrong */
    double garble, swap;       /* of two whose replies overlap: codes are mixed; codes are exchanged */
    double reflectors;         /* number of surfaces near the site that mirror replies */
    double reflection;         /* of an aircraft in the mirror: that its image is reported as well */
    /* its time */
    double stamp_s;            /* times of plots are rounded down to multiples of this; 0: as the format has it */
    double clock_s;            /* its clock is so much ahead */
    bool clock_said;           /* and its messages say that their time is not to be trusted (TSV) */
    /* its line */
    bool trailer;              /* each datagram has a counter of eight octets behind its blocks */
};

struct quirks quirks_default(void);

/* What was said of some radars: the values, and for which keys there is one. */
struct quirks_said {
    struct quirks value;
    uint32_t keys; /* bit per row of the table */
};
/* Takes the text of a key: NULL, or what was expected ("a number from 0 to 1"; "" where the key is none), kept in room. A key that was there already
 * is wrong, too. */
const char *quirks_set(struct quirks_said *q, const char *key, const char *text, char room[QUIRKS_EXPECTED]);
/* Puts over q what was said. */
void quirks_apply(struct quirks *q, const struct quirks_said *said);

/* Whether a direction lies in a sector in which it does not transmit. */
bool quirks_blanked(const struct quirks *q, double azimuth_rad);

#endif
