/* hypothesis: see the header. Hypotheses are rows of leaf numbers, two tables of them: what is and what becomes. After each step they are in
 * descending order of weight. Rejected: hypothesis trees with N-scan pruning (they keep what can be told from the leaves alone). */
#include "associate/hypothesis.h"

#include "associate/ranked.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE HYPOTHESIS_NONE

/* A global hypothesis: its leaves by member, and the member that has each plot of the last scan. */
struct global {
    double log_weight;
    uint16_t *leaf, *taker;
};

struct hypothesis {
    struct hypothesis_limits limits;
    uint32_t globals, members, leaves;
    struct global *table;         /* both tables */
    struct global *global, *next;
    struct hypothesis_leaf *leaf;
    uint16_t *child;              /* [old leaf * (plots + 1) + plot, or plots for none]: the new leaf */
    uint16_t *row, *column;       /* members and plots of the matrix */
    double *cost;
    struct ranked *ranked;
    uint16_t *numbers;            /* storage of the globals */
};

struct hypothesis *hypothesis_new(const struct hypothesis_limits *l)
{
    struct hypothesis *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    size_t room = l->globals, each = l->members + l->plots;
    uint32_t rows = l->members < RANKED_MOST ? l->members : RANKED_MOST, columns = l->plots < RANKED_MOST ? l->plots : RANKED_MOST;
    h->limits = *l;
    h->table = calloc(2 * room, sizeof *h->table);
    h->numbers = calloc(2 * room * each, sizeof *h->numbers);
    h->leaf = calloc(l->leaves, sizeof *h->leaf);
    h->child = calloc((size_t)l->leaves * (l->plots + 1), sizeof *h->child);
    h->row = calloc(each, sizeof *h->row);
    h->cost = calloc((size_t)rows * columns + 1, sizeof *h->cost);
    h->ranked = ranked_new(rows, columns, l->globals);
    if (!h->table || !h->numbers || !h->leaf || !h->child || !h->row || !h->cost || !h->ranked) {
        hypothesis_free(h);
        return NULL;
    }
    h->global = h->table;
    h->next = h->table + room;
    h->column = h->row + l->members;
    for (size_t i = 0; i < 2 * room; i++) {
        h->table[i].leaf = h->numbers + i * each;
        h->table[i].taker = h->table[i].leaf + l->members;
    }
    hypothesis_reset(h);
    return h;
}

void hypothesis_free(struct hypothesis *h)
{
    if (!h)
        return;
    free(h->table);
    free(h->numbers);
    free(h->leaf);
    free(h->child);
    free(h->row);
    free(h->cost);
    ranked_free(h->ranked);
    free(h);
}

void hypothesis_reset(struct hypothesis *h)
{
    h->globals = 1;
    h->members = h->leaves = 0;
    h->global[0].log_weight = 0.0;
    memset(h->global[0].taker, 0xff, h->limits.plots * sizeof(uint16_t));
}

static bool hypothesis_lives(const struct hypothesis *h, uint32_t member)
{
    for (uint32_t g = 0; g < h->globals; g++)
        if (h->global[g].leaf[member] != NONE)
            return true;
    return false;
}

/* A member's number that no hypothesis uses. */
static uint16_t hypothesis_number(struct hypothesis *h)
{
    for (uint32_t m = 0; m < h->members; m++)
        if (!hypothesis_lives(h, m))
            return (uint16_t)m;
    return h->members < h->limits.members ? (uint16_t)h->members++ : NONE;
}

/* A leaf for a new member, there in the hypotheses where nobody has the plot. */
static uint16_t hypothesis_enter(struct hypothesis *h, uint16_t plot)
{
    if (h->leaves == h->limits.leaves)
        return NONE;
    uint32_t members = h->members;
    uint16_t member = hypothesis_number(h), leaf = (uint16_t)h->leaves;
    if (member == NONE)
        return NONE;
    bool there = false;
    for (uint32_t g = 0; g < h->globals; g++) {
        bool free_plot = plot == NONE || h->global[g].taker[plot] == NONE;
        h->global[g].leaf[member] = free_plot ? leaf : NONE;
        there = there || free_plot;
    }
    if (!there) {
        h->members = members;
        return NONE;
    }
    h->leaf[h->leaves++] = (struct hypothesis_leaf){member, NONE, plot};
    return leaf;
}

uint16_t hypothesis_add(struct hypothesis *h)
{
    return hypothesis_enter(h, NONE);
}

uint16_t hypothesis_begin(struct hypothesis *h, uint16_t plot)
{
    assert(plot < h->limits.plots);
    return hypothesis_enter(h, plot);
}

/* The matrix of one hypothesis: members with plots in reach against those plots. */
struct block {
    uint32_t rows, columns;
};

static struct block hypothesis_matrix(struct hypothesis *h, const struct global *g, const struct hypothesis_scan *s)
{
    struct block b = {0, 0};
    for (uint32_t z = 0; z < s->plots; z++) {
        bool reached = false;
        for (uint32_t m = 0; m < h->members && !reached; m++)
            reached = g->leaf[m] != NONE && s->gain[g->leaf[m] * s->plots + z] > -HUGE_VAL;
        if (reached && b.columns < RANKED_MOST)
            h->column[b.columns++] = (uint16_t)z;
    }
    for (uint32_t m = 0; m < h->members && b.rows < RANKED_MOST; m++) {
        bool reaches = false;
        double *line = &h->cost[(size_t)b.rows * b.columns];
        for (uint32_t c = 0; g->leaf[m] != NONE && c < b.columns; c++) {
            line[c] = -s->gain[g->leaf[m] * s->plots + h->column[c]];
            reaches = reaches || line[c] < HUGE_VAL;
        }
        if (reaches)
            h->row[b.rows++] = (uint16_t)m;
    }
    return b;
}

/* The place of a successor of weight w among h->next: behind those that weigh as much or more; the lightest gives way where all places are taken. */
static struct global *hypothesis_place(struct hypothesis *h, uint32_t *count, double w)
{
    uint32_t at = *count;
    if (at == h->limits.globals) {
        if (h->next[at - 1].log_weight >= w)
            return NULL;
        at--;
    } else {
        (*count)++;
    }
    struct global moved = h->next[at];
    for (; at > 0 && h->next[at - 1].log_weight < w; at--)
        h->next[at] = h->next[at - 1];
    h->next[at] = moved;
    h->next[at].log_weight = w;
    return &h->next[at];
}

/* Successors of g, in the numbers of its own leaves: taker says who took what. */
static void hypothesis_succeed(struct hypothesis *h, const struct global *g, const struct hypothesis_scan *s, uint32_t share, uint32_t *count)
{
    struct block b = hypothesis_matrix(h, g, s);
    uint8_t column_of[RANKED_MOST];
    double cost, base = g->log_weight;
    for (uint32_t m = 0; m < h->members; m++)
        base += g->leaf[m] == NONE ? 0.0 : s->miss[g->leaf[m]];
    ranked_begin(h->ranked, h->cost, b.rows, b.columns);
    for (uint32_t k = 0; k < share && ranked_next(h->ranked, column_of, &cost); k++) {
        struct global *n = hypothesis_place(h, count, base - cost);
        if (!n)
            return; /* the following ones are lighter still */
        memcpy(n->leaf, g->leaf, h->members * sizeof *n->leaf);
        memset(n->taker, 0xff, h->limits.plots * sizeof *n->taker);
        for (uint32_t r = 0; r < b.rows; r++)
            if (column_of[r] != RANKED_NONE)
                n->taker[h->column[column_of[r]]] = h->row[r];
    }
}

/* Weights sum to one; those below floor times the heaviest go. */
static void hypothesis_norm(struct hypothesis *h, double floor)
{
    double most = h->global[0].log_weight, sum = 0.0;
    while (h->globals > 1 && h->global[h->globals - 1].log_weight < most + log(floor))
        h->globals--;
    for (uint32_t g = 0; g < h->globals; g++)
        sum += exp(h->global[g].log_weight - most);
    for (uint32_t g = 0; g < h->globals; g++)
        h->global[g].log_weight -= most + log(sum);
}

static void hypothesis_swap(struct global *a, struct global *b)
{
    struct global moved = *a;
    *a = *b;
    *b = moved;
}

/* New numbers for what became of the leaves; hypotheses that need more than there is room for are given up. */
static void hypothesis_renumber(struct hypothesis *h, uint32_t plots)
{
    uint32_t old = h->leaves, kept = 0;
    h->leaves = 0;
    memset(h->child, 0xff, (size_t)old * (plots + 1) * sizeof *h->child);
    for (uint32_t g = 0; g < h->globals; g++) {
        struct global *n = &h->global[g];
        uint16_t plot_of[UINT8_MAX + 1];
        memset(plot_of, 0xff, sizeof plot_of);
        for (uint32_t z = 0; z < plots; z++)
            if (n->taker[z] != NONE)
                plot_of[n->taker[z]] = (uint16_t)z;
        bool fits = true;
        for (uint32_t m = 0; m < h->members; m++) {
            if (n->leaf[m] == NONE)
                continue;
            uint16_t parent = n->leaf[m], *child = &h->child[(size_t)parent * (plots + 1) + (plot_of[m] == NONE ? plots : plot_of[m])];
            if (*child == NONE && h->leaves < h->limits.leaves) {
                h->leaf[h->leaves] = (struct hypothesis_leaf){(uint16_t)m, parent, plot_of[m]};
                *child = (uint16_t)h->leaves++;
            }
            fits = fits && *child != NONE;
            n->leaf[m] = *child;
        }
        hypothesis_swap(&h->global[kept], n);
        kept += fits;
    }
    h->globals = kept;
}

void hypothesis_update(struct hypothesis *h, const struct hypothesis_scan *s)
{
    assert(s->plots <= h->limits.plots && h->members <= UINT8_MAX);
    uint32_t count = 0;
    for (uint32_t g = 0; g < h->globals; g++) {
        double share = ceil(h->limits.globals * exp(h->global[g].log_weight));
        hypothesis_succeed(h, &h->global[g], s, (uint32_t)share, &count);
    }
    struct global *was = h->global;
    h->global = h->next;
    h->next = was;
    h->globals = count;
    hypothesis_norm(h, s->floor);
    hypothesis_renumber(h, s->plots);
    assert(h->globals > 0);
    hypothesis_norm(h, s->floor);
}

void hypothesis_drop(struct hypothesis *h, uint16_t leaf)
{
    uint16_t member = h->leaf[leaf].member;
    for (uint32_t g = 0; g < h->globals; g++)
        if (h->global[g].leaf[member] == leaf)
            h->global[g].leaf[member] = NONE;
}

void hypothesis_settle(struct hypothesis *h)
{
    uint32_t kept = 0;
    for (uint32_t g = 0; g < h->globals; g++) {
        uint32_t k = 0;
        while (k < kept && memcmp(h->global[k].leaf, h->global[g].leaf, h->members * sizeof(uint16_t)) != 0)
            k++;
        if (k < kept)
            h->global[k].log_weight += log1p(exp(h->global[g].log_weight - h->global[k].log_weight));
        else
            hypothesis_swap(&h->global[kept++], &h->global[g]);
    }
    h->globals = kept;
    for (uint32_t i = 1; i < kept; i++) /* merged ones may have passed others */
        for (uint32_t k = i; k > 0 && h->global[k - 1].log_weight < h->global[k].log_weight; k--)
            hypothesis_swap(&h->global[k - 1], &h->global[k]);
    while (h->members > 0 && !hypothesis_lives(h, h->members - 1))
        h->members--;
}

uint32_t hypothesis_leaves(const struct hypothesis *h)
{
    return h->leaves;
}

struct hypothesis_leaf hypothesis_leaf(const struct hypothesis *h, uint16_t leaf)
{
    assert(leaf < h->leaves);
    return h->leaf[leaf];
}

uint32_t hypothesis_globals(const struct hypothesis *h)
{
    return h->globals;
}

double hypothesis_weight(const struct hypothesis *h, uint32_t global)
{
    return exp(h->global[global].log_weight);
}

uint32_t hypothesis_members(const struct hypothesis *h)
{
    return h->members;
}

uint16_t hypothesis_of(const struct hypothesis *h, uint32_t global, uint16_t member)
{
    return h->global[global].leaf[member];
}
