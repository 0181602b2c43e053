/* score: tracks against truth, instant by instant, into one table of measures: for everything, and for every slice of the aircraft (a class, a band of
 * altitude, a region).
 *
 * The measures and their names are those of tests/kit/score.py, which is the reference; the rest is in the help of their rows. An aircraft that does not
 * count at an instant (nobody could see it, or it is not of the class that is judged) is neither missed there, nor is its track false. */
#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include "score/continuity.h"
#include "score/match.h"
#include <stdbool.h>
#include <stdint.h>

/* X(name, of, help): of WHOLE: not defined for slices, since a false track is of no aircraft. */
#define SCORE_MEASURES(X)                                                                                                              \
    X(instants, SLICE, "instants of the grid")                                                                                         \
    X(grid_s, SLICE, "seconds between them")                                                                                           \
    X(targets, SLICE, "aircraft that counted")                                                                                         \
    X(mean_targets, SLICE, "of them at an instant")                                                                                    \
    X(track_ids, WHOLE, "tracks in all")                                                                                               \
    X(mean_tracks, WHOLE, "tracks at an instant, but for those of aircraft that do not count")                                         \
    X(gospa_rms_m, WHOLE, "GOSPA (p 2, alpha 2), root of the mean square over instants")                                               \
    X(gospa_loc_m, SLICE, "its part from distances")                                                                                   \
    X(gospa_missed_m, SLICE, "its part from missed aircraft")                                                                          \
    X(gospa_false_m, WHOLE, "its part from false tracks")                                                                              \
    X(gospa_mean_m, WHOLE, "GOSPA, mean over instants")                                                                                \
    X(gospa_per_target_m, WHOLE, "gospa_rms_m by the root of mean_targets")                                                            \
    X(missed_per_instant, SLICE, "aircraft without a pair at an instant")                                                              \
    X(false_per_instant, WHOLE, "tracks without a pair at an instant")                                                                 \
    X(tgospa_ub_m, WHOLE, "upper bound of trajectory GOSPA: switches cost too")                                                        \
    X(siap_completeness, SLICE, "share of aircraft with a track")                                                                      \
    X(siap_ambiguity, SLICE, "tracks per aircraft with a track")                                                                       \
    X(siap_spuriousness, WHOLE, "share of tracks without an aircraft")                                                                 \
    X(siap_positional_accuracy_m, SLICE, "mean distance of a track from its aircraft")                                                 \
    X(siap_velocity_accuracy_mps, SLICE, "mean error of the velocity vector")                                                          \
    X(siap_number_changes_per_hour, WHOLE, "track numbers of an aircraft beyond its first, per hour with a track")                     \
    X(siap_longest_segment, SLICE, "longest time with one track, by time, over all aircraft")                                          \
    X(velocity_rms_mps, SLICE, "RMS error of the velocity vector")                                                                     \
    X(speed_rms_mps, SLICE, "RMS error of ground speed")                                                                               \
    X(heading_rms_deg, SLICE, "RMS error of track angle, degrees")                                                                     \
    X(id_switches, SLICE, "changes of an aircraft's track")                                                                            \
    X(id_switches_per_target_hour, SLICE, "the same per hour of an aircraft")                                                          \
    X(breaks, SLICE, "losses that ended in a track again")                                                                             \
    X(breaks_per_target_hour, SLICE, "the same per hour of an aircraft")                                                               \
    X(swaps, WHOLE, "changes of a track's aircraft")                                                                                   \
    X(tracks_per_target, WHOLE, "different tracks of an aircraft, mean")                                                               \
    X(targets_never_tracked, SLICE, "aircraft without any track")                                                                      \
    X(longest_segment_share, SLICE, "longest time with one track by time, mean over aircraft")                                         \
    X(coverage_share, SLICE, "share of its instants with a track, mean over aircraft")                                                 \
    X(single_id_targets_share, WHOLE, "share of aircraft with exactly one track")                                                      \
    X(init_delay_mean_s, SLICE, "from the first plot (or instant) to the first track")                                                 \
    X(init_delay_p95_s, SLICE, "its 95th percentile")                                                                                  \
    X(max_gap_p99_s, SLICE, "longest time without a track, 99th percentile over aircraft")                                             \
    X(false_tracks, WHOLE, "tracks that had no aircraft for more than half of their life")                                             \
    X(false_tracks_per_hour, WHOLE, "the same per hour")                                                                               \
    X(pos_rms_m, SLICE, "horizontal position error, RMS")                                                                              \
    X(pos_mean_m, SLICE, "mean")                                                                                                       \
    X(pos_p50_m, SLICE, "median")                                                                                                      \
    X(pos_p95_m, SLICE, "95th percentile")                                                                                             \
    X(pos_p99_m, SLICE, "99th percentile")                                                                                             \
    X(share_err_gt_2100m, SLICE, "share of larger errors than 2100 m")                                                                 \
    X(share_err_gt_926m, SLICE, "share of larger errors than 0.5 NM")                                                                  \
    X(share_err_correlated, SLICE, "share of instants in sets of three or more of these on end")                                       \
    X(along_rms_m, SLICE, "RMS error along the course")                                                                                \
    X(across_rms_m, SLICE, "RMS error across it")                                                                                      \
    X(alt_mean_abs_m, SLICE, "mean error of the altitude")                                                                             \
    X(share_alt_err_gt_300ft, SLICE, "share of larger errors than 300 ft")                                                             \
    X(update_share, SLICE, "share of the instants of all aircraft with a track")                                                       \
    X(long_gap_share, SLICE, "share of them within long gaps")

enum score_measure {
#define X(name, of, help) SCORE_##name,
    SCORE_MEASURES(X)
#undef X
    SCORE_COUNT
};
struct score_row {
    const char *name, *help;
    bool whole; /* not defined for slices */
};
extern const struct score_row score_row[SCORE_COUNT];

#define SCORE_SLICES 64 /* slice 0 is everything */

struct score_settings {
    struct match_settings match;
    double switch_m, step_s, long_gap_s; /* cost of a switch in tgospa_ub_m; between instants; what a long gap is */
    const double *first_plot_s;          /* lends for life: of each target; NULL: delays count from its first instant */
    bool chosen;                         /* errors are judged of aircraft that count alone */
    uint32_t slices;                     /* at least 1 */
    void (*gap)(void *context, const struct continuity_gap *gap); /* as gaps end; NULL: nobody asks */
    void *context;
};

struct score_mark {
    uint64_t slices;    /* bit per slice, bit 0 set */
    bool counts, seen;  /* seen: a sensor had it lately */
};
struct score_instant {
    double time_s;
    const struct match_state *targets, *tracks;
    const struct score_mark *marks; /* of each target */
    uint32_t n, k;
};

struct score;
/* NULL when memory is short. Memory: about 100 octets per aircraft and slice, 200 kB per slice. */
struct score *score_new(const struct score_settings *s);
void score_free(struct score *s);

/* In the order of time. */
void score_instant(struct score *s, const struct score_instant *in);
/* After the last: ends the open gaps, by number of aircraft. */
void score_end(struct score *s);

/* The measures of a slice; NaN: not defined. After score_end. */
void score_result(struct score *s, uint32_t slice, double value[SCORE_COUNT]);
/* Clusters that were not assigned optimally and pairs left out (score/match.h): 0 as long as the measures are exact. */
uint64_t score_inexact(const struct score *s);

#endif
