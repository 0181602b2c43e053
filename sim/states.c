/* Names in an open hash (FNV-1a) that doubles; rows sorted once. */
#include "sim/states.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void *grow(void *array, size_t room, size_t size)
{
    void *more = realloc(array, room * size);
    assert(more);
    return more;
}

void states_fini(struct states *s)
{
    for (uint32_t i = 0; i < s->names; i++)
        free(s->name[i]);
    free(s->name);
    free(s->row);
    free(s->table);
    free(s->latest);
    *s = (struct states){0};
}

/* The cell of a name, or the empty one where it belongs. */
static uint32_t cell_of(const struct states *s, struct text name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (uint8_t)name.at[i]) * 16777619u;
    uint32_t cell = hash & (s->table_size - 1);
    while (s->table[cell] && !text_equal(name, s->name[s->table[cell] - 1]))
        cell = (cell + 1) & (s->table_size - 1);
    return cell;
}

static void widen(struct states *s)
{
    free(s->table);
    s->table_size = s->table_size ? 2 * s->table_size : 256;
    s->table = calloc(s->table_size, sizeof *s->table);
    assert(s->table);
    for (uint32_t i = 0; i < s->names; i++)
        s->table[cell_of(s, (struct text){s->name[i], strlen(s->name[i])})] = i + 1;
}

uint32_t states_find(const struct states *s, struct text name)
{
    uint32_t found = s->table_size ? s->table[cell_of(s, name)] : 0;
    return found ? found - 1 : MATCH_NONE;
}

uint32_t states_id(struct states *s, struct text name)
{
    uint32_t id = states_find(s, name);
    if (id != MATCH_NONE)
        return id;
    if (s->names == s->name_room) {
        s->name_room = s->name_room ? 2 * s->name_room : 128;
        s->name = grow(s->name, s->name_room, sizeof *s->name);
    }
    if (2 * (s->names + 1) > s->table_size)
        widen(s);
    char *copy = malloc(name.size + 1);
    assert(copy);
    memcpy(copy, name.at, name.size);
    copy[name.size] = '\0';
    uint32_t cell = cell_of(s, name);
    s->name[s->names] = copy;
    s->table[cell] = s->names + 1;
    return s->names++;
}

void states_add(struct states *s, const struct states_row *row)
{
    if (s->rows == s->room) {
        s->room = s->room ? 2 * s->room : 4096;
        s->row = grow(s->row, s->room, sizeof *s->row);
    }
    s->row[s->rows++] = *row;
}

static int by_time(const void *a, const void *b)
{
    const struct states_row *p = a, *q = b;
    if (p->time_s != q->time_s)
        return p->time_s < q->time_s ? -1 : 1;
    return (p->state.id > q->state.id) - (p->state.id < q->state.id);
}

void states_sort(struct states *s)
{
    bool sorted = true;
    for (size_t i = 1; sorted && i < s->rows; i++)
        sorted = by_time(&s->row[i - 1], &s->row[i]) <= 0;
    if (!sorted)
        qsort(s->row, s->rows, sizeof *s->row, by_time);
    free(s->latest);
    s->latest = calloc(s->names + 1, sizeof *s->latest);
    assert(s->latest);
    s->next = 0;
}

uint32_t states_at(struct states *s, double time_s, double hold_s, size_t *out)
{
    uint32_t n = 0;
    for (; s->next < s->rows && s->row[s->next].time_s <= time_s + STATES_EPSILON_S; s->next++)
        s->latest[s->row[s->next].state.id] = s->next + 1;
    for (uint32_t id = 0; id < s->names; id++) {
        if (s->latest[id] == 0)
            continue;
        const struct states_row *row = &s->row[s->latest[id] - 1];
        bool fresh = hold_s > 0 ? row->time_s > time_s - hold_s - STATES_EPSILON_S : fabs(row->time_s - time_s) <= STATES_EPSILON_S;
        if (fresh && !isnan(row->state.lat_rad))
            out[n++] = s->latest[id] - 1;
    }
    return n;
}
