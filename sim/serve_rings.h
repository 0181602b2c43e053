/* serve_rings: the border of a set of cells as Rings of proto/web.proto. */
#ifndef SIM_SERVE_RINGS_H
#define SIM_SERVE_RINGS_H

#include "proto/web.pb-c.h"
#include "sim/study.h"

enum serve_what { SERVE_FOLD, SERVE_GAP, SERVE_REGION, SERVE_GAINED, SERVE_LOST };

/* FOLD: seen by at least `least`. GAP: by nobody. REGION: all. GAINED, LOST: seen before by nobody, or now by nobody. Places within the ground belong to none
 * but REGION. */
struct serve_set {
    const struct study *study;
    enum serve_what what;
    int kind, layer, least;
    const uint8_t *before; /* counts of the other set, per cell */
};

/* Fills out, which is the caller's to free by serve_rings_free. False when memory is short. */
bool serve_rings(const struct serve_set *set, Airseam__Web__Rings *out);
void serve_rings_free(Airseam__Web__Rings *r);

#endif
