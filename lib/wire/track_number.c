/* track_number: a ring of free numbers, taken at its head, given back at its tail; and an open table from track to number.
 *
 * Tracks are numbered in order, so the table is addressed by the track's own low bits: tracks born together lie together in memory, which a
 * scattering hash would undo (measured: a third of the cost of a record of a thousand tracks and more). Removal shifts back (Knuth, TAOCP 3, 6.4, R). */
#include "wire/track_number.h"

#include <stdlib.h>

#define PLACES (1u << 17) /* at most half of them are taken */
#define PLACE(track) ((track) & (PLACES - 1))

struct track_number {
    uint32_t head, count;
    uint16_t free[TRACK_NUMBER_MOST];
    struct {
        uint32_t track;
        uint16_t number; /* 0: nobody's place */
    } held[PLACES];
};

struct track_number *track_number_new(void)
{
    struct track_number *n = calloc(1, sizeof *n);
    if (!n)
        return NULL;
    for (uint32_t k = 0; k < TRACK_NUMBER_MOST; k++)
        n->free[k] = (uint16_t)(k + 1);
    n->count = TRACK_NUMBER_MOST;
    return n;
}

void track_number_free(struct track_number *n)
{
    free(n);
}

/* The track's place, or the empty one where it would go. */
static uint32_t seek(const struct track_number *n, uint32_t track)
{
    uint32_t at = PLACE(track);
    while (n->held[at].number && n->held[at].track != track)
        at = PLACE(at + 1);
    return at;
}

uint16_t track_number_find(const struct track_number *n, uint32_t track)
{
    return n->held[seek(n, track)].number;
}

uint16_t track_number_add(struct track_number *n, uint32_t track, bool *fresh)
{
    uint32_t at = seek(n, track);
    *fresh = false;
    if (n->held[at].number || n->count == 0)
        return n->held[at].number;
    n->held[at].track = track;
    n->held[at].number = n->free[n->head];
    n->head = (n->head + 1) % TRACK_NUMBER_MOST;
    n->count--;
    *fresh = true;
    return n->held[at].number;
}

void track_number_remove(struct track_number *n, uint32_t track)
{
    uint32_t hole = seek(n, track);
    if (!n->held[hole].number)
        return;
    n->free[(n->head + n->count) % TRACK_NUMBER_MOST] = n->held[hole].number;
    n->count++;
    for (uint32_t at = PLACE(hole + 1); n->held[at].number; at = PLACE(at + 1)) {
        if (PLACE(at - PLACE(n->held[at].track)) < PLACE(at - hole)) /* its own place lies behind the hole: it may not move before it */
            continue;
        n->held[hole] = n->held[at];
        hole = at;
    }
    n->held[hole].number = 0;
}
