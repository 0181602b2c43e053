#include "synth.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static char said[160];

/* Slots of sub-items lie behind those of all items; the walk goes into each compound as it comes by. Rank follows the walk. */
static uint32_t rank_of(const struct asterix_category *category, unsigned parent, unsigned slot)
{
    return parent * 64u + (slot == parent ? 0 : slot - category->items[parent].slot);
}

/* Characters at random, as a decoder would like them. */
static uint64_t letters(const struct asterix_field *f, struct rng *rng)
{
    char text[9] = "";
    uint64_t raw = 0;

    for (unsigned i = 0; i < f->bits / (f->coding == ASTERIX_ICAO ? 6u : 8u); i++) text[i] = (char)('A' + rng_below(rng, 26));
    assert(asterix_text_parse(f, text, &raw) == 0);
    return raw;
}

static uint64_t value(const struct synth *s, const struct asterix_field *f, enum synth_kind kind, struct rng *rng)
{
    uint64_t all = ~UINT64_C(0) >> (64 - f->bits);

    if (s->common && (f->coding == ASTERIX_ICAO || f->coding == ASTERIX_ASCII)) return letters(f, rng);
    switch (kind) {
    case SYNTH_ZERO: return 0;
    case SYNTH_ONES: return all;
    case SYNTH_SIGN: return UINT64_C(1) << (f->bits - 1);
    case SYNTH_COUNT: return (s->count * UINT64_C(0x9e3779b97f4a7c15)) & all;
    case SYNTH_FULL:
    case SYNTH_SPARSE:
    case SYNTH_KINDS: break;
    }
    return rng_next(rng) & all;
}

static void put(struct synth *s, unsigned slot, unsigned row, unsigned repetition, enum synth_kind kind, struct rng *rng)
{
    struct asterix_place place;
    uint64_t raw;

    if (asterix_path_row(s->build.category, slot, row, repetition, &place) < 0) return; /* spare and FX */
    if (s->common && place.field->recent) return;
    raw = value(s, place.field, kind, rng);
    if (strcmp(place.field->name, "TYP") == 0 && s->build.category->uap_count > 1) return; /* put by synth_fill */
    assert(asterix_build_raw(&s->build, &place, raw) == 0);
    assert(s->count < SYNTH_ROWS);
    s->rows[s->count++] = (struct synth_row){ rank_of(s->build.category, place.parent, slot), (uint16_t)slot, (uint16_t)row, (uint16_t)repetition, place.part, raw, place.field };
}

static void leaf(struct synth *s, const struct asterix_item *item, unsigned slot, enum synth_kind kind, struct rng *rng)
{
    uint8_t bytes[254];
    bool many = item->shape == ASTERIX_REPETITIVE || item->shape == ASTERIX_REPETITIVE_FX;
    unsigned repetitions = many ? 1 + rng_below(rng, 3) : 1, rows = item->count;

    if (item->shape == ASTERIX_EXPLICIT && s->common) return;
    if (item->shape == ASTERIX_EXPLICIT) {
        size_t n = rng_below(rng, 20);
        for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)rng_next(rng);
        assert(asterix_build_bytes(&s->build, item->id, bytes, n) == 0);
        return;
    }
    if (kind == SYNTH_SPARSE && item->shape == ASTERIX_EXTENDED) rows = 1 + rng_below(rng, item->count);
    for (unsigned r = 0; r < repetitions; r++) {
        unsigned skip = 0;
        for (unsigned i = 0; i < rows; i++) {
            const struct asterix_field *f = &item->fields[i];
            bool first = f->when && (i == 0 || !item->fields[i - 1].when), choice = i + 1 < item->count && item->fields[i + 1].when && !f->when;
            if (first) skip = rng_below(rng, 2); /* the choosing bit follows the choice */
            if (choice || (f->when && f->when - 1u != skip)) continue;
            put(s, slot, i, r, kind, rng);
        }
    }
}

static void item_of(struct synth *s, unsigned slot, enum synth_kind kind, struct rng *rng)
{
    const struct asterix_item *item = &s->build.category->items[slot];

    if (item->shape == ASTERIX_ABSENT || item->shape == ASTERIX_RANDOM) return;
    if (kind == SYNTH_SPARSE && rng_below(rng, 2)) return;
    if (item->shape != ASTERIX_COMPOUND) {
        leaf(s, item, slot, kind, rng);
        return;
    }
    for (unsigned k = 0; k < item->count; k++)
        if (item->subs[k].shape != ASTERIX_ABSENT && (kind != SYNTH_SPARSE || rng_below(rng, 2))) leaf(s, &item->subs[k], item->slot + k, kind, rng);
}

void synth_fill(struct synth *s, const struct asterix_category *category, unsigned uap, enum synth_kind kind, struct rng *rng)
{
    struct asterix_place type;

    asterix_build_init(&s->build, category, s->content, sizeof s->content);
    s->build.common = s->common;
    s->count = 0;
    if (category->uap_count > 1) {
        assert(asterix_path_find(category, "020/TYP", &type) == 0 && asterix_build_raw(&s->build, &type, uap) == 0);
    } else if (kind == SYNTH_SPARSE) {
        leaf(s, &category->items[0], 0, SYNTH_FULL, rng); /* never an empty record */
    }
    for (unsigned i = category->uap_count > 1 || kind != SYNTH_SPARSE ? 0 : 1; i < category->item_count; i++) {
        bool in = uap == 0 && i < category->frn_count;
        for (unsigned k = 0; uap == 1 && k < category->other_length; k++) in |= category->other_uap[k] == i;
        if (in) item_of(s, i, kind, rng);
    }
}

size_t synth_encode(const struct synth *s, uint8_t *bytes, size_t size)
{
    int n = asterix_build_encode(&s->build, bytes, size);

    assert(n > 0);
    return (size_t)n;
}

/* Everything that one walk shows, rows of bits only, with explicit items as a digest. */
struct seen {
    const struct asterix_category *category;
    uint32_t count;
    struct synth_row rows[SYNTH_ROWS];
};

static bool see(void *context, const struct asterix_visit *v)
{
    struct seen *seen = context;
    uint64_t raw = v->raw;

    if (!v->field) {
        raw = v->octets;
        for (size_t i = 0; i < v->octets; i++) raw = raw * 1099511628211u + v->bytes[i];
    }
    assert(seen->count < SYNTH_ROWS);
    seen->rows[seen->count++] = (struct synth_row){ rank_of(seen->category, (unsigned)(v->item - seen->category->items), v->slot), v->slot, v->row, v->repetition, v->part, raw, v->field };
    return true;
}

static int order(const struct synth_row *a, const struct synth_row *b)
{
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (a->repetition != b->repetition) return a->repetition < b->repetition ? -1 : 1;
    return a->row == b->row ? 0 : a->row < b->row ? -1 : 1;
}

/* May the row be missing on the other side? A zero flag in an extent, and a zero that nobody put. */
static bool nothing(const struct synth_row *row, bool put)
{
    return row->raw == 0 && (!put || (row->part > 0 && row->field && row->field->coding == ASTERIX_ENUM));
}

static const char *compare(const struct synth_row *a, size_t m, bool a_put, const struct synth_row *b, size_t n)
{
    size_t i = 0, k = 0;

    while (i < m || k < n) {
        int o = i == m ? 1 : k == n ? -1 : order(&a[i], &b[k]);
        const struct synth_row *row = o <= 0 ? &a[i] : &b[k];
        if (o == 0 && a[i].raw != b[k].raw) break;
        if (o < 0 && !nothing(row, a_put || row->part > 0)) break;
        if (o > 0 && !nothing(row, row->part > 0 && !a_put)) break;
        i += o <= 0;
        k += o >= 0;
    }
    if (i == m && k == n) return NULL;
    snprintf(said, sizeof said, "first slot %d row %d rep %d raw %llx, second slot %d row %d rep %d raw %llx", i < m ? a[i].slot : -1, i < m ? a[i].row : -1,
             i < m ? a[i].repetition : -1, i < m ? (unsigned long long)a[i].raw : 0, k < n ? b[k].slot : -1, k < n ? b[k].row : -1,
             k < n ? b[k].repetition : -1, k < n ? (unsigned long long)b[k].raw : 0);
    return said;
}

/* The walk without explicit items and choosing bits, which synth does not list. */
static void strip(struct seen *seen, const struct asterix_category *category)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < seen->count; i++) {
        const struct synth_row *r = &seen->rows[i];
        bool chooser = r->field && i + 1 < seen->count && seen->rows[i + 1].slot == r->slot && seen->rows[i + 1].field && seen->rows[i + 1].field->when &&
                       !r->field->when;
        bool type = category->uap_count > 1 && r->field && strcmp(r->field->name, "TYP") == 0;
        if (r->field && !chooser && !type) seen->rows[n++] = *r;
    }
    seen->count = n;
}

static struct seen one, two;

const char *synth_differs(const struct synth *s, const struct asterix_record *record)
{
    one.count = 0;
    one.category = record->category;
    asterix_walk(record, see, &one);
    strip(&one, record->category);
    return compare(s->rows, s->count, true, one.rows, one.count);
}

const char *synth_records_differ(const struct asterix_record *a, const struct asterix_record *b)
{
    one.count = two.count = 0;
    one.category = a->category;
    two.category = b->category;
    asterix_walk(a, see, &one);
    asterix_walk(b, see, &two);
    return compare(one.rows, one.count, false, two.rows, two.count);
}
