/* Every unseen place that a candidate sees has a signature, the list of those candidates; places of one signature are merged by a hash table,
 * which takes the problem from a million places to some thousand elements. Signatures are built place by place in one pass over lists sorted by
 * cell. Greedy then works on elements alone. */
#include "coverage/choose.h"

#include "base/digest.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct element {
    double weight;
    uint32_t first, count; /* in seen_by */
};

struct choose {
    uint32_t candidates, elements, table_size, words;
    double cost[CHOOSE_CANDIDATES];
    struct element *element;
    uint32_t *table;    /* hash to element + 1 */
    uint16_t *seen_by;
    uint32_t *list, list_first[CHOOSE_CANDIDATES + 1]; /* the elements of each candidate */
    uint8_t *marks;     /* working space: elements already seen */
};

/* At most so many (candidate, place) there are; memory that is not touched costs nothing. */
static uint32_t sightings(const struct choose_candidate *candidate, uint32_t candidates)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < candidates; i++)
        for (uint32_t k = 0; candidate[i].view && k < candidate[i].view->cells; k++)
            for (int kind = 0; kind < SIGHT_KINDS; kind++)
                for (unsigned bits = candidate[i].view->cell[k].layers[kind]; bits; bits &= bits - 1)
                    count++;
    return count;
}

static void add_place(struct choose *c, const uint16_t *seen_by, uint32_t count, double weight)
{
    uint64_t hash = digest_add(DIGEST_START, seen_by, count * sizeof *seen_by);
    uint32_t slot = (uint32_t)(hash % c->table_size);

    for (; c->table[slot]; slot = (slot + 1) % c->table_size) {
        struct element *e = &c->element[c->table[slot] - 1];
        if (e->count == count && memcmp(c->seen_by + e->first, seen_by, count * sizeof *seen_by) == 0) {
            e->weight += weight;
            return;
        }
    }
    memcpy(c->seen_by + c->words, seen_by, count * sizeof *seen_by);
    c->element[c->elements] = (struct element){weight, c->words, count};
    c->words += count;
    c->table[slot] = ++c->elements;
}

/* All unseen places of one cell; which candidates have the cell stands in here[], their entries in at[]. */
static void add_cell(struct choose *c, const struct volume *v, const struct choose_weight *w, const struct view_cell *const *at, const uint16_t *here,
                     uint32_t count)
{
    const struct region_cell *cell = &v->region->cell[at[0]->cell];
    uint16_t seen_by[CHOOSE_CANDIDATES];
    double thickness[REGION_LAYERS];

    volume_thickness(cell, thickness);
    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        for (int layer = 0; layer < REGION_LAYERS; layer++) {
            double weight = w->kind[kind] * v->region->cell_m2 * (w->by_area ? 1 : thickness[layer]);
            uint32_t n = 0;
            if (!(w->layers >> layer & 1) || weight <= 0 || v->count[kind][(size_t)at[0]->cell * REGION_LAYERS + (size_t)layer] > 0)
                continue;
            for (uint32_t i = 0; i < count; i++)
                if (at[i]->layers[kind] >> layer & 1)
                    seen_by[n++] = here[i];
            if (n > 0)
                add_place(c, seen_by, n, weight);
        }
}

/* Walks all views at once, cell by cell. */
static void merge(struct choose *c, const struct volume *v, const struct choose_candidate *candidate, const struct choose_weight *w)
{
    uint32_t next[CHOOSE_CANDIDATES] = {0};

    for (;;) {
        const struct view_cell *at[CHOOSE_CANDIDATES];
        uint16_t here[CHOOSE_CANDIDATES];
        uint32_t cell = UINT32_MAX, count = 0;
        for (uint32_t i = 0; i < c->candidates; i++)
            if (candidate[i].view && next[i] < candidate[i].view->cells && candidate[i].view->cell[next[i]].cell < cell)
                cell = candidate[i].view->cell[next[i]].cell;
        if (cell == UINT32_MAX)
            return;
        for (uint32_t i = 0; i < c->candidates; i++)
            if (candidate[i].view && next[i] < candidate[i].view->cells && candidate[i].view->cell[next[i]].cell == cell) {
                here[count] = (uint16_t)i;
                at[count++] = &candidate[i].view->cell[next[i]++];
            }
        add_cell(c, v, w, at, here, count);
    }
}

static bool list_new(struct choose *c)
{
    uint32_t fill[CHOOSE_CANDIDATES];

    memset(c->list_first, 0, sizeof c->list_first);
    for (uint32_t i = 0; i < c->words; i++)
        c->list_first[c->seen_by[i] + 1]++;
    for (uint32_t i = 0; i < CHOOSE_CANDIDATES; i++)
        c->list_first[i + 1] += c->list_first[i];
    memcpy(fill, c->list_first, sizeof fill);
    c->list = malloc((c->words + 1u) * sizeof *c->list);
    c->marks = malloc(c->elements + 1u);
    if (!c->list || !c->marks)
        return false;
    for (uint32_t e = 0; e < c->elements; e++)
        for (uint32_t i = 0; i < c->element[e].count; i++)
            c->list[fill[c->seen_by[c->element[e].first + i]]++] = e;
    return true;
}

struct choose *choose_new(const struct volume *v, const struct choose_candidate *candidate, uint32_t candidates, const struct choose_weight *weight)
{
    assert(candidates <= CHOOSE_CANDIDATES);
    struct choose *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->candidates = candidates;
    uint32_t room = sightings(candidate, candidates);
    c->table_size = 2 * room + 1;
    for (uint32_t i = 0; i < candidates; i++)
        c->cost[i] = candidate[i].cost;
    c->element = malloc((room + 1u) * sizeof *c->element);
    c->seen_by = malloc((room + 1u) * sizeof *c->seen_by);
    c->table = calloc(c->table_size, sizeof *c->table);
    if (c->element && c->seen_by && c->table) {
        merge(c, v, candidate, weight);
        if (list_new(c))
            return c;
    }
    choose_free(c);
    return NULL;
}

void choose_free(struct choose *c)
{
    if (!c)
        return;
    free(c->element);
    free(c->table);
    free(c->seen_by);
    free(c->list);
    free(c->marks);
    free(c);
}

static double gain_of(const struct choose *c, uint32_t candidate)
{
    double gain = 0;

    for (uint32_t i = c->list_first[candidate]; i < c->list_first[candidate + 1]; i++)
        gain += c->marks[c->list[i]] ? 0 : c->element[c->list[i]].weight;
    return gain;
}

static void see(const struct choose *c, uint32_t candidate)
{
    for (uint32_t i = c->list_first[candidate]; i < c->list_first[candidate + 1]; i++)
        c->marks[c->list[i]] = 1;
}

double choose_gain(const struct choose *c, const uint32_t *set, uint32_t count)
{
    double gain = 0;

    memset(c->marks, 0, c->elements);
    for (uint32_t i = 0; i < count; i++) {
        gain += gain_of(c, set[i]);
        see(c, set[i]);
    }
    return gain;
}

/* What is there plus the whole budget filled with present gains, best per cost first, the last one in part (Leskovec et al., 3.2). */
static double bound_now(const struct choose *c, double total, double budget)
{
    double gain[CHOOSE_CANDIDATES], left = budget;
    bool used[CHOOSE_CANDIDATES] = {false};

    for (uint32_t i = 0; i < c->candidates; i++)
        gain[i] = gain_of(c, i);
    while (left > 0) {
        uint32_t best = c->candidates;
        for (uint32_t i = 0; i < c->candidates; i++)
            if (!used[i] && gain[i] > 0 && (best == c->candidates || gain[i] / c->cost[i] > gain[best] / c->cost[best]))
                best = i;
        if (best == c->candidates)
            break;
        used[best] = true;
        total += gain[best] * fmin(1, left / c->cost[best]);
        left -= c->cost[best];
    }
    return total;
}

/* Lazy: gains only fall, so that a candidate whose renewed gain still leads needs no other's. */
static void greedy(const struct choose *c, double budget, bool per_cost, struct choose_result *out)
{
    double gain[CHOOSE_CANDIDATES];
    bool gone[CHOOSE_CANDIDATES] = {false}, fresh[CHOOSE_CANDIDATES] = {false};

    *out = (struct choose_result){.bound = INFINITY};
    memset(c->marks, 0, c->elements);
    for (uint32_t i = 0; i < c->candidates; i++)
        gain[i] = INFINITY;
    out->bound = bound_now(c, 0, budget);
    for (;;) {
        uint32_t best = c->candidates;
        for (uint32_t i = 0; i < c->candidates; i++) {
            gone[i] = gone[i] || c->cost[i] > budget - out->cost + 1e-9;
            if (!gone[i] && (best == c->candidates || gain[i] / (per_cost ? c->cost[i] : 1) > gain[best] / (per_cost ? c->cost[best] : 1)))
                best = i;
        }
        if (best == c->candidates || gain[best] <= 0)
            return;
        if (!fresh[best]) {
            gain[best] = gain_of(c, best);
            fresh[best] = true;
            continue;
        }
        see(c, best);
        gone[best] = true;
        out->chosen[out->count] = best;
        out->gain[out->count++] = gain[best];
        out->total += gain[best];
        out->cost += c->cost[best];
        out->bound = fmin(out->bound, bound_now(c, out->total, budget));
        memset(fresh, 0, sizeof fresh);
    }
}

void choose_greedy(const struct choose *c, double budget, struct choose_result *out)
{
    struct choose_result plain;

    greedy(c, budget, false, &plain);
    greedy(c, budget, true, out);
    double bound = fmin(plain.bound, out->bound);
    if (plain.total > out->total)
        *out = plain;
    memset(c->marks, 0, c->elements);
    for (uint32_t i = 0; i < c->elements; i++)
        out->all += c->element[i].weight;
    out->bound = fmin(bound, out->all);
}

uint32_t choose_elements(const struct choose *c)
{
    return c->elements;
}

double choose_element(const struct choose *c, uint32_t element, const uint16_t **seen_by, uint32_t *count)
{
    assert(element < c->elements);
    *seen_by = c->seen_by + c->element[element].first;
    *count = c->element[element].count;
    return c->element[element].weight;
}
