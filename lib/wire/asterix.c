/*
 * asterix: finds where each item of a record lies and checks that all of it is there.
 *
 * One pass over the FSPEC; each shape has a function that says how many octets its item takes. Nothing is copied: the record keeps an offset and a
 * length for each slot (item or sub-item). Extents and FX parts beyond the rows are passed over and counted: a younger edition may have added them.
 * Source: EUROCONTROL-SPEC-0149, part 1, chapters 5 (structure) and 4.3 (item formats).
 * Invariant: every span of a decoded record lies inside bytes[0 .. octets), and its length suits its shape.
 */
#include "wire/asterix.h"

#include <stdio.h>
#include <string.h>

#include "wire/categories.h"

#define LARGEST 65532u /* a block of 65535 octets less its header: offsets fit 16 bits */

/* The first of a number is its default edition. */
static const struct asterix_category *const categories[] = {
    &cat001, &cat002, &cat019, &cat020, &cat021_27, &cat021_24, &cat021_21, &cat021_023, &cat023, &cat034, &cat048, &cat062, &cat063, &cat065,
};

static const char *const code_texts[ASTERIX_CODES] = {
    [ASTERIX_OK] = "ok",
    [-ASTERIX_SHORT_BLOCK] = "block shorter than its header",
    [-ASTERIX_BLOCK_OVERRUN] = "block longer than the bytes",
    [-ASTERIX_UNKNOWN_CATEGORY] = "category not taken",
    [-ASTERIX_JUNK] = "octets behind the last block",
    [-ASTERIX_EMPTY_FSPEC] = "record without items",
    [-ASTERIX_FSPEC_OVERRUN] = "FSPEC runs beyond its block",
    [-ASTERIX_UNKNOWN_FRN] = "item number outside this edition",
    [-ASTERIX_UNKNOWN_SUB] = "sub-item number outside this edition",
    [-ASTERIX_ITEM_OVERRUN] = "item runs beyond its block",
    [-ASTERIX_FX_OVERRUN] = "extension runs beyond its block",
    [-ASTERIX_BAD_LENGTH] = "explicit length of zero",
    [-ASTERIX_DUPLICATE] = "item given twice",
    [-ASTERIX_NO_ROOM] = "no room",
    [-ASTERIX_RANGE] = "value does not fit",
    [-ASTERIX_BAD_PATH] = "no such row",
    [-ASTERIX_RECENT] = "younger than common decoders",
};

const char *asterix_code_text(int code)
{
    return code <= 0 && code > -ASTERIX_CODES ? code_texts[-code] : "unknown code";
}

int asterix_fault_print(const struct asterix_fault *fault, char *text, size_t size)
{
    const char *item = fault->item ? fault->item : "", *sub = fault->sub ? fault->sub : "";

    return snprintf(text, size, "octet %u: category %03u%s%s%s%s: %s: expected %u, found %u; %u octets lost", (unsigned)fault->offset, fault->category,
                    *item ? " item " : "", item, *sub ? "/" : "", sub, asterix_code_text(fault->code), (unsigned)fault->expected, (unsigned)fault->found,
                    (unsigned)fault->lost);
}

const struct asterix_category *asterix_at(unsigned index)
{
    return index < sizeof categories / sizeof *categories ? categories[index] : NULL;
}

const struct asterix_category *asterix_find(unsigned number, const char *edition)
{
    const struct asterix_category *c;

    for (unsigned i = 0; (c = asterix_at(i)) != NULL; i++)
        if (c->number == number && (!edition || strcmp(c->edition, edition) == 0)) return c;
    return NULL;
}

/* One decoding: where we are, and what to complain about. */
struct scan {
    const uint8_t *bytes;
    size_t size, at;
    struct asterix_record *record;
    struct asterix_fault *fault;
    const struct asterix_item *item, *sub; /* what is being taken, for the fault */
};

static int refuse(const struct scan *s, int code, size_t expected, size_t found)
{
    s->fault->code = code;
    s->fault->offset = (uint32_t)s->at;
    s->fault->expected = (uint32_t)expected;
    s->fault->found = (uint32_t)found;
    s->fault->item = s->item ? s->item->id : NULL;
    s->fault->sub = s->sub ? s->sub->id : NULL;
    return code;
}

/* Octets of an FX chain at s->at: first, then steps, while the last octet of what we have says so. */
static int chain(const struct scan *s, size_t first, size_t step, size_t most)
{
    size_t n = first, left = s->size - s->at;

    if (n > left) return refuse(s, ASTERIX_ITEM_OVERRUN, n, left);
    while (s->bytes[s->at + n - 1] & 1 && n < most) {
        n += step;
        if (n > left) return refuse(s, ASTERIX_FX_OVERRUN, n, left);
    }
    return (int)n;
}

static int extended(const struct scan *s, const struct asterix_item *item)
{
    bool closed = item->fields[item->count - 1].coding != ASTERIX_FX; /* a last part without FX (021 edition 2.1, item 271) */
    size_t known = (size_t)item->octets + item->parts - 1;
    int n = chain(s, item->octets, 1, closed ? known : LARGEST);

    if (n > 0 && (size_t)n > known) s->record->foreign = 1;
    return n;
}

/* Octets of an item that is no compound, at s->at. */
static int plain(const struct scan *s, const struct asterix_item *item)
{
    size_t n = item->octets, left = s->size - s->at;

    if (item->shape == ASTERIX_EXTENDED) return extended(s, item);
    if (item->shape == ASTERIX_REPETITIVE_FX) return chain(s, item->octets, item->octets, LARGEST);
    if (item->shape == ASTERIX_REPETITIVE) n = left > 0 ? 1u + (size_t)s->bytes[s->at] * item->octets : 1;
    if (item->shape == ASTERIX_EXPLICIT) {
        n = left > 0 ? s->bytes[s->at] : 1;
        if (n == 0) return refuse(s, ASTERIX_BAD_LENGTH, 1, 0);
    }
    return n <= left ? (int)n : refuse(s, ASTERIX_ITEM_OVERRUN, n, left);
}

/* Octets of an item that is no compound: the fixed ones, which are most, without a call. */
static inline int leaf(const struct scan *s, const struct asterix_item *item)
{
    return item->shape == ASTERIX_FIXED && item->octets <= s->size - s->at ? item->octets : plain(s, item);
}

static inline void keep(const struct scan *s, unsigned slot, size_t octets)
{
    s->record->present[slot / 64] |= UINT64_C(1) << (slot % 64);
    s->record->slot[slot] = (struct asterix_span){ (uint16_t)s->at, (uint16_t)octets };
}

/* Takes the sub-items that bits (seven, most significant first) announce from number on. */
static int subs(struct scan *s, const struct asterix_item *item, unsigned number, unsigned bits)
{
    for (; bits & 0xfe; number++, bits = bits << 1 & 0xff) {
        int n;
        if (!(bits & 0x80)) continue;
        if (number >= item->count || item->subs[number].shape == ASTERIX_ABSENT) return refuse(s, ASTERIX_UNKNOWN_SUB, item->count, number + 1);
        s->sub = &item->subs[number];
        if ((n = leaf(s, s->sub)) < 0) return n;
        keep(s, item->slot + number, (size_t)n);
        s->at += (size_t)n;
        s->sub = NULL;
    }
    return 0;
}

static int compound(struct scan *s, const struct asterix_item *item)
{
    size_t start = s->at;
    int n = chain(s, 1, 1, LARGEST), code;

    if (n < 0) return n;
    s->at += (size_t)n;
    for (unsigned i = 0; i < (unsigned)n; i++)
        if ((code = subs(s, item, i * 7, s->bytes[start + i] & 0xfeu)) < 0) return code;
    n = (int)(s->at - start);
    s->at = start;
    return n;
}

/* Takes one item at s->at. */
static inline int take(struct scan *s, unsigned slot)
{
    const struct asterix_item *item = &s->record->category->items[slot];
    int n;

    s->item = item;
    if (asterix_has(s->record, slot)) return refuse(s, ASTERIX_DUPLICATE, 1, 2);
    n = item->shape == ASTERIX_COMPOUND ? compound(s, item) : leaf(s, item);
    if (n < 0) return n;
    keep(s, slot, (size_t)n);
    if (slot == s->record->category->selector && s->record->category->uap_count > 1) s->record->uap = s->bytes[s->at] >> 7;
    s->at += (size_t)n;
    s->item = NULL;
    return 0;
}

/* Slot of a field reference number (from 0) in the UAP that holds, or -1. */
static inline int slot_of(const struct asterix_record *record, unsigned frn)
{
    const struct asterix_category *c = record->category;
    unsigned slot = frn;

    if (record->uap == 0 ? frn >= c->frn_count : frn >= c->other_length) return -1;
    if (record->uap) slot = c->other_uap[frn];
    return c->items[slot].shape == ASTERIX_ABSENT ? -1 : (int)slot;
}

/* Random field sequencing: items in any order, each behind its number. They go where they belong. */
static int random_fields(struct scan *s)
{
    unsigned count, frn;
    int slot, code;

    if (s->at >= s->size) return refuse(s, ASTERIX_ITEM_OVERRUN, 1, 0);
    for (count = s->bytes[s->at++]; count > 0; count--) {
        if (s->at >= s->size) return refuse(s, ASTERIX_ITEM_OVERRUN, 1, 0);
        frn = s->bytes[s->at];
        slot = frn > 0 ? slot_of(s->record, frn - 1) : -1;
        if (slot < 0 || s->record->category->items[slot].shape == ASTERIX_RANDOM) return refuse(s, ASTERIX_UNKNOWN_FRN, s->record->category->frn_count, frn);
        s->at++;
        if ((code = take(s, (unsigned)slot)) < 0) return code;
    }
    return 0;
}

/* Takes the items that one FSPEC octet announces. */
static int items(struct scan *s, unsigned frn, unsigned bits)
{
    for (; bits & 0xfe; frn++, bits = bits << 1 & 0xff) {
        int slot, code;
        if (!(bits & 0x80)) continue;
        slot = slot_of(s->record, frn);
        if (slot < 0) return refuse(s, ASTERIX_UNKNOWN_FRN, s->record->category->frn_count, frn + 1);
        if (s->record->category->items[slot].shape == ASTERIX_RANDOM)
            code = random_fields(s);
        else
            code = take(s, (unsigned)slot);
        if (code < 0) return code;
    }
    return 0;
}

int asterix_decode(const struct asterix_category *category, const uint8_t *bytes, size_t size, struct asterix_record *record,
                   struct asterix_fault *fault)
{
    struct scan s = { .bytes = bytes, .size = size < LARGEST ? size : LARGEST, .record = record, .fault = fault };
    size_t octets = 0;
    int code;

    *fault = (struct asterix_fault){ .category = category->number };
    record->category = category;
    record->bytes = bytes;
    record->octets = 0;
    record->uap = record->foreign = 0;
    memset(record->present, 0, sizeof record->present);

    do {
        if (octets >= s.size) return refuse(&s, ASTERIX_FSPEC_OVERRUN, octets + 1, s.size);
    } while (bytes[octets++] & 1);
    s.at = octets;
    for (unsigned i = 0; i < octets; i++)
        if ((code = items(&s, i * 7, bytes[i] & 0xfeu)) < 0) return code;
    if (s.at == octets) {
        s.at = 0;
        return refuse(&s, ASTERIX_EMPTY_FSPEC, 1, 0);
    }
    record->octets = (uint32_t)s.at;
    return (int)s.at;
}
