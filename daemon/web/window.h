/* window: what one class of viewers is sent: a nation's scene through a viewport and filters, as deltas and keyframes. Viewers who want the same share one. */
#ifndef DAEMON_WEB_WINDOW_H
#define DAEMON_WEB_WINDOW_H

#include "daemon/web/blob.h"
#include "daemon/web/scene.h"

/* What the viewer wants, with every octet that is not used zero: compared as octets. */
struct window_want {
    int32_t south_e5, west_e5, north_e5, east_e5; /* all zero: the world */
    int32_t lowest_25ft, highest_25ft;
    uint32_t nations, classes, sources, layers; /* bits; 0: no filter. layers: enum Layer of web.proto */
    uint32_t ticks;                             /* between frames */
    char callsign[IDENT_CALLSIGN_SIZE];
};

struct window;

/* The scene is lent. NULL when memory is short. */
struct window *window_new(struct scene *s, const struct window_want *want);
void window_free(struct window *v);
const struct window_want *window_want(const struct window *v);
struct scene *window_scene(const struct window *v);

/* A viewport made wider, to steps of a sixteenth to an eighth of its size: who looks almost there shares it, and a small pan needs nothing new. */
void window_widen(struct window_want *w);

/* Puts into the frame what changed since the last window_delta, or all there is, and how many tracks are in it; holds are for Airseam__Web__Tracks and the
 * like in *room, which the caller lends until the frame is packed. False when memory is short. */
struct window_room;
struct window_room *window_room_new(void);
void window_room_free(struct window_room *r);
bool window_delta(struct window *v, struct instant now, struct window_room *room, Airseam__Web__Frame *frame);
bool window_keyframe(const struct window *v, struct instant now, struct window_room *room, Airseam__Web__Frame *frame);
/* Tracks in the last frame of either kind. */
uint32_t window_shown(const struct window_room *r);

#endif
