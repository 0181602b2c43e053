/* track_number: sixteen-bit track numbers for outputs whose tracks have wider ones.
 *
 * Numbers 1..65535. One that was given back goes to the end of the line, so that it comes again only after every other free one: with a
 * thousand tracks and ten new ones a second, after an hour and three quarters. */
#ifndef WIRE_TRACK_NUMBER_H
#define WIRE_TRACK_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#define TRACK_NUMBER_MOST 65535

struct track_number;

/* NULL when memory is short. */
struct track_number *track_number_new(void);
void track_number_free(struct track_number *n);

/* The short number of a track, 0 when it has none. */
uint16_t track_number_find(const struct track_number *n, uint32_t track);
/* The same, given when it has none; *fresh says so. 0: all are in use. */
uint16_t track_number_add(struct track_number *n, uint32_t track, bool *fresh);
/* Gives the track's number back; nothing happens when it has none. */
void track_number_remove(struct track_number *n, uint32_t track);

#endif
