/* Framing fed with anything: octet 0 says the container, octet 1 the cuts. No octet may be read that is not there, and the cuts may change nothing. */
#include "tests/wire/framing_kit.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    enum framing_kind kind = (enum framing_kind)(data[0] % FRAMING_KINDS);
    struct framing_kit_result whole = framing_kit_run(kind, 1024, data + 2, size - 2, 0, 0);
    struct framing_kit_result cut = framing_kit_run(kind, 1024, data + 2, size - 2, 1 + data[1] % 64, data[1]);
    if (whole.digest != cut.digest)
        abort();
    framing_sniff(data + 2, size - 2, data[1] & 1 ? "a.ff" : NULL);
    return 0;
}
