/*
 * asterix_bind: one loop over runs of rows of one slot, one over their cells. Everything that can be worked out from rows and types is worked out in
 * asterix_bind_resolve, so that an absent item costs one test, and a member a few octets, a shift and a store.
 */
#include "wire/asterix_bind.h"

#include <assert.h>
#include <string.h>

#include "wire/asterix_bits.h"

/* Bits that a type holds, by enum asterix_member; 0: any row. */
static const uint8_t widths[] = {
    [ASTERIX_SI] = 0, [ASTERIX_BOOL] = 0, [ASTERIX_U8] = 8, [ASTERIX_U16] = 16, [ASTERIX_U32] = 32, [ASTERIX_U64] = 64,
    [ASTERIX_I8] = 8, [ASTERIX_I16] = 16, [ASTERIX_I32] = 32, [ASTERIX_I64] = 64, [ASTERIX_TEXT] = 0,
};

/* Can a member of this type hold every value of the row? */
static bool suits(const struct asterix_field *field, const struct asterix_bind_row *row)
{
    bool number = field->coding == ASTERIX_UNSIGNED || field->coding == ASTERIX_SIGNED;
    bool is_signed = row->type >= ASTERIX_I8 && row->type <= ASTERIX_I64;

    if (row->type > ASTERIX_TEXT) return false;
    if (row->type == ASTERIX_SI) return number;
    if (row->type == ASTERIX_TEXT) {
        unsigned step = field->coding == ASTERIX_OCTAL ? 3 : field->coding == ASTERIX_ICAO ? 6 : field->coding == ASTERIX_ASCII ? 8 : 0;
        return step > 0 && row->size > field->bits / step;
    }
    if (row->type != ASTERIX_BOOL && (field->coding == ASTERIX_SIGNED) != is_signed) return false;
    return widths[row->type] == 0 || field->bits <= widths[row->type];
}

static void place_bits(struct asterix_bind_cell *cell)
{
    const struct asterix_place *p = &cell->place;

    cell->octets = (uint8_t)((p->bit + p->bits + 7u) / 8);
    cell->shift = (uint8_t)(cell->octets * 8u - p->bit - p->bits);
    cell->end = (uint16_t)(p->octet + cell->octets);
}

static void add_to_run(struct asterix_bind *bind, uint16_t row)
{
    uint16_t slot = bind->cells[row].place.slot;

    if (bind->run_count == 0 || bind->runs[bind->run_count - 1].slot != slot) bind->runs[bind->run_count++] = (struct asterix_bind_run){ slot, row, 0 };
    bind->runs[bind->run_count - 1].count++;
}

int asterix_bind_resolve(struct asterix_bind *bind, const struct asterix_category *category, const struct asterix_bind_row *rows, size_t count, size_t *bad)
{
    bind->category = category;
    bind->count = bind->run_count = 0;
    *bad = 0;
    if (count > ASTERIX_BIND_ROWS) return ASTERIX_BAD_PATH;
    for (size_t i = 0; i < count; i++) {
        struct asterix_bind_cell *cell = &bind->cells[i];
        *bad = i;
        if (asterix_path_find(category, rows[i].path, &cell->place) < 0) return ASTERIX_BAD_PATH;
        if (!suits(cell->place.field, &rows[i])) return ASTERIX_BAD_PATH;
        cell->member = rows[i].member;
        cell->type = rows[i].type;
        cell->size = rows[i].size;
        place_bits(cell);
        add_to_run(bind, (uint16_t)i);
    }
    bind->count = (uint16_t)count;
    return ASTERIX_OK;
}

static void store(const struct asterix_bind_cell *cell, uint64_t raw, char *member)
{
    const struct asterix_field *field = cell->place.field;
    double si;

    switch ((enum asterix_member)cell->type) {
    case ASTERIX_SI:
        si = (double)asterix_path_signed(field, raw) * cell->place.si;
        memcpy(member, &si, sizeof si);
        return;
    case ASTERIX_BOOL: *(bool *)member = raw != 0; return;
    case ASTERIX_U8: *(uint8_t *)member = (uint8_t)raw; return;
    case ASTERIX_U16: memcpy(member, &(uint16_t){ (uint16_t)raw }, 2); return;
    case ASTERIX_U32: memcpy(member, &(uint32_t){ (uint32_t)raw }, 4); return;
    case ASTERIX_U64: memcpy(member, &raw, 8); return;
    case ASTERIX_I8: *(int8_t *)member = (int8_t)asterix_path_signed(field, raw); return;
    case ASTERIX_I16: memcpy(member, &(int16_t){ (int16_t)asterix_path_signed(field, raw) }, 2); return;
    case ASTERIX_I32: memcpy(member, &(int32_t){ (int32_t)asterix_path_signed(field, raw) }, 4); return;
    case ASTERIX_I64: memcpy(member, &(int64_t){ asterix_path_signed(field, raw) }, 8); return;
    case ASTERIX_TEXT: asterix_text_print(field, raw, member, cell->size); return;
    }
}

/* The cell's bits out of its slot's content. */
static inline uint64_t bits_of(const struct asterix_bind_cell *cell, const uint8_t *content)
{
    const uint8_t *octet = content + cell->place.octet;
    uint64_t v = octet[0];

    if (cell->octets > 1) v = v << 8 | octet[1];
    if (cell->octets > 2) v = v << 8 | octet[2];
    for (unsigned i = 3; i < cell->octets; i++) v = v << 8 | octet[i];
    return v >> cell->shift & (~UINT64_C(0) >> (64 - cell->place.bits));
}

void asterix_bind_read(const struct asterix_bind *bind, const struct asterix_record *record, void *object, struct asterix_bind_set *present)
{
    assert(bind->category == record->category);
    memset(present, 0, sizeof *present);
    for (unsigned r = 0; r < bind->run_count; r++) {
        const struct asterix_bind_run *run = &bind->runs[r];
        if (!asterix_has(record, run->slot)) continue;
        const struct asterix_span span = record->slot[run->slot];
        for (unsigned i = run->first; i < (unsigned)run->first + run->count; i++) {
            const struct asterix_bind_cell *cell = &bind->cells[i];
            uint64_t raw;
            if (cell->end > span.octets) continue;
            if (!cell->place.field->when)
                raw = bits_of(cell, record->bytes + span.offset);
            else if (!asterix_path_raw(record, &cell->place, &raw))
                continue;
            store(cell, raw, (char *)object + cell->member);
            asterix_bind_add(present, i);
        }
    }
}

/* A whole number of any signed type, as raw bits of its row. */
static int raw_of_signed(const struct asterix_field *field, int64_t n, uint64_t *raw)
{
    uint64_t mask = ~UINT64_C(0) >> (64 - field->bits);

    *raw = (uint64_t)n & mask;
    return asterix_path_signed(field, *raw) == n ? ASTERIX_OK : ASTERIX_RANGE;
}

/* The member as raw bits. */
static int load(const struct asterix_bind_cell *cell, const char *member, uint64_t *raw)
{
    const struct asterix_field *field = cell->place.field;
    double si;
    uint16_t u16;
    uint32_t u32;
    int16_t i16;
    int32_t i32;
    int64_t i64;

    switch ((enum asterix_member)cell->type) {
    case ASTERIX_SI: memcpy(&si, member, sizeof si); return asterix_path_raw_of(&cell->place, si, raw);
    case ASTERIX_BOOL: *raw = *(const bool *)member; return ASTERIX_OK;
    case ASTERIX_U8: *raw = *(const uint8_t *)member; return ASTERIX_OK;
    case ASTERIX_U16: memcpy(&u16, member, 2); *raw = u16; return ASTERIX_OK;
    case ASTERIX_U32: memcpy(&u32, member, 4); *raw = u32; return ASTERIX_OK;
    case ASTERIX_U64: memcpy(raw, member, 8); return ASTERIX_OK;
    case ASTERIX_I8: return raw_of_signed(field, *(const int8_t *)member, raw);
    case ASTERIX_I16: memcpy(&i16, member, 2); return raw_of_signed(field, i16, raw);
    case ASTERIX_I32: memcpy(&i32, member, 4); return raw_of_signed(field, i32, raw);
    case ASTERIX_I64: memcpy(&i64, member, 8); return raw_of_signed(field, i64, raw);
    case ASTERIX_TEXT: return asterix_text_parse(field, member, raw);
    }
    return ASTERIX_RANGE;
}

int asterix_bind_raw(const struct asterix_bind_cell *cell, const void *object, uint64_t *raw)
{
    return load(cell, (const char *)object + cell->member, raw);
}

/* Into a slot that is there and long enough; false when the builder has to see to it. */
static inline bool put_bits(struct asterix_build *build, const struct asterix_bind_cell *cell, uint64_t raw)
{
    const struct asterix_place *p = &cell->place;

    if (!(build->present[p->slot / 64] >> (p->slot % 64) & 1) || build->slot[p->slot].octets < cell->end || p->field->when) return false;
    if (p->part != 0 && p->field->coding != ASTERIX_ENUM) return false; /* a quantity keeps its part */
    if (raw >> (p->bits - 1) > 1 || (build->common && p->field->recent)) return false;
    asterix_bits_put(build->bytes + build->slot[p->slot].offset + p->octet, p->bit, p->bits, raw);
    return true;
}

/* Is any row of the run to be put? A run may reach over a word's end. */
static bool any(const struct asterix_bind_set *set, const struct asterix_bind_run *run)
{
    for (unsigned i = run->first; i < (unsigned)run->first + run->count; i++)
        if (asterix_bind_has(set, i)) return true;
    return false;
}

int asterix_bind_write(const struct asterix_bind *bind, struct asterix_build *build, const void *object, const struct asterix_bind_set *present)
{
    int refused = 0;

    assert(bind->category == build->category);
    for (unsigned r = 0; r < bind->run_count; r++) {
        const struct asterix_bind_run *run = &bind->runs[r];
        if (!any(present, run)) continue;
        for (unsigned i = run->first + run->count; i-- > run->first;) { /* backwards: the slot grows once */
            const struct asterix_bind_cell *cell = &bind->cells[i];
            uint64_t raw = 0;
            if (!asterix_bind_has(present, i)) continue;
            int code = load(cell, (const char *)object + cell->member, &raw);
            if (code == 0 && put_bits(build, cell, raw)) continue;
            if (code == 0) code = asterix_build_raw(build, &cell->place, raw);
            if (code == ASTERIX_NO_ROOM) return code;
            refused += code < 0;
        }
    }
    return refused;
}
