/* calibrate: what a plot that a track took says of its sensor: innovation left over, and registration. */
#ifndef PICTURE_CALIBRATE_H
#define PICTURE_CALIBRATE_H

#include "picture/inside.h"

/* The track t has been corrected by the plot, with this judgement. */
void calibrate_take(struct picture *p, struct store_track *t, const struct filter_plot *plot, const struct filter_judgement *j);

/* Frees a plot that has just arrived of its sensor's bias: what settings say, and what has been found beyond it. */
/* Before filter_prepare: what is known there of the difference between pressure altitude and height. */
void calibrate_height(const struct picture *p, struct filter_plot *plot);

/* After site_fill: its sigmas become what the sensor's plots really scatter by. */
void calibrate_noise(const struct picture *p, uint32_t station, struct plot *plot);

void calibrate_plot(struct picture *p, uint32_t station, struct plot *plot);

#endif
