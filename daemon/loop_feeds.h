/* loop_feeds: opens and closes the loop's feeds so that they are those of the settings. */
#ifndef DAEMON_LOOP_FEEDS_H
#define DAEMON_LOOP_FEEDS_H

#include "daemon/loop.h"

/* Closes those that the settings no longer have, or have otherwise. */
void loop_feeds_close(struct loop *l, const struct settings *s);
/* Opens those that are not open; their units go to on_unit with the loop as context. Returns how many could not be opened (each is logged). */
unsigned loop_feeds_open(struct loop *l, const struct settings *s, void (*on_unit)(void *context, int number, const uint8_t *bytes, size_t size));

#endif
