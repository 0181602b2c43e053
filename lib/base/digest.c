/* digest: FNV-1a, 64 bit (Fowler, Noll, Vo; draft-eastlake-fnv). */
#include "base/digest.h"

#include <math.h>
#include <string.h>

#define PRIME UINT64_C(0x100000001b3)

uint64_t digest_add(uint64_t digest, const void *bytes, size_t size)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < size; i++)
        digest = (digest ^ b[i]) * PRIME;
    return digest;
}

uint64_t digest_add_u64(uint64_t digest, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        digest = (digest ^ (value >> (8 * i) & 0xff)) * PRIME;
    return digest;
}

uint64_t digest_add_double(uint64_t digest, double value)
{
    uint64_t bits = 0;
    if (isnan(value))
        bits = UINT64_C(0x7ff8000000000000);
    else if (value < 0 || value > 0)
        memcpy(&bits, &value, sizeof bits);
    return digest_add_u64(digest, bits);
}
