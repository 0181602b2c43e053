/* route: ways in: the one that is seen least, and how long before the line a straight one is known.
 *
 * The minimum-exposure path (Meguerdichian et al., MobiCom 2001) goes from outside the region to a defended set of cells in one layer, over the
 * eight neighbours of each cell, so that the length of it that is seen is least, and among those its whole length (Dijkstra). */
#ifndef COVERAGE_ROUTE_H
#define COVERAGE_ROUTE_H

#include "coverage/volume.h"

struct route {
    double length_m, seen_m, longest_unseen_m; /* the last: its longest undetected stretch */
    uint32_t cells;
    uint32_t cell[]; /* from the outside to the defended cell */
};

/* defended: one octet per cell, not 0 for those to be reached. NULL when memory is short, or with *reached false where there is no way. */
struct route *route_new(const struct volume *v, enum sight_kind kind, int layer, const uint8_t *defended, bool *reached);
void route_free(struct route *r);

/* Warning time of a straight (geodesic) flight in one layer: from the confirmed track, confirm_s after it is first seen, to the arrival at `to`; 0 where it is
 * not confirmed before. */
struct route_flight {
    struct geodetic from, to;
    double speed_mps, confirm_s;
};
double route_warning_s(const struct volume *v, enum sight_kind kind, int layer, const struct route_flight *flight);

#endif
