/* rng: xoshiro256** 1.0 and splitmix64, both public domain algorithms of D. Blackman and S. Vigna (ACM TOMS 47(4), 2021). */
#include "base/rng.h"

#include <assert.h>
#include <math.h>

static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = (*x += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

struct rng rng_init(uint64_t seed)
{
    struct rng r;
    for (int i = 0; i < 4; i++)
        r.s[i] = splitmix(&seed);
    return r;
}

struct rng rng_stream(uint64_t seed, uint64_t stream)
{
    uint64_t mixed = splitmix(&stream);
    return rng_init(seed ^ mixed);
}

static uint64_t rotl(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

uint64_t rng_next(struct rng *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

double rng_uniform(struct rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53;
}

/* Multiply and reject (Lemire, ACM TOMACS 29(1), 2019). */
uint32_t rng_below(struct rng *r, uint32_t n)
{
    assert(n > 0);
    uint32_t threshold = (0u - n) % n;
    for (;;) {
        uint64_t product = (rng_next(r) >> 32) * n;
        if ((uint32_t)product >= threshold)
            return (uint32_t)(product >> 32);
    }
}

/* Marsaglia's polar method; the second value is thrown away, so that the state is the four words alone. */
double rng_normal(struct rng *r)
{
    for (;;) {
        double u = 2.0 * rng_uniform(r) - 1.0;
        double v = 2.0 * rng_uniform(r) - 1.0;
        double s = u * u + v * v;
        if (s > 0.0 && s < 1.0)
            return u * sqrt(-2.0 * log(s) / s);
    }
}

double rng_exponential(struct rng *r, double mean)
{
    return -mean * log1p(-rng_uniform(r));
}

/* Knuth's product of uniforms in pieces of mean 16, so that exp(-mean) stays a normal number. */
uint32_t rng_poisson(struct rng *r, double mean)
{
    assert(mean >= 0.0 && mean <= 1000.0);
    uint32_t count = 0;
    while (mean > 0.0) {
        double piece = fmin(mean, 16.0);
        double limit = exp(-piece);
        double product = rng_uniform(r);
        while (product > limit) {
            product *= rng_uniform(r);
            count++;
        }
        mean -= piece;
    }
    return count;
}
