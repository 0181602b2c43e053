/* observed: what a study predicts beside what happened: the truth of a run, the plots it brought and, where given, the tracks made of them.
 *
 * The truth is sampled. A sample is a place (cell, and the highest layer that is not above the aircraft) and a kind: cooperative while the aircraft's
 * transponder answers, otherwise non-cooperative. It is predicted where the volume counts a sensor of that kind there, and observed where the aircraft had a
 * plot of that kind (for aircraft that answer: one with an answer) within OBSERVED_WINDOW_S before. Of places with OBSERVED_LEAST samples or more
 * at least half must be observed for the place to be.
 *
 * Where both differ the reason is looked for in this order: the prediction stands for a whole cell and layer, and made for the very place it agrees
 * ("place"); made for the aircraft's own cross-section it agrees ("cross-section"); what the simulator says of the looks that brought no plot
 * ("chance", "outage", ...; "no look": there was none); a plot that was less probable than asked for ("chance"); "unexplained". */
#ifndef SIM_OBSERVED_H
#define SIM_OBSERVED_H

#include "sim/study.h"
#include <jansson.h>

#define OBSERVED_WINDOW_S 12.0 /* a turn of an en route antenna */
#define OBSERVED_LEAST 5
#define OBSERVED_CAUSES 20
#define OBSERVED_PLACES 64
#define OBSERVED_FLIGHTS 256

struct observed_row {
    unsigned samples, predicted, observed, tracked, agree;
    unsigned places, places_agree;
    unsigned missed[OBSERVED_CAUSES], unforeseen[OBSERVED_CAUSES]; /* samples predicted but not observed, and the other way round, by cause */
};

struct observed_place {
    int kind, layer;
    uint32_t cell;
    unsigned samples, observed;
    bool predicted;
};

/* A flight that began outside the nation, where it was neither predicted nor observed, and entered: minutes before that it was seen. */
struct observed_flight {
    char name[24];
    int kind;
    double entry_s, predicted_min, plot_min, track_min; /* track_min NaN: no tracks were given */
};

struct observed {
    struct observed_row row[SIGHT_KINDS][VOLUME_ROWS]; /* last: of all layers */
    char cause[OBSERVED_CAUSES][16];
    unsigned causes;
    struct observed_place place[OBSERVED_PLACES]; /* that differ, by falling number of samples */
    unsigned places;
    struct observed_flight flight[OBSERVED_FLIGHTS];
    unsigned flights, foreseen; /* the latter: entered, but were predicted or observed from the start */
    unsigned aircraft, outside; /* samples outside the region or below its lowest layer */
    bool tracks;
    char nation[8];
};

/* Of the volume as it is. truth: a folder of airseam simulate --truth; tracks: as for airseam evaluate, or NULL; nation: whose border or coast is watched (as
 * in config/areas/land.area), or NULL. False after a line on standard error. */
bool observed_measure(const struct study *s, const char *truth, const char *tracks, const char *nation, struct observed *out);
/* shown: at most so many places and flights. */
void observed_text(const struct observed *o, const struct study *s, unsigned shown, FILE *out);
json_t *observed_json(const struct observed *o, const struct study *s);

#endif
