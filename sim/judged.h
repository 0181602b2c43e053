/* judged: what tracks are judged by: where every aircraft was, when a sensor saw it, and which slices of the account it belongs to.
 *
 * Files are those of `airseam simulate --truth` (sim/world/truth.h) and of tests/kit/gen.py. Slices: "all"; "kind:cooperative" and "kind:primary", where
 * plots tell who answered, "kind:silenced" of those whose transponder failed; "class:NAME" from targets.csv; "band:LOW-HIGHft" by the altitude of the truth; "nation:XX" by the land below, where config/areas is at hand;
 * "region:NAME" from an area file. */
#ifndef SIM_JUDGED_H
#define SIM_JUDGED_H

#include "score/score.h"
#include "sim/states.h"

struct judged_files {
    const char *truth;               /* a file, or a folder in which the others are too */
    const char *targets, *plots, *plots_truth, *areas; /* NULL: none, or the folder's */
};

struct judged_plot {
    double time_s;
    uint32_t target;
    bool answered; /* it carries a code, an address or a level */
};

#define JUDGED_CAUSES 16
struct judged_miss {
    double time_s;
    uint32_t target;
    uint8_t cause;
};

struct judged {
    struct states states;
    bool has_plots;        /* or messages of ADS-B */
    double *first_plot_s;  /* per aircraft: infinite when it has none */
    double *latest_plot_s, *latest_answer_s; /* per aircraft, while it is walked through: of all plots, of those that carry an answer */
    bool *cooperative;     /* per aircraft: a plot of it carries a code, an address or a level */
    struct judged_plot *plot;
    size_t plots, plot_room, next_plot;
    struct judged_miss *miss; /* looks of sensors that brought no plot (the folder's misses.csv), by aircraft and time */
    size_t misses, miss_room;
    bool has_misses; /* the file was there */
    char cause[JUDGED_CAUSES][16]; /* in lower case */
    uint32_t causes;
    double *silenced_s;    /* per aircraft: when its transponder failed; infinite: never */
    uint64_t answering, silenced; /* the slices of those whose transponder works, and of those whose failed */
    uint64_t *slices_of;   /* per aircraft: those that do not change with its place */
    char slice[SCORE_SLICES][40];
    uint32_t slices;
};

/* False: *error says what is wrong, with file and line. */
bool judged_open(struct judged *j, const struct judged_files *files, char *error, size_t error_size);
void judged_close(struct judged *j);

/* The instants of the truth that lie on the grid (grid_s after the first one; 0: all of them) within [from_s, to_s]: allocated, the caller frees; *count. */
double *judged_grid(const struct judged *j, double grid_s, double from_s, double to_s, size_t *count);
/* Whether aircraft had a plot within cover_s before time_s (all are seen where there are no plots); times must not decrease. */
void judged_see(struct judged *j, double time_s);
bool judged_seen(const struct judged *j, uint32_t target, double time_s, double cover_s);
/* Why most looks at an aircraft from from_s to to_s brought no plot ("horizon"); "range" where no sensor reaches it; NULL: it is not known. Lent. */
const char *judged_cause(const struct judged *j, uint32_t target, double from_s, double to_s);

#endif
