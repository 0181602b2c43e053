#include "daemon/web/blob.h"

#include "daemon/web/ws.h"
#include <stdlib.h>
#include <string.h>

struct blob {
    unsigned holds;
    size_t size;
    uint8_t bytes[];
};

struct blob *blob_new(const Airseam__Web__Frame *frame)
{
    size_t payload = airseam__web__frame__get_packed_size(frame), header;
    struct blob *b = malloc(sizeof *b + WS_HEADER_MAX + payload);

    if (b) {
        b->holds = 1;
        header = ws_put_header(b->bytes, WS_BINARY, payload);
        b->size = header + airseam__web__frame__pack(frame, b->bytes + header);
    }
    return b;
}

struct blob *blob_hold(struct blob *b)
{
    b->holds++;
    return b;
}

void blob_free(struct blob *b)
{
    if (b && --b->holds == 0) {
        free(b);
    }
}

size_t blob_size(const struct blob *b)
{
    return b->size;
}

static void sent(const void *bytes, size_t size, void *context)
{
    (void)bytes;
    (void)size;
    blob_free(context);
}

bool blob_send(struct blob *b, struct evbuffer *to)
{
    if (evbuffer_add_reference(to, b->bytes, b->size, sent, b) != 0) {
        return false;
    }
    b->holds++;
    return true;
}
