/* gap: the connected parts of the volume that nobody sees.
 *
 * Two places are connected when they share a side of their cells in one layer, or lie above each other in layers next to each other over the same cell.
 * The widest circle is the greatest that fits into the gap in one layer, from the exact Euclidean distance of every unseen place to what is seen or
 * outside the region (Felzenszwalb & Huttenlocher, Theory of Computing 8 (2012)). */
#ifndef COVERAGE_GAP_H
#define COVERAGE_GAP_H

#include "coverage/volume.h"

struct gap {
    double area_m2, volume_m3;    /* its shadow on the ground; its air (of the layers that bound air) */
    double floor_m, ceiling_m;    /* lowest and highest layer in it, above mean sea level */
    int lowest, highest;          /* those layers: the first and last of region_layer in it */
    double radius_m;              /* of the widest circle */
    uint32_t centre;              /* its cell */
    int layer;                    /* its layer */
};

struct gaps {
    uint32_t count, kept;
    double unseen_m3;             /* of all gaps */
    struct gap gap[];             /* the greatest by volume, then by area, then by first place: kept of them */
};

/* Only the layers whose bits are set are looked at. NULL when memory is short; the caller frees it with gap_free. */
struct gaps *gap_new(const struct volume *v, enum sight_kind kind, unsigned layers, uint32_t most);
void gap_free(struct gaps *g);

/* Seconds to cross the widest circle on its diameter. */
double gap_crossing_s(const struct gap *g, double speed_mps);

#endif
