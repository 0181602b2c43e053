/* merge: several inputs as one sequence of units by arrival; equal arrivals in the order of the inputs.
 *
 * Where a container has no arrival it is found in the content: the time of day of ASTERIX records, the arrival column of a plots CSV, the instant of an
 * envelope. The sequence never goes back: a unit that is earlier than the one before it in its own input counts as that one's. */
#ifndef SIM_MERGE_H
#define SIM_MERGE_H

#include "sim/input.h"
#include "sim/unit_time.h"

#define MERGE_INPUTS 64

struct merge;

/* NULL when memory is short. Editions are for reading times (lent for the call). */
struct merge *merge_new(struct instant date, const struct asterix_editions *editions);
void merge_free(struct merge *m);
/* Takes the input, which merge_free closes: its index, or ERR_FULL (then it is still the caller's). */
int merge_add(struct merge *m, struct input *in);

struct merge_unit {
    struct framing_unit unit; /* lent until the next call */
    int input;
    struct instant key;       /* its place in the sequence; INSTANT_NONE: nothing so far had a time */
};
/* 1: *out; 0: the end of all; negative: a fault of input *input, *fault says which (go on calling). */
int merge_next(struct merge *m, struct merge_unit *out, struct framing_fault *fault, int *input);

const struct input *merge_input(const struct merge *m, int index);
int merge_inputs(const struct merge *m);
/* Octets read of all inputs, and in all; 0 when that is not known. */
uint64_t merge_done(const struct merge *m);
uint64_t merge_size(const struct merge *m);

#endif
