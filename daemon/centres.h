/* centres: the centres files and the areas beside them, as lib/handoff wants them. */
#ifndef DAEMON_CENTRES_H
#define DAEMON_CENTRES_H

#include "base/text.h"
#include "handoff/desk.h"

/* From files read one behind the other (settings/settings_centres.h); areas/centres.area lies beside the first. Fills *desk (hosts: all here). NULL with a line
 * per mistake in *errors. */
struct centres *centres_open(const char *const *paths, uint32_t count, struct desk_settings *desk, struct text_out *errors);

/* Which centres are whose: those of the nations in `here` (codes behind each other, "USCA"; "": all) are this node's, those of `nation` are peer's. */
void centres_host(const struct centres *c, struct desk_settings *desk, const char *here);
void centres_peer(const struct centres *c, struct desk_settings *desk, const char *nation, uint8_t peer);

#endif
