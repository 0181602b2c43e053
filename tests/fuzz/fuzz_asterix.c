// Any octets as one record of any category: the first octet chooses the category and edition. What is accepted must walk, build again, and say the same
// when it is read again.
#include <stdlib.h>

#include "base/digest.h"
#include "wire/asterix_build.h"
#include "wire/asterix_walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool add(void *context, const struct asterix_visit *v)
{
    uint64_t *digest = context;

    // flags of zero in later parts are left out of the canonical form: they say nothing
    if (v->field && v->part > 0 && v->raw == 0 && v->field->coding == ASTERIX_ENUM) return true;
    *digest = digest_add_u64(*digest, v->slot);
    *digest = digest_add_u64(*digest, (uint64_t)v->repetition << 32 | v->row);
    *digest = v->field ? digest_add_u64(*digest, v->raw) : digest_add(*digest, v->bytes, v->octets);
    return true;
}

static uint64_t meaning(const struct asterix_record *record)
{
    uint64_t digest = DIGEST_START;

    asterix_walk(record, add, &digest);
    return digest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t content[65536], again[65536];
    const struct asterix_category *category;
    struct asterix_record record, second;
    struct asterix_fault fault;
    struct asterix_build build;
    unsigned categories = 0;
    int n;

    while (asterix_at(categories)) categories++;
    if (size == 0) return 0;
    category = asterix_at(data[0] % categories);
    if (asterix_decode(category, data + 1, size - 1, &record, &fault) < 0) return 0;
    asterix_build_init(&build, category, content, sizeof content);
    if (asterix_build_copy(&build, &record) != 0) abort();
    n = asterix_build_encode(&build, again, sizeof again);
    // a record may hold empty items alone, or (by random field sequencing) items that its own UAP does not have
    if (n == ASTERIX_EMPTY_FSPEC || n == ASTERIX_UNKNOWN_FRN) return 0;
    if (n < 0 || asterix_decode(category, again, (size_t)n, &second, &fault) != n) abort();
    if (meaning(&record) != meaning(&second)) abort();
    return 0;
}
