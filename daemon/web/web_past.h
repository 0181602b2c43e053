/* web_past: a viewer of the live picture goes back in time. Its connection is handed to a process of its own (airseamd --replay TAPE --adopt) over this run's
 * tape; the page notices nothing but the time. When it wants to be live again its connection ends with WEB_LIVE_AGAIN, and the page connects anew. */
#ifndef DAEMON_WEB_WEB_PAST_H
#define DAEMON_WEB_WEB_PAST_H

#include "daemon/web/web_inside.h"

#define WEB_PASTS 8           /* at once */
#define WEB_LIVE_AGAIN 4000   /* status of the closing */

/* NULL, or why the viewer cannot go back (static text). */
const char *web_past_why_not(const struct web *w);
/* Hands the client over, which is then gone; false: it stays. */
bool web_past_leave(struct web_client *c, struct instant to, uint32_t ask);
/* Every second: buries those that have ended. */
void web_past_look(struct web *w);

#endif
