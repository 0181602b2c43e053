/* outbox: what the picture has to tell: track events and notices in their order, until somebody drains them, and the digest of all events.
 *
 * A bounded ring. Updates may fill half of it: a drainer that sleeps loses updates (counted); new and drop events have the other half, and
 * only where even that is full (capacity / 2 tracks came or went undrained) are they lost and counted too. The digest counts every event
 * at the moment it happens, drained or not. */
#ifndef PICTURE_OUTBOX_H
#define PICTURE_OUTBOX_H

#include "air/notice.h"
#include "air/track.h"
#include <stdbool.h>
#include <stddef.h>

struct outbox;

struct outbox *outbox_new(uint32_t events, uint32_t notices);
void outbox_free(struct outbox *o);

/* False when it was lost. The slot to be filled by the caller is found by outbox_next and made part of the sequence by outbox_add. */
struct track_event *outbox_next(struct outbox *o, enum track_event_kind kind); /* never NULL: a lost event is written where nobody reads */
void outbox_add(struct outbox *o);
void outbox_add_notice(struct outbox *o, const struct notice *n);

bool outbox_take(struct outbox *o, struct track_event const **e); /* lent until the next call on o */
bool outbox_take_notice(struct outbox *o, struct notice *n);
uint64_t outbox_digest(const struct outbox *o);
uint64_t outbox_lost(const struct outbox *o);

size_t outbox_state_size(const struct outbox *o);
void outbox_save(const struct outbox *o, void *out);
int outbox_load(struct outbox *o, const void *in, size_t size);

#endif
