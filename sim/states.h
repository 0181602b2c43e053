/* states: where things were: rows of (time, whose, state) under names of any kind, and what holds at an instant. Truth and tracks alike.
 *
 * Everything is kept: 72 octets a row. Memory that is short ends the program: a judgement that lacks rows would be wrong. */
#ifndef SIM_STATES_H
#define SIM_STATES_H

#include "base/text.h"
#include "score/match.h"
#include <stdbool.h>
#include <stddef.h>

struct states_row {
    double time_s;            /* since midnight of the first day */
    struct match_state state; /* lat_rad NaN: it ends here */
    uint64_t slices;          /* of truth: what it belongs to (score/score.h) */
};

struct states {
    struct states_row *row;
    size_t rows, room;
    char **name; /* of each id */
    uint32_t names, name_room;
    uint32_t *table; /* hash of names: id + 1, 0 empty */
    uint32_t table_size;
    /* while it is walked through */
    size_t next;
    size_t *latest; /* per id: its newest row + 1 */
};

void states_fini(struct states *s);
/* The id of a name, new or known; and without making one: MATCH_NONE. */
uint32_t states_id(struct states *s, struct text name);
uint32_t states_find(const struct states *s, struct text name);
void states_add(struct states *s, const struct states_row *row);
/* After the last row: puts them in order of time (and id), for states_at. */
void states_sort(struct states *s);

/* The newest row of everything at time_s, no older than hold_s (0: of that instant): indices of rows by id, at most `names`; returns how many. Rows that end
 * something are left out. Times must not decrease from call to call. */
#define STATES_EPSILON_S 1e-3
uint32_t states_at(struct states *s, double time_s, double hold_s, size_t *out);

#endif
