/* Any octets as lines of plain plots. */
#include "decoder_kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct decoder_settings s = decoder_settings_default();
    s.format = DECODER_CSV;
    decoder_kit_twice(&s, data, size);
    return 0;
}
