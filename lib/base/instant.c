/* instant: arithmetic on nanoseconds, and the day.
 *
 * Dates by the proleptic Gregorian calendar counted from 1 March (Hinnant, "chrono-compatible low-level date algorithms"): exact for
 * every day an int64 of nanoseconds can hold. Rejected: gmtime and mktime (a time zone is process state). */
#include "base/instant.h"

#include "base/err.h"
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#define NS_PER_S 1e9
#define LIMIT_NS 9.2e18 /* beyond this a sum would leave int64 */

struct instant instant_add(struct instant a, double seconds)
{
    assert(!isnan(seconds));
    if (!instant_is_set(a))
        return a;
    double ns = seconds * NS_PER_S;
    int64_t sum = 0;
    if (fabs(ns) >= LIMIT_NS || __builtin_add_overflow(a.ns, (int64_t)llround(ns), &sum))
        return ns > 0 ? INSTANT_NEVER : INSTANT_NONE;
    return (struct instant){sum};
}

double instant_diff(struct instant a, struct instant b)
{
    assert(instant_is_set(a) && instant_is_set(b));
    int64_t ns = 0;
    if (__builtin_sub_overflow(a.ns, b.ns, &ns))
        return ((double)a.ns - (double)b.ns) / NS_PER_S;
    return (double)ns / NS_PER_S;
}

struct instant instant_from_s(double seconds)
{
    return instant_add((struct instant){0}, seconds);
}

double instant_to_s(struct instant a)
{
    return instant_diff(a, (struct instant){0});
}

struct instant instant_midnight(struct instant a)
{
    assert(instant_is_set(a));
    int64_t into = a.ns % INSTANT_DAY_NS;
    if (into < 0)
        into += INSTANT_DAY_NS;
    return (struct instant){a.ns - into};
}

double instant_time_of_day(struct instant a)
{
    return (double)(a.ns - instant_midnight(a).ns) / NS_PER_S;
}

static double fold(double value, double period)
{
    double folded = fmod(value, period);
    if (folded < 0)
        folded += period;
    return folded < period ? folded : 0.0;
}

/* A day has no remainder, so one step from the day's own reading is enough. */
struct instant instant_nearest(double tod_s, struct instant near)
{
    assert(instant_is_set(near));
    double tod = tod_s >= 0.0 && tod_s < 86400.0 ? tod_s : fold(tod_s, 86400.0);
    int64_t into = near.ns % INSTANT_DAY_NS;
    int64_t step = llround(tod * NS_PER_S) - (into < 0 ? into + INSTANT_DAY_NS : into);
    if (step > INSTANT_DAY_NS / 2)
        step -= INSTANT_DAY_NS;
    else if (step < -INSTANT_DAY_NS / 2)
        step += INSTANT_DAY_NS;
    return (struct instant){near.ns + step};
}

/* The counter starts anew at each midnight too: 86400 is no multiple of 512. So each of three days offers its own nearest reading. */
struct instant instant_nearest_period(double count_s, double period_s, struct instant near)
{
    assert(period_s > 0 && instant_is_set(near));
    double count = fold(count_s, period_s);
    double last_turn = ceil((86400.0 - count) / period_s) - 1.0; /* greatest k with count + k period < 86400 */
    struct instant today = instant_midnight(near);
    struct instant best = INSTANT_NEVER;
    double best_gap = INFINITY;
    for (int day = -1; day <= 1; day++) {
        struct instant midnight = {today.ns + day * INSTANT_DAY_NS};
        double turn = round((instant_diff(near, midnight) - count) / period_s);
        turn = fmax(0.0, fmin(turn, last_turn));
        struct instant candidate = instant_add(midnight, count + turn * period_s);
        double gap = fabs(instant_diff(candidate, near));
        if (gap < best_gap) {
            best_gap = gap;
            best = candidate;
        }
    }
    return best;
}

/* Days since 1970-01-01 of year, month 1..12, day 1..31. */
static int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static void civil_from_days(int64_t days, int64_t *y, int64_t *m, int64_t *d)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *d = doy - (153 * mp + 2) / 5 + 1;
    *m = mp < 10 ? mp + 3 : mp - 9;
    *y = yoe + era * 400 + (*m <= 2);
}

static int digits(const char *text, int count, int64_t *out)
{
    *out = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return ERR_FORMAT;
        *out = *out * 10 + (text[i] - '0');
    }
    return 0;
}

int instant_parse_date(const char *text, struct instant *midnight)
{
    int64_t y, m, d, y2, m2, d2;
    if (digits(text, 4, &y) || text[4] != '-' || digits(text + 5, 2, &m) || text[7] != '-' || digits(text + 8, 2, &d) || text[10] != '\0')
        return ERR_FORMAT;
    if (m < 1 || m > 12 || d < 1 || d > 31)
        return ERR_FORMAT;
    int64_t days = days_from_civil(y, m, d);
    civil_from_days(days, &y2, &m2, &d2);
    if (y != y2 || m != m2 || d != d2 || y < 1700 || y > 2200) /* 31 February; int64 nanoseconds end in 2262 */
        return ERR_FORMAT;
    midnight->ns = days * INSTANT_DAY_NS;
    return 0;
}

void instant_print(struct instant a, char *out, unsigned size)
{
    if (!instant_is_set(a)) {
        snprintf(out, size, "%s", a.ns == INT64_MAX ? "never" : "none");
        return;
    }
    struct instant midnight = instant_midnight(a);
    int64_t y, m, d;
    civil_from_days(midnight.ns / INSTANT_DAY_NS, &y, &m, &d);
    int64_t ms = (a.ns - midnight.ns) / 1000000;
    snprintf(out, size, "%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64 ":%02" PRId64 ":%02" PRId64 ".%03" PRId64 "Z", y, m, d, ms / 3600000,
             ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}
