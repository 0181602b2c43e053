/* gospa: the generalised optimal sub-pattern assignment metric over time, and its parts (p 2, alpha 2; see score/match.h for the assignment).
 *
 * At an instant GOSPA^2 = sum of squared distances of pairs + cutoff^2 / 2 for every missed aircraft and every false track. Over time the root of the
 * mean of squares is taken. With a switch cost added where an aircraft changes its track it bounds the trajectory metric from above
 * (García-Fernández, Rahmathullah, Svensson, IEEE TSP 68, 2020), since the assignment is causal and not the best in hindsight. */
#ifndef SCORE_GOSPA_H
#define SCORE_GOSPA_H

#include <stdint.h>

struct gospa {
    double near_m2, missed, extra, switches;             /* of the instant at hand: squared distances; counts */
    double sum_m2, sum_near_m2, sum_missed, sum_extra, sum_switches, sum_root_m; /* of all instants */
    uint64_t instants;
};

/* An aircraft with its track, and one without; then false tracks and switches; then the instant ends. */
void gospa_pair(struct gospa *g, double distance_m);
void gospa_miss(struct gospa *g);
void gospa_false(struct gospa *g, uint32_t count);
void gospa_switch(struct gospa *g, uint32_t count);
void gospa_end(struct gospa *g, double cutoff_m);

struct gospa_result {
    double rms_m, mean_m;                    /* of GOSPA over instants */
    double near_m, missed_m, false_m;        /* its parts: their squares add up to rms_m^2 */
    double missed, extra;                    /* missed aircraft and false tracks at an instant, mean */
    double trajectory_m;                     /* with switches */
};
/* NaN everywhere when there was no instant. */
struct gospa_result gospa_result(const struct gospa *g, double cutoff_m, double switch_m);

#endif
