/* track_number: a ring of free numbers, taken at its head, given back at its tail. */
#include "wire/track_number.h"

#include <stdlib.h>

#include "base/map.h"

struct track_number {
    struct map *held; /* track → short number */
    uint32_t head, count;
    uint16_t free[TRACK_NUMBER_MOST];
};

struct track_number *track_number_new(void)
{
    struct track_number *n = calloc(1, sizeof *n);
    if (!n || !(n->held = map_new(TRACK_NUMBER_MOST))) {
        track_number_free(n);
        return NULL;
    }
    for (uint32_t k = 0; k < TRACK_NUMBER_MOST; k++)
        n->free[k] = (uint16_t)(k + 1);
    n->count = TRACK_NUMBER_MOST;
    return n;
}

void track_number_free(struct track_number *n)
{
    if (!n)
        return;
    map_free(n->held);
    free(n);
}

uint16_t track_number_find(const struct track_number *n, uint32_t track)
{
    uint32_t number = 0;
    return map_find(n->held, track, &number) ? (uint16_t)number : 0;
}

uint16_t track_number_add(struct track_number *n, uint32_t track, bool *fresh)
{
    uint16_t number = track_number_find(n, track);
    *fresh = false;
    if (number || n->count == 0)
        return number;
    number = n->free[n->head];
    n->head = (n->head + 1) % TRACK_NUMBER_MOST;
    n->count--;
    (void)map_add(n->held, track, number); /* as roomy as there are numbers */
    *fresh = true;
    return number;
}

void track_number_remove(struct track_number *n, uint32_t track)
{
    uint16_t number = track_number_find(n, track);
    if (!number)
        return;
    (void)map_remove(n->held, track);
    n->free[(n->head + n->count) % TRACK_NUMBER_MOST] = number;
    n->count++;
}
