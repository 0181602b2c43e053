/* metrics: what the daemon counts, as Prometheus text (exposition format 0.0.4). */
#ifndef DAEMON_METRICS_H
#define DAEMON_METRICS_H

#include "daemon/loop.h"
#include <event2/buffer.h>

void metrics_print(struct loop *l, struct evbuffer *out);

#endif
