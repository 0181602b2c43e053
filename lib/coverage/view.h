/* view: which cells of a region one sensor sees, in which layers, by echoes and by replies.
 *
 * It comes in two steps, because the first is dear and depends on place, terrain and refraction alone: the reach (cells within range, with
 * direction, distance and the lowest height in sight), which may be kept as it is; and the view, for a stated target. */
#ifndef COVERAGE_VIEW_H
#define COVERAGE_VIEW_H

#include "coverage/region.h"
#include "sensor/horizon.h"
#include "sensor/sight.h"
#include <stdint.h>

struct view_reach_cell {
    uint32_t cell;
    float azimuth_rad, arc_m, lowest_m;
};
struct view_reach {
    double k, antenna_m, range_m;
    uint32_t cells;
    struct view_reach_cell cell[];
};

/* Sweeps (with h as working space) from the antenna over the ground and finds every cell within range_m. NULL when memory is short. */
struct view_reach *view_reach_new(const struct region *r, const struct terrain *ground, struct horizon *h, const struct frame *antenna, double k,
                                  double range_m);
size_t view_reach_size(uint32_t cells);
void view_reach_free(struct view_reach *reach);

struct view_cell {
    uint32_t cell;
    uint16_t layers[SIGHT_KINDS]; /* bit i: region_layer[i] */
};
struct view {
    uint32_t cells;
    struct view_cell cell[]; /* only those of which something is seen, ascending */
};

/* NULL when memory is short. */
struct view *view_new(const struct region *r, const struct view_reach *reach, const struct sight *s);
void view_free(struct view *v);

#endif
