/* instant: a point in time in the picture's own clock.
 *
 * Every instant inside the library is in one clock that is handed in (wall time or a scenario's), counted in nanoseconds since
 * 1970-01-01T00:00:00Z without leap seconds. It never wraps at midnight. The type is a struct so that instants and durations
 * cannot be mixed by accident. 1/128 s, the time unit of ASTERIX, is exactly 7 812 500 ns. */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

struct instant {
    int64_t ns;
};

#define INSTANT_NEVER ((struct instant){INT64_MAX}) /* later than everything: "no deadline" */
#define INSTANT_NONE ((struct instant){INT64_MIN})  /* earlier than everything: "not yet" */
#define INSTANT_DAY_NS ((int64_t)86400 * 1000000000)

/* a + seconds, rounded to the nearest nanosecond; NEVER and NONE stay what they are, and a sum that leaves the type becomes one of them. */
struct instant instant_add(struct instant a, double seconds);

/* a - b in seconds; exact to a nanosecond for differences below 100 days. Neither may be NEVER or NONE. */
double instant_diff(struct instant a, struct instant b);

/* Negative, 0 or positive as a is before, at or after b. */
static inline int instant_cmp(struct instant a, struct instant b)
{
    return (a.ns > b.ns) - (a.ns < b.ns);
}

static inline bool instant_before(struct instant a, struct instant b)
{
    return a.ns < b.ns;
}

static inline bool instant_is_set(struct instant a)
{
    return a.ns != INT64_MAX && a.ns != INT64_MIN;
}

/* Seconds as double to an instant since the epoch, and back (for files that people write; about 0.2 us exact in this century). */
struct instant instant_from_s(double seconds);
double instant_to_s(struct instant a);

/* Midnight (00:00 UTC) of the day that holds a, and the seconds since then in [0, 86400). */
struct instant instant_midnight(struct instant a);
double instant_time_of_day(struct instant a);

/* The instant whose time of day is tod_s (may be outside [0, 86400)) that lies nearest to `near`: resolves ASTERIX time across midnight. */
struct instant instant_nearest(double tod_s, struct instant near);

/* As above for the time of day modulo period_s (CAT001's truncated time: 512 s; it starts anew at midnight, in the middle of a period). */
struct instant instant_nearest_period(double count_s, double period_s, struct instant near);

/* 00:00 UTC of a Gregorian date: 0, or ERR_FORMAT when text is not a YYYY-MM-DD of the years 1700 to 2200. */
int instant_parse_date(const char *text, struct instant *midnight);

/* "2026-11-21T01:31:03.123Z" (the rest of the millisecond is cut off), "never" or "none"; out takes at least 32 bytes. */
void instant_print(struct instant a, char *out, unsigned size);

#endif
