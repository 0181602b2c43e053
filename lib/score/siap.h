/* siap: the attributes of a single integrated air picture (Votruba et al., SIAP System Engineering Task Force TR 2001-001 to 003), summed over instants.
 *
 * J aircraft that should be seen, JT of them with at least one track, N tracks, NA of them that belong to an aircraft. Completeness JT / J (1 is best),
 * ambiguity NA / JT (1), spuriousness (N - NA) / N (0), positional accuracy the mean distance of the NA. */
#ifndef SCORE_SIAP_H
#define SCORE_SIAP_H

struct siap {
    double aircraft, tracked, tracks, associated; /* J, JT, N, NA */
    double distance_m, distances;                 /* sum, count */
};

/* Ratios; 0 where nothing is to be divided. */
double siap_completeness(const struct siap *s);
double siap_ambiguity(const struct siap *s);
double siap_spuriousness(const struct siap *s);
double siap_position_m(const struct siap *s);

#endif
