/* input: one file (or standard input) as units with arrival, whatever its container.
 *
 * Containers that know the time but not the date (FINAL, GPS) get it from `date`: the first unit's day is that one, later days follow. */
#ifndef SIM_INPUT_H
#define SIM_INPUT_H

#include "wire/framing.h"

#define INPUT_UNIT_MAX (1u << 20) /* larger tape frames than this are settings texts beyond reason */

struct input;

/* "-" is standard input. NULL when it does not open or its container is not known: *why (room for size) says it. */
struct input *input_open(const char *path, struct instant date, char *why, size_t size);
void input_close(struct input *in);

/* 1: *unit, lent until the next call; 0: the end; negative: a fault (go on calling), *fault says which. */
int input_next(struct input *in, struct framing_unit *unit, struct framing_fault *fault);

const char *input_path(const struct input *in);
enum framing_kind input_kind(const struct input *in);
/* Octets read so far, and of the whole file; 0 when that is not known. */
uint64_t input_done(const struct input *in);
uint64_t input_size(const struct input *in);

#endif
