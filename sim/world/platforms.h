/* platforms: sensors that are no radar at a place with the usual horizon: airborne radars on orbits, and radars over the horizon (config/platforms.csv).
 *
 * Each sends the tracks of its own tracker: for settings and feeds the row is a site of kind tracker; here it is the radar behind that. The simulator flies
 * them, coverage asks for sight from any instant of a lap: orbit_at(&p->orbit, t, &nose) puts the antenna (site_place), p->type and p->site go to sight_of,
 * p->quirks has the sectors that are blank, clockwise from the nose. Over the horizon (p->type.over_horizon) the antenna stands, and range band and sector are
 * in p->type. */
#ifndef SIM_WORLD_PLATFORMS_H
#define SIM_WORLD_PLATFORMS_H

#include "base/text.h"
#include "sensor/orbit.h"
#include "sensor/sight.h"
#include "sim/world/quirks.h"

#define PLATFORMS 32
#define PLATFORMS_FILE "config/platforms.csv"

struct platform {
    struct site site;        /* the radar; an airborne one at the first point of its orbit */
    struct sight_type type;
    double availability;     /* of its type */
    bool moving;
    struct orbit orbit;      /* with moving */
    struct quirks quirks;    /* its blanked sectors */
    double revisit_s;        /* over the horizon: from one look at a target to the next */
    bool meant;              /* by the terms */
};
struct platforms {
    unsigned count;
    struct platform platform[PLATFORMS];
};

/* All rows; those that the terms select (sim/world/select.h; NULL: all) are meant. False: a line in *errors for what is wrong. */
bool platforms_read(struct platforms *p, const char *where, struct text_out *errors);

#endif
