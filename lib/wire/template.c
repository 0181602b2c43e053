/* template: a direct-mapped cache of layouts, keyed by the set of parts. Two sets that share a place throw each other out: a matter of speed only. */
#include "wire/template.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define LAYOUTS_LOG2 6
#define RECORD_MOST 255

struct layout {
    uint64_t parts; /* 0: none */
    uint16_t size, rows;
    uint8_t bytes[RECORD_MOST];
    struct {
        uint16_t cell, octet; /* of the mapping's bind; where its bits begin in bytes */
    } row[ASTERIX_BIND_ROWS];
};

struct template {
    const struct mapping *mapping;
    struct layout layouts[1 << LAYOUTS_LOG2];
};

struct template *template_new(const struct mapping *m)
{
    struct template *t = calloc(1, sizeof *t);
    assert(m->category->uap_count == 1);
    if (t)
        t->mapping = m;
    return t;
}

void template_free(struct template *t)
{
    free(t);
}

/* Bits into zeros. */
static void fill(uint8_t *octet, const struct asterix_bind_cell *cell, uint64_t raw)
{
    uint64_t v = raw << cell->shift;
    for (unsigned k = cell->octets; k-- > 0; v >>= 8)
        octet[k] = (uint8_t)(octet[k] | v);
}

/* The record with every bit of every row set: its octets in l->bytes, or negative. */
static int widest(const struct mapping *m, uint64_t parts, struct layout *l)
{
    uint8_t content[2 * RECORD_MOST];
    struct asterix_build build;
    asterix_build_init(&build, m->category, content, sizeof content);
    build.common = true;
    for (uint16_t k = 0; k < m->bind.count; k++) {
        const struct asterix_place *place = &m->bind.cells[k].place;
        if (!(parts >> m->part[k] & 1))
            continue;
        if (asterix_build_raw(&build, place, ~UINT64_C(0) >> (64 - place->bits)) != ASTERIX_OK)
            return ERR_RANGE;
        l->row[l->rows++].cell = k;
    }
    int size = asterix_build_encode(&build, l->bytes, sizeof l->bytes);
    return size < 0 ? ERR_FULL : size;
}

static int lay_out(const struct mapping *m, uint64_t parts, struct layout *l)
{
    struct asterix_record record;
    struct asterix_fault fault;
    memset(l, 0, sizeof *l);
    int size = widest(m, parts, l);
    if (size < 0)
        return size;
    int read = asterix_decode(m->category, l->bytes, (size_t)size, &record, &fault);
    assert(read == size);
    for (unsigned k = 0; k < l->rows; k++) {
        const struct asterix_bind_cell *cell = &m->bind.cells[l->row[k].cell];
        l->row[k].octet = (uint16_t)(record.slot[cell->place.slot].offset + cell->place.octet);
        for (unsigned bit = 0; bit < cell->place.bits; bit++) {
            unsigned at = cell->place.bit + bit;
            l->bytes[l->row[k].octet + at / 8] &= (uint8_t)~(0x80u >> at % 8);
        }
    }
    l->size = (uint16_t)size;
    l->parts = parts;
    return ERR_NONE;
}

int template_encode(struct template *t, const void *object, uint64_t parts, uint8_t *bytes, size_t room)
{
    struct layout *l = &t->layouts[parts * UINT64_C(0x9e3779b97f4a7c15) >> (64 - LAYOUTS_LOG2)]; /* Fibonacci hashing, TAOCP 3, 6.4 */
    int code = parts && l->parts == parts ? ERR_NONE : lay_out(t->mapping, parts, l);
    if (code != ERR_NONE)
        return code;
    if (l->size > room)
        return ERR_FULL;
    memcpy(bytes, l->bytes, l->size);
    for (unsigned k = 0; k < l->rows; k++) {
        const struct asterix_bind_cell *cell = &t->mapping->bind.cells[l->row[k].cell];
        uint64_t raw = 0;
        if (asterix_bind_raw(cell, object, &raw) != ASTERIX_OK || raw >> (cell->place.bits - 1) > 1)
            return ERR_RANGE;
        fill(bytes + l->row[k].octet, cell, raw);
    }
    return l->size;
}
