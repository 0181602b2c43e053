/* player: a tape as it is played: frames in order into an engine, up to an instant, in slices; and back to any instant by the tape's snapshots. */
#ifndef DAEMON_PLAYER_H
#define DAEMON_PLAYER_H

#include "daemon/engine.h"
#include <stdbool.h>

struct player;

/* Maps the file and finds its frames and snapshots; a torn tail is passed over. NULL with *why. */
struct player *player_open(const char *path, const char **why);
void player_close(struct player *p);

/* The settings that the tape begins with, lent. */
const char *player_settings(const struct player *p, size_t *size);
struct instant player_first(const struct player *p);
struct instant player_last(const struct player *p);

/* Remembers the engine as it is, which must be new and of the tape's settings: the state before the first frame. False when memory is short. */
bool player_begin(struct player *p, const struct engine *e);
/* Puts frames up to `until` into the engine, for at most about budget_s: true when `until` was reached (or the tape is over). The engine is drained. */
bool player_run(struct player *p, struct engine *e, struct instant until, double budget_s);
/* Puts the engine where the latest snapshot at or before `to` was taken; player_run goes on from there. 0, or ERR_FORMAT when no state could be taken:
 * then the engine is as it was. */
int player_seek(struct player *p, struct engine *e, struct instant to);
/* Is every frame played? Snapshots on the tape. Frames that were damaged or refused. */
bool player_ended(const struct player *p);
uint32_t player_snapshots(const struct player *p);
uint64_t player_faults(const struct player *p);

#endif
