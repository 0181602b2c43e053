/* template: records of one table whose layout is known, filled in place.
 *
 * For outputs that write the same items thousands of times a second. The first record with a set of parts is laid out by asterix_build; what it looks like with
 * every value zero is kept, with the place of each row in it, and later records with the same parts are a copy with the values put in: a third of the
 * work. Unlike the builder's canonical form, an extended item keeps all parts whose rows are in the table, also when all of their flags are zero. */
#ifndef WIRE_TEMPLATE_H
#define WIRE_TEMPLATE_H

#include "wire/mapping.h"

struct template;

/* m is lent and must stay; its category has one UAP. NULL when memory is short. */
struct template *template_new(const struct mapping *m);
void template_free(struct template *t);

/* As mapping_encode: octets; ERR_RANGE when a value does not fit its item; ERR_FULL without room (a record has at most 255 octets). */
int template_encode(struct template *t, const void *object, uint64_t parts, uint8_t *bytes, size_t room);

#endif
