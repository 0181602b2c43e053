/* loop_handoff: the loop's handoffs: settings into a desk with its journal, log and links (daemon/handoff.h), the picture's events into it, and commands. */
#ifndef DAEMON_LOOP_HANDOFF_H
#define DAEMON_LOOP_HANDOFF_H

#include "daemon/loop.h"
#include <jansson.h>

/* Sets l->handoff, NULL where the settings name no centres. False after a log line. */
bool loop_handoff_open(struct loop *l);
bool loop_handoff_close(struct loop *l);

/* All of them do nothing without handoffs. */
void loop_handoff_track(struct loop *l, const struct track_event *e);
void loop_handoff_report(struct loop *l, const struct report *r);
struct instant loop_handoff_deadline(const struct loop *l);
void loop_handoff_flush(struct loop *l, struct instant now);

/* "WORD TRACK|TRANSFER [CENTRE]", with the words of DESK_COMMANDS: 0, ERR_FORMAT, or desk_input_command's error; ERR_MISSING: no handoffs here. */
int loop_handoff_command(struct loop *l, const char *text);
/* Every dialogue under way; NULL: no handoffs here. */
json_t *loop_handoff_list(const struct loop *l);

#endif
