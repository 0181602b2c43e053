/* Time items by category (EUROCONTROL-SPEC-0149, the parts for each): the first of the paths that a record has. */
#include "sim/unit_time.h"

#include <math.h>

#define LEAP_S 60.0
#define TRUNCATED_PERIOD_S 512.0 /* of I001/141 */

static const struct { uint8_t category; const char *paths[UNIT_TIME_ITEMS]; } rows[] = {
    {1, {"141"}},  {2, {"030"}},  {19, {"140"}}, {20, {"140"}}, {21, {"073", "071", "077", "030"}}, {23, {"070"}},
    {34, {"030"}}, {48, {"140"}}, {62, {"070"}}, {63, {"030"}}, {65, {"030"}},
};

void unit_time_init(struct unit_time *t, struct instant date)
{
    *t = (struct unit_time){.date = instant_is_set(date) ? date : (struct instant){0}, .latest = INSTANT_NONE};
    asterix_block_editions(&t->editions);
}

static void find_places(struct unit_time_places *p, const struct asterix_category *category)
{
    p->category = category;
    p->items = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int k = 0; rows[i].category == category->number && k < UNIT_TIME_ITEMS && rows[i].paths[k]; k++)
            p->items += asterix_path_find(category, rows[i].paths[k], &p->item[p->items]) == 0;
}

/* The places of a category, found when it is met first; where more categories come than there is room for, the last ones take turns. */
static const struct unit_time_places *places_of(struct unit_time *t, const struct asterix_category *category)
{
    unsigned i = 0;
    while (i < t->categories && t->places[i].category != category)
        i++;
    if (i == t->categories) {
        i = i < UNIT_TIME_CATEGORIES ? i : UNIT_TIME_CATEGORIES - 1;
        t->categories = i + 1;
        find_places(&t->places[i], category);
    }
    return &t->places[i];
}

/* Time of day in seconds, or NaN. */
static double record_time(struct unit_time *t, const struct asterix_record *record)
{
    const struct unit_time_places *p = places_of(t, record->category);
    double seconds;
    for (unsigned i = 0; i < p->items; i++)
        if (asterix_path_si(record, &p->item[i], &seconds))
            return seconds;
    return (double)NAN;
}

static struct instant resolve(struct unit_time *t, const struct asterix_record *record, struct instant near)
{
    double seconds = record_time(t, record);
    if (isnan(seconds))
        return INSTANT_NONE;
    if (record->category->number == 1)
        return instant_nearest_period(seconds, TRUNCATED_PERIOD_S, instant_is_set(near) ? near : t->date);
    return instant_is_set(near) ? instant_nearest(seconds, near) : instant_add(t->date, seconds);
}

struct instant unit_time_next(struct unit_time *t, const uint8_t *bytes, size_t size)
{
    struct asterix_block block;
    struct asterix_record record;
    struct asterix_fault fault;
    struct instant best = INSTANT_NONE;
    asterix_block_open(&block, &t->editions, bytes, size);
    for (int code; (code = asterix_block_next(&block, &record, &fault)) != 0;) {
        struct instant at = code > 0 ? resolve(t, &record, t->latest) : INSTANT_NONE;
        best = at.ns > best.ns ? at : best;
    }
    if (best.ns <= t->latest.ns)
        return t->latest;
    if (instant_is_set(t->latest) && instant_diff(best, t->latest) > LEAP_S && ++t->strange < UNIT_TIME_BELIEF)
        return t->latest;
    t->strange = 0;
    return t->latest = best;
}
