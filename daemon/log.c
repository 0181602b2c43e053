/* Rate limiting is by (kind, source) in a map that never grows; when it is full, new pairs share the kind's own entry. */
#include "daemon/log.h"

#include "base/map.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LOG_PAIRS 8192
#define LOG_LINE 2048

struct limit {
    int64_t next_ns; /* monotonic time of the next line */
    uint64_t suppressed;
};

struct log {
    enum log_level least;
    int64_t period_ns;
    bool journal; /* standard error is the journal: levels go in front */
    struct map *pairs;
    uint32_t used;
    uint64_t notices[NOTICE_KINDS], suppressed;
    struct limit limit[LOG_PAIRS];
};

static const char *const names[] = {[LOG_ERROR] = "error", [LOG_WARNING] = "warning", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"};
static const int priorities[] = {[LOG_ERROR] = 3, [LOG_WARNING] = 4, [LOG_INFO] = 6, [LOG_DEBUG] = 7}; /* syslog's */

struct log *log_new(void)
{
    struct log *l = calloc(1, sizeof *l);

    if (!l || !(l->pairs = map_new(LOG_PAIRS))) {
        free(l);
        return NULL;
    }
    l->journal = getenv("JOURNAL_STREAM") != NULL;
    l->used = NOTICE_KINDS; /* each kind's own entry */
    log_set(l, LOG_INFO, 30);
    return l;
}

void log_free(struct log *l)
{
    if (l) {
        map_free(l->pairs);
        free(l);
    }
}

void log_set(struct log *l, enum log_level least, double notice_period_s)
{
    l->least = least;
    l->period_ns = (int64_t)(notice_period_s * 1e9);
}

void log_put(struct log *l, enum log_level level, const char *event, const char *format, ...)
{
    char line[LOG_LINE];
    va_list args;
    int n;

    if (level > l->least) {
        return;
    }
    va_start(args, format);
    n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (l->journal) {
        fprintf(stderr, "<%d>", priorities[level]);
    }
    fprintf(stderr, "level=%s event=%s%s%s\n", names[level], event, n > 0 ? " " : "", line);
}

static struct limit *limit_of(struct log *l, const struct notice *n)
{
    uint64_t key = (uint64_t)n->kind << 16 | n->source;
    uint32_t slot = n->kind;

    if (map_find(l->pairs, key, &slot)) {
        return &l->limit[slot];
    }
    if (l->used < LOG_PAIRS && map_add(l->pairs, key, l->used) == 0) {
        slot = l->used++;
    }
    return &l->limit[slot];
}

void log_notice(struct log *l, const char *feed, const struct notice *n)
{
    static const enum log_level levels[] = {LOG_INFO, LOG_WARNING, LOG_ERROR};
    struct limit *limit = limit_of(l, n);
    struct timespec ts;
    int64_t now;

    l->notices[n->kind]++;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    now = (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
    if (now < limit->next_ns) {
        limit->suppressed++;
        l->suppressed++;
        return;
    }
    log_put(l, levels[notice_severity(n->kind)], notice_name(n->kind), "feed=%s sac=%u sic=%u a=%.6g b=%.6g suppressed=%llu text=\"%s\"", feed ? feed : "-",
            n->source >> 8, n->source & 255U, n->a, n->b, (unsigned long long)limit->suppressed, notice_text(n->kind));
    limit->next_ns = now + l->period_ns;
    limit->suppressed = 0;
}

uint64_t log_notices(const struct log *l, unsigned kind)
{
    return l->notices[kind];
}

uint64_t log_suppressed(const struct log *l)
{
    return l->suppressed;
}
