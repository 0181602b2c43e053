/* release: who may see what. Every output asks here, for the nation of its viewer, before a track leaves the node: one place decides for all.
 *
 * The first policy lets everything through; rows of class, field, area and delay come with the policy language and change nothing for callers. */
#ifndef PICTURE_RELEASE_H
#define PICTURE_RELEASE_H

#include "air/track.h"

struct release_nation {
    char code[3]; /* ISO 3166-1 alpha-2, NUL-ended */
};

struct release;

struct release *release_new(void);
void release_free(struct release *r);

/* Fills out with what the nation may see of the track at instant now; false: nothing. */
bool release_track(const struct release *r, struct release_nation viewer, const struct track *in, struct instant now, struct track *out);

#endif
