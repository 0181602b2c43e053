/* station: what the picture keeps of each sensor while it runs: its rotation, the plots held back for its open sectors, its figures. */
#ifndef PICTURE_STATION_H
#define PICTURE_STATION_H

#include "sensor/noise.h"
#include "sensor/scan.h"
#include "sensor/site.h"

#define STATION_NONE UINT32_MAX
#define STATION_RECENT 256

/* Plain data. */
struct station {
    struct scan scan;
    uint32_t held_first, held_last; /* chain through the held plots in order of arrival, STATION_NONE: empty */
    struct instant seen;   /* latest time of a plot */
    struct instant replied; /* latest time of a plot with a reply, of any aircraft */
    struct instant closed; /* what the antenna saw before this has been associated */
    struct instant last;   /* latest arrival of anything */
    double late_s;         /* how far plots lie behind `seen` when they arrive: decaying maximum */
    double latency_s;      /* smoothed arrival - time */
    double residual_range_m, residual_azimuth_rad; /* smoothed innovation */
    double false_plots;    /* primary plots per turn that came to nothing: the site's figure until measured, then smoothed */
    struct noise noise;    /* what its plots really scatter by */
    uint32_t false_count;  /* since false_since */
    uint32_t unused;
    struct instant false_since;
    uint64_t plots, services, used;
    uint64_t recent[STATION_RECENT]; /* digests of plots, each at its own place */
};

void station_init(struct station *s, const struct site *site);
/* The plot came before: the same time and place to the last bit, by another way or sent again. Remembers it; of the latest STATION_RECENT it is certain. */
bool station_repeats(struct station *s, const struct plot *p);
/* A plot or message arrived. */
void station_hear(struct station *s, const struct plot *p);

/* Rotation period, measured or nominal; 0: does not rotate, or not known. */
double station_period(const struct station *s);
/* Density of plots that are no track's: false ones of the plot's kind, and new aircraft; 1/m2. */
double station_density(const struct station *s, const struct site *site, const struct plot *p);
/* A lone primary plot of it came to nothing at `now`. */
void station_add_false(struct station *s, struct instant now);

/* What the station should see of a target: probability of detection of the next look, 0 beyond its range, behind the horizon
 * or in the cone of silence above it. */
double station_detection(const struct site *site, bool replies, struct geodetic target);

#endif
