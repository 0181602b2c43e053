// Feeding a picture in tests: a whole sky, or single aircraft seen without noise; and a log of events as text.
#ifndef PICTURE_KIT_H
#define PICTURE_KIT_H

#include "base/text.h"
#include "picture/picture.h"
#include "support/sky.h"

struct kit {
    struct picture *picture;
    struct text_out log; // NEW and DROP events and notices, a line each, seconds since time zero first
    char text[8192];
    uint32_t new, update, drop;
    uint32_t notices[NOTICE_KINDS];
};

void kit_open(struct kit *k, const struct picture_settings *s); // NULL: default
void kit_close(struct kit *k);
struct site kit_radar(uint16_t source, double lat_deg, double lon_deg, double period_s);
// A plot of an aircraft standing at `at`, as the radar sees it without noise; flags and ident as given; Mode C with PLOT_SECONDARY.
struct plot kit_plot(const struct site *radar, double time_s, struct geodetic at, uint32_t flags, struct ident ident);
// The aircraft's looks by one radar from begin to end (seconds): one plot a turn, when the antenna points at it; fed at once.
struct kit_flight {
    struct geodetic from;     // at time zero
    double east_mps, north_mps;
    uint32_t flags;
    struct ident ident;
};
struct geodetic kit_where(const struct kit_flight *f, double time_s);
// Feeds plots of several flights and radars, in order of time; *count flights, radars.
void kit_fly(struct kit *k, const struct kit_flight *flights, unsigned count, const struct site *radars, unsigned radar_count, double begin_s, double end_s);
void kit_input(struct kit *k, const struct plot *p);
void kit_expire(struct kit *k, double time_s);
// Feeds a whole sky; returns the digest.
uint64_t kit_sky(struct kit *k, const struct sky *sky);

#endif
