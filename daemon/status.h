/* status: what the daemon knows of itself, as JSON for the control socket and /health. Walks the rows of counters (PICTURE_COUNTERS, DECODER_COUNTERS,
 * FEED_COUNTERS, PUBLISH_COUNTERS). */
#ifndef DAEMON_STATUS_H
#define DAEMON_STATUS_H

#include "daemon/loop.h"
#include <jansson.h>

/* New references, NULL without memory. */
json_t *status_all(struct loop *l);
json_t *status_sources(struct loop *l);
/* What was found of each sensor's bias. */
json_t *status_registration(struct loop *l);
json_t *status_tracks(struct loop *l);
json_t *status_clock(struct loop *l);
/* {"healthy": bool, "problems": [text]}. */
json_t *status_health(struct loop *l, bool *healthy);

#endif
