/* mapping: see mapping.h. Thin: the engine's binding does the work, this adds the parts. */
#include "wire/mapping.h"

#include <assert.h>
#include <string.h>

#include "base/err.h"

#define CONTENT_MOST 512 /* octets of a record's items; ours have below 150 */

int mapping_init(struct mapping *m, const struct asterix_category *category, const struct mapping_row *rows, size_t count, size_t *bad)
{
    struct asterix_bind_row bound[ASTERIX_BIND_ROWS];
    assert(count <= ASTERIX_BIND_ROWS);
    memset(m, 0, sizeof *m);
    m->category = category;
    for (size_t k = 0; k < count; k++) {
        bound[k] = (struct asterix_bind_row){rows[k].path, rows[k].member, rows[k].type, rows[k].size};
        m->part[k] = rows[k].part;
        assert(rows[k].part < 64);
    }
    return asterix_bind_resolve(&m->bind, category, bound, count, bad);
}

uint64_t mapping_read(const struct mapping *m, const struct asterix_record *record, void *object)
{
    struct asterix_bind_set present;
    uint64_t parts = 0;
    asterix_bind_read(&m->bind, record, object, &present);
    for (unsigned word = 0; word < ASTERIX_BIND_ROWS / 64; word++)
        for (uint64_t bits = present.bits[word]; bits; bits &= bits - 1)
            parts |= UINT64_C(1) << m->part[word * 64 + (unsigned)__builtin_ctzll(bits)];
    return parts;
}

int mapping_write(const struct mapping *m, struct asterix_build *build, const void *object, uint64_t parts)
{
    struct asterix_bind_set present = {0};
    for (unsigned k = 0; k < m->bind.count; k++)
        if (parts >> m->part[k] & 1)
            asterix_bind_add(&present, k);
    return asterix_bind_write(&m->bind, build, object, &present);
}

int mapping_encode(const struct mapping *m, const void *object, uint64_t parts, uint8_t *bytes, size_t room)
{
    uint8_t content[CONTENT_MOST];
    struct asterix_build build;
    asterix_build_init(&build, m->category, content, sizeof content);
    build.common = true;
    int refused = mapping_write(m, &build, object, parts);
    assert(refused >= 0);
    if (refused > 0)
        return ERR_RANGE;
    int size = asterix_build_encode(&build, bytes, room);
    return size < 0 ? ERR_FULL : size;
}
