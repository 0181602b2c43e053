/* base64 by RFC 4648, 4. SHA-1 is good enough for a handshake, and for nothing else. */
#include "daemon/web/ws_key.h"

#include <openssl/sha.h>
#include <stdint.h>
#include <string.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool ws_key_accept(const char *key, char out[WS_KEY_SIZE])
{
    char text[24 + sizeof GUID];
    uint8_t sum[21] = {0};

    if (strlen(key) != 24 || strspn(key, digits) != 22 || strcmp(key + 22, "==") != 0) {
        return false;
    }
    memcpy(text, key, 24);
    memcpy(text + 24, GUID, sizeof GUID);
    SHA1((const unsigned char *)text, 24 + sizeof GUID - 1, sum);
    for (unsigned i = 0; i < 7; i++) { /* twenty octets and one of zero are seven groups; the last digit is padding */
        const uint8_t *three = sum + 3 * (size_t)i;
        uint32_t group = (uint32_t)three[0] << 16 | (uint32_t)three[1] << 8 | three[2];

        for (unsigned k = 0; k < 4; k++) {
            out[4 * (size_t)i + k] = digits[group >> (18 - 6 * k) & 63];
        }
    }
    out[27] = '=';
    out[28] = '\0';
    return true;
}
