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
    return blob_new_with(frame, NULL, 0);
}

/* In protobuf a message behind a message is both of them together. */
struct blob *blob_new_with(const Airseam__Web__Frame *frame, const void *more, size_t size)
{
    size_t payload = airseam__web__frame__get_packed_size(frame) + size;
    struct blob *b = malloc(sizeof *b + WS_HEADER_MAX + payload);

    if (b) {
        b->holds = 1;
        b->size = ws_put_header(b->bytes, WS_BINARY, payload);
        b->size += airseam__web__frame__pack(frame, b->bytes + b->size);
        if (size > 0) {
            memcpy(b->bytes + b->size, more, size);
        }
        b->size += size;
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
