/* sector: plots that came together are associated together: those of one sector of one sensor, against tracks, then against lone plots. */
#ifndef PICTURE_SECTOR_H
#define PICTURE_SECTOR_H

#include "picture/inside.h"

/* Holds the plot back until its sector closes; false when there is no room. */
bool sector_add(struct picture *p, uint32_t station, const struct plot *plot, int64_t sector);
/* Associates everything held for sectors up to this one. */
void sector_close(struct picture *p, uint32_t station, int64_t sector);
/* Associates one plot at once. */
void sector_take(struct picture *p, const struct filter_plot *plot);
/* All free: at birth. */
void sector_reset(struct picture *p);

#endif
