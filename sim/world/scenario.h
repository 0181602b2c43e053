/* scenario: all that decides what the simulator makes. Equal scenarios give equal bytes. */
#ifndef SIM_WORLD_SCENARIO_H
#define SIM_WORLD_SCENARIO_H

#include "sim/world/radar.h"
#include <stddef.h>

struct settings; /* settings/settings.h */

struct scenario {
    uint64_t seed;
    struct instant start;
    double duration_s;
    uint32_t aircraft;       /* flying at any time */
    double silent;           /* share of them without transponder; negative: as their classes have it */
    bool in_reach;           /* flights under way at the start are where some radar might see them */
    char traffic[256];       /* folder of airports.csv and pairs.csv */
    /* for every radar, where not negative: instead of what its site has */
    double latency_s, jitter_s, false_plots, detection;
    uint32_t radars;
    struct radar_site *radar;
};

struct scenario scenario_default(void);
void scenario_fini(struct scenario *s);

/* Adds those of the sites that are radars and turn. False: memory was short. */
bool scenario_add_sites(struct scenario *s, const struct settings *settings);
/* "2026-06-01T12:00:00Z", also without seconds, or "now": false when it is neither. */
bool scenario_parse_start(const char *text, struct instant *out);

#endif
