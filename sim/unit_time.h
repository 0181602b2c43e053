/* unit_time: when a unit of ASTERIX came that does not say so: the latest time of day of its records, on the day that goes on from the unit before. */
#ifndef SIM_UNIT_TIME_H
#define SIM_UNIT_TIME_H

#include "base/instant.h"
#include "wire/asterix_block.h"
#include "wire/asterix_path.h"

#define UNIT_TIME_CATEGORIES 16
#define UNIT_TIME_ITEMS 4

/* Where a category's records have their times. */
struct unit_time_places {
    const struct asterix_category *category;
    unsigned items;
    struct asterix_place item[UNIT_TIME_ITEMS]; /* the first one that a record has counts */
};

struct unit_time {
    struct asterix_editions editions;
    struct instant date;   /* midnight of the first unit's day */
    struct instant latest; /* INSTANT_NONE before the first */
    unsigned strange;      /* units in a row whose time leaps */
    struct unit_time_places places[UNIT_TIME_CATEGORIES]; /* of the categories met so far */
    unsigned categories;
};

void unit_time_init(struct unit_time *t, struct instant date);
/* Never before the one it said last. INSTANT_NONE when nothing in the first unit has a time. A leap of more than a minute counts only when
 * UNIT_TIME_BELIEF units in a row make it: single records with damaged times do not carry the whole replay away. */
#define UNIT_TIME_BELIEF 8
struct instant unit_time_next(struct unit_time *t, const uint8_t *bytes, size_t size);

#endif
