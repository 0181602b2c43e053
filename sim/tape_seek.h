/* tape_seek: the snapshot of a tape from which a replay may begin, so that what lies before it need not be worked through. */
#ifndef SIM_TAPE_SEEK_H
#define SIM_TAPE_SEEK_H

#include "daemon/engine.h"

/* The last snapshot at or before `from`: its frame's offset in the file, 0 when there is none. By the index of a closed tape, else frame by frame. */
uint64_t tape_seek_find(const char *path, struct instant from);
/* Puts the snapshot there into the engine (which has the tape's settings and feeds): 0, ERR_FORMAT when the frame or its state is none, ERR_MEMORY. */
int tape_seek_load(const char *path, uint64_t offset, struct engine *e);

#endif
