/* inside: the picture's own parts, for the files of this room only. */
#ifndef PICTURE_INSIDE_H
#define PICTURE_INSIDE_H

#include "base/cluster.h"
#include "base/heap.h"
#include "picture/outbox.h"
#include "picture/picture.h"
#include "picture/station.h"
#include "sensor/baro.h"
#include "sensor/registration.h"
#include "track/filter.h"
#include "track/plans.h"
#include "track/start.h"

#define INSIDE_BATCH 256      /* plots associated at one time; a fuller sector is taken in pieces */
#define INSIDE_CANDIDATES 16  /* tracks examined per plot; beyond, the overflow counter */
#define INSIDE_PAIRS (INSIDE_BATCH * INSIDE_CANDIDATES)
#define INSIDE_CLUSTER 64     /* plots, and tracks, of a cluster that is solved optimally */

/* A plot that waits for its sector. */
struct inside_held {
    struct plot plot;
    int64_t sector;
    uint32_t next; /* in its station's chain or in the chain of free ones */
    uint32_t unused;
};

/* Work space of one association, empty between calls. */
struct inside_batch {
    struct filter_plot plot[INSIDE_BATCH];
    uint32_t slots[INSIDE_BATCH][INSIDE_CANDIDATES];
    uint32_t found[INSIDE_BATCH];
    struct cluster_pair pair[INSIDE_PAIRS];
    double ratio[INSIDE_PAIRS];
};

struct picture {
    struct picture_settings settings;
    struct picture_counters counters;
    struct instant now;
    struct site_table *sites;
    struct baro *baro;
    struct registration *registration; /* by index of site */
    struct station *station;     /* by index of site */
    struct store *store;
    struct start *start;
    struct inside_held *held;
    uint32_t held_free;          /* first of the chain of free ones */
    uint32_t held_end;           /* one past the highest that was ever used */
    uint32_t victim;             /* slot that was looked at last for one that may give way */
    uint32_t unused;
    struct heap *sector_timers;  /* by station */
    struct heap *track_timers;   /* by slot */
    struct outbox *outbox;
    struct plans *plans;
    struct cluster *cluster;
    struct inside_batch *batch;
};

/* Says something at the instant being worked off (picture.c). */
void picture_notice(struct picture *p, enum notice_kind kind, uint16_t source, double a, double b);

#endif
