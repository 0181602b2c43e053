/* plot_out: what one sensor reports, as ASTERIX: plots as 048 with service messages as 034, or as 001 with 002 (older radars), or ADS-B as 021 (2.7) with status as 023; or not as ASTERIX: as the
 * messages of a CD-2 line (wire/cd2.h).
 *
 * Times of day come from plot.time and service.time. What a category cannot say is left out, as target_from.c and status.c tell. */
#ifndef WIRE_PLOT_OUT_H
#define WIRE_PLOT_OUT_H

#include "air/report.h"
#include "wire/out.h"

#define PLOT_OUT_CD2 256 /* no category */

struct plot_out;

/* category: 48, 1, 21, or PLOT_OUT_CD2. NULL when memory is short. */
struct plot_out *plot_out_new(unsigned category);
void plot_out_free(struct plot_out *o);

/* 0; ERR_UNKNOWN: this category cannot say it (plans, announced sensors, a geodetic plot as 048 …); ERR_RANGE: a value does not fit (range beyond
 * 256 NM in 048, 512 NM in 001 and CD-2). Both: nothing was added. */
int plot_out_input(struct plot_out *o, const struct report *r, const struct out_sink *sink);
void plot_out_drain(struct plot_out *o, const struct out_sink *sink);

#endif
