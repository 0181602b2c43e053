/* asterix_bits: a row's bits in big-endian octets, at most 64, most significant first. For the engine's own files. */
#ifndef WIRE_ASTERIX_BITS_H
#define WIRE_ASTERIX_BITS_H

#include <stdint.h>

/* Rows of more than 57 bits begin at an octet (a test checks it), so that eight octets always hold a row. */
static inline uint64_t asterix_bits_get(const uint8_t *octet, unsigned bit, unsigned bits)
{
    unsigned n = (bit + bits + 7) / 8;
    uint64_t v = 0;

    for (unsigned i = 0; i < n; i++) v = v << 8 | octet[i];
    return v >> (n * 8 - bit - bits) & (~UINT64_C(0) >> (64 - bits));
}

static inline void asterix_bits_put(uint8_t *octet, unsigned bit, unsigned bits, uint64_t value)
{
    unsigned n = (bit + bits + 7) / 8, shift = n * 8 - bit - bits;
    uint64_t mask = ~UINT64_C(0) >> (64 - bits) << shift;

    value = value << shift & mask;
    for (unsigned i = n; i-- > 0; mask >>= 8, value >>= 8) octet[i] = (uint8_t)((octet[i] & ~mask) | value);
}

#endif
