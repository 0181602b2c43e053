/* Any octets as protobuf envelopes. Input: as fuzz_decoder_asterix.c. */
#include "decoder_kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct decoder_settings s = decoder_settings_default();
    s.format = DECODER_PB;
    s.sources = 2;
    s.source[0] = 1;
    s.source[1] = 0x1481;
    decoder_kit_twice(&s, data, size);
    return 0;
}
