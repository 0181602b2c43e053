/* snapshot: the whole state of a picture as bytes, and back.
 *
 * A head (form, settings, size, digest of what follows), then the parts in the order of one table. Everything that can change is in
 * pointer-free arrays. The digest is checked before anything is touched, so a damaged snapshot leaves the picture as it was. */
#ifndef PICTURE_SNAPSHOT_H
#define PICTURE_SNAPSHOT_H

#include "picture/inside.h"

size_t snapshot_size(const struct picture *p);
size_t snapshot_save(const struct picture *p, void *out); /* the size */
/* 0, or ERR_FORMAT: of another build or settings, or damaged. p must hold no sensors other than the snapshot's, in its order. */
int snapshot_load(struct picture *p, const void *in, size_t size);

#endif
