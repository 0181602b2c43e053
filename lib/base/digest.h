/* digest: one 64-bit number that stands for a sequence of bytes (FNV-1a, 64 bit; Fowler, Noll, Vo). For "same or not", not against an adversary. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#define DIGEST_START UINT64_C(0xcbf29ce484222325)

uint64_t digest_add(uint64_t digest, const void *bytes, size_t size);
uint64_t digest_add_u64(uint64_t digest, uint64_t value); /* its eight octets, least significant first */
uint64_t digest_add_double(uint64_t digest, double value); /* its bits; -0 counts as +0, every NaN alike */

#endif
