// Plots and tracks for this folder's tests: one long-range radar at 40 N 90 W, aircraft in the plane east of it.
#ifndef TRACK_KIT_H
#define TRACK_KIT_H

#include "track/start.h"

struct site kit_site(uint16_t source, double lat_rad, double lon_rad);
struct instant kit_at(double s);
// A plot of the site without noise: a target at a place; height known where level is true.
struct filter_plot kit_plot(const struct site *site, double time_s, struct geodetic target, bool level);
// The place at distances east and north of 40 N 90 W.
struct geodetic kit_place(double east_m, double north_m, double height_m);

#endif
