/* asterix_walk: goes over the slots of a record and the rows of each, reading bits as it goes. See the header for the order. */
#include "wire/asterix_walk.h"

#include "wire/asterix_bits.h"

struct walker {
    const struct asterix_record *record;
    bool (*visit)(void *context, const struct asterix_visit *visit);
    void *context;
};

/* Rows once, from bit `at` of the slot's span on, as far as the span reaches. */
static bool rows(const struct walker *w, struct asterix_visit *v, const struct asterix_item *item, unsigned at)
{
    const struct asterix_span span = w->record->slot[v->slot];
    const uint8_t *bytes = w->record->bytes + span.offset;
    unsigned start = at;
    bool chosen = false;

    v->part = 0;
    for (unsigned i = 0; i < item->count; i++) {
        const struct asterix_field *f = &item->fields[i];
        if (i == 0 || !f->when || !item->fields[i - 1].when) {
            chosen = at > 0 && bytes[(at - 1) / 8] >> (7 - (at - 1) % 8) & 1;
            start = at;
            at += f->bits;
        }
        if ((start + f->bits + 7u) / 8 > span.octets) return true;
        if (f->coding == ASTERIX_FX) v->part++;
        if (f->coding == ASTERIX_FX || f->coding == ASTERIX_SPARE || (f->when && f->when - 1 != chosen)) continue;
        v->field = f;
        v->row = (uint16_t)i;
        v->raw = asterix_bits_get(bytes + start / 8, start % 8, f->bits);
        if (!w->visit(w->context, v)) return false;
    }
    return true;
}

/* One slot that is present and no compound. */
static bool leaf(const struct walker *w, struct asterix_visit *v, const struct asterix_item *item)
{
    const struct asterix_span span = w->record->slot[v->slot];
    unsigned head = item->shape == ASTERIX_REPETITIVE, repetitions = 1;

    v->repetition = 0;
    if (item->shape == ASTERIX_EXPLICIT) {
        v->field = NULL;
        v->bytes = w->record->bytes + span.offset + 1;
        v->octets = span.octets - 1u;
        return w->visit(w->context, v);
    }
    if (item->shape == ASTERIX_REPETITIVE || item->shape == ASTERIX_REPETITIVE_FX) repetitions = (span.octets - head) / item->octets;
    for (unsigned i = 0; i < repetitions; i++) {
        v->repetition = (uint16_t)i;
        if (!rows(w, v, item, (head + i * item->octets) * 8)) return false;
    }
    return true;
}

bool asterix_walk(const struct asterix_record *record, bool (*visit)(void *context, const struct asterix_visit *visit), void *context)
{
    const struct walker w = { record, visit, context };

    for (unsigned i = 0; i < record->category->item_count; i++) {
        const struct asterix_item *item = &record->category->items[i];
        struct asterix_visit v = { .item = item, .slot = (uint16_t)i };
        if (!asterix_has(record, i)) continue;
        if (item->shape != ASTERIX_COMPOUND) {
            if (!leaf(&w, &v, item)) return false;
            continue;
        }
        for (unsigned k = 0; k < item->count; k++) {
            v.sub = &item->subs[k];
            v.slot = (uint16_t)(item->slot + k);
            if (asterix_has(record, v.slot) && !leaf(&w, &v, v.sub)) return false;
        }
    }
    return true;
}
