/* log: lines for people and machines: level=… event=… key=value …, on standard error (the journal reads the level from the <N> in front).
 *
 * Notices of the library come many to the second when a radar is ill: one line per kind and source in each period, the others counted. */
#ifndef DAEMON_LOG_H
#define DAEMON_LOG_H

#include "air/notice.h"
#include <stdint.h>

/* As settings' words: error, warning, info, debug. */
enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

struct log;

/* NULL when memory is short. */
struct log *log_new(void);
void log_free(struct log *l);
void log_set(struct log *l, enum log_level least, double notice_period_s);

/* One line: "level=info event=EVENT " and what format prints, which is key=value pairs. Values with spaces are the caller's to quote ("why=\"%s\""). */
void log_put(struct log *l, enum log_level level, const char *event, const char *format, ...) __attribute__((format(printf, 4, 5)));
/* A notice of the library; feed: where it came up, NULL: in the picture. */
void log_notice(struct log *l, const char *feed, const struct notice *n);

/* Notices so far, by kind, and those that were not logged. */
uint64_t log_notices(const struct log *l, unsigned kind);
uint64_t log_suppressed(const struct log *l);

#endif
