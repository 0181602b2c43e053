/* out: see out.h. Only rows that common decoders know are written (tshark 4.0: 048 1.31, 062 1.19, 063 1.6, 065 1.5). */
#include "wire/out.h"

#include <assert.h>

#include "base/err.h"

#define RECORD_MOST 512 /* octets of a record's items; ours have below 150 */

void out_init(struct out *o)
{
    asterix_block_init(&o->block, o->bytes, sizeof o->bytes);
}

void out_drain(struct out *o, const struct out_sink *sink)
{
    size_t size = asterix_block_close(&o->block);
    if (size > 0)
        sink->datagram(sink->context, o->bytes, size);
}

int out_input(struct out *o, const struct mapping *m, const void *object, uint64_t parts, const struct out_sink *sink)
{
    uint8_t content[RECORD_MOST], record[RECORD_MOST];
    struct asterix_build build;
    asterix_build_init(&build, m->category, content, sizeof content);
    build.common = true;
    int refused = mapping_write(m, &build, object, parts);
    assert(refused >= 0);
    if (refused > 0)
        return ERR_RANGE;
    int size = asterix_build_encode(&build, record, sizeof record);
    assert(size > 0);
    if (asterix_block_put(&o->block, m->category->number, record, (size_t)size) == ASTERIX_OK)
        return ERR_NONE;
    out_drain(o, sink);
    int put = asterix_block_put(&o->block, m->category->number, record, (size_t)size);
    assert(put == ASTERIX_OK);
    return ERR_NONE;
}
