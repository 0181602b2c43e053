/* rng: repeatable random numbers: xoshiro256** (Blackman, Vigna, ACM TOMS 47(4), 2021), seeded through splitmix64.
 *
 * The state is the caller's; equal seeds give equal sequences on every machine (the normal and Poisson draws use libm: equal on one machine). */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>

struct rng {
    uint64_t s[4];
};

struct rng rng_init(uint64_t seed);
/* An independent stream for a named thing: seed and stream number mixed. */
struct rng rng_stream(uint64_t seed, uint64_t stream);
uint64_t rng_next(struct rng *r);
double rng_uniform(struct rng *r);                     /* [0, 1) */
uint32_t rng_below(struct rng *r, uint32_t n);         /* [0, n), without bias; n > 0 */
double rng_normal(struct rng *r);                      /* mean 0, variance 1 (polar method, one value per call) */
double rng_exponential(struct rng *r, double mean);
uint32_t rng_poisson(struct rng *r, double mean);      /* mean <= 1000 */

#endif
