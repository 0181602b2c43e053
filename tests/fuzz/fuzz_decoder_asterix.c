/* Any octets as datagrams of one feed, some with an arrival: every plot that comes out is possible, and the same octets again give the same reports.
 * Input: pairs of (octets of the datagram (1), seconds since the last arrival, 255 none (1)), octets. */
#include "decoder_kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct decoder_settings s = decoder_settings_default();
    s.editions = 1;
    s.edition[0] = (struct decoder_edition){.source = 0x146B, .category = 21, .edition = "0.23"};
    decoder_kit_twice(&s, data, size);
    return 0;
}
