/* picture: the order of the pipeline: reports in, track events out. One object is one air picture.
 *
 * plot → sensor (registration, position, sector) → gate → cluster → assignment → IMM update → life and identity → event. A pure function
 * of its settings and of the sequence of (report, now): no clock, no input or output. `now` never goes backwards (assert). Before each
 * input the picture works off every deadline that is due, in (instant, sequence) order, at the instant it was due; therefore calling
 * expire late or often changes nothing. All storage is taken at birth.
 *
 * Method: IMM estimation (Blom, Bar-Shalom, IEEE TAC 33(8), 1988) in a local frame per track with the measurement in the sensor's polar
 * space; optimal assignment within clusters when a sector closes; existence by the sequential likelihood ratio (Sittler 1964; Blackman). */
#ifndef PICTURE_PICTURE_H
#define PICTURE_PICTURE_H

#include "air/notice.h"
#include "air/report.h"
#include "air/track.h"
#include "sensor/noise.h"
#include "sensor/registration.h"
#include "track/classify.h"
#include <stdbool.h>
#include <stddef.h>

struct picture;

struct picture_settings {
    uint32_t tracks;        /* capacity */
    uint32_t plots;         /* capacity of plots held back for their sector */
    uint32_t sensors;       /* capacity */
    double coast_max_s;     /* a track without a plot for so long is dropped whatever its existence */
    uint32_t plans;         /* capacity of flight plans; 0: they are passed over */
    uint32_t rules;         /* of classification, in their order (track/classify.h) */
    struct classify_rule rule[CLASSIFY_RULES];
    bool identity;          /* false: ignore codes, addresses and callsigns in association (for comparison) */
    bool sigma_maps;        /* false: plots scatter as they or settings say (for comparison) */
    bool registration;      /* false: biases are taken from settings alone (for comparison) */
    bool height_estimation; /* false: an echo's height stays what is usual, instead of coming out of the ranges of several radars (for comparison) */
    bool retro_merge;       /* false: two tracks of one aircraft stay two, and a lost one is not taken up again (for comparison) */
};
/* Sensible values for every member. */
struct picture_settings picture_settings_default(void);

/* NULL when memory is short. */
struct picture *picture_new(const struct picture_settings *s);
void picture_free(struct picture *p);

/* Makes a sensor known, or changes it (the site is copied): 0, ERR_FULL, ERR_RANGE. Also at run time. */
int picture_add_sensor(struct picture *p, const struct site *site);

/* Other rules of classification from now on, for all tracks; at most CLASSIFY_RULES. */
void picture_set_rules(struct picture *p, const struct classify_rule *rules, uint32_t count);

/* Takes one report (copied where needed). Unknown sources and impossible plots are counted, noticed and cost only themselves. */
void picture_input(struct picture *p, const struct report *r, struct instant now);
/* When expire must next be called; INSTANT_NEVER: nothing to wait for. */
struct instant picture_deadline(const struct picture *p);
void picture_expire(struct picture *p, struct instant now);

/* Hands out the events and notices that happened since the last call, in order; they are lent for the call. When nobody drains for long,
 * update events are counted as lost, new and drop events are kept. */
struct picture_sink {
    void (*event)(void *context, const struct track_event *e);
    void (*notice)(void *context, const struct notice *n);
    void *context;
};
void picture_drain(struct picture *p, const struct picture_sink *sink);

/* The tracks, by slot: for (i = 0; i < picture_slots(p); i++) if (picture_at(p, i, t, &track)) …  Confirmed ones only; predicted to t
 * (t at or after the last input's arrival; INSTANT_NONE: the state at its own time). False: nothing (confirmed) lives there. */
uint32_t picture_slots(const struct picture *p);
bool picture_at(const struct picture *p, uint32_t slot, struct instant t, struct track *out);

/* Counters, one row each, for metrics and for `airseam ctl status`. */
#define PICTURE_COUNTERS(X)                                                                                              \
    X(plots, "plots taken") X(plots_refused, "plots refused: impossible values") X(plots_unknown, "plots of unknown sources") \
    X(plots_used, "plots that updated a track") X(plots_started, "plots that began a track")                               \
    X(plots_left, "plots left unassigned") X(plots_late, "plots too late") X(plots_test, "test targets passed over")        \
    X(services, "service messages") X(sectors, "sectors closed") X(tracks_new, "tracks confirmed")                         \
    X(tracks_dropped, "tracks dropped") X(tracks_merged, "tracks merged") X(clusters, "clusters solved")                    \
    X(cluster_plots_max, "largest cluster, plots") X(overflow, "victims of full tables") X(events_lost, "events nobody drained") \
    X(plans, "flight plan messages") X(plans_refused, "flight plans refused: impossible, outdated")                        \
    X(plans_correlated, "tracks that got a flight plan") X(transponders_silent, "transponders that fell silent in flight") \
    X(tracks_fused, "tracks of other systems that were fused") X(plots_repeated, "plots that came twice") \
    X(adsb_agreed, "ADS-B positions that radar bore out") X(adsb_disagreed, "ADS-B positions that radar contradicted")           \
    X(adsb_refused, "ADS-B positions kept from their track") X(adsb_repeated, "ADS-B positions received again")             \
    X(duplicates, "plots with an address that is elsewhere")
struct picture_counters {
#define X(name, help) uint64_t name;
    PICTURE_COUNTERS(X)
#undef X
    uint32_t tracks_confirmed, tracks_tentative; /* now */
    uint32_t plans_held;
};
struct picture_counters picture_counters(const struct picture *p);

/* State of each sensor as the picture sees it, by its order of adding. */
struct picture_sensor {
    struct site site;
    bool alive;
    struct instant last;      /* latest plot or service message */
    double period_s;          /* measured; 0 unknown */
    uint64_t plots, services, used;
    double latency_s;         /* smoothed arrival - time */
    double residual_range_m, residual_azimuth_rad; /* smoothed innovation */
    struct noise_factor noise; /* seen, as a multiple of what is stated or nominal */
    struct registration_found registration; /* beyond the site's own bias; what is taken out of its plots */
};
uint32_t picture_sensors(const struct picture *p);
bool picture_sensor(const struct picture *p, uint32_t index, struct picture_sensor *out);

/* The digest of all events so far: equal for equal inputs on one machine. */
uint64_t picture_digest(const struct picture *p);

/* Snapshot: the whole state as bytes; a picture of equal settings and build that loads them goes on exactly as this one would.
 * load: 0, or ERR_FORMAT when the bytes are of another build, settings or are damaged (the picture is then as new). */
size_t picture_state_size(const struct picture *p);
size_t picture_save(const struct picture *p, void *out);
int picture_load(struct picture *p, const void *in, size_t size);

#endif
