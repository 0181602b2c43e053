/* scene: the picture as one nation may see it, in the columns' integers, with what changed when. One for all viewers of that nation.
 *
 * The picture is looked through in parts, so that no wake-up is held for long: scene_look(part of parts) once a tick, all of them once a round. */
#ifndef DAEMON_WEB_SCENE_H
#define DAEMON_WEB_SCENE_H

#include "daemon/publish.h"
#include "wire/web_track.h"

struct scene_row {
    uint32_t number; /* 0: nothing for this nation in this slot */
    uint32_t plots, flags;
    struct instant at; /* for which row holds */
    struct web_track row;
    struct web_ident ident;
    uint64_t moved, named; /* the look (scene_looks) at which row, and ident, last changed */
};

struct scene;

/* The context is lent. NULL when memory is short. */
struct scene *scene_new(const struct publish_context *c, const char nation[3]);
void scene_free(struct scene *s);
const char *scene_nation(const struct scene *s);

/* Looks at a part of the picture's slots at instant now. False when memory is short: rows beyond it are missing. */
bool scene_look(struct scene *s, struct instant now, unsigned part, unsigned parts);
/* Forgets what it saw: the next look finds everything new. */
void scene_clear(struct scene *s);
/* Looks so far: grows by one with each. */
uint64_t scene_looks(const struct scene *s);
/* Rows by the picture's slot, lent until the next look; *count of them. */
const struct scene_row *scene_rows(const struct scene *s, uint32_t *count);
/* Tracks that the nation may see. */
uint32_t scene_tracks(const struct scene *s);
uint64_t scene_withheld(const struct scene *s);

#endif
