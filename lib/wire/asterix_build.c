/*
 * asterix_build: the content of each slot lies in the caller's bytes, without FX bits; encoding adds FSPECs, FX and REP.
 *
 * A slot grows by an insertion at its end; rows put in table order always append. FX, FSPEC and trailing empty parts are decided when the record is
 * encoded, so that the order of puts never shows in the octets.
 */
#include "wire/asterix_build.h"

#include <assert.h>
#include <string.h>

#include "wire/asterix_bits.h"
#include "wire/asterix_walk.h"

void asterix_build_init(struct asterix_build *build, const struct asterix_category *category, uint8_t *bytes, size_t size)
{
    build->category = category;
    build->bytes = bytes;
    build->size = size < UINT16_MAX ? size : UINT16_MAX;
    build->common = false;
    asterix_build_reset(build);
}

void asterix_build_reset(struct asterix_build *build)
{
    build->used = 0;
    memset(build->present, 0, sizeof build->present);
}

static bool has(const struct asterix_build *build, unsigned slot)
{
    return build->present[slot / 64] >> (slot % 64) & 1;
}

static void mark(struct asterix_build *build, unsigned slot)
{
    build->present[slot / 64] |= UINT64_C(1) << (slot % 64);
}

/* Makes the slot at least octets long, zero-filled. */
static int grow(struct asterix_build *build, unsigned slot, size_t octets)
{
    struct asterix_span *span = &build->slot[slot];
    size_t end, more;

    if (!has(build, slot)) *span = (struct asterix_span){ (uint16_t)build->used, 0 };
    if (octets > span->octets) {
        end = (size_t)span->offset + span->octets;
        more = octets - span->octets;
        if (build->used + more > build->size) return ASTERIX_NO_ROOM;
        if (end < build->used) {
            memmove(build->bytes + end + more, build->bytes + end, build->used - end);
            for (unsigned i = 0; i < build->category->slot_count; i++)
                if (i != slot && has(build, i) && build->slot[i].offset >= end) build->slot[i].offset = (uint16_t)(build->slot[i].offset + more);
        }
        memset(build->bytes + end, 0, more);
        build->used += more;
        span->octets = (uint16_t)octets;
    }
    if (!has(build, slot)) build->parts[slot] = 1;
    mark(build, slot);
    return ASTERIX_OK;
}

/* Octets that the slot must have to hold the place. */
static size_t needed(const struct asterix_place *place)
{
    const struct asterix_item *item = place->item;
    size_t reach = place->octet + (place->bit + place->bits + 7u) / 8, repetition = place->repetition + 1u;

    switch ((enum asterix_shape)item->shape) {
    case ASTERIX_EXTENDED: return reach > item->octets ? reach : item->octets;
    case ASTERIX_REPETITIVE: return 1 + repetition * item->octets;
    case ASTERIX_REPETITIVE_FX: return repetition * item->octets;
    case ASTERIX_FIXED: return item->octets;
    case ASTERIX_ABSENT:
    case ASTERIX_EXPLICIT:
    case ASTERIX_COMPOUND:
    case ASTERIX_RANDOM: break;
    }
    return 0;
}

int asterix_build_raw(struct asterix_build *build, const struct asterix_place *place, uint64_t raw)
{
    unsigned chooser = place->octet * 8u + place->bit - 1;
    uint8_t *content;
    int code;

    assert(place->slot < build->category->slot_count);
    if (place->bits < 64 && raw >> place->bits) return ASTERIX_RANGE;
    if (build->common && place->field->recent) return ASTERIX_RECENT;
    if (!has(build, place->slot) || build->slot[place->slot].octets < place->octet + (place->bit + place->bits + 7u) / 8) {
        if ((code = grow(build, place->slot, needed(place))) < 0) return code;
        mark(build, place->parent);
    }
    content = build->bytes + build->slot[place->slot].offset;
    if (place->field->when) asterix_bits_put(content + chooser / 8, chooser % 8, 1, place->field->when - 1u);
    asterix_bits_put(content + place->octet, place->bit, place->bits, raw);
    if (place->field->coding != ASTERIX_ENUM && place->part >= build->parts[place->slot]) build->parts[place->slot] = (uint8_t)(place->part + 1);
    return ASTERIX_OK;
}

int asterix_build_si(struct asterix_build *build, const struct asterix_place *place, double value_si)
{
    uint64_t raw;
    int code = asterix_path_raw_of(place, value_si, &raw);

    return code < 0 ? code : asterix_build_raw(build, place, raw);
}

int asterix_build_text(struct asterix_build *build, const struct asterix_place *place, const char *text)
{
    uint64_t raw;
    int code = asterix_text_parse(place->field, text, &raw);

    return code < 0 ? code : asterix_build_raw(build, place, raw);
}

int asterix_build_bytes(struct asterix_build *build, const char *item, const uint8_t *bytes, size_t octets)
{
    for (unsigned i = 0; i < build->category->item_count; i++) {
        int code;
        if (build->category->items[i].shape != ASTERIX_EXPLICIT || strcmp(build->category->items[i].id, item) != 0) continue;
        if (octets > 254 || (has(build, i) && build->slot[i].octets != octets)) return ASTERIX_RANGE;
        if ((code = grow(build, i, octets)) < 0) return code;
        if (octets > 0) memcpy(build->bytes + build->slot[i].offset, bytes, octets);
        return ASTERIX_OK;
    }
    return ASTERIX_BAD_PATH;
}

/* The slot in category that has the visit's item and sub-item by name, or -1. */
static int slot_like(const struct asterix_category *category, const struct asterix_visit *visit)
{
    for (unsigned i = 0; i < category->item_count; i++) {
        const struct asterix_item *item = &category->items[i];
        if (strcmp(item->id, visit->item->id) != 0) continue;
        if (!visit->sub) return item->shape == ASTERIX_COMPOUND ? -1 : (int)i;
        for (unsigned k = 0; item->shape == ASTERIX_COMPOUND && k < item->count; k++)
            if (strcmp(item->subs[k].id, visit->sub->id) == 0) return (int)(item->slot + k);
    }
    return -1;
}

/* The place in another edition that bears the visit's names. */
static int place_like(const struct asterix_category *category, const struct asterix_visit *visit, struct asterix_place *place)
{
    int slot = slot_like(category, visit);

    for (unsigned row = 0; slot >= 0; row++) {
        int code = asterix_path_row(category, (unsigned)slot, row, visit->repetition, place);
        if (code == 0 && strcmp(place->field->name, visit->field->name) == 0) return ASTERIX_OK;
        if (code < 0 && row > visit->row + 64u) break; /* spare and FX rows have no place; far behind the visit's row there is none */
    }
    return ASTERIX_BAD_PATH;
}

struct copy {
    struct asterix_build *build;
    bool same;
    int left_out;
};

static bool copy_row(void *context, const struct asterix_visit *visit)
{
    struct copy *copy = context;
    struct asterix_place place;
    int code;

    if (!visit->field)
        code = asterix_build_bytes(copy->build, visit->item->id, visit->bytes, visit->octets);
    else {
        if (copy->same)
            code = asterix_path_row(copy->build->category, visit->slot, visit->row, visit->repetition, &place);
        else
            code = place_like(copy->build->category, visit, &place);
        if (code == 0) code = asterix_build_raw(copy->build, &place, visit->raw);
    }
    if (code == ASTERIX_NO_ROOM) {
        copy->left_out = code;
        return false;
    }
    copy->left_out += code < 0;
    return true;
}

int asterix_build_copy(struct asterix_build *build, const struct asterix_record *record)
{
    struct copy copy = { build, build->category == record->category, 0 };

    asterix_walk(record, copy_row, &copy);
    return copy.left_out;
}

/* Where the next octets go. */
struct out {
    uint8_t *at, *end;
};

static bool emit(struct out *out, const uint8_t *bytes, size_t octets)
{
    if ((size_t)(out->end - out->at) < octets) return false;
    memcpy(out->at, bytes, octets);
    out->at += octets;
    return true;
}

/* A slot's content with its REP, length or FX. */
static bool emit_leaf(const struct asterix_build *build, const struct asterix_item *item, unsigned slot, struct out *out)
{
    const uint8_t *content = build->bytes + build->slot[slot].offset;
    size_t octets = build->slot[slot].octets, keep, step = 1;
    uint8_t head = (uint8_t)(octets + 1), *start = out->at;

    if (item->shape == ASTERIX_EXPLICIT && !emit(out, &head, 1)) return false;
    if (item->shape == ASTERIX_EXTENDED) {
        keep = item->octets + build->parts[slot] - 1u;
        while (octets > keep && content[octets - 1] == 0) octets--;
        keep = item->octets;
    } else {
        keep = step = item->octets;
    }
    if (!emit(out, content, octets)) return false;
    if (item->shape == ASTERIX_REPETITIVE) *start = (uint8_t)((octets - 1) / item->octets);
    if (item->shape == ASTERIX_EXTENDED || item->shape == ASTERIX_REPETITIVE_FX)
        for (; keep < octets; keep += step) start[keep - 1] |= 1;
    return true;
}

/* Room for an FSPEC that reaches number (from 1), FX set; its first octet. */
static uint8_t *emit_fspec(struct out *out, unsigned highest)
{
    size_t octets = (highest + 6) / 7;
    uint8_t *fspec = out->at;

    if ((size_t)(out->end - out->at) < octets) return NULL;
    memset(fspec, 1, octets);
    fspec[octets - 1] = 0;
    out->at += octets;
    return fspec;
}

static bool emit_compound(const struct asterix_build *build, const struct asterix_item *item, struct out *out)
{
    unsigned highest;
    uint8_t *fspec;

    for (highest = item->count; highest > 0 && !has(build, item->slot + highest - 1);) highest--;
    if (!(fspec = emit_fspec(out, highest))) return false;
    for (unsigned k = 0; k < highest; k++) {
        if (!has(build, item->slot + k)) continue;
        fspec[k / 7] |= (uint8_t)(0x80 >> k % 7);
        if (!emit_leaf(build, &item->subs[k], item->slot + k, out)) return false;
    }
    return true;
}

/* The UAP that the record's own choosing bit asks for. */
static bool other_uap(const struct asterix_build *build)
{
    const struct asterix_category *c = build->category;

    return c->uap_count > 1 && has(build, c->selector) && build->bytes[build->slot[c->selector].offset] >> 7;
}

int asterix_build_encode(const struct asterix_build *build, uint8_t *bytes, size_t size)
{
    const struct asterix_category *c = build->category;
    bool other = other_uap(build);
    unsigned frns = other ? c->other_length : c->frn_count, highest, items = 0, sent = 0;
    struct out out = { bytes, bytes + size };
    uint8_t *fspec;

    for (unsigned i = 0; i < c->item_count; i++) items += has(build, i);
    for (highest = frns; highest > 0 && !has(build, other ? c->other_uap[highest - 1] : highest - 1);) highest--;
    if (items == 0) return ASTERIX_EMPTY_FSPEC;
    if (highest == 0) return ASTERIX_UNKNOWN_FRN;
    if (!(fspec = emit_fspec(&out, highest))) return ASTERIX_NO_ROOM;
    for (unsigned i = 0; i < highest; i++) {
        unsigned slot = other ? c->other_uap[i] : i;
        const struct asterix_item *item = &c->items[slot];
        if (!has(build, slot)) continue;
        sent++;
        fspec[i / 7] |= (uint8_t)(0x80 >> i % 7);
        if (!(item->shape == ASTERIX_COMPOUND ? emit_compound(build, item, &out) : emit_leaf(build, item, slot, &out))) return ASTERIX_NO_ROOM;
    }
    return sent == items ? (int)(out.at - bytes) : ASTERIX_UNKNOWN_FRN;
}
