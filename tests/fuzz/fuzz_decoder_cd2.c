/* Any octets as datagrams of a CD-2 line. */
#include "decoder_kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct decoder_settings s = decoder_settings_default();
    s.format = DECODER_CD2;
    s.sources = 1;
    s.source[0] = 0xD205;
    decoder_kit_twice(&s, data, size);
    return 0;
}
