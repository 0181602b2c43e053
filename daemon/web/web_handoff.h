/* web_handoff: the desk's dialogues as the page lists them, and commands the other way.
 *
 * A dialogue between two centres of this node is one row, told from the giving side. A viewer sees the handoffs of tracks that release shows it. */
#ifndef DAEMON_WEB_WEB_HANDOFF_H
#define DAEMON_WEB_WEB_HANDOFF_H

#include "daemon/web/web_inside.h"

struct diary_entry;
struct web_handoffs;

/* NULL when memory is short. */
struct web_handoffs *web_handoff_new(struct web *w);
void web_handoff_free(struct web_handoffs *v);

/* What the desk says (also on the time line): steps of a dialogue, warnings, and what is measured when it is over. */
void web_handoff_event(struct web_handoffs *v, const struct diary_entry *e);
/* Differs when the list does. Call it once a second. */
uint64_t web_handoff_look(struct web_handoffs *v);

/* The list for the viewers of a scene, lent to the frame until web_handoff_said. */
struct web_handoff_list;
struct web_handoff_list *web_handoff_say(struct web_handoffs *v, struct scene *s, Airseam__Web__Frame *frame);
void web_handoff_said(struct web_handoff_list *l);

/* A viewer's command: NULL, or why not. */
const char *web_handoff_command(struct web_client *c, const Airseam__Web__HandoffCommand *a);
/* Who is responsible for a track: the centre's code, "" nobody. */
const char *web_handoff_owner(const struct web *w, uint32_t track);

#endif
