/*
 * asterix_path: names of rows to places of bits, and values in and out of those places.
 *
 * A place is worked out once from the rows: octet and bit of the row in its slot's span. Whether a record holds it is then two comparisons: the slot is
 * present and its span reaches that far (which covers parts, repetitions and short extents alike), and, for a row of a choice, the choosing bit.
 */
#include "wire/asterix_path.h"

#include <math.h>
#include <string.h>

#include "base/unit.h"
#include "wire/asterix_bits.h"

static const struct {
    const char *name;
    double si;
} units[] = {
    [ASTERIX_NONE] = { "", 1 },
    [ASTERIX_M] = { "m", 1 },
    [ASTERIX_NM] = { "NM", UNIT_NM },
    [ASTERIX_FT] = { "ft", UNIT_FT },
    [ASTERIX_FL] = { "FL", UNIT_FL },
    [ASTERIX_DEG] = { "deg", UNIT_DEG },
    [ASTERIX_S] = { "s", 1 },
    [ASTERIX_MS] = { "ms", 1e-3 },
    [ASTERIX_M_S] = { "m/s", 1 },
    [ASTERIX_KT] = { "kt", UNIT_KT },
    [ASTERIX_NM_S] = { "NM/s", UNIT_NM },
    [ASTERIX_FT_MIN] = { "ft/min", UNIT_FTMIN },
    [ASTERIX_M_S2] = { "m/s2", 1 },
    [ASTERIX_DEG_S] = { "deg/s", UNIT_DEG },
    [ASTERIX_MACH] = { "Mach", 1 },
    [ASTERIX_DBM] = { "dBm", 1 },
    [ASTERIX_HZ] = { "Hz", 1 },
    [ASTERIX_MHZ] = { "MHz", 1e6 },
    [ASTERIX_MB] = { "mb", 100 },
    [ASTERIX_CELSIUS] = { "degC", 1 },
};

const char *asterix_path_unit_name(unsigned unit)
{
    return unit < sizeof units / sizeof *units ? units[unit].name : "";
}

/* Item that owns the rows of a slot, and the slot of its compound (or itself). */
static const struct asterix_item *owner(const struct asterix_category *category, unsigned slot, unsigned *parent)
{
    *parent = slot;
    if (slot < category->item_count) return &category->items[slot];
    for (unsigned i = 0; i < category->item_count; i++) {
        const struct asterix_item *item = &category->items[i];
        if (item->shape != ASTERIX_COMPOUND || slot < item->slot || slot - item->slot >= item->count) continue;
        *parent = i;
        return &item->subs[slot - item->slot];
    }
    return NULL;
}

int asterix_path_row(const struct asterix_category *category, unsigned slot, unsigned row, unsigned repetition, struct asterix_place *place)
{
    unsigned parent, at = 0, start = 0, part = 0, base;
    const struct asterix_item *item = owner(category, slot, &parent);
    const struct asterix_field *f;

    if (!item || row >= item->count || !item->fields) return ASTERIX_BAD_PATH;
    for (unsigned i = 0; i <= row; i++) {
        f = &item->fields[i];
        if (i > 0 && item->fields[i - 1].coding == ASTERIX_FX) part++;
        if (i > 0 && f->when && item->fields[i - 1].when) continue; /* shares the bits of the row before it */
        start = at;
        at += f->bits;
    }
    f = &item->fields[row];
    if (f->coding == ASTERIX_SPARE || f->coding == ASTERIX_FX) return ASTERIX_BAD_PATH;
    if (item->shape != ASTERIX_REPETITIVE && item->shape != ASTERIX_REPETITIVE_FX && repetition > 0) return ASTERIX_BAD_PATH;
    if (repetition >= (item->shape == ASTERIX_REPETITIVE_FX ? UINT16_MAX / item->octets : 255)) return ASTERIX_BAD_PATH;
    base = (item->shape == ASTERIX_REPETITIVE) + repetition * item->octets;
    *place = (struct asterix_place){
        .item = item, .field = f, .slot = (uint16_t)slot, .parent = (uint16_t)parent, .row = (uint16_t)row, .octet = (uint16_t)(base + start / 8),
        .repetition = (uint16_t)repetition, .bit = (uint8_t)(start % 8), .bits = f->bits, .part = (uint8_t)part,
        .si = (double)f->num / f->den * units[f->unit].si,
    };
    return ASTERIX_OK;
}

/* Does the path go on with name, up to its next delimiter? Then takes it off. */
static bool word(const char **path, const char *name)
{
    size_t n = strcspn(*path, "/[");

    if (strlen(name) != n || memcmp(*path, name, n) != 0) return false;
    *path += n;
    return true;
}

/* Slot of the item and, in a compound, of the sub-item at the head of the path; -1. */
static int slot_of(const struct asterix_category *category, const char **path)
{
    const struct asterix_item *item = NULL;
    unsigned i;

    for (i = 0; i < category->item_count; i++)
        if (category->items[i].shape != ASTERIX_ABSENT && word(path, category->items[i].id)) break;
    if (i == category->item_count) return -1;
    item = &category->items[i];
    if (item->shape != ASTERIX_COMPOUND) return (int)i;
    if (*(*path)++ != '/') return -1;
    for (i = 0; i < item->count; i++)
        if (item->subs[i].shape != ASTERIX_ABSENT && word(path, item->subs[i].id)) return (int)(item->slot + i);
    return -1;
}

/* "[N]" at the head of the path; 0 without one, -1 when it is wrong. */
static int repetition_of(const char **path)
{
    int n = 0, digits = 0;

    if (**path != '[') return 0;
    for ((*path)++; **path >= '0' && **path <= '9' && digits < 5; (*path)++, digits++) n = n * 10 + (**path - '0');
    if (**path != ']' || digits == 0) return -1;
    (*path)++;
    return n;
}

int asterix_path_find(const struct asterix_category *category, const char *path, struct asterix_place *place)
{
    int slot = slot_of(category, &path), repetition;
    unsigned parent;
    const struct asterix_item *item;

    if (slot < 0 || (repetition = repetition_of(&path)) < 0) return ASTERIX_BAD_PATH;
    if (*path == '/')
        path++;
    else if (*path)
        return ASTERIX_BAD_PATH;
    item = owner(category, (unsigned)slot, &parent);
    for (unsigned row = 0; row < item->count && item->fields; row++) {
        const struct asterix_field *f = &item->fields[row];
        if (f->coding == ASTERIX_SPARE || f->coding == ASTERIX_FX || strcmp(f->name, path) != 0) continue;
        return asterix_path_row(category, (unsigned)slot, row, (unsigned)repetition, place);
    }
    return ASTERIX_BAD_PATH;
}

bool asterix_path_raw(const struct asterix_record *record, const struct asterix_place *place, uint64_t *raw)
{
    struct asterix_span span;

    if (!asterix_has(record, place->slot)) return false;
    span = record->slot[place->slot];
    if (place->octet + (place->bit + place->bits + 7u) / 8 > span.octets) return false;
    if (place->field->when) {
        unsigned chooser = place->octet * 8u + place->bit - 1;
        if ((record->bytes[span.offset + chooser / 8] >> (7 - chooser % 8) & 1) != place->field->when - 1) return false;
    }
    *raw = asterix_bits_get(record->bytes + span.offset + place->octet, place->bit, place->bits);
    return true;
}

bool asterix_path_int(const struct asterix_record *record, const struct asterix_place *place, int64_t *value)
{
    uint64_t raw;

    if (!asterix_path_raw(record, place, &raw)) return false;
    *value = asterix_path_signed(place->field, raw);
    return true;
}

bool asterix_path_si(const struct asterix_record *record, const struct asterix_place *place, double *value)
{
    int64_t n;

    if (!asterix_path_int(record, place, &n)) return false;
    *value = (double)n * place->si;
    return true;
}

bool asterix_path_number(const struct asterix_record *record, const struct asterix_place *place, double *value)
{
    uint64_t raw;

    if (!asterix_path_raw(record, place, &raw)) return false;
    *value = asterix_path_unit(place->field, raw);
    return true;
}

bool asterix_path_text(const struct asterix_record *record, const struct asterix_place *place, char *text, size_t size)
{
    uint64_t raw;

    if (!asterix_path_raw(record, place, &raw)) return false;
    asterix_text_print(place->field, raw, text, size);
    return true;
}

unsigned asterix_path_count(const struct asterix_record *record, const struct asterix_place *place)
{
    const struct asterix_item *item = place->item;

    if (!asterix_has(record, place->slot)) return 0;
    if (item->shape == ASTERIX_REPETITIVE) return record->bytes[record->slot[place->slot].offset];
    return item->shape == ASTERIX_REPETITIVE_FX ? record->slot[place->slot].octets / item->octets : (unsigned)1;
}

const uint8_t *asterix_path_bytes(const struct asterix_record *record, const char *item, size_t *octets)
{
    for (unsigned i = 0; i < record->category->item_count; i++) {
        if (record->category->items[i].shape != ASTERIX_EXPLICIT || strcmp(record->category->items[i].id, item) != 0) continue;
        if (!asterix_has(record, i)) return NULL;
        *octets = record->slot[i].octets - 1u;
        return record->bytes + record->slot[i].offset + 1;
    }
    return NULL;
}

int64_t asterix_path_signed(const struct asterix_field *field, uint64_t raw)
{
    uint64_t sign = UINT64_C(1) << (field->bits - 1);

    return field->coding == ASTERIX_SIGNED ? (int64_t)((raw ^ sign) - sign) : (int64_t)raw;
}

double asterix_path_unit(const struct asterix_field *field, uint64_t raw)
{
    return (double)asterix_path_signed(field, raw) * field->num / field->den;
}

int asterix_path_raw_of(const struct asterix_place *place, double value_si, uint64_t *raw)
{
    const struct asterix_field *f = place->field;
    double n = rint(value_si / place->si), span = 2.0 * (double)(UINT64_C(1) << (f->bits - 1));
    bool turn = f->coding == ASTERIX_UNSIGNED && f->unit == ASTERIX_DEG && span * f->num == 360.0 * f->den;

    if (turn && n == span) n = 0;
    if (f->coding == ASTERIX_SIGNED) {
        if (!(n >= -span / 2 && n < span / 2)) return ASTERIX_RANGE;
        *raw = (uint64_t)(int64_t)n & (~UINT64_C(0) >> (64 - f->bits));
        return ASTERIX_OK;
    }
    if (!(n >= 0 && n < span)) return ASTERIX_RANGE;
    *raw = (uint64_t)n;
    return ASTERIX_OK;
}
