/* volume: how many sensors see each cell of each layer, how surely one of them works, and the figures that come of it.
 *
 * n-fold coverage is the part of an area or volume seen by at least n sensors (the "percent satisfied" of STK). Availability of a place is the
 * probability that at least one of the sensors that see it works: 1 - prod over groups g of (1 - A_g (1 - prod over its sensors k of (1 - A_k))), a group being what
 * fails as one (a power grid, a nation that leaves) with its own availability A_g, sensors otherwise independent. Sensors come and go in time
 * proportional to their cells; sums are integers, so that coming and going leaves no trace.
 * A layer stands for the air from its height to the next higher layer's over the same cell, seen as at its lower edge; the highest only bounds it. */
#ifndef COVERAGE_VOLUME_H
#define COVERAGE_VOLUME_H

#include "coverage/region.h"
#include "coverage/view.h"

#define VOLUME_FOLDS 4   /* at least 1, 2, 3, 4 */
#define VOLUME_GROUPS 8
#define VOLUME_MEETS 0.999

struct volume {
    const struct region *region; /* lent */
    double group_availability[VOLUME_GROUPS]; /* 1 at first */
    unsigned groups;
    uint8_t *count[SIGHT_KINDS];            /* cell * REGION_LAYERS + layer; at most 255 */
    uint32_t *doubt[SIGHT_KINDS][VOLUME_GROUPS]; /* -ln prod(1 - A_k) in units of 2^-16 */
};

/* groups 1 .. VOLUME_GROUPS. NULL when memory is short. */
struct volume *volume_new(const struct region *r, unsigned groups);
void volume_free(struct volume *v);

/* A sensor of a group with its availability (0 .. 1) joins, or leaves (exactly what it was when it joined). */
void volume_add(struct volume *v, const struct view *view, unsigned group, double availability);
void volume_remove(struct volume *v, const struct view *view, unsigned group, double availability);

/* Availability of a place. */
double volume_availability(const struct volume *v, enum sight_kind kind, uint32_t cell, int layer);

/* Parts of a scope (a set of cells), per layer; the last row is the volume. Areas in m2, volumes in m3. */
struct volume_figures {
    double whole;
    double folds[SIGHT_KINDS][VOLUME_FOLDS]; /* seen by at least n + 1 */
    double meets[SIGHT_KINDS];               /* availability at least VOLUME_MEETS */
    double expected[SIGHT_KINDS];            /* sum of area times availability */
};
#define VOLUME_ROWS (REGION_LAYERS + 1)

/* Adds up over scopes at once: of[i * of_stride ...] lists for cell i the scopes it is in, ended by -1; tables has scopes * VOLUME_ROWS rows. */
#define VOLUME_SCOPES_PER_CELL 8
void volume_measure(const struct volume *v, const int8_t (*of)[VOLUME_SCOPES_PER_CELL], unsigned scopes, struct volume_figures *tables);

/* What a view that is in the volume sees alone: area per layer and, last, the volume. Its loss costs that. */
void volume_alone(const struct volume *v, const struct view *view, double alone[SIGHT_KINDS][VOLUME_ROWS]);

/* Thickness of each layer's air over a cell, m (see above): 0 where the layer is within the ground. */
void volume_thickness(const struct region_cell *c, double thickness_m[REGION_LAYERS]);

#endif
