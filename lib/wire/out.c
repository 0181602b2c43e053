/* out: see out.h. */
#include "wire/out.h"

#include <assert.h>

#include "base/err.h"

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
    uint8_t record[OUT_LIMIT];
    int size = mapping_encode(m, object, parts, record, sizeof record);
    if (size < 0)
        return size;
    if (asterix_block_put(&o->block, m->category->number, record, (size_t)size) == ASTERIX_OK)
        return ERR_NONE;
    out_drain(o, sink);
    int put = asterix_block_put(&o->block, m->category->number, record, (size_t)size);
    assert(put == ASTERIX_OK);
    return ERR_NONE;
}
