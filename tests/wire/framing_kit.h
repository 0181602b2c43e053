/* framing_kit: containers made in memory, and what framing makes of a stream that is cut in a given way. For tests and the fuzz target. */
#ifndef TESTS_WIRE_FRAMING_KIT_H
#define TESTS_WIRE_FRAMING_KIT_H

#include "base/digest.h"
#include "base/rng.h"
#include "wire/framing.h"
#include <stdlib.h>
#include <string.h>

struct framing_kit {
    uint8_t bytes[1 << 17];
    size_t size;
};

static inline void framing_kit_add(struct framing_kit *k, const void *bytes, size_t size)
{
    memcpy(k->bytes + k->size, bytes, size);
    k->size += size;
}

/* What came out: units and faults in order as a digest, and how many. */
struct framing_kit_result {
    uint64_t digest, octets_lost;
    int units, faults;
    struct framing_unit last_unit; /* its bytes are gone */
    struct framing_fault first_fault;
    int first_code;
};

static inline void framing_kit_take(struct framing *f, struct framing_kit_result *r)
{
    struct framing_unit u;
    struct framing_fault fault;
    for (int code; (code = framing_next(f, &u, &fault)) != 0;) {
        r->digest = digest_add_u64(r->digest, (uint64_t)(int64_t)code);
        if (code > 0) {
            r->digest = digest_add(digest_add_u64(r->digest, u.offset), u.bytes, u.size);
            r->digest = digest_add_u64(r->digest, (uint64_t)u.arrival.ns);
            r->digest = digest_add_u64(r->digest, (uint64_t)u.from_ipv4 << 32 | u.to_ipv4) + u.to_port;
            r->units++;
            r->last_unit = u;
        } else {
            r->digest = digest_add_u64(digest_add_u64(r->digest, fault.offset), fault.size);
            if (r->faults++ == 0) {
                r->first_fault = fault;
                r->first_code = code;
            }
            r->octets_lost += fault.size;
        }
    }
}

/* Pieces of at most `most` octets (0: all at once), their sizes drawn from seed. Each piece is a copy of its own, as long as it is. */
static inline struct framing_kit_result framing_kit_run(enum framing_kind kind, size_t limit, const uint8_t *bytes, size_t size, uint32_t most,
                                                         uint64_t seed)
{
    struct framing_kit_result r = {.digest = DIGEST_START};
    struct framing *f = framing_new(kind, limit);
    struct rng rng = rng_init(seed);
    for (size_t at = 0; at < size;) {
        size_t n = most ? 1 + rng_below(&rng, most) : size;
        n = n < size - at ? n : size - at;
        uint8_t *piece = malloc(n);
        memcpy(piece, bytes + at, n);
        framing_put(f, piece, n);
        framing_kit_take(f, &r);
        free(piece);
        at += n;
    }
    framing_end(f);
    framing_kit_take(f, &r);
    framing_free(f);
    return r;
}

#endif
