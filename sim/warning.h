/* warning: how long before a nation's border or coast, or a place, straight flights from 580 NM out are known, and the way in that is seen least. */
#ifndef SIM_WARNING_H
#define SIM_WARNING_H

#include "sim/study.h"
#include <jansson.h>

#define WARNING_CONFIRM_S 36.0 /* three turns of an antenna of 12 s: a confirmed track, never the first plot */
#define WARNING_PLACES 256

struct warning_row {
    const char *sector;
    int kind, layer;
    double speed_kt;
    unsigned routes, unwarned;    /* those that arrive unknown */
    double p10_min, p50_min, least_min;
};
struct warning_way {
    int kind, layer;
    double length_m, seen_m, longest_unseen_m;
    unsigned places;
    struct geodetic place[WARNING_PLACES]; /* along it, from the outside on; of longer ways not every cell */
};
struct warning {
    unsigned rows, ways;
    struct warning_row row[160];
    struct warning_way way[8];
};

/* Of the volume as it is; defended: a nation as in config/areas/land.area, or LATITUDE,LONGITUDE of a place in degrees. False after a line on standard error. */
bool warning_measure(const struct study *s, const char *defended, struct warning *out);
/* than: the same after the change, or NULL. */
void warning_text(const struct warning *w, const struct warning *than, FILE *out);
json_t *warning_json(const struct warning *w);

#endif
