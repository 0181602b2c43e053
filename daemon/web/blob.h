/* blob: octets that many connections send: made once, freed when the last of them has sent it. */
#ifndef DAEMON_WEB_BLOB_H
#define DAEMON_WEB_BLOB_H

#include "proto/web.pb-c.h"
#include <event2/buffer.h>
#include <stdbool.h>

struct blob;

/* The frame as one binary WebSocket message, held once. NULL when memory is short. */
struct blob *blob_new(const Airseam__Web__Frame *frame);
/* The same with more behind it: the octets of further fields. */
struct blob *blob_new_with(const Airseam__Web__Frame *frame, const void *more, size_t size);
/* Another hold on it. */
struct blob *blob_hold(struct blob *b);
/* Lets go of one hold. NULL is nothing. */
void blob_free(struct blob *b);
size_t blob_size(const struct blob *b);
/* Adds it to a buffer without copying; the buffer has a hold of its own. False when memory is short. */
bool blob_send(struct blob *b, struct evbuffer *to);

#endif
